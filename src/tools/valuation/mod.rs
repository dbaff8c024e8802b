//! Valuation: figures per share, multiples, enterprise value, dividend and flow models of equity.

mod book_value_per_share;
mod debt_to_assets;
mod earnings_per_share;
mod enterprise_dcf;
mod enterprise_value;
mod ev_bridge;
mod ev_to_ebitda;
mod ev_to_sales;
mod fcfe;
mod free_cash_flow;
mod gordon_growth;
mod h_model;
mod market_cap;
mod price_to_book;
mod price_to_earnings;
mod price_to_sales;
mod residual_income;
mod two_stage_ddm;
mod working_capital;

use crate::math::finance::credit::reaches;
use crate::toolkit::{Context, Entry, Error, Family};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::Serialize;

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "valuation",
    title: "Valuation",
    description: "Figures per share, price and enterprise multiples, dividend, residual income and cash flow models, equity bridge.",
    tools: &[
        Entry::of::<earnings_per_share::EarningsPerShare>(),
        Entry::of::<book_value_per_share::BookValuePerShare>(),
        Entry::of::<price_to_earnings::PriceToEarnings>(),
        Entry::of::<price_to_book::PriceToBook>(),
        Entry::of::<price_to_sales::PriceToSales>(),
        Entry::of::<market_cap::MarketCap>(),
        Entry::of::<enterprise_value::EnterpriseValue>(),
        Entry::of::<ev_to_ebitda::EvToEbitda>(),
        Entry::of::<ev_to_sales::EvToSales>(),
        Entry::of::<working_capital::WorkingCapital>(),
        Entry::of::<debt_to_assets::DebtToAssets>(),
        Entry::of::<free_cash_flow::FreeCashFlow>(),
        Entry::of::<fcfe::Fcfe>(),
        Entry::of::<gordon_growth::GordonGrowth>(),
        Entry::of::<two_stage_ddm::TwoStageDdm>(),
        Entry::of::<ev_bridge::EvBridge>(),
        Entry::of::<residual_income::ResidualIncome>(),
        Entry::of::<h_model::HModel>(),
        Entry::of::<enterprise_dcf::EnterpriseDcf>(),
    ],
};

/// How dear a multiple is.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Level {
    Low,
    Moderate,
    Elevated,
    High,
}

impl Level {
    /// By the three lower bounds of all but the lowest.
    fn of(multiple: f64, [moderate, elevated, high]: [f64; 3]) -> Self {
        band(
            multiple,
            [(high, Self::High), (elevated, Self::Elevated), (moderate, Self::Moderate)],
            Self::Low,
        )
    }
}

/// The sign of an amount, as an assessment of it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Sign {
    Positive,
    Zero,
    Negative,
}

impl Sign {
    fn of(amount: f64) -> Self {
        if amount > 0.0 {
            Self::Positive
        } else if amount < 0.0 {
            Self::Negative
        } else {
            Self::Zero
        }
    }
}

/// The first class, from the highest on, whose lower bound a figure reaches.
fn band<T: Copy, const N: usize>(figure: f64, classes: [(f64, T); N], lowest: T) -> T {
    classes.iter().find(|(bound, _)| reaches(figure, *bound)).map_or(lowest, |(_, class)| *class)
}

/// One figure over another that is not zero.
fn quotient(figure: f64, of: f64, name: &'static str) -> Result<f64, Error> {
    held(figure / of, name)
}

/// A figure per share, where the number of shares is known.
fn per_share(figure: f64, shares: Option<f64>, name: &'static str) -> Result<Option<f64>, Error> {
    shares.map(|shares| quotient(figure, shares, name)).transpose()
}

/// A part of a whole; none of a whole that is zero.
fn share(part: f64, whole: f64) -> Option<f64> {
    let share = part / whole;
    share.is_finite().then_some(share)
}

/// A negative enterprise value makes its multiples look cheap.
fn warn_of_negative(cx: &Context, enterprise_value: f64) {
    if enterprise_value < 0.0 {
        cx.warn("enterpriseValue is negative (cash above equity and debt): its multiples do not compare with others");
    }
}

/// Refuses a rate that does not exceed the growth that goes on for ever.
fn exceeds(rate: (&str, f64), growth: (&str, f64)) -> Result<(), Error> {
    if rate.1 > growth.1 {
        return Ok(());
    }
    let message = format!(
        "got {}; wanted: a number > {}, {}, or the flows for ever after have no finite value",
        rate.1, growth.0, growth.1
    );
    Err(Error::at(rate.0, message))
}
