//! What is remembered of a client: which requests run, what it watches, what it can do.

use super::super::message::is_id;
use super::super::peer::MOST;
use super::*;
use serde_json::value::{RawValue, to_raw_value};
use std::sync::atomic::Ordering;

fn id(value: &Value) -> Box<RawValue> {
    to_raw_value(value).unwrap()
}

#[test]
fn a_cancellation_reaches_the_request_of_its_id_alone() {
    let peer = Arc::<Peer>::default();
    let [number, text] = [json!(1), json!("1")].map(|value| peer.begin(&id(&value)));
    peer.cancel(&id(&json!(2)));
    peer.cancel(&id(&json!("1")));
    let set = |running: &super::super::peer::Running| running.cancel.load(Ordering::Relaxed);
    assert_eq!((set(&number), set(&text)), (false, true));
    peer.cancel_all();
    assert!(set(&number));
}

#[test]
fn an_id_that_is_used_twice_at_once_means_the_later_request() {
    let peer = Arc::<Peer>::default();
    let first = peer.begin(&id(&json!(1)));
    let second = peer.begin(&id(&json!(1)));
    drop(first);
    peer.cancel(&id(&json!(1)));
    assert!(second.cancel.load(Ordering::Relaxed), "the first one's end has not taken its place");
    let third = peer.begin(&id(&json!(1)));
    drop(second);
    peer.cancel(&id(&json!(1)));
    assert!(third.cancel.load(Ordering::Relaxed));
}

#[test]
fn a_request_that_was_answered_cannot_be_cancelled() {
    let peer = Arc::<Peer>::default();
    let running = peer.begin(&id(&json!(1)));
    running.detach();
    peer.cancel(&id(&json!(1)));
    peer.cancel_all();
    assert!(!running.cancel.load(Ordering::Relaxed));
}

#[test]
fn subscriptions_are_counted_while_they_last() {
    let peer = Arc::<Peer>::default();
    let one = id(&json!("s"));
    let mut all: Vec<_> = (0..MOST).map(|_| peer.begin_listening(&one).unwrap()).collect();
    assert!(peer.begin_listening(&one).is_none());
    let _call = peer.begin(&one);
    all.pop();
    let last = peer.begin_listening(&one);
    assert!(last.is_some() && peer.begin_listening(&one).is_none());
}

#[test]
fn what_is_watched_is_bounded_and_given_back() {
    let peer = Peer::default();
    assert!((0..MOST).all(|i| peer.watch(&format!("a://{i}"))));
    assert!(peer.watch("a://0"), "watched already");
    assert!(!peer.watch("a://more") && !peer.watches("a://more"));
    peer.unwatch("a://0");
    peer.unwatch("a://none");
    assert!(peer.watch("a://more") && !peer.watches("a://0"));
}

#[test]
fn capabilities_are_what_was_declared_and_nothing_more() {
    let read = |declared: Value| Capabilities::of(declared.as_object().unwrap());
    let none = Capabilities::default();
    let tasks = |settings: Value| json!({"extensions": {"io.modelcontextprotocol/tasks": settings}});
    for (declared, wanted) in [
        (json!({}), none),
        (json!({"elicitation": {}}), Capabilities { forms: true, ..none }),
        (json!({"elicitation": {"form": {}, "url": {}}}), Capabilities { forms: true, ..none }),
        (json!({"elicitation": {"url": {}}}), none),
        (json!({"elicitation": true, "sampling": "yes", "roots": []}), none),
        (
            json!({"sampling": {}, "roots": {"listChanged": true}}),
            Capabilities { sampling: true, roots: true, ..none },
        ),
        (tasks(json!({})), Capabilities { tasks: true, ..none }),
        (tasks(json!(null)), none),
        (json!({"extensions": []}), none),
        (json!({"tasks": {}}), none),
    ] {
        assert_eq!(read(declared.clone()), wanted, "{declared}");
    }
}

/// The older revisions have no way to ask after a task.
#[test]
fn an_opened_client_has_no_tasks() {
    let peer = Peer::default();
    assert!(!peer.is_open());
    peer.opened(
        revision::newest_with_session(),
        Capabilities { tasks: true, forms: true, ..Default::default() },
    );
    let capabilities = peer.client().capabilities;
    assert!(peer.is_open() && capabilities.forms && !capabilities.tasks);
}

#[test]
fn ids_and_tokens_are_text_or_whole_numbers_of_some_length() {
    for (raw, fine) in [
        ("0", true),
        ("-7", true),
        ("123456789012345678901234567890", true),
        ("\"\"", true),
        ("\"a\\u0041\"", true),
        ("1.0", false),
        ("1e3", false),
        ("-", false),
        ("true", false),
        ("null", false),
        ("{}", false),
        ("[1]", false),
    ] {
        assert_eq!(is_id(raw), fine, "{raw}");
    }
    assert!(!is_id(&format!("\"{}\"", "x".repeat(2000))));
}
