//! Finance.

pub mod rate;
pub mod tvm;
