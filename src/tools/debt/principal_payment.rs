//! Principal part of one payment.

use super::level::OnePayment;
use super::part;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::Serialize;

pub(super) struct PrincipalPayment;

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Level payment [currency].
    payment: f64,
    /// Repayment in it [currency].
    principal: f64,
    /// Interest in it [currency].
    interest: f64,
    /// principal / payment; null when the payment is 0 [decimal].
    principal_share: Option<f64>,
    /// interest / payment; null when the payment is 0 [decimal].
    interest_share: Option<f64>,
    /// Owed before the payment [currency].
    balance_before: f64,
    /// Owed after the payment [currency].
    balance_after: f64,
    /// Repaid so far [currency].
    equity_built: f64,
    /// period / totalPeriods [decimal].
    progress: f64,
    /// All payments and the balloon [currency].
    lifetime_payments: f64,
    /// lifetimePayments - loanAmount [currency].
    lifetime_interest: f64,
    /// lifetimeInterest / loanAmount [decimal].
    interest_to_loan: f64,
    /// Quarter of the term in which the payment falls.
    stage: Stage,
}

/// Up to a quarter, a half, three quarters of the payments, and beyond.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Stage {
    Early,
    Mid,
    Later,
    Final,
}

impl Tool for PrincipalPayment {
    const NAME: &'static str = "calculate_principal_payment";
    const TITLE: &'static str = "Principal part of one payment (PPMT)";
    const DESCRIPTION: &'static str = "Repayment within one level payment: Excel's PPMT, positive.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"interestRate": 0.08, "period": 10, "totalPeriods": 10, "loanAmount": 200000}"#,
            expect: r#"{"principal": 27598.0534624213755, "balanceAfter": 0, "equityBuilt": 200000, "stage": "final"}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of PPMT, second example ($27,598.05); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"interestRate": 0.01, "period": 5, "totalPeriods": 12, "loanAmount": 1000, "paymentTiming": "due"}"#,
            expect: r#"{"payment": 87.96909770132842, "principal": 81.23798582408413, "interest": 6.731111877244284,
                "balanceAfter": 591.8732019003443, "lifetimeInterest": 55.62917241594108, "stage": "mid"}"#,
            tolerance: 1e-12,
            source: "mpmath 1.4.1, walked payment by payment",
        },
    ];
    const FORMULA: &'static str = "\
        principal = (loanAmount - balloonPayment) * i * (1 + i)^(period - 1) / ((1 + i)^totalPeriods - 1), i = interestRate\n\
        payment = (loanAmount * g - balloonPayment) * i / (g - 1), g = (1 + i)^totalPeriods; interest = i * balanceBefore\n\
        due: all over 1 + i, payment 1 without interest; i = 0: equal parts\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), section 5.3; Microsoft Excel documentation, PPMT";
    type Args = OnePayment;
    type Output = Output;

    fn run(args: OnePayment, _: &Context) -> Result<Output, Error> {
        let k = args.number()?;
        let (amount, n) = (args.loan_amount, args.total_periods);
        let loan = args.loan()?;
        let (payment, principal, interest) = (loan.payment(), loan.principal(k)?, loan.interest(k)?);
        Ok(Output {
            payment,
            principal,
            interest,
            principal_share: part(principal, payment),
            interest_share: part(interest, payment),
            balance_before: loan.balance(k - 1)?,
            balance_after: loan.balance(k)?,
            equity_built: loan.principal_between(1, k)?,
            progress: f64::from(args.period) / f64::from(n),
            lifetime_payments: loan.lifetime_payments()?,
            lifetime_interest: loan.lifetime_interest(),
            interest_to_loan: held(loan.lifetime_interest() / amount, "interest")?,
            stage: stage(k, n.into()),
        })
    }
}

/// Compared in whole numbers: k <= n / 4 as 4 k <= n.
fn stage(k: u64, n: u64) -> Stage {
    match 4 * k {
        quarters if quarters <= n => Stage::Early,
        quarters if quarters <= 2 * n => Stage::Mid,
        quarters if quarters <= 3 * n => Stage::Later,
        _ => Stage::Final,
    }
}
