//! Where the predecessor answered wrongly, one test a place: the right thing happens here.
//!
//! One file a toolset, which covers each of its `predecessor_pitfalls`.

mod cap_table;
mod capital_structure;
mod debt;
mod depreciation;
mod financing;
mod fx;
mod growth;
mod idle;
mod investment;
mod loan_parts;
mod money;
mod operations;
mod percent;
mod performance;
mod rates_and_dates;
mod ratios;
mod statements;
mod time_series;
mod tvm;
mod valuation;

use businessmath_mcp::toolkit::{Context, call};
use serde_json::Value;

pub fn outcome(name: &str, arguments: Value) -> call::Outcome {
    let catalog = crate::catalog::catalog();
    call::call(catalog.get(name).unwrap(), Ok(arguments), &Context::new(&|| false), "test").unwrap()
}

pub fn result(name: &str, arguments: Value) -> Value {
    let outcome = outcome(name, arguments);
    outcome.structured.clone().unwrap_or_else(|| panic!("{name}: {}", outcome.text()))
}

pub fn refusal(name: &str, arguments: Value) -> String {
    let outcome = outcome(name, arguments);
    assert!(outcome.is_error(), "{name} computed: {}", outcome.text());
    outcome.text()
}

/// The call works and its warnings name these arguments as unused, in this order, and say nothing else.
#[track_caller]
pub fn idle(name: &str, arguments: Value, unused: &[&str]) {
    let got = result(name, arguments);
    let told: Vec<&str> =
        got["warnings"].as_array().unwrap().iter().map(|warning| warning.as_str().unwrap()).collect();
    assert_eq!(told.len(), unused.len(), "{name}: {told:?}");
    for (warning, argument) in told.iter().zip(unused) {
        assert!(warning.starts_with(&format!("{argument} is not used: it belongs to")), "{warning}");
    }
}

pub fn close(got: &Value, wanted: f64) {
    let got = got.as_f64().unwrap_or_else(|| panic!("{got} is no number"));
    assert!((got - wanted).abs() <= 1e-12 * wanted.abs().max(1e-300), "{got} is not {wanted}");
}
