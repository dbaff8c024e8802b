//! Finance.

pub mod cap_table;
pub mod capital_cost;
pub mod credit;
pub mod depreciation;
pub mod fx;
pub mod growth;
pub mod investment;
pub mod leverage;
pub mod loan;
pub mod money;
pub mod performance;
pub mod rate;
pub mod ratios;
pub mod statements;
pub mod tvm;
pub mod valuation;
pub mod venture;
