//! Book value per common share.

use super::quotient;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct BookValuePerShare;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Shareholders' equity, preferred included [currency].
    total_equity: f64,
    /// Common shares on the date [shares].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shares_outstanding: f64,
    /// Preferred stock at its liquidation value [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    preferred_equity: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// (totalEquity - preferredEquity) / sharesOutstanding [currency per share].
    book_value_per_share: f64,
}

impl Tool for BookValuePerShare {
    const NAME: &'static str = "calculate_book_value_per_share";
    const TITLE: &'static str = "Book value per share";
    const DESCRIPTION: &'static str = "Common equity per share on one date: total equity less preferred equity, over the shares then outstanding.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"totalEquity": 5000000, "sharesOutstanding": 400000}"#,
            expect: r#"{"bookValuePerShare": 12.5}"#,
            tolerance: 1e-15,
            source: "by hand: 5000000 / 400000",
        },
        Example {
            arguments: r#"{"totalEquity": 5000000, "sharesOutstanding": 400000, "preferredEquity": 1000000}"#,
            expect: r#"{"bookValuePerShare": 10}"#,
            tolerance: 1e-15,
            source: "by hand: 4000000 / 400000",
        },
    ];
    const FORMULA: &'static str = "\
        bookValuePerShare = (totalEquity - preferredEquity) / sharesOutstanding\n\
        Source: CFA Program Curriculum, Equity Investments, «Market-Based Valuation: Price and Enterprise Value Multiples»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let equity = held(args.total_equity - args.preferred_equity, "common equity")?;
        let book = quotient(equity, args.shares_outstanding, "book value per share")?;
        Ok(Output { book_value_per_share: book })
    }
}
