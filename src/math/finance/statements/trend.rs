//! Growth from period to period.

use crate::math::Error;
use crate::math::error::held;

/// Growth on a base, whose sign does not turn the growth around.
///
/// # Formula
/// ```text
/// g = (current - previous) / |previous|;  none where previous = 0
/// ```
///
/// # Errors
/// [`Error::Overflow`]
///
/// Source: S. H. Penman, Financial Statement Analysis and Security Valuation, 5th ed. (2013), chapter 10 (trend
/// analysis); the absolute base is how a change from a loss is usually signed.
pub fn growth(previous: f64, current: f64) -> Result<Option<f64>, Error> {
    if previous == 0.0 {
        return Ok(None);
    }
    held((current - previous) / previous.abs(), "growth rate").map(Some)
}

/// The constant growth rate between two values; none where it does not exist.
///
/// # Formula
/// ```text
/// g = (last / first)^(1 / steps) - 1;  none for first <= 0 or last < 0
/// ```
///
/// # Errors
/// [`Error::Overflow`]
///
/// Source: CFA Institute, Quantitative Methods (2020), reading 7 (geometric mean return).
pub fn compound_growth(first: f64, last: f64, steps: u32) -> Result<Option<f64>, Error> {
    if first <= 0.0 || last < 0.0 || steps == 0 {
        return Ok(None);
    }
    let (factor, change) = (last / first, (last - first) / first);
    // Each form where it keeps its digits: small changes, usual ones, those beyond a float.
    let log = if change.abs() < 0.5 {
        change.ln_1p()
    } else if factor.is_normal() {
        factor.ln()
    } else {
        last.ln() - first.ln()
    };
    held((log / f64::from(steps)).exp_m1(), "compound growth rate").map(Some)
}
