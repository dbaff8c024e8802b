//! Holds a value against its schema and reports every problem, each with its path, what came and what is wanted.

use super::coerce;
use super::error::Problem;
use super::literal;
use super::names;
use super::readings::{self, Readings, Settled};
use super::schema::{Field, Kind, List, Object, Range, Schema, Text};
use serde_json::Value;
use std::collections::HashSet;
use std::fmt::Write;

/// What a check found.
#[derive(Debug, Default)]
pub struct Report {
    /// What stands in the way of the call.
    pub problems: Vec<Problem>,
    /// What was understood although it was not quite right.
    pub warnings: Vec<String>,
}

/// Mends what can be understood in `arguments` and reports the rest.
///
/// `example` is a call that works; its parts are quoted where a part is wrong.
pub fn arguments(schema: &Schema, arguments: &mut Value, example: &Value) -> Report {
    settled_arguments(schema, arguments, example, &Settled::default())
}

/// As [`arguments`], with what can mean two things read as the user has settled.
pub(super) fn settled_arguments(
    schema: &Schema,
    arguments: &mut Value,
    example: &Value,
    settled: &Settled,
) -> Report {
    let mut check = Check { mend: Some(settled), report: Report::default() };
    check.value(schema, arguments, &Path::Root, Some(example));
    check.report
}

/// Holds a result against its schema, mending nothing.
///
/// # Errors
/// The first problem, as a sentence.
pub fn result(schema: &Schema, result: &mut Value) -> Result<(), String> {
    let mut check = Check { mend: None, report: Report::default() };
    check.value(schema, result, &Path::Root, None);
    match check.report.problems.first() {
        None => Ok(()),
        Some(problem) => Err(format!("{}: {}", problem.path, problem.message)),
    }
}

/// Where a value stands; text is made of it only when there is something to say.
pub(super) enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Element(&'a Path<'a>, usize),
}

impl Path<'_> {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Root => "arguments".into(),
            Self::Member(Path::Root, name) => clip(name, 60),
            Self::Member(parent, name) => format!("{}.{}", parent.text(), clip(name, 60)),
            Self::Element(parent, index) => format!("{}[{index}]", parent.text()),
        }
    }
}

struct Check<'a> {
    /// Results are held against their schema unmended.
    mend: Option<&'a Settled>,
    report: Report,
}

impl Check<'_> {
    fn value(&mut self, schema: &Schema, value: &mut Value, path: &Path<'_>, example: Option<&Value>) {
        if schema.nullable && value.is_null() {
            return;
        }
        if let Some(settled) = self.mend {
            coerce::value(schema, value, path, &mut self.report.warnings);
            settled.apply(schema, value);
        }
        match (&schema.kind, &mut *value) {
            (Kind::Array(list), Value::Array(items)) => {
                let right = list.count_holds(items);
                for (i, item) in items.iter_mut().enumerate() {
                    let example = example.and_then(|e| e.get(i).or_else(|| e.get(0)));
                    self.value(&list.items, item, &Path::Element(path, i), example);
                }
                self.expect(right, schema, value, path, example);
            }
            (Kind::Object(object), Value::Object(_)) => self.members(object, value, path, example),
            (kind, value) => self.expect(holds(kind, value), schema, value, path, example),
        }
    }

    fn members(&mut self, object: &Object, value: &mut Value, path: &Path<'_>, example: Option<&Value>) {
        let Value::Object(members) = value else { return };
        if self.mend.is_some() {
            coerce::lift(object, members);
            let optional = |name: &str| object.fields.iter().any(|f| f.name == name && !f.required);
            members.retain(|name, member| !(member.is_null() && optional(name)));
        }
        for field in object.fields.iter().filter(|field| field.required && !members.contains_key(&field.name))
        {
            let example = example.and_then(|e| e.get(&field.name));
            let message = format!("missing; wanted: {}{}", wanted(&field.schema), such_as(example));
            self.problem(&Path::Member(path, &field.name), message, None);
        }
        for (name, member) in members.iter_mut() {
            let here = Path::Member(path, name);
            let example = example.and_then(|e| e.get(name));
            let field = object.fields.iter().find(|field| field.name == *name).map(|field| &field.schema);
            match field.or(object.others.as_deref()) {
                Some(schema) => self.value(schema, member, &here, example),
                None => self.problem(&here, unknown(name, &object.fields), None),
            }
        }
    }

    fn expect(&mut self, ok: bool, schema: &Schema, value: &Value, path: &Path<'_>, example: Option<&Value>) {
        if !ok && !self.full() {
            let hint = coerce::hint(schema, value).unwrap_or_else(|| such_as(example));
            let message = format!("got {}; wanted: {}{hint}", shown(value), wanted(schema));
            self.problem(path, message, self.mend.and_then(|_| readings::of(schema, value)));
        }
    }

    fn problem(&mut self, path: &Path<'_>, message: String, readings: Option<Readings>) {
        if !self.full() {
            self.report.problems.push(Problem { path: path.text(), message, readings });
        }
    }

    /// Few are shown; a million texts must not be made for that.
    fn full(&self) -> bool {
        self.report.problems.len() >= 1000
    }
}

