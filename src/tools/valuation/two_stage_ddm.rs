//! A share by dividends that grow in two stages.

use super::{exceeds, share};
use crate::math::finance::valuation::two_stage;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Periods, Rate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct TwoStageDdm;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// D0, just paid [currency per share].
    #[schemars(range(min = 0))]
    current_dividend: f64,
    /// In the first stage; may exceed requiredReturn [decimal per year].
    high_growth_rate: Rate,
    /// Years of the first stage.
    high_growth_periods: Periods,
    /// For ever after [decimal per year].
    stable_growth_rate: Rate,
    /// Above stableGrowthRate [decimal per year].
    required_return: Rate,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Both stages [currency per share].
    intrinsic_value: f64,
    /// Dividends of the first stage, today [currency per share].
    pv_high_growth: f64,
    /// All later dividends, today [currency per share].
    pv_terminal_value: f64,
    /// pvTerminalValue / intrinsicValue; null when the value is 0 [decimal].
    terminal_share: Option<f64>,
}

impl Tool for TwoStageDdm {
    const NAME: &'static str = "value_equity_two_stage_ddm";
    const TITLE: &'static str = "Two-stage dividend discount model";
    const DESCRIPTION: &'static str = "Share value when dividends grow at one rate for some years and at another for ever after. Give the \
        dividend just paid; dividends fall at year ends. For growth that fades slowly use value_equity_h_model.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"currentDividend": 2, "highGrowthRate": 0.15, "highGrowthPeriods": 3, "stableGrowthRate": 0.04, "requiredReturn": 0.11}"#,
        expect: r#"{"intrinsicValue": 39.4867067840040813, "pvHighGrowth": 6.44291479207476286, "pvTerminalValue": 33.0437919919293184, "terminalShare": 0.836833321468966772}"#,
        tolerance: 1e-14,
        source: "mpmath 1.4.1, 30 digits, dividend by dividend: 2.30, 2.645, 3.04175, then 3.16342 / 0.07 at year 3",
    }];
    const FORMULA: &'static str = "\
        pvHighGrowth = sum over t = 1 .. n of currentDividend ((1 + highGrowthRate) / (1 + requiredReturn))^t, n = highGrowthPeriods\n\
        pvTerminalValue = D_n (1 + stableGrowthRate) / (requiredReturn - stableGrowthRate) / (1 + requiredReturn)^n; dividends at year ends\n\
        Source: CFA Program Curriculum, Equity Investments, «Discounted Dividend Valuation»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (stable, required) = (args.stable_growth_rate.0, args.required_return.0);
        exceeds(("requiredReturn", required), ("stableGrowthRate", stable))?;
        let (high, years) = (args.high_growth_rate.0, args.high_growth_periods.into());
        let stages = two_stage(args.current_dividend, high, years, stable, required)?;
        Ok(Output {
            intrinsic_value: stages.value,
            pv_high_growth: stages.first,
            pv_terminal_value: stages.terminal,
            terminal_share: share(stages.terminal, stages.value),
        })
    }
}
