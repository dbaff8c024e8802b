//! The text of a result for a reader: title, every scalar with its unit, tables by head and tail.
//!
//! The only place where numbers are rounded; the structured result beside it keeps every digit.

use super::schema::{Kind, Schema};
use serde_json::{Map, Value};
use std::fmt::Write;

/// Rows of a long table shown from its start and from its end.
const HEAD: usize = 6;
const TAIL: usize = 2;

/// The whole text.
pub fn result(title: &str, schema: &Schema, result: &Value) -> String {
    let mut out = String::with_capacity(256);
    out.push_str(title);
    if let Value::Object(members) = result {
        fields(&mut out, schema, members, 0);
    }
    out
}

fn fields(out: &mut String, schema: &Schema, members: &Map<String, Value>, depth: usize) {
    for (name, value) in members {
        let known = schema.field(name).map(|field| &field.schema);
        // An empty list of warnings is nothing to read.
        if name == "warnings" && value.as_array().is_some_and(Vec::is_empty) {
            continue;
        }
        let _ = write!(out, "\n{:indent$}{name}:", "", indent = 2 * depth);
        field(out, known.or(others(schema)), value, depth);
    }
}

fn others(schema: &Schema) -> Option<&Schema> {
    match &schema.kind {
        Kind::Object(object) => object.others.as_deref(),
        _ => None,
    }
}

fn field(out: &mut String, schema: Option<&Schema>, value: &Value, depth: usize) {
    match value {
        Value::Array(items) if items.iter().any(Value::is_object) => rows(out, items, depth),
        Value::Array(items) if items.iter().all(Value::is_string) => lines(out, items, depth),
        Value::Array(items) => list(out, items),
        Value::Object(members) => match schema {
            Some(schema) => fields(out, schema, members, depth + 1),
            None => scalar(out, value),
        },
        _ => {
            out.push(' ');
            quantity(out, value, schema.and_then(Schema::unit));
        }
    }
}

/// A number with its unit; a decimal rate also in percent, because that is how people read it.
fn quantity(out: &mut String, value: &Value, unit: Option<&str>) {
    scalar(out, value);
    let (Some(unit), Some(x)) = (unit, value.as_f64()) else { return };
    match unit.strip_prefix("decimal") {
        Some(rest) => {
            let _ = write!(out, " ({} %{rest})", number(100.0 * x));
        }
        None => {
            let _ = write!(out, " {unit}");
        }
    }
}

