//! A second opinion: schemas and examples under a JSON Schema validator that is not ours.

use super::{for_each, parsed, run};
use serde_json::Value;

/// Panics with every place at which a value breaks an advertised schema.
fn holds(place: &str, schema: &Value, value: &Value) {
    let validator = jsonschema::draft202012::new(schema).unwrap_or_else(|e| panic!("{place}: {e}"));
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{place}: {errors:#?}");
}

#[test]
fn advertised_schemas_are_json_schema_2020_12() {
    for_each(|tool| {
        for side in ["inputSchema", "outputSchema"] {
            if let Err(e) = jsonschema::draft202012::meta::validate(&tool.listed[side]) {
                panic!("{} {side} at {}: {e}", tool.entry.name, e.instance_path());
            }
        }
    });
}

#[test]
fn examples_hold_by_the_advertised_schemas() {
    for_each(|tool| {
        for (example, i) in tool.entry.examples.iter().zip(1..) {
            let place = |side: &str| format!("{} example {i}: {side}", tool.entry.name);
            let arguments = parsed(example.arguments);
            holds(&place("arguments"), &tool.listed["inputSchema"], &arguments);
            let outcome = run(tool, arguments);
            let result = outcome.structured.as_ref().unwrap_or_else(|| panic!("{}", outcome.text()));
            holds(&place("result"), &tool.listed["outputSchema"], result);
        }
    });
}

/// Both validators agree on a call with nothing in it, or one of them does not see `required`.
#[test]
fn an_empty_call_breaks_the_advertised_schema_when_it_is_refused() {
    for_each(|tool| {
        let validator = jsonschema::draft202012::new(&tool.listed["inputSchema"]).unwrap();
        let empty = Value::Object(serde_json::Map::new());
        let required = tool.input.fields().iter().any(|field| field.required);
        assert_eq!(validator.is_valid(&empty), !required, "{}", tool.entry.name);
    });
}
