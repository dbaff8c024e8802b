//! HTTP: routes over an engine.

pub mod engine;
