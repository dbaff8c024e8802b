//! Conversion of a SAFE at a priced round.

use super::finite;
use crate::math::finance::venture::{self, convert_safe};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Safe;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    safe_amount: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    valuation_cap: f64,
    /// 0.2 for 20 % off [decimal].
    #[schemars(range(min = 0), extend("exclusiveMaximum" = 1.0))]
    discount_rate: f64,
    /// Post-money [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    priced_round_valuation: f64,
    /// [currency per share]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    priced_round_price: f64,
    /// Divide the cap; with SAFEs if it is post-money [shares].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pre_money_shares: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Price by the cap [currency per share].
    cap_price: f64,
    /// Price by the discount [currency per share].
    discount_price: f64,
    /// The lower of the two [currency per share].
    conversion_price: f64,
    /// Which one that is; discount where they are equal.
    term_used: Term,
    /// safeAmount / conversionPrice [shares].
    shares_received: f64,
    /// 1 - conversionPrice / pricedRoundPrice [decimal].
    effective_discount: f64,
    /// Part of the company after the round [decimal].
    ownership: f64,
}

/// The lower price counts.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Term {
    ValuationCap,
    Discount,
}

impl Tool for Safe {
    const NAME: &'static str = "model_safe_conversion";
    const TITLE: &'static str = "SAFE conversion at a priced round";
    const DESCRIPTION: &'static str = "Shares that a SAFE becomes, by cap or discount. Without preMoneyShares the cap is divided by all shares after the round.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"safeAmount": 100000, "valuationCap": 8000000, "discountRate": 0.15, "pricedRoundValuation": 11125000,
                "pricedRoundPrice": 0.909, "preMoneyShares": 11000000}"#,
            expect: r#"{"capPrice": 0.72727, "discountPrice": 0.77265, "conversionPrice": 0.72727, "termUsed": "valuation_cap",
                "sharesReceived": 137500}"#,
            tolerance: 4e-6,
            source: "Y Combinator, Safe Primer (2013), example «cap and discount»: 137,500 shares at $0.72727",
        },
        Example {
            arguments: r#"{"safeAmount": 500000, "valuationCap": 5000000, "discountRate": 0.2, "pricedRoundValuation": 12500000,
                "pricedRoundPrice": 1.25, "preMoneyShares": 8000000}"#,
            expect: r#"{"capPrice": 0.625, "discountPrice": 1, "sharesReceived": 800000, "effectiveDiscount": 0.5, "ownership": 0.08}"#,
            tolerance: 1e-15,
            source: "by hand: post-money SAFE of 10 % of 8 million shares, diluted by a fifth: 0.1 · 0.8",
        },
    ];
    const FORMULA: &'static str = "\
        capPrice = valuationCap / preMoneyShares (absent: pricedRoundValuation / pricedRoundPrice shares)\n\
        discountPrice = pricedRoundPrice * (1 - discountRate); sharesReceived = safeAmount / the lower of the two\n\
        ownership = sharesReceived * pricedRoundPrice / pricedRoundValuation\n\
        Source: Y Combinator, Safe Primer (2013); Post-Money Safe User Guide (2018)";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (valuation, price) = (args.priced_round_valuation, args.priced_round_price);
        let all = finite(valuation / price, "number of shares")?;
        if args.pre_money_shares.is_none() {
            cx.warn("the cap is divided by all shares after the round: preMoneyShares gives the price of the contract");
        }
        let shares = args.pre_money_shares.unwrap_or(all);
        let got = convert_safe(args.safe_amount, args.valuation_cap, shares, args.discount_rate, price)?;
        let ownership = finite(got.shares / all, "ownership")?;
        if ownership > 1.0 {
            let message = format!(
                "got {valuation}; wanted: the post-money valuation, which is at least {}, the SAFE's shares at pricedRoundPrice",
                got.shares * price
            );
            return Err(Error::at("pricedRoundValuation", message));
        }
        Ok(Output {
            cap_price: got.cap_price,
            discount_price: got.discount_price,
            conversion_price: got.price,
            term_used: match got.term {
                venture::Term::Cap => Term::ValuationCap,
                venture::Term::Discount => Term::Discount,
            },
            shares_received: got.shares,
            effective_discount: 1.0 - got.price / price,
            ownership,
        })
    }
}
