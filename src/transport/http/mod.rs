//! HTTP: routes over an engine.
//!
//! [`engine`] yields exchanges; [`routes`] decides what each is; [`policy`] says who may come in;
//! [`rpc`] serves `POST /mcp`, [`sse`] the event streams, [`wait`] long calls without one, [`streams`] what a client
//! comes back for, [`info`] the open pages; [`selection`] finds the toolsets of an address; [`cors`] and
//! [`reply`] shape the answers.

mod cors;
pub mod engine;
mod info;
mod policy;
mod reply;
pub mod routes;
mod rpc;
mod selection;
mod sse;
mod streams;
#[cfg(feature = "tiny-http")]
pub mod tiny;
mod wait;

pub use routes::Routes;
