//! Numbers as they are written, for the few arguments whose decimal text matters.
//!
//! A float is the nearest binary number to what was written. Up to 15 significant digits its shortest text is the
//! written one again; beyond that digits are lost, and an amount of money must not lose any. So a number that its
//! float does not give back stays with the arguments as text, under a mark, until the check knows what it is for:
//! an argument of type [`Literal`] takes the text, every other one the float.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde_json::{Number, Value};
use std::borrow::Cow;
use std::fmt;

/// A number as it is written; advertised as a number like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal(String);

impl Literal {
    /// JSON's spelling of a number: sign, digits, point, exponent.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for Literal {
    fn schema_name() -> Cow<'static, str> {
        "Literal".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "x-literal": true})
    }
}

impl<'de> Deserialize<'de> for Literal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<String, E> {
        Number::from_f64(value).map(|n| n.to_string()).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
        value.strip_prefix(MARK).map(str::to_owned).ok_or_else(|| E::custom("text in place of a number"))
    }
}

/// Tells a number's text from a text that a client sent. Should a client ever send the mark, it has sent a number.
const MARK: char = '\0';
/// Every decimal of so many digits comes back from its float.
const SAFE_DIGITS: usize = 15;

/// Puts the text of each number of `text` that its float does not give back in the place of that float.
///
/// The numbers of a value stand in the order of its text, since maps keep theirs and no name comes twice.
pub(super) fn keep(value: &mut Value, text: &str) {
    if has_long_number(text) {
        visit(value, &mut numbers(text));
    }
}

/// The number that stands under the mark.
pub(super) fn marked(value: &Value) -> Option<&str> {
    value.as_str()?.strip_prefix(MARK)
}

/// Makes a marked number the float that it is nearest to.
pub(super) fn flatten(value: &mut Value) {
    if let Some(number) = value.as_str().and_then(nearest).and_then(Number::from_f64) {
        *value = Value::Number(number);
    }
}

/// The float nearest to the number under the mark; none of another text.
pub(super) fn nearest(text: &str) -> Option<f64> {
    text.strip_prefix(MARK)?.parse().ok().filter(|x: &f64| x.is_finite())
}

fn visit<'a>(value: &mut Value, written: &mut impl Iterator<Item = &'a str>) {
    match value {
        Value::Number(number) => {
            if let Some(written) = written.next().filter(|written| is_lost(written, number)) {
                *value = Value::String(format!("{MARK}{written}"));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, written)),
        Value::Object(members) => members.values_mut().for_each(|member| visit(member, written)),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

fn is_lost(written: &str, number: &Number) -> bool {
    let (_, digits, _) = canonical(written);
    digits.len() > SAFE_DIGITS && canonical(written) != canonical(&number.to_string())
}

/// Sign, digits without outer zeros, and the power of ten of the last digit: equal for equal numbers.
fn canonical(written: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
    let decimals = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let trimmed = digits.trim_end_matches('0');
    let dropped = digits.len() - trimmed.len();
    let last = exponent.parse::<i64>().unwrap_or(i64::MAX / 2) - decimals as i64 + dropped as i64;
    (written.starts_with('-'), trimmed.trim_start_matches('0').to_owned(), last)
}

/// Whether some number may have more digits than are safe; digits within a text only cost the search for one.
fn has_long_number(text: &str) -> bool {
    let mut run = 0;
    text.bytes().any(|byte| {
        run = if byte.is_ascii_digit() || byte == b'.' { run + 1 } else { 0 };
        run > SAFE_DIGITS
    })
}

/// The numbers of a JSON text, in order.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit())?..];
            if rest.starts_with('"') {
                rest = after_string(rest)?;
                continue;
            }
            let of_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
            let end = rest.find(|c| !of_number(c)).unwrap_or(rest.len());
            let (number, after) = rest.split_at(end);
            rest = after;
            return Some(number);
        }
    })
}

/// What follows the string that a text begins with.
fn after_string(text: &str) -> Option<&str> {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    text.get(end + 2..)
}

#[cfg(test)]
mod tests {
    use super::super::arguments::parse;
    use super::*;
    use serde_json::json;

    fn literal(text: &str) -> String {
        serde_json::from_value::<Literal>(parse(text).unwrap()).unwrap().0
    }

    #[test]
    fn the_digits_that_a_float_cannot_hold_are_kept() {
        for text in ["12345678901234567890.123", "-0.1234567890123456789", "9007199254740993.5"] {
            assert_eq!(literal(text), text);
        }
        for text in ["1.005", "0.30000000000000004", "-7", "18446744073709551615"] {
            assert!(!parse(text).unwrap().is_string());
            assert_eq!(literal(text), text);
        }
        assert_eq!(literal("1.10000000000000000000000"), "1.1");
    }

    #[test]
    fn each_number_gets_its_own_text() {
        let text = r#"{"b": "1 \" 99999999999999999999.5", "a": [1, 0.1234567890123456789, {"z": -2E+3, "c\\": 0.9876543210987654321}]}"#;
        let value = parse(text).unwrap();
        assert_eq!(value["a"][1], "\u{0}0.1234567890123456789");
        assert_eq!(value["a"][2], json!({"z": -2000.0, "c\\": "\u{0}0.9876543210987654321"}));
        let mut plain = value["a"][1].clone();
        flatten(&mut plain);
        assert_eq!(plain, json!(0.123_456_789_012_345_68));
    }

    #[test]
    fn other_types_are_no_literals() {
        for value in [json!("1.5"), json!(null), json!([1])] {
            assert!(serde_json::from_value::<Literal>(value).is_err());
        }
    }
}
