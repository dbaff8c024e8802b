//! Weighted average cost of capital.

use super::warn_of_signs;
use crate::math::finance::capital_cost::{Capital, capm};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Wacc;

/// A rate of at most 100 %: what is above is a percentage by mistake.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(transparent)]
pub(super) struct Cost(#[schemars(range(max = 1))] f64);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    /// Equity at market value [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    market_cap: f64,
    /// Interest-bearing, gross of cash [currency].
    #[schemars(range(min = 0))]
    total_debt: f64,
    /// Taken off the debt for the weights [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    cash: f64,
    /// 0.04 for 4 % [decimal per year].
    risk_free_rate: Cost,
    /// Of the market, not its premium [decimal per year].
    market_return: Cost,
    /// Equity beta.
    beta: f64,
    /// Before tax [decimal per year].
    debt_interest_rate: Cost,
    /// [decimal]
    #[schemars(range(min = 0, max = 1))]
    tax_rate: f64,
    /// Replaces that of the CAPM [decimal per year].
    cost_of_equity: Option<Cost>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// equityWeight · costOfEquity + debtWeight · afterTaxCostOfDebt [decimal per year].
    wacc: f64,
    /// As given, or risk_free_rate + beta · marketRiskPremium [decimal per year].
    cost_of_equity: f64,
    /// Where costOfEquity comes from.
    cost_of_equity_source: Origin,
    /// total_debt - cash [currency].
    net_debt: f64,
    /// market_cap + netDebt [currency].
    total_value: f64,
    /// market_cap / totalValue [decimal].
    equity_weight: f64,
    /// netDebt / totalValue [decimal].
    debt_weight: f64,
    /// debt_interest_rate · (1 - tax_rate) [decimal per year].
    after_tax_cost_of_debt: f64,
    /// market_return - risk_free_rate [decimal per year].
    market_risk_premium: f64,
    /// total_debt · debt_interest_rate, on gross debt [currency per year].
    annual_interest_expense: f64,
    /// annualInterestExpense · tax_rate [currency per year].
    annual_tax_shield: f64,
    /// total_debt · tax_rate: of debt that stays for ever [currency].
    pv_tax_shield: f64,
    /// netDebt / market_cap, the ratio of the weights [x].
    debt_to_equity: f64,
}

/// capm: computed from beta; provided: cost_of_equity.
#[derive(Serialize, JsonSchema, Clone, Copy, PartialEq)]
#[serde(rename_all = "camelCase")]
enum Origin {
    Capm,
    Provided,
}

impl Tool for Wacc {
    const NAME: &'static str = "calculate_wacc";
    const TITLE: &'static str = "WACC";
    const DESCRIPTION: &'static str = "Cost of equity and after-tax cost of debt, weighted with market capitalisation and net debt (debt less cash). \
        Interest and tax shields are of gross debt. A given cost_of_equity replaces the CAPM.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"market_cap": 55101, "total_debt": 14668, "risk_free_rate": 0.04, "market_return": 0.0882, "beta": 1.25,
                "debt_interest_rate": 0.0525, "tax_rate": 0.373, "cost_of_equity": 0.1}"#,
            expect: r#"{"wacc": 0.0858968007281170721, "costOfEquity": 0.1, "costOfEquitySource": "provided", "netDebt": 14668,
                "totalValue": 69769, "equityWeight": 0.789763361951583081, "debtWeight": 0.210236638048416919,
                "afterTaxCostOfDebt": 0.0329175, "marketRiskPremium": 0.0482, "annualInterestExpense": 770.07,
                "annualTaxShield": 287.23611, "pvTaxShield": 5471.164, "debtToEquity": 0.266202065298270449}"#,
            tolerance: 1e-14,
            source: "A. Damodaran, Corporate Finance lecture notes, Disney (equity of 55.1 billion), current cost of capital (79 %, 21 %, 3.29 %, 8.59 %); \
                further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"market_cap": 800, "total_debt": 300, "cash": 100, "risk_free_rate": 0.03, "market_return": 0.08, "beta": 1.2,
                "debt_interest_rate": 0.05, "tax_rate": 0.2}"#,
            expect: r#"{"wacc": 0.08, "costOfEquity": 0.09, "costOfEquitySource": "capm", "netDebt": 200, "totalValue": 1000,
                "equityWeight": 0.8, "debtWeight": 0.2, "afterTaxCostOfDebt": 0.04, "annualInterestExpense": 15,
                "annualTaxShield": 3, "pvTaxShield": 60, "debtToEquity": 0.25}"#,
            tolerance: 1e-14,
            source: "by hand: 0.8 · 9 % + 0.2 · 4 % = 8 %; interest 300 · 5 %, shield 15 · 20 %",
        },
    ];
    const FORMULA: &'static str = "\
        wacc = market_cap / V * Re + D / V * debt_interest_rate * (1 - tax_rate); D = total_debt - cash, V = market_cap + D\n\
        Re = cost_of_equity, or risk_free_rate + beta * (market_return - risk_free_rate)\n\
        pvTaxShield = tax_rate * total_debt (perpetual debt)\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapters 9, 18, 19";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (equity_cost, origin) = equity_cost(&args, cx)?;
        let (debt_cost, tax) = (args.debt_interest_rate.0, args.tax_rate);
        let capital = Capital { equity: args.market_cap, debt: args.total_debt, cash: args.cash };
        let got = capital.average(equity_cost, debt_cost, tax)?;
        if got.net_debt < 0.0 {
            cx.warn("cash exceeds debt: the weight of net debt is negative and that of equity above 1");
        }
        let interest = held(args.total_debt * debt_cost, "interest")?;
        Ok(Output {
            wacc: got.wacc,
            cost_of_equity: equity_cost,
            cost_of_equity_source: origin,
            net_debt: got.net_debt,
            total_value: got.value,
            equity_weight: got.equity_weight,
            debt_weight: got.debt_weight,
            after_tax_cost_of_debt: got.after_tax,
            market_risk_premium: args.market_return.0 - args.risk_free_rate.0,
            annual_interest_expense: interest,
            annual_tax_shield: interest * tax,
            pv_tax_shield: args.total_debt * tax,
            debt_to_equity: held(got.net_debt / args.market_cap, "debt-to-equity ratio")?,
        })
    }
}

/// The cost of equity that counts, and where it comes from.
fn equity_cost(args: &Args, cx: &Context) -> Result<(f64, Origin), Error> {
    if let Some(Cost(given)) = args.cost_of_equity {
        return Ok((given, Origin::Provided));
    }
    let (free, market) = (args.risk_free_rate.0, args.market_return.0);
    warn_of_signs(cx, args.beta, market - free);
    Ok((capm(free, args.beta, market)?, Origin::Capm))
}
