//! Price over earnings.

use super::{Level, quotient};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct PriceToEarnings;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency per share]
    #[schemars(range(min = 0))]
    market_price: f64,
    /// Of the last or the next year; a loss is negative [currency per share].
    earnings_per_share: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// marketPrice / earningsPerShare; null for zero or negative earnings [x].
    price_to_earnings: Option<f64>,
    /// Why there is no multiple.
    status: Status,
    /// From 10, 20, 30 on: moderate, elevated, high; below: low; null without a multiple.
    assessment: Option<Level>,
}

/// Whether the multiple means anything.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Status {
    Ok,
    ZeroEarnings,
    NegativeEarnings,
}

impl Tool for PriceToEarnings {
    const NAME: &'static str = "calculate_price_to_earnings";
    const TITLE: &'static str = "Price / earnings";
    const DESCRIPTION: &'static str = "Price over earnings per share, trailing or forward as the earnings given are. No multiple for a loss: status says so.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"marketPrice": 150, "earningsPerShare": 6}"#,
            expect: r#"{"priceToEarnings": 25, "status": "ok", "assessment": "elevated"}"#,
            tolerance: 1e-15,
            source: "by hand: 150 / 6",
        },
        Example {
            arguments: r#"{"marketPrice": 150, "earningsPerShare": -2}"#,
            expect: r#"{"priceToEarnings": null, "status": "negativeEarnings", "assessment": null}"#,
            tolerance: 1e-15,
            source: "by hand: a loss has no price-earnings ratio",
        },
    ];
    const FORMULA: &'static str = "\
        priceToEarnings = marketPrice / earningsPerShare; null for earnings of zero or less\n\
        Source: CFA Program Curriculum, Equity Investments, «Market-Based Valuation: Price and Enterprise Value Multiples»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (price, earnings_per_share) = (args.market_price, args.earnings_per_share);
        if earnings_per_share <= 0.0 {
            let status =
                if earnings_per_share < 0.0 { Status::NegativeEarnings } else { Status::ZeroEarnings };
            return Ok(Output { price_to_earnings: None, status, assessment: None });
        }
        let multiple = quotient(price, earnings_per_share, "price-earnings ratio")?;
        let assessment = Some(Level::of(multiple, [10.0, 20.0, 30.0]));
        Ok(Output { price_to_earnings: Some(multiple), status: Status::Ok, assessment })
    }
}
