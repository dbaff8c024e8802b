//! One loan in place of another: when the costs have come back.

use super::level::Level;
use crate::math::Error;
use crate::math::error::held;
use crate::math::finance::tvm::{self, Timing};
use crate::math::sum::Sum;
use crate::math::twofold::log_growth;

/// What the new loan costs at the start.
#[derive(Clone, Copy, Debug)]
pub struct NewLoan {
    /// The loan, currency.
    pub amount: f64,
    /// Costs and points paid in cash, currency.
    pub cash: f64,
    /// What the borrower has of the loan after points and costs, currency.
    pub received: f64,
}

impl NewLoan {
    /// The loan that replaces a balance.
    ///
    /// # Formula
    /// ```text
    /// paid in cash: amount = B, cash = costs + points B, received = B - cash
    /// financed: amount = (B + costs) / (1 - points), cash = 0, received = B
    ///   B  balance to be replaced, costs  closing costs, currency     points  part of the new loan, decimal, < 1
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`]
    ///
    /// Source: W. B. Brueggeman, J. D. Fisher, Real Estate Finance and Investments, 14th ed. (2011), chapter 6.
    pub fn new(balance: f64, costs: f64, points: f64, financed: bool) -> Result<Self, Error> {
        let amount = if financed { (balance + costs) / (1.0 - points) } else { balance };
        let cash = if financed { 0.0 } else { costs + points * balance };
        held(amount, "new loan")?;
        held(cash, "cost")?;
        Ok(Self { amount, cash, received: balance - cash })
    }

    /// The rate per month that equates what is received with the payments, decimal.
    ///
    /// # Formula
    /// ```text
    /// received = PMT (1 - (1 + i)^-n) / i
    /// ```
    ///
    /// # Errors
    /// As [`tvm::irr`]; [`Error::NoSignChange`] when nothing is received.
    ///
    /// Source: 12 CFR 1026 Appendix J, equal monthly payments.
    pub fn rate(&self, loan: &Level, payments: u64, should_stop: &dyn Fn() -> bool) -> Result<f64, Error> {
        let mut flows = vec![-loan.payment(); payments as usize + 1];
        flows[0] = self.received;
        Ok(tvm::irr(&flows, 0.005, should_stop)?.irr)
    }
}

/// A loan as it is and another in its place, both paid monthly.
#[derive(Clone, Debug)]
pub struct Refinance {
    /// The loan as it is, over the payments that remain.
    pub old: (Level, u64),
    /// The loan in its place.
    pub new: (Level, u64),
    /// What is paid for it at the start, currency.
    pub cash: f64,
    /// The rate at which the months are discounted, decimal per month, > -1.
    pub discount: f64,
    /// The part of the interest that taxes give back, decimal.
    pub relief: f64,
}

impl Refinance {
    /// What changing is worth if the new loan is paid off after month 1, 2, ..., `months`.
    ///
    /// # Formula
    /// ```text
    /// NPV_k = sum over j = 1 .. k of (PMT_old - T I_old - PMT_new + T I_new)_j v^j + (B_old - B_new)_k v^k - cash
    ///   PMT  payment, I  interest in it, B  balance after it, currency; 0 after a loan's end
    ///   T    tax relief on interest, decimal     v  1 / (1 + discount rate per month)
    /// ```
    ///
    /// # Errors
    /// [`Error::RateTooLow`], [`Error::Overflow`]
    ///
    /// Source: as [`NewLoan::new`].
    pub fn values(&self, months: u64) -> Result<Vec<f64>, Error> {
        if !(self.discount > -1.0 && self.discount.is_finite()) {
            return Err(Error::RateTooLow { rate: self.discount });
        }
        let log = log_growth(self.discount).high;
        let mut saved = Sum::default();
        let mut values = Vec::with_capacity(months as usize);
        for month in 1..=months {
            let factor = (-(month as f64) * log).exp();
            saved.add((self.paid(&self.old, month)? - self.paid(&self.new, month)?) * factor);
            let ahead = (balance(&self.old, month)? - balance(&self.new, month)?) * factor;
            values.push(held(saved.total() + ahead - self.cash, "net present value")?);
        }
        Ok(values)
    }

    /// What is owed after a month, on the old loan and on the new one, currency.
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn balances(&self, month: u64) -> Result<(f64, f64), Error> {
        Ok((balance(&self.old, month)?, balance(&self.new, month)?))
    }

    /// What a month costs after tax.
    fn paid(&self, (loan, payments): &(Level, u64), month: u64) -> Result<f64, Error> {
        if month > *payments {
            return Ok(0.0);
        }
        Ok(loan.payment() - self.relief * loan.interest(month)?)
    }

    /// A loan over so many months.
    ///
    /// # Errors
    /// As [`Level::new`].
    pub fn loan(amount: f64, annual_rate: f64, payments: u64) -> Result<(Level, u64), Error> {
        Ok((Level::new(amount, annual_rate / 12.0, payments, 0.0, Timing::Ordinary)?, payments))
    }
}

/// What is owed after a month.
fn balance((loan, payments): &(Level, u64), month: u64) -> Result<f64, Error> {
    if month >= *payments { Ok(0.0) } else { loan.balance(month) }
}

/// The first month from which on the value is never below zero.
///
/// # Formula
/// ```text
/// smallest k with NPV_j >= 0 for all j >= k;  none where the last value is below zero
/// ```
///
/// Source: see [`Refinance::values`].
#[must_use]
pub fn break_even(values: &[f64]) -> Option<usize> {
    let below = values.iter().rposition(|value| *value < 0.0).map_or(0, |at| at + 1);
    (below < values.len()).then_some(below + 1)
}
