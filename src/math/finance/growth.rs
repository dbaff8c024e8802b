//! Growth between two values, and at a constant rate.

use crate::math::Error;
use crate::math::error::finite;
use crate::math::scaled::Scaled;
use crate::math::twofold::{Twofold, log_growth, log_ratio};

/// A change between two values.
///
/// # Formula
/// ```text
/// absolute = new - old;  rate = (new - old) / |old|        rate decimal
/// ```
///
/// Source: see [`change`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The difference, unit of the values.
    pub absolute: f64,
    /// The difference relative to the size of the old value, decimal.
    pub rate: f64,
}

/// The change from an old to a new value; its sign is the direction of the change for a negative old value too.
///
/// # Formula
/// ```text
/// absolute = new - old;  rate = (new - old) / |old|
///   old, new  values, any one unit; old not 0
/// ```
///
/// # Errors
/// [`Error::NoAnswer`] for an old value of 0, [`Error::NotFinite`]; [`Error::Overflow`] when a result is above the
/// largest float.
///
/// Source: J. E. Hanke, D. W. Wichern, Business Forecasting, 9th ed. (2009), chapter 2 (percentage change).
pub fn change(old: f64, new: f64) -> Result<Change, Error> {
    let (old, new) = (finite(old, "old value")?, finite(new, "new value")?);
    if old == 0.0 {
        return Err(Error::NoAnswer {
            why: "growth from 0 is not defined: state the absolute change instead",
        });
    }
    let absolute = new - old;
    if !absolute.is_finite() {
        return Err(Error::Overflow { name: "absolute change" });
    }
    let rate = (Scaled::from(absolute) / Scaled::from(old.abs())).value("growth rate")?;
    Ok(Change { absolute, rate })
}

/// The constant rate per period that leads from one value to another.
///
/// # Formula
/// ```text
/// rate = (end / begin)^(1/n) - 1
///   begin  > 0, end  >= 0, any one unit    n  number of periods, > 0, need not be whole    rate  decimal per period
/// ```
///
/// # Errors
/// [`Error::OutOfRange`], [`Error::NotFinite`]; [`Error::Overflow`] when the rate is above the largest float.
///
/// Source: Microsoft Excel documentation, RRI function.
pub fn compound_rate(begin: f64, end: f64, periods: f64) -> Result<f64, Error> {
    let bad = |name, value, wanted| Err(Error::OutOfRange { name, value, wanted });
    if finite(begin, "beginning value")? <= 0.0 {
        return bad("beginning value", begin, "above 0");
    }
    if finite(end, "ending value")? < 0.0 {
        return bad("ending value", end, "0 or above");
    }
    if finite(periods, "number of periods")? <= 0.0 {
        return bad("number of periods", periods, "above 0");
    }
    if end == 0.0 {
        return Ok(-1.0);
    }
    Scaled::exp_m1(log_ratio(end, begin).over(periods)).value("compound growth rate")
}

/// The rate of a longer or shorter period that comes to the same.
///
/// # Formula
/// ```text
/// rate' = (1 + rate)^k - 1        rate  decimal per period, > -1;  k  periods that the other one spans, > 0
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::NotFinite`]; [`Error::Overflow`] when the rate is above the largest float.
///
/// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), section 1.8.
pub fn equivalent_rate(rate: f64, periods: f64) -> Result<f64, Error> {
    let force = log_growth(super::tvm::checked_rate(rate)?).times(finite(periods, "number of periods")?);
    Scaled::exp_m1(force).value("equivalent rate")
}

/// A value that has grown at a constant rate.
///
/// # Formula
/// ```text
/// value = base (1 + r)^t        base  any unit;  r  rate per period, decimal, > -1;  t  periods, need not be whole
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::NotFinite`]; [`Error::Overflow`] when the value is above the largest float.
///
/// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), section 1.5.
pub fn compounded(base: f64, rate: f64, periods: f64) -> Result<f64, Error> {
    let force = log_growth(super::tvm::checked_rate(rate)?).times(finite(periods, "number of periods")?);
    (Scaled::from(finite(base, "base value")?) * Scaled::exp(force)).value("projected value")
}

/// A value that has grown at a constant force of interest.
///
/// # Formula
/// ```text
/// value = base e^(r t)        base  any unit;  r  rate per year, compounded continuously, decimal;  t  years
/// ```
///
/// # Errors
/// [`Error::NotFinite`]; [`Error::Overflow`] when the value is above the largest float.
///
/// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), section 1.9.
pub fn compounded_continuously(base: f64, rate: f64, years: f64) -> Result<f64, Error> {
    let force = Twofold::product(finite(rate, "rate")?, finite(years, "number of years")?);
    let force = if force.high.is_finite() && force.low.is_finite() {
        force
    } else {
        Twofold { high: rate * years, low: 0.0 }
    };
    (Scaled::from(finite(base, "base value")?) * Scaled::exp(force)).value("projected value")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 4e-16 * want.abs(), "{got} is not {want}");
    }

    #[test]
    fn the_sign_is_the_direction() {
        assert_eq!(change(-100.0, -50.0), Ok(Change { absolute: 50.0, rate: 0.5 }));
        assert_eq!(change(100.0, 50.0).unwrap().rate, -0.5);
        assert!(
            change(0.0, 1.0).is_err() && change(-1e308, 1e308).is_err() && change(1e-300, 1e300).is_err()
        );
        assert_eq!(change(1e-310, 2e-310).unwrap().rate, 1.0);
    }

    #[test]
    fn compound_rates_of_every_size() {
        close(compound_rate(100.0, 121.0, 2.0).unwrap(), 0.1);
        close(compound_rate(1e-300, 1e300, 2.0).unwrap(), 1e300);
        close(compound_rate(1e300, 1e-300, 600.0).unwrap(), -0.9);
        close(compound_rate(1.0, 1.0 + f64::EPSILON, 1.0).unwrap(), f64::EPSILON);
        close(compound_rate(4.0, 1.0, 0.5).unwrap(), -0.9375);
        assert_eq!(compound_rate(5.0, 0.0, 3.0), Ok(-1.0));
        assert_eq!(compound_rate(5.0, 5.0, 1e-300), Ok(0.0));
        assert_eq!(compound_rate(1.0, 1.1, 1e-9), Err(Error::Overflow { name: "compound growth rate" }));
        for (begin, end, n) in [(0.0, 1.0, 1.0), (1.0, -1.0, 1.0), (1.0, 2.0, 0.0)] {
            assert!(compound_rate(begin, end, n).is_err());
        }
    }
}
