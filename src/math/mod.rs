//! Pure mathematics.

pub mod finance;
