//! A share by the H-model.

use super::{exceeds, share};
use crate::math::finance::valuation::h_model;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::Rate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct HModel;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// D0, just paid [currency per share].
    #[schemars(range(min = 0))]
    current_dividend: f64,
    /// At first [decimal per year].
    initial_growth_rate: Rate,
    /// In the long run [decimal per year].
    terminal_growth_rate: Rate,
    /// Half of the years in which growth falls.
    #[schemars(range(max = 1_000_000))]
    half_life: u32,
    /// Above terminalGrowthRate [decimal per year].
    required_return: Rate,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Both parts [currency per share].
    intrinsic_value: f64,
    /// Value if growth were terminalGrowthRate at once [currency per share].
    terminal_component: f64,
    /// What the growth until then adds [currency per share].
    growth_premium: f64,
    /// terminalComponent / intrinsicValue; null when the value is 0 [decimal].
    terminal_share: Option<f64>,
    /// 2 · halfLife [years].
    transition_years: u32,
}

impl Tool for HModel {
    const NAME: &'static str = "value_equity_h_model";
    const TITLE: &'static str = "H-model dividend valuation";
    const DESCRIPTION: &'static str = "Share value when dividend growth falls on a straight line to its long-run rate over 2 · halfLife years. \
        An approximation; give the dividend just paid, dividends fall at year ends. Growth that drops at once: value_equity_two_stage_ddm.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"currentDividend": 0.72, "initialGrowthRate": 0.12, "terminalGrowthRate": 0.05, "halfLife": 5, "requiredReturn": 0.083}"#,
        expect: r#"{"intrinsicValue": 30.5454545454545455, "terminalComponent": 22.9090909090909091, "growthPremium": 7.63636363636363636,
            "terminalShare": 0.75, "transitionYears": 10}"#,
        tolerance: 1e-14,
        source: "by hand: 0.72 · 1.05 / 0.033 = 252 / 11 and 0.72 · 5 · 0.07 / 0.033 = 84 / 11",
    }];
    const FORMULA: &'static str = "\
        intrinsicValue = D0 (1 + gL) / (r - gL) + D0 H (gS - gL) / (r - gL); D0 = currentDividend, H = halfLife\n\
        gS = initialGrowthRate, gL = terminalGrowthRate, r = requiredReturn; growth falls over 2H years, dividends at year ends\n\
        Source: R. J. Fuller, C.-C. Hsia, Financial Analysts Journal 40:5 (1984), 49-56";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (stable, required) = (args.terminal_growth_rate.0, args.required_return.0);
        exceeds(("requiredReturn", required), ("terminalGrowthRate", stable))?;
        let half_life = f64::from(args.half_life);
        let share_value =
            h_model(args.current_dividend, args.initial_growth_rate.0, stable, half_life, required)?;
        if share_value.value < 0.0 {
            cx.warn(
                "the value is below zero, which no dividends are: the approximation fails for so long a rise of growth; \
                 use value_equity_two_stage_ddm",
            );
        }
        Ok(Output {
            intrinsic_value: share_value.value,
            terminal_component: share_value.stable,
            growth_premium: share_value.premium,
            terminal_share: share(share_value.stable, share_value.value),
            transition_years: 2 * args.half_life,
        })
    }
}
