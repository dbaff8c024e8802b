//! Calls laid aside for their answers, in sessions and as tasks: they go on, they end, and nothing stays behind.

use super::kept::{Kept, asking, modern, opened, take};
use super::*;
use crate::mcp::tasks::Tasks;
use std::time::Duration;

/// Runs the asking call up to its questions; their ids.
fn asked(server: &Arc<Server>, peer: &Arc<Peer>, outlet: &Arc<Kept>) -> Vec<Value> {
    let Step::Long(job) = take(server, peer, &asking("c")) else { panic!("not laid aside") };
    job.run(&(Arc::clone(outlet) as Arc<dyn Outlet>));
    outlet.take().iter().map(|question| question["id"].clone()).collect()
}

fn answer(id: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": {"action": "decline"}})
}

#[test]
fn a_call_goes_on_with_its_last_answer_and_leaves_nothing_behind() {
    let server = server();
    let (peer, outlet) = (opened(&server), Arc::<Kept>::default());
    let ids = asked(&server, &peer, &outlet);
    assert_eq!(ids.len(), 2);
    assert!(matches!(take(&server, &peer, &answer(&ids[1])), Step::Reply(Reply::None)));
    for odd in [json!(4711), json!(-1), json!(0), json!("x"), json!("18446744073709551616"), ids[1].clone()] {
        assert!(matches!(take(&server, &peer, &answer(&odd)), Step::Reply(Reply::None)), "{odd}");
    }
    // An id that comes back as text is still the one that was given.
    let text = json!(ids[0].to_string());
    let Step::Resume { reply: Reply::None, mut calls } = take(&server, &peer, &answer(&text)) else {
        panic!("not resumed")
    };
    let resumed = calls.pop().unwrap();
    resumed.job.run(&resumed.outlet);
    drop(resumed.outlet);
    assert_eq!(outlet.take()[0]["result"]["structuredContent"]["answers"], 2.0);
    assert!(outlet.has_finished());
    assert_eq!((Arc::strong_count(&peer), Arc::strong_count(&outlet)), (1, 1));
}

#[test]
fn however_a_waiting_call_ends_its_client_is_let_go_of() {
    let server = server();
    let cancel = json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "c"}});
    for way in ["cancelled", "ended", "stopping"] {
        let (peer, outlet) = (opened(&server), Arc::<Kept>::default());
        assert_eq!(asked(&server, &peer, &outlet).len(), 2);
        match way {
            "cancelled" => assert!(matches!(take(&server, &peer, &cancel), Step::Reply(Reply::None))),
            "ended" => peer.cancel_all(),
            _ => peer.stop_asking(),
        }
        let told = outlet.take();
        assert_eq!(told.len(), usize::from(way == "stopping"), "{way}: {told:?}");
        assert!(outlet.has_finished());
        assert_eq!((Arc::strong_count(&peer), Arc::strong_count(&outlet)), (1, 1), "{way}");
    }
}

#[test]
fn what_would_wait_in_vain_does_not_begin_to() {
    let server = server();
    let (gone, stopping) = (opened(&server), opened(&server));
    let outlet = Arc::<Kept>::default();
    outlet.leave();
    assert!(asked(&server, &gone, &outlet).is_empty() && outlet.has_finished());
    assert_eq!(Arc::strong_count(&gone), 1);
    stopping.stop_asking();
    let outlet = Arc::<Kept>::default();
    let Step::Long(job) = take(&server, &stopping, &asking(1)) else { panic!("not laid aside") };
    job.run(&(Arc::clone(&outlet) as Arc<dyn Outlet>));
    assert!(outlet.take()[0]["error"]["message"].as_str().unwrap().contains("stops"));
    assert_eq!(Arc::strong_count(&stopping), 1);
}

#[test]
fn a_refused_call_is_answered_where_its_client_waits() {
    let server = server();
    let (peer, outlet) = (opened(&server), Arc::<Kept>::default());
    let Step::Long(job) = take(&server, &peer, &asking(9)) else { panic!("not laid aside") };
    job.refuse(&(Arc::clone(&outlet) as Arc<dyn Outlet>));
    let told = outlet.take();
    assert_eq!((&told[0]["id"], told[0]["error"]["code"].is_i64()), (&json!(9), true));
}

/// Begins a task that waits for answers; its id.
fn waiting(server: &Arc<Server>, peer: &Arc<Peer>) -> String {
    let call = modern("t", "tools/call", json!({"name": "ask_twice"}));
    let Step::Task { answer, job } = take(server, peer, &call) else { panic!("no task") };
    job.run(&(Arc::new(Nobody) as Arc<dyn Outlet>));
    let handle: Value = serde_json::from_slice(&answer).unwrap();
    handle["result"]["taskId"].as_str().unwrap().to_owned()
}

fn status(server: &Arc<Server>, id: &str) -> Value {
    let get = modern(1, "tasks/get", json!({"taskId": id}));
    let Step::Reply(Reply::Message(bytes) | Reply::Error(bytes, ..)) = take(server, &Arc::default(), &get)
    else {
        panic!("no reply")
    };
    let answer: Value = serde_json::from_slice(&bytes).unwrap();
    answer["result"]["status"].clone()
}

#[test]
fn a_task_that_waits_too_long_is_forgotten_with_its_job() {
    let mut server = server();
    Arc::get_mut(&mut server).unwrap().tasks = Tasks::new(Duration::ZERO);
    let peer = Arc::<Peer>::default();
    let id = waiting(&server, &peer);
    assert_eq!(status(&server, &id), Value::Null, "its time is over");
    assert!(Arc::strong_count(&peer) > 1);
    // The next one to begin clears away what has expired.
    let other = Arc::<Peer>::default();
    waiting(&server, &other);
    assert_eq!(Arc::strong_count(&peer), 1);
}

#[test]
fn tasks_that_nobody_can_fetch_end() {
    let server = server();
    let peer = Arc::<Peer>::default();
    let id = waiting(&server, &peer);
    assert_eq!(status(&server, &id), "input_required");
    server.stop_tasks();
    assert_eq!((status(&server, &id), Arc::strong_count(&peer)), (Value::Null, 1));
}

#[test]
fn a_task_that_found_no_room_was_never_there() {
    let server = server();
    let peer = Arc::<Peer>::default();
    let call = modern("t", "tools/call", json!({"name": "ask_twice"}));
    let Step::Task { answer, job } = take(&server, &peer, &call) else { panic!("no task") };
    let handle: Value = serde_json::from_slice(&answer).unwrap();
    let id = handle["result"]["taskId"].as_str().unwrap();
    assert_eq!(status(&server, id), "working");
    let refusal: Value = serde_json::from_slice(&job.refusal()).unwrap();
    assert_eq!((&refusal["id"], status(&server, id)), (&json!("t"), Value::Null));
}

/// A resumed task that finds no room fails, and says why to whoever asks.
#[test]
fn a_resumed_task_that_finds_no_room_fails() {
    let server = server();
    let peer = Arc::<Peer>::default();
    let id = waiting(&server, &peer);
    let answers = json!({"first": {"action": "decline"}, "second": {"action": "decline"}});
    let update = modern(2, "tasks/update", json!({"taskId": id, "inputResponses": answers}));
    let Step::Resume { mut calls, .. } = take(&server, &peer, &update) else { panic!("not resumed") };
    let resumed = calls.pop().unwrap();
    resumed.job.refuse(&resumed.outlet);
    assert_eq!(status(&server, &id), "failed");
}
