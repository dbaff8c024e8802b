//! Performance measurement: risk-adjusted ratios, returns of accounts, attribution.

mod attribution;
mod metrics;
mod portfolio_return;

use crate::toolkit::{Entry, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "performance",
    title: "Performance",
    description: "Risk-adjusted performance of returns, time- and money-weighted returns of portfolios, and Brinson attribution.",
    tools: &[
        Entry::of::<metrics::PerformanceMetrics>(),
        Entry::of::<portfolio_return::PortfolioReturn>(),
        Entry::of::<attribution::AttributePerformance>(),
    ],
};
