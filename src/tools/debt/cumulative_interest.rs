//! Interest over a range of payments.

use super::level::SeveralPayments;
use super::part;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::Serialize;

pub(super) struct CumulativeInterest;

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Interest in the range [currency].
    interest: f64,
    /// Repayment in the range [currency].
    principal: f64,
    /// Payments in the range [currency].
    total_payments: f64,
    /// interest / periodCount [currency per payment].
    average_interest: f64,
    /// interest / totalPayments; null when the payment is 0 [decimal].
    interest_share: Option<f64>,
    /// principal / totalPayments; null when the payment is 0 [decimal].
    principal_share: Option<f64>,
    /// Level payment [currency].
    payment: f64,
    /// Payments in the range.
    period_count: u64,
    /// All payments and the balloon less the loan [currency].
    lifetime_interest: f64,
    /// interest / lifetimeInterest; null when that is 0 [decimal].
    share_of_lifetime_interest: Option<f64>,
    /// Third of the term in which the range begins.
    stage: Stage,
}

/// startPeriod / totalPeriods below 0.33, below 0.67, and from there on.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Stage {
    Early,
    Mid,
    Late,
}

impl Tool for CumulativeInterest {
    const NAME: &'static str = "calculate_cumulative_interest";
    const TITLE: &'static str = "Interest over a range of payments (CUMIPMT)";
    const DESCRIPTION: &'static str = "Interest within a range of level payments: Excel's CUMIPMT, positive.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"interestRate": 0.0075, "startPeriod": 13, "endPeriod": 24, "totalPeriods": 360, "loanAmount": 125000}"#,
            expect: r#"{"interest": 11135.2321307508427, "principal": 934.107123420898314, "payment": 1005.77827118097842,
                "periodCount": 12, "stage": "early"}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of CUMIPMT, first example (-11135.23213); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"interestRate": 0.01, "startPeriod": 1, "endPeriod": 12, "totalPeriods": 12, "loanAmount": 1000,
                "paymentTiming": "due"}"#,
            expect: r#"{"interest": 55.62917241594108, "principal": 1000, "shareOfLifetimeInterest": 1}"#,
            tolerance: 1e-12,
            source: "mpmath 1.4.1, walked payment by payment",
        },
    ];
    const FORMULA: &'static str = "\
        interest = sum over k = startPeriod .. endPeriod of i * balance after payment k - 1, i = interestRate\n\
        balance after k of n = totalPeriods: B + (loanAmount - B) * (1 - (1 + i)^(k - n)) / (1 - (1 + i)^-n), B = balloonPayment\n\
        due: over 1 + i, payment 1 without interest\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), section 5.3; Microsoft Excel documentation, CUMIPMT";
    type Args = SeveralPayments;
    type Output = Output;

    fn run(args: SeveralPayments, _: &Context) -> Result<Output, Error> {
        let n = args.total_periods;
        let loan = args.loan()?;
        let range = args.range(&loan)?;
        let begins = f64::from(args.start_period) / f64::from(n);
        let stage = match begins {
            x if x < 0.33 => Stage::Early,
            x if x < 0.67 => Stage::Mid,
            _ => Stage::Late,
        };
        Ok(Output {
            interest: range.interest,
            principal: range.principal,
            total_payments: range.payments,
            average_interest: range.interest / range.count as f64,
            interest_share: part(range.interest, range.payments),
            principal_share: part(range.principal, range.payments),
            payment: loan.payment(),
            period_count: range.count,
            lifetime_interest: loan.lifetime_interest(),
            share_of_lifetime_interest: part(range.interest, loan.lifetime_interest()),
            stage,
        })
    }
}
