//! Net income over equity.

use super::{base, grade};
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Roe;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Of one year; a loss is negative [currency].
    net_income: f64,
    /// Closing, or the average [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shareholder_equity: f64,
    /// Of a year before: averages the two [currency].
    opening_shareholder_equity: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// netIncome / equityUsed [decimal].
    roe: f64,
    /// From 0.2, 0.15, 0.1, 0 on: excellent, strong, good, weak; below: negative.
    assessment: Assessment,
    /// shareholderEquity, or its mean with openingShareholderEquity [currency].
    equity_used: f64,
}

/// By the bounds that analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Excellent,
    Strong,
    Good,
    Weak,
    Negative,
}

impl Tool for Roe {
    const NAME: &'static str = "calculate_roe";
    const TITLE: &'static str = "Return on equity";
    const DESCRIPTION: &'static str = "Net income over equity, as a decimal. shareholderEquity is taken as given, closing or average; with \
        openingShareholderEquity the mean of the two is used.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netIncome": 35909, "shareholderEquity": 81123}"#,
            expect: r#"{"roe": 0.442648817228159708, "assessment": "excellent", "equityUsed": 81123}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2019; further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"netIncome": 96995, "shareholderEquity": 62146, "openingShareholderEquity": 50672}"#,
            expect: r#"{"roe": 1.71949511602758425, "assessment": "excellent", "equityUsed": 56409}"#,
            tolerance: 1e-15,
            source: "Apple Inc., form 10-K for fiscal 2023, net income over the mean of two balance sheets, millions; \
                division by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        roe = netIncome / equityUsed; equityUsed = shareholderEquity, or (openingShareholderEquity + shareholderEquity) / 2\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.5";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let equity_used =
            base(args.shareholder_equity, args.opening_shareholder_equity, "openingShareholderEquity")?;
        let roe = ratios::ratio(args.net_income, equity_used, "return on equity")?;
        let assessment = grade(
            roe,
            [
                (0.2, Assessment::Excellent),
                (0.15, Assessment::Strong),
                (0.1, Assessment::Good),
                (0.0, Assessment::Weak),
            ],
            Assessment::Negative,
        );
        Ok(Output { roe, assessment, equity_used })
    }
}
