//! How two series, or a series and its past, move together.

use super::moments::{Moments, checked, unit};
use crate::math::Error;
use crate::math::sum::Sum;

/// Two samples taken together.
///
/// # Formula
/// ```text
/// covariance = sum (x_i - mean x)(y_i - mean y) / (n - 1)
/// ```
///
/// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 6.5.4.1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The first sample.
    pub x: Moments,
    /// The second sample.
    pub y: Moments,
    /// sum of the products of the deviations, in units of the two scales.
    product: f64,
    scales: (f64, f64),
}

impl Pair {
    /// Computes it from samples of one length, two values at least.
    ///
    /// # Errors
    /// [`Error::UnequalLengths`], [`Error::TooFewValues`], [`Error::NotFinite`].
    pub fn of(x: &[f64], y: &[f64]) -> Result<Self, Error> {
        if x.len() != y.len() {
            return Err(Error::UnequalLengths { first: x.len(), second: y.len() });
        }
        if x.len() < 2 {
            return Err(Error::TooFewValues { count: x.len(), least: 2 });
        }
        let (a, b) = (Moments::of(x)?, Moments::of(y)?);
        let half = |v: f64, mean: f64| 0.5 * v - 0.5 * mean;
        let (down_x, up_x) = unit(x.iter().map(|v| half(*v, a.mean)));
        let (down_y, up_y) = unit(y.iter().map(|v| half(*v, b.mean)));
        let products = x.iter().zip(y).map(|(v, w)| half(*v, a.mean) * down_x * (half(*w, b.mean) * down_y));
        let product = products.collect::<Sum>().total();
        Ok(Self { x: a, y: b, product, scales: (2.0 * up_x, 2.0 * up_y) })
    }

    /// The sample covariance.
    ///
    /// # Formula
    /// ```text
    /// s_xy = sum (x_i - mean x)(y_i - mean y) / (n - 1)        product of the two units
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`] above the largest float.
    ///
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 6.5.4.1.
    pub fn covariance(&self) -> Result<f64, Error> {
        let value = self.product / (self.x.count as f64 - 1.0) * self.scales.0 * self.scales.1;
        if value.is_finite() { Ok(value) } else { Err(Error::Overflow { name: "covariance" }) }
    }

    /// The slope of the regression of y on x; none when x does not vary.
    ///
    /// # Formula
    /// ```text
    /// b = s_xy / s_x^2        unit of y per unit of x
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`] above the largest float.
    ///
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 4.4.3.1.
    pub fn slope(&self) -> Result<Option<f64>, Error> {
        let Some(deviation) = self.x.standard_deviation()?.filter(|_| !self.x.is_constant()) else {
            return Ok(None);
        };
        let spread = deviation / self.scales.0;
        let value =
            self.product / (self.x.count as f64 - 1.0) / (spread * spread) * (self.scales.1 / self.scales.0);
        if value.is_finite() { Ok(Some(value)) } else { Err(Error::Overflow { name: "slope" }) }
    }
}

/// How a series in order of time resembles itself some steps earlier; none when it does not vary.
///
/// # Formula
/// ```text
/// r_k = sum over i = k+1 .. n of (v_i - m)(v_(i-k) - m) / sum over i = 1 .. n of (v_i - m)^2
///   v_i  values, any one unit    m  mean    k  lag, 1 <= k < n
/// ```
///
/// # Errors
/// [`Error::TooFewValues`] with n <= k, [`Error::NotFinite`].
///
/// Source: G. E. P. Box, G. M. Jenkins, Time Series Analysis: Forecasting and Control (1976), section 2.1; NIST/SEMATECH
/// e-Handbook of Statistical Methods, section 1.3.5.12.
pub fn autocorrelation(values: &[f64], lag: usize) -> Result<Option<f64>, Error> {
    checked(values)?;
    if values.len() <= lag {
        return Err(Error::TooFewValues { count: values.len(), least: lag + 1 });
    }
    let moments = Moments::of(values)?;
    if moments.is_constant() {
        return Ok(None);
    }
    let half: Vec<f64> = values.iter().map(|v| 0.5 * v - 0.5 * moments.mean).collect();
    let (down, _) = unit(half.iter().copied());
    let rest = half.iter().map(|d| d * down).collect::<Sum>().total() / half.len() as f64;
    let d: Vec<f64> = half.iter().map(|d| d * down - rest).collect();
    let shifted = d.iter().zip(&d[lag..]).map(|(a, b)| a * b).collect::<Sum>().total();
    Ok(Some(shifted / d.iter().map(|a| a * a).collect::<Sum>().total()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_does_not_matter() {
        for (a, b) in [(1.0, 1.0), (1e-200, 1e200), (1e300, 1e-300)] {
            let pair = Pair::of(&[a, 2.0 * a, 4.0 * a], &[3.0 * b, 5.0 * b, 9.0 * b]);
            let slope = pair.unwrap().slope();
            if b / a > 1e308 {
                assert!(slope.is_err());
            } else {
                assert!((slope.unwrap().unwrap() / (b / a) - 2.0).abs() < 1e-14 || b / a == 0.0);
            }
        }
    }

    #[test]
    fn what_does_not_vary_has_no_slope() {
        assert_eq!(Pair::of(&[0.1; 3], &[1.0, 2.0, 3.0]).unwrap().slope(), Ok(None));
        assert_eq!(autocorrelation(&[0.1; 5], 1), Ok(None));
        assert!(autocorrelation(&[1.0], 1).is_err());
        assert!(Pair::of(&[1.0, 2.0], &[1.0]).is_err() && Pair::of(&[1.0], &[1.0]).is_err());
    }

    #[test]
    fn autocorrelation_by_hand() {
        // Deviations -1, 1, -1, 1: three products of -1 over a sum of squares of 4.
        assert_eq!(autocorrelation(&[1.0, 3.0, 1.0, 3.0], 1), Ok(Some(-0.75)));
    }
}
