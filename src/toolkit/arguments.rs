//! Arguments as JSON, read without losing anything: a name given twice is refused, not overwritten.

use super::error::Error;
use super::literal;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Reads the text of a call's arguments. Numbers that no float gives back keep their text (see [`literal`]).
///
/// # Errors
/// What no argument can be: a name given twice, a number beyond all floats, nesting without end, a
/// broken escape. These are for the caller to mend like any other bad argument.
pub fn parse(text: &str) -> Result<Value, Error> {
    match serde_json::from_str(text) {
        Ok(Strict(mut value)) => {
            literal::keep(&mut value, text);
            Ok(value)
        }
        Err(e) => Err(Error::at("arguments", format!("cannot be read: {e}"))),
    }
}

/// A [`Value`] whose objects name each member once.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut out = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            out.push(item);
        }
        Ok(out.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut out = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let Strict(value) = members.next_value()?;
            if out.contains_key(&name) {
                let name: String = name.chars().take(60).collect();
                return Err(de::Error::custom(format_args!("{name} is given twice")));
            }
            out.insert(name, value);
        }
        Ok(out.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_value_is_read_to_the_last_bit() {
        let text = r#"{"a":[null,true,-1,18446744073709551615,-0.9999999999999999,"\u00e9"],"b":{}}"#;
        let a = json!([null, true, -1, u64::MAX, -0.999_999_999_999_999_9, "é"]);
        assert_eq!(parse(text).unwrap(), json!({"a": a, "b": {}}));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_its_reason() {
        let deep = "[".repeat(100_000);
        for (text, reason) in [
            (r#"{"rate":0.1,"rate":0.2}"#, "rate is given twice"),
            (r#"{"flows":[{"a":1,"a":1}]}"#, "a is given twice"),
            (r#"{"rate":1e400}"#, "number out of range"),
            (r#"{"rate":"\ud800"}"#, "hex escape"),
            (deep.as_str(), "recursion limit"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.starts_with("- arguments: cannot be read: ") && error.contains(reason), "{error}");
        }
    }
}
