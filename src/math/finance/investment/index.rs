//! Profitability index.

use super::only;
use crate::math::Error;
use crate::math::finance::tvm::{NetPresentValue, npv};

/// What a unit of invested present value brings.
///
/// # Formula
/// ```text
/// index = inflows / outflows;  npv = inflows - outflows        present values, currency
/// ```
///
/// Source: see [`profitability_index`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfitabilityIndex {
    /// Present value of the inflows over that of the outflows.
    pub index: f64,
    /// Net present value of all flows.
    pub npv: NetPresentValue,
    /// Present value of the inflows, currency.
    pub inflows: f64,
    /// Present value of the outflows as a positive amount, currency.
    pub outflows: f64,
}

/// The profitability index of equally spaced flows, the first one at time zero.
///
/// # Formula
/// ```text
/// PI = sum over CF_t > 0 of CF_t / (1 + r)^t  /  |sum over CF_t < 0 of CF_t / (1 + r)^t|
///   CF_t  flow at the end of period t, currency    r  rate per period, decimal, > -1
/// ```
///
/// # Errors
/// [`Error::NoAnswer`] without an outflow, or with one whose present value is below the smallest float;
/// [`Error::NoFlows`], [`Error::RateTooLow`], [`Error::NotFinite`]; [`Error::Overflow`] when a result is above the
/// largest float.
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.4.
pub fn profitability_index(rate: f64, flows: &[f64]) -> Result<ProfitabilityIndex, Error> {
    let total = npv(rate, flows)?;
    let inflows = npv(rate, &only(flows, |flow| flow > 0.0))?.npv;
    let outflows = -npv(rate, &only(flows, |flow| flow < 0.0))?.npv;
    if outflows <= 0.0 {
        return Err(Error::NoAnswer {
            why: "nothing is invested: a profitability index needs an outflow of some present value",
        });
    }
    let index = inflows / outflows;
    if !index.is_finite() {
        return Err(Error::Overflow { name: "profitability index" });
    }
    Ok(ProfitabilityIndex { index, npv: total, inflows, outflows })
}
