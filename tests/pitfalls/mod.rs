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
mod investment;
mod loan_parts;
mod money;
mod operations;
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

pub fn close(got: &Value, wanted: f64) {
    let got = got.as_f64().unwrap_or_else(|| panic!("{got} is no number"));
    assert!((got - wanted).abs() <= 1e-12 * wanted.abs().max(1e-300), "{got} is not {wanted}");
}
