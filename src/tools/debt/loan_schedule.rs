//! Full schedule of a loan: extra payments, changing rates, dates, cents.

mod result;
mod terms;

use crate::math::finance::loan::{self, Terms};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::dates::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use result::Output;

pub(super) struct LoanSchedule;

/// accelerated_biweekly: half the monthly payment.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
enum Frequency {
    #[default]
    Monthly,
    SemiMonthly,
    Biweekly,
    #[serde(rename = "accelerated_biweekly")]
    AcceleratedBiweekly,
    Weekly,
    Quarterly,
    SemiAnnual,
    Annual,
}

/// semiAnnual: Canada.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
enum Compounding {
    #[default]
    MatchPayment,
    SemiAnnual,
    Monthly,
    Annual,
}

/// Equal periods, or by dates.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Method {
    #[default]
    Periodic,
    #[serde(rename = "actual_360")]
    Actual360,
    #[serde(rename = "actual_365")]
    Actual365,
    #[serde(rename = "30_360")]
    Thirty360,
}

/// Of half a cent.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
enum Mode {
    #[default]
    HalfEven,
    HalfUp,
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
    /// Until the balloon is due.
    #[schemars(range(min = 1, max = 1600))]
    number_of_payments: u32,
    #[serde(default)]
    payment_frequency: Frequency,
    #[serde(default)]
    compounding: Compounding,
    #[serde(default)]
    interest_method: Method,
    /// For dated methods.
    start_date: Option<Day>,
    /// Default one period after startDate.
    first_payment_date: Option<Day>,
    /// At the start.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1599))]
    interest_only_payments: u32,
    /// More than numberOfPayments leave a balloon.
    #[schemars(range(min = 1, max = 10_000))]
    amortization_payments: Option<u32>,
    /// Every time [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    extra_payment: f64,
    /// Single ones.
    #[serde(default)]
    #[schemars(length(max = 1600))]
    extra_payments: Vec<Extra>,
    /// New payment after extra ones.
    #[serde(default)]
    recast: bool,
    /// ARM: index + margin.
    #[serde(default)]
    #[schemars(length(max = 1600))]
    rate_adjustments: Vec<Adjustment>,
    /// [decimal per year]
    #[serde(default)]
    margin: f64,
    /// First change, either way [decimal per year].
    #[schemars(range(min = 0))]
    initial_cap: Option<f64>,
    /// Later changes [decimal per year].
    #[schemars(range(min = 0))]
    periodic_cap: Option<f64>,
    /// Above annualRate [decimal per year].
    #[schemars(range(min = 0))]
    lifetime_cap: Option<f64>,
    /// [decimal per year]
    floor_rate: Option<f64>,
    /// To cents.
    #[serde(default)]
    round_payments: bool,
    #[serde(default)]
    rounding_mode: Mode,
    /// false: first and last 3 rows.
    #[serde(default = "yes")]
    show_full_schedule: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Extra {
    /// Its number.
    #[schemars(range(min = 1, max = 1600))]
    payment_number: u32,
    /// [currency]
    #[schemars(range(min = 0))]
    amount: f64,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Adjustment {
    /// First payment at the new rate.
    #[schemars(range(min = 2, max = 1600))]
    payment_number: u32,
    /// [decimal per year]
    index_rate: f64,
}

impl Tool for LoanSchedule {
    const NAME: &'static str = "generate_loan_schedule";
    const TITLE: &'static str =
        "Full loan or mortgage schedule (extra payments, ARM, Canadian, daily interest)";
    const DESCRIPTION: &'static str = "Loan payment by payment, in arrears: extra payments, interest-only start, balloon, adjustable rate with caps, Canadian \
        compounding, interest by days, cents.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"principal": 30000, "annualRate": 0.09, "numberOfPayments": 360, "compounding": "semiAnnual",
                "showFullSchedule": false}"#,
            expect: r#"{"payment": 237.849764587330242, "paymentsMade": 360, "balloon": 0, "effectiveAnnualRate": 0.092025}"#,
            tolerance: 1e-12,
            source: "HP 12c support page «Calculating Canadian Mortgages» (-237.85); further digits by mpmath 1.4.1; 1.045^2 - 1",
        },
        Example {
            arguments: r#"{"principal": 100000, "annualRate": 0.06, "numberOfPayments": 780,
                "paymentFrequency": "accelerated_biweekly", "showFullSchedule": false}"#,
            expect: r#"{"payment": 299.775262576376197, "paymentsMade": 638, "totalInterest": 91026.1825762838344,
                "finalPayment": 69.3403151321967022}"#,
            tolerance: 1e-11,
            source: "mpmath 1.4.1, 50 digits, walked payment by payment",
        },
    ];
    const FORMULA: &'static str = "\
        i = (1 + annualRate / C)^(C / P) - 1 (matchPayment: annualRate / P), or annualRate * days / 360 or 365\n\
        payment = principal * i / (1 - (1 + i)^-(amortizationPayments - interestOnlyPayments)); new after a rate change or recast\n\
        balance = balance + interest - payment - extra; after numberOfPayments it is the balloon\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), chapter 5; Interest Act (Canada), section 6; 12 CFR 1026.19(b)";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let terms = terms::terms(&args)?;
        let stop = || cx.should_stop();
        let made = loan::schedule(&terms, &stop)?;
        let plain = Terms { extra: 0.0, extras: Vec::new(), recast: false, ..terms.clone() };
        let has_extra = terms.extra > 0.0 || !terms.extras.is_empty();
        let without = if has_extra { loan::schedule(&plain, &stop)? } else { made.clone() };
        terms::tell(cx, &args, &terms, &made);
        Output::new(&terms, &made, &without, args.show_full_schedule)
    }
}
