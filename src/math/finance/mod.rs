//! Finance.

pub mod growth;
pub mod tvm;
