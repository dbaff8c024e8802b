//! Net present value of periodic and of dated cash flows.

use super::checked_rate;
use super::series::Series;
use crate::math::Error;
use crate::math::scaled::Scaled;
use crate::math::twofold::log_growth;

/// What a net present value says of an investment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Worth more than it costs.
    Accept,
    /// Costs more than it is worth.
    Reject,
    /// Nothing gained or lost, within the digits of the calculation.
    Indifferent,
}

/// A net present value with the size of what was added up.
///
/// # Formula
/// ```text
/// npv = sum of PV_i,  sum_of_absolute = sum of |PV_i|        currency
/// ```
///
/// Source: see [`npv`] and [`xnpv`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetPresentValue {
    /// Sum of the discounted flows, currency.
    pub npv: f64,
    /// Sum of their absolute values, currency; held at the largest float where it is larger.
    pub sum_of_absolute: f64,
    /// npv / sum_of_absolute, between -1 and 1; 0 when all flows are zero.
    pub relative: f64,
}

impl NetPresentValue {
    /// Accept, reject, or indifferent when the value is nothing but rounding.
    ///
    /// # Formula
    /// ```text
    /// indifferent when |npv| <= 1e-12 sum_of_absolute, else accept when npv > 0, else reject
    /// ```
    ///
    /// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 5.
    #[must_use]
    pub fn decision(&self) -> Decision {
        // By the ratio: the two amounts themselves may have been rounded to the same float, or to zero.
        if self.relative.abs() <= 1e-12 {
            Decision::Indifferent
        } else if self.relative > 0.0 {
            Decision::Accept
        } else {
            Decision::Reject
        }
    }
}

/// The net present value of equally spaced flows, the first one at time zero and not discounted.
///
/// # Formula
/// ```text
/// NPV = sum over t = 0 .. N-1 of CF_t / (1 + r)^t
///   CF_t  flow at the end of period t, currency, outflow negative    N  number of flows, >= 1
///   r     rate per period, decimal, > -1
/// ```
/// (A spreadsheet's NPV discounts the first flow too.)
///
/// # Errors
/// [`Error::NoFlows`], [`Error::RateTooLow`], [`Error::NotFinite`]; [`Error::Overflow`] when the NPV itself is above
/// the largest float (partial sums and discount factors may be).
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapters 2, 5.
pub fn npv(rate: f64, flows: &[f64]) -> Result<NetPresentValue, Error> {
    xnpv(rate, flows, &periods(flows.len()))
}

/// The net present value of flows at any times.
///
/// # Formula
/// ```text
/// XNPV = sum over i of CF_i / (1 + r)^(t_i)
///   CF_i  flow i, currency, outflow negative     t_i  its time in years from time zero (days / 365), >= 0
///   r     rate per year, decimal, > -1
/// ```
///
/// # Errors
/// [`Error::NoFlows`], [`Error::LengthMismatch`], [`Error::TimeOutOfRange`], [`Error::RateTooLow`],
/// [`Error::NotFinite`]; [`Error::Overflow`] when the value itself is above the largest float.
///
/// Source: Microsoft Excel documentation, XNPV function.
pub fn xnpv(rate: f64, amounts: &[f64], times: &[f64]) -> Result<NetPresentValue, Error> {
    let rate = checked_rate(rate)?;
    if amounts.is_empty() {
        return Err(Error::NoFlows);
    }
    let force = log_growth(rate);
    let evaluated = Series::unmerged(amounts, times)?.evaluate(force, f64::INFINITY);
    let factor = Scaled::exp(force.times(-evaluated.reference));
    let scaled = |part: f64| Scaled::new(part, evaluated.exponent) * factor;
    Ok(NetPresentValue {
        npv: scaled(evaluated.value).value("net present value")?,
        sum_of_absolute: scaled(evaluated.magnitude).value("").unwrap_or(f64::MAX),
        relative: evaluated.relative(),
    })
}

/// The times 0, 1, 2, ... of equally spaced flows.
pub(super) fn periods(count: usize) -> Vec<f64> {
    (0..count).map(|t| t as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_flow_is_not_discounted() {
        let v = npv(0.1, &[-100.0, 110.0]).unwrap();
        assert_eq!((v.decision(), v.sum_of_absolute), (Decision::Indifferent, 200.0));
        assert_eq!(npv(5.0, &[7.0]).unwrap().npv, 7.0);
        assert_eq!(npv(0.1, &[-100.0, 121.0]).unwrap().decision(), Decision::Accept);
        assert_eq!(npv(0.1, &[-100.0, 109.0]).unwrap().decision(), Decision::Reject);
    }

    #[test]
    fn factors_may_overflow_where_the_value_does_not() {
        let mut flows = vec![0.0; 2000];
        flows[1999] = 1e-300;
        flows[0] = 1.0;
        // 1e-300 / 0.5^1999
        let v = npv(-0.5, &flows).unwrap().npv;
        assert!((v.log2() - (1999.0 - 996.578_428_466_208_7)).abs() < 1e-9, "{v}");
        flows[1999] = 1.0;
        assert_eq!(npv(-0.5, &flows), Err(Error::Overflow { name: "net present value" }));
    }

    #[test]
    fn giants_and_dwarfs() {
        assert_eq!(npv(0.0, &[1.7e308, 1.7e308, -1.7e308, -1.0]).unwrap().npv, 1.7e308);
        let v = npv(0.0, &[1e300, -1e300, 1e-300]).unwrap();
        assert_eq!((v.npv, v.decision()), (1e-300, Decision::Indifferent));
        assert_eq!(npv(0.1, &[-1e-300, 1.2e-300]).unwrap().decision(), Decision::Accept);
        assert_eq!(npv(0.1, &[0.0, 0.0]).unwrap().decision(), Decision::Indifferent);
        assert_eq!(npv(0.0, &[1.7e308, -1.7e308]).unwrap().sum_of_absolute, f64::MAX);
    }

    #[test]
    fn refusals() {
        assert_eq!(npv(0.1, &[]), Err(Error::NoFlows));
        assert_eq!(npv(-1.0, &[1.0]), Err(Error::RateTooLow { rate: -1.0 }));
        assert_eq!(xnpv(0.1, &[1.0], &[]), Err(Error::LengthMismatch { amounts: 1, times: 0 }));
        assert!(npv(0.1, &[f64::NAN]).is_err());
    }
}
