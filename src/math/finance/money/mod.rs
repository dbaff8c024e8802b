//! Money: currencies, rounding and splitting of amounts, in exact decimals.

mod allocate;
mod currency;
mod round;

pub use allocate::{Allocation, Remainder, Share, allocate};
pub use currency::{codes, minor_unit};
pub use round::{Grain, round, round_preserving};
