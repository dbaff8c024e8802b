//! Finance.

pub mod growth;
pub mod investment;
pub mod performance;
pub mod tvm;
