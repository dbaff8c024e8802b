//! Present value of one future amount.

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Periods, Rate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct PresentValue;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Amount received or paid at the end [currency].
    future_value: f64,
    /// Discount rate per period, 0.05 for 5 % [decimal per period].
    rate: Rate,
    /// Whole periods until then.
    periods: Periods,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// FV / (1 + rate)^periods, with the sign of futureValue [currency].
    present_value: f64,
}

impl Tool for PresentValue {
    const NAME: &'static str = "calculate_present_value";
    const TITLE: &'static str = "Present value of one future amount";
    const DESCRIPTION: &'static str = "Discounts one future amount to today: PV = FV / (1 + r)^n. For level payments use calculate_annuity_pv.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"futureValue": 1000, "rate": 0.05, "periods": 10}"#,
        expect: r#"{"presentValue": 613.913253540759374}"#,
        tolerance: 1e-12,
        source: "mpmath 1.3.0, 30 digits: 1000 / mpf('1.05')**10",
    }];
    const FORMULA: &'static str = "\
        presentValue = futureValue / (1 + rate)^periods\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let present_value = tvm::present_value(args.future_value, args.rate.0, args.periods.into())?;
        Ok(Output { present_value })
    }
}
