//! Work that nobody waits for any longer: cancelled, ended with its session, or drained.

use super::REVISIONS;
use crate::support::{Server, Session, all_capabilities, eventually, opening, rpc};
use serde_json::json;

/// How often the fixture's work was seen to stop.
fn stopped(server: &Server) -> usize {
    server.log().iter().filter(|line| line.contains("fixture work stopped")).count()
}

fn begun(server: &Server, times: usize) {
    eventually("the work's begin", || {
        server.log().iter().filter(|line| line.contains("fixture work begins")).count() >= times
    });
}

#[test]
fn a_cancelled_call_stops_and_has_no_answer() {
    let server = Server::fixture(&[]);
    for (revision, round) in REVISIONS.into_iter().zip(1..) {
        let session = Session::open(&server, revision);
        let mut events = session.call("c", "slow_compute", json!({"seconds": 60})).stream();
        begun(&server, round);
        session.cancel("other");
        session.cancel("c");
        while let Some(event) = events.next() {
            assert_eq!(event.data, "", "nothing but what primes the stream");
        }
        eventually("the end of the work", || stopped(&server) == round);
        assert_eq!(session.request(2, "ping", json!({})).one().status, 200);
    }
}

/// The ids `1` and `"1"` are two.
#[test]
fn a_cancellation_names_its_request_to_the_letter() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut number = session.call(1, "slow_compute", json!({"seconds": 60})).stream();
    let mut text = session.call("1", "slow_compute", json!({"seconds": 0.3})).stream();
    begun(&server, 2);
    session.cancel(1);
    number.next();
    number.ends();
    assert_eq!(text.rest().1["id"], "1");
}

#[test]
fn another_session_cancels_nothing_here() {
    let server = Server::fixture(&[]);
    let (mine, other) = (Session::open(&server, "2025-11-25"), Session::open(&server, "2025-11-25"));
    let mut events = mine.call(1, "slow_compute", json!({"seconds": 0.3})).stream();
    begun(&server, 1);
    other.cancel(1);
    let body = json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}});
    assert_eq!(server.client().post("/mcp", "", &body.to_string()).status, 202);
    assert_eq!(events.rest().1["id"], 1);
    assert_eq!(stopped(&server), 0);
}

#[test]
fn a_cut_connection_is_no_cancellation() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.call(1, "slow_compute", json!({"seconds": 0.3})).stream();
    let primer = events.next().unwrap().id.unwrap();
    begun(&server, 1);
    drop(events);
    let (_, response) = session.resume(&primer, "tools/call").stream().rest();
    assert_eq!((&response["id"], stopped(&server)), (&json!(1), 0));
}

#[test]
fn the_end_of_a_session_ends_its_work() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.call(1, "slow_compute", json!({"seconds": 60})).stream();
    let mut asking = session.call(2, "confirm_delete", json!({"filename": "f"})).stream();
    asking.message().unwrap();
    begun(&server, 1);
    assert_eq!(session.delete().status, 204);
    events.next();
    events.ends();
    asking.ends();
    eventually("the end of the work", || stopped(&server) == 1);
}

#[test]
fn a_session_whose_client_has_gone_expires_with_its_work() {
    let server = Server::fixture(&[("SSE_SESSION_TIMEOUT", "1")]);
    let session = Session::open(&server, "2025-11-25");
    let events = session.call(1, "slow_compute", json!({"seconds": 60})).stream();
    begun(&server, 1);
    drop(events);
    server.await_log("Cleaned up expired session");
    eventually("the end of the work", || stopped(&server) == 1);
    assert_eq!(session.request(2, "ping", json!({})).one().status, 404);
}

/// Time runs from the last stream's end, and a call that is being answered is no idleness.
#[test]
fn a_session_that_is_waited_for_does_not_expire() {
    let server = Server::fixture(&[("SSE_SESSION_TIMEOUT", "1")]);
    let session = Session::open(&server, "2025-06-18");
    let slow = json!({"seconds": 2.5, "label": "long"});
    let mut events = session.call(1, "slow_compute", slow.clone()).stream();
    assert_eq!(events.rest().1["result"]["content"][0]["text"], "long computed");
    let call = crate::support::call(2, "slow_compute", slow);
    let answer = server.client().post("/mcp", &session.headers(), &call);
    assert_eq!((answer.status, answer.text().contains("long computed")), (200, true), "{}", answer.text());
    assert_eq!(stopped(&server), 0);
}

#[test]
fn a_client_that_waits_for_json_and_leaves_cancels() {
    let server = Server::fixture(&[]);
    let session = Session::open_as(&server, "2025-06-18", &all_capabilities(), "");
    let call = crate::support::call(1, "slow_compute", json!({"seconds": 60}));
    let mut client = server.client();
    client.write(&crate::support::post("/mcp", &session.headers(), &call));
    begun(&server, 1);
    drop(client);
    eventually("the end of the work", || stopped(&server) == 1);
}

#[test]
fn a_drain_lets_heavy_calls_finish_and_ends_the_waiting_streams() {
    let server = Server::fixture(&[("MCP_DRAIN_TIMEOUT", "60")]);
    let session = Session::open(&server, "2025-11-25");
    let mut general = session.listen();
    general.next();
    let mut events = session.call(1, "slow_compute", json!({"seconds": 0.5, "label": "drained"})).stream();
    begun(&server, 1);
    server.signal("TERM");
    assert_eq!(events.rest().1["result"]["content"][0]["text"], "drained computed");
    general.ends();
    assert!(general.comments.iter().any(|comment| comment.contains("stopping")), "{:?}", general.comments);
    assert_eq!(server.ended().code(), Some(0));
}

/// The older transport answers on its stream, so the work behind it is drained like any other.
#[test]
fn a_drain_waits_for_calls_of_the_older_transport() {
    let server = Server::fixture(&[("MCP_DRAIN_TIMEOUT", "60")]);
    let mut sse = server.client().sse("");
    let by_header = format!("X-Session-ID: {}\r\n", sse.session);
    let open = rpc(0, "initialize", opening("2024-11-05", &json!({})));
    server.client().post("/mcp", &by_header, &open);
    assert_eq!(sse.message()["id"], 0);
    let call = crate::support::call(1, "slow_compute", json!({"seconds": 0.5, "label": "drained"}));
    assert_eq!(server.client().post("/mcp", &by_header, &call).status, 202);
    begun(&server, 1);
    server.signal("TERM");
    assert_eq!(sse.message()["result"]["content"][0]["text"], "drained computed");
    assert_eq!(server.ended().code(), Some(0));
}

/// Nobody can answer any more once the server takes no connections.
#[test]
fn a_drain_does_not_wait_for_people() {
    let server = Server::fixture(&[("MCP_DRAIN_TIMEOUT", "60")]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.call(1, "confirm_delete", json!({"filename": "f"})).stream();
    events.message().unwrap();
    server.signal("TERM");
    let last = events.message();
    assert!(last.is_none_or(|message| message["error"]["code"].is_i64()));
    assert_eq!(server.ended().code(), Some(0));
}

#[test]
fn a_drain_has_an_end() {
    let server = Server::fixture(&[("MCP_DRAIN_TIMEOUT", "0.2")]);
    let session = Session::open(&server, "2025-11-25");
    let _events = session.call(1, "slow_compute", json!({"seconds": 60})).stream();
    begun(&server, 1);
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
}
