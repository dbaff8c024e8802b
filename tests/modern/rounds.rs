//! Calls that ask their client, who sends them again with the answers.

use crate::support::{KEY, Modern, Server, all_capabilities};
use serde_json::{Value, json};

const OTHER: &str = "another-key-0123456789-abcdefghij";
const ASKS: &str = "test_input_required_result_elicitation";

fn asking(tool: &str) -> Modern {
    Modern::call(tool, json!({})).capabilities(all_capabilities())
}

fn named(name: &str) -> Value {
    json!({"action": "accept", "content": {"name": name}})
}

/// The questions' names and the state to come back with.
fn required(result: &Value) -> (Vec<String>, String) {
    assert_eq!(result["resultType"], "input_required", "{result}");
    let names = result["inputRequests"].as_object().unwrap().keys().cloned().collect();
    (names, result["requestState"].as_str().unwrap().to_owned())
}

fn text(result: &Value) -> &str {
    assert_eq!(result["resultType"], "complete", "{result}");
    result["content"][0]["text"].as_str().unwrap()
}

/// The call once more, with the state and these answers.
fn again(call: &Modern, state: &str, answers: Value) -> Modern {
    call.clone().id("again").param("requestState", state).param("inputResponses", answers)
}

#[test]
fn a_call_comes_back_with_its_answer() {
    let server = Server::fixture(&[]);
    let call = asking(ASKS);
    let first = call.result(&server);
    let (names, state) = required(&first);
    assert_eq!(names, ["user_name"]);
    let question = &first["inputRequests"]["user_name"];
    assert_eq!(
        (&question["method"], &question["params"]["mode"]),
        (&json!("elicitation/create"), &json!("form"))
    );
    let done = again(&call, &state, json!({"user_name": named("Ann"), "unknown": {}})).result(&server);
    assert_eq!(text(&done), "Hello, Ann!");
    // The state may be shown as often as the client likes: it holds no promise of once.
    let done = again(&call, &state, json!({"user_name": named("Bob")})).result(&server);
    assert_eq!(text(&done), "Hello, Bob!");
}

#[test]
fn several_rounds_keep_what_was_said_before() {
    let server = Server::fixture(&[]);
    let call = asking("test_input_required_result_multi_round");
    let (names, first) = required(&call.result(&server));
    assert_eq!(names, ["step1"]);
    let (names, second) = required(&again(&call, &first, json!({"step1": named("Ann")})).result(&server));
    assert_eq!(names, ["step2"]);
    assert_ne!(first, second);
    let color = json!({"step2": {"action": "accept", "content": {"color": "blue"}}});
    assert_eq!(text(&again(&call, &second, color.clone()).result(&server)), "\"Ann\" likes \"blue\"");
    // An answer without the round before it is asked for again.
    let (names, _) = required(&again(&call, &first, color).result(&server));
    assert_eq!(names, ["step1"]);
}

#[test]
fn what_is_missing_is_asked_again() {
    let server = Server::fixture(&[]);
    let call = asking("test_input_required_result_multiple_inputs");
    let (names, state) = required(&call.result(&server));
    assert_eq!(names, ["user_name", "greeting", "client_roots"]);
    let part = again(&call, &state, json!({"client_roots": {"roots": []}})).result(&server);
    let (names, state) = required(&part);
    assert_eq!(names, ["user_name", "greeting"]);
    let (names, _) = required(&again(&call, &state, json!({})).result(&server));
    assert_eq!(names, ["user_name", "greeting"]);
    let model = json!({"role": "assistant", "content": {"type": "text", "text": "hi"}, "model": "m"});
    let rest = json!({"user_name": named("Ann"), "greeting": model});
    assert_eq!(text(&again(&call, &state, rest).result(&server)), "3 answers");
}

#[test]
fn a_state_that_was_touched_is_refused() {
    let server = Server::fixture(&[]);
    let call = asking(ASKS);
    let (_, state) = required(&call.result(&server));
    let (payload, seal) = state.split_once('.').unwrap();
    let last = if payload.ends_with('A') { "B" } else { "A" };
    for wrong in [
        "",
        ".",
        payload,
        seal,
        &format!("{payload}."),
        &format!(".{seal}"),
        &format!("{payload}.{seal}."),
        &format!("{payload}.{seal}A"),
        &format!("{payload} .{seal}"),
        &format!("{}{last}.{seal}", &payload[..payload.len() - 1]),
        &format!("{payload}.{}", "A".repeat(seal.len())),
        &"A".repeat(100_000),
    ] {
        let refused = again(&call, wrong, json!({"user_name": named("Eve")})).refusal(&server);
        assert_eq!(refused.1, -32602, "{wrong:.80}");
    }
    let numbers = call.clone().param("requestState", 5).refusal(&server);
    assert_eq!(numbers.1, -32602);
}

