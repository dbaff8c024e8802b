//! Annual percentage rate of a loan with charges: Regulation Z and the European directive.

mod flows;

use crate::math::finance::loan::{self, Flow, Unit};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::dates::Day;
use crate::tools::shared::{held, warn_of_idle};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Apr;

/// us_reg_z: nominal, by unit-periods. eu_aprc: effective.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Method {
    UsRegZ,
    EuAprc,
}

/// For us_reg_z.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
enum UnitPeriod {
    #[default]
    Auto,
    Day,
    Week,
    TwoWeeks,
    HalfMonth,
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// Needed when count > 1.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Frequency {
    Weekly,
    Biweekly,
    SemiMonthly,
    Monthly,
    Quarterly,
    SemiAnnual,
    Annual,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    method: Method,
    /// Received.
    #[schemars(length(min = 1, max = 2000))]
    advances: Vec<Advance>,
    /// Paid; a row repeats count times.
    #[schemars(length(min = 1, max = 2000))]
    payments: Vec<Payment>,
    /// Off the first advance [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    prepaid_finance_charge: f64,
    #[serde(default)]
    unit_period: UnitPeriod,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    /// 2024-01-31
    date: Day,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    amount: f64,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Payment {
    /// First of the row.
    date: Day,
    /// Each [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    amount: f64,
    /// How many.
    #[serde(default = "once")]
    #[schemars(range(min = 1, max = 2000))]
    count: u32,
    frequency: Option<Frequency>,
}

fn once() -> u32 {
    1
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// us_reg_z: unit-period rate times unit-periods per year; eu_aprc: effective [decimal per year].
    apr: f64,
    /// Rate per unit-period; per year for eu_aprc [decimal].
    rate_per_unit_period: f64,
    /// The rate compounded over a year [decimal per year].
    effective_annual_rate: f64,
    /// Unit-period of the loan; null for eu_aprc.
    unit_period: Option<String>,
    /// How many make a year; null for eu_aprc [per year].
    unit_periods_per_year: Option<f64>,
    /// Advances less prepaidFinanceCharge [currency].
    amount_financed: f64,
    /// All payments [currency].
    total_of_payments: f64,
    /// totalOfPayments - amountFinanced [currency].
    finance_charge: f64,
    /// Number of payments.
    payment_count: usize,
    /// From the start to the first payment; null for eu_aprc [unit-periods].
    first_period_unit_periods: Option<f64>,
    /// Whether the search settled; otherwise the call is refused.
    converged: bool,
    /// Evaluations of the present value.
    iterations: u32,
    /// Present value left at the rate over the sum of the absolute ones [ratio].
    residual: f64,
}

impl Tool for Apr {
    const NAME: &'static str = "calculate_loan_apr";
    const TITLE: &'static str = "APR: US Reg Z actuarial, EU/UK APRC";
    const DESCRIPTION: &'static str = "Annual percentage rate of a loan with charges, odd first period, several advances or irregular payments.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"method": "us_reg_z", "advances": [{"date": "1978-02-10", "amount": 6000}],
                "payments": [{"date": "1978-04-01", "amount": 200, "count": 36, "frequency": "monthly"}]}"#,
            expect: r#"{"apr": 0.118165082908, "ratePerUnitPeriod": 0.00984709024235502, "unitPeriod": "month", "unitPeriodsPerYear": 12,
                "firstPeriodUnitPeriods": 1.63333333333333333, "paymentCount": 36, "financeCharge": 1200}"#,
            tolerance: 1e-11,
            source: "12 CFR 1026 Appendix J (c)(1)(ii): 11.82 %; further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"method": "eu_aprc", "advances": [{"date": "2023-01-15", "amount": 1000}],
                "payments": [{"date": "2024-07-15", "amount": 1200}]}"#,
            expect: r#"{"apr": 0.129243234657234, "unitPeriod": null, "firstPeriodUnitPeriods": null}"#,
            tolerance: 1e-12,
            source: "closed form 1.2^(12/18) - 1 of Directive 2008/48/EC, Annex I, by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        us_reg_z: sum of advances / ((1 + e i) (1 + i)^q) = sum of payments / ((1 + f i) (1 + i)^t); apr = i * unit-periods per year\n\
        q, t whole unit-periods from the first advance, e, f fractions of one\n\
        eu_aprc: sum of advances (1 + X)^-t = sum of payments (1 + X)^-s, times in years; apr = X; by method\n\
        Source: 12 CFR 1026 Appendix J (b)(8); Directive 2008/48/EC, Annex I, part I";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (advances, payments) = flows::flows(&args)?;
        let stop = || cx.should_stop();
        let total = |flows: &[Flow]| flows.iter().map(|flow| flow.amount).sum::<f64>();
        let (amount_financed, total_of_payments) = (total(&advances), total(&payments));
        let unit = match args.method {
            Method::EuAprc => None,
            Method::UsRegZ => Some(unit(args.unit_period, &advances, &payments)?),
        };
        let found = match unit {
            Some(unit) => loan::regulation_z(&advances, &payments, unit, &stop)?,
            None => loan::european(&advances, &payments, &stop)?,
        };
        if found.others > 0 {
            cx.warn(format!(
                "{} rates balance advances and payments: apr is the one nearest 10 % a year",
                found.others + 1
            ));
        }
        let elsewhere = unit.is_none() && !matches!(args.unit_period, UnitPeriod::Auto);
        warn_of_idle(cx, &[(elsewhere, "unitPeriod", "us_reg_z")]);
        let span = unit.map(|unit| unit.between(advances[0].date, &payments[0])).transpose()?;
        let per_year = unit.map(Unit::per_year);
        Ok(Output {
            apr: found.apr,
            rate_per_unit_period: found.per_unit,
            effective_annual_rate: effective(found.per_unit, per_year.unwrap_or(1.0))?,
            unit_period: unit.map(name),
            unit_periods_per_year: per_year,
            amount_financed,
            total_of_payments: held(total_of_payments, "total of the payments")?,
            finance_charge: held(total_of_payments - amount_financed, "finance charge")?,
            payment_count: payments.len(),
            first_period_unit_periods: span.map(|span| span.whole + span.fraction),
            converged: true,
            iterations: found.iterations,
            residual: found.residual,
        })
    }
}

