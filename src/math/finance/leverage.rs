//! Debt and the cost of capital: betas with and without debt, and the mix that costs least.

use crate::math::Error;
use crate::math::error::held;

/// What debt adds to a beta, as a part of the beta without debt.
///
/// # Formula
/// ```text
/// bL = bU (1 + h),  h = (1 - t) D/E;  debt bears no systematic risk
///   bL, bU  beta with and without debt     t  tax rate, decimal     D/E  debt over equity, at market value
/// ```
///
/// Source: R. S. Hamada, "The Effect of the Firm's Capital Structure on the Systematic Risk of Common Stocks",
/// Journal of Finance 27 (1972), pp. 435-452.
#[must_use]
pub fn hamada(tax_rate: f64, debt_to_equity: f64) -> f64 {
    (1.0 - tax_rate) * debt_to_equity
}

/// What a firm's capital costs without debt, and what debt would change.
#[derive(Clone, Copy, Debug)]
pub struct Firm {
    /// Beta without debt.
    pub unlevered_beta: f64,
    /// Riskless rate, decimal.
    pub risk_free: f64,
    /// Expected return of the market, decimal.
    pub market: f64,
    /// What debt costs at the smallest amount, decimal.
    pub debt_cost: f64,
    /// Tax rate, decimal.
    pub tax_rate: f64,
}

/// The cost of capital at one mix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mix {
    /// Debt over equity.
    pub debt_to_equity: f64,
    /// Cost of equity, decimal.
    pub equity_cost: f64,
    /// Cost of debt before tax, decimal.
    pub debt_cost: f64,
    /// Weighted average cost of capital, decimal.
    pub wacc: f64,
}

/// Relative rise of the cost of debt for each unit of debt over equity: an assumption, not a law.
pub const SLOPE: f64 = 0.2;

impl Firm {
    /// The cost of capital at one mix.
    ///
    /// # Formula
    /// ```text
    /// Ke = rf + bU (1 + h) (rm - rf);  Kd = kd (1 + 0.2 D/E);  WACC = (Ke + D/E Kd (1 - t)) / (1 + D/E)
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`]
    ///
    /// Source: [`hamada`]; the rest R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed.
    /// (2011), chapter 19; the slope is an assumption ([`SLOPE`]).
    pub fn at(&self, debt_to_equity: f64) -> Result<Mix, Error> {
        let beta = self.unlevered_beta * (1.0 + hamada(self.tax_rate, debt_to_equity));
        let equity_cost = held(self.risk_free + beta * (self.market - self.risk_free), "cost of equity")?;
        let debt_cost = held(self.debt_cost * (1.0 + SLOPE * debt_to_equity), "cost of debt")?;
        let after_tax = debt_cost * (1.0 - self.tax_rate);
        let wacc =
            held((equity_cost + debt_to_equity * after_tax) / (1.0 + debt_to_equity), "cost of capital")?;
        Ok(Mix { debt_to_equity, equity_cost, debt_cost, wacc })
    }

    /// The costs at debt over equity of 0, 0.1, ..., 2.5, and which of them is the least, the first of equal ones.
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn curve(&self) -> Result<(Vec<Mix>, usize), Error> {
        let curve =
            (0..=25).map(|tenths| self.at(f64::from(tenths) / 10.0)).collect::<Result<Vec<_>, _>>()?;
        let mut best = 0;
        for (i, mix) in curve.iter().enumerate() {
            // Less by more than rounding: a level curve has its minimum at its beginning.
            if mix.wacc < curve[best].wacc - 1e-12 * curve[best].wacc.abs() {
                best = i;
            }
        }
        Ok((curve, best))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_curve_has_its_minimum_at_its_beginning() {
        // Free money and no tax: beta alone, whatever the debt.
        let firm = Firm { unlevered_beta: 0.7, risk_free: 0.0, market: 0.1, debt_cost: 0.0, tax_rate: 0.0 };
        let (curve, best) = firm.curve().unwrap();
        assert_eq!((curve.len(), best), (26, 0));
        assert!(curve.iter().all(|mix| (mix.wacc - 0.07).abs() < 1e-15));
    }
}
