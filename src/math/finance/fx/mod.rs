//! Foreign exchange: cross rates from quotes, and forwards by covered interest parity.

mod cross;
mod forward;

pub use cross::{Arbitrage, Cross, Quote, arbitrages, cross};
pub use forward::{Compounding, Forward, Leg, Solve, forward};
