//! One connection: its bytes, and how far its present request or answer has come.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use rustix::io::Errno;

use super::body::Framing;
use super::head::{self, Head, HeadScan, Refusal, ReplyMode};
use super::shared::Shared;
use super::socket::Socket;
use super::spares::{self, READ};
use super::table::Token;
use super::{Limits, Request};

/// An inbox above this counts towards what all of them may take together,
const LARGE: usize = 64 * 1024;

/// which is so many times the largest body.
const BODIES: usize = 64;

/// What a connection is doing.
pub(super) enum Phase {
    /// Between requests, or a head is coming in.
    Head(HeadScan),
    /// A body is coming in.
    Body(Box<Head>),
    /// An answer waits for room in the send buffer.
    Flush(Outbox),
    /// The answer to a refusal is sent; what the client still sends is thrown away, for a
    /// close with unread bytes would reset the connection and the answer with it.
    Linger { left: usize },
}

/// An answer that is not sent yet: two parts, and how far sending has come over both.
pub(super) struct Outbox {
    pub(super) first: Vec<u8>,
    pub(super) second: Vec<u8>,
    pub(super) sent: usize,
    pub(super) then: After,
}

/// What follows an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Continue,
    Close,
    Linger,
}

/// What the received bytes amount to.
pub(super) enum Progress {
    /// More bytes are needed.
    Need,
    /// More bytes are needed, and the client waits to be told to send them.
    NeedContinue,
    Ready(Request),
    Refuse(Refusal),
}

/// An open connection. Dropping it closes it and frees its place in the table.
pub(super) struct Conn {
    pub(super) shared: Arc<Shared>,
    pub(super) socket: Arc<Socket>,
    pub(super) token: Token,
    /// Received and not consumed from `start` on.
    pub(super) inbox: Vec<u8>,
    start: usize,
    pub(super) phase: Phase,
    /// When the head or body that is coming in began, on the engine's clock.
    pub(super) began: Option<u64>,
    pub(super) reply: ReplyMode,
    /// The epoll knows the socket.
    pub(super) registered: bool,
    /// Counts as an open connection (shed ones do not).
    pub(super) admitted: bool,
    /// Counts towards this peer address.
    pub(super) peer_counted: Option<IpAddr>,
    /// A request is being served or its answer being sent.
    pub(super) in_exchange: bool,
    /// What the inbox counts for in [`Shared::buffered`].
    pub(super) charged: usize,
}

impl Drop for Conn {
    fn drop(&mut self) {
        self.shared.forget(self);
    }
}

impl Conn {
    pub(super) fn new(shared: Arc<Shared>, socket: Socket, token: Token) -> Self {
        Self {
            shared,
            socket: Arc::new(socket),
            token,
            inbox: Vec::new(),
            start: 0,
            phase: Phase::Head(HeadScan::default()),
            began: None,
            reply: ReplyMode::default(),
            registered: false,
            admitted: false,
            peer_counted: None,
            in_exchange: false,
            charged: 0,
        }
    }

    /// Whether bytes of a further request have been received.
    pub(super) fn has_input(&self) -> bool {
        self.start < self.inbox.len()
    }

