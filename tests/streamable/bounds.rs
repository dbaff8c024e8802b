//! What clients without manners cost, and what they do not: sessions, calls and streams have bounds.

use crate::support::{
    ACCEPT, KEY, Server, Session, all_capabilities, bearer, eventually, opening, post, rpc,
};
use serde_json::{Value, json};

#[test]
fn sessions_are_bounded_and_room_comes_back() {
    let server = Server::fixture(&[("MCP_API_KEYS", KEY), ("MCP_MAX_SESSIONS", "5")]);
    let open = || {
        let body = rpc(0, "initialize", opening("2025-11-25", &json!({})));
        let request = post("/mcp", &format!("{ACCEPT}{}", bearer()), &body);
        server.client().exchange(&request, "2025-06-18", Some("initialize")).one()
    };
    let first = Session::open_as(&server, "2025-11-25", &all_capabilities(), &bearer());
    let statuses: Vec<u16> = (0..50).map(|_| open().status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 4, "{statuses:?}");
    let refused = open();
    assert_eq!((refused.status, refused.header("Mcp-Session-Id")), (503, None));
    assert!(refused.header("Retry-After").is_some());
    // Neither the open ones nor those who need none are touched.
    assert_eq!(first.request(1, "ping", json!({})).one().status, 200);
    assert_eq!(server.client().post("/mcp", &bearer(), &rpc(1, "ping", json!({}))).status, 200);
    assert_eq!(first.delete().status, 204);
    assert_eq!(open().status, 200);
}

#[test]
fn without_a_key_no_session_is_opened() {
    let server = Server::fixture(&[("MCP_API_KEYS", KEY), ("MCP_MAX_SESSIONS", "1")]);
    let body = rpc(0, "initialize", opening("2025-11-25", &json!({})));
    for _ in 0..20 {
        assert_eq!(server.client().post("/mcp", ACCEPT, &body).status, 401);
    }
    Session::open_as(&server, "2025-11-25", &all_capabilities(), &bearer());
}

/// As many as the lane holds go on; one more is refused, and the server stays well.
#[test]
fn heavy_calls_that_nobody_reads_are_bounded() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut unread = Vec::new();
    let mut refused = None;
    for id in 0..300 {
        let call = crate::support::call(id, "slow_compute", json!({"seconds": 60}));
        let mut client = server.client();
        client.write(&post("/mcp", &format!("{ACCEPT}{}", session.headers()), &call));
        unread.push(client);
    }
    eventually("a refusal", || {
        let answer = session.call("more", "slow_compute", json!({"seconds": 60}));
        if let crate::support::Reply::One(answer) = answer {
            refused = Some(answer);
        }
        refused.is_some()
    });
    let refused = refused.unwrap();
    assert_eq!(refused.status, 503);
    assert!(refused.header("Retry-After").is_some() && refused.json()["error"]["message"].is_string());
    assert_eq!(session.request(1, "ping", json!({})).one().status, 200);
    assert_eq!(session.delete().status, 204);
    let again = Session::open(&server, "2025-11-25");
    eventually("room in the lane", || {
        matches!(again.call(1, "slow_compute", json!({})), crate::support::Reply::Stream(_))
    });
}

/// A call that could not go on for want of room says so, instead of being forgotten.
#[test]
fn a_call_whose_answer_comes_when_all_is_busy_is_answered_all_the_same() {
    let server = Server::fixture(&[]);
    let (asking, busy) = (Session::open(&server, "2025-11-25"), Session::open(&server, "2025-11-25"));
    let mut events = asking.call(1, "confirm_delete", json!({"filename": "f"})).stream();
    let question = events.message().unwrap();
    let mut running = Vec::new();
    eventually("a full lane", || {
        let reply = busy.call(running.len(), "slow_compute", json!({"seconds": 60}));
        let full = matches!(reply, crate::support::Reply::One(_));
        running.push(reply);
        full
    });
    asking.respond(&question, &json!({"action": "accept", "content": {"confirm": true}}));
    let (_, response) = events.rest();
    let said = response["error"]["message"].as_str().map(str::to_owned);
    assert!(said.is_some_and(|said| said.contains("again")), "{response}");
    assert_eq!(busy.delete().status, 204);
}

/// A token that is neither text nor whole number would make every message about it invalid.
#[test]
fn progress_tokens_of_wrong_types_are_passed_over() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let long = "t".repeat(5000);
    for (token, told) in [
        (json!("t"), 3),
        (json!(-7), 3),
        (json!(0), 3),
        (json!(""), 3),
        (json!(1.5), 0),
        (json!(true), 0),
        (json!(null), 0),
        (json!([1]), 0),
        (json!({"a": 1}), 0),
        (json!(long), 0),
    ] {
        let params = json!({"name": "test_tool_with_progress", "_meta": {"progressToken": token}});
        let (before, response) = session.request(1, "tools/call", params).stream().rest();
        assert_eq!((before.len(), &response["result"]["isError"]), (told, &json!(false)), "{token}");
    }
}

#[test]
fn capabilities_of_wrong_types_are_refused_or_none() {
    let server = Server::fixture(&[]);
    for (capabilities, status) in [
        (json!({"elicitation": 5, "sampling": [], "roots": "yes", "extensions": 7}), None),
        (json!({"extensions": {"io.modelcontextprotocol/tasks": {}}}), None),
        (json!([]), Some(-32602)),
        (json!("all"), Some(-32602)),
    ] {
        let body = rpc(0, "initialize", opening("2025-11-25", &capabilities));
        let answer = server.client().post("/mcp", ACCEPT, &body);
        assert_eq!(answer.json()["error"]["code"].as_i64(), status, "{capabilities}");
        if status.is_none() {
            let session = Session::open_as(&server, "2025-11-25", &capabilities, "");
            // Tasks are of the newest revision, whatever an older client declares.
            let response = session.call(1, "slow_compute", json!({"label": "done"})).response();
            assert_eq!(response["result"]["content"][0]["text"], "done computed", "{response}");
        }
    }
}

#[test]
fn depth_in_meta_is_no_danger() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    for meta in [format!("{{\"x\":{deep}}}"), deep.clone(), format!("{{\"progressToken\":{deep}}}")] {
        let params = format!("{{\"name\":\"test_simple_text\",\"_meta\":{meta}}}");
        let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{params}}}"#);
        let answer: Value = session.send(&body, Some("tools/call")).response();
        assert!(answer["result"].is_object() || answer["error"]["code"].is_i64());
    }
    assert_eq!(session.request(2, "ping", json!({})).one().status, 200);
}

#[test]
fn watched_resources_are_bounded() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let codes: Vec<Option<i64>> = (0..150)
        .map(|i| {
            let uri = format!("test://template/{i}/data");
            let answer = session.request(1, "resources/subscribe", json!({"uri": uri})).one().json();
            answer["error"]["code"].as_i64()
        })
        .collect();
    assert!(codes[0].is_none() && codes[149] == Some(-32602), "{codes:?}");
    let unknown = session.request(1, "resources/subscribe", json!({"uri": "no://such"})).one().json();
    assert_eq!(unknown["error"]["code"], -32002);
}
