//! Equity by residual income.

use super::{exceeds, per_share, quotient};
use crate::math::finance::valuation::residual_income;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Rate, held};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct ResidualIncome;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// B0, opening book value of common equity [currency].
    current_book_value: f64,
    /// Of next year [currency].
    net_income: f64,
    /// Closing book value of next year; only for impliedDividend [currency].
    future_book_value: Option<f64>,
    /// Above terminalGrowthRate [decimal per year].
    cost_of_equity: Rate,
    /// Of residual income after next year; -1 ends it [decimal per year].
    #[schemars(range(min = -1))]
    terminal_growth_rate: f64,
    /// Common [shares].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shares_outstanding: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// currentBookValue + pvResidualIncome [currency].
    equity_value: f64,
    /// costOfEquity · currentBookValue [currency].
    normal_return: f64,
    /// netIncome - normalReturn [currency].
    residual_income: f64,
    /// residualIncome / (costOfEquity - terminalGrowthRate) [currency].
    pv_residual_income: f64,
    /// currentBookValue + netIncome - futureBookValue (clean surplus); null without futureBookValue [currency].
    implied_dividend: Option<f64>,
    /// Null without sharesOutstanding [currency per share].
    book_value_per_share: Option<f64>,
    /// Null without sharesOutstanding [currency per share].
    value_per_share: Option<f64>,
    /// equityValue / currentBookValue; null for book value of zero or less [x].
    implied_price_to_book: Option<f64>,
}

impl Tool for ResidualIncome {
    const NAME: &'static str = "value_equity_residual_income";
    const TITLE: &'static str = "Residual income valuation (one explicit year + perpetuity)";
    const DESCRIPTION: &'static str = "Equity value as opening book value plus the present value of income above the owners' required return, \
        which grows at one rate after next year; income at year ends.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"currentBookValue": 23, "netIncome": 3.22, "costOfEquity": 0.12, "terminalGrowthRate": 0.056}"#,
            expect: r#"{"equityValue": 30.1875, "normalReturn": 2.76, "residualIncome": 0.46, "pvResidualIncome": 7.1875,
                "impliedDividend": null, "impliedPriceToBook": 1.3125}"#,
            tolerance: 1e-13,
            source: "by hand: 0.46 / 0.064 = 7.1875 (a CFA level II review example, book value 23, ROE 14 %, payout 60 %: $7.19)",
        },
        Example {
            arguments: r#"{"currentBookValue": 1000, "netIncome": 150, "futureBookValue": 1100, "costOfEquity": 0.12,
                "terminalGrowthRate": 0.05, "sharesOutstanding": 100}"#,
            expect: r#"{"equityValue": 1428.57142857142857, "residualIncome": 30, "pvResidualIncome": 428.571428571428571,
                "impliedDividend": 50, "bookValuePerShare": 10, "valuePerShare": 14.2857142857142857}"#,
            tolerance: 1e-14,
            source: "by hand: 1000 + 30 / 0.07",
        },
    ];
    const FORMULA: &'static str = "\
        residualIncome = netIncome - k B0; equityValue = B0 + residualIncome / (k - g)\n\
        B0 = currentBookValue, k = costOfEquity, g = terminalGrowthRate; year-end income, discounted from the end of next year\n\
        Source: CFA Program Curriculum, Equity Investments, «Residual Income Valuation»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (book, income, shares) = (args.current_book_value, args.net_income, args.shares_outstanding);
        let (cost, growth) = (args.cost_of_equity.0, args.terminal_growth_rate);
        exceeds(("costOfEquity", cost), ("terminalGrowthRate", growth))?;
        let found = residual_income(book, income, cost, growth)?;
        let dividend =
            args.future_book_value.map(|closing| held(book + income - closing, "implied dividend"));
        Ok(Output {
            equity_value: found.value,
            normal_return: found.normal_return,
            residual_income: found.residual,
            pv_residual_income: found.premium,
            implied_dividend: dividend.transpose()?,
            book_value_per_share: per_share(book, shares, "book value per share")?,
            value_per_share: per_share(found.value, shares, "value per share")?,
            implied_price_to_book: (book > 0.0)
                .then(|| quotient(found.value, book, "price-book ratio"))
                .transpose()?,
        })
    }
}