fn scalar(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("none"),
        Value::String(text) => out.push_str(text),
        Value::Number(n) if n.is_f64() => out.push_str(&number(n.as_f64().unwrap_or_default())),
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

fn lines(out: &mut String, items: &[Value], depth: usize) {
    if items.is_empty() {
        out.push_str(" none");
    }
    for item in items {
        let _ = write!(out, "\n{:indent$}- ", "", indent = 2 * depth + 2);
        scalar(out, item);
    }
}

fn list(out: &mut String, items: &[Value]) {
    if items.is_empty() {
        out.push_str(" none");
    }
    for (i, item) in shown(items).enumerate() {
        out.push_str(if i == 0 { " " } else { ", " });
        match item {
            None => out.push('…'),
            Some(item) => scalar(out, item),
        }
    }
    if items.len() > HEAD + TAIL {
        let _ = write!(out, " ({} in all)", items.len());
    }
}

fn rows(out: &mut String, items: &[Value], depth: usize) {
    let indent = 2 * depth + 2;
    let _ = write!(out, " {} rows", items.len());
    if let Some(Value::Object(first)) = items.first() {
        let names: Vec<&str> = first.keys().map(String::as_str).collect();
        let _ = write!(out, "\n{:indent$}{}", "", names.join(" | "));
    }
    for item in shown(items) {
        let _ = write!(out, "\n{:indent$}", "");
        match item {
            None => {
                let _ = write!(out, "… {} rows between …", items.len() - HEAD - TAIL);
            }
            Some(item) => cells(out, item),
        }
    }
}

fn cells(out: &mut String, row: &Value) {
    let Value::Object(members) = row else { return scalar(out, row) };
    for (i, value) in members.values().enumerate() {
        if i > 0 {
            out.push_str(" | ");
        }
        scalar(out, value);
    }
}

/// The elements to show; `None` stands for those between head and tail.
fn shown(items: &[Value]) -> impl Iterator<Item = Option<&Value>> {
    let long = items.len() > HEAD + TAIL;
    let (head, tail) = if long { (HEAD, items.len() - TAIL) } else { (items.len(), items.len()) };
    items[..head].iter().map(Some).chain(long.then_some(None)).chain(items[tail..].iter().map(Some))
}

/// Seven significant digits, but never fewer than two decimals, without trailing zeros; an exponent
/// where plain digits would be long.
pub fn number(x: f64) -> String {
    let size = x.abs();
    if x == 0.0 {
        return "0".into();
    }
    if !(1e-5..1e15).contains(&size) {
        return exponent(x);
    }
    #[expect(clippy::cast_possible_truncation, reason = "between -5 and 14")]
    let magnitude = size.log10().floor() as i32;
    let decimals = usize::try_from(6 - magnitude).unwrap_or(0).clamp(2, 12);
    let text = format!("{x:.decimals$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn exponent(x: f64) -> String {
    let text = format!("{x:.6e}");
    match text.split_once('e') {
        Some((digits, power)) => {
            format!("{}e{power}", digits.trim_end_matches('0').trim_end_matches('.'))
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toolkit::derive;
    use schemars::JsonSchema;
    use serde::Serialize;

    #[derive(Serialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    struct Row {
        period: u32,
        balance: f64,
    }

    #[derive(Serialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    struct Output {
        /// Value [currency].
        present_value: f64,
        /// Root [decimal per period].
        irr: Option<f64>,
        decision: &'static str,
        other_roots: Vec<f64>,
        schedule: Vec<Row>,
    }

    fn text(irr: Option<f64>, count: u32) -> String {
        let schedule: Vec<Row> =
            (1..=count).map(|period| Row { period, balance: f64::from(period) * 1000.126 }).collect();
        let other_roots = schedule.iter().map(|row| row.balance).collect();
        let output = Output { present_value: 1_234_567.891, irr, decision: "accept", other_roots, schedule };
        let schema = derive::output::<Output>().unwrap();
        result("A title", &schema, &serde_json::to_value(output).unwrap())
    }

    #[test]
    fn scalars_carry_their_units() {
        assert_eq!(
            text(Some(0.160_659_9), 0),
            "A title\npresentValue: 1234567.89 currency\nirr: 0.1606599 (16.06599 % per period)\n\
             decision: accept\notherRoots: none\nschedule: none"
        );
        assert!(text(None, 0).contains("irr: none\n"));
    }

    #[test]
    fn long_tables_show_head_tail_and_length() {
        let text = text(None, 360);
        assert!(
            text.contains("otherRoots: 1000.126, 2000.252, 3000.378, 4000.504, 5000.63, 6000.756, …, "),
            "{text}"
        );
        assert!(text.contains("(360 in all)"));
        assert!(text.contains("schedule: 360 rows\n  period | balance\n  1 | 1000.126\n"), "{text}");
        assert!(text.contains("\n  … 352 rows between …\n  359 | "), "{text}");
        assert_eq!(text.lines().count(), 1 + 5 + 1 + HEAD + 1 + TAIL);
    }

    #[test]
    fn numbers_are_short_and_never_lie_about_size() {
        let cases = [
            (0.0, "0"),
            (5.0, "5"),
            (-0.000_123_456_78, "-0.0001234568"),
            (1e-9, "1e-9"),
            (123_456_789.126, "123456789.13"),
            (-2.5e20, "-2.5e20"),
            (999_999.999_9, "1000000"),
        ];
        for (x, text) in cases {
            assert_eq!(number(x), text);
        }
    }
}
