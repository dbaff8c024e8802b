//! The tasks extension: a handle at once, the result when it is there.

use crate::support::{Events, KEY, Modern, Server, eventually};
use serde_json::{Value, json};

const OTHER: &str = "another-key-0123456789-abcdefghij";

/// Begins a task; its id.
fn begun(server: &Server, tool: &str, arguments: Value) -> String {
    begun_by(&Modern::call(tool, arguments).with_tasks(), server)
}

fn begun_by(call: &Modern, server: &Server) -> String {
    let handle = call.result(server);
    assert_eq!((&handle["resultType"], &handle["status"]), (&json!("task"), &json!("working")), "{handle}");
    assert!(handle["ttlMs"].is_u64() && handle["pollIntervalMs"].is_u64() && handle["createdAt"].is_string());
    handle["taskId"].as_str().unwrap().to_owned()
}

fn get(server: &Server, id: &str) -> Value {
    let task = Modern::task("tasks/get", id).result(server);
    assert_eq!((&task["resultType"], &task["taskId"]), (&json!("complete"), &json!(id)));
    task
}

/// The task once its state is this one.
fn awaited(server: &Server, id: &str, status: &str) -> Value {
    let mut task = Value::Null;
    eventually(status, || {
        task = get(server, id);
        task["status"] == status
    });
    task
}

fn update(server: &Server, id: &str, answers: Value) {
    let ack = Modern::task("tasks/update", id).param("inputResponses", answers).result(server);
    assert_eq!(ack["resultType"], "complete");
}

fn listening(server: &Server, ids: &[&str]) -> (Events, Value) {
    let filter = json!({"notifications": {"taskIds": ids}});
    let mut events = Modern::new("subscriptions/listen", filter).with_tasks().send(server).stream();
    let acknowledged = events.message().unwrap()["params"]["notifications"].clone();
    (events, acknowledged)
}

#[test]
fn a_task_runs_to_its_result() {
    let server = Server::fixture(&[]);
    let id = begun(&server, "slow_compute", json!({"seconds": 0.1, "label": "done"}));
    assert!(id.len() >= 32);
    let task = awaited(&server, &id, "completed");
    assert_eq!(task["result"]["content"][0]["text"], "done computed");
    assert_eq!(task["result"]["isError"], false);
    assert_eq!(get(&server, &id), task, "it stays as it is");
    // What is over cannot be cancelled, and takes no answers.
    Modern::task("tasks/cancel", &id).result(&server);
    update(&server, &id, json!({"x": {}}));
    assert_eq!(get(&server, &id), task);
}

#[test]
fn a_refusal_completes_a_task_and_a_protocol_error_fails_it() {
    let server = Server::fixture(&[]);
    let refused = awaited(&server, &begun(&server, "failing_job", json!({})), "completed");
    assert_eq!(refused["result"]["isError"], true);
    let failed = awaited(&server, &begun(&server, "protocol_error_job", json!({})), "failed");
    assert!(failed["error"]["code"].is_i64() && failed.get("result").is_none());
}

#[test]
fn a_task_can_be_cancelled() {
    let server = Server::fixture(&[]);
    let id = begun(&server, "slow_compute", json!({"seconds": 60}));
    server.await_log("fixture work begins");
    assert_eq!(Modern::task("tasks/cancel", &id).result(&server)["resultType"], "complete");
    awaited(&server, &id, "cancelled");
    server.await_log("fixture work stopped");
    let waiting = begun(&server, "confirm_delete", json!({"filename": "f"}));
    awaited(&server, &waiting, "input_required");
    Modern::task("tasks/cancel", &waiting).result(&server);
    assert_eq!(get(&server, &waiting)["status"], "cancelled");
    update(&server, &waiting, json!({"confirm": {"action": "accept", "content": {"confirm": true}}}));
    assert_eq!(get(&server, &waiting)["status"], "cancelled");
}

