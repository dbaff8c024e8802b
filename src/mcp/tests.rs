//! The protocol without any I/O, on fixture tools: these layers know no tool by name.

mod asking;
mod hubs;
mod kept;
mod peers;

use super::*;
use crate::toolkit::{Catalog, Context, Entry, Error, Example, Family, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

struct Halve;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Args {
    /// The number to halve.
    number: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Output {
    /// Half of it [pieces].
    half: Option<f64>,
}

impl Tool for Halve {
    const NAME: &'static str = "halve_number";
    const TITLE: &'static str = "Half";
    const DESCRIPTION: &'static str = "Halves a number.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"number": 3}"#,
        expect: r#"{"half": 1.5}"#,
        tolerance: 0.0,
        source: "by hand",
    }];
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        match args.number {
            13.0 => panic!("unlucky"),
            14.0 => return Ok(Output { half: Some(f64::NAN) }),
            15.0 => return Err(Error::Domain("fifteen has no half here".into())),
            16.0 => cx.warn("sixteen is a square"),
            _ => {}
        }
        Ok(Output { half: Some(args.number / 2.0) })
    }
}

const FAMILIES: &[Family] = &[Family {
    slug: "fixture",
    title: "Fixture",
    description: "For tests.",
    tools: &[Entry::of::<Halve>(), Entry::of::<kept::Asker>()],
}];

fn server() -> Arc<Server> {
    Server::new(Catalog::new(FAMILIES).unwrap()).unwrap()
}

fn send_to(peer: &Arc<Peer>, bytes: &[u8]) -> Reply {
    let server = server();
    let scope = server.scope();
    let owner = Owner::default();
    let caller = Caller { peer, scope, owner, label: "t1", speaks: false, mirror: None };
    match server.take(bytes, &caller) {
        Step::Reply(reply) => reply,
        Step::Opened(answer) => Reply::Message(answer),
        _ => panic!("no reply"),
    }
}

fn send(message: &Value) -> Value {
    match send_to(&Arc::default(), message.to_string().as_bytes()) {
        Reply::Message(bytes) | Reply::Error(bytes, ..) => serde_json::from_slice(&bytes).unwrap(),
        Reply::None => Value::Null,
    }
}

fn call(arguments: Value) -> Value {
    let params = json!({"name": "halve_number", "arguments": arguments});
    send(&json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params}))["result"].take()
}

#[test]
fn a_call_answers_with_structure_and_text() {
    let result = call(json!({"number": 16}));
    assert_eq!(result["structuredContent"], json!({"half": 8.0, "warnings": ["sixteen is a square"]}));
    assert_eq!(result["isError"], json!(false));
    assert_eq!(result["content"][0]["text"], "Half\nhalf: 8 pieces\nwarnings:\n  - sixteen is a square");
}

#[test]
fn refusals_are_results_and_defects_are_told_plainly() {
    for (number, wanted) in [
        (json!("x"), "number: got the text \"x\"; wanted: a number"),
        (json!(15), "halve_number has no result: fifteen has no half here"),
        (json!(13), "a defect of the server, not of the call (request t1)"),
        (json!(14), "a defect of the server, not of the call (request t1)"),
    ] {
        let result = call(json!({"number": number}));
        assert_eq!(result["isError"], json!(true), "{result}");
        assert_eq!(result.get("structuredContent"), None);
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(wanted), "{text}");
    }
}

