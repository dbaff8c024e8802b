//! Holds tools against reference values: their examples, and further vectors with arguments, result and source.
//!
//! The tests and `self-test` on a user's machine run the same comparison; see [`crate::tools::VECTORS`].

use super::host::Host;
use super::view::View;
use super::{Catalog, Compiled, Context, arguments, call};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::Arc;

/// A call and what it must give.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector<'a> {
    /// The tool's name.
    pub tool: &'a str,
    /// Arguments, as their text: numbers may have more digits than floats.
    #[serde(borrow)]
    pub arguments: &'a RawValue,
    /// The members of the result to compare.
    #[serde(borrow)]
    pub expect: &'a RawValue,
    /// Greatest relative error allowed for numbers.
    pub tolerance: f64,
    /// Where the numbers come from.
    #[serde(borrow)]
    pub source: Cow<'a, str>,
}

/// How a tool did.
#[derive(Debug)]
pub struct Verdict {
    /// The tool's name.
    pub tool: &'static str,
    /// Its toolset.
    pub toolset: &'static str,
    /// Calls that were compared.
    pub cases: usize,
    /// Greatest relative error of a number; none when only texts and counts were compared.
    pub worst: Option<f64>,
    /// The same where the source prints few digits, so that the error is that of its last one.
    pub printed: Option<f64>,
    /// What was not as it must be, each with the place and both values.
    pub misses: Vec<String>,
}

/// From this tolerance on the source has few digits: closed forms are held to it where they are known in full.
const FEW_DIGITS: f64 = 1e-9;

/// The vectors of a file: a JSON array.
///
/// # Errors
/// What cannot be read.
pub fn read(file: &str) -> Result<Vec<Vector<'_>>, String> {
    serde_json::from_str(file).map_err(|e| format!("reference vectors: {e}"))
}

/// Holds every tool against its examples and its vectors, in the order of the list.
///
/// # Errors
/// A file that cannot be read, or that names a tool that there is not.
pub fn all(catalog: &Arc<Catalog>, files: &[&str]) -> Result<Vec<Verdict>, String> {
    let mut vectors = Vec::new();
    for file in files {
        vectors.extend(read(file)?);
    }
    if let Some(vector) = vectors.iter().find(|vector| catalog.get(vector.tool).is_none()) {
        return Err(format!("reference vectors: there is no tool {}", vector.tool));
    }
    let host = Showing(View::all(Arc::clone(catalog)));
    Ok(catalog.tools().iter().map(|tool| verdict(tool, &vectors, &host)).collect())
}

fn verdict(tool: &Compiled, vectors: &[Vector<'_>], host: &Showing) -> Verdict {
    let (name, toolset) = (tool.entry.name, tool.toolset);
    let mut verdict = Verdict { tool: name, toolset, cases: 0, worst: None, printed: None, misses: vec![] };
    for example in tool.entry.examples {
        verdict.take(tool, host, example.arguments, example.expect, example.tolerance);
    }
    for vector in vectors.iter().filter(|vector| vector.tool == name) {
        verdict.take(tool, host, vector.arguments.get(), vector.expect.get(), vector.tolerance);
    }
    verdict
}

impl Verdict {
    fn take(&mut self, tool: &Compiled, host: &Showing, arguments: &str, expect: &str, tolerance: f64) {
        self.cases += 1;
        let place = format!("{} case {}", self.tool, self.cases);
        match (result(tool, host, arguments), serde_json::from_str(expect)) {
            (Ok(got), Ok(expected)) => self.compare(&place, &got, &expected, tolerance),
            (Err(why), _) => self.misses.push(format!("{place}: {why}")),
            (_, Err(e)) => self.misses.push(format!("{place}: what is expected cannot be read: {e}")),
        }
    }

    /// Members of `expected` are in `got`; numbers within a relative tolerance (absolute at zero).
    fn compare(&mut self, place: &str, got: &Value, expected: &Value, tolerance: f64) {
        match (got, expected) {
            (Value::Number(a), Value::Number(b)) => {
                let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
                let error = (a - b).abs() / if b == 0.0 { 1.0 } else { b.abs() };
                let worst = if tolerance > FEW_DIGITS { &mut self.printed } else { &mut self.worst };
                *worst = Some(worst.map_or(error, |worst| worst.max(error)));
                if error.is_nan() || error > tolerance {
                    self.misses.push(format!("{place}: {a} is not {b} within {tolerance:e}"));
                }
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (i, (a, b)) in a.iter().zip(b).enumerate() {
                    self.compare(&format!("{place}[{i}]"), a, b, tolerance);
                }
            }
            (Value::Array(a), Value::Array(b)) => {
                self.misses.push(format!("{place}: {} elements, not {}", a.len(), b.len()));
            }
            (Value::Object(a), Value::Object(b)) => {
                for (name, b) in b {
                    let a = a.get(name).unwrap_or(&Value::Null);
                    self.compare(&format!("{place}.{name}"), a, b, tolerance);
                }
            }
            _ if got == expected => {}
            _ => self.misses.push(format!("{place}: {got} is not {expected}")),
        }
    }
}

fn result(tool: &Compiled, host: &Showing, arguments: &str) -> Result<Value, String> {
    let outcome = call::call(tool, arguments::parse(arguments), &Context::new(host), "self-test");
    let outcome = outcome.map_err(|e| e.to_string())?;
    let text = outcome.text();
    outcome.structured.ok_or(text)
}

/// A host that shows tools and does nothing else.
pub struct Showing(pub View);

impl Host for Showing {
    fn stopped(&self) -> bool {
        false
    }

    fn view(&self) -> Option<&View> {
        Some(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn compared(got: &Value, expected: &Value) -> Verdict {
        let mut verdict =
            Verdict { tool: "t", toolset: "s", cases: 0, worst: None, printed: None, misses: vec![] };
        verdict.compare("t", got, expected, 1e-9);
        verdict
    }

    #[test]
    fn every_difference_is_a_miss() {
        let got = json!({"a": 100.0, "b": [1, 2], "c": "x", "d": 0.5});
        for (expected, place) in [
            (json!({"a": 100.1}), "t.a: 100 is not 100.1"),
            (json!({"b": [1, 3]}), "t.b[1]: 2 is not 3"),
            (json!({"b": [1]}), "t.b: 2 elements, not 1"),
            (json!({"c": "y"}), "t.c: \"x\" is not \"y\""),
            (json!({"d": null}), "t.d: 0.5 is not null"),
            (json!({"e": 1}), "t.e: null is not 1"),
            (json!({"a": "100"}), "t.a: 100.0 is not \"100\""),
        ] {
            let misses = compared(&got, &expected).misses;
            assert!(misses.len() == 1 && misses[0].starts_with(place), "{misses:?}");
        }
    }

    #[test]
    fn the_worst_error_is_relative_and_absolute_at_zero() {
        let verdict = compared(&json!([1000.0, 1e-10, "x"]), &json!([1_000.000_000_5, 0, "x"]));
        assert!(verdict.misses.is_empty());
        assert!((verdict.worst.unwrap() - 5e-10).abs() < 1e-12);
        assert_eq!(compared(&json!("x"), &json!("x")).worst, None);
    }
}
