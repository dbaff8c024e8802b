//! Sessions: what a client's requests have in common between them, the streams of messages to it, and the
//! thread that ends the forgotten ones.

mod id;
pub mod reaper;
mod store;
mod stream;

pub use id::SessionId;
pub use store::{Connection, Kind, Missing, Session, Store};
pub use stream::{Event, Full, Reader, Shared, Stream};
