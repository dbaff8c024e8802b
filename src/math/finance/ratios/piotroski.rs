//! Piotroski's nine signals of a firm that recovers.

use crate::math::Error;
use crate::math::error::held;
use crate::math::finance::credit::reaches;

/// A figure of this year and of the year before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Years {
    /// This year.
    pub current: f64,
    /// The year before.
    pub prior: f64,
}

impl Years {
    fn rises(self) -> bool {
        self.current > self.prior
    }
}

/// What the signals are made of.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Net income before extraordinary items, currency.
    pub net_income: f64,
    /// Cash flow from operations, currency.
    pub operating_cash_flow: f64,
    /// Return on assets.
    pub roa: Years,
    /// Long-term debt: amounts, or parts of assets.
    pub long_term_debt: Years,
    /// Average assets, > 0, which make parts of the amounts of debt.
    pub average_assets: Option<Years>,
    /// Current assets over current liabilities.
    pub current_ratio: Years,
    /// Shares outstanding.
    pub shares: Years,
    /// Gross profit over sales.
    pub gross_margin: Years,
    /// Sales over assets.
    pub asset_turnover: Years,
}

/// How many signals there are.
pub const SIGNALS: usize = 9;

/// The signals, each of them good or not; the score is how many are good.
///
/// # Formula
/// ```text
/// NI > 0; CFO > 0; ROA up; CFO > NI; long-term debt / average assets down, or no debt in both years;
/// current ratio up; shares not up; gross margin up; asset turnover up
/// ```
/// Up and down are strict. A part of debt that differs by rounding alone is not down.
///
/// # Errors
/// [`Error::Overflow`] of a part of debt.
///
/// Source: J. D. Piotroski, "Value Investing: The Use of Historical Financial Statement Information to Separate
/// Winners from Losers", Journal of Accounting Research 38 supplement (2000), pp. 1-41, section 3.1.
pub fn piotroski(f: &Figures) -> Result<[bool; SIGNALS], Error> {
    Ok([
        f.net_income > 0.0,
        f.operating_cash_flow > 0.0,
        f.roa.rises(),
        f.operating_cash_flow > f.net_income,
        debt_falls(f)?,
        f.current_ratio.rises(),
        !f.shares.rises(),
        f.gross_margin.rises(),
        f.asset_turnover.rises(),
    ])
}

fn debt_falls(f: &Figures) -> Result<bool, Error> {
    let Years { current, prior } = f.long_term_debt;
    if current == 0.0 && prior == 0.0 {
        return Ok(true);
    }
    let Some(assets) = f.average_assets else { return Ok(current < prior) };
    let part = |debt: f64, assets: f64| held(debt / assets, "long-term debt over average assets");
    Ok(!reaches(part(current, assets.current)?, part(prior, assets.prior)?))
}
