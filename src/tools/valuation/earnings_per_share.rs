//! Basic earnings per share.

use super::quotient;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct EarningsPerShare;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Of the year; a loss is negative [currency].
    net_income: f64,
    /// Common shares, weighted average of the year [shares].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shares_outstanding: f64,
    /// Preferred dividends of the year [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    preferred_dividends: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// (netIncome - preferredDividends) / sharesOutstanding [currency per share].
    eps: f64,
}

impl Tool for EarningsPerShare {
    const NAME: &'static str = "calculate_earnings_per_share";
    const TITLE: &'static str = "Basic earnings per share";
    const DESCRIPTION: &'static str = "Net income less preferred dividends, per common share. Basic: no dilution; give the weighted average number of shares of the year.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netIncome": 72361, "sharesOutstanding": 7446}"#,
            expect: r#"{"eps": 9.72}"#,
            tolerance: 6e-4,
            source: "Microsoft Corporation, Form 10-K for fiscal year 2023, income statements, in millions: basic EPS $9.72",
        },
        Example {
            arguments: r#"{"netIncome": 1000, "sharesOutstanding": 200, "preferredDividends": 100}"#,
            expect: r#"{"eps": 4.5}"#,
            tolerance: 1e-15,
            source: "by hand: 900 / 200",
        },
    ];
    const FORMULA: &'static str = "\
        eps = (netIncome - preferredDividends) / sharesOutstanding\n\
        Source: IAS 33, Earnings per Share, paragraphs 9 to 20; ASC 260-10-45-10";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let earnings = held(args.net_income - args.preferred_dividends, "income of the common shareholders")?;
        Ok(Output { eps: quotient(earnings, args.shares_outstanding, "earnings per share")? })
    }
}
