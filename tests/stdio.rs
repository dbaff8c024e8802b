//! JSON-RPC over pipes with the real binary.

use crate::support::{Stdio, call, rpc};
use serde_json::json;

fn initialize(revision: &str) -> String {
    let client = json!({"name": "test", "version": "1"});
    rpc(0, "initialize", json!({"protocolVersion": revision, "capabilities": {}, "clientInfo": client}))
}

#[test]
fn a_client_opens_lists_calls_and_leaves() {
    let mut server = Stdio::start();
    let opened = server.ask(&initialize("2025-06-18"));
    assert_eq!(opened["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(opened["result"]["serverInfo"]["name"], "businessmath-mcp-server");
    server.send(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    let list = server.ask(&rpc("list", "tools/list", json!({})));
    assert_eq!(list["id"], "list");
    let names: Vec<&str> = list["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"calculate_npv") && names.contains(&"calculate_xirr"), "{names:?}");
    let answer = server.ask(&call(1, "calculate_npv", json!({"rate": 0.1, "cashFlows": [-100, 110]})));
    assert_eq!(answer["result"]["structuredContent"]["decision"], "indifferent");
    let (rest, status) = server.finish();
    assert!(rest.is_empty() && status.success());
}

#[test]
fn a_malformed_line_is_answered_and_the_loop_goes_on() {
    let mut server = Stdio::start();
    for (line, code) in [("nonsense", -32700), ("\u{feff}{}", -32700), ("5", -32600), ("{}", -32600)] {
        let answer = server.ask(line);
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &json!(null)), "{line}");
    }
    assert_eq!(server.ask(&rpc(7, "ping", json!({})))["result"], json!({}));
}

#[test]
fn all_answers_are_out_before_the_end_of_input_ends_it() {
    let mut server = Stdio::start();
    for id in 0..500 {
        server.send(&call(id, "calculate_irr", json!({"cashFlows": [-100, 60, 60]})));
    }
    let (answers, status) = server.finish();
    assert_eq!((answers.len(), status.code()), (500, Some(0)));
    assert!(answers[499].contains(r#""id":499"#));
}

#[test]
fn a_signal_ends_it_while_the_input_is_open() {
    for signal in ["TERM", "INT"] {
        let mut server = Stdio::start();
        server.ask(&rpc(1, "ping", json!({})));
        let kill = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &server.pid().to_string()])
            .status();
        assert!(kill.unwrap().success());
        assert_eq!(server.wait().1.code(), Some(0), "{signal}");
    }
}

#[test]
fn every_tool_works_over_pipes() {
    let mut server = Stdio::start();
    // The protocol does not hand a view to running tools yet; without one the tools about tools have nothing to show.
    for tool in crate::catalog::catalog().tools().iter().filter(|tool| tool.toolset != "meta") {
        let answer = server.ask(&call(1, tool.entry.name, tool.example.clone()));
        assert_eq!(answer["result"]["isError"], json!(false), "{answer}");
    }
}
