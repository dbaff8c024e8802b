//! What must hold for every tool: new ones are covered the moment they are in a list.

mod hostile;
mod validated;

use businessmath_mcp::toolkit::schema::{Kind, Schema};
pub use businessmath_mcp::toolkit::verify::Showing as Viewing;

use businessmath_mcp::toolkit::{Catalog, Compiled, Context, View, call, verify};
use businessmath_mcp::tools;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

/// The server's tools, compiled once for all tests.
pub fn catalog() -> Arc<Catalog> {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    Arc::clone(CATALOG.get_or_init(|| Arc::new(Catalog::new(tools::FAMILIES).unwrap())))
}

pub fn run(tool: &Compiled, arguments: Value) -> call::Outcome {
    let host = Viewing(View::all(catalog()));
    call::call(tool, Ok(arguments), &Context::new(&host), "test").unwrap()
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Runs a check on every tool with its name in the failure.
fn for_each(check: impl FnMut(&Compiled)) {
    let catalog = catalog();
    assert!(!catalog.tools().is_empty());
    catalog.tools().iter().for_each(check);
}

#[test]
fn every_example_and_vector_gives_what_its_source_says() {
    let verdicts = verify::all(&catalog(), tools::VECTORS).unwrap();
    let misses: Vec<&String> = verdicts.iter().flat_map(|verdict| &verdict.misses).collect();
    assert!(misses.is_empty(), "{misses:#?}");
    assert!(verdicts.iter().map(|verdict| verdict.tool).eq(catalog().names()));
}

#[test]
fn every_source_can_be_looked_up_and_every_case_can_fail() {
    let vectors: Vec<_> = tools::VECTORS.iter().flat_map(|file| verify::read(file).unwrap()).collect();
    let examples = catalog();
    let examples = examples.tools().iter().flat_map(|tool| tool.entry.examples);
    let cases = examples.map(|e| (e.source, e.expect, e.tolerance));
    for (source, expect, tolerance) in
        cases.chain(vectors.iter().map(|v| (v.source.as_ref(), v.expect.get(), v.tolerance)))
    {
        assert!(source.len() >= 8, "{source}: a source that can be looked up");
        assert!(parsed(expect).as_object().is_some_and(|members| !members.is_empty()), "{source}");
        assert!((0.0..0.1).contains(&tolerance), "{source}: a tolerance of {tolerance}");
    }
}

#[test]
fn the_text_names_every_scalar_and_the_title() {
    for_each(|tool| {
        let outcome = run(tool, tool.example.clone());
        assert!(outcome.text().starts_with(tool.entry.title));
        for (name, value) in outcome.structured.as_ref().unwrap().as_object().unwrap() {
            let told = outcome.text().contains(&format!("{name}:"));
            assert!(told || name == "warnings", "{}: {name} = {value} is not in the text", tool.entry.name);
        }
    });
}

#[test]
fn names_and_prose_keep_their_form() {
    for_each(|tool| {
        let entry = tool.entry;
        let name_ok = entry.name.len() <= 64
            && entry.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit());
        assert!(name_ok, "{}", entry.name);
        assert!(entry.description.chars().count() <= 300, "{}: {}", entry.name, entry.description.len());
        assert!(entry.description.ends_with('.') && !entry.description.contains("  "), "{}", entry.name);
        assert!(!entry.title.is_empty() && !entry.title.ends_with('.'));
        for (side, schema) in [("argument", &tool.input), ("result", &tool.output)] {
            described(&format!("{}: {side}", entry.name), schema);
        }
    });
}

/// Every member says what it is, and every number of a result in which unit it is, unless it counts.
fn described(place: &str, schema: &Schema) {
    for field in schema.fields() {
        let place = format!("{place} {}", field.name);
        assert!(!field.schema.description.is_empty(), "{place} has no description");
        if place.contains("result") && matches!(field.schema.kind, Kind::Number(_)) {
            assert!(field.schema.unit().is_some(), "{place} states no [unit]");
        }
        described(&place, &field.schema);
        if let Kind::Array(list) = &field.schema.kind {
            described(&place, &list.items);
        }
    }
}

