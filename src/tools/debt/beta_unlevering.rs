//! Beta of a firm without debt from that of the same firm with it.

use crate::math::finance::leverage::hamada;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct BetaUnlevering;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Equity beta, with debt.
    levered_beta: f64,
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
    /// Asset beta, without debt [number].
    unlevered_beta: f64,
    /// leveredBeta - unleveredBeta [number].
    risk_reduction: f64,
    /// 100 · riskReduction / leveredBeta; null when leveredBeta <= 0 [percent].
    percent_reduction: Option<f64>,
}

impl Tool for BetaUnlevering {
    const NAME: &'static str = "calculate_beta_unlevering";
    const TITLE: &'static str = "Unlever an equity beta (Hamada)";
    const DESCRIPTION: &'static str = "Asset beta from equity beta by Hamada's formula (debt beta 0).";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"leveredBeta": 1.1, "debtToEquityRatio": 0.5, "taxRate": 0.25}"#,
        expect: r#"{"unleveredBeta": 0.8, "riskReduction": 0.3, "percentReduction": 27.2727272727272727}"#,
        tolerance: 1e-15,
        source: "by hand: 1.1 / (1 + 0.75 · 0.5); 0.375 / 1.375 = 3 / 11",
    }];
    const FORMULA: &'static str = "\
        unleveredBeta = leveredBeta / (1 + (1 - taxRate) * debtToEquityRatio)\n\
        Source: R. S. Hamada, J. of Finance 27 (1972), 435-452";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let leverage = hamada(args.tax_rate, args.debt_to_equity_ratio);
        // h / (1 + h), also for a ratio near the largest float.
        let reduction = leverage / (1.0 + leverage);
        let percent = (args.levered_beta > 0.0).then_some(100.0 * reduction);
        Ok(Output {
            unlevered_beta: args.levered_beta / (1.0 + leverage),
            risk_reduction: args.levered_beta * reduction,
            percent_reduction: percent,
        })
    }
}
