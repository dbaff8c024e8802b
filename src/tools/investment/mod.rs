//! Capital budgeting: profitability, payback, modified rate of return, comparison of projects.

mod compare_projects;
mod discounted_payback;
mod mirr;
mod payback;
mod profitability_index;

use crate::toolkit::{Context, Entry, Family};
use schemars::JsonSchema;
use serde::Serialize;

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "investment",
    title: "Investment analysis",
    description: "Profitability index, payback periods, modified internal rate of return, and the comparison of projects.",
    tools: &[
        Entry::of::<profitability_index::Profitability>(),
        Entry::of::<payback::PaybackPeriod>(),
        Entry::of::<discounted_payback::DiscountedPayback>(),
        Entry::of::<mirr::Mirr>(),
        Entry::of::<compare_projects::CompareProjects>(),
    ],
};

/// excellent up to 2 periods, good 3, moderate 5, else long.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Risk {
    Excellent,
    Good,
    Moderate,
    Long,
    NoPayback,
}

impl Risk {
    fn of(period: Option<usize>) -> Self {
        match period {
            None => Self::NoPayback,
            Some(..=2) => Self::Excellent,
            Some(3) => Self::Good,
            Some(4..=5) => Self::Moderate,
            Some(_) => Self::Long,
        }
    }
}

/// A total that turns negative again makes the payback period say less than it seems to.
fn warn_of_falling(cx: &Context, falls: bool) {
    if falls {
        cx.warn("the cumulative figure falls below zero again after the payback period: later flows take back what was recovered");
    }
}
