//! A loan with level payments, as the tools for parts of its payments take it.

use crate::math::finance::loan::Level;
use crate::toolkit::Error;
use crate::tools::shared::{Rate, Timing, held};
use schemars::JsonSchema;
use serde::Deserialize;

// One payment of a loan. No doc comment: clients would read it in the schema.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct OnePayment {
    /// 0.005 for 6 % a year, monthly [decimal per period].
    pub(super) interest_rate: Rate,
    /// Which payment, from 1.
    #[schemars(range(min = 1, max = 100_000))]
    pub(super) period: u32,
    /// Count.
    #[schemars(range(min = 1, max = 100_000))]
    pub(super) total_periods: u32,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pub(super) loan_amount: f64,
    /// Owed at the end [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub(super) balloon_payment: f64,
    /// due: at the start.
    #[serde(default)]
    #[schemars(extend("x-foldCase" = true))]
    pub(super) payment_timing: Timing,
}

impl OnePayment {
    /// The loan.
    pub(super) fn loan(&self) -> Result<Level, Error> {
        let (rate, timing) = (self.interest_rate.0, self.payment_timing.into());
        Ok(Level::new(self.loan_amount, rate, self.total_periods.into(), self.balloon_payment, timing)?)
    }

    /// The payment's number.
    pub(super) fn number(&self) -> Result<u64, Error> {
        within(self.period, "period", self.total_periods)
    }
}

// A range of payments of a loan.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SeveralPayments {
    /// 0.005 for 6 % a year, monthly [decimal per period].
    pub(super) interest_rate: Rate,
    /// From 1.
    #[schemars(range(min = 1, max = 100_000))]
    pub(super) start_period: u32,
    /// Last payment.
    #[schemars(range(min = 1, max = 100_000))]
    pub(super) end_period: u32,
    /// Count.
    #[schemars(range(min = 1, max = 100_000))]
    pub(super) total_periods: u32,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pub(super) loan_amount: f64,
    /// Owed at the end [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub(super) balloon_payment: f64,
    /// due: at the start.
    #[serde(default)]
    #[schemars(extend("x-foldCase" = true))]
    pub(super) payment_timing: Timing,
}

impl SeveralPayments {
    /// The loan.
    pub(super) fn loan(&self) -> Result<Level, Error> {
        let (rate, timing) = (self.interest_rate.0, self.payment_timing.into());
        Ok(Level::new(self.loan_amount, rate, self.total_periods.into(), self.balloon_payment, timing)?)
    }

    /// What the range comes to.
    pub(super) fn range(&self, loan: &Level) -> Result<Range, Error> {
        range(loan, self.start_period, self.end_period, self.total_periods)
    }
}

/// Refuses a payment that the loan does not have.
fn within(period: u32, field: &str, total: u32) -> Result<u64, Error> {
    if period <= total {
        return Ok(period.into());
    }
    Err(Error::at(field, format!("got {period}; wanted: at most totalPeriods, {total}")))
}

/// A range of a loan's payments and what they come to.
pub(super) struct Range {
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) count: u64,
    pub(super) interest: f64,
    pub(super) principal: f64,
    pub(super) payments: f64,
}

/// The range from one payment to another, both included.
fn range(loan: &Level, start: u32, end: u32, total: u32) -> Result<Range, Error> {
    let last = within(end, "endPeriod", total)?;
    if start > end {
        return Err(Error::at("startPeriod", format!("got {start}; wanted: at most endPeriod, {end}")));
    }
    let first = u64::from(start);
    let count = last - first + 1;
    Ok(Range {
        first,
        last,
        count,
        interest: loan.interest_between(first, last)?,
        principal: loan.principal_between(first, last)?,
        payments: held(count as f64 * loan.payment(), "total of the payments")?,
    })
}
