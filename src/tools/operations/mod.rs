//! Operations: unit economics of subscriptions and shops, break-even, learning curves, equipment, queues.

mod break_even;
mod ecommerce;
mod learning_curve;
mod oee;
mod queue;
mod saas;

use crate::math::finance::credit::reaches;
use crate::toolkit::{Entry, Family};
use schemars::JsonSchema;
use serde::Serialize;

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "operations",
    title: "Operations",
    description: "Metrics of subscription and shop businesses, break-even, learning curves, equipment effectiveness, queues.",
    tools: &[
        Entry::of::<saas::Saas>(),
        Entry::of::<ecommerce::Ecommerce>(),
        Entry::of::<break_even::BreakEven>(),
        Entry::of::<queue::Queue>(),
        Entry::of::<learning_curve::LearningCurve>(),
        Entry::of::<oee::Oee>(),
    ],
};

/// A figure against its usual standard.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Benchmark {
    /// The figure.
    metric: &'static str,
    /// How it stands.
    rating: Rating,
}

/// Against the two standards of a figure.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Rating {
    Good,
    Watch,
    Poor,
}

/// Which side of its standards is good, and whether a standard itself is.
#[derive(Clone, Copy)]
enum Better {
    Above,
    AtLeast,
    Below,
}

/// The rating of a figure that exists by the standards for good and for watch.
fn benchmark(
    metric: &'static str,
    figure: Option<f64>,
    better: Better,
    good: f64,
    watch: f64,
) -> Option<Benchmark> {
    let figure = figure?;
    let met = |limit: f64| match better {
        Better::Above => !reaches(limit, figure),
        Better::AtLeast => reaches(figure, limit),
        Better::Below => !reaches(figure, limit),
    };
    let rating = match () {
        () if met(good) => Rating::Good,
        () if met(watch) => Rating::Watch,
        () => Rating::Poor,
    };
    Some(Benchmark { metric, rating })
}
