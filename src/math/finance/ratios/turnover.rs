//! How often a balance turns over in a year, how many days that takes, and the cash conversion cycle.

use crate::math::Error;
use crate::math::error::{finite, held};
use crate::math::sum::sum;

/// Turns and days of a balance; none where its divisor is zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turnover {
    /// Turns a year; none of a balance of zero.
    pub turns: Option<f64>,
    /// Days that one turn takes; none of a flow of zero.
    pub days: Option<f64>,
}

/// How often a yearly flow turns a balance over.
///
/// # Formula
/// ```text
/// turns = flow / balance,  days = balance / flow * year
///   flow     sales, cost of goods sold or purchases of one year, currency, >= 0
///   balance  receivables, inventory or payables, currency, >= 0      year  365 or 360 days
/// ```
///
/// # Errors
/// [`Error::NotFinite`], [`Error::Invalid`] for a negative flow or balance, [`Error::Overflow`]
///
/// Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (CFA Institute, 2015),
/// chapter 7, section 4.2.
pub fn turnover(flow: f64, balance: f64, year: f64) -> Result<Turnover, Error> {
    if finite(flow, "flow")? < 0.0 || finite(balance, "balance")? < 0.0 {
        return Err(Error::Invalid("a flow and the balance that it turns over are 0 or more"));
    }
    let turns = if balance > 0.0 { Some(held(flow / balance, "turnover")?) } else { None };
    let days = if flow > 0.0 { Some(held(balance / flow * year, "number of days")?) } else { None };
    Ok(Turnover { turns, days })
}

/// Days from buying to being paid, and from paying to being paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cycle {
    /// Days from buying goods to being paid for them.
    pub operating: f64,
    /// Days from paying for goods to being paid for them; below zero where suppliers finance the trade.
    pub cash: f64,
}

/// The cash conversion cycle.
///
/// # Formula
/// ```text
/// operating = dio + dso,  cash = dio + dso - dpo        days
/// ```
///
/// # Errors
/// [`Error::Overflow`]
///
/// Source: V. D. Richards, E. J. Laughlin, "A Cash Conversion Cycle Approach to Liquidity Analysis", Financial
/// Management 9 (1980), pp. 32-38.
pub fn cash_cycle(inventory: f64, sales: f64, payables: f64) -> Result<Cycle, Error> {
    let operating = held(inventory + sales, "operating cycle")?;
    Ok(Cycle { operating, cash: sum(&[inventory, sales, -payables])? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_divisor_of_zero_gives_none() {
        assert_eq!(turnover(0.0, 5.0, 365.0), Ok(Turnover { turns: Some(0.0), days: None }));
        assert_eq!(turnover(5.0, 0.0, 365.0), Ok(Turnover { turns: None, days: Some(0.0) }));
        assert_eq!(turnover(0.0, 0.0, 365.0), Ok(Turnover { turns: None, days: None }));
        assert!(turnover(-1.0, 5.0, 365.0).is_err() && turnover(1.0, -5.0, 365.0).is_err());
        assert_eq!(turnover(1e300, 1e-300, 365.0), Err(Error::Overflow { name: "turnover" }));
    }

    #[test]
    fn days_that_cancel_keep_their_digits() {
        let cycle = cash_cycle(1e16, 1.0, 1e16).unwrap();
        assert!((cycle.cash - 1.0).abs() < 1e-15);
    }
}
