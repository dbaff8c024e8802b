//! Net income over revenue.

use super::grade;
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct ProfitMargin;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// A loss is negative [currency].
    net_income: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    revenue: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// netIncome / revenue [decimal].
    profit_margin: f64,
    /// From 0.2, 0.1, 0.05, 0 on: excellent, strong, moderate, thin; below: negative.
    assessment: Assessment,
}

/// By the bounds that lenders and analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Excellent,
    Strong,
    Moderate,
    Thin,
    Negative,
}

impl Tool for ProfitMargin {
    const NAME: &'static str = "calculate_profit_margin";
    const TITLE: &'static str = "Net profit margin";
    const DESCRIPTION: &'static str = "Net income over revenue of the same period, as a decimal.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netIncome": 35909, "revenue": 188770}"#,
            expect: r#"{"profitMargin": 0.190226201197224135, "assessment": "strong"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2019 (19.02 %); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"netIncome": 96995, "revenue": 383285}"#,
            expect: r#"{"profitMargin": 0.253062342643202839, "assessment": "excellent"}"#,
            tolerance: 1e-15,
            source: "Apple Inc., form 10-K for fiscal 2023, statement of operations, millions; division by mpmath \
                1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        profitMargin = netIncome / revenue\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.5";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let profit_margin = ratios::ratio(args.net_income, args.revenue, "profit margin")?;
        let assessment = grade(
            profit_margin,
            [
                (0.2, Assessment::Excellent),
                (0.1, Assessment::Strong),
                (0.05, Assessment::Moderate),
                (0.0, Assessment::Thin),
            ],
            Assessment::Negative,
        );
        Ok(Output { profit_margin, assessment })
    }
}
