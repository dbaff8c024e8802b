//! Valuation: growing dividends and flows, residual income, discounted cash flow, from enterprise to equity.
//!
//! All flows fall at the end of their year and are discounted in whole years, unless an item says otherwise.

mod bridge;
mod dcf;
mod growing;
mod residual;

pub use bridge::{Claims, equity};
pub use dcf::{Drivers, Enterprise, Terminal, Timing, Year, enterprise, free_cash_flows};
pub use growing::{Gordon, HModel, Staged, gordon, grown_present_value, h_model, terminal_value, two_stage};
pub use residual::{Residual, residual_income};

use crate::math::Error;
use crate::math::error::finite;

/// r - g, which a growing perpetuity needs above zero.
fn spread(rate: f64, growth: f64) -> Result<f64, Error> {
    let spread = finite(rate, "rate")? - finite(growth, "growth rate")?;
    if spread > 0.0 {
        return crate::math::error::held(spread, "rate less growth");
    }
    Err(Error::Invalid(
        "a perpetuity whose growth reaches the discount rate has no finite value: give a higher rate or a lower growth",
    ))
}
