//! Valuation after an investment.

use super::finite;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct PostMoney;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pre_money_valuation: f64,
    /// [currency]
    #[schemars(range(min = 0))]
    investment_amount: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// preMoneyValuation + investmentAmount [currency].
    post_money_valuation: f64,
    /// investmentAmount / postMoneyValuation [decimal].
    new_investor_ownership: f64,
    /// preMoneyValuation / postMoneyValuation [decimal].
    existing_ownership: f64,
}

impl Tool for PostMoney {
    const NAME: &'static str = "calculate_post_money_valuation";
    const TITLE: &'static str = "Post-money valuation";
    const DESCRIPTION: &'static str =
        "Value of a company after new money, and what part of it new and existing owners hold.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"preMoneyValuation": 8000000, "investmentAmount": 2000000}"#,
        expect: r#"{"postMoneyValuation": 10000000, "newInvestorOwnership": 0.2, "existingOwnership": 0.8}"#,
        tolerance: 1e-15,
        source: "by hand: 2 / (8 + 2)",
    }];
    const FORMULA: &'static str = "\
        postMoneyValuation = preMoneyValuation + investmentAmount; each part over the whole\n\
        Source: National Venture Capital Association, model term sheet, «Price Per Share»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let post = finite(args.pre_money_valuation + args.investment_amount, "post-money valuation")?;
        Ok(Output {
            post_money_valuation: post,
            new_investor_ownership: args.investment_amount / post,
            existing_ownership: args.pre_money_valuation / post,
        })
    }
}
