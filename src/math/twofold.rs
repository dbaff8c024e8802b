//! Numbers carried as the unevaluated sum of two floats, for the few places where one float is not enough.

use super::scaled::{parts, power_of_two};
use std::f64::consts::LN_2;

/// ln 2 cut to 32 bits, so that its product with a whole number below 2^20 is exact.
const LN2_HIGH: f64 = f64::from_bits(0x3FE6_2E42_FEE0_0000);
/// The rest of ln 2 to 85 bits.
const LN2_LOW: f64 = f64::from_bits(0x3DEA_39EF_3579_3C76);

/// A number `high + low` with about 106 significant bits, `|low| <= ulp(high)/2`.
///
/// # Formula
/// ```text
/// value = high + low        both in the unit of the value
/// ```
///
/// Source: T. J. Dekker, "A floating-point technique for extending the available precision",
/// Numerische Mathematik 18 (1971), pp. 224-242.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Twofold {
    /// The nearest float.
    pub high: f64,
    /// What that float leaves over.
    pub low: f64,
}

impl Twofold {
    /// The exact sum of two floats (Knuth's TwoSum).
    ///
    /// # Formula
    /// ```text
    /// a + b = high + low, exactly
    /// ```
    ///
    /// Source: D. E. Knuth, The Art of Computer Programming, vol. 2, 3rd ed., section 4.2.2, theorem B.
    #[inline]
    #[must_use]
    pub fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let part = high - a;
        Self { high, low: (a - (high - part)) + (b - part) }
    }

    /// The exact product of two floats whose product neither overflows nor underflows.
    ///
    /// # Formula
    /// ```text
    /// a * b = high + low, exactly, for |a|, |b| < 1e300 and |a b| > 1e-290
    /// ```
    ///
    /// Source: Dekker (1971), as [`Twofold`]. A fused multiply-add would be shorter, but on targets without the
    /// instruction it is a call that costs more than this whole function.
    #[inline]
    #[must_use]
    pub fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        let ((ah, al), (bh, bl)) = (split(a), split(b));
        Self { high, low: ((ah * bh - high) + ah * bl + al * bh) + al * bl }
    }

    /// This number times a float.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        let product = Self::product(self.high, factor);
        Self::sum(product.high, product.low + self.low * factor)
    }

    fn plus(self, other: Self) -> Self {
        let (high, low) = (Self::sum(self.high, other.high), Self::sum(self.low, other.low));
        let first = Self::sum(high.high, high.low + low.high);
        Self::sum(first.high, first.low + low.low)
    }

    /// This number times another.
    #[must_use]
    pub(crate) fn by(self, other: Self) -> Self {
        let product = Self::product(self.high, other.high);
        Self::sum(product.high, product.low + (self.high * other.low + self.low * other.high))
    }

    /// This number divided by a float; a quotient beyond the range of floats is infinite.
    #[must_use]
    pub fn over(self, divisor: f64) -> Self {
        let quotient = self.high / divisor;
        let back = Self::product(quotient, divisor);
        let low = (((self.high - back.high) - back.low) + self.low) / divisor;
        if low.is_finite() { Self::sum(quotient, low) } else { Self { high: quotient, low: 0.0 } }
    }
}

/// Splits a float into two halves of 26 bits each, whose products are exact.
#[inline]
pub(crate) fn split(value: f64) -> (f64, f64) {
    let scaled = value * 134_217_729.0; // 2^27 + 1
    let high = scaled - (scaled - value);
    (high, value - high)
}

/// e^y - 1 to about 100 bits, relative, for |y| <= 0.4.
fn exp_m1(y: f64) -> Twofold {
    const HALVINGS: i32 = 3;
    let s = y / f64::from(1 << HALVINGS);
    let one = Twofold { high: 1.0, low: 0.0 };
    // s (1 + s/2 (1 + s/3 (...))): relative to s, so that tiny arguments keep their digits.
    let mut tail = one;
    for k in (2..=17).rev() {
        tail = one.plus(tail.times(s).over(f64::from(k)));
    }
    let mut e = tail.times(s);
    for _ in 0..HALVINGS {
        e = e.by(e.plus(Twofold { high: 2.0, low: 0.0 }));
    }
    e
}

/// The natural logarithm of 1 + r to more digits than a float holds.
///
/// A float's ln(1 + r) is wrong by up to 2^-53 of itself; multiplied by a thousand periods that error has become
/// visible in the discount factor. This keeps it below 1e-22.
///
/// # Formula
/// ```text
/// L = ln(1 + r) = k ln 2 + ln m,  1 + r = m 2^k,  ln m by one Newton step on e^y = m
///   r  rate per period, decimal, > -1;  L  force of interest per period
/// ```
/// For r at or below -1, or not finite, the result is not finite; callers refuse those first.
///
/// Source: J.-M. Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed. (2018), chapters 10 and 11.
#[must_use]
pub fn log_growth(rate: f64) -> Twofold {
    if rate.abs() < 1e-30 {
        // The next term, r^2/2, is below the second float, and halving r here could lose its last bits.
        return Twofold { high: rate, low: 0.0 };
    }
    let factor = Twofold::sum(1.0, rate);
    let k = if rate.abs() < 0.25 { 0.0 } else { factor.high.log2().round() };
    // 2^-k in two steps: k can be 1024.
    let (half, rest) = ((-0.5 * k).floor(), -k - (-0.5 * k).floor());
    let scale = |v: f64| v * half.exp2() * rest.exp2();
    let d = if k == 0.0 {
        Twofold { high: rate, low: 0.0 }
    } else {
        Twofold::sum(scale(factor.high) - 1.0, scale(factor.low))
    };
    let y = d.high.ln_1p();
    let e = exp_m1(y);
    let gap = ((d.high - e.high) + (d.low - e.low)) / (1.0 + e.high);
    let total = Twofold::sum(k * LN2_HIGH, y);
    Twofold::sum(total.high, total.low + (gap + k * LN2_LOW))
}

