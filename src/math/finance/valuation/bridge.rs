//! From the value of the enterprise to that of its shareholders.

use crate::math::Error;
use crate::math::error::finite;
use crate::math::sum::sum;

/// What stands between enterprise and equity value, currency.
#[derive(Clone, Copy, Debug, Default)]
pub struct Claims {
    /// Interest-bearing debt.
    pub debt: f64,
    /// Cash and what is as good as cash.
    pub cash: f64,
    /// Assets whose income is in no flow of the enterprise.
    pub non_operating: f64,
    /// Part of consolidated subsidiaries that others own.
    pub minority: f64,
    /// Preferred stock.
    pub preferred: f64,
}

/// The value of common equity.
///
/// # Formula
/// ```text
/// E = EV - D + C + N - M - P        all in one currency
///   EV  enterprise value    D  debt    C  cash    N  non-operating assets    M  minority interest    P  preferred stock
/// ```
///
/// # Errors
/// [`Error::NotFinite`]; [`Error::Overflow`] when a partial sum is above the largest float.
///
/// Source: T. Koller, M. Goedhart, D. Wessels, Valuation, 6th ed. (2015), chapter 14.
pub fn equity(enterprise: f64, claims: &Claims) -> Result<f64, Error> {
    let parts =
        [enterprise, -claims.debt, claims.cash, claims.non_operating, -claims.minority, -claims.preferred];
    for part in parts {
        finite(part, "part of the bridge")?;
    }
    sum(&parts).map_err(|_| Error::Overflow { name: "equity value" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_parts_survive_large_ones_that_cancel() {
        let claims = Claims { debt: 1e20, cash: 3.0, ..Claims::default() };
        assert_eq!(equity(1e20, &claims), Ok(3.0));
        assert!(equity(1e308, &Claims { cash: 1.7e308, ..Claims::default() }).is_err());
        assert!(equity(f64::NAN, &claims).is_err());
    }
}
