//! Depreciation: book methods and US tax depreciation.

mod macrs;
mod schedule;

use crate::toolkit::{Entry, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "depreciation",
    title: "Depreciation",
    description: "Book depreciation by time and use, the French methods of spreadsheets, US tax depreciation (MACRS).",
    tools: &[Entry::of::<schedule::Depreciation>(), Entry::of::<macrs::Macrs>()],
};
