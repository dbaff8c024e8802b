//! Median, quantiles and range.

use super::moments::checked;
use crate::math::Error;

/// The least and the greatest value.
///
/// # Formula
/// ```text
/// range = max - min        unit of the values
/// ```
///
/// Source: see [`spread`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The least value.
    pub min: f64,
    /// The greatest value.
    pub max: f64,
    /// Their distance.
    pub range: f64,
}

/// Minimum, maximum and range.
///
/// # Formula
/// ```text
/// range = max(v_i) - min(v_i)        v_i  values, any one unit; n >= 1
/// ```
///
/// # Errors
/// [`Error::TooFewValues`] without any, [`Error::NotFinite`]; [`Error::Overflow`] when the range is beyond a float.
///
/// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.6.
pub fn spread(values: &[f64]) -> Result<Spread, Error> {
    checked(values)?;
    let min = values.iter().copied().fold(f64::INFINITY, f64::min);
    let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = max - min;
    if range.is_finite() { Ok(Spread { min, max, range }) } else { Err(Error::Overflow { name: "range" }) }
}

/// The middle value, or the mean of the two middle ones.
///
/// # Formula
/// ```text
/// n odd: v_((n+1)/2);  n even: (v_(n/2) + v_(n/2+1)) / 2        v_(i)  the i-th smallest
/// ```
///
/// # Errors
/// [`Error::TooFewValues`] without any, [`Error::NotFinite`].
///
/// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.1.
pub fn median(values: &[f64]) -> Result<f64, Error> {
    quantile(values, 0.5)
}

/// A quantile by linear interpolation between the order statistics, the extremes being the 0 and 1 quantiles.
///
/// # Formula
/// ```text
/// h = (n - 1) p + 1;  Q(p) = v_(k) + (h - k) (v_(k+1) - v_(k)),  k = floor(h)
///   v_(k)  the k-th smallest value    p  share, 0 ... 1
/// ```
/// (Type 7; a spreadsheet's PERCENTILE.INC.)
///
/// # Errors
/// [`Error::TooFewValues`] without any, [`Error::NotFinite`]; [`Error::OutOfRange`] for a share outside 0 ... 1.
///
/// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996),
/// pp. 361-365, definition 7.
pub fn quantile(values: &[f64], share: f64) -> Result<f64, Error> {
    checked(values)?;
    if !(0.0..=1.0).contains(&share) {
        return Err(Error::OutOfRange { name: "share of a quantile", value: share, wanted: "from 0 to 1" });
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let position = (sorted.len() - 1) as f64 * share;
    let (low, part) = (position.floor() as usize, position.fract());
    let high = (low + 1).min(sorted.len() - 1);
    let gap = sorted[high] - sorted[low];
    // The gap of two giants of opposite sign is beyond a float.
    let weighted = || sorted[low] * (1.0 - part) + sorted[high] * part;
    Ok(if gap.is_finite() { sorted[low] + part * gap } else { weighted() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_of_odd_and_even_counts() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Ok(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Ok(2.5));
        assert_eq!(median(&[1.7e308, -1.7e308]), Ok(0.0));
        assert_eq!(median(&[7.0]), Ok(7.0));
        assert!(median(&[]).is_err() && median(&[f64::NAN]).is_err());
    }

    #[test]
    fn the_range_may_overflow() {
        assert_eq!(spread(&[1.0, -2.0]), Ok(Spread { min: -2.0, max: 1.0, range: 3.0 }));
        assert_eq!(spread(&[1.7e308, -1.7e308]), Err(Error::Overflow { name: "range" }));
    }

    #[test]
    fn shares_are_bounded() {
        assert_eq!(quantile(&[1.0, 2.0], 1.0), Ok(2.0));
        assert!(quantile(&[1.0, 2.0], 1.1).is_err());
    }
}
