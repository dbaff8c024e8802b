//! Days that inventory lies.

use super::{DaysInYear, grade, needed};
use crate::math::finance::ratios::turnover;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DaysInventory;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// (opening + closing) / 2 [currency].
    #[schemars(range(min = 0))]
    average_inventory: f64,
    /// Of one year [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    cost_of_goods_sold: f64,
    #[serde(default)]
    days_in_year: DaysInYear,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// daysInYear · averageInventory / costOfGoodsSold [days].
    days_inventory_outstanding: f64,
    /// costOfGoodsSold / averageInventory; null when the days are 0 [x per year].
    inventory_turnover: Option<f64>,
    /// Below 30, 60, 90: veryFast, fast, moderate; from there on: slow.
    assessment: Assessment,
}

/// By the bounds that analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    VeryFast,
    Fast,
    Moderate,
    Slow,
}

impl Tool for DaysInventory {
    const NAME: &'static str = "calculate_days_inventory_outstanding";
    const TITLE: &'static str = "Days inventory outstanding";
    const DESCRIPTION: &'static str = "Average inventory in days of the yearly cost of goods sold, 365 or 360 in the year; also the turnover.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"averageInventory": 187.5, "costOfGoodsSold": 2800}"#,
            expect: r#"{"daysInventoryOutstanding": 24.4419642857142857, "inventoryTurnover": 14.9333333333333333, "assessment": "veryFast"}"#,
            tolerance: 1e-15,
            source: "by hand from balances of 190 and 185: 2800 / 187.5 = 14.933 turns, 24.44 days; further digits by \
                mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"averageInventory": 5638.5, "costOfGoodsSold": 214137}"#,
            expect: r#"{"daysInventoryOutstanding": 9.6109149749926449}"#,
            tolerance: 1e-15,
            source: "Apple Inc., form 10-K for fiscal 2023, cost of sales and the mean of two balance sheets, \
                millions; by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        daysInventoryOutstanding = daysInYear * averageInventory / costOfGoodsSold; inventoryTurnover = daysInYear / daysInventoryOutstanding\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let got = turnover(args.cost_of_goods_sold, args.average_inventory, args.days_in_year.into())?;
        let days_inventory_outstanding = needed(got.days)?;
        if got.turns.is_none() {
            cx.warn("averageInventory is 0: there is nothing to turn over, so inventoryTurnover is null");
        }
        let assessment = grade(
            days_inventory_outstanding,
            [(90.0, Assessment::Slow), (60.0, Assessment::Moderate), (30.0, Assessment::Fast)],
            Assessment::VeryFast,
        );
        Ok(Output { days_inventory_outstanding, inventory_turnover: got.turns, assessment })
    }
}
