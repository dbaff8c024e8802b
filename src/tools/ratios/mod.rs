//! Ratios of a company's accounts: liquidity, leverage, turnover, returns, DuPont's factors, Piotroski's score.

mod asset_turnover;
mod cash_ratio;
mod ccc;
mod current_ratio;
mod debt_ratio;
mod debt_to_equity;
mod dio;
mod dpo;
mod dso;
mod dupont_3way;
mod dupont_5way;
mod interest_coverage;
mod inventory_turnover;
mod piotroski;
mod profit_margin;
mod quick_ratio;
mod receivables_turnover;
mod roa;
mod roe;
mod roi;
mod roic;

use crate::math::finance::credit::reaches;
use crate::math::finance::ratios::average;
use crate::toolkit::{Entry, Error, Family};
use schemars::JsonSchema;
use serde::Deserialize;

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "ratios",
    title: "Financial ratios",
    description: "Liquidity, leverage, turnover and days, returns, DuPont analysis, Piotroski's score.",
    tools: &[
        Entry::of::<asset_turnover::AssetTurnover>(),
        Entry::of::<current_ratio::CurrentRatio>(),
        Entry::of::<quick_ratio::QuickRatio>(),
        Entry::of::<debt_to_equity::DebtToEquity>(),
        Entry::of::<interest_coverage::InterestCoverage>(),
        Entry::of::<inventory_turnover::InventoryTurnover>(),
        Entry::of::<profit_margin::ProfitMargin>(),
        Entry::of::<roe::Roe>(),
        Entry::of::<roi::Roi>(),
        Entry::of::<roa::Roa>(),
        Entry::of::<roic::Roic>(),
        Entry::of::<receivables_turnover::ReceivablesTurnover>(),
        Entry::of::<cash_ratio::CashRatio>(),
        Entry::of::<debt_ratio::DebtRatio>(),
        Entry::of::<dio::DaysInventory>(),
        Entry::of::<dso::DaysSales>(),
        Entry::of::<dpo::DaysPayable>(),
        Entry::of::<ccc::CashConversionCycle>(),
        Entry::of::<dupont_3way::Dupont3>(),
        Entry::of::<dupont_5way::Dupont5>(),
        Entry::of::<piotroski::Piotroski>(),
    ],
};

/// Days that a year is counted as.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(transparent)]
struct DaysInYear(#[schemars(extend("enum" = [360, 365]))] u16);

impl Default for DaysInYear {
    fn default() -> Self {
        Self(365)
    }
}

impl From<DaysInYear> for f64 {
    fn from(days: DaysInYear) -> Self {
        days.0.into()
    }
}

/// The grade of the first bound that a figure reaches, the bounds falling; `below` when it reaches none.
fn grade<T: Copy, const N: usize>(figure: f64, bounds: [(f64, T); N], below: T) -> T {
    bounds.into_iter().find(|(bound, _)| reaches(figure, *bound)).map_or(below, |(_, grade)| grade)
}

/// The balance that a return is taken on: as given, or its mean with the one of a year before.
fn base(balance: f64, opening: Option<f64>, field: &str) -> Result<f64, Error> {
    let Some(opening) = opening else { return Ok(balance) };
    match average(opening, balance) {
        mean if mean > 0.0 => Ok(mean),
        mean => Err(Error::at(
            field,
            format!(
                "got {opening}; wanted: a balance whose mean with {balance} is above 0, but it is {mean}"
            ),
        )),
    }
}

/// A quotient whose divisor the schema holds above zero.
fn needed(quotient: Option<f64>) -> Result<f64, Error> {
    quotient.ok_or_else(|| Error::Defect("a divisor of zero passed the schema".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_the_better_grade_and_rounding_does_not_take_it_away() {
        let graded = |figure| grade(figure, [(1.5, 'a'), (1.0, 'b')], 'c');
        assert_eq!([1.5, 0.3 / 0.2, 1.499, 1.0, 0.999, -1.0].map(graded), ['a', 'a', 'b', 'b', 'c', 'c']);
    }

    #[test]
    fn a_mean_of_zero_or_less_is_no_base() {
        assert!(matches!(base(40.0, Some(60.0), "x"), Ok(mean) if (mean - 50.0).abs() < 1e-15));
        for opening in [-40.0, -50.0] {
            let text = base(40.0, Some(opening), "openingEquity").unwrap_err().to_string();
            assert!(text.contains("- openingEquity: got -"), "{text}");
        }
    }
}
