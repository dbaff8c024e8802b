//! Event streams: the one of a heavy call, and the general one of a session.

use super::REVISIONS;
use crate::support::{MODERN, Modern, Server, Session, all_capabilities, bearer, eventually, opening, rpc};
use serde_json::{Value, json};

/// The progress that messages tell of, which must grow.
fn progress(messages: &[Value]) -> Vec<f64> {
    let told: Vec<f64> =
        messages.iter().filter_map(|message| message["params"]["progress"].as_f64()).collect();
    assert!(told.windows(2).all(|pair| pair[0] < pair[1]), "{told:?}");
    told
}

#[test]
fn a_heavy_call_is_answered_on_a_stream_with_its_progress_first() {
    let server = Server::fixture(&[]);
    for revision in REVISIONS {
        let session = Session::open(&server, revision);
        let mut events = session.told("p", "test_tool_with_progress", json!({})).stream();
        let (before, response) = events.rest();
        assert_eq!(progress(&before), [0.0, 50.0, 100.0], "{revision}");
        assert!(before.iter().all(|message| message["params"]["progressToken"] == "p"));
        assert_eq!(response["id"], "p");
        assert!(response["result"]["content"][0]["text"].is_string());
    }
}

#[test]
fn only_the_newest_of_them_primes_its_streams() {
    let server = Server::fixture(&[]);
    for revision in REVISIONS {
        let session = Session::open(&server, revision);
        let mut events = session.call(1, "slow_compute", json!({})).stream();
        let first = events.next().unwrap();
        let primed = first.data.is_empty();
        assert_eq!(primed, revision == "2025-11-25", "{revision}: {first:?}");
        assert!(first.id.is_some(), "every event can be come back to");
        assert_eq!(first.retry.is_some(), primed);
    }
}

#[test]
fn who_takes_no_event_stream_gets_json() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let call = rpc(7, "tools/call", json!({"name": "slow_compute", "arguments": {"seconds": 0.05}}));
    for accept in ["Accept: application/json\r\n", "", "Accept: */*\r\n"] {
        let answer = server.client().post("/mcp", &format!("{accept}{}", session.headers()), &call);
        assert_eq!(
            (answer.status, answer.header("Content-Type")),
            (200, Some("application/json")),
            "{accept}"
        );
        assert_eq!(answer.json()["id"], 7);
    }
    // However the types are written: in one line or in two, in any letter case.
    for accept in [
        "Accept: application/json\r\nAccept: text/event-stream\r\n",
        "Accept: application/json, Text/Event-Stream;q=0.9\r\n",
    ] {
        let answer = server.client().post("/mcp", &format!("{accept}{}", session.headers()), &call);
        assert_eq!(answer.header("Content-Type"), Some("text/event-stream"), "{accept}");
    }
}

#[test]
fn logs_come_on_the_stream_of_their_call_from_the_level_on() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let levels = |session: &Session| {
        let (before, _) = session.call(1, "levels", json!({})).stream().rest();
        before.iter().map(|m| m["params"]["level"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(levels(&session).first().unwrap(), "info");
    assert_eq!(session.request(2, "logging/setLevel", json!({"level": "alert"})).one().status, 200);
    assert_eq!(levels(&session), ["alert", "emergency"]);
    let refused = session.request(3, "logging/setLevel", json!({"level": "loud"})).one().json();
    assert_eq!(refused["error"]["code"], -32602);
    assert_eq!(levels(&session), ["alert", "emergency"]);
}

#[test]
fn the_general_stream_has_its_headers_and_what_concerns_no_call() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-06-18");
    let mut stream = session.listen();
    for (name, value) in
        [("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache"), ("X-Accel-Buffering", "no")]
    {
        assert_eq!(stream.head.header(name), Some(value));
    }
    session.call(1, "test_trigger_tool_change", json!({})).one();
    session.call(2, "test_trigger_prompt_change", json!({})).one();
    assert_eq!(stream.message().unwrap()["method"], "notifications/tools/list_changed");
    assert_eq!(stream.message().unwrap()["method"], "notifications/prompts/list_changed");
    assert_eq!(session.delete().status, 204);
    stream.ends();
}

#[test]
fn a_second_general_stream_takes_over_and_repeats_nothing() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-06-18");
    // What happens before anybody listens is kept.
    session.call(1, "test_trigger_tool_change", json!({})).one();
    let mut first = session.listen();
    assert_eq!(first.message().unwrap()["method"], "notifications/tools/list_changed");
    let mut second = session.listen();
    first.ends();
    session.call(2, "test_trigger_prompt_change", json!({})).one();
    assert_eq!(second.message().unwrap()["method"], "notifications/prompts/list_changed");
}

