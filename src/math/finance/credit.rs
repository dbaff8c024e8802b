//! Credit measures: Altman's scores, and how far a figure is from its limit.

use crate::math::Error;
use crate::math::error::held;

/// Which firms a score is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Altman {
    /// Z: manufacturers whose shares are traded (1968).
    #[default]
    Public,
    /// Z': manufacturers whose shares are not traded; equity at book value (1983).
    Private,
    /// Z'': other firms; equity at book value, no sales (1993).
    NonManufacturer,
}

/// Where a score falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Above the upper bound.
    Safe,
    /// Above the lower bound only.
    Gray,
    /// At or below it.
    Distress,
}

/// A score with its five ratios.
///
/// # Formula
/// ```text
/// x1 = WC / TA, x2 = RE / TA, x3 = EBIT / TA, x4 = E / TL, x5 = S / TA
/// Z   = 1.2 x1 + 1.4 x2 + 3.3 x3 + 0.6 x4 + 1.0 x5              2.99, 1.81
/// Z'  = 0.717 x1 + 0.847 x2 + 3.107 x3 + 0.420 x4 + 0.998 x5    2.90, 1.23
/// Z'' = 6.56 x1 + 3.26 x2 + 6.72 x3 + 1.05 x4                   2.60, 1.10
/// ```
///
/// Source: see [`altman`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The weighted sum.
    pub z: f64,
    /// Where it falls.
    pub zone: Zone,
    /// The ratios, without their weights.
    pub ratios: [f64; 5],
}

/// What a score is made of, all in one currency.
#[derive(Clone, Copy, Debug)]
pub struct Balance {
    /// Current assets less current liabilities.
    pub working_capital: f64,
    /// Retained earnings.
    pub retained_earnings: f64,
    /// Earnings before interest and taxes.
    pub ebit: f64,
    /// Equity, at market value for [`Altman::Public`], else at book value.
    pub equity: f64,
    /// Total liabilities, > 0.
    pub liabilities: f64,
    /// Total assets, > 0.
    pub assets: f64,
    /// Sales.
    pub sales: f64,
}

impl Altman {
    /// The five weights, then the upper and lower bound.
    fn weights(self) -> ([f64; 5], f64, f64) {
        match self {
            Self::Public => ([1.2, 1.4, 3.3, 0.6, 1.0], 2.99, 1.81),
            Self::Private => ([0.717, 0.847, 3.107, 0.420, 0.998], 2.90, 1.23),
            Self::NonManufacturer => ([6.56, 3.26, 6.72, 1.05, 0.0], 2.60, 1.10),
        }
    }
}

/// Altman's score; a bound itself belongs to the lower zone.
///
/// # Formula
/// See [`Score`].
///
/// # Errors
/// [`Error::Overflow`]
///
/// Source: E. I. Altman, "Financial Ratios, Discriminant Analysis and the Prediction of Corporate Bankruptcy",
/// Journal of Finance 23 (1968), pp. 589-609; Z' and Z'': E. I. Altman, E. Hotchkiss, Corporate Financial Distress
/// and Bankruptcy, 3rd ed. (2006), chapter 11.
pub fn altman(model: Altman, b: &Balance) -> Result<Score, Error> {
    let of_assets = |amount: f64| amount / b.assets;
    let ratios = [
        of_assets(b.working_capital),
        of_assets(b.retained_earnings),
        of_assets(b.ebit),
        b.equity / b.liabilities,
        of_assets(b.sales),
    ];
    ratios.iter().try_for_each(|ratio| held(*ratio, "ratio").map(|_| ()))?;
    let (weights, upper, lower) = model.weights();
    let z = held(ratios.iter().zip(weights).map(|(x, w)| w * x).sum(), "score")?;
    let zone = if !reaches(upper, z) {
        Zone::Safe
    } else if !reaches(lower, z) {
        Zone::Gray
    } else {
        Zone::Distress
    };
    Ok(Score { z, zone, ratios })
}

/// Whether a computed figure is at least a limit, where a last digit of rounding does not count.
///
/// # Formula
/// ```text
/// value >= limit - 1e-12 |limit|        both in one unit
/// ```
/// 10 % of 3 is 0.3, and 3 - 2.7 in floats is a little less; a borrower at exactly the limit keeps it.
///
/// Source: none; the tolerance is some thousand units in the last place.
#[must_use]
pub fn reaches(value: f64, limit: f64) -> bool {
    value >= limit - 1e-12 * limit.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_the_lower_zone() {
        let zone = |sales: f64| {
            let b = Balance {
                working_capital: 0.0,
                retained_earnings: 0.0,
                ebit: 0.0,
                equity: 0.0,
                liabilities: 1.0,
                assets: 100.0,
                sales,
            };
            altman(Altman::Public, &b).unwrap().zone
        };
        assert_eq!(
            [zone(299.0), zone(299.1), zone(181.0), zone(181.1)],
            [Zone::Gray, Zone::Safe, Zone::Distress, Zone::Gray]
        );
    }

    #[test]
    fn rounding_breaks_no_limit() {
        assert!(reaches(3.0 - 2.7, 0.3) && reaches(-1.0, -1.0) && !reaches(0.299_999, 0.3));
    }
}
