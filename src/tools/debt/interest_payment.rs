//! Interest part of one payment.

use super::level::OnePayment;
use super::part;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::Serialize;

pub(super) struct InterestPayment;

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Level payment [currency].
    payment: f64,
    /// Interest in it [currency].
    interest: f64,
    /// Repayment in it [currency].
    principal: f64,
    /// interest / payment; null when the payment is 0 [decimal].
    interest_share: Option<f64>,
    /// principal / payment; null when the payment is 0 [decimal].
    principal_share: Option<f64>,
    /// Owed before the payment [currency].
    opening_balance: f64,
    /// Interest in payments 1 to period [currency].
    interest_to_date: f64,
    /// All payments and the balloon less the loan [currency].
    lifetime_interest: f64,
    /// lifetimeInterest / loanAmount [decimal].
    interest_to_loan: f64,
    /// Interest in the first 12 payments; null when there are fewer [currency].
    first12_periods_interest: Option<f64>,
}

impl Tool for InterestPayment {
    const NAME: &'static str = "calculate_interest_payment";
    const TITLE: &'static str = "Interest part of one payment (IPMT)";
    const DESCRIPTION: &'static str =
        "Interest within one level payment, and paid up to it: Excel's IPMT, positive.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"interestRate": 0.1, "period": 3, "totalPeriods": 3, "loanAmount": 8000}"#,
            expect: r#"{"interest": 292.447129909365559, "first12PeriodsInterest": null}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of IPMT, second example ($292.45); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"interestRate": 0.0033333333333333335, "period": 180, "totalPeriods": 360, "loanAmount": 200000}"#,
            expect: r#"{"payment": 954.830590930919, "interest": 432.02800592664505, "principal": 522.802585004274,
                "lifetimeInterest": 143739.01273513085, "first12PeriodsInterest": 7935.894224666915}"#,
            tolerance: 1e-12,
            source: "mpmath 1.4.1, walked payment by payment",
        },
    ];
    const FORMULA: &'static str = "\
        interest = i * openingBalance, i = interestRate; openingBalance after k = period - 1 payments of totalPeriods:\n\
        balloonPayment + (loanAmount - balloonPayment) * (1 - (1 + i)^(k - n)) / (1 - (1 + i)^-n), n = totalPeriods\n\
        due: over 1 + i, payment 1 without interest\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), section 5.3; Microsoft Excel documentation, IPMT";
    type Args = OnePayment;
    type Output = Output;

    fn run(args: OnePayment, _: &Context) -> Result<Output, Error> {
        let k = args.number()?;
        let (amount, n) = (args.loan_amount, u64::from(args.total_periods));
        let loan = args.loan()?;
        let (payment, principal, interest) = (loan.payment(), loan.principal(k)?, loan.interest(k)?);
        Ok(Output {
            payment,
            interest,
            principal,
            interest_share: part(interest, payment),
            principal_share: part(principal, payment),
            opening_balance: loan.balance(k - 1)?,
            interest_to_date: loan.interest_between(1, k)?,
            lifetime_interest: loan.lifetime_interest(),
            interest_to_loan: held(loan.lifetime_interest() / amount, "interest")?,
            first12_periods_interest: (n >= 12).then(|| loan.interest_between(1, 12)).transpose()?,
        })
    }
}
