//! What every request must carry, and what every result does.

use crate::support::{Answer, MODERN, Modern, Server, Session, post, rpc};
use crate::{schema, support};
use serde_json::{Value, json};

fn list() -> Modern {
    Modern::new("tools/list", json!({}))
}

#[test]
fn discovery_tells_revisions_capabilities_and_who_answers() {
    let server = Server::fixture(&[]);
    let found = Modern::new("server/discover", json!({})).result(&server);
    let versions = found["supportedVersions"].as_array().unwrap();
    assert_eq!((&versions[0], versions.len()), (&json!(MODERN), 5));
    for capability in ["tools", "resources", "prompts", "completions", "logging"] {
        assert!(found["capabilities"][capability].is_object(), "{capability}");
    }
    assert!(found["capabilities"]["extensions"]["io.modelcontextprotocol/tasks"].is_object());
    assert!(found["instructions"].is_string());
}

/// Method and parameters of every kind of request, and whether the answer may be kept.
fn everything() -> Vec<(Modern, bool)> {
    let ask = |method: &str, params: Value| Modern::new(method, params);
    vec![
        (ask("server/discover", json!({})), true),
        (ask("tools/list", json!({})), true),
        (ask("resources/list", json!({})), true),
        (ask("resources/templates/list", json!({})), true),
        (ask("prompts/list", json!({})), true),
        (ask("resources/read", json!({"uri": "test://static-text"})), true),
        (ask("resources/read", json!({"uri": "test://template/7/data"})), true),
        (ask("prompts/get", json!({"name": "test_simple_prompt"})), false),
        (ask("tools/call", json!({"name": "test_simple_text"})), false),
        (ask("tools/call", json!({"name": "slow_compute"})), false),
        (ask("tools/call", json!({"name": "test_error_handling"})), false),
        (
            ask(
                "completion/complete",
                json!({
                    "ref": {"type": "ref/prompt", "name": "test_prompt_with_arguments"},
                    "argument": {"name": "arg1", "value": "t"},
                }),
            ),
            false,
        ),
    ]
}

#[test]
fn every_result_has_its_type_its_server_and_where_due_its_life() {
    let server = Server::fixture(&[]);
    for (request, kept) in everything() {
        let result = request.result(&server);
        assert_eq!(result["resultType"], "complete", "{result}");
        assert_eq!(result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "businessmath-mcp-server");
        let hints = (result["ttlMs"].is_u64(), result["cacheScope"] == "public");
        assert_eq!(hints, (kept, kept), "{result}");
    }
}

#[test]
fn what_a_header_has_narrowed_is_private() {
    let server = Server::fixture(&[]);
    let narrowed = list().header("X-MCP-Toolsets", "tasks").result(&server);
    assert_eq!(narrowed["cacheScope"], "private");
    assert!(narrowed["tools"].as_array().unwrap().iter().any(|tool| tool["name"] == "greet"));
    assert_eq!(list().path("/mcp/x/tasks").result(&server)["cacheScope"], "public");
    let call = Modern::call("test_simple_text", json!({}));
    assert_eq!(call.clone().path("/mcp/x/tasks").refusal(&server), (200, -32602));
    assert_eq!(call.header("X-MCP-Toolsets", "tasks").refusal(&server), (200, -32602));
    let (status, refused) = list().path("/mcp/x/nosuch").answer(&server);
    assert_eq!((status, refused.get("id")), (404, None));
}

#[test]
fn every_required_field_is_required_of_every_request() {
    let server = Server::fixture(&[]);
    for (request, _) in everything() {
        for field in ["protocolVersion", "clientCapabilities"] {
            let refused = request.clone().id("x").without_meta(field).refusal(&server);
            assert_eq!(refused, (400, -32602), "{field}");
        }
        // The client need not say who it is.
        request.without_meta("clientInfo").result(&server);
    }
    // Nor without any `_meta`, when the header claims the revision.
    let headers = format!("{}MCP-Protocol-Version: {MODERN}\r\nMcp-Method: tools/list\r\n", support::ACCEPT);
    for body in [rpc(3, "tools/list", json!({})), rpc(3, "tools/list", json!({"_meta": {}}))] {
        let request = post("/mcp", &headers, &body);
        let answer = server.client().exchange(&request, MODERN, Some("tools/list")).one();
        assert_eq!((answer.status, code(&answer), &answer.json()["id"]), (400, -32602, &json!(3)));
    }
}