#[test]
fn a_task_asks_and_goes_on() {
    let server = Server::fixture(&[]);
    let id = begun(&server, "multi_input", json!({}));
    let task = awaited(&server, &id, "input_required");
    assert_eq!(task["inputRequests"].as_object().unwrap().len(), 2);
    let name = json!({"action": "accept", "content": {"name": "x"}});
    update(&server, &id, json!({"second": name, "unknown": name}));
    let task = get(&server, &id);
    assert_eq!(task["status"], "input_required");
    assert_eq!(task["inputRequests"].as_object().unwrap().keys().collect::<Vec<_>>(), ["first"]);
    update(&server, &id, json!({"second": name}));
    assert_eq!(get(&server, &id)["status"], "input_required");
    update(&server, &id, json!({"first": name}));
    let task = awaited(&server, &id, "completed");
    assert_eq!(task["result"]["content"][0]["text"], "2 answers");
}

#[test]
fn answers_of_the_wrong_shape_are_refused_and_the_task_waits_on() {
    let server = Server::fixture(&[]);
    let id = begun(&server, "confirm_delete", json!({"filename": "f"}));
    awaited(&server, &id, "input_required");
    for answers in [json!([]), json!("x"), json!({"confirm": "yes"}), json!({"confirm": null})] {
        let request = Modern::task("tasks/update", &id).param("inputResponses", answers.clone());
        assert_eq!(request.refusal(&server).1, -32602, "{answers}");
    }
    assert_eq!(get(&server, &id)["status"], "input_required");
    update(&server, &id, json!({"confirm": {"action": "accept", "content": {"confirm": true}}}));
    assert_eq!(awaited(&server, &id, "completed")["result"]["content"][0]["text"], "f deleted");
}

/// Questions that decide whether there is a task at all come before the handle.
#[test]
fn a_question_before_the_handle_is_one_of_the_request() {
    let server = Server::fixture(&[]);
    let call = Modern::call("test_tool_with_task", json!({})).with_tasks();
    let first = call.result(&server);
    assert_eq!(first["resultType"], "input_required");
    let answer = json!({"user_name": {"action": "accept", "content": {"name": "Ann"}}});
    let retry = call.param("requestState", first["requestState"].clone()).param("inputResponses", answer);
    let task = awaited(&server, &begun_by(&retry, &server), "completed");
    assert_eq!(task["result"]["content"][0]["text"], "Hello, Ann, from a task");
}

#[test]
fn a_task_belongs_to_its_key() {
    let server = Server::fixture(&[("MCP_API_KEYS", &format!("{KEY},{OTHER}"))]);
    let call = Modern::call("slow_compute", json!({"seconds": 60})).with_tasks();
    let id = begun_by(&call.key(KEY), &server);
    let unknown = Modern::task("tasks/get", &"0".repeat(id.len())).key(OTHER).answer(&server);
    for method in ["tasks/get", "tasks/cancel", "tasks/update"] {
        let foreign = Modern::task(method, &id).param("inputResponses", json!({})).key(OTHER).answer(&server);
        assert_eq!(foreign.1["error"]["code"], -32602, "{method}");
        assert_eq!(foreign, unknown, "a foreign task must look like none");
        let without = Modern::task(method, &id).param("inputResponses", json!({}));
        assert_eq!(without.answer(&server).0, 401);
    }
    let filter = json!({"notifications": {"taskIds": [id]}});
    let mut events =
        Modern::new("subscriptions/listen", filter).with_tasks().key(OTHER).send(&server).stream();
    assert_eq!(events.message().unwrap()["params"]["notifications"], json!({}));
    let mine = Modern::task("tasks/get", &id).key(KEY).result(&server);
    assert_eq!(mine["status"], "working");
}

#[test]
fn only_who_declares_tasks_has_them() {
    let server = Server::fixture(&[]);
    let bare = Modern::call("slow_compute", json!({"label": "now"})).result(&server);
    assert_eq!(bare["content"][0]["text"], "now computed");
    let cheap = Modern::call("test_simple_text", json!({})).with_tasks().result(&server);
    assert_eq!(cheap["resultType"], "complete");
    let id = begun(&server, "slow_compute", json!({}));
    for method in ["tasks/get", "tasks/cancel", "tasks/update"] {
        let request = Modern::task(method, &id).param("inputResponses", json!({})).capabilities(json!({}));
        let (status, answer) = request.answer(&server);
        assert_eq!((status, &answer["error"]["code"]), (400, &json!(-32021)), "{method}");
        let needed = &answer["error"]["data"]["requiredCapabilities"]["extensions"];
        assert!(needed["io.modelcontextprotocol/tasks"].is_object());
    }
    let needs = Modern::call("failing_job", json!({}));
    assert_eq!(needs.refusal(&server), (400, -32021));
}

