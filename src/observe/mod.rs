//! What the server says about itself.

mod lines;
pub mod log;
