//! Finance.

pub mod growth;
pub mod investment;
pub mod tvm;
