//! Enterprise value by discounted free cash flow to the firm.

use super::spread;
use crate::math::Error;
use crate::math::error::{finite, held};
use crate::math::scaled::Scaled;
use crate::math::sum::sum;
use crate::math::twofold::log_growth;

/// When the flows fall: flow k of N ends its period at T_k = f + k - 1 years.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// f, length of the first period, years, above 0 and at most 1; the first flow is that part of a year's.
    pub first: f64,
    /// Whether flows fall in the middle of their periods instead of at the end.
    pub mid_year: bool,
}

impl Timing {
    /// The end of period `k`, from 1 on, years.
    fn end(&self, k: usize) -> f64 {
        self.first + (k - 1) as f64
    }

    /// When flow `k` falls, years.
    #[must_use]
    pub fn of_flow(&self, k: usize) -> f64 {
        match (self.mid_year, k) {
            (false, _) => self.end(k),
            (true, 1) => 0.5 * self.first,
            (true, _) => self.end(k) - 0.5,
        }
    }

    /// From when a terminal value by growth is discounted: one year before the first flow that it stands for.
    fn of_perpetuity(&self, n: usize) -> f64 {
        if self.mid_year { self.end(n) - 0.5 } else { self.end(n) }
    }
}

/// What follows the last flow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Terminal {
    /// The last year's flow grows for ever.
    Gordon {
        /// g, decimal per year.
        growth: f64,
    },
    /// Operating profit grows for ever, and growth costs an investment.
    ValueDriver {
        /// g, decimal per year.
        growth: f64,
        /// Return on new invested capital, decimal per year, above g.
        roic: f64,
        /// NOPAT of the last year, currency.
        nopat: f64,
    },
    /// The enterprise is sold at a multiple.
    Multiple {
        /// Times EBITDA.
        multiple: f64,
        /// EBITDA of the last year, currency.
        ebitda: f64,
    },
}

/// An enterprise by [`enterprise`].
#[derive(Clone, Debug, PartialEq)]
pub struct Enterprise {
    /// Present value of each flow, currency.
    pub present: Vec<f64>,
    /// Their sum.
    pub flows: f64,
    /// Terminal value, not discounted.
    pub terminal_value: f64,
    /// Terminal value, today.
    pub terminal: f64,
    /// Both.
    pub value: f64,
    /// The growth for ever of the last year's flow that gives the same terminal value, where there is one.
    pub implied_growth: Option<f64>,
    /// Terminal value at the end of the last period, currency: over EBITDA it is the implied multiple.
    pub at_end: f64,
}

/// The value of an enterprise.
///
/// # Formula
/// ```text
/// EV = f F_1 / (1+w)^t_1 + sum over k = 2 .. N of F_k / (1+w)^t_k + TV / (1+w)^t_TV
///   T_k = f + k - 1;  t_k = T_k, or the middle of period k
///   Gordon        TV = F_N (1+g) / (w-g),                   t_TV = T_N, or T_N - 1/2
///   value driver  TV = NOPAT_N (1+g) (1 - g/ROIC) / (w-g),  t_TV as Gordon
///   multiple      TV = m EBITDA_N,                          t_TV = T_N
/// implied growth = (TV' w - F_N) / (TV' + F_N), TV' = PV of TV times (1+w)^t of Gordon
///   F_k  flow of a whole year, currency    w  cost of capital, decimal per year, > 0    f  first period, years
/// ```
///
/// # Errors
/// [`Error::NoFlows`], [`Error::Invalid`], [`Error::NotFinite`], [`Error::Overflow`]
///
/// Source: T. Koller, M. Goedhart, D. Wessels, Valuation, 6th ed. (2015), chapters 8 and 12 (value driver); J. Rosenbaum,
/// J. Pearl, Investment Banking, 2nd ed. (2013), chapter 3 (mid-year convention).
pub fn enterprise(flows: &[f64], wacc: f64, timing: Timing, terminal: Terminal) -> Result<Enterprise, Error> {
    let n = flows.len();
    let last = *flows.last().ok_or(Error::NoFlows)?;
    check(wacc, timing)?;
    let scaled = |k: usize| if k == 1 { timing.first * flows[0] } else { flows[k - 1] };
    let present: Vec<f64> =
        (1..=n).map(|k| moved(scaled(k), wacc, -timing.of_flow(k))).collect::<Result<_, _>>()?;
    let terminal_value = value_of(terminal, last, wacc)?;
    let by_multiple = matches!(terminal, Terminal::Multiple { .. });
    let (end, perpetuity) = (timing.end(n), timing.of_perpetuity(n));
    let from = if by_multiple { end } else { perpetuity };
    let pv = moved(terminal_value, wacc, -from)?;
    let total = sum(&present).map_err(|_| Error::Overflow { name: "value of the flows" })?;
    let grown = moved(terminal_value, wacc, perpetuity - from)?;
    Ok(Enterprise {
        flows: total,
        terminal_value,
        terminal: pv,
        value: held(total + pv, "enterprise value")?,
        implied_growth: implied(grown, last, wacc),
        at_end: moved(terminal_value, wacc, end - from)?,
        present,
    })
}

