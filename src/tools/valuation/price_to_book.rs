//! Price over book value.

use super::{band, quotient};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct PriceToBook;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency per share]
    #[schemars(range(min = 0))]
    market_price: f64,
    /// [currency per share]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    book_value_per_share: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// marketPrice / bookValuePerShare [x].
    price_to_book: f64,
    /// From 1, 3, 5 on: moderate, elevated, high; below: belowBook.
    assessment: Assessment,
}

/// By the multiple.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    BelowBook,
    Moderate,
    Elevated,
    High,
}

impl Tool for PriceToBook {
    const NAME: &'static str = "calculate_price_to_book";
    const TITLE: &'static str = "Price / book";
    const DESCRIPTION: &'static str = "Price over book value per common share.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"marketPrice": 40, "bookValuePerShare": 12.5}"#,
        expect: r#"{"priceToBook": 3.2, "assessment": "elevated"}"#,
        tolerance: 1e-15,
        source: "by hand: 40 / 12.5",
    }];
    const FORMULA: &'static str = "\
        priceToBook = marketPrice / bookValuePerShare\n\
        Source: CFA Program Curriculum, Equity Investments, «Market-Based Valuation: Price and Enterprise Value Multiples»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        use Assessment::{BelowBook, Elevated, High, Moderate};
        let price_to_book = quotient(args.market_price, args.book_value_per_share, "price-book ratio")?;
        let assessment = band(price_to_book, [(5.0, High), (3.0, Elevated), (1.0, Moderate)], BelowBook);
        Ok(Output { price_to_book, assessment })
    }
}
