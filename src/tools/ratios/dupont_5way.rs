//! Return on equity by tax, interest, margin, turnover and leverage.

use crate::math::finance::ratios::{FiveFactors, five_factors};
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Dupont5;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// A loss is negative [currency].
    net_income: f64,
    /// Earnings before tax, not 0 [currency].
    ebt: f64,
    /// Before interest and tax, not 0 [currency].
    ebit: f64,
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
    /// netIncome / ebt [decimal].
    tax_burden: f64,
    /// ebt / ebit [decimal].
    interest_burden: f64,
    /// ebit / sales [decimal].
    ebit_margin: f64,
    /// sales / totalAssets [x].
    asset_turnover: f64,
    /// totalAssets / shareholderEquity [x].
    equity_multiplier: f64,
    /// The product of the five [decimal].
    roe: f64,
    /// netIncome / shareholderEquity [decimal].
    roe_direct: f64,
    /// 1 - taxBurden [decimal].
    effective_tax_rate: f64,
}

impl Tool for Dupont5 {
    const NAME: &'static str = "calculate_dupont_5way";
    const TITLE: &'static str = "DuPont five-factor ROE";
    const DESCRIPTION: &'static str = "Return on equity as tax burden, interest burden, operating margin, asset turnover and equity multiplier; \
        roe is their product, roeDirect netIncome / equity, and the two agree. Losses are computed; only 0 \
        earnings are refused.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netIncome": 75.6, "ebt": 100.8, "ebit": 126, "sales": 840, "totalAssets": 600, "shareholderEquity": 240}"#,
            expect: r#"{"taxBurden": 0.75, "interestBurden": 0.8, "ebitMargin": 0.15, "assetTurnover": 1.4, "equityMultiplier": 2.5, "roe": 0.315, "roeDirect": 0.315, "effectiveTaxRate": 0.25}"#,
            tolerance: 1e-14,
            source: "by hand: 0.75 · 0.8 · 0.15 · 1.4 · 2.5 = 0.315",
        },
        Example {
            arguments: r#"{"netIncome": 35909, "ebt": 55244, "ebit": 56604, "sales": 188770, "totalAssets": 102853, "shareholderEquity": 81123}"#,
            expect: r#"{"taxBurden": 0.650007240605314604, "interestBurden": 0.975973429439615575, "ebitMargin": 0.299856968798008158, "roe": 0.442648817228159708, "effectiveTaxRate": 0.349992759394685396}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2019 (taxes of 19335); further digits by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        roe = taxBurden * interestBurden * ebitMargin * assetTurnover * equityMultiplier\n\
        taxBurden = netIncome / ebt, interestBurden = ebt / ebit, ebitMargin = ebit / sales, assetTurnover = sales / totalAssets,\n\
        equityMultiplier = totalAssets / shareholderEquity; effectiveTaxRate = (ebt - netIncome) / ebt\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.6";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let Args { net_income, ebt, ebit, sales, total_assets, shareholder_equity } = args;
        refuse_zero(&[("ebt", ebt), ("ebit", ebit)])?;
        if ebt < 0.0 || ebit < 0.0 {
            cx.warn("earnings are negative: the factors multiply to the return, but the burdens and the tax rate cannot be read as such");
        }
        let FiveFactors { tax_burden, interest_burden, ebit_margin, tax_rate, roe, rest } =
            five_factors(net_income, ebt, ebit, sales, total_assets, shareholder_equity)?;
        Ok(Output {
            tax_burden,
            interest_burden,
            ebit_margin,
            asset_turnover: rest.turnover,
            equity_multiplier: rest.multiplier,
            roe,
            roe_direct: rest.direct,
            effective_tax_rate: tax_rate,
        })
    }
}

/// A factor divides by each of these.
fn refuse_zero(earnings: &[(&str, f64)]) -> Result<(), Error> {
    let zero = earnings.iter().filter(|(_, amount)| *amount == 0.0);
    let problems: Vec<_> = zero
        .map(|(name, _)| {
            Problem::new(*name, "got 0; wanted: earnings that are not 0, which a factor divides by")
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}
