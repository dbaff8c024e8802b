//! The HTTP + SSE transport: two clients at once, heartbeats, expiry, drain.

use crate::support::{KEY, Server, bearer, call, eventually, on_tiny_http, rpc};
use serde_json::json;

fn npv(id: u32, amount: f64) -> String {
    call(id, "calculate_npv", json!({"rate": 0, "cashFlows": [amount]}))
}

#[test]
fn the_stream_opens_with_its_headers_and_endpoint() {
    let server = Server::keyed();
    let sse = server.client().sse(&bearer());
    for (name, value) in
        [("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache"), ("X-Accel-Buffering", "no")]
    {
        assert_eq!(sse.head.header(name), Some(value));
    }
    assert_eq!(sse.head.header("X-Session-ID"), Some(sse.session.as_str()));
    assert_eq!(sse.session.len(), 32);
    assert_eq!(sse.head.header("Access-Control-Allow-Origin"), Some("*"));
}

#[test]
fn answers_come_on_the_stream_by_header_and_by_query() {
    let server = Server::keyed();
    let mut sse = server.client().sse(&bearer());
    let mut client = server.client();
    let by_query = format!("/mcp?sessionId={}", sse.session);
    let params = json!({"protocolVersion": "2024-11-05", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
    let answer = client.post(&by_query, &bearer(), &rpc(0, "initialize", params));
    assert_eq!((answer.status, answer.text()), (202, ""));
    assert_eq!(sse.message()["result"]["protocolVersion"], "2024-11-05");
    let by_header = format!("{}X-Session-ID: {}\r\n", bearer(), sse.session);
    let notification = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
    assert_eq!(client.post("/mcp", &by_header, notification).status, 202);
    assert_eq!(client.post("/mcp", &by_header, &npv(1, 5.0)).status, 202);
    assert_eq!(sse.message()["result"]["structuredContent"]["npv"], 5.0);
}

#[test]
fn two_clients_with_the_same_ids_get_their_own_answers() {
    let server = Server::keyed();
    let mut streams = [server.client().sse(&bearer()), server.client().sse(&bearer())];
    let mut client = server.client();
    for id in 0..50 {
        for (i, sse) in streams.iter().enumerate() {
            let headers = format!("{}X-Session-ID: {}\r\n", bearer(), sse.session);
            assert_eq!(
                client.post("/mcp", &headers, &npv(id, 1000.0 * i as f64 + f64::from(id))).status,
                202
            );
        }
    }
    for (i, sse) in streams.iter_mut().enumerate() {
        for id in 0..50 {
            let message = sse.message();
            assert_eq!(message["id"], id);
            assert_eq!(message["result"]["structuredContent"]["npv"], 1000.0 * i as f64 + f64::from(id));
        }
    }
}

#[test]
fn a_session_belongs_to_the_key_that_opened_it() {
    let other = "another-key-0123456789-abcdefghij";
    let server = Server::start(&[("MCP_API_KEYS", &format!("{KEY},{other}"))]);
    let sse = server.client().sse(&bearer());
    let mut client = server.client();
    for (key, id, status) in [
        (KEY, sse.session.as_str(), 202),
        (other, &sse.session, 404),
        (KEY, "00000000000000000000000000000000", 404),
        (KEY, "nonsense", 404),
        (KEY, "", 404),
    ] {
        let headers = format!("Authorization: Bearer {key}\r\nX-Session-ID: {id}\r\n");
        let answer = client.post("/mcp", &headers, &npv(1, 1.0));
        assert_eq!(answer.status, status, "{id}");
        if status == 404 {
            assert!(answer.json()["error"]["code"].is_i64());
        }
    }
}

#[test]
fn heartbeats_come_at_their_interval() {
    let server = Server::start(&[("MCP_API_KEYS", KEY), ("SSE_HEARTBEAT_INTERVAL", "0.1")]);
    let mut sse = server.client().sse(&bearer());
    for _ in 0..3 {
        assert_eq!(sse.comment(), "heartbeat");
    }
}

#[test]
fn a_living_stream_keeps_its_session_and_a_dead_one_lets_it_expire() {
    let env = [("MCP_API_KEYS", KEY), ("SSE_SESSION_TIMEOUT", "0.2"), ("SSE_HEARTBEAT_INTERVAL", "0.1")];
    let server = Server::start(&env);
    let mut sse = server.client().sse(&bearer());
    let headers = format!("{}X-Session-ID: {}\r\n", bearer(), sse.session);
    // Six heartbeats are three times the session's time.
    for _ in 0..6 {
        assert_eq!(sse.comment(), "heartbeat");
    }
    assert_eq!(server.client().post("/mcp", &headers, &npv(1, 1.0)).status, 202);
    assert_eq!(sse.message()["id"], 1);
    drop(sse);
    server.await_log("Cleaned up expired session");
    assert_eq!(server.client().post("/mcp", &headers, &npv(2, 1.0)).status, 404);
}

#[test]
fn an_ended_stream_is_seen_at_once() {
    if on_tiny_http("it notices a client that leaves at the next write only") {
        return;
    }
    let server = Server::keyed();
    let sse = server.client().sse(&bearer());
    let headers = format!("{}X-Session-ID: {}\r\n", bearer(), sse.session);
    drop(sse);
    server.await_log("ended its stream");
    let answer = server.client().post("/mcp", &headers, &npv(1, 1.0));
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("stream has ended"), "{}", answer.text());
}

#[test]
fn a_client_that_does_not_read_is_told_so_and_holds_up_nobody() {
    let server = Server::keyed();
    let sse = server.client().sse(&bearer());
    let mut client = server.client();
    let headers = format!("{}X-Session-ID: {}\r\n", bearer(), sse.session);
    let list = rpc(1, "tools/list", json!({}));
    let mut refused = None;
    eventually("a refusal", || {
        let answer = client.post("/mcp", &headers, &list);
        refused = (answer.status == 503).then_some(answer);
        refused.is_some()
    });
    assert!(refused.unwrap().header("Retry-After").is_some());
    assert_eq!(server.once("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").text(), "OK");
}

#[test]
fn a_signal_drains_and_ends_the_streams() {
    for signal in ["TERM", "INT"] {
        let server = Server::keyed();
        let mut sse = server.client().sse(&bearer());
        let mut idle = server.client();
        assert_eq!(idle.get("/health").status, 200);
        server.signal(signal);
        assert_eq!(sse.comment(), "the server is stopping");
        sse.drain();
        assert!(idle.is_closed());
        assert_eq!(server.ended().code(), Some(0), "{signal}");
    }
}
