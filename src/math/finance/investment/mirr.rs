//! Modified internal rate of return.

use crate::math::Error;
use crate::math::finance::growth::compound_rate;
use crate::math::finance::tvm::{future_value, present_value};
use crate::math::sum;

/// A modified internal rate of return and the two amounts between which it leads.
///
/// # Formula
/// ```text
/// (1 + rate)^n = inflows / outflows
/// ```
///
/// Source: see [`mirr`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModifiedRate {
    /// Decimal per period.
    pub rate: f64,
    /// Present value of the outflows at the finance rate, as a positive amount, currency.
    pub outflows: f64,
    /// Value of the inflows at the end, at the reinvestment rate, currency.
    pub inflows: f64,
}

/// The modified internal rate of return of equally spaced flows, the first one at time zero.
///
/// # Formula
/// ```text
/// MIRR = (sum over CF_t > 0 of CF_t (1 + r_r)^(n-t)  /  |sum over CF_t < 0 of CF_t (1 + r_f)^-t|)^(1/n) - 1
///   CF_t  flow at the end of period t, currency, t = 0 .. n
///   r_f   rate at which outflows are financed    r_r  rate at which inflows are reinvested;  decimal per period, > -1
/// ```
///
/// # Errors
/// [`Error::TooFewFlows`], [`Error::NoSignChange`] without an inflow or an outflow, [`Error::RateTooLow`],
/// [`Error::NotFinite`], [`Error::NoAnswer`] when one of the two amounts is below the smallest float;
/// [`Error::Overflow`] when a result is above the largest float.
///
/// Source: Microsoft Excel documentation, MIRR function.
pub fn mirr(flows: &[f64], finance_rate: f64, reinvestment_rate: f64) -> Result<ModifiedRate, Error> {
    if flows.len() < 2 {
        return Err(Error::TooFewFlows { count: flows.len() });
    }
    if !(flows.iter().any(|flow| *flow > 0.0) && flows.iter().any(|flow| *flow < 0.0)) {
        return Err(Error::NoSignChange);
    }
    let last = flows.len() as u64 - 1;
    // All of one sign, so nothing cancels, and a part that overflows means that the whole does.
    let parts = |sign: f64| flows.iter().zip(0u64..).filter(move |(flow, _)| **flow * sign > 0.0);
    let gained = parts(1.0).map(|(flow, t)| future_value(*flow, reinvestment_rate, last - t));
    let spent = parts(-1.0).map(|(flow, t)| present_value(-flow, finance_rate, t));
    let inflows = sum::sum(&gained.collect::<Result<Vec<_>, _>>()?)?;
    let outflows = sum::sum(&spent.collect::<Result<Vec<_>, _>>()?)?;
    if inflows == 0.0 || outflows == 0.0 {
        return Err(Error::NoAnswer {
            why: "at these rates the inflows or the outflows are worth less than the smallest number",
        });
    }
    Ok(ModifiedRate { rate: compound_rate(outflows, inflows, last as f64)?, outflows, inflows })
}