    /// Neither a request nor an answer is under way.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.phase, Phase::Head(_)) && !self.has_input()
    }

    /// Receives once. `Ok(true)`: the buffer was filled, so there may be more.
    pub(super) fn fill(&mut self) -> Result<(usize, bool), Errno> {
        if self.start > 0 {
            self.inbox.drain(..self.start);
            self.start = 0;
        }
        if self.inbox.capacity() == 0 {
            self.inbox = spares::buffer();
        }
        let wanted = self.missing().clamp(1024, 16 * READ);
        if self.inbox.capacity() - self.inbox.len() < wanted.min(READ) {
            // Grows with what has really come, never by what was announced.
            let more = wanted.min(self.inbox.len().max(READ));
            self.inbox.try_reserve(more).map_err(|_| Errno::NOMEM)?;
            if !self.charge() {
                return Err(Errno::NOMEM);
            }
        }
        let room = self.inbox.capacity() - self.inbox.len();
        let got = self.socket.receive(&mut self.inbox)?;
        Ok((got, got == room))
    }

    /// Counts a large inbox towards what all of them may take. False when that is too much.
    fn charge(&mut self) -> bool {
        let size = if self.inbox.capacity() > LARGE { self.inbox.capacity() } else { 0 };
        if size == self.charged {
            return true;
        }
        let before = std::mem::replace(&mut self.charged, size);
        // An increase first, so that the sum never wraps.
        let sum = self.shared.buffered.fetch_add(size, Relaxed).saturating_add(size);
        self.shared.buffered.fetch_sub(before, Relaxed);
        size <= before || sum.saturating_sub(before) <= self.shared.limits.body_bytes.saturating_mul(BODIES)
    }

    fn missing(&self) -> usize {
        match &self.phase {
            Phase::Body(head) => match &head.framing {
                Framing::Length(length) => (head.end + length).saturating_sub(self.inbox.len()),
                Framing::Chunked(_) => READ,
            },
            _ => 1024,
        }
    }

    /// Looks at what has been received.
    pub(super) fn progress(&mut self, limits: &Limits) -> Progress {
        let mut asked = false;
        if let Phase::Head(scan) = &mut self.phase {
            let bytes = &self.inbox[self.start..];
            let span = match scan.advance(bytes, limits) {
                Ok(Some(span)) => span,
                Ok(None) => return Progress::Need,
                Err(refusal) => return Progress::Refuse(refusal),
            };
            match head::parse(bytes, span, spares::headers(), limits) {
                Ok(head) => {
                    self.reply = head.reply;
                    // Whoever has sent some of the body does not wait for leave.
                    asked = head.expects && bytes.len() == head.end;
                    self.began = None;
                    self.phase = Phase::Body(Box::new(head));
                }
                Err(refusal) => return Progress::Refuse(refusal),
            }
        }
        match self.body(limits) {
            Ok(Some(end)) => self.request(end).map_or(Progress::Need, Progress::Ready),
            Ok(None) if asked => Progress::NeedContinue,
            Ok(None) => Progress::Need,
            Err(refusal) => Progress::Refuse(refusal),
        }
    }

    /// Where the request ends in the inbox, once its body is whole.
    fn body(&mut self, limits: &Limits) -> Result<Option<usize>, Refusal> {
        let Phase::Body(head) = &mut self.phase else { return Ok(None) };
        let start = self.start + head.end;
        match &mut head.framing {
            Framing::Length(length) => Ok(Some(start + *length).filter(|end| *end <= self.inbox.len())),
            Framing::Chunked(chunks) => {
                let done = chunks.advance(&mut self.inbox, start, limits)?;
                Ok(done.then(|| start + chunks.decoded()))
            }
        }
    }

    /// Takes the request that ends at `end` out of the inbox.
    fn request(&mut self, end: usize) -> Option<Request> {
        let next = Phase::Head(HeadScan::default());
        let Phase::Body(head) = std::mem::replace(&mut self.phase, next) else { return None };
        let body = head.end..end - self.start;
        let bytes = if self.start == 0 && end == self.inbox.len() {
            std::mem::take(&mut self.inbox)
        } else {
            // Pipelined: the request is copied and not what follows it, which may be much more.
            let mut bytes = spares::buffer();
            bytes.extend_from_slice(&self.inbox[self.start..end]);
            self.start = end;
            bytes
        };
        if !self.has_input() {
            self.start = 0;
            spares::give_buffer(std::mem::take(&mut self.inbox));
        }
        self.charge();
        self.began = None;
        let Head { method, target, headers, .. } = *head;
        let peer = self.socket.peer;
        Some(Request { bytes, method, path: target.path, query: target.query, headers, body, peer })
    }

    /// Gives back memory that a waiting connection does not need.
    pub(super) fn slim(&mut self) {
        if self.inbox.len() == self.start {
            self.start = 0;
            spares::give_buffer(std::mem::take(&mut self.inbox));
        } else if self.inbox.capacity() > 4096 && self.inbox.capacity() / 4 > self.inbox.len() {
            let kept = self.inbox[self.start..].to_vec();
            self.start = 0;
            spares::give_buffer(std::mem::replace(&mut self.inbox, kept));
        }
        self.charge();
    }

    /// Forgets received bytes: they will not be served.
    pub(super) fn drop_input(&mut self) {
        self.inbox.clear();
        self.start = 0;
        self.slim();
    }
}