fn check(wacc: f64, timing: Timing) -> Result<(), Error> {
    if finite(wacc, "cost of capital")? <= 0.0 {
        return Err(Error::Invalid("the cost of capital must be above 0"));
    }
    if finite(timing.first, "first period")? <= 0.0 || timing.first > 1.0 {
        return Err(Error::Invalid("the first period must be above 0 and at most 1 year"));
    }
    Ok(())
}

/// An amount moved by a time at the cost of capital.
fn moved(amount: f64, wacc: f64, years: f64) -> Result<f64, Error> {
    (Scaled::from(finite(amount, "cash flow")?) * Scaled::exp(log_growth(wacc).times(years)))
        .value("present value")
}

fn value_of(terminal: Terminal, last: f64, wacc: f64) -> Result<f64, Error> {
    let perpetuity = |flow: f64, growth: f64| {
        let factor = super::growing::above_minus_one(growth)? + 1.0;
        held(flow * factor / spread(wacc, growth)?, "terminal value")
    };
    match terminal {
        Terminal::Gordon { growth } => perpetuity(last, growth),
        Terminal::ValueDriver { growth, roic, nopat } if roic > 0.0 && roic > growth => {
            perpetuity(nopat * ((roic - growth) / roic), growth)
        }
        Terminal::ValueDriver { .. } => {
            Err(Error::Invalid("the return on new capital must be above 0 and above the growth"))
        }
        Terminal::Multiple { multiple, ebitda } => held(multiple * ebitda, "terminal value"),
    }
}

fn implied(terminal: f64, last: f64, wacc: f64) -> Option<f64> {
    if terminal <= 0.0 || last <= 0.0 {
        return None;
    }
    // (TV w - F) / (TV + F), over the larger of the two so that neither sum overflows.
    let ratio = last / terminal;
    let growth = if ratio.is_finite() { (wacc - ratio) / (1.0 + ratio) } else { -1.0 };
    growth.is_finite().then_some(growth)
}

/// Margins and shares that make free cash flow out of revenue.
#[derive(Clone, Copy, Debug)]
pub struct Drivers<'a> {
    /// Revenue of year 0, currency.
    pub base_revenue: f64,
    /// Growth of revenue in years 1 to N, decimal.
    pub growth: &'a [f64],
    /// EBIT over revenue, one for each year or one for all, decimal.
    pub margin: &'a [f64],
    /// Tax on EBIT, decimal; a loss is credited.
    pub tax_rate: f64,
    /// Depreciation over revenue, decimal.
    pub depreciation: f64,
    /// Capital expenditure over revenue, decimal.
    pub capex: f64,
    /// Investment in working capital over the change of revenue, decimal.
    pub working_capital: f64,
}

