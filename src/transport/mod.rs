//! Bytes, frames and limits: stdio and HTTP. Neither knows the other.

pub mod http;
pub mod stdio;
