//! What clients really send, understood where there is only one way to understand it.
//!
//! Models quote numbers, send `3.0` for 3 and wrap whole arrays in a string. What is mended is
//! reported in `warnings`, except where nothing was guessed (letter case, `3.0`). A percent sign,
//! a thousands separator or the order of day and month is never guessed at: the user is asked where
//! [`readings`] can, and it is refused with the spelling to use otherwise.

use super::check::Path;
use super::readings;
use super::schema::{Forms, Kind, Object, Schema};
use super::{arguments, literal};
use serde_json::{Map, Number, Value};

/// Mends `value` in place when it is another spelling of what `schema` wants.
pub(super) fn value(schema: &Schema, value: &mut Value, path: &Path<'_>, warnings: &mut Vec<String>) {
    if !schema.forms.literal && schema.kind != Kind::Any {
        literal::flatten(value);
    }
    if let Some(inner) = unwrapped(&schema.forms, value) {
        *value = inner;
        warnings.push(format!("{}: the wrapping object was taken off", path.text()));
    }
    if let Some(code) = code(schema, value) {
        *value = Value::String(code);
    }
    if let (Kind::Text(_), Value::String(text)) = (&schema.kind, &mut *value)
        && let Some((choice, is_alias)) = spelled(schema, text)
    {
        if is_alias {
            warnings.push(format!("{}: {text:?} was read as {choice}", path.text()));
        }
        *text = choice;
    }
    if let Some(parsed) = parsed(schema, value) {
        warnings.push(format!("{}: {} was sent as text and read as its content", path.text(), noun(&parsed)));
        *value = parsed;
    }
    if let (Kind::Integer(_), Value::Number(n)) = (&schema.kind, &mut *value)
        && let Some(whole) = whole(n)
    {
        *n = whole;
    }
}

/// The spelling to use, where one can be told from what came.
pub(super) fn hint(schema: &Schema, value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    let nearest = || match &schema.kind {
        Kind::Text(kind) => super::names::nearest(text, kind.choices.iter().map(String::as_str)),
        _ => None,
    };
    let meant = || nearest().map(|nearest| format!("; did you mean {nearest}?"));
    readings::hint(schema, text).or_else(meant)
}

/// A whole number that is one of the aliases, as text: codes are sent as numbers.
fn code(schema: &Schema, value: &Value) -> Option<String> {
    let Value::Number(n) = value else { return None };
    let text = whole(n).as_ref().unwrap_or(n).to_string();
    schema.forms.aliases.iter().any(|(alias, _)| *alias == text).then_some(text)
}

/// Takes what a wrapper tells beside the value it holds for arguments of its neighbours' names that were left out.
pub(super) fn lift(object: &Object, members: &mut Map<String, Value>) {
    let mut lifted: Vec<(String, Value)> = vec![];
    for field in &object.fields {
        let forms = &field.schema.forms;
        let (Some(holder), Some(wrapped)) = (&forms.lift, &forms.unwrap) else { continue };
        let Some(Value::Object(wrapper)) = members.get(&field.name) else { continue };
        if let (true, Some(Value::Object(told))) = (wrapper.contains_key(wrapped), wrapper.get(holder)) {
            lifted.extend(told.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
    }
    for (name, value) in lifted {
        let known = object.fields.iter().any(|field| field.name == name);
        if known && members.get(&name).is_none_or(Value::is_null) {
            members.insert(name, value);
        }
    }
}

fn unwrapped(forms: &Forms, value: &mut Value) -> Option<Value> {
    let name = forms.unwrap.as_ref()?;
    value.as_object_mut()?.get_mut(name).map(Value::take)
}

/// The choice that `text` spells otherwise, and whether it took an alias to see it.
fn spelled(schema: &Schema, text: &str) -> Option<(String, bool)> {
    let (Kind::Text(kind), forms) = (&schema.kind, &schema.forms) else { return None };
    if kind.choices.iter().any(|choice| choice == text) {
        return None;
    }
    let underscored = if forms.fold_spaces { text.trim().replace(' ', "_") } else { text.to_owned() };
    let text = underscored.as_str();
    let same = |a: &str| if forms.fold_case { a.eq_ignore_ascii_case(text) } else { a == text };
    let choice = kind.choices.iter().find(|choice| same(choice)).map(|choice| (choice.clone(), false));
    let alias = || forms.aliases.iter().find(|(alias, _)| same(alias));
    choice.or_else(|| alias().map(|(_, choice)| (choice.clone(), true)))
}

/// The content of a text that is, as a whole, JSON of the wanted type.
fn parsed(schema: &Schema, value: &Value) -> Option<Value> {
    let text = value.as_str().filter(|_| literal::marked(value).is_none())?.trim();
    let fits = |parsed: &Value| match schema.kind {
        Kind::Number(_) | Kind::Integer(_) => parsed.is_number() || literal::marked(parsed).is_some(),
        Kind::Boolean => parsed.is_boolean(),
        Kind::Array(_) => parsed.is_array(),
        Kind::Object(_) => parsed.is_object(),
        Kind::Any | Kind::Text(_) => false,
    };
    let mut parsed = arguments::parse(text).ok()?;
    if !schema.forms.literal {
        literal::flatten(&mut parsed);
    }
    Some(parsed).filter(fits)
}

/// `3.0` as 3. Past 2^53 a float no longer says which whole number was meant.
#[expect(clippy::cast_possible_truncation, reason = "guarded: whole and below 2^53")]
pub(super) fn whole(n: &Number) -> Option<Number> {
    let x = n.as_f64().filter(|_| n.is_f64())?;
    (x.fract() == 0.0 && x.abs() <= 9_007_199_254_740_992.0).then(|| Number::from(x as i64))
}

fn noun(value: &Value) -> &'static str {
    match value {
        Value::Number(_) | Value::String(_) => "a number",
        Value::Bool(_) => "a boolean",
        Value::Array(_) => "an array",
        _ => "an object",
    }
}
