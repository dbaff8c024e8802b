//! From enterprise value to equity value.

use super::per_share;
use crate::math::finance::valuation::{Claims, equity};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct EvBridge;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    enterprise_value: f64,
    /// [currency]
    #[schemars(range(min = 0))]
    total_debt: f64,
    /// [currency]
    #[schemars(range(min = 0))]
    cash: f64,
    /// Added [currency].
    #[serde(default)]
    non_operating_assets: f64,
    /// Subtracted [currency].
    #[serde(default)]
    minority_interest: f64,
    /// Subtracted [currency].
    #[serde(default)]
    preferred_stock: f64,
    /// Common, diluted [shares].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shares_outstanding: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// enterpriseValue - netDebt + nonOperatingAssets - minorityInterest - preferredStock [currency].
    equity_value: f64,
    /// totalDebt - cash, subtracted [currency].
    net_debt: f64,
    /// As given, added [currency].
    non_operating_assets: f64,
    /// As given, subtracted [currency].
    minority_interest: f64,
    /// As given, subtracted [currency].
    preferred_stock: f64,
    /// equityValue / sharesOutstanding; null without sharesOutstanding [currency per share].
    value_per_share: Option<f64>,
}

impl Tool for EvBridge {
    const NAME: &'static str = "value_equity_ev_bridge";
    const TITLE: &'static str = "Enterprise-value-to-equity bridge";
    const DESCRIPTION: &'static str = "From enterprise value to the value of common equity: less net debt, minority interest and preferred stock, \
        plus non-operating assets; every line is in the result.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"enterpriseValue": 1000, "totalDebt": 300, "cash": 80, "nonOperatingAssets": 45, "minorityInterest": 25,
            "preferredStock": 50, "sharesOutstanding": 40}"#,
        expect: r#"{"equityValue": 750, "netDebt": 220, "nonOperatingAssets": 45, "minorityInterest": 25, "preferredStock": 50,
            "valuePerShare": 18.75}"#,
        tolerance: 1e-15,
        source: "by hand: 1000 - 220 + 45 - 25 - 50 = 750; 750 / 40",
    }];
    const FORMULA: &'static str = "\
        equityValue = enterpriseValue - (totalDebt - cash) + nonOperatingAssets - minorityInterest - preferredStock\n\
        Source: T. Koller, M. Goedhart, D. Wessels, Valuation, 6th ed. (2015), chapter 14";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let claims = Claims {
            debt: args.total_debt,
            cash: args.cash,
            non_operating: args.non_operating_assets,
            minority: args.minority_interest,
            preferred: args.preferred_stock,
        };
        let equity_value = equity(args.enterprise_value, &claims)?;
        if equity_value < 0.0 {
            cx.warn("the claims exceed the enterprise value: common equity is worth nothing, not less");
        }
        Ok(Output {
            equity_value,
            net_debt: held(claims.debt - claims.cash, "net debt")?,
            non_operating_assets: claims.non_operating,
            minority_interest: claims.minority,
            preferred_stock: claims.preferred,
            value_per_share: per_share(equity_value, args.shares_outstanding, "value per share")?,
        })
    }
}
