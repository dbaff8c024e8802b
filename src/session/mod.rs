//! Sessions: what a client's requests have in common between them, and the thread that ends the forgotten ones.

mod id;
pub mod reaper;
mod store;

pub use id::SessionId;
pub use store::{Event, Full, Missing, Session, Store};