fn effective(rate: f64, per_year: f64) -> Result<f64, Error> {
    held((per_year * rate.ln_1p()).exp_m1(), "effective rate")
}

fn unit(wanted: UnitPeriod, advances: &[Flow], payments: &[Flow]) -> Result<Unit, Error> {
    Ok(match wanted {
        UnitPeriod::Auto => loan::unit_period(advances, payments)?,
        UnitPeriod::Day => Unit::Days(1),
        UnitPeriod::Week => Unit::Weeks(1),
        UnitPeriod::TwoWeeks => Unit::Weeks(2),
        UnitPeriod::HalfMonth => Unit::HalfMonth,
        UnitPeriod::Month => Unit::Months(1),
        UnitPeriod::Quarter => Unit::Months(3),
        UnitPeriod::HalfYear => Unit::Months(6),
        UnitPeriod::Year => Unit::Months(12),
    })
}

/// As the argument calls it, where it has a name there.
fn name(unit: Unit) -> String {
    match unit {
        Unit::Days(1) => "day".into(),
        Unit::Weeks(1) => "week".into(),
        Unit::Weeks(2) => "two_weeks".into(),
        Unit::HalfMonth => "half_month".into(),
        Unit::Months(1) | Unit::Term(1) => "month".into(),
        Unit::Months(3) | Unit::Term(3) => "quarter".into(),
        Unit::Months(6) | Unit::Term(6) => "half_year".into(),
        Unit::Months(12) => "year".into(),
        Unit::Days(days) => format!("{days} days"),
        Unit::Weeks(weeks) => format!("{weeks} weeks"),
        Unit::Months(months) | Unit::Term(months) => format!("{months} months"),
    }
}
