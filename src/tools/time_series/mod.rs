//! Time series: check, statistics, averages, growth between values.

mod aggregate;
mod cagr;
mod create;
mod moving_average;
mod simple_growth;
mod statistics;

use crate::toolkit::{Entry, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "time-series",
    title: "Time series",
    description: "Checks a series of values by calendar period and gives its statistics, moving averages, totals and growth rates.",
    tools: &[
        Entry::of::<create::Create>(),
        Entry::of::<simple_growth::SimpleGrowth>(),
        Entry::of::<cagr::Cagr>(),
        Entry::of::<statistics::Statistics>(),
        Entry::of::<moving_average::MovingAverage>(),
        Entry::of::<aggregate::Aggregate>(),
    ],
};
