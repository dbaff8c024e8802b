//! Principal over a range of payments.

use super::{part, range};
use crate::math::finance::credit::reaches;
use crate::math::finance::loan::Level;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Rate, Timing, held};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CumulativePrincipal;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// 0.005 for 6 % a year, monthly [decimal per period].
    interest_rate: Rate,
    /// From 1.
    #[schemars(range(min = 1, max = 100_000))]
    start_period: u32,
    /// Last payment.
    #[schemars(range(min = 1, max = 100_000))]
    end_period: u32,
    /// Count.
    #[schemars(range(min = 1, max = 100_000))]
    total_periods: u32,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    loan_amount: f64,
    /// Owed at the end [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    balloon_payment: f64,
    /// due: at the start.
    #[serde(default)]
    #[schemars(extend("x-foldCase" = true))]
    payment_timing: Timing,
}

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
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (amount, n) = (args.loan_amount, args.total_periods);
        let timing = args.payment_timing.into();
        let loan = Level::new(amount, args.interest_rate.0, n.into(), args.balloon_payment, timing)?;
        let range = range(&loan, args.start_period, args.end_period, n)?;
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
