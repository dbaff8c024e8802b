//! Published and independently computed values; every row names its source.

mod apr;
mod capital_structure;
mod dates;
mod depreciation;
mod financing;
mod fx;
mod grades;
mod investment;
mod loan;
mod money;
mod nist;
mod operations;
mod performance;
mod ratios;
mod solve_tvm;
mod statements;
mod tvm;
mod valuation;

/// Whether two numbers agree to a relative tolerance (absolute where the expected value is zero).
pub(crate) fn close(got: f64, want: f64, tolerance: f64) -> bool {
    (got - want).abs() <= tolerance * if want == 0.0 { 1.0 } else { want.abs() }
}
