//! Markdown tables, and what they say of a schema.

use crate::toolkit::schema::{Kind, List, Object, Range, Schema, Text};
use std::fmt::Write;

/// A table under construction.
pub(super) struct Table<'a>(&'a mut String);

impl<'a> Table<'a> {
    /// Writes the head.
    pub(super) fn new(out: &'a mut String, head: &[&str]) -> Self {
        let mut table = Self(out);
        table.row(head);
        let _ = writeln!(table.0, "|{}", "---|".repeat(head.len()));
        table
    }

    /// Writes a row.
    pub(super) fn row(&mut self, cells: &[&str]) {
        self.0.push('|');
        for cell in cells {
            let cell = cell.replace('|', "\\|").replace('\n', " ");
            let _ = write!(self.0, " {} |", cell.trim());
        }
        self.0.push('\n');
    }
}

/// A name with the unit of its value.
pub(super) fn quantity(name: &str, schema: &Schema) -> String {
    match schema.unit() {
        Some(unit) => format!("`{name}` ({unit})"),
        None => format!("`{name}`"),
    }
}

/// The description without the unit, which has a column of its own.
pub(super) fn meaning(schema: &Schema) -> String {
    let text = &schema.description;
    match (text.rsplit_once('['), schema.unit()) {
        (Some((before, tail)), Some(unit)) => {
            let after = tail.strip_prefix(unit).and_then(|rest| rest.strip_prefix(']')).unwrap_or_default();
            format!("{}{after}", before.trim_end())
        }
        _ => text.clone(),
    }
}

/// The type in words.
pub(super) fn kind(schema: &Schema) -> String {
    let name = match &schema.kind {
        Kind::Array(list) => match list.items.kind.name() {
            Some(item) => format!("array of {item}"),
            None => "array".to_owned(),
        },
        other => other.name().unwrap_or("any").to_owned(),
    };
    if schema.nullable { name + " or null" } else { name }
}

/// What a value must keep to, in words.
pub(super) fn bounds(kind: &Kind) -> String {
    match kind {
        Kind::Any | Kind::Boolean => String::new(),
        Kind::Number(range) | Kind::Integer(range) => of_range(range),
        Kind::Text(text) => of_text(text),
        Kind::Array(list) => of_list(list),
        Kind::Object(Object { others, .. }) => {
            if others.is_some() {
                "names of your own".to_owned()
            } else {
                String::new()
            }
        }
    }
}

fn of_range(range: &Range) -> String {
    if !range.choices.is_empty() {
        return range.choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
    }
    let bounds = [(">=", range.min), (">", range.above), ("<=", range.max), ("<", range.below)];
    let told = bounds.iter().filter_map(|(sign, bound)| bound.map(|x| format!("{sign} {x}")));
    told.collect::<Vec<_>>().join(", ")
}

fn of_text(text: &Text) -> String {
    if !text.choices.is_empty() {
        return text.choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
    }
    counted("characters", text.min, text.max)
}

fn of_list(list: &List) -> String {
    let mut told = counted("items", list.min, list.max);
    let items = bounds(&list.items.kind);
    for (some, part) in [(list.unique, "no item twice"), (!items.is_empty(), items.as_str())] {
        if some {
            let separator = if told.is_empty() { "" } else { "; " };
            let _ = write!(told, "{separator}{part}");
        }
    }
    told
}

fn counted(what: &str, min: Option<usize>, max: Option<usize>) -> String {
    match (min.filter(|min| *min > 0), max) {
        (Some(min), Some(max)) => format!("{min} to {max} {what}"),
        (Some(1), None) => format!("at least one {}", what.trim_end_matches('s')),
        (Some(min), None) => format!("at least {min} {what}"),
        (None, Some(max)) => format!("at most {max} {what}"),
        (None, None) => String::new(),
    }
}
