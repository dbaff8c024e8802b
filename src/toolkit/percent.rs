//! Rates that are percentages by mistake: 6 where 0.06 is meant is a valid rate of 600 %, so it is computed and said.

use super::render;
use super::schema::{Kind, Schema};
use serde_json::Value;

/// What the rates above 100 % are read as, one text an argument.
pub(super) fn warnings(schema: &Schema, arguments: &Value) -> Vec<String> {
    let mut told = Vec::new();
    walk(schema, arguments, "", &mut told);
    told
}

fn walk(schema: &Schema, value: &Value, path: &str, told: &mut Vec<String>) {
    match (&schema.kind, value) {
        (Kind::Object(object), Value::Object(members)) => {
            // Most rows of most tools hold no rate; those are not walked.
            for field in object.fields.iter().filter(|field| holds_rate(&field.schema)) {
                let Some(member) = members.get(&field.name) else { continue };
                let dot = if path.is_empty() { "" } else { "." };
                walk(&field.schema, member, &format!("{path}{dot}{}", field.name), told);
            }
        }
        (Kind::Array(list), Value::Array(items)) => walk_list(schema, &list.items, items, path, told),
        _ if is_rate(schema) => told.extend(above_one(value).map(|rate| say(path, rate))),
        _ => {}
    }
}

/// One of a list stands for all: whoever writes one percentage writes more of them.
fn walk_list(list: &Schema, item: &Schema, items: &[Value], path: &str, told: &mut Vec<String>) {
    if is_rate(list) || is_rate(item) {
        let first = items.iter().enumerate().find_map(|(i, value)| Some((i, above_one(value)?)));
        told.extend(first.map(|(i, rate)| say(&format!("{path}[{i}]"), rate)));
        return;
    }
    let before = told.len();
    for (i, value) in items.iter().enumerate() {
        walk(item, value, &format!("{path}[{i}]"), told);
        if told.len() > before {
            return;
        }
    }
}

fn say(path: &str, rate: f64) -> String {
    format!("{path} is read as {} %: write 0.05 for 5 %", render::number(100.0 * rate))
}

fn above_one(value: &Value) -> Option<f64> {
    value.as_f64().filter(|rate| rate.abs() > 1.0)
}

fn holds_rate(schema: &Schema) -> bool {
    is_rate(schema)
        || match &schema.kind {
            Kind::Object(object) => object.fields.iter().any(|field| holds_rate(&field.schema)),
            Kind::Array(list) => holds_rate(&list.items),
            _ => false,
        }
}

/// A rate over a stated time; a plain decimal may well be a multiple.
fn is_rate(schema: &Schema) -> bool {
    matches!(schema.unit(), Some("decimal per year" | "decimal per period"))
}
