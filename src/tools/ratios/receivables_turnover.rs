//! How often a year receivables are collected.

use super::{DaysInYear, grade, needed};
use crate::math::finance::ratios::turnover;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct ReceivablesTurnover;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Of one year [currency].
    #[schemars(range(min = 0))]
    net_credit_sales: f64,
    /// (opening + closing) / 2 [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    average_accounts_receivable: f64,
    #[serde(default)]
    days_in_year: DaysInYear,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// netCreditSales / averageAccountsReceivable [x per year].
    receivables_turnover: f64,
    /// daysInYear / receivablesTurnover; null when the turnover is 0 [days].
    days_sales_outstanding: Option<f64>,
    /// From 12, 8, 4 on: excellent, good, moderate; below: slow.
    assessment: Assessment,
}

/// By the bounds that analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Excellent,
    Good,
    Moderate,
    Slow,
}

impl Tool for ReceivablesTurnover {
    const NAME: &'static str = "calculate_receivables_turnover";
    const TITLE: &'static str = "Receivables turnover";
    const DESCRIPTION: &'static str = "Yearly net credit sales over average receivables, and the days to collect (365 or 360 in the year; null \
        when nothing is sold).";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netCreditSales": 305830, "averageAccountsReceivable": 13850}"#,
            expect: r#"{"receivablesTurnover": 22.0815884476534296, "daysSalesOutstanding": 16.5296079521302684, "assessment": "excellent"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2009 (22.08 times, on closing receivables); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"netCreditSales": 70000, "averageAccountsReceivable": 25000}"#,
            expect: r#"{"receivablesTurnover": 2.8, "daysSalesOutstanding": 130.357142857142857, "assessment": "slow"}"#,
            tolerance: 1e-15,
            source: "OpenStax, Principles of Finance (2022), chapter 6, problem 1, receivables of 20000 and 30000; by \
                hand: 70 / 25; further digits by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        receivablesTurnover = netCreditSales / averageAccountsReceivable; daysSalesOutstanding = daysInYear / receivablesTurnover\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let got =
            turnover(args.net_credit_sales, args.average_accounts_receivable, args.days_in_year.into())?;
        let receivables_turnover = needed(got.turns)?;
        if got.days.is_none() {
            cx.warn("netCreditSales is 0: nothing is sold, so no number of days collects the receivables");
        }
        let assessment = grade(
            receivables_turnover,
            [(12.0, Assessment::Excellent), (8.0, Assessment::Good), (4.0, Assessment::Moderate)],
            Assessment::Slow,
        );
        Ok(Output { receivables_turnover, days_sales_outstanding: got.days, assessment })
    }
}
