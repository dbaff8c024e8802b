//! What capital costs: equity by the capital asset pricing model, and the average over equity and net debt.

use crate::math::Error;
use crate::math::error::{finite, held};
use crate::math::sum::sum;

/// The return that investors want for the risk of the market.
///
/// # Formula
/// ```text
/// Re = rf + beta (rm - rf)        rf riskless rate, rm return of the market, decimals per one period
/// ```
///
/// # Errors
/// [`Error::NotFinite`], [`Error::Overflow`]
///
/// Source: W. F. Sharpe, "Capital Asset Prices", Journal of Finance 19 (1964), pp. 425-442.
pub fn capm(risk_free: f64, beta: f64, market: f64) -> Result<f64, Error> {
    finite(risk_free, "riskless rate")?;
    finite(beta, "beta")?;
    let premium = held(finite(market, "return of the market")? - risk_free, "market risk premium")?;
    held(risk_free + beta * premium, "cost of equity")
}

/// What finances a firm.
#[derive(Clone, Copy, Debug)]
pub struct Capital {
    /// Market value of equity, currency, > 0.
    pub equity: f64,
    /// Debt, currency.
    pub debt: f64,
    /// Cash that could repay debt, currency.
    pub cash: f64,
}

/// The average cost and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// Weighted average cost of capital, decimal.
    pub wacc: f64,
    /// Debt less cash, currency.
    pub net_debt: f64,
    /// Equity and net debt, currency.
    pub value: f64,
    /// Equity over the value.
    pub equity_weight: f64,
    /// Net debt over the value; negative where cash exceeds debt.
    pub debt_weight: f64,
    /// Cost of debt after tax, decimal.
    pub after_tax: f64,
}

impl Capital {
    /// The weighted average cost of capital.
    ///
    /// # Formula
    /// ```text
    /// D = debt - cash,  V = E + D,  WACC = E / V Re + D / V Rd (1 - t)
    ///   Re, Rd  costs of equity and of debt before tax     t  tax rate; all decimals
    /// ```
    ///
    /// # Errors
    /// [`Error::Invalid`] when equity and net debt come to nothing or less, [`Error::Overflow`]
    ///
    /// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 19.
    pub fn average(&self, equity_cost: f64, debt_cost: f64, tax_rate: f64) -> Result<Average, Error> {
        let net_debt = held(self.debt - self.cash, "net debt")?;
        let value = sum(&[self.equity, self.debt, -self.cash])?;
        if value <= 0.0 {
            return Err(Error::Invalid(
                "equity and debt together are no more than the cash, so no capital is left to have a cost",
            ));
        }
        let (equity_weight, debt_weight) =
            (held(self.equity / value, "weight of equity")?, held(net_debt / value, "weight of debt")?);
        let after_tax = debt_cost * (1.0 - tax_rate);
        let wacc =
            held(equity_weight * equity_cost + debt_weight * after_tax, "weighted average cost of capital")?;
        Ok(Average { wacc, net_debt, value, equity_weight, debt_weight, after_tax })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_financed_has_no_cost() {
        for (equity, debt, cash) in [(100.0, 0.0, 100.0), (100.0, 50.0, 200.0)] {
            let capital = Capital { equity, debt, cash };
            assert!(matches!(capital.average(0.1, 0.05, 0.3), Err(Error::Invalid(_))), "{capital:?}");
        }
    }

    #[test]
    fn a_beta_of_one_costs_what_the_market_returns() {
        assert!((capm(0.03, 1.0, 0.08).unwrap() - 0.08).abs() < 1e-16);
        assert!((capm(0.03, -0.5, 0.08).unwrap() - 0.005).abs() < 1e-16);
        assert!(capm(-1e308, 1.0, 1e308).is_err() && capm(f64::NAN, 1.0, 0.1).is_err());
    }
}
