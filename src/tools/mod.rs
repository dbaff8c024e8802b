//! The tools, by family. Adding one is a file in its family's folder and a line in that family's list.

pub mod shared;
mod tvm;

use crate::toolkit::Family;

/// All families, in the order of the list that clients see.
pub const FAMILIES: &[Family] = &[tvm::FAMILY];
