//! An enterprise by discounted free cash flow, and its equity.

mod plan;

use super::per_share;
use crate::math::finance::valuation::{Claims, Enterprise, Terminal, Timing, enterprise, equity};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use plan::Plan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct EnterpriseDcf;

/// Takes terminalGrowth; that and terminalRoic; exitMultiple.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Method {
    Gordon,
    ValueDriver,
    ExitMultiple,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [decimal per year]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    wacc: f64,
    terminal_method: Method,
    /// Whole years 1 … N; else the drivers [currency per year].
    #[schemars(length(min = 1, max = 200))]
    free_cash_flows: Option<Vec<f64>>,
    /// Driver, year 0 [currency per year].
    base_revenue: Option<f64>,
    /// Driver, years 1 … N [decimal].
    #[schemars(length(min = 1, max = 200))]
    revenue_growth: Option<Vec<f64>>,
    /// Driver, N or one for all [decimal].
    #[schemars(length(min = 1, max = 200))]
    ebit_margin: Option<Vec<f64>>,
    /// Driver; a loss is credited [decimal].
    #[schemars(range(min = 0, max = 1))]
    tax_rate: Option<f64>,
    /// [decimal of revenue]
    #[serde(default)]
    depreciation_share: f64,
    /// [decimal of revenue]
    #[serde(default)]
    capex_share: f64,
    /// [decimal of revenue change]
    #[serde(default)]
    working_capital_share: f64,
    /// Below wacc [decimal per year].
    #[schemars(extend("exclusiveMinimum" = -1.0))]
    terminal_growth: Option<f64>,
    /// Return on new capital [decimal per year].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    terminal_roic: Option<f64>,
    /// [x EBITDA]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    exit_multiple: Option<f64>,
    /// Year N, with freeCashFlows [currency].
    final_ebitda: Option<f64>,
    /// Year N, with freeCashFlows [currency].
    final_nopat: Option<f64>,
    /// Flows fall mid-period, not at the end.
    #[serde(default)]
    mid_year: bool,
    /// Length of period 1, scales its flow [years].
    #[serde(default = "whole_year")]
    #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0.0))]
    first_period_fraction: f64,
    /// [currency]
    #[serde(default)]
    debt: f64,
    /// [currency]
    #[serde(default)]
    cash: f64,
    /// [currency]
    #[serde(default)]
    minority_interest: f64,
    /// [currency]
    #[serde(default)]
    preferred_stock: f64,
    /// [currency]
    #[serde(default)]
    non_operating_assets: f64,
    /// [shares]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    diluted_shares: Option<f64>,
    /// Rows of sensitivity [decimal per year].
    #[schemars(length(min = 1, max = 50))]
    wacc_grid: Option<Vec<f64>>,
    /// Columns: growth or multiples.
    #[schemars(length(min = 1, max = 50))]
    terminal_grid: Option<Vec<f64>>,
}

fn whole_year() -> f64 {
    1.0
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// pvOfFlows + pvOfTerminalValue [currency].
    enterprise_value: f64,
    /// enterpriseValue - debt + cash - minorities - preferred + non-operating assets [currency].
    equity_value: f64,
    /// equityValue / dilutedShares; null without dilutedShares [currency per share].
    value_per_share: Option<f64>,
    /// [currency]
    pv_of_flows: f64,
    /// Not discounted [currency].
    terminal_value: f64,
    /// [currency]
    pv_of_terminal_value: f64,
    /// pvOfTerminalValue / enterpriseValue [decimal].
    terminal_share: f64,
    /// Terminal value at the end of the last period over EBITDA; null without a positive EBITDA [x EBITDA].
    implied_multiple: Option<f64>,
    /// Growth for ever of the last flow with the same terminal value; null where none has it [decimal per year].
    implied_growth: Option<f64>,
    /// Period by period.
    projection: Vec<Row>,
    /// Empty without a grid; a missing grid is the one value of the call.
    sensitivity: Vec<Cell>,
}

/// A period.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Row {
    /// From 1 on.
    year: usize,
    /// Of the whole year; null with freeCashFlows [currency].
    revenue: Option<f64>,
    /// Of the whole year; null with freeCashFlows [currency].
    ebit: Option<f64>,
    /// Of the whole year; null with freeCashFlows [currency].
    nopat: Option<f64>,
    /// Period 1 scaled by firstPeriodFraction [currency].
    fcff: f64,
    /// When the flow falls [years].
    discount_years: f64,
    /// fcff / (1 + wacc)^discountYears [currency].
    present_value: f64,
}

/// A cell of the table; null where the model has no value.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Cell {
    /// Of the row [decimal per year].
    wacc: f64,
    /// Growth or multiple, of the column [decimal or x].
    terminal: f64,
    /// [currency]
    enterprise_value: Option<f64>,
    /// [currency per share]
    value_per_share: Option<f64>,
}

