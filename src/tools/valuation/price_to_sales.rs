//! Price over sales.

use super::{Level, quotient};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct PriceToSales;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(range(min = 0))]
    market_cap: f64,
    /// Of the year [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_revenue: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// marketCap / totalRevenue [x].
    price_to_sales: f64,
    /// From 1, 2, 5 on: moderate, elevated, high; below: low.
    assessment: Level,
}

impl Tool for PriceToSales {
    const NAME: &'static str = "calculate_price_to_sales";
    const TITLE: &'static str = "Price / sales";
    const DESCRIPTION: &'static str = "Market capitalisation over revenue of a year. With debt in the firm calculate_ev_to_sales compares better.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"marketCap": 3000000, "totalRevenue": 1200000}"#,
        expect: r#"{"priceToSales": 2.5, "assessment": "elevated"}"#,
        tolerance: 1e-15,
        source: "by hand: 3000000 / 1200000",
    }];
    const FORMULA: &'static str = "\
        priceToSales = marketCap / totalRevenue\n\
        Source: CFA Program Curriculum, Equity Investments, «Market-Based Valuation: Price and Enterprise Value Multiples»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let price_to_sales = quotient(args.market_cap, args.total_revenue, "price-sales ratio")?;
        Ok(Output { price_to_sales, assessment: Level::of(price_to_sales, [1.0, 2.0, 5.0]) })
    }
}
