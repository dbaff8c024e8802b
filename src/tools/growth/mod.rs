//! Growth: the rate between two values, and projections at a rate.

mod growth_rate;
mod projection;

use crate::toolkit::{Entry, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "growth",
    title: "Growth",
    description: "Growth between two values with an assessment, and projections at a constant rate under any compounding.",
    tools: &[Entry::of::<growth_rate::GrowthRate>(), Entry::of::<projection::Projection>()],
};

/// The label of a metric that is not named.
fn usual_metric() -> String {
    "Value".into()
}
