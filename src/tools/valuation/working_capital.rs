//! Working capital.

use super::{Sign, quotient};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct WorkingCapital;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(range(min = 0))]
    current_assets: f64,
    /// [currency]
    #[schemars(range(min = 0))]
    current_liabilities: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// currentAssets - currentLiabilities [currency].
    working_capital: f64,
    /// currentAssets / currentLiabilities; null without liabilities [x].
    current_ratio: Option<f64>,
    /// The sign of workingCapital.
    assessment: Sign,
}

impl Tool for WorkingCapital {
    const NAME: &'static str = "calculate_working_capital";
    const TITLE: &'static str = "Working capital";
    const DESCRIPTION: &'static str =
        "Current assets less current liabilities, with the current ratio beside it.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"currentAssets": 500000, "currentLiabilities": 320000}"#,
            expect: r#"{"workingCapital": 180000, "currentRatio": 1.5625, "assessment": "positive"}"#,
            tolerance: 1e-15,
            source: "by hand: 500000 / 320000 = 1.5625",
        },
        Example {
            arguments: r#"{"currentAssets": 500000, "currentLiabilities": 0}"#,
            expect: r#"{"workingCapital": 500000, "currentRatio": null, "assessment": "positive"}"#,
            tolerance: 1e-15,
            source: "by hand: nothing is divided by zero",
        },
    ];
    const FORMULA: &'static str = "\
        workingCapital = currentAssets - currentLiabilities; currentRatio = currentAssets / currentLiabilities\n\
        Source: CFA Program Curriculum, Financial Statement Analysis, «Financial Analysis Techniques»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (assets, liabilities) = (args.current_assets, args.current_liabilities);
        let working_capital = assets - liabilities;
        let current_ratio =
            if liabilities > 0.0 { Some(quotient(assets, liabilities, "current ratio")?) } else { None };
        Ok(Output { working_capital, current_ratio, assessment: Sign::of(working_capital) })
    }
}
