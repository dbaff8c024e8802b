//! Returns of consecutive periods, linked.

use crate::math::Error;
use crate::math::error::finite;
use crate::math::scaled::Scaled;
use crate::math::sum::Sum;
use crate::math::twofold::{Twofold, log_growth};

/// ln(1 + r) of one period; minus infinity for a total loss.
pub(super) fn log_return(value: f64) -> Result<Twofold, Error> {
    if finite(value, "return")? < -1.0 {
        return Err(Error::OutOfRange {
            name: "return of a period",
            value,
            wanted: "-1 (a total loss) or above",
        });
    }
    let lost = Twofold { high: f64::NEG_INFINITY, low: 0.0 };
    Ok(if value == -1.0 { lost } else { log_growth(value) })
}

/// The sum of the logarithms.
fn log_total(returns: &[f64]) -> Result<f64, Error> {
    let mut sum = Sum::default();
    for value in returns {
        let log = log_return(*value)?;
        sum.add(log.high);
        sum.add(log.low);
    }
    Ok(sum.total())
}

/// e^x - 1, down to a total loss.
fn grown(log: f64, name: &'static str) -> Result<f64, Error> {
    if log == f64::NEG_INFINITY {
        Ok(-1.0)
    } else {
        Scaled::exp_m1(Twofold { high: log, low: 0.0 }).value(name)
    }
}

/// The return of all periods together.
///
/// # Formula
/// ```text
/// R = (1 + r_1) ... (1 + r_n) - 1        r_i  return of period i, decimal, >= -1;  none: 0
/// ```
///
/// # Errors
/// [`Error::OutOfRange`] for a return below -1, [`Error::NotFinite`]; [`Error::Overflow`] above the largest float.
///
/// Source: C. R. Bacon, Practical Portfolio Performance Measurement and Attribution, 2nd ed. (2008), chapter 2.
pub fn linked(returns: &[f64]) -> Result<f64, Error> {
    grown(log_total(returns)?, "cumulative return")
}

/// The constant return per period that comes to the same.
///
/// # Formula
/// ```text
/// g = ((1 + r_1) ... (1 + r_n))^(1/n) - 1        r_i  return of period i, decimal, >= -1
/// ```
///
/// # Errors
/// As [`linked`]; [`Error::TooFewValues`] without any.
///
/// Source: see [`linked`].
pub fn geometric_mean(returns: &[f64]) -> Result<f64, Error> {
    annualized(returns, 1.0)
}

/// The constant return per year that comes to the same.
///
/// # Formula
/// ```text
/// A = ((1 + r_1) ... (1 + r_n))^(P/n) - 1        r_i  return of period i, decimal, >= -1;  P  periods a year, > 0
/// ```
///
/// # Errors
/// As [`linked`]; [`Error::TooFewValues`] without any.
///
/// Source: see [`linked`].
pub fn annualized(returns: &[f64], per_year: f64) -> Result<f64, Error> {
    if returns.is_empty() {
        return Err(Error::TooFewValues { count: 0, least: 1 });
    }
    let years = returns.len() as f64 / finite(per_year, "number of periods a year")?;
    grown(log_total(returns)? / years, "annualised return")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linking_and_its_inverse() {
        assert!((linked(&[0.1, 0.1]).unwrap() - 0.21).abs() < 1e-16);
        assert_eq!(
            (linked(&[]), linked(&[0.5, -1.0, 0.3]), annualized(&[-1.0, 0.1], 12.0)),
            (Ok(0.0), Ok(-1.0), Ok(-1.0))
        );
        assert!((annualized(&[0.1, 0.1], 1.0).unwrap() - 0.1).abs() < 1e-16);
        assert!((linked(&[1e-17; 1000]).unwrap() - 1e-14).abs() < 1e-28);
        assert!(linked(&[-1.5]).is_err() && linked(&[f64::NAN]).is_err() && geometric_mean(&[]).is_err());
        assert_eq!(linked(&[1e308, 1e308]), Err(Error::Overflow { name: "cumulative return" }));
    }
}
