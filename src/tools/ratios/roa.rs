//! Net income over assets.

use super::{base, grade};
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Roa;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Of one year; a loss is negative [currency].
    net_income: f64,
    /// Closing, or the average [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_assets: f64,
    /// Of a year before: averages the two [currency].
    opening_total_assets: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// netIncome / assetsUsed [decimal].
    roa: f64,
    /// From 0.1, 0.05, 0.02, 0 on: excellent, good, moderate, low; below: negative.
    assessment: Assessment,
    /// totalAssets, or its mean with openingTotalAssets [currency].
    assets_used: f64,
}

/// By the bounds that analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Excellent,
    Good,
    Moderate,
    Low,
    Negative,
}

impl Tool for Roa {
    const NAME: &'static str = "calculate_return_on_assets";
    const TITLE: &'static str = "Return on assets";
    const DESCRIPTION: &'static str = "Net income over assets, as a decimal. totalAssets is taken as given, closing or average; with \
        openingTotalAssets the mean of the two is used.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netIncome": 35909, "totalAssets": 102853}"#,
            expect: r#"{"roa": 0.349129339931747251, "assessment": "excellent", "assetsUsed": 102853}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2019; further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"netIncome": 96995, "totalAssets": 352583, "openingTotalAssets": 352755}"#,
            expect: r#"{"roa": 0.275031261607909967, "assetsUsed": 352669}"#,
            tolerance: 1e-15,
            source: "Apple Inc., form 10-K for fiscal 2023, net income over the mean of two balance sheets, millions; \
                division by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        roa = netIncome / assetsUsed; assetsUsed = totalAssets, or (openingTotalAssets + totalAssets) / 2\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.5";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let assets_used = base(args.total_assets, args.opening_total_assets, "openingTotalAssets")?;
        let roa = ratios::ratio(args.net_income, assets_used, "return on assets")?;
        let assessment = grade(
            roa,
            [
                (0.1, Assessment::Excellent),
                (0.05, Assessment::Good),
                (0.02, Assessment::Moderate),
                (0.0, Assessment::Low),
            ],
            Assessment::Negative,
        );
        Ok(Output { roa, assessment, assets_used })
    }
}
