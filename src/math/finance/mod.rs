//! Finance.

pub mod depreciation;
pub mod fx;
pub mod money;
pub mod rate;
pub mod tvm;