#[test]
fn the_list_keeps_its_byte_budget() {
    let catalog = catalog();
    let sizes: Vec<(usize, &str)> =
        catalog.tools().iter().map(|tool| (cost(tool), tool.entry.name)).collect();
    let largest = sizes.iter().max().unwrap();
    assert!(largest.0 <= 4200, "{largest:?}");
    // What the contract fixes (names, titles, choices, bounds) comes to a mean of 914 over all its tools, with twenty
    // characters said of each argument and a hundred of each tool: the extensions, with many arguments each, are over
    // 900 whatever their wording, the predecessor's tools need not be.
    let inherited: Vec<Value> = serde_json::from_str(include_str!("contract/tools.json")).unwrap();
    let inherited: HashSet<&str> = inherited.iter().filter_map(|tool| tool["name"].as_str()).collect();
    let (old, new): (Vec<_>, Vec<_>) = sizes.iter().partition(|(_, name)| inherited.contains(name));
    // The statements, whose lists of roles the contract fixes, came before most others: 900 is for the whole.
    let old_most = if old.len() < inherited.len() / 2 { 1000 } else { 900 };
    for (kind, sizes, most) in [("predecessor's", old, old_most), ("extensions'", new, 1500)] {
        let mean = sizes.iter().map(|(size, _)| size).sum::<usize>() / sizes.len();
        assert!(mean <= most, "the {kind} mean is {mean}: {sizes:?}");
    }
}

/// Presets are for clients that cut a list: what exists of them must fit what is promised for the whole.
#[test]
fn the_presets_keep_their_byte_budgets() {
    for (preset, most) in [("core", 36_000), ("analyst", 120_000)] {
        let view = View::select(catalog(), preset).unwrap();
        let bytes: usize = view.tools().map(cost).sum();
        assert!(bytes <= most, "{preset}: {bytes}");
    }
}

/// Bytes that a tool costs every client: name, title, description and argument schema.
fn cost(tool: &Compiled) -> usize {
    ["name", "title", "description", "inputSchema"]
        .iter()
        .map(|part| tool.listed[part].to_string().len())
        .sum()
}

#[test]
fn annotations_and_toolset_are_there() {
    for_each(|tool| {
        let hints = &tool.listed["annotations"];
        assert_eq!(hints["readOnlyHint"], true);
        assert_eq!(hints["destructiveHint"], false);
        assert_eq!(hints["idempotentHint"], true);
        assert_eq!(hints["openWorldHint"], false);
        assert_eq!(tool.listed["_meta"]["businessmath/toolset"], tool.toolset);
        assert_eq!(tool.listed["outputSchema"]["type"], "object");
    });
}

/// The keywords that all clients digest (design section 3 and decisions).
const INPUT_KEYWORDS: [&str; 17] = [
    "type",
    "enum",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
    "default",
    "description",
    "minLength",
    "maxLength",
    "uniqueItems",
];

#[test]
fn advertised_schemas_are_flat() {
    for_each(|tool| {
        flat(tool.entry.name, &tool.listed["inputSchema"], false);
        flat(tool.entry.name, &tool.listed["outputSchema"], true);
    });
}

fn flat(place: &str, schema: &Value, nullable: bool) {
    for (keyword, value) in schema.as_object().unwrap_or_else(|| panic!("{place}: {schema}")) {
        assert!(INPUT_KEYWORDS.contains(&keyword.as_str()), "{place}: {keyword}");
        match (keyword.as_str(), value) {
            ("type", Value::Array(_)) => assert!(nullable, "{place}: a null type in arguments"),
            ("items", items) => flat(place, items, nullable),
            ("additionalProperties", Value::Object(_)) => flat(place, value, nullable),
            ("properties", Value::Object(members)) => {
                members.iter().for_each(|(name, member)| flat(&format!("{place}.{name}"), member, nullable));
            }
            _ => {}
        }
    }
}

#[test]
fn integers_and_loops_are_bounded() {
    for_each(|tool| {
        for field in tool.input.fields() {
            if let Kind::Integer(range) = &field.schema.kind {
                let bounded = range.max.is_some() && range.min.is_some() || !range.choices.is_empty();
                assert!(bounded, "{}: {}", tool.entry.name, field.name);
            }
        }
    });
}

