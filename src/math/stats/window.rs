//! Means over a moving window.

use super::moments::{checked, unit};
use crate::math::Error;
use crate::math::sum::Sum;

/// The means of all runs of `window` neighbours, oldest first.
///
/// # Formula
/// ```text
/// a_i = (v_(i-w+1) + ... + v_i) / w,  i = w .. n        v_i  values, any one unit;  w  window, 1 <= w <= n
/// ```
/// Every window's sum is put together from sums within blocks of w values, never by taking off what has left: a giant
/// that has passed leaves no error behind. Work and memory grow with n alone.
///
/// # Errors
/// [`Error::TooFewValues`] when the window is longer than the series, or 0; [`Error::NotFinite`].
///
/// Source: M. van Herk, "A fast algorithm for local minimum and maximum filters", Pattern Recognition Letters 13
/// (1992), pp. 517-521 (the blocks).
pub fn moving_average(values: &[f64], window: usize) -> Result<Vec<f64>, Error> {
    checked(values)?;
    if window == 0 || window > values.len() {
        return Err(Error::TooFewValues { count: values.len(), least: window.max(1) });
    }
    let (down, up) = unit(values.iter().copied());
    let scaled: Vec<f64> = values.iter().map(|v| v * down).collect();
    let width = window as f64;
    let mut means = Vec::with_capacity(values.len() - window + 1);
    for (block, own) in scaled.chunks(window).enumerate() {
        let start = block * window;
        let tails = tails(own);
        let mut ahead = Sum::default();
        for (i, tail) in tails.iter().enumerate() {
            if start + i + window > values.len() {
                break;
            }
            // The window from i on: this block's tail, and the beginning of the next.
            if i > 0 {
                ahead.add(scaled[start + i + window - 1]);
            }
            means.push(tail.joined(ahead).total() / width * up);
        }
    }
    Ok(means)
}

/// The sum of each tail of a block.
fn tails(block: &[f64]) -> Vec<Sum> {
    let mut sum = Sum::default();
    let mut tails: Vec<Sum> = block
        .iter()
        .rev()
        .map(|value| {
            sum.add(*value);
            sum
        })
        .collect();
    tails.reverse();
    tails
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_window_is_averaged() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        for window in 1..=10 {
            let want: Vec<f64> =
                values.windows(window).map(|w| w.iter().sum::<f64>() / window as f64).collect();
            assert_eq!(moving_average(&values, window), Ok(want));
        }
        assert!(moving_average(&values, 11).is_err() && moving_average(&values, 0).is_err());
    }

    #[test]
    fn a_giant_leaves_no_error_behind() {
        assert_eq!(moving_average(&[1e300, 1.0, 2.0, 4.0], 2).unwrap()[1..], [1.5, 3.0]);
        assert_eq!(moving_average(&[1.7e308, 1.7e308], 2), Ok(vec![1.7e308]));
    }
}