impl Tool for EnterpriseDcf {
    const NAME: &'static str = "value_enterprise_dcf";
    const TITLE: &'static str = "Enterprise DCF (FCFF) with equity bridge";
    const DESCRIPTION: &'static str = "Enterprise and equity value from free cash flow to the firm, given or built from drivers; terminal value by \
        growth, value driver or multiple; year-end or mid-year flows, stub period, sensitivity table.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"wacc": 0.1, "terminalMethod": "gordon", "freeCashFlows": [100, 110, 121], "terminalGrowth": 0.03, "midYear": true}"#,
            expect: r#"{"pvOfFlows": 286.038776773677695, "pvOfTerminalValue": 1402.95209560422869, "enterpriseValue": 1688.99087237790639,
                "terminalValue": 1780.42857142857143, "impliedGrowth": 0.03, "impliedMultiple": null}"#,
            tolerance: 1e-13,
            source: "mpmath 1.4.1, 30 digits: 3 · 100 / sqrt(1.1) and 121 · 1.03 / 0.07 / 1.1^2.5",
        },
        Example {
            arguments: r#"{"wacc": 0.1, "terminalMethod": "exit_multiple", "baseRevenue": 1000, "revenueGrowth": [0.1], "ebitMargin": [0.2],
                "taxRate": 0.25, "depreciationShare": 0.05, "capexShare": 0.07, "workingCapitalShare": 0.1, "exitMultiple": 8,
                "debt": 300, "cash": 50, "dilutedShares": 100, "waccGrid": [0.1, 0.25]}"#,
            expect: r#"{"enterpriseValue": 2120.90909090909091, "equityValue": 1870.90909090909091, "valuePerShare": 18.7090909090909091, "pvOfFlows": 120.909090909090909, "terminalValue": 2200,
                "pvOfTerminalValue": 2000, "impliedMultiple": 8,
                "projection": [{"year": 1, "revenue": 1100, "ebit": 220, "nopat": 165, "fcff": 133, "discountYears": 1, "presentValue": 120.909090909090909}],
                "sensitivity": [{"wacc": 0.1, "terminal": 8}, {"wacc": 0.25, "terminal": 8, "enterpriseValue": 1866.4}]}"#,
            tolerance: 1e-13,
            source: "by hand: EBIT 220, FCFF 165 + 55 - 77 - 10 = 133, EBITDA 275; (133 + 2200) / 1.1, and / 1.25 in the table",
        },
    ];
    const FORMULA: &'static str = "\
        FCFF = EBIT (1 - taxRate) + depreciation - capex - investment in working capital, each share of revenue or its change\n\
        flow k discounted at wacc from T_k = firstPeriodFraction + k - 1, or mid-period; terminalMethod gordon FCFF_N (1+g) / (wacc-g),\n\
        value_driver NOPAT_N (1+g) (1-g/ROIC) / (wacc-g), both at T_N (midYear: T_N - 1/2); exit_multiple: multiple EBITDA_N at T_N\n\
        Source: T. Koller, M. Goedhart, D. Wessels, Valuation, 6th ed. (2015), chapters 8 to 14";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let plan = Plan::new(&args)?;
        let terminal = args.terminal(&plan)?;
        args.warn_of_unused(cx);
        let found = enterprise(&plan.flows, args.wacc, args.timing(), terminal)?;
        if found.value == 0.0 {
            return Err(Error::Domain(
                "the enterprise value is zero, and the terminal value is no share of nothing".into(),
            ));
        }
        let equity_value = equity(found.value, &args.claims())?;
        let ebitda = plan.ebitda.filter(|ebitda| *ebitda > 0.0);
        Ok(Output {
            enterprise_value: found.value,
            equity_value,
            value_per_share: per_share(equity_value, args.diluted_shares, "value per share")?,
            pv_of_flows: found.flows,
            terminal_value: found.terminal_value,
            pv_of_terminal_value: found.terminal,
            terminal_share: held(found.terminal / found.value, "share of the terminal value")?,
            implied_multiple: ebitda.map(|e| held(found.at_end / e, "implied multiple")).transpose()?,
            implied_growth: found.implied_growth,
            projection: args.projection(&plan, &found),
            sensitivity: args.sensitivity(&plan, terminal),
        })
    }
}

impl Args {
    fn timing(&self) -> Timing {
        Timing { first: self.first_period_fraction, mid_year: self.mid_year }
    }

    fn claims(&self) -> Claims {
        Claims {
            debt: self.debt,
            cash: self.cash,
            non_operating: self.non_operating_assets,
            minority: self.minority_interest,
            preferred: self.preferred_stock,
        }
    }

    fn projection(&self, plan: &Plan, found: &Enterprise) -> Vec<Row> {
        let row = |(i, present): (usize, &f64)| {
            let year = plan.years.get(i);
            let scale = if i == 0 { self.first_period_fraction } else { 1.0 };
            Row {
                year: i + 1,
                revenue: year.map(|year| year.revenue),
                ebit: year.map(|year| year.ebit),
                nopat: year.map(|year| year.nopat),
                fcff: scale * plan.flows[i],
                discount_years: self.timing().of_flow(i + 1),
                present_value: *present,
            }
        };
        found.present.iter().enumerate().map(row).collect()
    }

    fn sensitivity(&self, plan: &Plan, terminal: Terminal) -> Vec<Cell> {
        if self.wacc_grid.is_none() && self.terminal_grid.is_none() {
            return vec![];
        }
        let (own_wacc, own_terminal) = ([self.wacc], [plan::parameter(terminal)]);
        let columns = self.terminal_grid.as_deref().unwrap_or(&own_terminal);
        let rows = self.wacc_grid.as_deref().unwrap_or(&own_wacc).iter();
        rows.flat_map(|wacc| {
            columns.iter().map(|column| self.cell(plan, *wacc, plan::with(terminal, *column)))
        })
        .collect()
    }

    fn cell(&self, plan: &Plan, wacc: f64, terminal: Terminal) -> Cell {
        let sold_for_nothing = matches!(terminal, Terminal::Multiple { multiple, .. } if multiple <= 0.0);
        let found = enterprise(&plan.flows, wacc, self.timing(), terminal).ok().filter(|_| !sold_for_nothing);
        let enterprise_value = found.map(|found| found.value);
        let equity_value = enterprise_value.and_then(|value| equity(value, &self.claims()).ok());
        let value_per_share = equity_value.zip(self.diluted_shares).map(|(value, shares)| value / shares);
        Cell {
            wacc,
            terminal: plan::parameter(terminal),
            enterprise_value,
            value_per_share: value_per_share.filter(|value| value.is_finite()),
        }
    }
}
