//! The flows of a call, given or built, and what follows them.

use super::super::exceeds;
use super::{Args, Method};
use crate::math::finance::valuation::{Drivers, Terminal, Year, free_cash_flows};
use crate::toolkit::{Context, Error};

/// The flows, and what else is known of the last year.
pub(super) struct Plan {
    /// Free cash flows of whole years.
    pub(super) flows: Vec<f64>,
    /// The years behind them; empty where the flows were given.
    pub(super) years: Vec<Year>,
    /// Of the last year.
    pub(super) ebitda: Option<f64>,
    nopat: Option<f64>,
}

const DRIVERS: &str = "baseRevenue, revenueGrowth, ebitMargin and taxRate";

impl Plan {
    pub(super) fn new(args: &Args) -> Result<Self, Error> {
        let drivers = args.drivers();
        if let Some(flows) = &args.free_cash_flows {
            return match drivers.iter().find(|(_, given)| *given) {
                None => Ok(Self {
                    flows: flows.clone(),
                    years: vec![],
                    ebitda: args.final_ebitda,
                    nopat: args.final_nopat,
                }),
                Some((name, _)) => {
                    let message =
                        format!("came beside {name}; wanted: freeCashFlows, or {DRIVERS}, not both");
                    Err(Error::at("freeCashFlows", message))
                }
            };
        }
        let (Some(base_revenue), Some(growth), Some(margin), Some(tax_rate)) =
            (args.base_revenue, &args.revenue_growth, &args.ebit_margin, args.tax_rate)
        else {
            let missing =
                drivers[..4].iter().find(|(_, given)| !given).map_or("freeCashFlows", |(name, _)| name);
            return Err(Error::at(missing, format!("missing; wanted: freeCashFlows, or all of {DRIVERS}")));
        };
        if ![1, growth.len()].contains(&margin.len()) {
            let message =
                format!("got {} values; wanted: 1, or {} as revenueGrowth has", margin.len(), growth.len());
            return Err(Error::at("ebitMargin", message));
        }
        let (depreciation, capex) = (args.depreciation_share, args.capex_share);
        let working_capital = args.working_capital_share;
        let drivers =
            Drivers { base_revenue, growth, margin, tax_rate, depreciation, capex, working_capital };
        let years = free_cash_flows(&drivers)?;
        let last = years.last();
        let (ebitda, nopat) = (last.map(|year| year.ebitda), last.map(|year| year.nopat));
        Ok(Self { flows: years.iter().map(|year| year.flow).collect(), ebitda, nopat, years })
    }
}

impl Args {
    /// The drivers, the four without defaults first, and whether they were given.
    fn drivers(&self) -> [(&'static str, bool); 7] {
        [
            ("baseRevenue", self.base_revenue.is_some()),
            ("revenueGrowth", self.revenue_growth.is_some()),
            ("ebitMargin", self.ebit_margin.is_some()),
            ("taxRate", self.tax_rate.is_some()),
            ("depreciationShare", self.depreciation_share != 0.0),
            ("capexShare", self.capex_share != 0.0),
            ("workingCapitalShare", self.working_capital_share != 0.0),
        ]
    }

    /// What follows the last flow.
    pub(super) fn terminal(&self, plan: &Plan) -> Result<Terminal, Error> {
        if self.terminal_method == Method::ExitMultiple {
            let multiple = needed("exitMultiple", self.exit_multiple)?;
            let ebitda = needed("finalEbitda", plan.ebitda)?;
            if ebitda <= 0.0 {
                let place = if plan.years.is_empty() { "finalEbitda" } else { "ebitMargin" };
                let message = format!(
                    "got an EBITDA of {ebitda} in the last year; wanted: one > 0, to be sold at a multiple"
                );
                return Err(Error::at(place, message));
            }
            return Ok(Terminal::Multiple { multiple, ebitda });
        }
        let growth = needed("terminalGrowth", self.terminal_growth)?;
        exceeds(("wacc", self.wacc), ("terminalGrowth", growth))?;
        if self.terminal_method == Method::Gordon {
            return Ok(Terminal::Gordon { growth });
        }
        let roic = needed("terminalRoic", self.terminal_roic)?;
        if roic <= growth {
            let message = format!(
                "got {roic}; wanted: a number > terminalGrowth, {growth}, or growth costs all that is earned"
            );
            return Err(Error::at("terminalRoic", message));
        }
        Ok(Terminal::ValueDriver { growth, roic, nopat: needed("finalNopat", plan.nopat)? })
    }

    /// Arguments that came and have no part in the value.
    pub(super) fn warn_of_unused(&self, cx: &Context) {
        let (method, given) = (self.terminal_method, self.free_cash_flows.is_some());
        let unused = [
            ("terminalGrowth", self.terminal_growth.is_some() && method == Method::ExitMultiple),
            ("terminalRoic", self.terminal_roic.is_some() && method != Method::ValueDriver),
            ("exitMultiple", self.exit_multiple.is_some() && method != Method::ExitMultiple),
            ("finalEbitda", self.final_ebitda.is_some() && !given),
            ("finalNopat", self.final_nopat.is_some() && (!given || method != Method::ValueDriver)),
        ];
        for (name, _) in unused.iter().filter(|(_, unused)| *unused) {
            cx.warn(format!("{name} has no part in this value: terminalMethod or the drivers do without it"));
        }
    }
}

fn needed(name: &'static str, value: Option<f64>) -> Result<f64, Error> {
    value.ok_or_else(|| Error::at(name, "missing; wanted: a number, which this terminalMethod needs"))
}

/// Growth or multiple, what the columns of the table vary.
pub(super) fn parameter(terminal: Terminal) -> f64 {
    match terminal {
        Terminal::Gordon { growth } | Terminal::ValueDriver { growth, .. } => growth,
        Terminal::Multiple { multiple, .. } => multiple,
    }
}

/// The same with another growth or multiple.
pub(super) fn with(terminal: Terminal, value: f64) -> Terminal {
    match terminal {
        Terminal::Gordon { .. } => Terminal::Gordon { growth: value },
        Terminal::ValueDriver { roic, nopat, .. } => Terminal::ValueDriver { growth: value, roic, nopat },
        Terminal::Multiple { ebitda, .. } => Terminal::Multiple { multiple: value, ebitda },
    }
}
