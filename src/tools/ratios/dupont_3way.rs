//! Return on equity by margin, turnover and leverage.

use crate::math::finance::ratios::three_factors;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Dupont3;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// A loss is negative [currency].
    net_income: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    sales: f64,
    /// Average or closing [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_assets: f64,
    /// As totalAssets [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shareholder_equity: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// netIncome / sales [decimal].
    net_profit_margin: f64,
    /// sales / totalAssets [x].
    asset_turnover: f64,
    /// totalAssets / shareholderEquity [x].
    equity_multiplier: f64,
    /// The product of the three [decimal].
    roe: f64,
    /// netIncome / shareholderEquity [decimal].
    roe_direct: f64,
}

impl Tool for Dupont3 {
    const NAME: &'static str = "calculate_dupont_3way";
    const TITLE: &'static str = "DuPont three-factor ROE";
    const DESCRIPTION: &'static str = "Return on equity as net margin times asset turnover times equity multiplier; roe is the product, \
        roeDirect netIncome / equity, and the two agree. Give assets and equity both as averages or both as \
        closing balances.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netIncome": 75.6, "sales": 840, "totalAssets": 600, "shareholderEquity": 240}"#,
            expect: r#"{"netProfitMargin": 0.09, "assetTurnover": 1.4, "equityMultiplier": 2.5, "roe": 0.315, "roeDirect": 0.315}"#,
            tolerance: 1e-15,
            source: "by hand: 0.09 · 1.4 · 2.5 = 0.315",
        },
        Example {
            arguments: r#"{"netIncome": 35909, "sales": 188770, "totalAssets": 102853, "shareholderEquity": 81123}"#,
            expect: r#"{"netProfitMargin": 0.190226201197224135, "assetTurnover": 1.83533781221743654, "equityMultiplier": 1.26786484720732715, "roe": 0.442648817228159708}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2019 (19.02 %, 1.84, 1.27); further digits by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        roe = netProfitMargin * assetTurnover * equityMultiplier\n\
        netProfitMargin = netIncome / sales, assetTurnover = sales / totalAssets, equityMultiplier = totalAssets / shareholderEquity\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.6";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let got = three_factors(args.net_income, args.sales, args.total_assets, args.shareholder_equity)?;
        Ok(Output {
            net_profit_margin: got.margin,
            asset_turnover: got.turnover,
            equity_multiplier: got.multiplier,
            roe: got.roe,
            roe_direct: got.direct,
        })
    }
}