#[test]
fn listeners_hear_of_their_tasks_and_of_no_others() {
    let server = Server::fixture(&[]);
    let asking = begun(&server, "confirm_delete", json!({"filename": "f"}));
    let other = begun(&server, "slow_compute", json!({"seconds": 60}));
    awaited(&server, &asking, "input_required");
    let (mut events, agreed) = listening(&server, &[&asking, "none"]);
    assert_eq!(agreed, json!({"taskIds": [asking]}));
    let mut told = |status: &str| {
        let message = events.message().unwrap();
        let params = &message["params"];
        assert_eq!(message["method"], "notifications/tasks");
        assert_eq!((&params["taskId"], &params["status"]), (&json!(asking), &json!(status)));
        params.clone()
    };
    // Where the task stands already is told first.
    assert!(told("input_required")["inputRequests"]["confirm"].is_object());
    Modern::task("tasks/cancel", &other).result(&server);
    update(&server, &asking, json!({"confirm": {"action": "decline"}}));
    told("working");
    let done = told("completed");
    assert_eq!(done["result"]["content"][0]["text"], "f kept");
}

/// Who begins to listen after the end still learns of it.
#[test]
fn a_task_that_has_ended_is_told_at_once() {
    let server = Server::fixture(&[]);
    let id = begun(&server, "slow_compute", json!({}));
    awaited(&server, &id, "completed");
    let (mut events, _) = listening(&server, &[&id]);
    assert_eq!(events.message().unwrap()["params"]["status"], "completed");
}

#[test]
fn a_flood_of_tasks_is_bounded_for_each_key() {
    let server = Server::fixture(&[("MCP_API_KEYS", &format!("{KEY},{OTHER}"))]);
    let flood = Modern::call("confirm_delete", json!({"filename": "f"})).with_tasks().key(KEY);
    let mut client = server.client();
    let mut kinds = Vec::new();
    for _ in 0..300 {
        client.write(&flood.text());
        let (kind, left) = answered(client, &server);
        client = left;
        kinds.push(kind);
    }
    let tasks = kinds.iter().filter(|kind| *kind == "task").count();
    assert!((100..=250).contains(&tasks), "{tasks}");
    assert!(kinds[299] == "input_required", "beyond, the call is answered without a task: {}", kinds[299]);
    // Another key has room still.
    let id = begun_by(&Modern::call("slow_compute", json!({})).with_tasks().key(OTHER), &server);
    Modern::task("tasks/get", &id).key(OTHER).result(&server);
}

/// The type of the result that comes, by whichever way, and a connection for the next request.
fn answered(client: crate::support::Client, server: &Server) -> (String, crate::support::Client) {
    let response = client.reply("2026-07-28", Some("tools/call")).response();
    (response["result"]["resultType"].as_str().unwrap().to_owned(), server.client())
}

/// A task whose work found no room was never promised, and takes none.
#[test]
fn tasks_that_could_not_begin_leave_nothing_behind() {
    let server = Server::fixture(&[]);
    let mut running = Vec::new();
    let slow = Modern::call("slow_compute", json!({"seconds": 60})).with_tasks();
    let refused = loop {
        let (status, answer) = slow.answer(&server);
        match status {
            200 => running.push(answer["result"]["taskId"].as_str().unwrap().to_owned()),
            _ => break (status, answer),
        }
        assert!(running.len() < 2000);
    };
    assert_eq!((refused.0, &refused.1["id"]), (503, &json!(1)));
    for _ in 0..1000 {
        assert_eq!(slow.answer(&server).0, 503);
    }
    for id in &running {
        Modern::task("tasks/cancel", id).result(&server);
    }
    eventually("room", || slow.answer(&server).0 == 200);
}

#[test]
fn a_drain_does_not_wait_for_tasks() {
    let server = Server::fixture(&[("MCP_DRAIN_TIMEOUT", "60")]);
    begun(&server, "slow_compute", json!({"seconds": 60}));
    server.await_log("fixture work begins");
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
}
