//! Level-payment amortisation schedule.

use super::shown;
use crate::math::finance::loan::Level;
use crate::math::finance::tvm::Timing;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Amortization;

/// Of payments.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Frequency {
    Monthly,
    Quarterly,
    Annual,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    principal: f64,
    /// Nominal, 0.06 for 6 % [decimal per year].
    #[schemars(range(min = 0))]
    annual_rate: f64,
    /// [years]
    #[schemars(range(min = 1, max = 100))]
    years: u32,
    frequency: Frequency,
    /// false: first and last 3 rows.
    #[serde(default)]
    show_full_schedule: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Each payment [currency].
    payment: f64,
    /// Number of payments.
    number_of_payments: u32,
    /// numberOfPayments · payment [currency].
    total_payments: f64,
    /// totalPayments - principal [currency].
    total_interest: f64,
    /// The loan [currency].
    total_principal: f64,
    /// All rows, or the first and last 3 of a longer schedule.
    schedule: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    /// Number of the payment, from 1.
    number: u32,
    /// Interest and principal [currency].
    payment: f64,
    /// Repayment [currency].
    principal: f64,
    /// Opening balance times the periodic rate [currency].
    interest: f64,
    /// Owed after the payment [currency].
    balance: f64,
}

impl Tool for Amortization {
    const NAME: &'static str = "create_amortization_schedule";
    const TITLE: &'static str = "Level-payment amortisation schedule";
    const DESCRIPTION: &'static str = "Schedule of a loan with level payments in arrears. Extra payments, balloons, dates, cents: generate_loan_schedule.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"principal": 250000, "annualRate": 0.0525, "years": 30, "frequency": "monthly"}"#,
            expect: r#"{"payment": 1380.51, "numberOfPayments": 360, "totalPrincipal": 250000, "schedule": [
                {"number": 1, "interest": 1093.75, "principal": 286.76, "balance": 249713.24}, {"number": 2},
                {"number": 3}, {"number": 358}, {"number": 359}, {"number": 360, "balance": 0}]}"#,
            tolerance: 4e-6,
            source: "hp 12c platinum user's guide (2005), page 71: amortisation of the 30-year mortgage, to the cent",
        },
        Example {
            arguments: r#"{"principal": 200000, "annualRate": 0.04, "years": 30, "frequency": "monthly"}"#,
            expect: r#"{"payment": 954.830590930918985, "totalPayments": 343739.012735130835,
                "totalInterest": 143739.012735130835, "schedule": [
                {"principal": 288.163924264252318, "interest": 666.666666666666667, "balance": 199711.836075735748},
                {}, {"balance": 199132.62338614322}, {"balance": 1900.15513675174328},
                {"interest": 6.33385045583914427}, {"principal": 951.65839627666344, "balance": 0}]}"#,
            tolerance: 1e-12,
            source: "mpmath 1.4.1, 50 digits, walked payment by payment",
        },
    ];
    const FORMULA: &'static str = "\
        payment = principal * i * g / (g - 1), g = (1 + i)^n; i = 0: principal / n\n\
        i = annualRate / m, n = years * m; m = 12, 4 or 1 by frequency\n\
        interest = opening balance * i; principal part = payment - interest; the last balance is 0\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 5.3-5.4";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let per_year = match args.frequency {
            Frequency::Monthly => 12,
            Frequency::Quarterly => 4,
            Frequency::Annual => 1,
        };
        let n = args.years * per_year;
        let rate = args.annual_rate / f64::from(per_year);
        let loan = Level::new(args.principal, rate, n.into(), 0.0, Timing::Ordinary)?;
        let row = |number: u32| -> Result<Row, Error> {
            let k = number.into();
            let (principal, interest) = (loan.principal(k)?, loan.interest(k)?);
            Ok(Row { number, payment: loan.payment(), principal, interest, balance: loan.balance(k)? })
        };
        let numbers = shown((1..=n).collect(), args.show_full_schedule);
        Ok(Output {
            payment: loan.payment(),
            number_of_payments: n,
            total_payments: loan.lifetime_payments()?,
            total_interest: loan.lifetime_interest(),
            total_principal: args.principal,
            schedule: numbers.into_iter().map(row).collect::<Result<_, _>>()?,
        })
    }
}