fn code(answer: &Answer) -> i64 {
    answer.json()["error"]["code"].as_i64().unwrap()
}

#[test]
fn fields_of_wrong_types_are_refused() {
    let server = Server::fixture(&[]);
    for (field, value) in [
        ("protocolVersion", json!(20_260_728)),
        ("protocolVersion", json!(null)),
        ("clientCapabilities", json!([])),
        ("clientCapabilities", json!(null)),
        ("clientCapabilities", json!("all")),
        ("logLevel", json!(7)),
    ] {
        assert_eq!(list().meta(field, value.clone()).refusal(&server), (400, -32602), "{field}: {value}");
    }
    assert_eq!(list().meta("logLevel", "loud").refusal(&server).1, -32602);
    // What a capability means is not guessed from a wrong type.
    let odd =
        json!({"elicitation": 1, "sampling": [], "extensions": {"io.modelcontextprotocol/tasks": null}});
    let asks = Modern::call("test_input_required_result_elicitation", json!({}));
    assert_eq!(asks.capabilities(odd.clone()).refusal(&server), (400, -32021));
    let slow = Modern::call("slow_compute", json!({})).capabilities(odd).result(&server);
    assert_eq!(slow["resultType"], "complete");
}

#[test]
fn a_version_that_is_not_served_is_answered_with_those_that_are() {
    let server = Server::fixture(&[]);
    for version in ["1999-01-01", "2027-01-01", "", "2026-07-28 ", &"9".repeat(3000)] {
        let trimmed = version.trim();
        let (status, answer) = list()
            .id("v")
            .meta("protocolVersion", trimmed)
            .header("MCP-Protocol-Version", trimmed)
            .answer(&server);
        if trimmed == MODERN {
            assert_eq!(status, 200);
            continue;
        }
        let error = &answer["error"];
        assert_eq!((status, &error["code"], &answer["id"]), (400, &json!(-32022), &json!("v")), "{version}");
        assert_eq!(error["data"]["supported"][0], MODERN);
        let requested = error["data"]["requested"].as_str().unwrap();
        assert!(trimmed.starts_with(requested) && requested.len() <= 80, "{requested}");
    }
}

#[test]
fn unknown_and_removed_methods_are_404() {
    let server = Server::fixture(&[]);
    for method in [
        "no/such",
        "initialize",
        "ping",
        "logging/setLevel",
        "resources/subscribe",
        "resources/unsubscribe",
        "tasks/list",
        "tasks/result",
        "notifications/initialized",
        "Tools/List",
        "",
    ] {
        let request = Modern::new(method, json!({"uri": "test://static-text", "level": "info"})).id("m");
        assert_eq!(request.refusal(&server), (404, -32601), "{method}");
    }
    // The older revisions have none of the new ones.
    for method in ["server/discover", "subscriptions/listen", "tasks/get"] {
        let answer = server.client().post("/mcp", "", &rpc(1, method, json!({})));
        assert_eq!((answer.status, code(&answer)), (200, -32601), "{method}");
    }
}

#[test]
fn a_resource_that_there_is_not_has_the_newer_code() {
    let server = Server::fixture(&[]);
    let read = Modern::new("resources/read", json!({"uri": "no://such"}));
    assert_eq!(read.refusal(&server), (200, -32602));
    let older = Session::open(&server, "2025-11-25");
    let answer = older.request(1, "resources/read", json!({"uri": "no://such"})).one();
    assert_eq!(code(&answer), -32002);
}

