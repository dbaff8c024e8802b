//! Payback period, plain and discounted.

use crate::math::Error;
use crate::math::error::finite;
use crate::math::finance::tvm::present_value;
use crate::math::sum::Sum;

/// Share of the amounts so far within which a running total counts as zero: sums of cents are not exact.
const ROUNDING: f64 = 1e-9;

/// A period of the way to payback.
///
/// # Formula
/// ```text
/// total_t = value_0 + ... + value_t        currency
/// ```
///
/// Source: see [`payback`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Running {
    /// The flow of the period, discounted where asked, currency.
    pub value: f64,
    /// All of them up to this period, currency.
    pub total: f64,
    /// Whether the total is zero or above, but for rounding.
    pub covered: bool,
}

/// When an investment has come back.
///
/// # Formula
/// ```text
/// period = first t >= 1 with total_t >= 0;  interpolated = t - 1 + shortfall_(t-1) / value_t
/// ```
///
/// Source: see [`payback`].
#[derive(Clone, Debug, PartialEq)]
pub struct Payback {
    /// The first period at whose end the total is not negative.
    pub period: Option<usize>,
    /// The same with the last flow spread evenly over its period.
    pub interpolated: Option<f64>,
    /// One row a period, from period 0.
    pub rows: Vec<Running>,
}

impl Payback {
    /// Whether the total falls below zero again after payback.
    #[must_use]
    pub fn falls_again(&self) -> bool {
        self.period.is_some_and(|period| self.rows[period..].iter().any(|row| !row.covered))
    }
}

/// The payback period of equally spaced flows, the first one at time zero.
///
/// # Formula
/// ```text
/// first t >= 1 with CF_0 + ... + CF_t >= -1e-9 (|CF_0| + ... + |CF_t|)
///   CF_t  flow at the end of period t, currency, outflow negative
/// ```
///
/// # Errors
/// [`Error::NoAnswer`] without an outflow; [`Error::NotFinite`]; [`Error::Overflow`].
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.2.
pub fn payback(flows: &[f64]) -> Result<Payback, Error> {
    if !flows.iter().any(|flow| *flow < 0.0) {
        return Err(Error::NoAnswer { why: "nothing is invested: a payback period needs an outflow" });
    }
    let (mut total, mut size) = (Sum::default(), Sum::default());
    let mut rows = Vec::with_capacity(flows.len());
    for flow in flows {
        total.add(finite(*flow, "cash flow")?);
        // Halved: the sum of absolute amounts may be twice the largest float where the total is none.
        size.add(0.5 * flow.abs());
        let sum = total.total();
        if !sum.is_finite() {
            return Err(Error::Overflow { name: "cumulative cash flow" });
        }
        let covered = 0.5 * sum >= -ROUNDING * size.total();
        rows.push(Running { value: *flow, total: sum, covered });
    }
    let period = (1..rows.len()).find(|t| rows[*t].covered);
    let interpolated = period.map(|t| {
        let shortfall = (-rows[t - 1].total).max(0.0);
        let part = if rows[t - 1].covered { 0.0 } else { (shortfall / rows[t].value).min(1.0) };
        (t - 1) as f64 + part
    });
    Ok(Payback { period, interpolated, rows })
}

/// The payback period in present values.
///
/// # Formula
/// ```text
/// as [`payback`], of CF_t / (1 + r)^t        r  rate per period, decimal, > -1
/// ```
///
/// # Errors
/// As [`payback`]; [`Error::RateTooLow`].
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.2.
pub fn discounted_payback(rate: f64, flows: &[f64]) -> Result<Payback, Error> {
    let values = flows.iter().zip(0..).map(|(flow, t)| present_value(*flow, rate, t));
    payback(&values.collect::<Result<Vec<_>, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_that_add_up_to_nothing_are_paid_back() {
        let p = payback(&[-0.27, 0.09, 0.09, 0.09]).unwrap();
        assert_eq!((p.period, p.interpolated), (Some(3), Some(3.0)));
    }

    #[test]
    fn a_giant_to_come_pays_nothing_back_before() {
        let p = payback(&[-1.0, 0.0, 1e12]).unwrap();
        assert_eq!(p.period, Some(2));
        assert!((p.interpolated.unwrap() - 1.0).abs() < 1e-11);
    }

    #[test]
    fn what_is_never_short_needs_no_time() {
        let p = payback(&[100.0, -50.0, -100.0, 10.0]).unwrap();
        assert_eq!((p.period, p.interpolated, p.falls_again()), (Some(1), Some(0.0), true));
        assert_eq!(payback(&[-5.0, 1.0]).unwrap().period, None);
        assert!(payback(&[5.0, 1.0]).is_err() && payback(&[]).is_err());
    }
}