/// A year built from [`Drivers`], currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    /// Revenue.
    pub revenue: f64,
    /// Earnings before interest and taxes.
    pub ebit: f64,
    /// EBIT after tax.
    pub nopat: f64,
    /// EBIT plus depreciation.
    pub ebitda: f64,
    /// Free cash flow to the firm.
    pub flow: f64,
}

/// Free cash flow to the firm, year by year.
///
/// # Formula
/// ```text
/// R_t = R_(t-1) (1 + g_t);  EBIT = m R;  NOPAT = EBIT (1 - tax)
/// FCFF = NOPAT + d R - c R - w (R_t - R_(t-1));  EBITDA = EBIT + d R
/// ```
///
/// # Errors
/// [`Error::NoFlows`] without a year, [`Error::Invalid`] for a wrong number of margins, [`Error::Overflow`]
///
/// Source: T. Koller, M. Goedhart, D. Wessels, Valuation, 6th ed. (2015), chapter 9.
pub fn free_cash_flows(drivers: &Drivers<'_>) -> Result<Vec<Year>, Error> {
    let n = drivers.growth.len();
    if n == 0 {
        return Err(Error::NoFlows);
    }
    if drivers.margin.len() != n && drivers.margin.len() != 1 {
        return Err(Error::Invalid("there must be one margin for each year, or one for all"));
    }
    let mut before = finite(drivers.base_revenue, "revenue")?;
    let margins = drivers.margin.iter().cycle();
    let mut years = Vec::with_capacity(n);
    for (growth, margin) in drivers.growth.iter().zip(margins) {
        let revenue = held(before * (1.0 + growth), "revenue")?;
        let (ebit, depreciation) = (margin * revenue, drivers.depreciation * revenue);
        let nopat = ebit * (1.0 - drivers.tax_rate);
        // The change from the growth, not as a difference of revenues.
        let invested = drivers.capex * revenue + drivers.working_capital * (before * growth);
        let flow = held(nopat + depreciation - invested, "free cash flow")?;
        years.push(Year { revenue, ebit, nopat, ebitda: held(ebit + depreciation, "EBITDA")?, flow });
        before = revenue;
    }
    Ok(years)
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: Timing = Timing { first: 1.0, mid_year: false };

    #[test]
    fn a_stub_of_one_period_keeps_its_perpetuity_a_year_apart() {
        // Level 12 a year for ever at mid-year, a quarter of a year from now on: flows at 1/8, then 3/4, 7/4, ...
        let timing = Timing { first: 0.25, mid_year: true };
        let one = enterprise(&[12.0], 0.1, timing, Terminal::Gordon { growth: 0.0 }).unwrap();
        let two = enterprise(&[12.0, 12.0], 0.1, timing, Terminal::Gordon { growth: 0.0 }).unwrap();
        assert!((one.value - two.value).abs() < 1e-12, "{one:?} {two:?}");
    }

    #[test]
    fn implied_figures_give_the_terminal_value_back() {
        let timing = Timing { first: 0.5, mid_year: true };
        let sold = enterprise(&[10.0, 11.0], 0.1, timing, Terminal::Multiple { multiple: 8.0, ebitda: 20.0 })
            .unwrap();
        let growth = sold.implied_growth.unwrap();
        let held = enterprise(&[10.0, 11.0], 0.1, timing, Terminal::Gordon { growth }).unwrap();
        assert!((held.value - sold.value).abs() < 1e-12 * sold.value);
        assert!((held.at_end - 160.0).abs() < 1e-11);
    }

    #[test]
    fn refusals() {
        assert!(enterprise(&[], 0.1, END, Terminal::Gordon { growth: 0.0 }).is_err());
        assert!(enterprise(&[1.0], 0.0, END, Terminal::Gordon { growth: -0.1 }).is_err());
        assert!(enterprise(&[1.0], 0.1, END, Terminal::Gordon { growth: 0.1 }).is_err());
        let driver = Terminal::ValueDriver { growth: 0.03, roic: 0.03, nopat: 1.0 };
        assert!(enterprise(&[1.0], 0.1, END, driver).is_err());
    }
}
