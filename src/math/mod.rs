//! Pure mathematics.
pub mod error;
pub mod finance;
pub use error::Error;
