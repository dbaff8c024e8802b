//! Debt: amortisation, parts of payments, annual percentage rates, refinancing, covenants, leverage, credit scores.

mod altman;
mod amortization;
mod apr;
mod beta_levering;
mod beta_unlevering;
mod capital_structure;
mod compare_options;
mod covenant;
mod covenant_monitor;
mod cumulative_interest;
mod cumulative_principal;
mod custom_schedule;
mod dscr;
mod interest_payment;
mod lease;
mod loan_schedule;
mod principal_payment;
mod refinance;

use crate::math::finance::loan::Level;
use crate::toolkit::{Entry, Error, Family};
use crate::tools::shared::held;

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "debt",
    title: "Debt and loans",
    description: "Loan schedules, parts of payments, annual percentage rates, refinancing, covenants, leverage and credit scores.",
    tools: &[
        Entry::of::<amortization::Amortization>(),
        Entry::of::<dscr::Dscr>(),
        Entry::of::<altman::Altman>(),
        Entry::of::<compare_options::CompareOptions>(),
        Entry::of::<beta_levering::BetaLevering>(),
        Entry::of::<beta_unlevering::BetaUnlevering>(),
        Entry::of::<capital_structure::CapitalStructure>(),
        Entry::of::<lease::Lease>(),
        Entry::of::<covenant::Covenant>(),
        Entry::of::<custom_schedule::CustomSchedule>(),
        Entry::of::<covenant_monitor::CovenantMonitor>(),
        Entry::of::<principal_payment::PrincipalPayment>(),
        Entry::of::<interest_payment::InterestPayment>(),
        Entry::of::<cumulative_interest::CumulativeInterest>(),
        Entry::of::<cumulative_principal::CumulativePrincipal>(),
        Entry::of::<loan_schedule::LoanSchedule>(),
        Entry::of::<apr::Apr>(),
        Entry::of::<refinance::Refinance>(),
    ],
};

/// Rows of a schedule that is not shown in full, from its start and from its end.
const SHOWN: usize = 3;

/// All rows, or the first and the last three, each of them once.
fn shown<T>(mut rows: Vec<T>, all: bool) -> Vec<T> {
    if !all && rows.len() > 2 * SHOWN {
        rows.drain(SHOWN..rows.len() - SHOWN);
    }
    rows
}

/// A part of a whole; none of a whole that is zero.
fn part(part: f64, whole: f64) -> Option<f64> {
    let share = part / whole;
    share.is_finite().then_some(share)
}

/// Refuses a payment that the loan does not have.
fn within(period: u32, field: &str, total: u32) -> Result<u64, Error> {
    if period <= total {
        return Ok(period.into());
    }
    Err(Error::at(field, format!("got {period}; wanted: at most totalPeriods, {total}")))
}

/// A range of a loan's payments and what they come to.
struct Range {
    first: u64,
    last: u64,
    count: u64,
    interest: f64,
    principal: f64,
    payments: f64,
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
