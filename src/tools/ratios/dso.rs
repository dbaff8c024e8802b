//! Days until customers pay.

use super::{DaysInYear, grade, needed};
use crate::math::finance::ratios::turnover;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DaysSales;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// (opening + closing) / 2 [currency].
    #[schemars(range(min = 0))]
    average_accounts_receivable: f64,
    /// Of one year [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    net_sales: f64,
    #[serde(default)]
    days_in_year: DaysInYear,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// daysInYear · averageAccountsReceivable / netSales [days].
    days_sales_outstanding: f64,
    /// netSales / averageAccountsReceivable; null when the days are 0 [x per year].
    receivables_turnover: Option<f64>,
    /// Below 30, 45, 60: excellent, good, moderate; from there on: slow.
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

impl Tool for DaysSales {
    const NAME: &'static str = "calculate_days_sales_outstanding";
    const TITLE: &'static str = "Days sales outstanding";
    const DESCRIPTION: &'static str =
        "Average receivables in days of yearly net sales, 365 or 360 in the year; also the turnover.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"averageAccountsReceivable": 290, "netSales": 4200}"#,
            expect: r#"{"daysSalesOutstanding": 25.2023809523809524, "receivablesTurnover": 14.4827586206896552, "assessment": "excellent"}"#,
            tolerance: 1e-15,
            source: "by hand from balances of 280 and 300: 4200 / 290 = 14.483 turns, 25.20 days; further digits by \
                mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"averageAccountsReceivable": 150, "netSales": 1200, "daysInYear": 360}"#,
            expect: r#"{"daysSalesOutstanding": 45, "receivablesTurnover": 8, "assessment": "moderate"}"#,
            tolerance: 1e-15,
            source: "by hand: 360 / 8",
        },
    ];
    const FORMULA: &'static str = "\
        daysSalesOutstanding = daysInYear * averageAccountsReceivable / netSales; receivablesTurnover = daysInYear / daysSalesOutstanding\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let got = turnover(args.net_sales, args.average_accounts_receivable, args.days_in_year.into())?;
        let days_sales_outstanding = needed(got.days)?;
        if got.turns.is_none() {
            cx.warn(
                "averageAccountsReceivable is 0: there is nothing to collect, so receivablesTurnover is null",
            );
        }
        let assessment = grade(
            days_sales_outstanding,
            [(60.0, Assessment::Slow), (45.0, Assessment::Moderate), (30.0, Assessment::Good)],
            Assessment::Excellent,
        );
        Ok(Output { days_sales_outstanding, receivables_turnover: got.turns, assessment })
    }
}
