//! Equity by free cash flow to equity in two stages.

use super::{exceeds, per_share, share};
use crate::math::finance::tvm::{future_value, present_value};
use crate::math::finance::valuation::{grown_present_value, terminal_value, two_stage};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::Rate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Fcfe;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Of year 0; the first flow comes a year later and is already grown [currency].
    #[serde(rename = "currentFCFE")]
    current_fcfe: f64,
    /// In the first stage [decimal per year].
    high_growth_rate: Rate,
    /// Years of the first stage.
    #[schemars(range(min = 1, max = 1000))]
    high_growth_periods: u32,
    /// For ever after [decimal per year].
    terminal_growth_rate: Rate,
    /// Above terminalGrowthRate [decimal per year].
    cost_of_equity: Rate,
    /// For valuePerShare [shares].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shares_outstanding: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Both stages [currency].
    equity_value: f64,
    /// Flows of the first stage, today [currency].
    pv_high_growth: f64,
    /// At the end of the first stage, not discounted [currency].
    terminal_value: f64,
    /// terminalValue, today [currency].
    pv_terminal_value: f64,
    /// pvTerminalValue / equityValue; null when the value is 0 [decimal].
    terminal_share: Option<f64>,
    /// equityValue / sharesOutstanding; null without sharesOutstanding [currency per share].
    value_per_share: Option<f64>,
    /// The first stage, year by year.
    projections: Vec<Year>,
}

/// A year of the first stage.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Year {
    /// From 1 on.
    year: u32,
    /// At the end of the year [currency].
    fcfe: f64,
    /// (1 + costOfEquity)^-year [number].
    discount_factor: f64,
    /// fcfe · discountFactor [currency].
    present_value: f64,
}

impl Tool for Fcfe {
    const NAME: &'static str = "value_equity_fcfe";
    const TITLE: &'static str = "Two-stage FCFE valuation";
    const DESCRIPTION: &'static str = "Equity value from free cash flow to equity that grows at one rate for some years and at another for ever \
        after. Flows fall at year ends; give the flow of year 0.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"currentFCFE": 100, "highGrowthRate": 0.1, "highGrowthPeriods": 2, "terminalGrowthRate": 0.05, "costOfEquity": 0.1,
            "sharesOutstanding": 50}"#,
        expect: r#"{"equityValue": 2300, "pvHighGrowth": 200, "terminalValue": 2541, "pvTerminalValue": 2100,
            "terminalShare": 0.913043478260869565, "valuePerShare": 46,
            "projections": [{"year": 1, "fcfe": 110, "discountFactor": 0.909090909090909091, "presentValue": 100},
                {"year": 2, "fcfe": 121, "discountFactor": 0.826446280991735537, "presentValue": 100}]}"#,
        tolerance: 1e-13,
        source: "by hand: 110 / 1.1 + 121 / 1.21 + 121 · 1.05 / 0.05 / 1.21",
    }];
    const FORMULA: &'static str = "\
        FCFE_t = currentFCFE (1 + highGrowthRate)^t, t = 1 .. highGrowthPeriods = n; flows at year ends, discounted t years at costOfEquity\n\
        terminalValue = FCFE_n (1 + terminalGrowthRate) / (costOfEquity - terminalGrowthRate), discounted n years\n\
        Source: CFA Program Curriculum, Equity Investments, «Free Cash Flow Valuation»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (flow, high, years) = (args.current_fcfe, args.high_growth_rate.0, args.high_growth_periods);
        let (stable, cost) = (args.terminal_growth_rate.0, args.cost_of_equity.0);
        exceeds(("costOfEquity", cost), ("terminalGrowthRate", stable))?;
        let stages = two_stage(flow, high, years.into(), stable, cost)?;
        if flow < 0.0 {
            cx.warn("a negative currentFCFE stays negative in every year of this model: start from a flow that can last");
        }
        Ok(Output {
            equity_value: stages.value,
            pv_high_growth: stages.first,
            terminal_value: terminal_value(flow, high, years.into(), stable, cost)?,
            pv_terminal_value: stages.terminal,
            terminal_share: share(stages.terminal, stages.value),
            value_per_share: per_share(stages.value, args.shares_outstanding, "value per share")?,
            projections: (1..=years).map(|year| project(flow, high, cost, year)).collect::<Result<_, _>>()?,
        })
    }
}

fn project(flow: f64, growth: f64, cost: f64, year: u32) -> Result<Year, Error> {
    Ok(Year {
        year,
        fcfe: future_value(flow, growth, year.into())?,
        discount_factor: present_value(1.0, cost, year.into())?,
        present_value: grown_present_value(flow, growth, cost, year.into())?,
    })
}
