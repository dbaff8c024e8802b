//! The tools, by family. Adding one is a file in its family's folder and a line in that family's list.

// Field docs end with their unit in brackets: they are read by clients, and are no links.
#![allow(rustdoc::broken_intra_doc_links)]

pub mod shared;
mod tvm;

use crate::toolkit::Family;

/// All families, in the order of the list that clients see.
pub const FAMILIES: &[Family] = &[tvm::FAMILY];
