//! The tools, by family. Adding one is a file in its family's folder and a line in that family's list.

// Field docs end with their unit in brackets: they are read by clients, and are no links.
#![allow(rustdoc::broken_intra_doc_links)]

mod debt;
mod depreciation;
mod financing;
mod fx;
mod meta;
mod money;
mod operations;
mod rates_and_dates;
pub mod shared;
mod statements;
mod tvm;
mod vectors;

pub use vectors::VECTORS;

use crate::toolkit::Family;

/// All families, in the order of the list that clients see.
///
/// `meta` comes first: a client that cuts a long list cuts its end, and these find what it has cut.
pub const FAMILIES: &[Family] = &[
    meta::FAMILY,
    tvm::FAMILY,
    statements::FAMILY,
    debt::FAMILY,
    financing::FAMILY,
    operations::FAMILY,
    rates_and_dates::FAMILY,
    depreciation::FAMILY,
    fx::FAMILY,
    money::FAMILY,
];
