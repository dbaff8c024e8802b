//! How often a year inventory is sold.

use super::{DaysInYear, grade, needed};
use crate::math::finance::ratios::turnover;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct InventoryTurnover;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Of one year [currency].
    #[schemars(range(min = 0))]
    cost_of_goods_sold: f64,
    /// (opening + closing) / 2 [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    average_inventory: f64,
    #[serde(default)]
    days_in_year: DaysInYear,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// costOfGoodsSold / averageInventory [x per year].
    inventory_turnover: f64,
    /// daysInYear / inventoryTurnover; null when the turnover is 0 [days].
    days_inventory_outstanding: Option<f64>,
    /// From 10, 5, 2 on: fastMoving, good, moderate; below: slow.
    assessment: Assessment,
}

/// By the bounds that analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    FastMoving,
    Good,
    Moderate,
    Slow,
}

impl Tool for InventoryTurnover {
    const NAME: &'static str = "calculate_inventory_turnover";
    const TITLE: &'static str = "Inventory turnover";
    const DESCRIPTION: &'static str = "Yearly cost of goods sold over average inventory, and the days that one turn takes (365 or 360 in the \
        year; null when nothing is sold).";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"costOfGoodsSold": 210935, "averageInventory": 24650}"#,
            expect: r#"{"inventoryTurnover": 8.55720081135902637, "daysInventoryOutstanding": 42.6541351601204162, "assessment": "good"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2009 (8.56 times, on closing inventory); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"costOfGoodsSold": 720, "averageInventory": 60, "daysInYear": 360}"#,
            expect: r#"{"inventoryTurnover": 12, "daysInventoryOutstanding": 30, "assessment": "fastMoving"}"#,
            tolerance: 1e-15,
            source: "by hand: 720 / 60; 360 / 12",
        },
    ];
    const FORMULA: &'static str = "\
        inventoryTurnover = costOfGoodsSold / averageInventory; daysInventoryOutstanding = daysInYear / inventoryTurnover\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let got = turnover(args.cost_of_goods_sold, args.average_inventory, args.days_in_year.into())?;
        let inventory_turnover = needed(got.turns)?;
        if got.days.is_none() {
            cx.warn("costOfGoodsSold is 0: nothing is sold, so no number of days sells the inventory");
        }
        let assessment = grade(
            inventory_turnover,
            [(10.0, Assessment::FastMoving), (5.0, Assessment::Good), (2.0, Assessment::Moderate)],
            Assessment::Slow,
        );
        Ok(Output { inventory_turnover, days_inventory_outstanding: got.days, assessment })
    }
}
