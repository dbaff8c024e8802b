//! A share by the Gordon growth model.

use super::exceeds;
use crate::math::finance::valuation::gordon;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::Rate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct GordonGrowth;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// D0, the current annual dividend, just paid [currency per share].
    #[schemars(range(min = 0))]
    dividend_per_share: f64,
    /// For ever, 0.03 for 3 % [decimal per year].
    growth_rate: Rate,
    /// Above growthRate [decimal per year].
    required_return: Rate,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// D1 / (requiredReturn - growthRate) [currency per share].
    intrinsic_value: f64,
    /// D1 = dividendPerShare · (1 + growthRate) [currency per share].
    next_dividend: f64,
    /// D0 / V; null without a dividend [decimal].
    current_dividend_yield: Option<f64>,
    /// D1 / V = requiredReturn - growthRate; null without a dividend [decimal].
    forward_dividend_yield: Option<f64>,
}

impl Tool for GordonGrowth {
    const NAME: &'static str = "value_equity_gordon_growth";
    const TITLE: &'static str = "Gordon growth DDM";
    const DESCRIPTION: &'static str = "Share value when dividends grow for ever at one rate: D1 / (r - g) with D1 = D0 (1 + g). Give the \
        dividend just paid, D0; the next one falls in a year. Growth that changes: value_equity_two_stage_ddm, value_equity_h_model.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"dividendPerShare": 2.18, "growthRate": 0.03, "requiredReturn": 0.083}"#,
            expect: r#"{"intrinsicValue": 42.37}"#,
            tolerance: 1.2e-4,
            source: "A. Damodaran, The Dividend Discount Model (slides to Investment Valuation, chapter 13), Con Ed at the end of 2000: $42.37",
        },
        Example {
            arguments: r#"{"dividendPerShare": 2, "growthRate": 0.05, "requiredReturn": 0.1}"#,
            expect: r#"{"intrinsicValue": 42, "nextDividend": 2.1, "currentDividendYield": 0.0476190476190476190, "forwardDividendYield": 0.05}"#,
            tolerance: 1e-14,
            source: "by hand: 2.1 / 0.05 = 42; 2 / 42 = 1 / 21",
        },
    ];
    const FORMULA: &'static str = "\
        intrinsicValue = D1 / (r - g), D1 = D0 * (1 + g); D0 = dividendPerShare, g = growthRate, r = requiredReturn\n\
        currentDividendYield = D0 / V, forwardDividendYield = D1 / V = r - g; dividends at year ends, the first in a year\n\
        Source: CFA Program Curriculum, Equity Investments, «Discounted Dividend Valuation»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (dividend, growth, required) =
            (args.dividend_per_share, args.growth_rate.0, args.required_return.0);
        exceeds(("requiredReturn", required), ("growthRate", growth))?;
        let share = gordon(dividend, growth, required)?;
        let paying = |yielded: f64| (dividend > 0.0).then_some(yielded);
        Ok(Output {
            intrinsic_value: share.value,
            next_dividend: share.next_dividend,
            current_dividend_yield: paying(share.current_yield),
            forward_dividend_yield: paying(share.forward_yield),
        })
    }
}