/// The natural logarithm of a ratio of positive numbers to more digits than a float holds.
///
/// # Formula
/// ```text
/// L = ln(a / b) = ln m_a - ln m_b + (k_a - k_b) ln 2,  a = m_a 2^(k_a), b = m_b 2^(k_b);  near 1: ln(1 + (a - b) / b)
///   a, b  any one unit, > 0
/// ```
///
/// Source: see [`log_growth`].
#[must_use]
pub fn log_ratio(numerator: f64, denominator: f64) -> Twofold {
    let ((ma, ka), (mb, kb)) = (parts(numerator), parts(denominator));
    let gap = if (ka - kb).abs() <= 1 { ma * power_of_two(ka - kb) - mb } else { f64::INFINITY };
    // Exact by Sterbenz's lemma, and small beside 1, where logarithms would cancel.
    if gap.abs() <= 0.5 * mb {
        let gain = Twofold { high: gap, low: 0.0 }.over(mb);
        let force = log_growth(gain.high);
        return Twofold::sum(force.high, force.low + gain.low / (1.0 + gain.high));
    }
    let (a, b, k) = (log_growth(ma - 1.0), log_growth(mb - 1.0), (ka - kb) as f64);
    let mantissas = Twofold::sum(a.high, -b.high);
    let total = Twofold::sum(k * LN2_HIGH, mantissas.high);
    Twofold::sum(total.high, total.low + (mantissas.low + (a.low - b.low) + k * LN2_LOW))
}

/// Splits e^(y + low) into a float near 1 and a power of two.
///
/// # Formula
/// ```text
/// e^(y + low) = m 2^k,  k = round(y / ln 2),  m between 0.70 and 1.42
///   y, low  exponent in two parts, |low| << 1
/// ```
/// |y| above 7e5 is held at 7e5: 2^(10^6) is beyond any product of floats anyway, and the exact reduction needs
/// k below 2^20.
///
/// Source: W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980), chapter 6.
#[inline]
#[must_use]
pub fn exp_parts(y: f64, low: f64) -> (f64, f64) {
    let (y, low) = if y.abs() <= 7e5 { (y, low) } else { (7e5f64.copysign(y), 0.0) };
    let k = (y * (1.0 / LN_2)).round_ties_even();
    let remainder = (y - k * LN2_HIGH) + (low - k * LN2_LOW);
    (remainder.exp(), k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_has_two_floats_of_digits() {
        // mpmath 1.4.1, mp.dps = 60: high = float(log1p(r)), low = float(log1p(r) - high)
        for (rate, high, low) in LOG_ROWS {
            let got = log_growth(*rate);
            let error = (got.high - high) + (got.low - low);
            assert!(error.abs() <= 1e-22 * high.abs(), "{rate}: {error:e} of {high}");
        }
    }

    #[allow(clippy::approx_constant, clippy::excessive_precision, clippy::unreadable_literal)]
    const LOG_ROWS: &[(f64, f64, f64)] = &[
        (1e-300, 1e-300, 0.0),
        (-1e-17, -1e-17, -5.000000000000001e-35),
        (1e-10, 9.999999999500001e-11, -3.389513322121794e-27),
        (-1e-05, -1.0000050000333337e-05, 5.40138824458258e-22),
        (0.05, 0.04879016416943201, -1.359809418922796e-18),
        (0.006666666666666667, 0.006644542718668579, -1.101930899945143e-19),
        (0.1, 0.09531017980432487, -3.808451650416249e-19),
        (0.2499, 0.22306354811403908, 3.556694528845862e-18),
        (0.25, 0.22314355131420976, -9.091270597324799e-18),
        (-0.25, -0.2876820724517809, -2.607160616442564e-17),
        (0.5, 0.4054651081081644, -2.8811380259626426e-18),
        (1.0, 0.6931471805599453, 2.3190468138462996e-17),
        (-0.5, -0.6931471805599453, -2.3190468138462996e-17),
        (-0.9, -2.302585092994046, -4.968982586806388e-18),
        (-0.999999999, -20.723265865228342, -1.1107884892478944e-15),
        (-0.9999999999999999, -36.7368005696771, -6.739832990259606e-16),
        (3.7, 1.547562508716013, -3.38767662256935e-17),
        (1000000000000.0, 27.63102111592955, -9.174512114994604e-16),
        (1.7e+308, 709.7268368932282, 3.0936421257994655e-14),
    ];

    #[test]
    fn products_and_sums_are_exact() {
        let p = Twofold::product(0.1, 0.1);
        assert_eq!((p.high, p.low), (0.010_000_000_000_000_002, -8.326_672_684_688_674e-19));
        let s = Twofold::sum(1.0, 1e-20);
        assert_eq!((s.high, s.low), (1.0, 1e-20));
    }

    #[test]
    fn huge_exponents_are_held() {
        assert_eq!(exp_parts(1e300, 0.0).1, exp_parts(7e5, 0.0).1);
        let (m, k) = exp_parts(1.0, 0.0);
        assert!((m * k.exp2() - std::f64::consts::E).abs() < 1e-15);
    }
}
