//! HTTP: routes over an engine.
//!
//! [`engine`] yields exchanges; [`routes`] decides what each is; [`policy`] says who may come in;
//! [`rpc`] serves `POST /mcp`, [`sse`] the event stream, [`info`] the open pages; [`cors`] and
//! [`reply`] shape the answers.

mod cors;
pub mod engine;
mod info;
mod policy;
mod reply;
pub mod routes;
mod rpc;
mod sse;
#[cfg(feature = "tiny-http")]
pub mod tiny;

pub use routes::Routes;
