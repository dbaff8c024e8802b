//! Operating profit after tax over invested capital.

use super::grade;
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Roic;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// EBIT · (1 - tax rate) [currency].
    nopat: f64,
    /// Equity + debt - excess cash [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    invested_capital: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// nopat / investedCapital [decimal].
    roic: f64,
    /// From 0.15, 0.1, 0.05, 0 on: excellent, good, moderate, weak; below: negative.
    assessment: Assessment,
}

/// By the bounds that lenders and analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Excellent,
    Good,
    Moderate,
    Weak,
    Negative,
}

impl Tool for Roic {
    const NAME: &'static str = "calculate_return_on_invested_capital";
    const TITLE: &'static str = "Return on invested capital";
    const DESCRIPTION: &'static str = "NOPAT over invested capital, as a decimal. The caller computes both: NOPAT = EBIT (1 - tax rate); capital \
        = equity + debt - excess cash, average or closing. Whether it creates value shows only beside the cost of \
        capital.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"nopat": 120, "investedCapital": 1000}"#,
        expect: r#"{"roic": 0.12, "assessment": "good"}"#,
        tolerance: 1e-15,
        source: "by hand: 120 / 1000",
    }];
    const FORMULA: &'static str = "\
        roic = nopat / investedCapital\n\
        Source: T. Koller, M. Goedhart, D. Wessels, Valuation, 6th ed. (2015), chapter 2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let roic = ratios::ratio(args.nopat, args.invested_capital, "return on invested capital")?;
        let assessment = grade(
            roic,
            [
                (0.15, Assessment::Excellent),
                (0.1, Assessment::Good),
                (0.05, Assessment::Moderate),
                (0.0, Assessment::Weak),
            ],
            Assessment::Negative,
        );
        Ok(Output { roic, assessment })
    }
}
