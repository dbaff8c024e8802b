//! Integration tests.

mod properties;
mod reference;
