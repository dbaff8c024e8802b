//! Times interest earned.

use super::grade;
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct InterestCoverage;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// A loss is negative [currency].
    earnings_before_interest_and_tax: f64,
    /// Positive; of the same period [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    interest_expense: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// earningsBeforeInterestAndTax / interestExpense [x].
    interest_coverage: f64,
    /// From 5, 3, 1.5, 1 on: veryStrong, strong, acceptable, weak; below: critical.
    assessment: Assessment,
}

/// By the bounds that lenders and analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    VeryStrong,
    Strong,
    Acceptable,
    Weak,
    Critical,
}

impl Tool for InterestCoverage {
    const NAME: &'static str = "calculate_interest_coverage";
    const TITLE: &'static str = "Interest coverage";
    const DESCRIPTION: &'static str = "Earnings before interest and tax over interest expense (times interest earned). The expense is a positive \
        number; earnings may be negative.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"earningsBeforeInterestAndTax": 68045, "interestExpense": 11930}"#,
            expect: r#"{"interestCoverage": 5.70368818105616094, "assessment": "veryStrong"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2009 (5.70 times); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"earningsBeforeInterestAndTax": 29000, "interestExpense": 4000}"#,
            expect: r#"{"interestCoverage": 7.25}"#,
            tolerance: 1e-15,
            source: "OpenStax, Principles of Finance (2022), chapter 6, problem 7; by hand: 29 / 4",
        },
    ];
    const FORMULA: &'static str = "\
        interestCoverage = earningsBeforeInterestAndTax / interestExpense\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.4";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let interest_coverage =
            ratios::ratio(args.earnings_before_interest_and_tax, args.interest_expense, "interest coverage")?;
        let assessment = grade(
            interest_coverage,
            [
                (5.0, Assessment::VeryStrong),
                (3.0, Assessment::Strong),
                (1.5, Assessment::Acceptable),
                (1.0, Assessment::Weak),
            ],
            Assessment::Critical,
        );
        Ok(Output { interest_coverage, assessment })
    }
}
