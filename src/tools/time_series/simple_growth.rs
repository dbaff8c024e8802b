//! Growth from one value to another.

use crate::math::finance::growth;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::not_zero;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct SimpleGrowth;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Value before; not 0.
    old_value: f64,
    /// Value after.
    new_value: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// (newValue - oldValue) / |oldValue| [decimal].
    growth_rate: f64,
    /// newValue - oldValue [unit of the values].
    absolute_change: f64,
}

impl Tool for SimpleGrowth {
    const NAME: &'static str = "calculate_simple_growth_rate";
    const TITLE: &'static str = "Simple growth between two values";
    const DESCRIPTION: &'static str = "Relative and absolute change from one value to another; positive means up, for a negative start too. Over \
        several years use calculate_cagr.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"oldValue": 80, "newValue": 100}"#,
            expect: r#"{"growthRate": 0.25, "absoluteChange": 20}"#,
            tolerance: 0.0,
            source: "by hand: 20 / 80",
        },
        Example {
            arguments: r#"{"oldValue": -100, "newValue": -50}"#,
            expect: r#"{"growthRate": 0.5, "absoluteChange": 50}"#,
            tolerance: 0.0,
            source: "by hand: 50 / |-100|, a loss cut by half",
        },
    ];
    const FORMULA: &'static str = "\
        growthRate = (newValue - oldValue) / |oldValue|; absoluteChange = newValue - oldValue\n\
        Source: J. E. Hanke, D. W. Wichern, Business Forecasting, 9th ed. (2009), chapter 2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let old = not_zero(args.old_value, "oldValue", "growth from 0 is not defined")?;
        let change = growth::change(old, args.new_value)?;
        Ok(Output { growth_rate: change.rate, absolute_change: change.absolute })
    }
}
