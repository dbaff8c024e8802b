//! What the headers say must be what the body says.

use crate::support::{Modern, Server};
use serde_json::json;

const MISMATCH: (u16, i64) = (400, -32020);

fn call() -> Modern {
    Modern::call("test_simple_text", json!({})).id("h")
}

/// A tool whose schema wants `region` mirrored.
fn routed(region: &str) -> Modern {
    Modern::call("test_routed_call", json!({"region": region, "query": "q"})).id("r")
}

#[test]
fn each_header_must_be_there_once_and_say_the_same() {
    let server = Server::fixture(&[]);
    for name in ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"] {
        assert_eq!(call().without(name).refusal(&server), MISMATCH, "{name} is missing");
        assert_eq!(call().header(name, "").refusal(&server), MISMATCH, "{name} is empty");
        assert_eq!(call().header(name, "other").refusal(&server), MISMATCH, "{name} differs");
        let right = if name == "Mcp-Method" { "tools/call" } else { "test_simple_text" };
        let right = if name == "MCP-Protocol-Version" { "2026-07-28" } else { right };
        assert_eq!(call().also(name, right).refusal(&server), MISMATCH, "{name} twice");
        let capitals = right.to_uppercase();
        if capitals != right {
            assert_eq!(call().header(name, &capitals).refusal(&server), MISMATCH, "{name} in capitals");
        }
    }
    // Names are told apart without regard to case, values around blanks.
    call().without("Mcp-Method").header("mcp-METHOD", "tools/call").result(&server);
    call().header("Mcp-Name", "  test_simple_text \t").result(&server);
}

#[test]
fn a_version_of_the_header_alone_is_judged_by_the_bodys() {
    let server = Server::fixture(&[]);
    assert_eq!(call().header("MCP-Protocol-Version", "2025-11-25").refusal(&server), MISMATCH);
    assert_eq!(call().header("MCP-Protocol-Version", "1999-01-01").refusal(&server), MISMATCH);
    assert_eq!(call().meta("protocolVersion", "1999-01-01").refusal(&server), MISMATCH);
}

#[test]
fn methods_without_a_target_need_no_name() {
    let server = Server::fixture(&[]);
    for method in ["tools/list", "prompts/list", "server/discover"] {
        Modern::new(method, json!({})).result(&server);
    }
    for (method, params) in [
        ("resources/read", json!({"uri": "test://static-text"})),
        ("prompts/get", json!({"name": "test_simple_prompt"})),
    ] {
        assert_eq!(Modern::new(method, params.clone()).without("Mcp-Name").refusal(&server), MISMATCH);
        assert_eq!(Modern::new(method, params).header("Mcp-Name", "x").refusal(&server), MISMATCH);
    }
    for method in ["tasks/get", "tasks/cancel", "tasks/update"] {
        let request = Modern::task(method, "none").param("inputResponses", json!({}));
        assert_eq!(request.clone().refusal(&server), (200, -32602), "{method}");
        assert_eq!(request.without("Mcp-Name").refusal(&server), MISMATCH, "{method}");
    }
    // Without a target the method itself is what refuses.
    assert_eq!(Modern::new("tools/call", json!({})).refusal(&server), (200, -32602));
    assert_eq!(Modern::new("tools/call", json!({"name": 5})).refusal(&server), (200, -32602));
}

#[test]
fn base64_is_taken_out_of_its_wrapping() {
    let server = Server::fixture(&[]);
    // base64 of test_simple_text
    call().header("Mcp-Name", "=?base64?dGVzdF9zaW1wbGVfdGV4dA==?=").result(&server);
    for broken in [
        "=?base64?dGVzdF9zaW1wbGVfdGV4dA?=",
        "=?base64?????=",
        "=?base64?dGVzdF9zaW1wbGVfdGV4dA==",
        "=?BASE64?dGVzdF9zaW1wbGVfdGV4dA==?=",
        "=?base64??=",
        // The bytes 0xff 0xfe, which are no UTF-8.
        "=?base64?//4=?=",
        "=?base64?=",
    ] {
        assert_eq!(call().header("Mcp-Name", broken).refusal(&server), MISMATCH, "{broken}");
    }
    assert_eq!(call().header("Mcp-Name", "test_simple_t\u{eb}xt").refusal(&server), MISMATCH);
}

#[test]
fn arguments_that_a_schema_wants_mirrored_are() {
    let server = Server::fixture(&[]);
    routed("west").header("Mcp-Param-Region", "west").result(&server);
    routed("west").header("mcp-param-REGION", "west").result(&server);
    // base64 of «Zürich»
    routed("Z\u{fc}rich").header("Mcp-Param-Region", "=?base64?WsO8cmljaA==?=").result(&server);
    // base64 of « west »
    routed(" west ").header("Mcp-Param-Region", "=?base64?IHdlc3Qg?=").result(&server);
    for (region, header) in [
        ("west", "east"),
        ("west", "West"),
        ("west", ""),
        ("Z\u{fc}rich", "Z\u{fc}rich"),
        ("Z\u{fc}rich", "=?base64?WsO8cmljaA?="),
        (" west ", "west"),
    ] {
        let request = routed(region).header("Mcp-Param-Region", header);
        assert_eq!(request.refusal(&server), MISMATCH, "{region:?} as {header:?}");
    }
    assert_eq!(routed("west").refusal(&server), MISMATCH, "missing");
    let twice = routed("west").header("Mcp-Param-Region", "west").also("Mcp-Param-Region", "west");
    assert_eq!(twice.refusal(&server), MISMATCH);
    // What nobody annotated is nobody's business.
    routed("west").header("Mcp-Param-Region", "west").header("Mcp-Param-Query", "other").result(&server);
}

#[test]
fn an_argument_that_is_not_there_has_no_header() {
    let server = Server::fixture(&[]);
    for arguments in [json!({}), json!({"region": null})] {
        let request = Modern::call("test_routed_call", arguments);
        // The tool itself misses its argument.
        assert_eq!(request.result(&server)["isError"], true);
        assert_eq!(request.header("Mcp-Param-Region", "west").refusal(&server), MISMATCH);
    }
}

/// Older revisions know no such headers, so there they prove nothing and hinder nothing.
#[test]
fn older_requests_are_not_held_against_them() {
    let server = Server::fixture(&[]);
    let headers = "Mcp-Method: other\r\nMcp-Name: other\r\nMCP-Protocol-Version: 2025-11-25\r\n";
    let body = crate::support::call(1, "test_simple_text", json!({}));
    assert_eq!(server.client().post("/mcp", headers, &body).json()["result"]["isError"], false);
}
