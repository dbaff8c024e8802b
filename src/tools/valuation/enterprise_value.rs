//! Enterprise value.

use crate::math::sum::sum;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct EnterpriseValue;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(range(min = 0))]
    market_cap: f64,
    /// Interest-bearing, short and long [currency].
    #[schemars(range(min = 0))]
    total_debt: f64,
    /// [currency]
    #[schemars(range(min = 0))]
    cash_and_equivalents: f64,
    /// [currency]
    #[serde(default)]
    #[schemars(range(min = 0))]
    minority_interest: f64,
    /// [currency]
    #[serde(default)]
    #[schemars(range(min = 0))]
    preferred_stock: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// marketCap + totalDebt - cashAndEquivalents + minorityInterest + preferredStock [currency].
    enterprise_value: f64,
    /// totalDebt - cashAndEquivalents [currency].
    net_debt: f64,
}

impl Tool for EnterpriseValue {
    const NAME: &'static str = "calculate_enterprise_value";
    const TITLE: &'static str = "Enterprise value";
    const DESCRIPTION: &'static str = "Market capitalisation plus debt less cash. Minority interest and preferred stock count where given; pensions and leases only as part of totalDebt. Back to equity: value_equity_ev_bridge.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"marketCap": 1000000, "totalDebt": 300000, "cashAndEquivalents": 120000}"#,
            expect: r#"{"enterpriseValue": 1180000, "netDebt": 180000}"#,
            tolerance: 1e-15,
            source: "by hand: 1000000 + 300000 - 120000",
        },
        Example {
            arguments: r#"{"marketCap": 1000000, "totalDebt": 300000, "cashAndEquivalents": 120000, "minorityInterest": 50000, "preferredStock": 20000}"#,
            expect: r#"{"enterpriseValue": 1250000, "netDebt": 180000}"#,
            tolerance: 1e-15,
            source: "by hand: 1180000 + 50000 + 20000",
        },
    ];
    const FORMULA: &'static str = "\
        enterpriseValue = marketCap + totalDebt - cashAndEquivalents + minorityInterest + preferredStock\n\
        Source: CFA Program Curriculum, Equity Investments, «Market-Based Valuation: Price and Enterprise Value Multiples»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (debt, cash) = (args.total_debt, args.cash_and_equivalents);
        let parts = [args.market_cap, debt, -cash, args.minority_interest, args.preferred_stock];
        let enterprise_value = held(sum(&parts)?, "enterprise value")?;
        Ok(Output { enterprise_value, net_debt: debt - cash })
    }
}
