//! Days from paying for goods to being paid for them.

use super::grade;
use crate::math::finance::ratios::cash_cycle;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CashConversionCycle;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [days]
    #[schemars(range(min = 0))]
    days_inventory_outstanding: f64,
    /// [days]
    #[schemars(range(min = 0))]
    days_sales_outstanding: f64,
    /// [days]
    #[schemars(range(min = 0))]
    days_payable_outstanding: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// operatingCycle - daysPayableOutstanding [days].
    cash_conversion_cycle: f64,
    /// daysInventoryOutstanding + daysSalesOutstanding [days].
    operating_cycle: f64,
    /// Below 0, 30, 60, 90: exceptional, excellent, good, moderate; from there on: slow.
    assessment: Assessment,
}

/// By the bounds that analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Exceptional,
    Excellent,
    Good,
    Moderate,
    Slow,
}

impl Tool for CashConversionCycle {
    const NAME: &'static str = "calculate_cash_conversion_cycle";
    const TITLE: &'static str = "Cash conversion cycle";
    const DESCRIPTION: &'static str = "Days inventory plus days sales less days payable outstanding: how long cash is tied up. Below zero \
        suppliers finance the trade. All three in the same days, 365 or 360.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"daysInventoryOutstanding": 24.44, "daysSalesOutstanding": 25.2, "daysPayableOutstanding": 30}"#,
            expect: r#"{"cashConversionCycle": 19.64, "operatingCycle": 49.64, "assessment": "excellent"}"#,
            tolerance: 1e-14,
            source: "by hand: 49.64 - 30",
        },
        Example {
            arguments: r#"{"daysInventoryOutstanding": 8.53, "daysSalesOutstanding": 32.99, "daysPayableOutstanding": 60.21}"#,
            expect: r#"{"cashConversionCycle": -18.69, "operatingCycle": 41.52, "assessment": "exceptional"}"#,
            tolerance: 1e-14,
            source: "by hand: 41.52 - 60.21",
        },
    ];
    const FORMULA: &'static str = "\
        operatingCycle = daysInventoryOutstanding + daysSalesOutstanding\n\
        cashConversionCycle = operatingCycle - daysPayableOutstanding\n\
        Source: V. D. Richards, E. J. Laughlin, Financial Management 9 (1980), 32-38";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (inventory, sales) = (args.days_inventory_outstanding, args.days_sales_outstanding);
        let cycle = cash_cycle(inventory, sales, args.days_payable_outstanding)?;
        let assessment = grade(
            cycle.cash,
            [
                (90.0, Assessment::Slow),
                (60.0, Assessment::Moderate),
                (30.0, Assessment::Good),
                (0.0, Assessment::Excellent),
            ],
            Assessment::Exceptional,
        );
        Ok(Output { cash_conversion_cycle: cycle.cash, operating_cycle: cycle.operating, assessment })
    }
}
