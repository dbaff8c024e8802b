//! Debt-to-equity ratio with the lowest cost of capital.

use crate::math::finance::leverage::Firm;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CapitalStructure;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Asset beta.
    unlevered_beta: f64,
    /// [decimal per year]
    #[schemars(range(min = 0))]
    risk_free_rate: f64,
    /// Above riskFreeRate [decimal per year].
    market_return: f64,
    /// At the first debt, before tax [decimal per year].
    #[schemars(range(min = 0))]
    base_debt_cost: f64,
    /// [decimal]
    #[schemars(range(min = 0, max = 1))]
    tax_rate: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    firm_value: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Debt over equity at the lowest cost on the grid 0, 0.1, …, 2.5 [ratio].
    debt_to_equity: f64,
    /// Debt over firm value [decimal].
    debt_weight: f64,
    /// Equity over firm value [decimal].
    equity_weight: f64,
    /// debtWeight · firmValue [currency].
    debt: f64,
    /// equityWeight · firmValue [currency].
    equity: f64,
    /// Cost of equity there [decimal per year].
    cost_of_equity: f64,
    /// Cost of debt there, before tax [decimal per year].
    cost_of_debt: f64,
    /// Cost of debt there, after tax [decimal per year].
    after_tax_cost_of_debt: f64,
    /// Weighted average cost of capital there [decimal per year].
    wacc: f64,
    /// Whether the lowest cost lies at an end of the grid, so that the true optimum may lie beyond.
    at_grid_edge: bool,
    /// All 26 points of the grid.
    curve: Vec<Point>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Point {
    /// Debt over equity [ratio].
    debt_to_equity: f64,
    /// Weighted average cost of capital [decimal per year].
    wacc: f64,
}

impl Tool for CapitalStructure {
    const NAME: &'static str = "optimize_capital_structure";
    const TITLE: &'static str = "D/E ratio with the lowest WACC (grid search)";
    const DESCRIPTION: &'static str = "Debt over equity from 0 to 2.5 with the lowest cost of capital, if debt costs 20 % more for each unit of it.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"unleveredBeta": 1, "riskFreeRate": 0.04, "marketReturn": 0.09, "baseDebtCost": 0.07, "taxRate": 0.3,
            "firmValue": 1000000}"#,
        expect: r#"{"debtToEquity": 0.3, "debtWeight": 0.230769230769230769, "equityWeight": 0.769230769230769231,
            "debt": 230769.230769230769, "equity": 769230.769230769231, "costOfEquity": 0.1005, "costOfDebt": 0.0742,
            "afterTaxCostOfDebt": 0.05194, "wacc": 0.0892938461538461538, "atGridEdge": false}"#,
        tolerance: 1e-14,
        source: "all 26 points in exact fractions (Python 3.11): 0.116082 / 1.3 at 0.3",
    }];
    const FORMULA: &'static str = "\
        Ke = riskFreeRate + unleveredBeta * (1 + (1 - taxRate) * x) * (marketReturn - riskFreeRate), x = debt over equity\n\
        Kd = baseDebtCost * (1 + 0.2 x); wacc = (Ke + x * Kd * (1 - taxRate)) / (1 + x); debt = firmValue * x / (1 + x)\n\
        least over x = 0, 0.1, ..., 2.5, the first of equal ones\n\
        Source: R. S. Hamada, J. of Finance 27 (1972), 435-452; the slope 0.2 is an assumption of this tool";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        if args.market_return <= args.risk_free_rate {
            let (market, free) = (args.market_return, args.risk_free_rate);
            return Err(Error::at(
                "marketReturn",
                format!("got {market}; wanted: above riskFreeRate, {free}"),
            ));
        }
        let firm = Firm {
            unlevered_beta: args.unlevered_beta,
            risk_free: args.risk_free_rate,
            market: args.market_return,
            debt_cost: args.base_debt_cost,
            tax_rate: args.tax_rate,
        };
        let (curve, at) = firm.curve()?;
        let best = curve[at];
        let at_grid_edge = at == 0 || at + 1 == curve.len();
        tell_assumptions(cx, at_grid_edge, best.debt_to_equity);
        let whole = 1.0 + best.debt_to_equity;
        Ok(Output {
            debt_to_equity: best.debt_to_equity,
            debt_weight: best.debt_to_equity / whole,
            equity_weight: 1.0 / whole,
            debt: args.firm_value * (best.debt_to_equity / whole),
            equity: args.firm_value / whole,
            cost_of_equity: best.equity_cost,
            cost_of_debt: best.debt_cost,
            after_tax_cost_of_debt: best.debt_cost * (1.0 - args.tax_rate),
            wacc: best.wacc,
            at_grid_edge,
            curve: curve.iter().map(|m| Point { debt_to_equity: m.debt_to_equity, wacc: m.wacc }).collect(),
        })
    }
}

/// The answer hangs on these; it must not be read without them.
fn tell_assumptions(cx: &Context, at_grid_edge: bool, at: f64) {
    cx.warn(
        "assumed: the cost of debt is baseDebtCost (1 + 0.2 debt/equity), debt carries no beta, distress costs nothing; \
         the slope of 0.2 decides where the minimum lies",
    );
    if at_grid_edge {
        cx.warn(format!(
            "the lowest cost lies at the end of the grid, debt/equity = {at}: no optimum was found within it"
        ));
    }
}
