//! Ratios of a company's accounts: quotients of figures, turnover and days, DuPont's factors, Piotroski's signals.
//!
//! Amounts of one call are in one currency. A base that is zero or negative has no meaningful ratio and is refused.

mod dupont;
mod piotroski;
mod turnover;

pub use dupont::{FiveFactors, ThreeFactors, five_factors, three_factors};
pub use piotroski::{Figures, SIGNALS, Years, piotroski};
pub use turnover::{Cycle, Turnover, cash_cycle, turnover};

use crate::math::Error;
use crate::math::error::{finite, held};

/// One figure of the accounts in units of another.
///
/// # Formula
/// ```text
/// ratio = amount / base        both in one unit, base > 0
/// ```
///
/// # Errors
/// [`Error::NotFinite`], [`Error::Invalid`] for a base that is not above zero, [`Error::Overflow`] with `name`
///
/// Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (CFA Institute, 2015), chapter 7.
pub fn ratio(amount: f64, base: f64, name: &'static str) -> Result<f64, Error> {
    finite(amount, "amount")?;
    if finite(base, "base of the ratio")? <= 0.0 {
        return Err(Error::Invalid("the base of a ratio must be above zero"));
    }
    held(amount / base, name)
}

/// The mean of a balance at the start and at the end of a period.
///
/// # Formula
/// ```text
/// average = (opening + closing) / 2        both in one unit
/// ```
///
/// Source: as [`ratio`].
#[must_use]
pub fn average(opening: f64, closing: f64) -> f64 {
    opening.midpoint(closing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_base_gives_infinity_or_nan() {
        for base in [0.0, -0.0, -2.0] {
            assert!(matches!(ratio(1.0, base, "x"), Err(Error::Invalid(_))), "{base}");
        }
        assert_eq!(ratio(1e300, 1e-300, "margin"), Err(Error::Overflow { name: "margin" }));
        assert!(matches!(ratio(f64::NAN, 1.0, "x"), Err(Error::NotFinite { .. })));
        assert_eq!(ratio(-3.0, 4.0, "x"), Ok(-0.75));
    }

    #[test]
    fn averages_stay_in_range() {
        assert!((average(f64::MAX, f64::MAX) - f64::MAX).abs() < 1.0);
        assert!((average(190.0, 185.0) - 187.5).abs() < 1e-15);
    }
}
