//! Finance.

pub mod cap_table;
pub mod credit;
pub mod depreciation;
pub mod fx;
pub mod leverage;
pub mod loan;
pub mod money;
pub mod rate;
pub mod statements;
pub mod tvm;
pub mod venture;
