//! Principal over a range of payments.

use super::level::SeveralPayments;
use super::part;
use crate::math::finance::credit::reaches;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::Serialize;

pub(super) struct CumulativePrincipal;

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Repayment in the range [currency].
    principal: f64,
    /// Interest in the range [currency].
    interest: f64,
    /// Payments in the range [currency].
    total_payments: f64,
    /// principal / periodCount [currency per payment].
    average_principal: f64,
    /// principal / totalPayments; null when the payment is 0 [decimal].
    principal_share: Option<f64>,
    /// interest / totalPayments; null when the payment is 0 [decimal].
    interest_share: Option<f64>,
    /// Level payment [currency].
    payment: f64,
    /// Payments in the range.
    period_count: u64,
    /// Owed before the range [currency].
    balance_at_start: f64,
    /// Owed after the range; after the last payment a balloon is still owed [currency].
    balance_at_end: f64,
    /// Part of the loan repaid by then [decimal].
    paid_off_share: f64,
    /// Part of the loan owed then [decimal].
    remaining_share: f64,
    /// Payments after the range.
    remaining_payments: u32,
    /// How much is repaid after the range.
    stage: Stage,
}

/// paidOffShare below 0.25, 0.5, 0.75, and from there on.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Stage {
    Early,
    Building,
    WellAlong,
    NearlyComplete,
}

impl Tool for CumulativePrincipal {
    const NAME: &'static str = "calculate_cumulative_principal";
    const TITLE: &'static str = "Principal over a range of payments (CUMPRINC)";
    const DESCRIPTION: &'static str =
        "Repayment within a range of level payments: Excel's CUMPRINC, positive.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"interestRate": 0.0075, "startPeriod": 13, "endPeriod": 24, "totalPeriods": 360, "loanAmount": 125000}"#,
            expect: r#"{"principal": 934.107123420898314, "interest": 11135.2321307508427, "balanceAtStart": 124146.003626956577,
                "balanceAtEnd": 123211.896503535678, "remainingPayments": 336, "stage": "early"}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of CUMPRINC, first example (-934.1071234); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"interestRate": 0.005, "startPeriod": 1, "endPeriod": 60, "totalPeriods": 60, "loanAmount": 50000,
                "balloonPayment": 15000, "paymentTiming": "due"}"#,
            expect: r#"{"principal": 35074.62686567164, "interest": 9799.883792834456, "balanceAtEnd": 14925.37313432836,
                "remainingPayments": 0}"#,
            tolerance: 1e-12,
            source: "mpmath 1.4.1, walked payment by payment; 15000 / 1.005",
        },
    ];
    const FORMULA: &'static str = "\
        principal = (loanAmount - balloonPayment) * ((1 + i)^endPeriod - (1 + i)^(startPeriod - 1)) / ((1 + i)^totalPeriods - 1)\n\
        i = interestRate; i = 0: equal parts; due: over 1 + i, and payment 1 is repayment as a whole\n\
        balanceAtEnd = loanAmount - principal of payments 1 .. endPeriod\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), section 5.3; Microsoft Excel documentation, CUMPRINC";
    type Args = SeveralPayments;
    type Output = Output;

    fn run(args: SeveralPayments, _: &Context) -> Result<Output, Error> {
        let (amount, n) = (args.loan_amount, args.total_periods);
        let loan = args.loan()?;
        let range = args.range(&loan)?;
        let balance_at_end = loan.balance(range.last)?;
        let paid_off_share = held(loan.principal_between(1, range.last)? / amount, "share")?;
        Ok(Output {
            principal: range.principal,
            interest: range.interest,
            total_payments: range.payments,
            average_principal: range.principal / range.count as f64,
            principal_share: part(range.principal, range.payments),
            interest_share: part(range.interest, range.payments),
            payment: loan.payment(),
            period_count: range.count,
            balance_at_start: loan.balance(range.first - 1)?,
            balance_at_end,
            paid_off_share,
            remaining_share: held(balance_at_end / amount, "share")?,
            remaining_payments: n - args.end_period,
            stage: stage(paid_off_share),
        })
    }
}

fn stage(paid_off: f64) -> Stage {
    match paid_off {
        x if !reaches(x, 0.25) => Stage::Early,
        x if !reaches(x, 0.5) => Stage::Building,
        x if !reaches(x, 0.75) => Stage::WellAlong,
        _ => Stage::NearlyComplete,
    }
}
