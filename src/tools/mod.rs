//! The tools, by family. Adding one is a file in its family's folder and a line in that family's list.

// Field docs end with their unit in brackets: they are read by clients, and are no links.
#![allow(rustdoc::broken_intra_doc_links)]

mod capital_structure;
mod debt;
mod depreciation;
mod financing;
mod fx;
mod growth;
mod investment;
mod meta;
mod money;
mod operations;
mod performance;
mod rates_and_dates;
mod ratios;
pub mod shared;
mod statements;
mod time_series;
mod tvm;
mod valuation;
mod vectors;

pub use vectors::VECTORS;

use crate::toolkit::Family;

/// All families, in the order of the list that clients see.
///
/// `meta` comes first: a client that cuts a long list cuts its end, and these find what it has cut.
pub const FAMILIES: &[Family] = &[
    meta::FAMILY,
    tvm::FAMILY,
    time_series::FAMILY,
    growth::FAMILY,
    statements::FAMILY,
    debt::FAMILY,
    financing::FAMILY,
    investment::FAMILY,
    ratios::FAMILY,
    capital_structure::FAMILY,
    operations::FAMILY,
    rates_and_dates::FAMILY,
    depreciation::FAMILY,
    fx::FAMILY,
    money::FAMILY,
    performance::FAMILY,
    valuation::FAMILY,
];
