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
mod level;
mod loan_schedule;
mod principal_payment;
mod refinance;

use crate::toolkit::{Entry, Family};

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
