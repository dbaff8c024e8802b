//! The official schemas of the protocol as judge of what the server sends.
//!
//! - [`validate`] holds a value against one definition of one revision's `schema.json` (`tests/schema`).
//! - [`server_message`] holds a whole message against everything that applies to it: the JSON-RPC envelope, then
//!   the result that belongs to the request's method ([`RESULTS`]), or the error's own form ([`ERRORS`]), or the
//!   request or notification of that name, if a server may send it at all. [`server_batch`] does it for a batch.
//!
//! All of them panic with every error found. To judge a message more, a test says one line:
//! `schema::server_message("2025-06-18", Some("tools/list"), &answer)`, with `None` for what answers no request.
//! A message of the list in `tests/messages.rs` is a line there. Only a method that no `schema.json` names yet
//! (an extension's) needs a line here, in [`EXTENSIONS`].

mod tests;

use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The revisions with their schemas, oldest first.
const SCHEMAS: [(&str, &str); 5] = [
    ("2024-11-05", include_str!("schema/2024-11-05.json")),
    ("2025-03-26", include_str!("schema/2025-03-26.json")),
    ("2025-06-18", include_str!("schema/2025-06-18.json")),
    ("2025-11-25", include_str!("schema/2025-11-25.json")),
    ("2026-07-28", include_str!("schema/2026-07-28.json")),
];

/// The result of each method. A revision in which the method does not exist has no request of that name.
const RESULTS: [(&str, &str); 19] = [
    ("initialize", "InitializeResult"),
    ("ping", "EmptyResult"),
    ("server/discover", "DiscoverResult"),
    ("tools/list", "ListToolsResult"),
    ("tools/call", "CallToolResult"),
    ("resources/list", "ListResourcesResult"),
    ("resources/templates/list", "ListResourceTemplatesResult"),
    ("resources/read", "ReadResourceResult"),
    ("resources/subscribe", "EmptyResult"),
    ("resources/unsubscribe", "EmptyResult"),
    ("prompts/list", "ListPromptsResult"),
    ("prompts/get", "GetPromptResult"),
    ("completion/complete", "CompleteResult"),
    ("logging/setLevel", "EmptyResult"),
    ("subscriptions/listen", "SubscriptionsListenResult"),
    ("tasks/get", "GetTaskResult"),
    ("tasks/result", "GetTaskPayloadResult"),
    ("tasks/cancel", "CancelTaskResult"),
    ("tasks/list", "ListTasksResult"),
];

/// Errors with a form of their own: first revision, code, definition. The others need code and message only.
const ERRORS: [(&str, i64, &str); 4] = [
    ("2025-11-25", -32042, "URLElicitationRequiredError"),
    ("2026-07-28", -32020, "HeaderMismatchError"),
    ("2026-07-28", -32021, "MissingRequiredClientCapabilityError"),
    ("2026-07-28", -32022, "UnsupportedProtocolVersionError"),
];

/// Methods of extensions, requests and notifications: a revision's schema knows only the frame of these.
const EXTENSIONS: [(&str, &str); 4] = [
    ("2026-07-28", "tasks/get"),
    ("2026-07-28", "tasks/update"),
    ("2026-07-28", "tasks/cancel"),
    ("2026-07-28", "notifications/tasks"),
];

/// Panics unless a value is what a definition of a revision's schema says.
#[track_caller]
pub fn validate(revision: &str, definition: &str, value: &Value) {
    let validator = validator(revision, definition);
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("  {}: {}", e.instance_path(), e.masked())).collect();
    let start: String = value.to_string().chars().take(2000).collect();
    assert!(errors.is_empty(), "no {definition} of {revision}:\n{}\n{start}", errors.join("\n"));
}

/// Panics unless a whole message of the server is valid: `method` is the request's that it answers.
#[track_caller]
pub fn server_message(revision: &str, method: Option<&str>, message: &Value) {
    assert!(message.is_object(), "a batch goes to server_batch, and {message} is no message at all");
    let has = |member: &str| message.get(member).is_some();
    match (has("method"), has("result"), has("error")) {
        (true, false, false) if has("id") => emitted(revision, "ServerRequest", "JSONRPCRequest", message),
        (true, false, false) => emitted(revision, "ServerNotification", "JSONRPCNotification", message),
        (false, true, false) => result(revision, method.expect("a result answers a request"), message),
        (false, false, true) => error(revision, method, message),
        _ => panic!("neither request nor notification nor result nor error: {message}"),
    }
}

/// Panics unless a batch of answers is valid, one for each of the methods and in their order.
#[track_caller]
pub fn server_batch(revision: &str, methods: &[Option<&str>], batch: &Value) {
    let answers = batch.as_array().unwrap_or_else(|| panic!("no batch: {batch}"));
    assert_eq!(answers.len(), methods.len(), "{batch}");
    assert!(definitions(revision).contains_key("JSONRPCBatchResponse"), "{revision} has no batches: {batch}");
    answers.iter().zip(methods).for_each(|(answer, method)| server_message(revision, *method, answer));
}

