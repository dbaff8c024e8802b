//! The seam between HTTP and everything else: an engine yields exchanges and knows nothing of MCP.
//!
//! An [`Exchange`] is one request (head and complete body, peer) with a responder that can
//! answer once or become a stream. The default engine lives in the modules below; the
//! `tiny_http` adapter (`super::tiny`) makes the same exchanges.

mod limits;
mod request;
mod response;

pub use limits::Limits;
pub use request::{Method, Peer, Request};
pub use response::Response;

use std::io;

/// What serves the requests of an engine: one for the process, called from any worker.
pub trait Handler: Send + Sync + 'static {
    /// Serves one exchange. It may answer at once, or move the exchange elsewhere and answer later.
    fn handle(&self, exchange: Exchange);

    /// The answer to a request that the engine refuses by itself (framing, limits, time).
    fn refuse(&self, status: u16, reason: &str) -> Response;
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
}

/// The open end of a streamed answer. Dropping it closes the connection.
pub trait Stream: Send {
    /// Writes all bytes, blocking no longer than the engine's write-stall limit.
    ///
    /// # Errors
    /// When the client is gone or has stalled; the stream is of no use then.
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;
}