#[test]
fn a_state_is_of_use_to_its_own_request_only() {
    let server = Server::fixture(&[("MCP_API_KEYS", &format!("{KEY},{OTHER}"))]);
    let call = asking(ASKS).key(KEY);
    let (_, state) = required(&call.result(&server));
    let answers = json!({"user_name": named("Eve")});
    assert_eq!(again(&call, &state, answers.clone()).key(OTHER).refusal(&server).1, -32602, "another key");
    let other_tool = asking("test_input_required_result_tampered_state").key(KEY);
    assert_eq!(again(&other_tool, &state, answers.clone()).refusal(&server).1, -32602, "another tool");
    let other_arguments = call.clone().param("arguments", json!({"x": 1}));
    assert_eq!(
        again(&other_arguments, &state, answers.clone()).refusal(&server).1,
        -32602,
        "other arguments"
    );
    let prompt = Modern::new("prompts/get", json!({"name": "test_input_required_result_prompt"}));
    let prompt = prompt.capabilities(all_capabilities()).key(KEY);
    assert_eq!(again(&prompt, &state, answers.clone()).refusal(&server).1, -32602, "another method");
    assert_eq!(text(&again(&call, &state, answers).result(&server)), "Hello, Eve!");
}

/// Servers with the same keys stand in for each other, so that any of them may get the second round.
#[test]
fn another_server_with_the_same_keys_takes_up_the_call() {
    let [first, second] = [0, 1].map(|_| Server::fixture(&[("MCP_API_KEYS", KEY)]));
    let stranger = Server::fixture(&[("MCP_API_KEYS", &format!("{KEY},{OTHER}"))]);
    let call = asking(ASKS).key(KEY);
    let (_, state) = required(&call.result(&first));
    let retry = again(&call, &state, json!({"user_name": named("Ann")}));
    assert_eq!(text(&retry.result(&second)), "Hello, Ann!");
    assert_eq!(retry.refusal(&stranger).1, -32602);
}

#[test]
fn prompts_ask_too() {
    let server = Server::fixture(&[]);
    let get = Modern::new("prompts/get", json!({"name": "test_input_required_result_prompt"}));
    assert_eq!(get.refusal(&server), (400, -32021));
    let get = get.capabilities(json!({"elicitation": {"form": {}}}));
    let (names, state) = required(&get.result(&server));
    let answer = json!({names[0].as_str(): {"action": "accept", "content": {"context": "quiet"}}});
    let done = again(&get, &state, answer).result(&server);
    assert!(done["messages"][0]["content"]["text"].as_str().unwrap().contains("quiet"));
}

#[test]
fn a_heavy_call_asks_on_its_stream() {
    let server = Server::fixture(&[]);
    let call = Modern::call("confirm_delete", json!({"filename": "a"})).capabilities(all_capabilities());
    let (names, state) = required(&call.result(&server));
    assert_eq!(names, ["confirm"]);
    for (answer, made) in [
        (json!({"action": "accept", "content": {"confirm": true}}), "a deleted"),
        (json!({"action": "accept", "content": {"confirm": "true"}}), "a kept"),
        (json!({"action": "decline"}), "a kept"),
        (json!({"action": "cancel"}), "a kept"),
        (json!({}), "a kept"),
    ] {
        let done = again(&call, &state, json!({"confirm": answer})).result(&server);
        assert_eq!(text(&done), made, "{answer}");
    }
}

#[test]
fn answers_of_the_wrong_shape_are_refused() {
    let server = Server::fixture(&[]);
    let call = asking(ASKS);
    let (_, state) = required(&call.result(&server));
    for answers in [json!([]), json!("x"), json!({"user_name": "Ann"}), json!({"user_name": null})] {
        assert_eq!(again(&call, &state, answers.clone()).refusal(&server).1, -32602, "{answers}");
    }
}

#[test]
fn a_client_is_asked_only_what_it_has_declared() {
    let server = Server::fixture(&[]);
    for (capabilities, names) in [
        (json!({"elicitation": {}}), vec!["user_name"]),
        (json!({"sampling": {}}), vec!["greeting"]),
        (json!({"roots": {}, "sampling": {}}), vec!["greeting", "client_roots"]),
    ] {
        let call =
            Modern::call("test_input_required_result_capabilities", json!({})).capabilities(capabilities);
        assert_eq!(required(&call.result(&server)).0, names);
    }
    for (tool, capability) in [
        (ASKS, "elicitation"),
        ("test_input_required_result_sampling", "sampling"),
        ("test_input_required_result_list_roots", "roots"),
    ] {
        let (status, answer) = Modern::call(tool, json!({})).answer(&server);
        let needed = &answer["error"]["data"]["requiredCapabilities"];
        assert_eq!((status, &answer["error"]["code"]), (400, &json!(-32021)), "{tool}");
        assert!(needed[capability].is_object(), "{answer}");
    }
}
