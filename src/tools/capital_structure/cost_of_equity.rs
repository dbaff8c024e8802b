//! Cost of equity by the capital asset pricing model.

use super::warn_of_signs;
use crate::math::finance::capital_cost::capm;
use crate::math::finance::leverage::hamada;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CostOfEquity;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    /// 0.04 for 4 % [decimal per year].
    risk_free_rate: f64,
    /// Equity beta, with debt.
    beta: f64,
    /// Expected return of the market, not its premium [decimal per year].
    market_return: f64,
    /// At market values; with tax_rate or not at all [x].
    #[schemars(range(min = 0))]
    debt_to_equity_ratio: Option<f64>,
    /// With debt_to_equity_ratio or not at all [decimal].
    #[schemars(range(min = 0, max = 1))]
    tax_rate: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// [decimal per year]
    cost_of_equity: f64,
    /// market_return - risk_free_rate [decimal per year].
    market_risk_premium: f64,
    /// Above 1.2, 1, 0.8, 0: high, aboveMarket, nearMarket, belowMarket; else nonPositive.
    beta_class: BetaClass,
    /// Beta of the same firm without debt; null without debt_to_equity_ratio and tax_rate, as the next three [number].
    unlevered_beta: Option<f64>,
    /// Its cost of equity without debt [decimal per year].
    unlevered_cost_of_equity: Option<f64>,
    /// beta - unleveredBeta [number].
    leverage_beta_effect: Option<f64>,
    /// costOfEquity - unleveredCostOfEquity [decimal per year].
    leverage_cost_effect: Option<f64>,
}

/// By beta.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum BetaClass {
    High,
    AboveMarket,
    NearMarket,
    BelowMarket,
    NonPositive,
}

impl From<f64> for BetaClass {
    fn from(beta: f64) -> Self {
        match beta {
            beta if beta > 1.2 => Self::High,
            beta if beta > 1.0 => Self::AboveMarket,
            beta if beta > 0.8 => Self::NearMarket,
            beta if beta > 0.0 => Self::BelowMarket,
            _ => Self::NonPositive,
        }
    }
}

impl Tool for CostOfEquity {
    const NAME: &'static str = "calculate_cost_of_equity";
    const TITLE: &'static str = "Cost of equity (CAPM)";
    const DESCRIPTION: &'static str = "Riskless rate plus beta times the market risk premium; with debt over equity and the tax rate also what the \
        same firm's equity would cost without debt (Hamada, debt beta 0).";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"risk_free_rate": 0.04, "beta": 1.2348, "market_return": 0.0882, "debt_to_equity_ratio": 0.25, "tax_rate": 0.373}"#,
            expect: r#"{"costOfEquity": 0.09951736, "marketRiskPremium": 0.0482, "betaClass": "high", "unleveredBeta": 1.06747352496217851,
                "unleveredCostOfEquity": 0.0914522239031770045, "leverageBetaEffect": 0.167326475037821483,
                "leverageCostEffect": 0.00806513609682299546}"#,
            tolerance: 1e-14,
            source: "A. Damodaran, Corporate Finance lecture notes, Disney (equity of 55.1 billion), cost of equity at debt ratios of 20 % (9.95 %) and 0 % \
                (9.15 %, beta 1.0674); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"risk_free_rate": 0.04, "beta": 0.9, "market_return": 0.12}"#,
            expect: r#"{"costOfEquity": 0.112, "marketRiskPremium": 0.08, "betaClass": "nearMarket", "unleveredBeta": null,
                "unleveredCostOfEquity": null, "leverageBetaEffect": null, "leverageCostEffect": null}"#,
            tolerance: 1e-14,
            source: "R. A. Brealey, S. C. Myers, A. J. Marcus, Fundamentals of Corporate Finance, Buildwell: 4 % + 0.9 · 8 % = 11.2 %",
        },
    ];
    const FORMULA: &'static str = "\
        costOfEquity = risk_free_rate + beta * (market_return - risk_free_rate)\n\
        unleveredBeta = beta / (1 + (1 - tax_rate) * debt_to_equity_ratio), its cost likewise\n\
        Source: W. F. Sharpe, J. of Finance 19 (1964), 425-442; R. S. Hamada, J. of Finance 27 (1972), 435-452";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let Args { risk_free_rate, beta, market_return, .. } = args;
        let cost_of_equity = capm(risk_free_rate, beta, market_return)?;
        let premium = market_return - risk_free_rate;
        // h / (1 + h), also for a ratio near the largest float.
        let share = leverage(&args)?.map(|h| (h, h / (1.0 + h)));
        warn_of_signs(cx, beta, premium);
        let unlevered_beta = share.map(|(h, _)| beta / (1.0 + h));
        Ok(Output {
            cost_of_equity,
            market_risk_premium: premium,
            beta_class: beta.into(),
            unlevered_beta,
            unlevered_cost_of_equity: unlevered_beta
                .map(|beta| capm(risk_free_rate, beta, market_return))
                .transpose()?,
            leverage_beta_effect: share.map(|(_, part)| beta * part),
            leverage_cost_effect: share.map(|(_, part)| beta * part * premium),
        })
    }
}

/// What debt adds to a beta, when both figures for it are given.
fn leverage(args: &Args) -> Result<Option<f64>, Error> {
    let lone = |missing: &str, given: &str| Err(Error::at(missing, format!("missing; wanted with {given}")));
    match (args.debt_to_equity_ratio, args.tax_rate) {
        (Some(ratio), Some(tax)) => Ok(Some(hamada(tax, ratio))),
        (None, None) => Ok(None),
        (Some(_), None) => lone("tax_rate", "debt_to_equity_ratio: give both or neither"),
        (None, Some(_)) => lone("debt_to_equity_ratio", "tax_rate: give both or neither"),
    }
}
