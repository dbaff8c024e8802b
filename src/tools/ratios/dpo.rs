//! Days until suppliers are paid.

use super::{DaysInYear, needed};
use crate::math::finance::credit::reaches;
use crate::math::finance::ratios::turnover;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DaysPayable;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// (opening + closing) / 2 [currency].
    #[schemars(range(min = 0))]
    average_accounts_payable: f64,
    /// Of one year, or purchases [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    cost_of_goods_sold: f64,
    #[serde(default)]
    days_in_year: DaysInYear,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// daysInYear · averageAccountsPayable / costOfGoodsSold [days].
    days_payable_outstanding: f64,
    /// costOfGoodsSold / averageAccountsPayable; null when the days are 0 [x per year].
    payables_turnover: Option<f64>,
    /// Above 60, 45, 30: extended, moderate, standard; 30 or less: fast.
    assessment: Assessment,
}

/// By the bounds that analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Extended,
    Moderate,
    Standard,
    Fast,
}

impl Tool for DaysPayable {
    const NAME: &'static str = "calculate_days_payable_outstanding";
    const TITLE: &'static str = "Days payable outstanding";
    const DESCRIPTION: &'static str = "Average payables in days of the yearly cost of goods sold, 365 or 360 in the year; also the turnover. \
        Where purchases are known they may stand for costOfGoodsSold, the common stand-in (purchases = cost of \
        goods sold + rise of inventory).";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"averageAccountsPayable": 63363, "costOfGoodsSold": 214137}"#,
            expect: r#"{"daysPayableOutstanding": 108.003264265400188, "payablesTurnover": 3.37952748449410539, "assessment": "extended"}"#,
            tolerance: 1e-15,
            source: "Apple Inc., form 10-K for fiscal 2023, cost of sales and the mean of two balance sheets, \
                millions; by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"averageAccountsPayable": 100, "costOfGoodsSold": 1200, "daysInYear": 360}"#,
            expect: r#"{"daysPayableOutstanding": 30, "payablesTurnover": 12, "assessment": "fast"}"#,
            tolerance: 1e-15,
            source: "by hand: 360 / 12",
        },
    ];
    const FORMULA: &'static str = "\
        daysPayableOutstanding = daysInYear * averageAccountsPayable / costOfGoodsSold; payablesTurnover = daysInYear / daysPayableOutstanding\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let got = turnover(args.cost_of_goods_sold, args.average_accounts_payable, args.days_in_year.into())?;
        let days_payable_outstanding = needed(got.days)?;
        if got.turns.is_none() {
            cx.warn("averageAccountsPayable is 0: there is nothing to pay, so payablesTurnover is null");
        }
        let assessment = match days_payable_outstanding {
            days if !reaches(60.0, days) => Assessment::Extended,
            days if !reaches(45.0, days) => Assessment::Moderate,
            days if !reaches(30.0, days) => Assessment::Standard,
            _ => Assessment::Fast,
        };
        Ok(Output { days_payable_outstanding, payables_turnover: got.turns, assessment })
    }
}
