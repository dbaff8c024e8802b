//! Floats with an exponent of their own, so that only a final result can overflow.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::Error;
use super::twofold::{Twofold, exp_parts};

/// A float whose exponent cannot run out.
///
/// `(1 + r)^n` of a plain loan leaves the range of a float long before the payment does; formulas written with
/// this type read as in the textbook and need no rearrangement for range.
///
/// # Formula
/// ```text
/// value = mantissa * 2^exponent,  1 <= |mantissa| < 2, or mantissa = 0
/// ```
///
/// Source: J. H. Wilkinson, Rounding Errors in Algebraic Processes (1963), chapter 1 (block floating point).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaled {
    mantissa: f64,
    exponent: i64,
}

/// 2^k for -1022 <= k <= 1023.
#[inline]
pub(crate) fn power_of_two(k: i64) -> f64 {
    f64::from_bits(((1023 + k.clamp(-1022, 1023)) as u64) << 52)
}

/// Splits a float into mantissa (1 <= |m| < 2) and exponent; zero gives (0, 0).
#[inline]
pub(crate) fn parts(value: f64) -> (f64, i64) {
    if value == 0.0 || !value.is_finite() {
        return (value, 0);
    }
    // Subnormal numbers first get their hidden bit.
    let (value, shift) =
        if value.abs() < f64::MIN_POSITIVE { (value * power_of_two(64), 64) } else { (value, 0) };
    let exponent = ((value.to_bits() >> 52) & 0x7FF) as i64 - 1023;
    // Dividing by 2^1023 in one step would need a subnormal factor.
    (value * power_of_two(-(exponent / 2)) * power_of_two(-(exponent - exponent / 2)), exponent - shift)
}

impl Scaled {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0.0, exponent: 0 };
    /// One.
    pub const ONE: Self = Self { mantissa: 1.0, exponent: 0 };

    /// The number `mantissa * 2^exponent`, with any finite mantissa.
    ///
    /// # Formula
    /// ```text
    /// value = mantissa * 2^exponent
    /// ```
    ///
    /// Source: see [`Scaled`].
    #[must_use]
    pub fn new(mantissa: f64, exponent: i64) -> Self {
        let (mantissa, own) = parts(mantissa);
        Self { mantissa, exponent: if mantissa == 0.0 { 0 } else { exponent.saturating_add(own) } }
    }

    /// e to a power given in two parts.
    ///
    /// # Formula
    /// ```text
    /// value = e^(y.high + y.low), |y| held at 7e5
    /// ```
    ///
    /// Source: see [`exp_parts`].
    #[must_use]
    pub fn exp(y: Twofold) -> Self {
        let (mantissa, k) = exp_parts(y.high, y.low);
        Self::new(mantissa, k as i64)
    }

    /// e to a power, less one, without cancellation for small powers.
    ///
    /// # Formula
    /// ```text
    /// value = e^(y.high + y.low) - 1, |y| held at 7e5
    /// ```
    ///
    /// Source: see [`exp_parts`]; W. Kahan's expm1.
    #[must_use]
    pub fn exp_m1(y: Twofold) -> Self {
        if y.high.abs() > 600.0 {
            return Self::exp(y) - Self::ONE;
        }
        Self::new(y.high.exp_m1() + y.high.exp() * y.low, 0)
    }

    /// The absolute value.
    ///
    /// # Formula
    /// ```text
    /// |mantissa| * 2^exponent
    /// ```
    ///
    /// Source: see [`Scaled`].
    #[must_use]
    pub fn size(self) -> Self {
        Self { mantissa: self.mantissa.abs(), ..self }
    }

    /// The value as a float.
    ///
    /// # Formula
    /// ```text
    /// result = mantissa * 2^exponent; below 5e-324 it is 0
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`] with `name` when the value is above the largest float.
    ///
    /// Source: see [`Scaled`].
    pub fn value(self, name: &'static str) -> Result<f64, Error> {
        if self.mantissa == 0.0 || self.exponent < -1080 {
            return Ok(0.0);
        }
        let exponent = self.exponent.min(1100);
        // The first factor is exact and the second rounds once: into a subnormal, or to infinity.
        let half = exponent / 2;
        let value = self.mantissa * power_of_two(half) * power_of_two(exponent - half);
        if value.is_finite() { Ok(value) } else { Err(Error::Overflow { name }) }
    }
}

impl From<f64> for Scaled {
    fn from(value: f64) -> Self {
        Self::new(value, 0)
    }
}

impl Neg for Scaled {
    type Output = Self;
    fn neg(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }
}

impl Add for Scaled {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if self.mantissa == 0.0 {
            return other;
        }
        if other.mantissa == 0.0 {
            return self;
        }
        let (big, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let gap = big.exponent - small.exponent;
        // Beyond 1000 bits the small one is far below the last bit of the big one.
        let addend = if gap > 1000 { 0.0 } else { small.mantissa * power_of_two(-gap) };
        Self::new(big.mantissa + addend, big.exponent)
    }
}

impl Sub for Scaled {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Scaled {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(self.mantissa * other.mantissa, self.exponent + other.exponent)
    }
}

impl Div for Scaled {
    type Output = Self;
    /// Division by zero gives a number that [`Scaled::value`] refuses; callers exclude it first.
    fn div(self, other: Self) -> Self {
        if other.mantissa == 0.0 {
            return Self { mantissa: 1.0, exponent: i64::MAX / 4 };
        }
        Self::new(self.mantissa / other.mantissa, self.exponent - other.exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intermediate_overflow_does_not_matter() {
        let big = Scaled::from(1e300);
        assert_eq!((big * big * big / big / big).value("x"), Ok(1e300));
        assert_eq!((big * big).value("product"), Err(Error::Overflow { name: "product" }));
        assert_eq!((Scaled::ONE / big / big).value("x"), Ok(0.0));
        assert!((Scaled::ONE / Scaled::ZERO).value("x").is_err());
    }

    #[test]
    fn every_float_survives_the_round_trip() {
        for v in [0.0, 5e-324, 1e-310, f64::MIN_POSITIVE, 1e-300, -0.1, 1.0, 1e300, f64::MAX, -f64::MAX] {
            assert_eq!(Scaled::from(v).value("x"), Ok(v));
        }
    }

    #[test]
    fn addition_keeps_small_terms() {
        let s = Scaled::from(1e200) + Scaled::from(5.0) - Scaled::from(1e200);
        assert_eq!(s.value("x"), Ok(0.0));
        assert_eq!((Scaled::from(1.5) - Scaled::from(0.25)).value("x"), Ok(1.25));
        assert_eq!((Scaled::ZERO - Scaled::ONE).value("x"), Ok(-1.0));
    }

    #[test]
    fn exponentials_reach_beyond_the_range_of_floats() {
        let y = Twofold { high: 5000.0, low: 0.0 };
        let minus = Twofold { high: -5000.0, low: 0.0 };
        let one = (Scaled::exp(y) * Scaled::exp(minus)).value("x").unwrap();
        assert!((one - 1.0).abs() < 1e-15);
        assert_eq!(Scaled::exp_m1(minus).value("x"), Ok(-1.0));
        assert_eq!(Scaled::exp_m1(Twofold { high: 1e-300, low: 0.0 }).value("x"), Ok(1e-300));
    }
}