#[test]
fn watched_resources_are_told_of_until_they_are_watched_no_longer() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut stream = session.listen();
    let uri = "test://watched-resource";
    let touch = |uri: &str| assert_eq!(session.call(9, "touch", json!({"uri": uri})).one().status, 200);
    touch(uri);
    assert_eq!(session.request(1, "resources/subscribe", json!({"uri": uri})).one().status, 200);
    touch("test://static-text");
    touch(uri);
    assert_eq!(stream.message().unwrap()["params"], json!({"uri": uri}));
    assert_eq!(session.request(2, "resources/unsubscribe", json!({"uri": uri})).one().status, 200);
    touch(uri);
    session.call(3, "test_trigger_tool_change", json!({})).one();
    assert_eq!(stream.message().unwrap()["method"], "notifications/tools/list_changed");
}

#[test]
fn two_sessions_with_the_same_request_ids_do_not_mix() {
    let server = Server::fixture(&[]);
    let sessions = [0, 1].map(|_| Session::open(&server, "2025-11-25"));
    let mut calls: Vec<_> = (0..8)
        .map(|i| {
            let label = format!("call {i}");
            let session = &sessions[i % 2];
            (session.call(1, "slow_compute", json!({"seconds": 0.05, "label": label})).stream(), label)
        })
        .collect();
    for (events, label) in &mut calls {
        let (_, response) = events.rest();
        assert_eq!(response["result"]["content"][0]["text"], format!("{label} computed"));
    }
}

/// One signal reaches the clients of all eras.
#[test]
fn a_reload_is_told_on_every_kind_of_stream() {
    let server = Server::fixture(&[("MCP_API_KEYS", crate::support::KEY)]);
    let session = Session::open_as(&server, "2025-11-25", &all_capabilities(), &bearer());
    let mut general = session.listen();
    let mut sse = server.client().sse(&bearer());
    let by_header = format!("{}X-Session-ID: {}\r\n", bearer(), sse.session);
    let open = rpc(0, "initialize", opening("2024-11-05", &json!({})));
    assert_eq!(server.client().post("/mcp", &by_header, &open).status, 202);
    assert_eq!(sse.message()["id"], 0);
    let listen = Modern::new("subscriptions/listen", json!({"notifications": {"toolsListChanged": true}}));
    let mut modern = listen.key(crate::support::KEY).send(&server).stream();
    let acknowledged = modern.message().unwrap();
    assert_eq!(acknowledged["method"], "notifications/subscriptions/acknowledged", "{MODERN}");
    server.signal("HUP");
    for message in [general.message().unwrap(), sse.message(), modern.message().unwrap()] {
        assert_eq!(message["method"], "notifications/tools/list_changed");
    }
}

/// Who has not opened has not said that it knows such messages.
#[test]
fn an_sse_client_that_has_not_opened_is_told_of_no_change() {
    let server = Server::fixture(&[]);
    let mut sse = server.client().sse("");
    let by_header = format!("X-Session-ID: {}\r\n", sse.session);
    let changed = crate::support::call(1, "test_trigger_tool_change", json!({}));
    assert_eq!(server.client().post("/mcp", &by_header, &changed).status, 202);
    assert_eq!(sse.message()["id"], 1);
    let ping = rpc(2, "ping", json!({}));
    assert_eq!(server.client().post("/mcp", &by_header, &ping).status, 202);
    assert_eq!(sse.message()["id"], 2);
}

/// The result is the last thing that may be lost.
#[test]
fn a_client_that_reads_late_still_gets_its_result() {
    let server = Server::fixture(&[]);
    let flood = json!({"messages": 5000, "bytes": 5000});
    let session = Session::open(&server, "2025-11-25");
    let mut late = session.told(1, "flood", flood.clone()).stream();
    let modern = Modern::call("flood", flood).meta("progressToken", "t");
    let mut modern_late = modern.send(&server).stream();
    eventually("the end of both floods", || {
        server.log().iter().filter(|line| line.contains("fixture flood over")).count() == 2
    });
    let (before, response) = modern_late.rest();
    assert!(progress(&before).len() < 5000, "no client is waited for");
    assert_eq!(response["result"]["content"][0]["text"], "flooded");
    // Where a client can come back, the connection is let go of instead, and the client comes back for the rest.
    let mut seen = Vec::new();
    let response = loop {
        match late.message() {
            Some(message) if message.get("method").is_none() => break message,
            Some(message) => seen.push(message),
            None => late = session.resume(late.last_id(), "tools/call").stream(),
        }
    };
    progress(&seen);
    assert_eq!(response["result"]["content"][0]["text"], "flooded");
}
