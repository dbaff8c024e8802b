//! Bullet, balloon and interest-only loans.

use crate::math::finance::loan::Level;
use crate::math::finance::tvm::Timing;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CustomSchedule;

/// bullet = interest_only: principal at the end. balloon: level payments down to it.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Bullet,
    Balloon,
    InterestOnly,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    principal: f64,
    /// Nominal [decimal per year].
    #[schemars(range(min = 0))]
    annual_rate: f64,
    /// [years]
    #[schemars(range(min = 1, max = 100))]
    term: u32,
    payment_type: Kind,
    /// With balloon only, at most principal [currency].
    #[schemars(range(min = 0))]
    balloon_payment: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Each payment but the last [currency per month].
    monthly_payment: f64,
    /// The last payment with what is owed then [currency].
    final_payment: f64,
    /// 12 · term.
    number_of_payments: u32,
    /// All payments [currency].
    total_payments: f64,
    /// All payments less the loan [currency].
    total_interest: f64,
    /// totalInterest / principal [decimal].
    interest_cost_ratio: f64,
}

impl Tool for CustomSchedule {
    const NAME: &'static str = "calculate_custom_payment_schedule";
    const TITLE: &'static str = "Bullet, balloon or interest-only loan";
    const DESCRIPTION: &'static str =
        "Monthly and final payment of a bullet, balloon or interest-only loan. Rows: generate_loan_schedule.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"principal": 1000000, "annualRate": 0.06, "term": 5, "paymentType": "balloon", "balloonPayment": 300000}"#,
            expect: r#"{"monthlyPayment": 15032.9610705995429, "finalPayment": 315032.961070599543, "numberOfPayments": 60,
                "totalPayments": 1201977.66423597257, "totalInterest": 201977.664235972572, "interestCostRatio": 0.201977664235972572}"#,
            tolerance: 1e-13,
            source: "mpmath 1.4.1, 50 digits",
        },
        Example {
            arguments: r#"{"principal": 100000, "annualRate": 0.06, "term": 2, "paymentType": "bullet"}"#,
            expect: r#"{"monthlyPayment": 500, "finalPayment": 100500, "totalPayments": 112000, "totalInterest": 12000,
                "interestCostRatio": 0.12}"#,
            tolerance: 1e-15,
            source: "by hand: 24 months at 100000 · 0.06 / 12",
        },
    ];
    const FORMULA: &'static str = "\
        i = annualRate / 12, n = 12 term; paymentType bullet and interest_only: payment = principal * i, the last one + principal\n\
        balloon: payment = (principal * g - balloonPayment) * i / (g - 1), g = (1 + i)^n; the last one + balloonPayment\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 5.2-5.3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let balloon = balloon(&args)?;
        let n = 12 * args.term;
        let rate = args.annual_rate / 12.0;
        let loan = Level::new(args.principal, rate, n.into(), balloon, Timing::Ordinary)?;
        let payment = loan.payment();
        Ok(Output {
            monthly_payment: payment,
            final_payment: held(payment + balloon, "final payment")?,
            number_of_payments: n,
            total_payments: loan.lifetime_payments()?,
            total_interest: loan.lifetime_interest(),
            interest_cost_ratio: held(loan.lifetime_interest() / args.principal, "cost ratio")?,
        })
    }
}

/// What is owed with the last payment.
fn balloon(args: &Args) -> Result<f64, Error> {
    let refuse = |message: String| Err(Error::at("balloonPayment", message));
    match (args.payment_type, args.balloon_payment) {
        (Kind::Balloon, None) => refuse("missing; wanted: what is owed at the end, such as 0".into()),
        (Kind::Balloon, Some(balloon)) if balloon > args.principal => {
            refuse(format!("got {balloon}; wanted: at most principal, {}", args.principal))
        }
        (Kind::Balloon, Some(balloon)) => Ok(balloon),
        (_, Some(balloon)) => refuse(format!("got {balloon}; wanted: nothing, or paymentType balloon")),
        (_, None) => Ok(args.principal),
    }
}
