//! What a schedule looks like to clients.

use super::super::shown;
use crate::math::finance::loan::{self, Schedule, Terms};
use crate::toolkit::Error;
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Output {
    /// First level payment [currency].
    payment: f64,
    /// Payments until the loan is repaid or the balloon due.
    payments_made: usize,
    /// Owed after the last payment, due with it [currency].
    balloon: f64,
    /// All interest [currency].
    total_interest: f64,
    /// Principal and interest: payments, extra payments and balloon [currency].
    total_paid: f64,
    /// Date of the last payment; null without dates.
    payoff_date: Option<String>,
    /// Last payment, without balloon and extra [currency].
    final_payment: f64,
    /// Interest less than without extra payments [currency].
    interest_saved: f64,
    /// Payments fewer than without extra payments.
    payments_saved: usize,
    /// Of the start rate [decimal per year].
    effective_annual_rate: f64,
    /// Rate changes that took effect.
    adjustments: Vec<Adjusted>,
    /// All rows, or the first and last 3.
    schedule: Vec<Row>,
    /// Whether a payment did not cover its interest.
    negative_amortization: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Adjusted {
    /// First payment at the new rate.
    payment_number: u32,
    /// Index plus margin [decimal per year].
    fully_indexed_rate: f64,
    /// The rate that applies [decimal per year].
    applied_rate: f64,
    /// What set it.
    binding_limit: Limit,
    /// The payment from then on [currency].
    payment: f64,
}

/// The last limit that changed the rate.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Limit {
    None,
    InitialCap,
    PeriodicCap,
    LifetimeCap,
    Floor,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Row {
    /// Number of the payment, from 1.
    number: u32,
    /// Its date; null without dates.
    date: Option<String>,
    /// Interest and principal, without extra [currency].
    payment: f64,
    /// Interest [currency].
    interest: f64,
    /// Repayment; negative where the payment does not cover the interest [currency].
    principal: f64,
    /// Extra repayment [currency].
    extra: f64,
    /// Owed after the payment [currency].
    balance: f64,
    /// Nominal rate in force [decimal per year].
    rate: f64,
}

impl Output {
    /// A schedule, beside the same loan without extra payments.
    pub(super) fn new(terms: &Terms, made: &Schedule, without: &Schedule, all: bool) -> Result<Self, Error> {
        let last = made.rows.last();
        Ok(Self {
            payment: made.payment.or(without.payment).unwrap_or_default(),
            payments_made: made.rows.len(),
            balloon: made.balloon,
            total_interest: made.total_interest,
            total_paid: held(terms.principal + made.total_interest, "total of the payments")?,
            payoff_date: last.and_then(|row| row.date).map(|date| date.to_string()),
            final_payment: last.map_or(0.0, |row| row.payment),
            interest_saved: without.total_interest - made.total_interest,
            payments_saved: without.rows.len().saturating_sub(made.rows.len()),
            effective_annual_rate: terms.effective_rate()?,
            negative_amortization: made.rows.iter().any(|row| row.principal < 0.0),
            adjustments: made.adjustments.iter().map(Adjusted::from).collect(),
            schedule: shown(made.rows.iter().collect(), all).into_iter().map(Row::from).collect(),
        })
    }
}

impl From<&loan::Adjusted> for Adjusted {
    fn from(adjusted: &loan::Adjusted) -> Self {
        Self {
            payment_number: adjusted.payment_number,
            fully_indexed_rate: adjusted.indexed,
            applied_rate: adjusted.applied,
            binding_limit: match adjusted.limit {
                loan::Limit::None => Limit::None,
                loan::Limit::InitialCap => Limit::InitialCap,
                loan::Limit::PeriodicCap => Limit::PeriodicCap,
                loan::Limit::LifetimeCap => Limit::LifetimeCap,
                loan::Limit::Floor => Limit::Floor,
            },
            payment: adjusted.payment,
        }
    }
}

impl From<&loan::Row> for Row {
    fn from(row: &loan::Row) -> Self {
        Self {
            number: row.number,
            date: row.date.map(|date| date.to_string()),
            payment: row.payment,
            interest: row.interest,
            principal: row.principal,
            extra: row.extra,
            balance: row.balance,
            rate: row.rate,
        }
    }
}
