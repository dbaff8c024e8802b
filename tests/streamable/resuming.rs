//! Clients that have lost their connection come back for what they have missed.

use super::REVISIONS;
use crate::support::{Reply, Server, Session};
use serde_json::json;

#[test]
fn a_call_whose_connection_was_cut_is_answered_where_the_client_comes_back() {
    let server = Server::fixture(&[]);
    for revision in REVISIONS {
        let session = Session::open(&server, revision);
        let mut events = session.told(1, "test_tool_with_progress", json!({})).stream();
        // The first message, whatever stands before it.
        let first = events.message().unwrap();
        let last = events.last_id().to_owned();
        drop(events);
        let mut resumed = session.resume(&last, "tools/call").stream();
        let (before, response) = resumed.rest();
        let told: Vec<_> = before.iter().map(|message| &message["params"]["progress"]).collect();
        assert_eq!(told, [&json!(50.0), &json!(100.0)], "{revision}: nothing twice, nothing lost");
        assert_eq!(first["params"]["progress"], 0.0);
        assert_eq!(response["id"], 1);
        // Once more from the beginning of what is kept, and from the very end.
        let (again, _) = session.resume(&last, "tools/call").stream().rest();
        assert_eq!(again, before);
        assert_eq!(session.resume(resumed.last_id(), "tools/call").stream().message(), None);
    }
}

#[test]
fn a_stream_can_be_come_back_to_before_its_first_message() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.call(1, "slow_compute", json!({"seconds": 0.1, "label": "cut"})).stream();
    let primer = events.next().unwrap();
    assert!(primer.data.is_empty() && primer.retry.is_some());
    drop(events);
    let (_, response) = session.resume(&primer.id.unwrap(), "tools/call").stream().rest();
    assert_eq!(response["result"]["content"][0]["text"], "cut computed");
}

#[test]
fn a_server_that_hangs_up_is_come_back_to() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.call(1, "test_reconnection", json!({})).stream();
    assert!(events.next().unwrap().retry.is_some(), "the client is told when to come back");
    events.ends();
    let (_, response) = session.resume(events.last_id(), "tools/call").stream().rest();
    assert_eq!(response["id"], 1);
}

#[test]
fn the_general_stream_goes_on_where_it_was_left() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-06-18");
    let mut stream = session.listen();
    session.call(1, "test_trigger_tool_change", json!({})).one();
    stream.message().unwrap();
    let last = stream.last_id().to_owned();
    drop(stream);
    session.call(2, "test_trigger_prompt_change", json!({})).one();
    let mut resumed = session.get(&format!("Last-Event-ID: {last}\r\n"), None).stream();
    assert_eq!(resumed.message().unwrap()["method"], "notifications/prompts/list_changed");
    session.call(3, "test_trigger_tool_change", json!({})).one();
    assert_eq!(resumed.message().unwrap()["method"], "notifications/tools/list_changed");
}

#[test]
fn an_event_id_that_was_not_given_here_is_400() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let other = Session::open(&server, "2025-11-25");
    let mut foreign = other.call(1, "slow_compute", json!({})).stream();
    foreign.rest();
    let huge = "9".repeat(4000);
    for id in [
        foreign.last_id(),
        "",
        "0",
        "-",
        "x-y",
        "1-1-1",
        "0--1",
        "0-+1",
        "0-1",
        "0-18446744073709551615",
        "99-0",
        "\u{e9}-1",
        &huge,
        &format!("0-{huge}"),
    ] {
        let Reply::One(refused) = session.get(&format!("Last-Event-ID: {id}\r\n"), None) else {
            panic!("{id:?} was taken")
        };
        assert_eq!(refused.status, 400, "{id:?}");
    }
}

/// The result stays, and of the rest the newest.
#[test]
fn what_is_kept_for_a_client_that_comes_back_is_bounded() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.told(1, "flood", json!({"messages": 2000, "bytes": 10_000})).stream();
    let primer = events.next().unwrap().id.unwrap();
    drop(events);
    server.await_log("fixture flood over");
    let (before, response) = session.resume(&primer, "tools/call").stream().rest();
    let bytes: usize = before.iter().map(|message| message.to_string().len()).sum();
    assert!(before.len() <= 256 && bytes <= 1024 * 1024, "{} messages, {bytes} bytes", before.len());
    assert_eq!(before.last().unwrap()["params"]["progress"], 2000.0);
    assert_eq!(response["result"]["content"][0]["text"], "flooded");
}

#[test]
fn of_many_answers_the_newest_can_be_come_back_to() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let ids: Vec<String> = (0..40)
        .map(|i| {
            let mut events = session.call(i, "slow_compute", json!({})).stream();
            events.rest();
            events.ids[0].clone()
        })
        .collect();
    let known = |id: &String| match session.resume(id, "tools/call") {
        Reply::Stream(mut events) => events.rest().1["id"].is_u64(),
        Reply::One(answer) => {
            assert_eq!(answer.status, 400);
            false
        }
    };
    assert!(!known(&ids[0]) && known(&ids[39]) && known(&ids[20]));
}
