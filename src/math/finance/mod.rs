//! Finance.

pub mod money;
pub mod rate;
pub mod tvm;
