//! The contract with clients of the predecessor: names, types, bounds and outputs, one file a toolset.
//!
//! `tests/contract/<toolset>.json` holds the binding facts only; a difference here is a broken client.

use businessmath_mcp::toolkit::Compiled;
use serde_json::{Value, json};

const TOOLSETS: [(&str, &str); 2] =
    [("meta", include_str!("contract/meta.json")), ("tvm", include_str!("contract/tvm.json"))];

#[test]
fn every_tool_of_the_contract_is_there_as_promised() {
    let catalog = crate::catalog::catalog();
    for (toolset, text) in TOOLSETS {
        let tools: Vec<Value> = serde_json::from_str(text).unwrap();
        for promised in &tools {
            let name = promised["name"].as_str().unwrap();
            let tool = catalog.get(name).unwrap_or_else(|| panic!("{name} is missing"));
            assert_eq!(tool.toolset, toolset);
            check_tool(tool, promised);
        }
        let ours = catalog.tools().iter().filter(|tool| tool.toolset == toolset).count();
        assert_eq!(ours, tools.len(), "{toolset} has tools beyond the contract");
    }
}

fn check_tool(tool: &Compiled, promised: &Value) {
    let name = tool.entry.name;
    assert_eq!(promised["title"], tool.entry.title, "{name}");
    check_members(&format!("{name} takes"), &tool.listed["inputSchema"], &promised["params"]);
    check_members(&format!("{name} gives"), &tool.listed["outputSchema"], &promised["outputs"]);
}

/// Every promised member is there with its type and bounds, and none but `warnings` beside them.
fn check_members(place: &str, schema: &Value, promised: &Value) {
    let promised = promised.as_array().unwrap();
    for member in promised {
        let name = member["name"].as_str().unwrap();
        let ours = &schema["properties"][name];
        let place = format!("{place} {name}");
        assert!(ours.is_object(), "{place}: missing");
        check_value(&place, ours, member);
        if let Some(required) = member.get("required") {
            let ours = schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
            assert_eq!(required, ours, "{place}: required");
        }
    }
    for name in schema["properties"].as_object().unwrap().keys() {
        let known = name == "warnings" || promised.iter().any(|member| member["name"] == name.as_str());
        assert!(known, "{place} {name}, which nobody was promised");
    }
}

fn check_value(place: &str, ours: &Value, promised: &Value) {
    // A whole number is advertised as integer, where the contract says `number` with a note (decisions).
    let kind = if ours["type"] == "integer" && promised["type"] == "number" {
        "integer"
    } else {
        promised["type"].as_str().unwrap()
    };
    let nullable = promised["nullable"] == true;
    assert_eq!(ours["type"], if nullable { json!([kind, "null"]) } else { json!(kind) }, "{place}: type");
    for (facts, keyword) in [("default", "default"), ("enum", "enum")] {
        if let Some(fact) = promised.get(facts) {
            let same =
                fact == &ours[keyword] || fact.as_f64().is_some_and(|x| Some(x) == ours[keyword].as_f64());
            assert!(same, "{place}: {keyword} is {}, not {fact}", ours[keyword]);
        }
    }
    check_bound(place, ours, promised, ["min", "exclusiveMin", "minimum", "exclusiveMinimum"]);
    check_bound(place, ours, promised, ["max", "exclusiveMax", "maximum", "exclusiveMaximum"]);
    match promised.get("items").and_then(Value::as_str) {
        Some("object") => check_members(place, &ours["items"], &promised["properties"]),
        Some(kind) => assert_eq!(ours["items"]["type"], kind, "{place}: items"),
        None => {}
    }
}

fn check_bound(place: &str, ours: &Value, promised: &Value, [bound, exclusive, closed, open]: [&str; 4]) {
    let Some(wanted) = promised.get(bound).and_then(Value::as_f64) else { return };
    let keyword = if promised[exclusive] == true { open } else { closed };
    assert_eq!(ours[keyword].as_f64(), Some(wanted), "{place}: {keyword}");
}
