//! What new shares leave to the existing ones.

use super::finite;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Dilution;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Shares before [shares].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    existing_shares: f64,
    /// Shares issued [shares].
    #[schemars(range(min = 0))]
    new_shares: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// newShares / totalSharesAfter [decimal].
    dilution: f64,
    /// existingShares / totalSharesAfter [decimal].
    existing_ownership_after: f64,
    /// existingShares + newShares [shares].
    total_shares_after: f64,
}

impl Tool for Dilution {
    const NAME: &'static str = "calculate_dilution_percentage";
    const TITLE: &'static str = "Dilution from new shares";
    const DESCRIPTION: &'static str = "Part of a company that new shares take from its existing owners.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"existingShares": 8000000, "newShares": 2000000}"#,
        expect: r#"{"dilution": 0.2, "existingOwnershipAfter": 0.8, "totalSharesAfter": 10000000}"#,
        tolerance: 1e-15,
        source: "by hand: 2 / (8 + 2)",
    }];
    const FORMULA: &'static str = "\
        dilution = newShares / (existingShares + newShares)\n\
        Source: definition";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let total = finite(args.existing_shares + args.new_shares, "number of shares")?;
        Ok(Output {
            dilution: args.new_shares / total,
            existing_ownership_after: args.existing_shares / total,
            total_shares_after: total,
        })
    }
}
