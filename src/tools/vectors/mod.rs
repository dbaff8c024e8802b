//! Reference values beyond the examples, for `self-test` and the tests: one file a toolset, read by
//! [`crate::toolkit::verify`].
//!
//! A row is a call, some members of its result as an independent source has them, the greatest relative error and
//! the source. Where a source prints few digits, the tolerance is half a unit of its last one.

/// The files, in the order of the list that clients see.
pub const VECTORS: &[&str] = &[
    include_str!("tvm.json"),
    include_str!("depreciation.json"),
    include_str!("fx.json"),
    include_str!("money.json"),
    include_str!("valuation.json"),
];
