//! The judge itself: what is wrong does not pass, whatever the revision calls it.

use super::{SCHEMAS, server_batch, server_message};
use serde_json::{Value, json};

/// Whether the judge rejects a message.
fn rejected(revision: &str, method: Option<&str>, message: &Value) -> bool {
    std::panic::catch_unwind(|| server_message(revision, method, message)).is_err()
}

fn result(result: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "result": result})
}

/// Every definition that the tables name exists in some revision, or the table has a slip.
#[test]
fn the_tables_name_what_exists() {
    let exists =
        |name: &str| SCHEMAS.iter().any(|(revision, _)| super::definitions(revision).contains_key(name));
    let named = super::RESULTS.iter().map(|row| row.1).chain(super::ERRORS.iter().map(|row| row.2));
    named.for_each(|name| assert!(exists(name), "{name}"));
}

#[test]
fn every_definition_of_every_revision_can_be_a_judge() {
    for (revision, _) in SCHEMAS {
        for name in ["ListToolsResult", "CallToolResult", "ReadResourceResult", "ServerNotification"] {
            super::validator(revision, name);
        }
    }
}

#[test]
fn a_result_must_be_its_methods_own() {
    let list = result(json!({"tools": []}));
    server_message("2025-11-25", Some("tools/list"), &list);
    assert!(rejected("2025-11-25", Some("prompts/list"), &list));
    assert!(rejected("2025-11-25", Some("server/discover"), &list), "a method of another revision");
    assert!(rejected("2025-11-25", Some("tools/list"), &result(json!({"tools": [{"name": "x"}]}))));
    assert!(rejected("2026-07-28", Some("tools/list"), &list), "resultType is missing");
    let paged = json!({"tools": [], "resultType": "complete", "ttlMs": 0, "cacheScope": "public"});
    server_message("2026-07-28", Some("tools/list"), &result(paged));
}

#[test]
fn the_envelope_must_be_whole() {
    let wrong = [
        json!({"jsonrpc": "2.0", "result": {}}),
        json!({"jsonrpc": "1.0", "id": 1, "result": {}}),
        json!({"jsonrpc": "2.0", "id": 1.5, "result": {}}),
        json!({"jsonrpc": "2.0", "id": 1, "result": {}, "error": {"code": 1, "message": "x"}}),
        json!({"jsonrpc": "2.0", "id": 1}),
        json!({"jsonrpc": "2.0", "id": 1, "error": {"code": 1}}),
        json!({"jsonrpc": "2.0", "id": null, "error": {"code": 1, "message": "x"}}),
        json!(7),
    ];
    for revision in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        server_message(revision, Some("ping"), &result(json!({})));
        wrong.iter().for_each(|message| assert!(rejected(revision, Some("ping"), message), "{message}"));
    }
}

#[test]
fn an_error_without_a_readable_id_has_one_form_a_revision() {
    let without = json!({"jsonrpc": "2.0", "error": {"code": -32700, "message": "x"}});
    let mut null = without.clone();
    null["id"] = Value::Null;
    for (revision, form, other) in [("2025-06-18", &null, &without), ("2026-07-28", &without, &null)] {
        server_message(revision, None, form);
        assert!(rejected(revision, None, other), "{revision}");
    }
}

#[test]
fn errors_with_a_form_of_their_own_are_held_to_it() {
    let bare = json!({"jsonrpc": "2.0", "id": 1, "error": {"code": -32022, "message": "x"}});
    assert!(rejected("2026-07-28", Some("tools/list"), &bare));
    server_message("2025-11-25", Some("tools/list"), &bare);
    let mut full = bare;
    full["error"]["data"] = json!({"supported": ["2026-07-28"], "requested": "2027-01-01"});
    server_message("2026-07-28", Some("tools/list"), &full);
}

#[test]
fn a_server_sends_only_what_a_server_may_send() {
    let params = json!({"progressToken": 1, "progress": 0.5});
    let progress = json!({"jsonrpc": "2.0", "method": "notifications/progress", "params": params});
    let opened = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let ask = json!({"jsonrpc": "2.0", "id": 1, "method": "roots/list"});
    for (revision, _) in SCHEMAS {
        server_message(revision, None, &progress);
        assert!(rejected(revision, None, &opened), "{revision}: the client's");
        assert_eq!(
            rejected(revision, None, &ask),
            revision == "2026-07-28",
            "{revision}: no requests any more"
        );
    }
}

#[test]
fn a_question_to_the_client_is_a_result_of_some_methods_only() {
    let asks = result(json!({"resultType": "input_required", "requestState": "x"}));
    server_message("2026-07-28", Some("tools/call"), &asks);
    assert!(rejected("2026-07-28", Some("tools/list"), &asks));
    assert!(rejected("2026-07-28", Some("tools/call"), &result(json!({"resultType": "input_required"}))));
}

#[test]
fn batches_are_judged_message_by_message() {
    let batch = json!([result(json!({})), result(json!({"tools": []}))]);
    let judged = |revision: &str, methods: &[Option<&str>]| {
        std::panic::catch_unwind(|| server_batch(revision, methods, &batch)).is_ok()
    };
    assert!(judged("2025-03-26", &[Some("ping"), Some("tools/list")]));
    assert!(!judged("2025-03-26", &[Some("ping"), Some("tools/call")]));
    assert!(!judged("2025-03-26", &[Some("ping")]));
    assert!(!judged("2025-06-18", &[Some("ping"), Some("tools/list")]));
}
