//! The Model Context Protocol: one table of methods, no I/O.
//!
//! A transport hands over the bytes of one message and says who calls; what comes back is a [`Step`]: bytes to
//! send, or a [`Job`] that wants a thread of its own and an [`Outlet`] to speak through. Tools, resources and
//! prompts are known only through what the server was made of.
//!
//! A call that needs an answer of its client ends, and is run again with the answer: by the client itself in
//! the newest revision ([`state`](mod@state)), from where it was laid aside in the older ones ([`ask`]), by
//! `tasks/update` in a task ([`tasks`]).

mod answer;
mod ask;
mod batch;
mod call;
mod completion;
mod documents;
pub mod error;
mod host;
mod hub;
mod initialize;
pub mod message;
mod meta;
mod methods;
pub mod mirror;
mod outlet;
mod page;
mod peer;
mod prompts;
pub mod revision;
mod scope;
mod server;
mod state;
mod subscriptions;
mod tasks;
mod tools;

pub use ask::Resumed;
pub use call::{Job, Owner};
pub use error::{Fault, RpcError};
pub use hub::Hub;
pub use outlet::{Nobody, Outlet};
pub use peer::{Cancel, Capabilities, Client, Peer};
pub use revision::{Era, Revision};
pub use scope::Scope;
pub use server::{Caller, Contents, Reply, Server, Step};
pub use subscriptions::Listening;

use serde::Serialize;
use serde_json::Value;

/// The server's name, in `serverInfo` and wherever it introduces itself.
pub const NAME: &str = "businessmath-mcp-server";
/// The server's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A message of ours that wants no answer.
fn notification(method: &str, params: &Value) -> Vec<u8> {
    #[derive(Serialize)]
    struct Notification<'a> {
        jsonrpc: &'static str,
        method: &'a str,
        params: &'a Value,
    }
    serde_json::to_vec(&Notification { jsonrpc: "2.0", method, params }).unwrap_or_default()
}

#[cfg(test)]
mod tests;