#[test]
fn missing_unknown_and_mistyped_arguments_are_all_told_at_once() {
    for_each(|tool| {
        let name = tool.entry.name;
        let empty = run(tool, json!({}));
        assert!(empty.is_error(), "{name}");
        for field in tool.input.fields() {
            assert_eq!(
                empty.text().contains(&format!("- {}: missing", field.name)),
                field.required,
                "{name}: {}",
                empty.text()
            );
        }
        let mut wrong: Map<String, Value> =
            tool.input.fields().iter().map(|field| (field.name.clone(), wrong_type(&field.schema))).collect();
        wrong.insert("noSuchArgument".into(), json!(1));
        let refused = run(tool, wrong.into());
        assert!(refused.is_error() && refused.text().contains("- noSuchArgument: unknown"), "{name}");
        for field in tool.input.fields() {
            assert!(
                refused.text().contains(&format!("- {}: got", field.name)),
                "{name}.{}: {}",
                field.name,
                refused.text()
            );
        }
    });
}

fn wrong_type(schema: &Schema) -> Value {
    match schema.kind {
        Kind::Object(_) | Kind::Array(_) => json!(7),
        _ => json!({"wrong": "type"}),
    }
}

#[test]
fn every_advertised_bound_is_enforced() {
    for_each(|tool| {
        for field in tool.input.fields() {
            for outside in outside(&field.schema) {
                let mut arguments = tool.example.clone();
                arguments[&field.name] = outside.clone();
                let outcome = run(tool, arguments);
                let told = outcome.text().contains(&format!("- {}: got", field.name));
                assert!(
                    outcome.is_error() && told,
                    "{}.{} = {outside}: {}",
                    tool.entry.name,
                    field.name,
                    outcome.text()
                );
            }
        }
    });
}

/// Values just outside the bounds of a schema.
fn outside(schema: &Schema) -> Vec<Value> {
    match &schema.kind {
        Kind::Number(range) | Kind::Integer(range) => {
            let whole = matches!(schema.kind, Kind::Integer(_));
            let step = |x: f64, by: f64| {
                if whole { json!((x + by) as i64) } else { json!(x + by * 1e-9 * x.abs().max(1.0)) }
            };
            let inclusive =
                range.min.map(|x| step(x, -1.0)).into_iter().chain(range.max.map(|x| step(x, 1.0)));
            let exclusive = range.above.into_iter().chain(range.below).map(|x| json!(x));
            let last = range.choices.iter().max().map(|choice| json!(choice + 1));
            inclusive.chain(exclusive).chain(last).collect()
        }
        Kind::Text(text) if !text.choices.is_empty() => vec![json!("no such choice"), json!("")],
        Kind::Array(list) => list.min.filter(|min| *min > 0).map(|_| json!([])).into_iter().collect(),
        _ => vec![],
    }
}

#[test]
fn quoted_arguments_are_read_and_warned_about() {
    for_each(|tool| {
        let quoted: Map<String, Value> = tool
            .example
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| {
                (name.clone(), if value.is_string() { value.clone() } else { json!(value.to_string()) })
            })
            .collect();
        let (plain, quoted) = (run(tool, tool.example.clone()), run(tool, quoted.into()));
        let mut quoted =
            quoted.structured.clone().unwrap_or_else(|| panic!("{}: {}", tool.entry.name, quoted.text()));
        let warnings = quoted["warnings"].take();
        let texts_only = tool.example.as_object().unwrap().values().all(Value::is_string);
        assert_eq!(warnings.as_array().unwrap().is_empty(), texts_only, "{}", tool.entry.name);
        let mut plain = plain.structured.unwrap();
        plain["warnings"] = Value::Null;
        assert_eq!(quoted, plain, "{}", tool.entry.name);
    });
}

#[test]
fn the_same_call_gives_the_same_bytes() {
    for_each(|tool| {
        let bytes = || serde_json::to_string(&run(tool, tool.example.clone())).unwrap();
        assert_eq!(bytes(), bytes());
    });
}
