//! Equity by residual income.

use super::spread;
use crate::math::Error;
use crate::math::error::{finite, held};

/// Equity by [`residual_income`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residual {
    /// What the owners require of the opening book value, currency.
    pub normal_return: f64,
    /// RI1, currency.
    pub residual: f64,
    /// Present value of all residual income, currency.
    pub premium: f64,
    /// V, currency.
    pub value: f64,
}

/// The value of equity whose residual income grows for ever at one rate from next year's on; income at year ends.
///
/// # Formula
/// ```text
/// RI1 = NI - k B0,  V = B0 + RI1 / (k - g) = (NI - g B0) / (k - g)
///   B0  book value now, currency      NI  net income of next year, currency
///   k   cost of equity, decimal per year, > g    g  growth of residual income, decimal per year, >= -1
/// ```
/// The second form is the dividend model under clean surplus: NI - g B0 is next year's dividend when book value grows
/// at g. g = -1 is residual income in one year only.
///
/// # Errors
/// [`Error::Invalid`] for k <= g or g < -1, [`Error::NotFinite`], [`Error::Overflow`]
///
/// Source: CFA Program Curriculum, Equity Investments, «Residual Income Valuation»; J. A. Ohlson, "Earnings, Book
/// Values, and Dividends in Equity Valuation", Contemporary Accounting Research 11 (1995), pp. 661-687.
pub fn residual_income(book: f64, income: f64, cost: f64, growth: f64) -> Result<Residual, Error> {
    let (book, income) = (finite(book, "book value")?, finite(income, "net income")?);
    let spread = spread(cost, growth)?;
    if growth < -1.0 {
        return Err(Error::Invalid(
            "residual income cannot fall by more than all of it: give a growth of -1 or more",
        ));
    }
    // One rounding each: NI is often nearly k B0, and what is left is the residual income.
    let residual = held((-cost).mul_add(book, income), "residual income")?;
    Ok(Residual {
        normal_return: held(cost * book, "normal return")?,
        residual,
        premium: held(residual / spread, "present value of residual income")?,
        value: held((-growth).mul_add(book, income) / spread, "equity value")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_income_is_worth_its_book_value() {
        let normal = residual_income(1000.0, 125.0, 0.125, 0.03).unwrap();
        assert_eq!((normal.residual, normal.premium), (0.0, 0.0));
        assert!((normal.value - 1000.0).abs() < 1e-12);
    }

    #[test]
    fn refusals() {
        assert!(residual_income(1.0, 1.0, 0.05, 0.05).is_err());
        assert!(residual_income(1.0, 1.0, 0.05, -1.5).is_err());
        assert!(residual_income(1.0, f64::INFINITY, 0.05, 0.0).is_err());
        assert!(residual_income(1e308, 0.0, 0.05, -1.0).is_ok());
    }
}