/// A request or notification of the server: the frame, and the definition that bears the method's name.
fn emitted(revision: &str, allowed: &str, frame: &str, message: &Value) {
    validate(revision, frame, message);
    let method = message["method"].as_str().expect("a method");
    if EXTENSIONS.contains(&(revision, method)) {
        return;
    }
    let names = definitions(revision).get(allowed).map_or(&Value::Null, |union| &union["anyOf"]);
    let names = names.as_array().into_iter().flatten().filter_map(|member| member["$ref"].as_str());
    let name = names
        .filter_map(|reference| reference.rsplit('/').next())
        .find(|name| definitions(revision)[*name]["properties"]["method"]["const"] == method);
    let name = name.unwrap_or_else(|| panic!("no {allowed} of {revision}: {message}"));
    validate(revision, name, message);
}

fn result(revision: &str, method: &str, message: &Value) {
    validate(revision, first_of(revision, ["JSONRPCResultResponse", "JSONRPCResponse"]), message);
    let result = &message["result"];
    if EXTENSIONS.contains(&(revision, method)) {
        return;
    }
    let known = definitions(revision)
        .iter()
        .any(|(name, d)| name.ends_with("Request") && d["properties"]["method"]["const"] == method);
    assert!(known, "{revision} has no method {method}, yet it was answered: {message}");
    validate(revision, result_of(revision, method, result), result);
}

/// Which result a method came to: complete, a question to the client, or the handle of a task.
fn result_of(revision: &str, method: &str, result: &Value) -> &'static str {
    let (_, complete) = RESULTS.iter().find(|(known, _)| *known == method).expect("a row of RESULTS");
    match result["resultType"].as_str() {
        Some("input_required") => {
            let asks = result.get("inputRequests").is_some() || result.get("requestState").is_some();
            assert!(asks && may_ask(revision, method), "{method} asks for nothing: {result}");
            "InputRequiredResult"
        }
        // The tasks extension: the schema knows only that there are further types of results.
        Some("task") => "Result",
        None if result.get("task").is_some() && method == "tools/call" => "CreateTaskResult",
        Some("complete") | None => complete,
        Some(other) => panic!("{method} came to the unknown type {other}: {result}"),
    }
}

/// Whether the schema lets this method answer with a question.
fn may_ask(revision: &str, method: &str) -> bool {
    let (_, result) = RESULTS.iter().find(|(known, _)| *known == method).expect("a row of RESULTS");
    let response = definitions(revision).get(&format!("{result}Response"));
    response.is_some_and(|response| {
        response["properties"]["result"].to_string().contains("#/$defs/InputRequiredResult\"")
    })
}

fn error(revision: &str, method: Option<&str>, message: &Value) {
    let frame = first_of(revision, ["JSONRPCErrorResponse", "JSONRPCError"]);
    validate(revision, frame, &with_known_id(revision, method, message));
    let code = message["error"]["code"].as_i64().expect("a whole code");
    if let Some((_, _, name)) = ERRORS.iter().find(|(since, own, _)| *own == code && revision >= *since) {
        validate(revision, name, message);
    }
}

/// JSON-RPC 2.0 (section 5) wants a null id where the request's could not be read. The older schemas have no form
/// for that case at all; the newer ones have the member left out.
fn with_known_id(revision: &str, method: Option<&str>, message: &Value) -> Value {
    let mut message = message.clone();
    let older = definitions(revision).contains_key("JSONRPCError");
    if method.is_none() && message.get("id") == Some(&Value::Null) && older {
        message["id"] = json!(0);
    }
    message
}

fn first_of<'a>(revision: &str, names: [&'a str; 2]) -> &'a str {
    let found = names.into_iter().find(|name| definitions(revision).contains_key(*name));
    found.unwrap_or_else(|| panic!("{revision} has none of {names:?}"))
}

fn document(revision: &str) -> &'static Value {
    static DOCUMENTS: OnceLock<HashMap<&str, Value>> = OnceLock::new();
    let read = || SCHEMAS.iter().map(|(name, text)| (*name, serde_json::from_str(text).unwrap())).collect();
    DOCUMENTS.get_or_init(read).get(revision).unwrap_or_else(|| panic!("no schema of {revision}"))
}

/// Older schemas keep their definitions elsewhere.
fn place(revision: &str) -> &'static str {
    if document(revision).get("$defs").is_some() { "$defs" } else { "definitions" }
}

fn definitions(revision: &str) -> &'static serde_json::Map<String, Value> {
    document(revision)[place(revision)].as_object().unwrap()
}

/// The validator of a definition, built once: that takes longer than a validation.
fn validator(revision: &str, definition: &str) -> Arc<jsonschema::Validator> {
    type Built = HashMap<(String, String), Arc<jsonschema::Validator>>;
    static BUILT: Mutex<Option<Built>> = Mutex::new(None);
    assert!(definitions(revision).contains_key(definition), "{revision} has no {definition}");
    let mut built = BUILT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let key = (revision.to_owned(), definition.to_owned());
    let build = || Arc::new(build(revision, definition));
    Arc::clone(built.get_or_insert_default().entry(key).or_insert_with(build))
}

fn build(revision: &str, definition: &str) -> jsonschema::Validator {
    let mut schema = document(revision).clone();
    schema["$ref"] = json!(format!("#/{}/{definition}", place(revision)));
    let options = jsonschema::options().should_validate_formats(true).should_ignore_unknown_formats(true);
    options.build(&schema).unwrap_or_else(|e| panic!("{revision}: {e}"))
}