/// Whether a value that has no parts is what a kind wants; one with parts never is.
pub(super) fn holds(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Any, _) | (Kind::Boolean, Value::Bool(_)) => true,
        (Kind::Number(range), Value::Number(n)) => n.as_f64().is_some_and(|x| range.holds(x)),
        (Kind::Number(range), Value::String(s)) => literal::nearest(s).is_some_and(|x| range.holds(x)),
        (Kind::Integer(range), Value::Number(n)) => {
            (n.is_i64() || n.is_u64()) && n.as_f64().is_some_and(|x| range.holds(x))
        }
        (Kind::Text(text), Value::String(s)) => text.holds(s),
        _ => false,
    }
}

impl Text {
    fn holds(&self, text: &str) -> bool {
        let length = text.chars().count();
        (self.choices.is_empty() || self.choices.iter().any(|choice| choice == text))
            && self.min.is_none_or(|min| length >= min)
            && self.max.is_none_or(|max| length <= max)
            && self.format.is_none_or(|format| format.holds(text))
    }
}

impl List {
    fn count_holds(&self, items: &[Value]) -> bool {
        let mut seen = HashSet::new();
        self.min.is_none_or(|min| items.len() >= min)
            && self.max.is_none_or(|max| items.len() <= max)
            && (!self.unique || items.iter().all(|item| seen.insert(item.to_string())))
    }
}

fn unknown(name: &str, fields: &[Field]) -> String {
    let valid = || fields.iter().map(|field| field.name.as_str());
    if fields.is_empty() {
        return "unknown; there are no arguments here".into();
    }
    let list = valid().collect::<Vec<_>>().join(", ");
    match names::nearest(name, valid()) {
        Some(nearest) => format!("unknown; did you mean {nearest}? Valid here: {list}"),
        None => format!("unknown; valid here: {list}"),
    }
}

/// What came, short enough to quote.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(_) if let Some(number) = literal::marked(value) => clip(number, 60),
        Value::String(text) => format!("the text {}", Value::String(clip(text, 60))),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(members) => format!("an object of {} members", members.len()),
    }
}

fn such_as(example: Option<&Value>) -> String {
    match example.map(Value::to_string) {
        Some(text) if text.len() <= 120 => format!(", such as {text}"),
        _ => String::new(),
    }
}

/// What a schema asks for, in words.
pub(super) fn wanted(schema: &Schema) -> String {
    match &schema.kind {
        Kind::Any => "a value".into(),
        Kind::Boolean => "true or false".into(),
        Kind::Number(range) => format!("a number{}", range.words()),
        Kind::Integer(range) => format!("a whole number{}", range.words()),
        Kind::Text(text) => text.words(),
        Kind::Array(list) => list.words(),
        Kind::Object(object) => object.words(),
    }
}

impl Range {
    fn words(&self) -> String {
        if !self.choices.is_empty() {
            let choices: Vec<String> = self.choices.iter().map(i64::to_string).collect();
            return format!(", one of {}", choices.join(", "));
        }
        let bounds = [(">", self.above), (">=", self.min), ("<", self.below), ("<=", self.max)].into_iter();
        let words: Vec<String> =
            bounds.filter_map(|(sign, bound)| bound.map(|bound| format!("{sign} {bound}"))).collect();
        if words.is_empty() { String::new() } else { format!(" {}", words.join(" and ")) }
    }
}

impl Text {
    fn words(&self) -> String {
        if !self.choices.is_empty() {
            return format!("one of {}", self.choices.join(", "));
        }
        if let Some(format) = self.format {
            return format.wanted().into();
        }
        let mut words = String::from("text");
        let bounds = [("at least", self.min), ("at most", self.max)];
        for (word, count) in bounds.into_iter().filter_map(|(word, count)| Some((word, count?))) {
            let _ = write!(words, " of {word} {count} characters");
        }
        words
    }
}

impl List {
    fn words(&self) -> String {
        let count = match (self.min, self.max) {
            (None, None) => String::new(),
            (Some(min), None) => format!(" of at least {min}"),
            (None, Some(max)) => format!(" of at most {max}"),
            (Some(min), Some(max)) if min == max => format!(" of {min}"),
            (Some(min), Some(max)) => format!(" of {min} to {max}"),
        };
        let unique = if self.unique { ", none twice" } else { "" };
        format!("an array{count}, each {}{unique}", wanted(&self.items))
    }
}

impl Object {
    fn words(&self) -> String {
        let required: Vec<&str> =
            self.fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
        match (&self.others, required.is_empty()) {
            (Some(others), _) => format!("an object whose members are each {}", wanted(others)),
            (None, true) => "an object".into(),
            (None, false) => format!("an object with {}", required.join(", ")),
        }
    }
}

/// At most `most` characters, with a mark where more stood.
pub(super) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
