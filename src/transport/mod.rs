//! Bytes, frames and limits: stdio and HTTP.

pub mod http;
