//! Both eras over pipes: one channel for everything, so that ids must tell what belongs to what.

use crate::schema;
use crate::support::{GUARD, MODERN, Modern, Stdio, all_capabilities, eventually, opening, rpc};
use serde_json::{Value, json};

const SUBSCRIPTION: &str = "io.modelcontextprotocol/subscriptionId";

/// A server that has agreed on a revision with a client that can be asked everything.
fn opened(revision: &str) -> Stdio {
    let mut server = Stdio::fixture();
    let answer = server.ask(&rpc(0, "initialize", opening(revision, &all_capabilities())));
    schema::server_message(revision, Some("initialize"), &answer);
    server.send(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    server
}

/// The next message, judged as one that answers this method if any.
fn next(server: &Stdio, revision: &str, method: &str) -> Value {
    let message = server.next();
    schema::server_message(revision, Some(method), &message);
    message
}

fn call(id: impl Into<Value>, name: &str, arguments: Value) -> String {
    crate::support::call(id, name, arguments)
}

fn cancel(id: impl Into<Value>) -> String {
    let params = json!({"requestId": id.into()});
    json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": params}).to_string()
}

fn listen(id: impl Into<Value>) -> String {
    Modern::new("subscriptions/listen", json!({"notifications": {"toolsListChanged": true}})).id(id).body()
}

#[test]
fn a_ping_is_answered_while_a_heavy_call_runs_and_the_call_can_be_cancelled() {
    for revision in ["2024-11-05", "2025-11-25"] {
        let mut server = opened(revision);
        server.send(&call("slow", "slow_compute", json!({"seconds": 60})));
        server.send(&rpc(1, "ping", json!({})));
        assert_eq!(next(&server, revision, "ping")["id"], 1);
        server.send(&cancel("other"));
        server.send(&cancel("slow"));
        // The process ends only when its work has.
        let (rest, status) = server.finish();
        assert!(rest.iter().all(|line| !line.starts_with('{')) && status.success(), "{rest:?}");
    }
}

#[test]
fn the_newer_era_is_cancelled_by_notification_too() {
    let mut server = Stdio::fixture();
    server.send(&Modern::call("slow_compute", json!({"seconds": 60})).id(5).body());
    server.send(&Modern::new("server/discover", json!({})).id(6).body());
    assert_eq!(next(&server, MODERN, "server/discover")["id"], 6);
    server.send(&cancel(5));
    assert!(server.finish().1.success());
}

#[test]
fn progress_and_logs_come_between_and_before_the_answer() {
    let mut server = opened("2025-06-18");
    let params = json!({"name": "test_tool_with_progress", "_meta": {"progressToken": "p"}});
    server.send(&rpc(1, "tools/call", params));
    let mut steps = Vec::new();
    let answer = loop {
        let message = next(&server, "2025-06-18", "tools/call");
        match message["params"]["progress"].as_f64() {
            Some(step) => steps.push(step),
            None => break message,
        }
    };
    assert_eq!((steps, &answer["id"]), (vec![0.0, 50.0, 100.0], &json!(1)));
    let levels = Modern::call("levels", json!({})).meta("logLevel", "alert").id(2).body();
    server.send(&levels);
    for level in ["alert", "emergency"] {
        assert_eq!(next(&server, MODERN, "tools/call")["params"]["level"], level);
    }
    assert_eq!(next(&server, MODERN, "tools/call")["id"], 2);
}

#[test]
fn discovery_may_come_first_and_an_opening_after_it() {
    let mut server = Stdio::fixture();
    server.send(&Modern::new("server/discover", json!({})).id("probe").body());
    let found = next(&server, MODERN, "server/discover");
    assert_eq!(found["result"]["supportedVersions"][0], MODERN);
    // A version that is not served is told of in the newer form, which the client's probe looks for.
    server.send(&Modern::new("server/discover", json!({})).meta("protocolVersion", "2030-01-01").body());
    let refused = next(&server, MODERN, "server/discover");
    assert_eq!(refused["error"]["code"], -32022);
    server.send(&rpc(0, "initialize", opening("2025-11-25", &json!({}))));
    assert_eq!(next(&server, "2025-11-25", "initialize")["result"]["protocolVersion"], "2025-11-25");
    // Both go on side by side.
    server.send(&Modern::new("tools/list", json!({})).id(1).body());
    assert_eq!(next(&server, MODERN, "tools/list")["result"]["resultType"], "complete");
    server.send(&rpc(2, "tools/list", json!({})));
    assert!(next(&server, "2025-11-25", "tools/list")["result"].get("resultType").is_none());
    server.send(&Modern::new("ping", json!({})).id(3).body());
    assert_eq!(next(&server, MODERN, "ping")["error"]["code"], -32601);
}

#[test]
fn a_call_asks_and_goes_on() {
    let mut server = opened("2025-11-25");
    server.send(&call(1, "confirm_delete", json!({"filename": "f"})));
    let question = next(&server, "2025-11-25", "tools/call");
    assert_eq!(question["method"], "elicitation/create");
    server.send(&rpc(2, "ping", json!({})));
    assert_eq!(next(&server, "2025-11-25", "ping")["id"], 2, "nothing waits for the person");
    let yes = json!({"action": "accept", "content": {"confirm": true}});
    server.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": yes}).to_string());
    let answer = next(&server, "2025-11-25", "tools/call");
    assert_eq!(answer["result"]["content"][0]["text"], "f deleted");
}

#[test]
fn the_newer_era_asks_by_its_result() {
    let mut server = Stdio::fixture();
    let ask = Modern::call("confirm_delete", json!({"filename": "f"})).capabilities(all_capabilities());
    server.send(&ask.body());
    let first = next(&server, MODERN, "tools/call");
    assert_eq!(first["result"]["resultType"], "input_required");
    let answers = json!({"confirm": {"action": "accept", "content": {"confirm": true}}});
    let retry = ask.id(2).param("requestState", first["result"]["requestState"].clone());
    server.send(&retry.param("inputResponses", answers).body());
    let answer = next(&server, MODERN, "tools/call");
    assert_eq!((&answer["id"], &answer["result"]["content"][0]["text"]), (&json!(2), &json!("f deleted")));
}

#[test]
fn subscriptions_are_told_apart_by_their_ids_and_cancelled_by_them() {
    let mut server = Stdio::fixture();
    for id in [json!(1), json!("1")] {
        server.send(&listen(id.clone()));
        assert_eq!(next(&server, MODERN, "subscriptions/listen")["params"]["_meta"][SUBSCRIPTION], id);
    }
    let change = Modern::call("test_trigger_tool_change", json!({})).id("c").body();
    server.send(&change);
    let told = [0, 1].map(|_| next(&server, MODERN, "")["params"]["_meta"][SUBSCRIPTION].clone());
    assert_eq!(told, [json!(1), json!("1")]);
    assert_eq!(next(&server, MODERN, "tools/call")["id"], "c");
    server.send(&cancel(1));
    server.send(&change);
    assert_eq!(next(&server, MODERN, "")["params"]["_meta"][SUBSCRIPTION], "1");
    // No word that nobody asked for, such as a session would get.
    assert_eq!(next(&server, MODERN, "tools/call")["id"], "c");
    let (rest, status) = server.finish();
    let last: Value = serde_json::from_str(&rest[0]).unwrap();
    schema::server_message(MODERN, Some("subscriptions/listen"), &last);
    assert_eq!((&last["id"], last["result"]["_meta"][SUBSCRIPTION].as_str()), (&json!("1"), Some("1")));
    assert!(status.success());
}

#[test]
fn an_opened_client_is_told_of_changes() {
    let mut server = opened("2025-03-26");
    server.send(&call(1, "test_trigger_prompt_change", json!({})));
    let told = next(&server, "2025-03-26", "");
    assert_eq!(told["method"], "notifications/prompts/list_changed");
    assert_eq!(next(&server, "2025-03-26", "tools/call")["id"], 1);
}

/// Ten thousand are not served to one client, but those that it has given back count no longer.
#[test]
fn subscriptions_of_one_client_are_bounded() {
    let mut server = Stdio::fixture();
    let mut begun = 0;
    for id in 0..10_000 {
        server.send(&listen(id));
        let message = next(&server, MODERN, "subscriptions/listen");
        if message.get("method").is_some() {
            begun += 1;
        } else {
            assert_eq!((&message["id"], message["error"]["code"].is_i64()), (&json!(id), true));
        }
    }
    assert_eq!(begun, 100);
    for id in 0..100 {
        server.send(&cancel(id));
    }
    for id in 20_000..20_100 {
        server.send(&listen(id));
        let message = next(&server, MODERN, "subscriptions/listen");
        assert_eq!(message["method"], "notifications/subscriptions/acknowledged", "{message}");
    }
}

#[test]
fn tasks_work_over_pipes_and_no_notification_cancels_them() {
    let mut server = Stdio::fixture();
    server
        .send(&Modern::call("slow_compute", json!({"seconds": 0.2, "label": "t"})).with_tasks().id(1).body());
    let handle = next(&server, MODERN, "tools/call");
    assert_eq!(handle["result"]["resultType"], "task");
    server.send(&cancel(1));
    let get = Modern::task("tasks/get", handle["result"]["taskId"].as_str().unwrap()).id(2).body();
    let mut task = Value::Null;
    eventually("the task's end", || {
        server.send(&get);
        task = next(&server, MODERN, "tasks/get")["result"].take();
        task["status"] != "working"
    });
    assert_eq!(
        (&task["status"], &task["result"]["content"][0]["text"]),
        (&json!("completed"), &json!("t computed"))
    );
}

#[test]
fn the_answer_of_a_heavy_call_comes_after_the_end_of_the_input() {
    let mut server = opened("2025-11-25");
    server.send(&call("last", "slow_compute", json!({"seconds": 0.3, "label": "late"})));
    // A question that nobody can answer any more, and a task that nobody can fetch, keep it from nothing.
    server.send(&call("asks", "confirm_delete", json!({"filename": "f"})));
    assert_eq!(next(&server, "2025-11-25", "tools/call")["method"], "elicitation/create");
    server.send(&Modern::call("slow_compute", json!({"seconds": 60})).with_tasks().id("task").body());
    assert_eq!(next(&server, MODERN, "tools/call")["result"]["resultType"], "task");
    let (rest, status) = server.finish();
    let answer: Value = serde_json::from_str(&rest[0]).unwrap();
    assert_eq!((&answer["id"], status.code()), (&json!("last"), Some(0)));
    assert_eq!(answer["result"]["content"][0]["text"], "late computed");
}

#[test]
fn a_signal_cuts_short_what_runs_before_and_after_the_end_of_the_input() {
    for closed in [false, true] {
        for signal in ["TERM", "INT"] {
            let mut server = opened("2025-11-25");
            server.send(&call(1, "slow_compute", json!({"seconds": 60})));
            server.send(&rpc(2, "ping", json!({})));
            assert_eq!(server.next()["id"], 2);
            if closed {
                server.close();
                // The end of the input is seen before the signal, or with it; either way the process ends.
                std::thread::sleep(GUARD / 50);
            }
            server.signal(signal);
            let (rest, status) = server.wait();
            assert!(rest.iter().all(|line| !line.contains("\"result\"")), "{rest:?}");
            assert_eq!(status.code(), Some(0), "{signal}");
        }
    }
}

/// More heavy calls than the server has places for are served one after the other; none is lost.
#[test]
fn a_flood_of_heavy_calls_is_served_to_the_end() {
    let mut server = opened("2025-06-18");
    for id in 0..400 {
        server.send(&call(id, "slow_compute", json!({"seconds": 0.02})));
    }
    let (answers, status) = server.finish();
    let mut ids: Vec<i64> =
        answers.iter().filter_map(|line| serde_json::from_str::<Value>(line).ok()?["id"].as_i64()).collect();
    ids.sort_unstable();
    assert_eq!((ids, status.code()), ((0..400).collect::<Vec<_>>(), Some(0)));
}

#[test]
fn params_that_are_no_object_are_refused() {
    let mut server = opened("2025-11-25");
    for params in [json!(["test_simple_text", {}]), json!([]), json!("x"), json!(5), json!(true)] {
        for method in ["tools/call", "tools/list", "ping"] {
            server.send(&rpc(1, method, params.clone()));
            assert_eq!(next(&server, "2025-11-25", method)["error"]["code"], -32602, "{method} {params}");
        }
    }
    server.send(&rpc(2, "tools/list", json!(null)));
    assert!(next(&server, "2025-11-25", "tools/list")["result"].is_object(), "some write null for none");
}
