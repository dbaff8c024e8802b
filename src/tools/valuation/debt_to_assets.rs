//! Debt over assets.

use super::{band, quotient};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DebtToAssets;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(range(min = 0))]
    total_debt: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_assets: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// totalDebt / totalAssets [decimal].
    debt_to_assets: f64,
    /// From 0.3, 0.5, 0.7 on: moderate, high, veryHigh; below: conservative.
    assessment: Assessment,
}

/// By the ratio.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Conservative,
    Moderate,
    High,
    VeryHigh,
}

impl Tool for DebtToAssets {
    const NAME: &'static str = "calculate_debt_to_assets";
    const TITLE: &'static str = "Debt-to-assets";
    const DESCRIPTION: &'static str = "Part of the assets that debt pays for, as a decimal. The same ratio as calculate_debt_ratio when that is given debt; here debt is interest-bearing debt alone.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"totalDebt": 400000, "totalAssets": 1000000}"#,
        expect: r#"{"debtToAssets": 0.4, "assessment": "moderate"}"#,
        tolerance: 1e-15,
        source: "by hand: 400000 / 1000000",
    }];
    const FORMULA: &'static str = "\
        debtToAssets = totalDebt / totalAssets\n\
        Source: CFA Program Curriculum, Financial Statement Analysis, «Financial Analysis Techniques»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        use Assessment::{Conservative, High, Moderate, VeryHigh};
        let debt_to_assets = quotient(args.total_debt, args.total_assets, "debt-to-assets ratio")?;
        let assessment = band(debt_to_assets, [(0.7, VeryHigh), (0.5, High), (0.3, Moderate)], Conservative);
        Ok(Output { debt_to_assets, assessment })
    }
}
