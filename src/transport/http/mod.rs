//! HTTP: routes over an engine.

pub mod engine;
#[cfg(feature = "tiny-http")]
pub mod tiny;
