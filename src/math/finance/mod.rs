//! Finance.

pub mod credit;
pub mod leverage;
pub mod loan;
pub mod rate;
pub mod tvm;
pub mod venture;
