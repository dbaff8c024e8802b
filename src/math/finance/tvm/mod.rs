//! Time value of money: single amounts, annuities, net present value, rates of return.

mod annuity;
mod isolate;
mod npv;
mod rate_of_return;
mod series;
mod single;
mod solve;
mod solve_rate;
mod stream;

pub(crate) use annuity::relative_excess;
pub use annuity::{Annuity, Payment, Timing, annuity_fv, annuity_pv, payment};
pub use npv::{Decision, NetPresentValue, npv, xnpv};
pub use rate_of_return::{RateOfReturn, irr, xirr};
pub use single::{future_value, present_value};
pub use solve::{Equation, Periods, RateSolution};
pub use stream::{Stream, StreamValue};

use crate::math::Error;

/// Refuses a rate that is not finite or not above -100 %.
pub(super) fn checked_rate(rate: f64) -> Result<f64, Error> {
    let rate = crate::math::error::finite(rate, "rate")?;
    if rate > -1.0 { Ok(rate) } else { Err(Error::RateTooLow { rate }) }
}

/// Never stops: for callers that need no cancellation.
#[cfg(test)]
fn never() -> bool {
    false
}
