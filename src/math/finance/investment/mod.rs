//! Capital budgeting: profitability index, payback, modified rate of return, comparison of projects.

mod compare;
mod index;
mod mirr;
mod payback;

pub use compare::{Crossover, Measures, crossover, measures};
pub use index::{ProfitabilityIndex, profitability_index};
pub use mirr::{ModifiedRate, mirr};
pub use payback::{Payback, Running, discounted_payback, payback};

/// A series with only the flows that a condition keeps, zeros in place of the others.
fn only(flows: &[f64], keep: impl Fn(f64) -> bool) -> Vec<f64> {
    flows.iter().map(|flow| if keep(*flow) { *flow } else { 0.0 }).collect()
}
