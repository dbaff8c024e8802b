//! What comes before the answer, and what ends it: logs, progress, a client that leaves.

use crate::support::{Modern, Reply, Server, eventually};
use serde_json::{Value, json};

/// The messages before the response, none when the answer is no stream.
fn before(request: &Modern, server: &Server) -> Vec<Value> {
    match request.send(server) {
        Reply::One(_) => vec![],
        Reply::Stream(mut events) => {
            let (before, response) = events.rest();
            assert_eq!(response["result"]["resultType"], "complete", "{response}");
            assert!(events.ids.is_empty(), "nothing to come back with");
            before
        }
    }
}

#[test]
fn logs_come_to_those_who_ask_and_from_their_level_on() {
    let server = Server::fixture(&[]);
    let levels = Modern::call("levels", json!({}));
    assert!(before(&levels, &server).is_empty());
    let all = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];
    for (place, level) in all.iter().enumerate() {
        let told = before(&levels.clone().meta("logLevel", *level), &server);
        let told: Vec<_> = told.iter().map(|message| message["params"]["level"].as_str().unwrap()).collect();
        assert_eq!(told, all[place..]);
    }
}

#[test]
fn progress_grows_and_bears_the_token_to_the_letter() {
    let server = Server::fixture(&[]);
    let call = Modern::call("test_tool_with_progress", json!({}));
    assert!(before(&call, &server).is_empty(), "nobody asked");
    for token in [json!("t"), json!(0), json!(-5), json!(9_007_199_254_740_993_i64), json!("\u{e9}\"\\")] {
        let told = before(&call.clone().meta("progressToken", token.clone()), &server);
        let steps: Vec<_> =
            told.iter().map(|message| message["params"]["progress"].as_f64().unwrap()).collect();
        assert_eq!(steps, [0.0, 50.0, 100.0]);
        assert!(told.iter().all(|message| message["params"]["progressToken"] == token), "{token}");
    }
    for token in [json!(1.5), json!(true), json!(null), json!([]), json!({})] {
        assert!(before(&call.clone().meta("progressToken", token), &server).is_empty());
    }
}

#[test]
fn who_takes_no_stream_gets_the_answer_alone() {
    let server = Server::fixture(&[]);
    let call =
        Modern::call("test_tool_with_progress", json!({})).meta("progressToken", 1).meta("logLevel", "debug");
    let answer = call.header("Accept", "application/json").send(&server).one();
    assert_eq!(answer.json()["result"]["resultType"], "complete");
}

#[test]
fn a_client_that_closes_its_stream_cancels() {
    let server = Server::fixture(&[]);
    let count = |what: &str| server.log().iter().filter(|line| line.contains(what)).count();
    for (round, accept) in ["application/json, text/event-stream", "application/json"].iter().enumerate() {
        let mut client = server.client();
        client.write(&Modern::call("slow_compute", json!({"seconds": 60})).header("Accept", accept).text());
        eventually("the work's begin", || count("fixture work begins") == round + 1);
        drop(client);
        eventually("the work's end", || count("fixture work stopped") == round + 1);
    }
}

/// Each request stands alone: no notification on another one cancels it.
#[test]
fn nothing_but_its_own_end_cancels_a_call() {
    let server = Server::fixture(&[]);
    let mut events = Modern::call("slow_compute", json!({"seconds": 0.3})).id(1).send(&server).stream();
    let cancelled =
        json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}});
    let headers = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: notifications/cancelled\r\n";
    assert_eq!(server.client().post("/mcp", headers, &cancelled.to_string()).status, 202);
    assert_eq!(events.rest().1["id"], 1);
}

#[test]
fn equal_ids_of_different_clients_do_not_mix() {
    let server = Server::fixture(&[]);
    let mut calls: Vec<_> = (0..8)
        .map(|i| {
            let label = format!("call {i}");
            let call = Modern::call("slow_compute", json!({"seconds": 0.05, "label": label})).id("same");
            (call.send(&server).stream(), label)
        })
        .collect();
    for (events, label) in &mut calls {
        assert_eq!(events.rest().1["result"]["content"][0]["text"], format!("{label} computed"));
    }
}

#[test]
fn a_drain_lets_a_call_finish() {
    let server = Server::fixture(&[("MCP_DRAIN_TIMEOUT", "60")]);
    let mut events =
        Modern::call("slow_compute", json!({"seconds": 0.5, "label": "drained"})).send(&server).stream();
    server.await_log("fixture work begins");
    server.signal("TERM");
    assert_eq!(events.rest().1["result"]["content"][0]["text"], "drained computed");
    assert_eq!(server.ended().code(), Some(0));
}
