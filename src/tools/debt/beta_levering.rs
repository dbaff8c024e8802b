//! Beta of a firm with debt from that of the same firm without.

use crate::math::finance::leverage::hamada;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct BetaLevering;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Asset beta, without debt.
    unlevered_beta: f64,
    /// At market values [ratio].
    #[schemars(range(min = 0))]
    debt_to_equity_ratio: f64,
    /// 0.25 for 25 % [decimal].
    #[schemars(range(min = 0, max = 1))]
    tax_rate: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Equity beta, with debt [number].
    levered_beta: f64,
    /// leveredBeta - unleveredBeta [number].
    risk_increase: f64,
    /// 100 · riskIncrease / unleveredBeta; null when unleveredBeta <= 0 [percent].
    percent_increase: Option<f64>,
}

impl Tool for BetaLevering {
    const NAME: &'static str = "calculate_beta_levering";
    const TITLE: &'static str = "Lever an asset beta (Hamada)";
    const DESCRIPTION: &'static str = "Equity beta from asset beta by Hamada's formula (debt beta 0).";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"unleveredBeta": 0.8, "debtToEquityRatio": 0.5, "taxRate": 0.25}"#,
        expect: r#"{"leveredBeta": 1.1, "riskIncrease": 0.3, "percentIncrease": 37.5}"#,
        tolerance: 1e-15,
        source: "by hand: 0.8 (1 + 0.75 · 0.5)",
    }];
    const FORMULA: &'static str = "\
        leveredBeta = unleveredBeta * (1 + (1 - taxRate) * debtToEquityRatio)\n\
        Source: R. S. Hamada, J. of Finance 27 (1972), 435-452";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let leverage = hamada(args.tax_rate, args.debt_to_equity_ratio);
        let risk_increase = args.unlevered_beta * leverage;
        let percent =
            if args.unlevered_beta > 0.0 { Some(held(100.0 * leverage, "increase")?) } else { None };
        Ok(Output {
            levered_beta: held(args.unlevered_beta + risk_increase, "levered beta")?,
            risk_increase,
            percent_increase: percent,
        })
    }
}