#[test]
fn initialize_agrees_on_a_served_revision_or_offers_the_newest() {
    for (asked, agreed) in [
        ("2024-11-05", "2024-11-05"),
        ("2025-03-26", "2025-03-26"),
        ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        ("1999-01-01", "2025-11-25"),
    ] {
        let params = json!({"protocolVersion": asked, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
        let answer = send(&json!({"jsonrpc": "2.0", "id": "a", "method": "initialize", "params": params}));
        assert_eq!(answer["result"]["protocolVersion"], agreed);
        assert_eq!(answer["id"], "a");
        assert!(answer["result"]["capabilities"]["tools"].is_object());
    }
    let answer = send(&json!({"jsonrpc": "2.0", "id": 1, "method": "initialize"}));
    assert_eq!(answer["error"]["code"], -32602);
}

#[test]
fn the_list_is_complete_and_the_same_twice() {
    let list = || send_to(&Arc::default(), br#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
    let (Reply::Message(first), Reply::Message(second)) = (list(), list()) else { panic!("no list") };
    assert_eq!(first, second);
    let list: Value = serde_json::from_slice(&first).unwrap();
    assert_eq!(list["result"]["tools"][0]["name"], "halve_number");
    assert_eq!(list["result"]["tools"][0]["_meta"]["businessmath/toolset"], "fixture");
}

#[test]
fn protocol_errors_have_their_codes() {
    for (text, code, id) in [
        ("", -32700, Value::Null),
        ("{", -32700, Value::Null),
        ("nonsense", -32700, Value::Null),
        ("\u{feff}{}", -32700, Value::Null),
        ("5", -32600, Value::Null),
        ("{}", -32600, Value::Null),
        (r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600, json!(1)),
        (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":2}"#, -32600, json!(2)),
        (r#"{"jsonrpc":"2.0","id":3,"method":"no/such"}"#, -32601, json!(3)),
        (r#"{"jsonrpc":"2.0","id":4,"method":"tools/call"}"#, -32602, json!(4)),
        (r#"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":[1]}"#, -32602, json!(5)),
        (r#"{"jsonrpc":"2.0","id":6,"method":"tools/list","params":{"cursor":"x"}}"#, -32602, json!(6)),
    ] {
        let reply = send_to(&Arc::default(), text.as_bytes());
        let (Reply::Message(bytes) | Reply::Error(bytes, ..)) = reply else { panic!("{text}: no reply") };
        let answer: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &id), "{text}: {answer}");
    }
    let Reply::Error(..) = send_to(&Arc::default(), b"\xff") else { panic!("took broken UTF-8") };
}

#[test]
fn an_unknown_tool_is_told_the_nearest_names() {
    let params = json!({"name": "halve_numbers"});
    let answer = send(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}));
    assert_eq!(answer["error"]["code"], -32602);
    assert!(answer["error"]["message"].as_str().unwrap().contains("halve_number"), "{answer}");
}

#[test]
fn notifications_and_responses_are_taken_in_silence() {
    for message in [
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        json!({"jsonrpc": "2.0", "method": "no/such"}),
        json!({"jsonrpc": "2.0", "id": 9, "result": {}}),
        json!({"jsonrpc": "2.0", "id": 9, "error": {"code": 1, "message": "x"}}),
    ] {
        assert_eq!(send(&message), Value::Null);
    }
}

#[test]
fn ids_are_echoed_to_the_letter() {
    for id in ["0", "-3", "123456789012345678901234567890", r#""a\u0041""#] {
        let text = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#);
        let Reply::Message(bytes) = send_to(&Arc::default(), text.as_bytes()) else { panic!("{id}") };
        assert_eq!(bytes, format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{{}}}}"#).into_bytes());
    }
}

#[test]
fn batches_exist_in_one_revision_only() {
    let batch = br#"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"x"},5]"#;
    let Reply::Message(bytes) = send_to(&Arc::default(), batch) else { panic!("no batch") };
    let answers: Vec<Value> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        (answers.len(), &answers[0]["id"], &answers[1]["error"]["code"]),
        (2, &json!(1), &json!(-32600))
    );
    let newest = Arc::new(Peer::following(revision::newest_with_session()));
    for (peer, text) in [(&newest, &batch[..]), (&Arc::default(), b"[]")] {
        let Reply::Error(bytes, Fault::Message, _) = send_to(peer, text) else { panic!("taken") };
        assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap()["error"]["code"], -32600);
    }
    let deep = "[".repeat(4_000_000);
    assert!(matches!(send_to(&Arc::default(), deep.as_bytes()), Reply::Error(..)));
}
