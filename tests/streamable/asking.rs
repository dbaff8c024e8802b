//! The server asks its client while a call waits: its user, its model, its folders.

use super::REVISIONS;
use crate::support::{Events, Server, Session, eventually};
use serde_json::{Value, json};

/// The text that a call came to.
fn text(response: &Value) -> &str {
    response["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{response}"))
}

fn question(events: &mut Events, method: &str) -> Value {
    let question = events.message().expect("a question");
    assert_eq!(question["method"], method, "{question}");
    question
}

/// Tool, arguments, the question's method, the answer, and what the tool makes of it.
fn exchanges(revision: &str) -> Vec<(&'static str, Value, &'static str, Value, &'static str)> {
    let model = json!({"role": "assistant", "content": {"type": "text", "text": "Paris"}, "model": "m"});
    let roots = json!({"roots": [{"uri": "file:///home", "name": "home"}]});
    let mut all = vec![
        ("test_sampling", json!({"prompt": "?"}), "sampling/createMessage", model, "LLM response: Paris"),
        ("test_input_required_result_list_roots", json!({}), "roots/list", roots, "file:///home"),
    ];
    if revision != "2025-03-26" {
        let form = json!({"action": "accept", "content": {"username": "ann", "email": "a@b"}});
        all.push(("test_elicitation", json!({"message": "Who?"}), "elicitation/create", form, "\"ann\""));
        let declined = json!({"action": "decline"});
        all.push((
            "test_elicitation",
            json!({"message": "Who?"}),
            "elicitation/create",
            declined,
            "\"decline\"",
        ));
    }
    all
}

#[test]
fn a_call_that_asks_goes_on_with_the_answer() {
    let server = Server::fixture(&[]);
    for revision in REVISIONS {
        let session = Session::open(&server, revision);
        for (tool, arguments, method, answer, made) in exchanges(revision) {
            let mut events = session.call("c", tool, arguments).stream();
            let asked = question(&mut events, method);
            session.respond(&asked, &answer);
            let (before, response) = events.rest();
            assert!(before.is_empty() && text(&response).contains(made), "{revision}: {response}");
        }
    }
}

#[test]
fn several_questions_wait_for_their_last_answer() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.call(1, "multi_input", json!({})).stream();
    let asked = [0, 1].map(|_| question(&mut events, "elicitation/create"));
    assert_ne!(asked[0]["id"], asked[1]["id"]);
    let answer = json!({"action": "accept", "content": {"name": "x"}});
    session.respond(&asked[1], &answer);
    // The same answer once more, and one to a question that nobody asked, change nothing.
    session.respond(&asked[1], &answer);
    session.respond(&json!({"id": 4711}), &answer);
    session.respond(&asked[0], &answer);
    assert_eq!(text(&events.rest().1), "2 answers");
}

/// The one revision with batches has them for answers too.
#[test]
fn answers_may_come_in_a_batch() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-03-26");
    let mut calls = [1, 2].map(|id| session.call(id, "test_sampling", json!({"prompt": "?"})).stream());
    let answers: Vec<Value> = calls
        .iter_mut()
        .map(|events| {
            let asked = question(events, "sampling/createMessage");
            let said = json!({"type": "text", "text": format!("answer {}", asked["id"])});
            let result = json!({"role": "assistant", "content": said, "model": "m"});
            json!({"jsonrpc": "2.0", "id": asked["id"], "result": result})
        })
        .collect();
    let answer = session.send(&json!(answers).to_string(), None).one();
    assert_eq!((answer.status, answer.text()), (202, ""));
    for (events, sent) in calls.iter_mut().zip(&answers) {
        assert_eq!(text(&events.rest().1), format!("LLM response: answer {}", sent["id"]));
    }
}

#[test]
fn two_rounds_of_questions_follow_each_other() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-06-18");
    let mut events = session.call(1, "test_input_required_result_multi_round", json!({})).stream();
    for (name, value) in [("name", "Ann"), ("color", "blue")] {
        let asked = question(&mut events, "elicitation/create");
        assert!(asked["params"].get("mode").is_none(), "2025-06-18 has no modes");
        session.respond(&asked, &json!({"action": "accept", "content": {name: value}}));
    }
    assert_eq!(text(&events.rest().1), "\"Ann\" likes \"blue\"");
}

/// The client that comes back for the question can answer it.
#[test]
fn a_question_survives_the_connection_it_was_asked_on() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.call(1, "confirm_delete", json!({"filename": "a.txt"})).stream();
    let primer = events.next().unwrap().id.unwrap();
    let asked = question(&mut events, "elicitation/create");
    drop(events);
    let mut resumed = session.resume(&primer, "tools/call").stream();
    assert_eq!(question(&mut resumed, "elicitation/create"), asked, "the same question again");
    session.respond(&asked, &json!({"action": "accept", "content": {"confirm": true}}));
    assert_eq!(text(&resumed.rest().1), "a.txt deleted");
}

