//! Pure mathematics: numbers and slices in, a number or a reasoned refusal out.
//!
//! Rules of the layer:
//! - It knows nothing of the rest of the crate: no protocol, no schema, no log, no clock, no environment, no
//!   randomness that is not seeded by an argument, no global state, no output.
//! - Nothing panics, and no NaN or infinity is ever returned: what overflows is an [`Error`].
//! - Every public item states its formula with every symbol named, its units, its errors and its source.
//! - Long loops take `should_stop: &dyn Fn() -> bool` and answer [`Error::Stopped`] soon after it says `true`.
//!
//! Map: [`decimal`] is exact, [`sum`] adds without losing digits, [`twofold`] carries a number in two floats,
//! [`scaled`] keeps intermediate results outside the range of a float, [`root`] finds roots; [`time`] counts days;
//! [`stats`], [`finance`] and [`operations`] stand on these.

pub mod decimal;
pub mod error;
pub mod finance;
pub mod operations;
pub mod root;
pub mod scaled;
pub mod stats;
pub mod sum;
pub mod time;
pub mod twofold;

pub use error::Error;