#[test]
fn notifications_are_202_and_batches_are_none() {
    let server = Server::fixture(&[]);
    let headers = format!("{}MCP-Protocol-Version: {MODERN}\r\n", support::ACCEPT);
    for method in ["notifications/cancelled", "notifications/initialized", "no/such"] {
        let meta = json!({"io.modelcontextprotocol/protocolVersion": MODERN});
        let body = json!({"jsonrpc": "2.0", "method": method, "params": {"_meta": meta, "requestId": 1}});
        let answer = server.client().post("/mcp", &headers, &body.to_string());
        assert_eq!((answer.status, answer.text()), (202, ""), "{method}");
    }
    let batch = format!("[{}]", list().body());
    let request = post("/mcp", &headers, &batch);
    let refused = server.client().exchange(&request, MODERN, None).one();
    assert_eq!((refused.status, code(&refused)), (400, -32600));
    // Nor may one slip into a batch of the revision that has them: its messages could not be told apart there.
    let answers = server.client().post("/mcp", "", &batch).json();
    schema::server_batch("2025-03-26", &[None], &json!([without_id(&answers[0])]));
    assert!(answers[0]["error"]["code"].is_i64(), "{answers}");
}

/// An error names the request where it can; the oldest revisions' schema has no word for the newest one's.
fn without_id(answer: &Value) -> Value {
    let mut answer = answer.clone();
    answer["id"] = json!(null);
    answer
}

#[test]
fn session_ids_and_event_ids_mean_nothing_here() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    for id in [session.id.as_str(), "nonsense"] {
        let answer = list().header("Mcp-Session-Id", id).header("Last-Event-ID", "1-1").send(&server).one();
        assert_eq!((answer.status, answer.header("Mcp-Session-Id")), (200, None));
    }
    for method in ["GET", "DELETE"] {
        let request = format!(
            "{method} /mcp HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nMCP-Protocol-Version: {MODERN}\r\nMcp-Session-Id: {}\r\n\r\n",
            session.id
        );
        assert_eq!(server.once(&request.replace("Host: x", "Host: localhost")).status, 405, "{method}");
    }
    assert_eq!(session.request(1, "ping", json!({})).one().status, 200);
}

/// One connection, four eras, and none of them leaves anything behind for the next.
#[test]
fn eras_mix_on_one_connection() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-06-18");
    let mut client = server.client();
    for round in 0..5 {
        let modern = client.send(&list().id(round).text());
        schema::server_message(MODERN, Some("tools/list"), &modern.json());
        let bare = client.post("/mcp", "", &rpc(round, "tools/list", json!({})));
        schema::server_message("2025-03-26", Some("tools/list"), &bare.json());
        assert!(bare.json()["result"].get("resultType").is_none());
        let older = client.post("/mcp", &session.headers(), &rpc(round, "tools/list", json!({})));
        schema::server_message("2025-06-18", Some("tools/list"), &older.json());
        let unknown = client.send(&Modern::new("ping", json!({})).text());
        assert_eq!(unknown.status, 404);
        for answer in [modern, bare, older] {
            assert_eq!(answer.json()["id"], round);
        }
    }
}

#[test]
fn trace_context_and_foreign_fields_are_taken() {
    let server = Server::fixture(&[]);
    let deep = serde_json::from_str::<Value>(&("[".repeat(100) + &"]".repeat(100))).unwrap();
    list()
        .meta("traceparent", "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01")
        .meta("tracestate", "a=b")
        .meta("baggage", "k=v")
        .meta("com.example/deep", deep)
        .result(&server);
    let deeper = "[".repeat(100_000) + &"]".repeat(100_000);
    let text = list().meta("com.example/x", "DEEP").body().replace("\"DEEP\"", &deeper);
    let headers = format!("MCP-Protocol-Version: {MODERN}\r\nMcp-Method: tools/list\r\n");
    let answer = server.client().post("/mcp", &headers, &text);
    schema::server_message(MODERN, Some("tools/list"), &answer.json());
    let capabilities = list().meta("clientCapabilities", "DEEP").body().replace("\"DEEP\"", &deeper);
    assert_eq!(server.client().post("/mcp", &headers, &capabilities).status, 400);
}
