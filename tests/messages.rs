//! Everything that the server emits is valid by the official schema of the revision in force.
//!
//! A message more is a line in [`REQUESTS`] (a whole request by method and params), in [`OLDER`] or [`NEWER`] where the eras
//! differ, in [`UNREADABLE`] or in [`REFUSED`]. Notifications and requests of the server that come before an answer are
//! judged as they pass. A revision more is a line in [`REVISIONS`], and what its requests carry in [`framed`].

use crate::schema;
use crate::support::{MODERN, Modern, Server, Stdio, all_capabilities, bearer, opening, rpc};
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
const REQUESTS: [(&str, &str, Answer); 30] = [
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
    ("no/such", "{}", Error(-32601)),
    ("resources/list", "{}", Result),
    ("resources/list", r#"{"cursor": ""}"#, Error(-32602)),
    ("resources/templates/list", "{}", Result),
    ("resources/read", r#"{"uri": "docs://tools/calculate_npv"}"#, Result),
    ("resources/read", r#"{"uri": "docs://toolsets/tvm"}"#, Result),
    ("resources/read", "{}", Error(-32602)),
    ("prompts/list", "{}", Result),
    ("prompts/get", r#"{"name": "no_such_prompt"}"#, Error(-32602)),
    ("prompts/get", "{}", Error(-32602)),
    (
        "completion/complete",
        r#"{"ref": {"type": "ref/resource", "uri": "docs://tools/{name}"}, "argument": {"name": "name", "value": "c"}}"#,
        Result,
    ),
    (
        "completion/complete",
        r#"{"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "n", "value": ""}}"#,
        Error(-32602),
    ),
    ("completion/complete", r#"{"ref": {"type": "ref/other"}}"#, Error(-32602)),
    ("tools/call", r#"{"name": "search_tools", "arguments": {"query": "loan"}}"#, Result),
    ("tools/call", "[1]", Error(-32602)),
    ("tools/call", r#"{"name": "calculate_npv", "arguments": []}"#, Refusal),
    ("tools/call", r#"{"name": "calculate_npv", "arguments": {"rate": 1, "rate": 2}}"#, Refusal),
    ("tools/call", r#"{"name": "calculate_npv", "arguments": {"rate": 1e400}}"#, Refusal),
    ("tools/call", r#"{"name": 7}"#, Error(-32602)),
    ("tools/list", r#"{"cursor": 7}"#, Error(-32602)),
    ("prompts/list", r#"{"cursor": "x"}"#, Error(-32602)),
];

/// What only the revisions that open with `initialize` have.
const OLDER: [(&str, &str, Answer); 12] = [
    ("ping", "{}", Result),
    ("initialize", "{}", Error(-32602)),
    ("logging/setLevel", r#"{"level": "debug"}"#, Result),
    ("logging/setLevel", r#"{"level": "loud"}"#, Error(-32602)),
    ("resources/subscribe", r#"{"uri": "docs://tools/calculate_npv"}"#, Result),
    ("resources/unsubscribe", r#"{"uri": "docs://tools/calculate_npv"}"#, Result),
    ("resources/subscribe", r#"{"uri": "no://such"}"#, Error(-32002)),
    ("resources/read", r#"{"uri": "no://such"}"#, Error(-32002)),
    ("server/discover", "{}", Error(-32601)),
    ("subscriptions/listen", r#"{"notifications": {}}"#, Error(-32601)),
    ("tasks/get", r#"{"taskId": "x"}"#, Error(-32601)),
    ("tools/list", r#"{"_meta": 5}"#, Error(-32602)),
];

/// What only the newest revision has, or has otherwise.
const NEWER: [(&str, &str, Answer); 9] = [
    ("server/discover", "{}", Result),
    ("resources/read", r#"{"uri": "no://such"}"#, Error(-32602)),
    ("tasks/get", r#"{"taskId": "x"}"#, Error(-32021)),
    ("tasks/update", r#"{"taskId": "x", "inputResponses": {}}"#, Error(-32021)),
    ("tasks/cancel", r#"{"taskId": "x"}"#, Error(-32021)),
    ("subscriptions/listen", "{}", Error(-32602)),
    ("subscriptions/listen", r#"{"notifications": {"taskIds": ["x"]}}"#, Error(-32021)),
    ("initialize", "{}", Error(-32601)),
    ("ping", "{}", Error(-32601)),
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
const REFUSED: [(&str, &str, &str, u16); 7] = [
    ("/mcp", "KEY", "{}", 400),
    ("/mcp", "KEY", "[]", 400),
    ("/mcp/x/nosuch", "KEY", r#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#, 404),
    ("/mcp", "", "{}", 401),
    ("/mcp", "Authorization: Bearer wrong-key-0123456789-abcdefghij\r\n", "{}", 401),
    ("/mcp?sessionId=none", "KEY", r#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#, 404),
    ("/mcp", "KEY", "nonsense", 400),
];

/// A request as the revision wants it.
fn framed(revision: &str, id: u32, method: &str, params: &str) -> String {
    // As text: not every number that a client may write is one of ours.
    let plain = format!(r#"{{"jsonrpc": "2.0", "id": {id}, "method": "{method}", "params": {params}}}"#);
    if revision != MODERN || !params.starts_with('{') {
        return plain;
    }
    let body = Modern::new(method, json!({})).id(id).body();
    let members = params[1..params.len() - 1].trim();
    let comma = if members.is_empty() { "" } else { "," };
    body.replace("\"params\":{", &format!("\"params\":{{{members}{comma}"))
}

/// A server over pipes that has agreed on the revision; the opening is judged too.
fn opened(revision: &str) -> Stdio {
    let mut server = Stdio::start();
    open(&mut server, revision);
    server
}

fn open(server: &mut Stdio, revision: &str) {
    if revision == MODERN {
        return;
    }
    let params = opening(revision, &all_capabilities());
    let answer = judged(server, revision, Some("initialize"), &rpc(0, "initialize", params));
    assert_eq!(answer["result"]["protocolVersion"], revision);
    server.send(r#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#);
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
    for revision in REVISIONS.into_iter().chain([MODERN]) {
        let mut server = opened(revision);
        let own = if revision == MODERN { &NEWER[..] } else { &OLDER[..] };
        for ((method, params, wanted), id) in REQUESTS.iter().chain(own).zip(1..) {
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
    for revision in REVISIONS.into_iter().chain([MODERN]) {
        let mut server = opened(revision);
        for tool in crate::catalog::catalog().tools() {
            let params = json!({"name": tool.entry.name, "arguments": tool.example});
            let line = framed(revision, 1, "tools/call", &params.to_string());
            let answer = judged(&mut server, revision, Some("tools/call"), &line);
            assert_eq!(kind(&answer), Result, "{revision}: {answer}");
        }
    }
}

#[test]
fn every_prompts_and_documents_answer_is_valid_in_every_revision() {
    let library = businessmath_mcp::resources::library(&crate::catalog::catalog());
    let documents = library.resources.iter().map(|resource| ("resources/read", json!({"uri": resource.uri})));
    let prompts = businessmath_mcp::prompts::PROMPTS.iter().map(|prompt| {
        let given: Value = prompt.arguments.iter().map(|a| (a.name.to_owned(), json!("7"))).collect();
        ("prompts/get", json!({"name": prompt.name, "arguments": given}))
    });
    let requests: Vec<_> = documents.chain(prompts).collect();
    for revision in REVISIONS.into_iter().chain([MODERN]) {
        let mut server = opened(revision);
        for (method, params) in &requests {
            let line = framed(revision, 1, method, &params.to_string());
            let answer = judged(&mut server, revision, Some(method), &line);
            assert_eq!(kind(&answer), Result, "{revision}: {answer}");
        }
    }
}

/// Blocks of all kinds, refusals, and the messages before an answer, on the server that has such tools. The oldest
/// revision has no audio, so a tool that shows some is none of its.
#[test]
fn every_kind_of_content_and_notification_is_valid_in_every_revision() {
    for revision in REVISIONS.into_iter().chain([MODERN]) {
        let mut server = Stdio::fixture();
        open(&mut server, revision);
        for tool in [
            "test_simple_text",
            "test_image_content",
            "test_embedded_resource",
            "test_multiple_content_types",
            "test_error_handling",
            "test_tool_with_logging",
            "test_tool_with_progress",
            "test_trigger_tool_change",
            "test_trigger_prompt_change",
            "test_audio_content",
        ] {
            if tool == "test_audio_content" && revision == "2024-11-05" {
                continue;
            }
            let params = json!({"name": tool, "_meta": {"progressToken": "t"}}).to_string();
            let line = if revision == MODERN {
                let call = Modern::call(tool, json!({}));
                call.meta("progressToken", 1).meta("logLevel", "debug").body()
            } else {
                framed(revision, 1, "tools/call", &params)
            };
            judged(&mut server, revision, Some("tools/call"), &line);
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

/// A POST without a version header follows 2025-03-26; one with it is refused in the form of its own revision.
#[test]
fn refusals_of_the_transport_are_valid_errors() {
    let server = Server::keyed();
    for (path, headers, body, status) in REFUSED {
        for revision in ["", "2025-03-26", "2025-06-18", "2025-11-25", MODERN] {
            let headers = if headers == "KEY" { bearer() } else { headers.to_owned() };
            let version = match revision {
                "" => String::new(),
                revision => format!("MCP-Protocol-Version: {revision}\r\n"),
            };
            let answer = server.client().post(path, &format!("{version}{headers}"), body);
            assert_eq!(answer.status, status, "{path}: {answer:?}");
            let revision = if revision.is_empty() { "2025-03-26" } else { revision };
            schema::server_message(revision, None, &answer.json());
        }
    }
}
