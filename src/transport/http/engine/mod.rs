//! The seam between HTTP and everything else: an engine yields exchanges and knows nothing of MCP.
//!
//! An [`Exchange`] is one request (head and complete body, peer) with a responder that can
//! answer once or become a stream. The default engine lives in the modules below; the
//! `tiny_http` adapter (`super::tiny`) makes the same exchanges.

mod limits;
mod request;
mod response;

#[cfg(feature = "tiny-http")]
pub(super) mod adapt; // for the adapter of another engine

mod accept; // taking connections in
mod answer; // the bytes of an answer
mod body; // lengths and chunks
mod conn; // one connection
mod date;
mod drive; // a worker's loop
mod head; // request heads
mod listen; // sockets to accept from
mod poll;
mod respond; // the way back
mod server; // start and stop
mod shared;
mod socket;
mod spares;
mod sweep; // time limits
mod table;
mod target; // request targets

#[cfg(test)]
mod tests;

pub use limits::Limits;
pub use listen::{Address, Bind, Listeners};
pub use request::{Method, Peer, Request};
pub use response::Response;
pub use server::Engine;

use std::io;
use std::net::IpAddr;
use std::time::Duration;

/// What serves the requests of an engine: one for the process, called from any worker.
pub trait Handler: Send + Sync + 'static {
    /// Serves one exchange. It may answer at once, or move the exchange elsewhere and answer later.
    fn handle(&self, exchange: Exchange);

    /// The answer to a request that the engine refuses by itself (framing, limits, time).
    fn refuse(&self, status: u16, reason: &str) -> Response;

    /// Whether connections of this address count towards its cap; trusted proxies should not.
    fn counts(&self, address: IpAddr) -> bool {
        !address.is_loopback()
    }
}

/// A running engine, whichever it is.
pub trait Running: Send + Sync {
    /// Where it listens, with real ports.
    fn local_addresses(&self) -> Vec<Address>;

    /// Closes the listeners and idle connections; every further answer closes its connection.
    fn stop_accepting(&self);

    /// Exchanges whose answer is not sent yet, open streams included.
    fn in_flight(&self) -> usize;

    /// Stops accepting, waits for exchanges in flight, then closes everything and ends the
    /// threads. False when something was still running at the deadline.
    fn shutdown(&self, deadline: Duration) -> bool;
}

/// One request and the way to answer it.
pub struct Exchange {
    /// The request, complete.
    pub request: Request,
    responder: Box<dyn Respond>,
}

impl Exchange {
    /// Pairs a request with its way back.
    pub fn new(request: Request, responder: Box<dyn Respond>) -> Self {
        Self { request, responder }
    }

    /// A way to look, while the request is worked on, whether its client is still there.
    ///
    /// Each look is a system call: fit for a loop that asks now and then.
    pub fn probe(&self) -> Probe {
        self.responder.probe()
    }

    /// Sends the whole answer; the connection then goes back to the engine.
    pub fn answer(self, response: Response) {
        self.responder.answer(self.request, response);
    }

    /// Sends the head of an endless answer and keeps the connection open for it.
    ///
    /// `on_gone` is called at most once, from an engine thread, when the client closes first.
    ///
    /// # Errors
    /// When the head cannot be written; the connection is closed then.
    pub fn stream(self, head: Response, on_gone: OnGone) -> io::Result<Box<dyn Stream>> {
        self.responder.stream(head, on_gone)
    }
}

/// What can be seen of a client without reading from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientState {
    /// Connected, as far as is known.
    Open,
    /// It has ended its side, and may still read: a `shutdown`, or a close that looks the same.
    HalfClosed,
    /// Reset, or closed on both sides.
    Gone,
}

/// Tells the state of an exchange's client at the time of the call.
pub type Probe = Box<dyn Fn() -> ClientState + Send + Sync>;

/// Called when the client of a stream has closed its side.
pub type OnGone = Box<dyn FnOnce() + Send>;

/// An engine's half of an [`Exchange`]. Dropped unused, it must close the connection.
pub trait Respond: Send {
    /// Sends the whole answer. The request comes back so that its buffer can be used again.
    fn answer(self: Box<Self>, request: Request, response: Response);

    /// Sends the head without a length, `Connection: close`, and hands out the stream.
    ///
    /// # Errors
    /// When the head cannot be written.
    fn stream(self: Box<Self>, head: Response, on_gone: OnGone) -> io::Result<Box<dyn Stream>>;

    /// See [`Exchange::probe`]. An engine that cannot look says that the client is there.
    fn probe(&self) -> Probe {
        Box::new(|| ClientState::Open)
    }
}

/// The open end of a streamed answer. Dropping it closes the connection.
pub trait Stream: Send {
    /// Writes all bytes, blocking no longer than the engine's write-stall limit.
    ///
    /// # Errors
    /// When the client is gone or has stalled; the stream is of no use then.
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;
}
