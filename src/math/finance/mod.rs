//! Finance.

pub mod tvm;
