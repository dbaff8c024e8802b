//! Return on equity as a product of factors (the DuPont system).

use super::ratio;
use crate::math::Error;
use crate::math::scaled::{Scaled, parts};
use crate::math::twofold::Twofold;

/// Margin, turnover and leverage, and what they come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThreeFactors {
    /// Net income over sales, decimal.
    pub margin: f64,
    /// Sales over assets.
    pub turnover: f64,
    /// Assets over equity.
    pub multiplier: f64,
    /// The product of the factors, decimal.
    pub roe: f64,
    /// Net income over equity, decimal.
    pub direct: f64,
}

/// Return on equity by margin, turnover and leverage.
///
/// The product is made of the factors before they are rounded, so that it is the direct quotient to the last bit.
///
/// # Formula
/// ```text
/// roe = NI / S * S / A * A / E = NI / E        NI net income, S sales, A assets, E equity; S, A, E > 0
/// ```
///
/// # Errors
/// As [`ratio`].
///
/// Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (CFA Institute, 2015),
/// chapter 7, section 4.6.
pub fn three_factors(net_income: f64, sales: f64, assets: f64, equity: f64) -> Result<ThreeFactors, Error> {
    Ok(ThreeFactors {
        margin: ratio(net_income, sales, "net profit margin")?,
        turnover: ratio(sales, assets, "asset turnover")?,
        multiplier: ratio(assets, equity, "equity multiplier")?,
        direct: ratio(net_income, equity, "return on equity")?,
        roe: product(&[(net_income, sales), (sales, assets), (assets, equity)])?,
    })
}

/// Tax burden, interest burden, operating margin, turnover and leverage, and what they come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiveFactors {
    /// Net income over earnings before tax.
    pub tax_burden: f64,
    /// Earnings before tax over earnings before interest and tax.
    pub interest_burden: f64,
    /// Earnings before interest and tax over sales, decimal.
    pub ebit_margin: f64,
    /// One less the tax burden, decimal.
    pub tax_rate: f64,
    /// The product of the five factors, decimal.
    pub roe: f64,
    /// Turnover, leverage and the direct quotient.
    pub rest: ThreeFactors,
}

/// Return on equity by five factors; losses keep the identity.
///
/// # Formula
/// ```text
/// roe = NI / EBT * EBT / EBIT * EBIT / S * S / A * A / E        EBT, EBIT not 0; see [`three_factors`]
/// effective tax rate = (EBT - NI) / EBT
/// ```
///
/// # Errors
/// As [`ratio`]; [`Error::Invalid`] for earnings of zero before tax, or before interest and tax.
///
/// Source: as [`three_factors`].
pub fn five_factors(
    net_income: f64,
    ebt: f64,
    ebit: f64,
    sales: f64,
    assets: f64,
    equity: f64,
) -> Result<FiveFactors, Error> {
    if ebt == 0.0 || ebit == 0.0 {
        return Err(Error::Invalid(
            "earnings of zero before tax, or before interest and tax, burden nothing",
        ));
    }
    let links = [(net_income, ebt), (ebt, ebit), (ebit, sales), (sales, assets), (assets, equity)];
    // A quotient keeps its value when both signs change, which makes the divisor positive.
    let burden = |amount: f64, of: f64, name| ratio(amount * of.signum(), of.abs(), name);
    let tax_rate = (Scaled::from(ebt) - Scaled::from(net_income)) / Scaled::from(ebt);
    Ok(FiveFactors {
        tax_burden: burden(net_income, ebt, "tax burden")?,
        interest_burden: burden(ebt, ebit, "interest burden")?,
        ebit_margin: ratio(ebit, sales, "operating margin")?,
        tax_rate: tax_rate.value("effective tax rate")?,
        roe: product(&links)?,
        rest: three_factors(net_income, sales, assets, equity)?,
    })
}

/// The product of quotients, each with twice the digits of a float and an exponent of its own.
fn product(quotients: &[(f64, f64)]) -> Result<f64, Error> {
    let (mut product, mut exponent) = (Twofold { high: 1.0, low: 0.0 }, 0);
    for &(dividend, divisor) in quotients {
        let ((a, i), (b, j)) = (parts(dividend), parts(divisor));
        product = product.by(Twofold { high: a, low: 0.0 }.over(b));
        exponent += i - j;
    }
    Scaled::new(product.high, exponent).value("return on equity")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_out_of_balance_leave_no_trace() {
        // The first two factors come to 1e-350, below any float.
        let got = three_factors(1e-200, 1e100, 1e150, 1e-100).unwrap();
        assert!(
            (got.roe / 1e-100 - 1.0).abs() < 1e-15 && (got.direct / 1e-100 - 1.0).abs() < 1e-15,
            "{got:?}"
        );
        let got = three_factors(1e-200, 1e100, 1e150, 1e-160);
        assert_eq!(got, Err(Error::Overflow { name: "equity multiplier" }));
    }

    #[test]
    fn losses_keep_the_identity() {
        let got = five_factors(-6.0, -8.0, 4.0, 100.0, 50.0, 24.0).unwrap();
        assert!((got.roe + 0.25).abs() < 1e-16 && (got.tax_burden - 0.75).abs() < 1e-16);
        assert!((got.interest_burden + 2.0).abs() < 1e-16 && (got.tax_rate - 0.25).abs() < 1e-16);
        assert!(five_factors(1.0, 0.0, 4.0, 1.0, 1.0, 1.0).is_err());
        assert!(five_factors(1.0, 1.0, 0.0, 1.0, 1.0, 1.0).is_err());
    }
}