/// Whatever a client says instead of an answer, the call ends and the server goes on.
#[test]
fn answers_of_the_wrong_shape_count_as_no() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    for answer in [
        json!(null),
        json!(5),
        json!([]),
        json!("accept"),
        json!({}),
        json!({"action": "accept"}),
        json!({"action": "accept", "content": "confirm"}),
        json!({"action": "accept", "content": {"confirm": "true"}}),
        json!({"action": {"accept": true}, "content": {"confirm": true}}),
        json!({"action": "cancel", "content": {"confirm": true}}),
    ] {
        let mut events = session.call(1, "confirm_delete", json!({"filename": "f"})).stream();
        let asked = question(&mut events, "elicitation/create");
        session.respond(&asked, &answer);
        assert_eq!(text(&events.rest().1), "f kept", "{answer}");
    }
    let mut events = session.call(1, "confirm_delete", json!({"filename": "f"})).stream();
    let asked = question(&mut events, "elicitation/create");
    session.silently(&json!({"jsonrpc": "2.0", "id": asked["id"], "error": {"code": -1, "message": "no"}}));
    assert_eq!(text(&events.rest().1), "f kept");
}

#[test]
fn nobody_answers_for_another_session() {
    let server = Server::fixture(&[]);
    let (asked_one, other) = (Session::open(&server, "2025-11-25"), Session::open(&server, "2025-11-25"));
    let mut events = asked_one.call(1, "confirm_delete", json!({"filename": "f"})).stream();
    let mut others = other.call(1, "confirm_delete", json!({"filename": "g"})).stream();
    let asked = question(&mut events, "elicitation/create");
    let others_asked = question(&mut others, "elicitation/create");
    assert_eq!(asked["id"], others_asked["id"], "the ids say nothing of the session");
    let yes = json!({"action": "accept", "content": {"confirm": true}});
    other.respond(&asked, &yes);
    assert_eq!(text(&others.rest().1), "g deleted");
    // Nor without a session.
    let body = json!({"jsonrpc": "2.0", "id": asked["id"], "result": yes}).to_string();
    assert_eq!(server.client().post("/mcp", "", &body).status, 202);
    asked_one.respond(&asked, &json!({"action": "decline"}));
    assert_eq!(text(&events.rest().1), "f kept");
}

#[test]
fn a_client_that_cannot_be_asked_is_told_so_in_the_result() {
    let server = Server::fixture(&[]);
    let elicit = json!({"message": "Who?"});
    for capabilities in
        [json!({}), json!({"elicitation": true, "sampling": 1}), json!({"elicitation": {"url": {}}})]
    {
        let session = Session::open_as(&server, "2025-11-25", &capabilities, "");
        let refused = session.call(1, "test_elicitation", elicit.clone()).response();
        assert_eq!(refused["result"]["isError"], true, "{capabilities}: {refused}");
    }
    // One that takes no stream cannot be asked either, whatever it has declared.
    let session = Session::open(&server, "2025-11-25");
    let call = crate::support::call(1, "test_elicitation", elicit);
    let answer = server.client().post("/mcp", &session.headers(), &call);
    assert_eq!(answer.json()["result"]["isError"], true);
}

#[test]
fn a_question_that_is_cancelled_ends_its_stream_and_is_forgotten() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut events = session.call("q", "confirm_delete", json!({"filename": "f"})).stream();
    let asked = question(&mut events, "elicitation/create");
    session.cancel("q");
    events.ends();
    session.respond(&asked, &json!({"action": "accept", "content": {"confirm": true}}));
    assert!(!server.log().iter().any(|line| line.contains("panic")));
}

/// A client that lets questions pile up is refused one more, and can go on once it has answered.
#[test]
fn open_questions_of_one_client_are_bounded() {
    let server = Server::fixture(&[]);
    let session = Session::open(&server, "2025-11-25");
    let mut open = Vec::new();
    let mut refused = None;
    eventually("a refusal", || {
        let mut events = session.call(open.len(), "confirm_delete", json!({"filename": "f"})).stream();
        let message = events.message().unwrap();
        if message.get("error").is_some() {
            refused = Some(message);
        } else {
            open.push((events, message));
        }
        refused.is_some() || open.len() > 300
    });
    let refused = refused.expect("a bound");
    assert!(refused["error"]["message"].as_str().unwrap().contains("wait"), "{refused}");
    let (mut events, asked) = open.pop().unwrap();
    session.respond(&asked, &json!({"action": "decline"}));
    assert_eq!(text(&events.rest().1), "f kept");
    let mut again = session.call("again", "confirm_delete", json!({"filename": "f"})).stream();
    question(&mut again, "elicitation/create");
}
