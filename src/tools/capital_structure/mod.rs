//! The cost of capital.

mod cost_of_equity;
mod wacc;

use crate::toolkit::{Context, Entry, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "capital-structure",
    title: "Capital structure",
    description: "Cost of equity by the capital asset pricing model, weighted average cost of capital.",
    tools: &[Entry::of::<wacc::Wacc>(), Entry::of::<cost_of_equity::CostOfEquity>()],
};

/// Premiums and betas below zero are computed, and are rarely meant.
fn warn_of_signs(cx: &Context, beta: f64, premium: f64) {
    if premium < 0.0 {
        cx.warn("market_return is below risk_free_rate: the market risk premium is negative");
    }
    if beta < 0.0 {
        cx.warn("a negative beta moves against the market: its holders accept less than the riskless rate where the premium is positive");
    }
}
