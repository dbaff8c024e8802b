//! Venture financing: valuations, dilution, SAFEs, and who gets what at an exit.

mod dilution;
mod post_money;
mod safe;
mod waterfall;

use crate::toolkit::{Entry, Error, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "financing",
    title: "Venture financing",
    description: "Post-money valuation, dilution, conversion of SAFEs, liquidation waterfalls.",
    tools: &[
        Entry::of::<post_money::PostMoney>(),
        Entry::of::<dilution::Dilution>(),
        Entry::of::<safe::Safe>(),
        Entry::of::<waterfall::Waterfall>(),
    ],
};

/// Refuses a result that has left the range of floats.
fn finite(value: f64, name: &'static str) -> Result<f64, Error> {
    if value.is_finite() { Ok(value) } else { Err(crate::math::Error::Overflow { name }.into()) }
}
