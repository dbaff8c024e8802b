//! Present and future value of one amount.

use super::checked_rate;
use crate::math::Error;
use crate::math::error::finite;
use crate::math::scaled::Scaled;
use crate::math::twofold::log_growth;

/// (1 + r)^t as a number that cannot overflow.
pub(super) fn growth(rate: f64, periods: f64) -> Scaled {
    // t ln(1 + r) in two floats: with one, its rounding error times t shows in the result (t = 1e6, r = 1e-3: 1e-13).
    Scaled::exp(log_growth(rate).times(periods))
}

/// The value today of one amount due in the future.
///
/// # Formula
/// ```text
/// PV = FV / (1 + r)^n
///   PV  present value, currency          FV  future amount, currency (its sign is kept)
///   r   rate per period, decimal, > -1   n   number of periods
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::NotFinite`]; [`Error::Overflow`] when PV is above the largest float. A PV below
/// the smallest float is 0.
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 2.
pub fn present_value(future_value: f64, rate: f64, periods: u64) -> Result<f64, Error> {
    let amount = Scaled::from(finite(future_value, "future value")?);
    (amount * growth(checked_rate(rate)?, -(periods as f64))).value("present value")
}

/// The value in the future of one amount invested today.
///
/// # Formula
/// ```text
/// FV = PV (1 + r)^n
///   FV  future value, currency           PV  amount today, currency (its sign is kept)
///   r   rate per period, decimal, > -1   n   number of periods
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::NotFinite`]; [`Error::Overflow`] when FV is above the largest float.
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 2.
pub fn future_value(present_value: f64, rate: f64, periods: u64) -> Result<f64, Error> {
    let amount = Scaled::from(finite(present_value, "present value")?);
    (amount * growth(checked_rate(rate)?, periods as f64)).value("future value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_cases() {
        assert_eq!(future_value(100.0, 0.0, 17), Ok(100.0));
        assert_eq!(present_value(-123.45, 0.3, 0), Ok(-123.45));
        assert_eq!(future_value(0.0, 1e300, u64::MAX), Ok(0.0));
        assert!((future_value(100.0, 0.1, 2).unwrap() - 121.0).abs() < 1e-13);
    }

    #[test]
    fn only_the_result_can_overflow() {
        assert!(
            (future_value(1e-300, 1.0, 1990).unwrap().log2() - (1990.0 - 996.578_428_466_208_7)).abs() < 1e-9
        );
        assert_eq!(future_value(1.0, 1.0, 1024), Err(Error::Overflow { name: "future value" }));
        assert_eq!(present_value(1.0, 1.0, 5000), Ok(0.0));
        assert_eq!(present_value(1.0, -0.5, 1024), Err(Error::Overflow { name: "present value" }));
    }

    #[test]
    fn refusals() {
        assert_eq!(present_value(1.0, -1.0, 1), Err(Error::RateTooLow { rate: -1.0 }));
        assert!(future_value(f64::INFINITY, 0.1, 1).is_err());
        assert!(future_value(1.0, f64::NAN, 1).is_err());
    }
}
