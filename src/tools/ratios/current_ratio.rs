//! Current assets over current liabilities.

use super::grade;
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CurrentRatio;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    current_assets: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    current_liabilities: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// currentAssets / currentLiabilities [x].
    current_ratio: f64,
    /// From 2, 1.5, 1 on: veryStrong, strong, adequate; below: weak.
    assessment: Assessment,
}

/// By the bounds that lenders and analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    VeryStrong,
    Strong,
    Adequate,
    Weak,
}

impl Tool for CurrentRatio {
    const NAME: &'static str = "calculate_current_ratio";
    const TITLE: &'static str = "Current ratio";
    const DESCRIPTION: &'static str = "Current assets over current liabilities, both of one closing balance sheet. Without inventory: \
        calculate_quick_ratio.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"currentAssets": 60550, "currentLiabilities": 43235}"#,
            expect: r#"{"currentRatio": 1.40048571758991558, "assessment": "adequate"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2009 (1.40 times); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"currentAssets": 143566, "currentLiabilities": 145308}"#,
            expect: r#"{"currentRatio": 0.988011671759297492, "assessment": "weak"}"#,
            tolerance: 1e-15,
            source: "Apple Inc., form 10-K for fiscal 2023, balance sheet, millions; division by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        currentRatio = currentAssets / currentLiabilities\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let current_ratio = ratios::ratio(args.current_assets, args.current_liabilities, "current ratio")?;
        let assessment = grade(
            current_ratio,
            [(2.0, Assessment::VeryStrong), (1.5, Assessment::Strong), (1.0, Assessment::Adequate)],
            Assessment::Weak,
        );
        Ok(Output { current_ratio, assessment })
    }
}
