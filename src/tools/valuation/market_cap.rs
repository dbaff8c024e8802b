//! Market capitalisation.

use super::band;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct MarketCap;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency per share]
    #[schemars(range(min = 0))]
    share_price: f64,
    /// [shares]
    #[schemars(range(min = 0))]
    shares_outstanding: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// sharePrice · sharesOutstanding [currency].
    market_cap: f64,
    /// In US dollars, from 200, 10 and 2 billion, 300 and 50 million on: mega, large, mid, small, micro; below: nano.
    size_class: SizeClass,
}

/// By the capitalisation.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum SizeClass {
    Mega,
    Large,
    Mid,
    Small,
    Micro,
    Nano,
}

impl Tool for MarketCap {
    const NAME: &'static str = "calculate_market_cap";
    const TITLE: &'static str = "Market capitalisation";
    const DESCRIPTION: &'static str =
        "Price times shares outstanding, with the usual size class; classes are in US dollars.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"sharePrice": 25, "sharesOutstanding": 80000000}"#,
        expect: r#"{"marketCap": 2000000000, "sizeClass": "mid"}"#,
        tolerance: 1e-15,
        source: "by hand: 25 · 80 million",
    }];
    const FORMULA: &'static str = "\
        marketCap = sharePrice * sharesOutstanding\n\
        sizeClass, US dollars: 200e9, 10e9, 2e9, 300e6, 50e6\n\
        Source: bounds by the convention of market data vendors; index providers and regulators have others";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        use SizeClass::{Large, Mega, Micro, Mid, Nano, Small};
        let market_cap = held(args.share_price * args.shares_outstanding, "market capitalisation")?;
        let classes = [(200e9, Mega), (10e9, Large), (2e9, Mid), (300e6, Small), (50e6, Micro)];
        Ok(Output { market_cap, size_class: band(market_cap, classes, Nano) })
    }
}
