//! Mean, variance and shape of a sample.

use crate::math::Error;
use crate::math::error::finite;
use crate::math::scaled::{parts, power_of_two};
use crate::math::sum::Sum;

/// Values below this share of the largest are rounding: what is left of equal numbers after subtraction.
const NOISE: f64 = 8.0 * f64::EPSILON;

/// A factor that brings the largest of some values near 1, a power of two: multiplying by it is exact.
///
/// Sums of values near the largest float, and squares of those near the smallest, stay within range with it.
pub(super) fn unit(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let largest = values.fold(0.0f64, |most, v| most.max(v.abs()));
    // Held off the ends, where a power of two has no inverse.
    let exponent = parts(largest).1.clamp(-1000, 1000);
    (power_of_two(-exponent), power_of_two(exponent))
}

/// Refuses an empty sample and values that are not finite.
pub(super) fn checked(values: &[f64]) -> Result<(), Error> {
    if values.is_empty() {
        return Err(Error::TooFewValues { count: 0, least: 1 });
    }
    values.iter().try_for_each(|v| finite(*v, "value").map(drop))
}

/// The arithmetic mean.
///
/// # Formula
/// ```text
/// mean = (v_1 + ... + v_n) / n        v_i  values, any one unit; n >= 1
/// ```
///
/// # Errors
/// [`Error::TooFewValues`] without any, [`Error::NotFinite`].
///
/// Source: D. E. Knuth, The Art of Computer Programming, vol. 2, 3rd ed., section 4.2.2.
pub fn mean(values: &[f64]) -> Result<f64, Error> {
    checked(values)?;
    let (down, up) = unit(values.iter().copied());
    let total: Sum = values.iter().map(|v| v * down).collect();
    Ok(total.total() / values.len() as f64 * up)
}

/// Mean, variance and shape of a sample, from two passes over it.
///
/// # Formula
/// ```text
/// m = sum v_i / n        M_k = sum (v_i - m)^k
/// ```
/// The deviations are taken from the mean in two floats, so a large common part costs no digits, and equal values
/// have no deviation at all.
///
/// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance", The American
/// Statistician 37 (1983), pp. 242-247.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Number of values.
    pub count: usize,
    /// Arithmetic mean, unit of the values.
    pub mean: f64,
    /// The largest absolute value, unit of the values.
    largest: f64,
    /// Unit in which the powers below are kept.
    scale: f64,
    /// Sums of the second, third and fourth powers of the deviations.
    powers: [f64; 3],
}

impl Moments {
    /// Computes them.
    ///
    /// # Errors
    /// [`Error::TooFewValues`] without any value, [`Error::NotFinite`].
    pub fn of(values: &[f64]) -> Result<Self, Error> {
        let mean = mean(values)?;
        let largest = values.iter().fold(0.0f64, |most, v| most.max(v.abs()));
        // Halved first: the deviation of two giants of opposite sign is beyond a float.
        let half = |v: f64| 0.5 * v - 0.5 * mean;
        let n = values.len() as f64;
        let (down, up) = unit(values.iter().map(|v| half(*v)));
        let rest = values.iter().map(|v| half(*v) * down).collect::<Sum>().total() / n;
        let mut sums = [Sum::default(); 3];
        for v in values {
            let d = half(*v) * down - rest;
            let square = d * d;
            for (sum, power) in sums.iter_mut().zip([square, square * d, square * square]) {
                sum.add(power);
            }
        }
        Ok(Self { count: values.len(), mean, largest, scale: 2.0 * up, powers: sums.map(Sum::total) })
    }

    /// Whether all values are equal within their rounding.
    ///
    /// # Formula
    /// ```text
    /// sqrt(M_2 / n) <= 8 eps max|v_i|        eps = 2^-52
    /// ```
    ///
    /// Source: the rounding of a value is half a unit in its last place.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        (self.powers[0] / self.count as f64).sqrt() * self.scale <= NOISE * self.largest
    }

    /// The sample standard deviation; none for a single value.
    ///
    /// # Formula
    /// ```text
    /// s = sqrt(M_2 / (n - 1))        unit of the values
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`] above the largest float.
    ///
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.6.
    pub fn standard_deviation(&self) -> Result<Option<f64>, Error> {
        if self.count < 2 {
            return Ok(None);
        }
        let value = (self.powers[0] / (self.count as f64 - 1.0)).sqrt() * self.scale;
        if value.is_finite() { Ok(Some(value)) } else { Err(Error::Overflow { name: "standard deviation" }) }
    }

    /// The population's skewness; none when all values are equal.
    ///
    /// # Formula
    /// ```text
    /// g1 = (M_3 / n) / (M_2 / n)^(3/2)
    /// ```
    ///
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.11 (Fisher-Pearson coefficient).
    #[must_use]
    pub fn skewness(&self) -> Option<f64> {
        let [second, third, _] = self.powers.map(|sum| sum / self.count as f64);
        (!self.is_constant()).then(|| third / second.powf(1.5))
    }

    /// The population's kurtosis less 3; none when all values are equal.
    ///
    /// # Formula
    /// ```text
    /// g2 = (M_4 / n) / (M_2 / n)^2 - 3
    /// ```
    ///
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.11.
    #[must_use]
    pub fn excess_kurtosis(&self) -> Option<f64> {
        let [second, _, fourth] = self.powers.map(|sum| sum / self.count as f64);
        (!self.is_constant()).then(|| fourth / (second * second) - 3.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_does_not_matter() {
        for scale in [1e-300, 1.0, 1e300] {
            let m = Moments::of(&[scale, 2.0 * scale, 3.0 * scale, 4.0 * scale]).unwrap();
            assert!((m.mean / scale - 2.5).abs() < 1e-15);
            let s = m.standard_deviation().unwrap().unwrap();
            assert!((s / scale - (5.0f64 / 3.0).sqrt()).abs() < 1e-15, "{s}");
            assert!(
                (m.excess_kurtosis().unwrap() + 1.36).abs() < 1e-14 && m.skewness().unwrap().abs() < 1e-15
            );
        }
        assert_eq!(mean(&[1.7e308, 1.7e308]), Ok(1.7e308));
        assert_eq!(Moments::of(&[1.7e308, -1.7e308]).unwrap().mean, 0.0);
        assert!(Moments::of(&[1.7e308, -1.7e308]).unwrap().standard_deviation().is_err());
    }

    #[test]
    fn equal_values_do_not_deviate() {
        for value in [0.0, 0.1, 1e-310, -1e300] {
            let m = Moments::of(&[value; 7]).unwrap();
            assert!(m.is_constant() && m.skewness().is_none() && m.excess_kurtosis().is_none(), "{m:?}");
        }
        assert!(!Moments::of(&[1.0, 1.0 + 1e-12]).unwrap().is_constant());
        assert_eq!(Moments::of(&[5.0]).unwrap().standard_deviation(), Ok(None));
        assert!(Moments::of(&[]).is_err());
    }
}
