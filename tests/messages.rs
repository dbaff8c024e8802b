//! Everything that the server emits is valid by the official schema of the revision in force.
//!
//! A message more is a line in [`REQUESTS`] (a whole request by method and params), in [`UNREADABLE`] or in
//! [`REFUSED`]. Notifications and requests of the server that come before an answer are judged as they pass.
//! A revision more is a line in [`REVISIONS`], and what its requests carry in [`framed`].

use crate::schema;
use crate::support::{Server, Stdio, bearer, rpc};
use serde_json::{Value, json};

/// The revisions that open with `initialize`.
const REVISIONS: [&str; 4] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

/// What an answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Result,
    /// A result with `isError`.
    Refusal,
    /// An error with this code.
    Error(i64),
}
use Answer::{Error, Refusal, Result};

/// Method, parameters, and what the answer must be.
const REQUESTS: [(&str, &str, Answer); 12] = [
    ("ping", "{}", Result),
    ("tools/list", "{}", Result),
    ("tools/list", r#"{"cursor": "none of ours"}"#, Error(-32602)),
    (
        "tools/call",
        r#"{"name": "calculate_npv", "arguments": {"rate": 0.1, "cashFlows": [-100, 121]}}"#,
        Result,
    ),
    (
        "tools/call",
        r#"{"name": "calculate_npv", "arguments": {"rate": "0.1", "cashFlows": [-1, 1]}}"#,
        Result,
    ),
    ("tools/call", r#"{"name": "calculate_npv", "arguments": {"rate": "5%"}}"#, Refusal),
    ("tools/call", r#"{"name": "calculate_npv"}"#, Refusal),
    ("tools/call", r#"{"name": "calculate_irr", "arguments": {"cashFlows": [1, 1]}}"#, Refusal),
    ("tools/call", r#"{"name": "no_such_tool", "arguments": {}}"#, Error(-32602)),
    ("tools/call", "{}", Error(-32602)),
    ("initialize", "{}", Error(-32602)),
    ("no/such", "{}", Error(-32601)),
];

/// What is no request: the text, and the code of the answer.
const UNREADABLE: [(&str, i64); 7] = [
    ("nonsense", -32700),
    ("{", -32700),
    ("5", -32600),
    ("{}", -32600),
    (r#"{"jsonrpc": "1.0", "id": 1, "method": "ping"}"#, -32600),
    (r#"{"jsonrpc": "2.0", "id": {}, "method": "ping"}"#, -32600),
    (r#"{"jsonrpc": "2.0", "id": null, "method": "ping"}"#, -32600),
];

/// Over HTTP, where the transport refuses before the protocol is asked: path, header lines, body, status.
const REFUSED: [(&str, &str, &str, u16); 3] = [
    ("/mcp", "Authorization: Bearer wrong-key-0123456789-abcdefghij\r\n", "{}", 401),
    ("/mcp?sessionId=none", "KEY", r#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#, 404),
    ("/mcp", "KEY", "nonsense", 400),
];

/// A request as the revision wants it.
fn framed(_revision: &str, id: u32, method: &str, params: Value) -> String {
    rpc(id, method, params)
}

/// A server over pipes that has agreed on the revision; the opening is judged too.
fn opened(revision: &str) -> Stdio {
    let mut server = Stdio::start();
    let client = json!({"name": "test", "version": "1"});
    let params = json!({"protocolVersion": revision, "capabilities": {}, "clientInfo": client});
    let answer = judged(&mut server, revision, Some("initialize"), &rpc(0, "initialize", params));
    assert_eq!(answer["result"]["protocolVersion"], revision);
    server.send(r#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#);
    server
}

/// Sends a line and judges all that comes, up to the answer.
fn judged(server: &mut Stdio, revision: &str, method: Option<&str>, line: &str) -> Value {
    server.send(line);
    loop {
        let message = server.next();
        if message.get("method").is_none() {
            schema::server_message(revision, method, &message);
            return message;
        }
        schema::server_message(revision, None, &message);
    }
}

fn kind(answer: &Value) -> Answer {
    match answer["error"]["code"].as_i64() {
        Some(code) => Error(code),
        None if answer["result"]["isError"] == true => Refusal,
        None => Result,
    }
}

#[test]
fn answers_to_requests_are_valid_in_every_revision() {
    for revision in REVISIONS {
        let mut server = opened(revision);
        for ((method, params, wanted), id) in REQUESTS.iter().zip(1..) {
            let params = serde_json::from_str(params).unwrap();
            let line = framed(revision, id, method, params);
            let answer = judged(&mut server, revision, Some(method), &line);
            assert_eq!((kind(&answer), &answer["id"]), (*wanted, &json!(id)), "{revision}: {line}: {answer}");
        }
    }
}

#[test]
fn answers_to_what_cannot_be_read_are_valid_in_every_revision() {
    for revision in REVISIONS {
        let mut server = opened(revision);
        for (text, code) in UNREADABLE {
            let answer = judged(&mut server, revision, None, text);
            assert_eq!(kind(&answer), Error(code), "{revision}: {text}: {answer}");
        }
    }
}

#[test]
fn every_tools_answer_is_valid_in_every_revision() {
    for revision in REVISIONS {
        let mut server = opened(revision);
        for tool in crate::catalog::catalog().tools() {
            let params = json!({"name": tool.entry.name, "arguments": tool.example});
            let line = framed(revision, 1, "tools/call", params);
            let answer = judged(&mut server, revision, Some("tools/call"), &line);
            assert_eq!(kind(&answer), Result, "{revision}: {answer}");
        }
    }
}

/// Elsewhere a batch is no message, and its refusal is judged like any other.
#[test]
fn batches_are_answered_validly() {
    let list = rpc(1, "tools/list", json!({}));
    let batch = format!("[{list},{},5]", rpc(2, "no/such", json!({})));
    for revision in REVISIONS {
        let mut server = opened(revision);
        if revision == "2025-03-26" {
            let answers = server.ask(&batch);
            schema::server_batch(revision, &[Some("tools/list"), Some("no/such"), None], &answers);
        } else {
            assert_eq!(kind(&judged(&mut server, revision, None, &batch)), Error(-32600));
        }
    }
}

/// A POST without a version header follows 2025-03-26.
#[test]
fn refusals_of_the_transport_are_valid_errors() {
    let server = Server::keyed();
    for (path, headers, body, status) in REFUSED {
        let headers = if headers == "KEY" { bearer() } else { headers.to_owned() };
        let answer = server.client().post(path, &headers, body);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        schema::server_message("2025-03-26", None, &answer.json());
    }
}
