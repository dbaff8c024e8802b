//! Addresses and the header that show a part of the tools: the list and the calls.

use crate::support::{Server, Session, all_capabilities, post, rpc};
use serde_json::{Value, json};

/// The names that the list holds, asked with these header lines at this path.
fn names(session: &Session<'_>) -> Vec<String> {
    let list = session.request(1, "tools/list", json!({})).one().json();
    list["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap().into())
        .collect()
}

/// Whether a call is served, and not refused as unknown.
fn is_served(session: &Session<'_>, tool: &str) -> bool {
    let response = session.call(2, tool, json!({})).response();
    match response["error"]["code"].as_i64() {
        None => true,
        Some(code) => {
            assert_eq!(code, -32602, "{response}");
            assert!(response["error"]["message"].as_str().unwrap().contains("unknown tool"), "{response}");
            false
        }
    }
}

#[test]
fn an_address_narrows_list_and_calls() {
    let server = Server::fixture(&[]);
    let whole = names(&Session::open(&server, "2025-11-25"));
    let content = Session::open_at(&server, "/mcp/x/content", "2025-11-25", &all_capabilities(), "");
    let part = names(&content);
    assert!(part.len() < whole.len() && part.contains(&"test_simple_text".to_owned()), "{part:?}");
    assert!(is_served(&content, "test_simple_text") && !is_served(&content, "slow_compute"));
    let both = Session::open_at(&server, "/mcp/x/content%2Ctasks", "2025-11-25", &all_capabilities(), "");
    assert!(is_served(&both, "test_simple_text") && is_served(&both, "slow_compute"));
    assert!(!is_served(&both, "touch"));
}

#[test]
fn the_header_narrows_further_and_never_widens() {
    let server = Server::fixture(&[]);
    let open = |path, toolsets: &str| {
        let headers = format!("X-MCP-Toolsets: {toolsets}\r\n");
        Session::open_at(&server, path, "2025-06-18", &all_capabilities(), &headers)
    };
    let tasks = open("/mcp", "tasks");
    assert!(is_served(&tasks, "slow_compute") && !is_served(&tasks, "test_simple_text"));
    let narrower = open("/mcp/x/tasks,content", "tasks");
    assert_eq!(names(&tasks), names(&narrower));
    let wider = open("/mcp/x/tasks", "all");
    assert!(names(&wider) == names(&tasks) && !is_served(&wider, "test_simple_text"));
}

#[test]
fn the_operators_choice_is_the_bound() {
    let server = Server::fixture(&[("MCP_TOOLSETS", "tasks,talk")]);
    let whole = Session::open(&server, "2025-11-25");
    assert!(is_served(&whole, "slow_compute") && !is_served(&whole, "test_simple_text"));
    let talk = Session::open_at(&server, "/mcp/x/talk", "2025-11-25", &all_capabilities(), "");
    assert!(!is_served(&talk, "slow_compute") && is_served(&talk, "test_trigger_tool_change"));
}

#[test]
fn a_toolset_that_there_is_not_is_refused_with_those_that_there_are() {
    let server = Server::fixture(&[]);
    let list = rpc(1, "tools/list", json!({}));
    for (path, headers, status) in [
        ("/mcp/x/nosuch", "", 404),
        ("/mcp/x/content,nosuch", "", 404),
        ("/mcp", "X-MCP-Toolsets: nosuch\r\n", 400),
        ("/mcp/x/content", "X-MCP-Toolsets: nosuch\r\n", 400),
        // What was meant to narrow must not be passed over.
        ("/mcp", "X-MCP-Toolsets: tasks\r\nX-MCP-Toolsets: content\r\n", 400),
        ("/mcp", "X-MCP-Toolsets: t\u{e4}sks\r\n", 400),
    ] {
        for version in ["2025-11-25", "2025-06-18"] {
            let headers = format!("{headers}MCP-Protocol-Version: {version}\r\n");
            let answer = server.client().exchange(&post(path, &headers, &list), version, None).one();
            assert_eq!(answer.status, status, "{path} {headers}");
            let error: Value = answer.json()["error"].clone();
            assert!(error["code"].is_i64(), "{error}");
            if headers.contains("nosuch") || path.contains("nosuch") {
                assert!(error["message"].as_str().unwrap().contains("content"), "{error}");
            }
        }
    }
    assert_eq!(server.client().sse("").head.status, 200);
    let refused = server.once("GET /mcp/x/nosuch/sse HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!(refused.status, 404);
}
