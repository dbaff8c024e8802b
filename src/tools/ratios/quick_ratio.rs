//! Current assets without inventory over current liabilities.

use super::grade;
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct QuickRatio;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    current_assets: f64,
    /// A part of currentAssets [currency].
    #[schemars(range(min = 0))]
    inventory: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    current_liabilities: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// liquidAssets / currentLiabilities [x].
    quick_ratio: f64,
    /// currentAssets - inventory [currency].
    liquid_assets: f64,
    /// From 1.5, 1, 0.5 on: veryStrong, strong, acceptable; below: weak.
    assessment: Assessment,
}

/// By the bounds that lenders commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    VeryStrong,
    Strong,
    Acceptable,
    Weak,
}

impl Tool for QuickRatio {
    const NAME: &'static str = "calculate_quick_ratio";
    const TITLE: &'static str = "Quick (acid-test) ratio";
    const DESCRIPTION: &'static str = "Current assets less inventory over current liabilities. Prepaid expenses are not taken off: leave them \
        out of currentAssets where they matter.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"currentAssets": 60550, "inventory": 24650, "currentLiabilities": 43235}"#,
            expect: r#"{"quickRatio": 0.830345784665201804, "liquidAssets": 35900, "assessment": "acceptable"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2009 (0.83 times); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"currentAssets": 80000, "inventory": 20000, "currentLiabilities": 70000}"#,
            expect: r#"{"quickRatio": 0.857142857142857143, "liquidAssets": 60000}"#,
            tolerance: 1e-15,
            source: "OpenStax, Principles of Finance (2022), chapter 6, problem 3; by hand: 6 / 7",
        },
    ];
    const FORMULA: &'static str = "\
        quickRatio = (currentAssets - inventory) / currentLiabilities\n\
        Source: S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, 9th ed. (2010), chapter 3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (assets, inventory) = (args.current_assets, args.inventory);
        if inventory > assets {
            let message =
                format!("got {inventory}; wanted: at most currentAssets, {assets}, of which it is a part");
            return Err(Error::at("inventory", message));
        }
        let liquid_assets = assets - inventory;
        let quick_ratio = ratios::ratio(liquid_assets, args.current_liabilities, "quick ratio")?;
        let assessment = grade(
            quick_ratio,
            [(1.5, Assessment::VeryStrong), (1.0, Assessment::Strong), (0.5, Assessment::Acceptable)],
            Assessment::Weak,
        );
        Ok(Output { quick_ratio, liquid_assets, assessment })
    }
}
