//! Published and independently computed values; every row names its source.

mod apr;
mod dates;
mod depreciation;
mod financing;
mod fx;
mod loan;
mod money;
mod operations;
mod statements;
mod tvm;

/// Whether two numbers agree to a relative tolerance (absolute where the expected value is zero).
pub(crate) fn close(got: f64, want: f64, tolerance: f64) -> bool {
    (got - want).abs() <= tolerance * if want == 0.0 { 1.0 } else { want.abs() }
}
