//! `subscriptions/listen`: what is asked for comes, nothing else does, and it ends well.

use crate::support::{Events, KEY, Modern, Server, eventually};
use serde_json::{Value, json};

const ID: &str = "io.modelcontextprotocol/subscriptionId";

fn listen(filter: Value) -> Modern {
    Modern::new("subscriptions/listen", json!({"notifications": filter}))
}

/// Begins to listen; the stream and the filter that the server agreed to.
fn begun(request: &Modern, server: &Server) -> (Events, Value) {
    let mut events = request.send(server).stream();
    let first = events.message().unwrap();
    assert_eq!(first["method"], "notifications/subscriptions/acknowledged");
    (events, first["params"]["notifications"].clone())
}

fn change(server: &Server, tool: &str) {
    Modern::call(tool, json!({})).result(server);
}

fn touch(server: &Server, uri: &str) {
    Modern::call("touch", json!({"uri": uri})).result(server);
}

#[test]
fn each_subscription_gets_what_it_asked_for_under_its_id() {
    let server = Server::fixture(&[]);
    let (mut tools, agreed) = begun(&listen(json!({"toolsListChanged": true})).id(7), &server);
    assert_eq!(agreed, json!({"toolsListChanged": true}));
    let (mut prompts, _) = begun(&listen(json!({"promptsListChanged": true})).id("p"), &server);
    let uri = "test://watched-resource";
    let (mut resource, agreed) =
        begun(&listen(json!({"resourceSubscriptions": [uri, uri]})).id("r"), &server);
    assert_eq!(agreed, json!({"resourceSubscriptions": [uri]}));
    touch(&server, "test://static-text");
    change(&server, "test_trigger_prompt_change");
    touch(&server, uri);
    change(&server, "test_trigger_tool_change");
    let told = |events: &mut Events| {
        let message = events.message().unwrap();
        (message["method"].as_str().unwrap().to_owned(), message["params"]["_meta"][ID].clone())
    };
    assert_eq!(told(&mut tools), ("notifications/tools/list_changed".into(), json!(7)));
    assert_eq!(told(&mut prompts), ("notifications/prompts/list_changed".into(), json!("p")));
    assert_eq!(told(&mut resource), ("notifications/resources/updated".into(), json!("r")));
}

#[test]
fn a_filter_is_narrowed_to_what_the_server_has() {
    let server = Server::fixture(&[]);
    let wide = json!({
        "toolsListChanged": false,
        "resourcesListChanged": true,
        "resourceSubscriptions": ["no://such", "test://template/9/data", "test://static-text"],
        "taskIds": [],
        "com.example/unknown": true,
    });
    let (_events, agreed) = begun(&listen(wide), &server);
    let honoured = ["test://template/9/data", "test://static-text"];
    assert_eq!(agreed, json!({"resourcesListChanged": true, "resourceSubscriptions": honoured}));
    let (_events, nothing) = begun(&listen(json!({})), &server);
    assert_eq!(nothing, json!({}));
}

#[test]
fn filters_of_the_wrong_shape_or_size_are_refused() {
    let server = Server::fixture(&[]);
    let many: Vec<String> = (0..2000).map(|i| format!("test://template/{i}/data")).collect();
    for filter in [
        json!(null),
        json!([]),
        json!({"toolsListChanged": "yes"}),
        json!({"resourceSubscriptions": "test://static-text"}),
        json!({"resourceSubscriptions": [5]}),
        json!({"resourceSubscriptions": many}),
    ] {
        assert_eq!(listen(filter.clone()).refusal(&server).1, -32602, "{filter}");
    }
    assert_eq!(Modern::new("subscriptions/listen", json!({})).refusal(&server).1, -32602);
    assert_eq!(listen(json!({"taskIds": ["x"]})).refusal(&server), (400, -32021));
}

#[test]
fn a_subscription_needs_a_stream() {
    let server = Server::fixture(&[]);
    let request = listen(json!({"toolsListChanged": true})).header("Accept", "application/json");
    assert_eq!(request.answer(&server).0, 406);
}

/// What the log says of streams is how a test sees the server let go of one.
#[test]
fn a_client_that_leaves_frees_its_subscription() {
    let server = Server::fixture(&[]);
    let (mut stays, _) = begun(&listen(json!({"toolsListChanged": true})), &server);
    for _ in 0..20 {
        drop(begun(&listen(json!({"toolsListChanged": true})), &server));
    }
    let open = || {
        let line = server.log().into_iter().rev().find(|line| line.contains("streams open"));
        line.map(|line| line.split(" streams open").next().unwrap().rsplit(' ').next().unwrap().to_owned())
    };
    change(&server, "test_trigger_tool_change");
    assert_eq!(stays.message().unwrap()["method"], "notifications/tools/list_changed");
    // The server counts its open streams when it stops; those that were left are noticed within moments.
    eventually("the writers' end", || threads(&server, "sse-writer") == 1);
    server.signal("TERM");
    eventually("the count", || open().is_some());
    assert_eq!(open().unwrap(), "1");
}

/// Threads of the server with this name.
fn threads(server: &Server, name: &str) -> usize {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", server.pid())).unwrap();
    let named = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
    named.filter(|comm| comm.trim() == name).count()
}

#[test]
fn the_end_of_the_server_is_the_subscriptions_result() {
    let server = Server::fixture(&[("MCP_DRAIN_TIMEOUT", "60")]);
    let (mut events, _) = begun(&listen(json!({"toolsListChanged": true})).id("end"), &server);
    server.signal("TERM");
    let (before, response) = events.rest();
    assert_eq!((before.len(), &response["id"]), (0, &json!("end")));
    assert_eq!(response["result"]["_meta"][ID], "end");
    assert_eq!(server.ended().code(), Some(0));
}

#[test]
fn nothing_of_a_call_comes_on_a_subscription() {
    let server = Server::fixture(&[]);
    let (mut events, _) = begun(&listen(json!({"toolsListChanged": true})), &server);
    Modern::call("levels", json!({})).meta("logLevel", "debug").result(&server);
    Modern::call("test_tool_with_progress", json!({})).meta("progressToken", 1).result(&server);
    change(&server, "test_trigger_tool_change");
    assert_eq!(events.message().unwrap()["method"], "notifications/tools/list_changed");
}

#[test]
fn without_a_key_nobody_listens() {
    let server = Server::fixture(&[("MCP_API_KEYS", KEY)]);
    let request = listen(json!({"toolsListChanged": true}));
    assert_eq!(request.answer(&server).0, 401);
    begun(&request.key(KEY), &server);
}

/// A listener that does not read is passed over, and gets what the queue holds once it reads.
#[test]
fn a_listener_that_does_not_read_holds_up_nobody() {
    let server = Server::fixture(&[]);
    let long = format!("test://template/{}/data", "x".repeat(4000));
    let filter = json!({"resourceSubscriptions": [long], "toolsListChanged": true});
    let (mut sleeper, _) = begun(&listen(filter), &server);
    let (mut awake, _) = begun(&listen(json!({"toolsListChanged": true})), &server);
    for _ in 0..2000 {
        touch(&server, &long);
    }
    change(&server, "test_trigger_tool_change");
    assert_eq!(awake.message().unwrap()["method"], "notifications/tools/list_changed");
    assert_eq!(sleeper.message().unwrap()["method"], "notifications/resources/updated");
}
