//! How a session begins, whose it is, and how it ends.

use super::REVISIONS;
use crate::schema;
use crate::support::{KEY, Server, Session, all_capabilities, bearer, opening, post, rpc};
use serde_json::{Value, json};

const OTHER: &str = "another-key-0123456789-abcdefghij";

fn two_keys() -> Server {
    Server::fixture(&[("MCP_API_KEYS", &format!("{KEY},{OTHER}"))])
}

fn other() -> String {
    format!("Authorization: Bearer {OTHER}\r\n")
}

/// Status and error of a ping under this session id and these header lines.
fn ping(server: &Server, id: &str, headers: &str) -> (u16, Value) {
    let headers = format!("Mcp-Session-Id: {id}\r\n{headers}");
    let request = post("/mcp", &headers, &rpc(1, "ping", json!({})));
    let answer = server.client().exchange(&request, "2025-06-18", Some("ping")).one();
    (answer.status, answer.json()["error"].clone())
}

#[test]
fn a_session_opens_serves_and_ends_in_every_revision() {
    let server = Server::fixture(&[]);
    for revision in REVISIONS {
        let session = Session::open(&server, revision);
        assert!(!session.id.is_empty() && session.id.bytes().all(|b| b.is_ascii_graphic()), "{}", session.id);
        let list = session.request(1, "tools/list", json!({})).one();
        assert_eq!(list.header("Content-Type"), Some("application/json"));
        assert!(list.json()["result"]["tools"].as_array().unwrap().len() > 10);
        let deleted = session.delete();
        assert_eq!((deleted.status, deleted.text()), (204, ""));
        for _ in 0..2 {
            let lost = session.request(2, "ping", json!({})).one();
            assert_eq!((lost.status, &lost.json()["error"]["code"]), (404, &json!(-32001)));
        }
        assert_eq!(session.delete().status, 404);
        assert_eq!(session.get("", None).one().status, 404);
    }
}

#[test]
fn a_session_belongs_to_the_key_that_opened_it() {
    let server = two_keys();
    let session = Session::open_as(&server, "2025-11-25", &all_capabilities(), &bearer());
    assert_eq!(ping(&server, &session.id, &bearer()).0, 200);
    let (status, foreign) = ping(&server, &session.id, &other());
    let (_, unknown) = ping(&server, "00000000000000000000000000000000", &other());
    assert_eq!((status, &foreign), (404, &unknown), "a foreign session must look like none");
    assert_eq!(ping(&server, &session.id, "").0, 401);
    assert_eq!(ping(&server, &session.id, "Authorization: Bearer wrong-key-0123456789\r\n").0, 401);
    for method in ["GET", "DELETE"] {
        for (headers, status) in [(other(), 404), (String::new(), 401)] {
            let id = &session.id;
            let request = format!(
                "{method} /mcp HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nMcp-Session-Id: {id}\r\n{headers}\r\n"
            );
            assert_eq!(server.once(&request).status, status, "{method}");
        }
    }
    assert_eq!(ping(&server, &session.id, &bearer()).0, 200, "the owner still has it");
}

#[test]
fn what_is_no_session_id_is_404() {
    let server = Server::fixture(&[]);
    let sse = server.client().sse("");
    let streamable = Session::open(&server, "2025-06-18");
    for id in ["", " ", "x", "-1", "00000000000000000000000000000000", &"f".repeat(8000), &sse.session] {
        let (status, error) = ping(&server, id, "");
        assert_eq!((status, &error["code"]), (404, &json!(-32001)), "{id:?}");
    }
    let upper = streamable.id.to_uppercase();
    if upper != streamable.id {
        assert_eq!(ping(&server, &upper, "").0, 404, "ids are told apart to the letter");
    }
    // And the other way round: a session of this transport is none of the older one.
    let path = format!("/mcp?sessionId={}", streamable.id);
    assert_eq!(server.client().post(&path, "", &rpc(1, "ping", json!({}))).status, 404);
}

#[test]
fn nobody_fixes_the_id_of_a_session() {
    let server = Server::fixture(&[]);
    let body = rpc(0, "initialize", opening("2025-11-25", &json!({})));
    let chosen = "Mcp-Session-Id: 0123456789abcdef0123456789abcdef\r\n";
    assert_eq!(server.client().post("/mcp", chosen, &body).status, 404);
    let first = Session::open(&server, "2025-11-25");
    let second = Session::open(&server, "2025-11-25");
    assert_ne!(first.id, second.id);
    // A second opening within a session keeps its id and agrees anew.
    let again = first.request(1, "initialize", opening("2025-11-25", &json!({}))).one();
    assert_eq!(again.header("Mcp-Session-Id"), Some(first.id.as_str()));
}

#[test]
fn notifications_and_answers_to_nothing_are_202() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    for body in [
        json!({"jsonrpc": "2.0", "method": "no/such"}),
        json!({"jsonrpc": "2.0", "method": "notifications/cancelled"}),
        json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": {}}}),
        json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "none"}}),
        json!({"jsonrpc": "2.0", "id": 1, "result": {}}),
        json!({"jsonrpc": "2.0", "id": "no number", "result": {}}),
        json!({"jsonrpc": "2.0", "error": {"code": 1, "message": "x"}}),
    ] {
        session.silently(&body);
    }
}

#[test]
fn batches_are_of_one_revision_only() {
    let server = Server::fixture(&[]);
    let notification = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let batch =
        format!("[{},{},{notification}]", rpc(1, "tools/list", json!({})), rpc("b", "ping", json!({})));
    let session = Session::open(&server, "2025-03-26");
    let methods = [Some("tools/list"), Some("ping")];
    schema::server_batch("2025-03-26", &methods, &session.send(&batch, None).one().json());
    // Without a session, and without a word of the revision.
    schema::server_batch("2025-03-26", &methods, &server.client().post("/mcp", "", &batch).json());
    let silent = session.send(&format!("[{notification},{notification}]"), None).one();
    assert_eq!((silent.status, silent.text()), (202, ""));
    for revision in ["2025-06-18", "2025-11-25"] {
        let refused = Session::open(&server, revision).send(&batch, None).one();
        assert_eq!((refused.status, &refused.json()["error"]["code"]), (400, &json!(-32600)), "{revision}");
    }
}

/// A heavy call has no stream of its own within a batch, and an opening no session.
#[test]
fn a_batch_waits_for_heavy_calls_and_takes_no_opening() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-03-26");
    let slow = json!({"name": "slow_compute", "arguments": {"seconds": 0.05, "label": "one"}});
    let open = rpc(3, "initialize", opening("2025-11-25", &json!({})));
    let batch = format!("[{},{open}]", rpc(1, "tools/call", slow));
    let answers = session.send(&batch, None).one().json();
    schema::server_batch("2025-03-26", &[Some("tools/call"), Some("initialize")], &answers);
    assert_eq!(answers[0]["result"]["content"][0]["text"], "one computed");
    assert_eq!(answers[1]["error"]["code"], -32600, "{answers}");
    assert_eq!(session.send(&format!("[{}]", rpc(1, "ping", json!({}))), None).one().status, 200);
}

#[test]
fn a_version_that_is_not_served_is_400_within_a_session_too() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-03-26");
    for (version, status) in [("1999-01-01", 400), ("2025-03-26", 200), ("2025-11-25", 200)] {
        let headers = format!("MCP-Protocol-Version: {version}\r\n{}", session.headers());
        let answer = server.client().post("/mcp", &headers, &rpc(1, "ping", json!({})));
        assert_eq!(answer.status, status, "{version}");
    }
}
