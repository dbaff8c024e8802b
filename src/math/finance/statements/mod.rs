//! Financial statements: one ledger of accounts by role, from which each statement takes its lines.
//!
//! Amounts are exact decimals: sections add up to the last digit, and what does not balance is a real difference.

mod balance;
mod cash;
mod income;
mod trend;

pub use balance::{BALANCE_ROLES, BalanceSection, BalanceSheet};
pub use cash::{CASH_ROLES, CashFlow, CashSection};
pub use income::{INCOME_ROLES, IncomeSection, IncomeStatement};
pub use trend::{compound_growth, growth};

use crate::math::Error;
use crate::math::decimal::{self, Decimal};

/// The roles that accounts of a statement can have, each with its section, in the order of the statement.
pub type Chart<S> = [(&'static str, S)];

/// The names of a chart's roles.
#[must_use]
pub const fn names<S, const N: usize>(chart: &[(&'static str, S); N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut i = 0;
    while i < N {
        names[i] = chart[i].0;
        i += 1;
    }
    names
}

/// Accounts of one statement: the place of each one's role in its chart, and its amount.
#[derive(Clone, Debug)]
pub struct Ledger<S: 'static> {
    chart: &'static Chart<S>,
    entries: Vec<(usize, Decimal)>,
}

impl<S: Copy + PartialEq> Ledger<S> {
    /// A ledger without accounts.
    #[must_use]
    pub fn new(chart: &'static Chart<S>) -> Self {
        Self { chart, entries: vec![] }
    }

    /// Enters an account under a role, and says to which section it belongs.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a role that the chart does not have.
    pub fn enter(&mut self, role: &str, amount: Decimal) -> Result<S, Error> {
        let place = self.chart.iter().position(|(name, _)| *name == role);
        let place = place.ok_or(Error::Invalid("the role is not of this statement"))?;
        self.entries.push((place, amount));
        Ok(self.chart[place].1)
    }

    /// The exact sum of every account of these roles.
    ///
    /// # Errors
    /// [`Error::DecimalRange`]
    pub fn of(&self, roles: &[&str]) -> Result<Decimal, Error> {
        self.total(|place| roles.contains(&self.chart[place].0))
    }

    /// The exact sum of every account of a section.
    ///
    /// # Errors
    /// [`Error::DecimalRange`]
    pub fn section(&self, section: S) -> Result<Decimal, Error> {
        self.total(|place| self.chart[place].1 == section)
    }

    fn total(&self, wanted: impl Fn(usize) -> bool) -> Result<Decimal, Error> {
        let amounts: Vec<Decimal> =
            self.entries.iter().filter(|(place, _)| wanted(*place)).map(|(_, amount)| *amount).collect();
        decimal::sum(&amounts)
    }
}

/// Whether a difference is less than a cent.
///
/// # Formula
/// ```text
/// |difference| < 0.01        currency
/// ```
///
/// Source: none; statements are published in whole units or cents.
#[must_use]
pub fn ties(difference: Decimal) -> bool {
    difference.to_f64().abs() < 0.01
}
