//! Future value of one present amount.

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Periods, Rate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct FutureValue;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Amount today [currency].
    present_value: f64,
    /// Interest rate per period, 0.05 for 5 % [decimal per period].
    rate: Rate,
    /// Whole periods until then.
    periods: Periods,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// PV · (1 + rate)^periods, with the sign of presentValue [currency].
    future_value: f64,
}

impl Tool for FutureValue {
    const NAME: &'static str = "calculate_future_value";
    const TITLE: &'static str = "Future value of one present amount";
    const DESCRIPTION: &'static str =
        "Compounds one amount forward: FV = PV · (1 + r)^n. For level payments use calculate_annuity_fv.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"presentValue": 1000, "rate": 0.07, "periods": 10}"#,
        expect: r#"{"futureValue": 1967.15135728956532}"#,
        tolerance: 1e-12,
        source: "mpmath 1.3.0, 30 digits: 1000 * mpf('1.07')**10",
    }];
    const FORMULA: &'static str = "\
        futureValue = presentValue * (1 + rate)^periods\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let future_value = tvm::future_value(args.present_value, args.rate.0, args.periods.into())?;
        Ok(Output { future_value })
    }
}
