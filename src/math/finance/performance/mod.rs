//! Performance of portfolios: linked returns, drawdowns, risk-adjusted ratios, returns of accounts, attribution.

mod account;
mod attribution;
mod drawdown;
mod linking;
mod ratios;

pub use account::{Account, Dietz, Flow, annualized_from_days, dietz, sub_periods};
pub use attribution::{Attribution, Effects, Linking, Model, PeriodEffects, Segment, attribution};
pub use drawdown::{Drawdown, Drawdowns, drawdowns};
pub use linking::{annualized, geometric_mean, linked};
pub use ratios::{Measures, Versus, measures, versus};

use crate::math::Error;

/// Refuses a result beyond the range of floats, naming it.
fn within(value: f64, name: &'static str) -> Result<f64, Error> {
    if value.is_finite() { Ok(value) } else { Err(Error::Overflow { name }) }
}
