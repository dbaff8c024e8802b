//! Event streams: a request whose answer goes on, on a writer thread of its own fed by a bounded queue, so that
//! a client that reads slowly holds up nobody else.

use super::engine::{Exchange, Request, Response, Stream as Wire};
use super::reply::Replies;
use super::routes::{Action, Routes};
use crate::mcp::{Outlet, Peer};
use crate::session::{Event, Kind, Missing, Reader, Session, Stream};
use crossbeam_channel::{RecvTimeoutError, bounded};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Builder;
use std::time::{Duration, Instant};

pub(super) const CONTENT_TYPE: &str = "text/event-stream";

/// A writer formats and writes; what it touches of its stack is what it costs.
const STACK: usize = 128 * 1024;

/// How soon a client that was hung up on should come back.
const RETRY_MS: u32 = 500;

/// A stream that is about to begin on a connection.
pub(super) struct Opening {
    pub(super) head: Response,
    pub(super) stream: Arc<Stream>,
    /// The last message that the client says it has seen.
    pub(super) after: Option<u64>,
    pub(super) form: Form,
    /// The session that the stream keeps alive.
    pub(super) session: Option<Arc<Session>>,
    /// Whether a request is being worked on behind it; others do not hold up a drain.
    pub(super) answers: bool,
    /// What begins once the stream is there.
    pub(super) then: Option<Box<dyn FnOnce() + Send>>,
    /// The answer when no thread can be had.
    pub(super) no_thread: Response,
}

/// What is written around the messages.
#[derive(Clone)]
pub(super) enum Form {
    /// The first event says where to post (specification 2024-11-05).
    Endpoint(String),
    /// Events have ids that a client can come back with; primed streams begin with one (2025-11-25).
    Resumable { primed: bool },
    /// Events alone.
    Plain,
}

/// The head of every event stream.
pub(super) fn head(replies: &Replies) -> Response {
    replies
        .empty(200)
        .header("Content-Type", CONTENT_TYPE)
        .header("Cache-Control", "no-cache")
        .header("X-Accel-Buffering", "no")
}

/// The answer when there is no room for more.
pub(super) fn busy(replies: &Replies, why: &str) -> Response {
    replies.refused(503, why).header("Retry-After", "5")
}

/// `GET /mcp/sse`: opens a session of the HTTP + SSE transport for the request's key.
pub(super) fn open(routes: &Routes, request: &Request, replies: &Replies) -> Result<Action, Response> {
    let owner = routes.policy.authenticate(request, replies)?;
    routes.scope(request, replies)?;
    let session = new_session(routes, replies, owner, Kind::Sse, Arc::default())?;
    let address = request.path().strip_suffix("/sse").unwrap_or("/mcp");
    routes.server.hub().join(&session.peer, session.general.clone());
    Ok(Action::Open(Box::new(Opening {
        head: head(replies).header("X-Session-ID", session.id.to_string()),
        stream: Arc::clone(&session.general),
        after: None,
        form: Form::Endpoint(format!("{address}?sessionId={}", session.id)),
        session: Some(session),
        answers: false,
        then: None,
        no_thread: busy(replies, "no thread can be had for the stream"),
    })))
}

/// Opens a session, or says why there is none.
pub(super) fn new_session(
    routes: &Routes,
    replies: &Replies,
    owner: Option<crate::auth::KeyId>,
    kind: Kind,
    peer: Arc<Peer>,
) -> Result<Arc<Session>, Response> {
    routes.sessions.open(owner, kind, peer).map_err(|why| match why {
        Missing::TooMany => busy(replies, "the server holds as many sessions as it may"),
        Missing::Unknown | Missing::NoId => busy(replies, "no session can be opened now"),
    })
}

/// Starts the writer and hands the exchange to it. Returns the status for the log.
pub(super) fn start(opening: Opening, exchange: Exchange, routes: &Routes) -> u16 {
    let Opening { head, stream, after, form, session, answers, then, no_thread } = opening;
    let reader = stream.attach(after);
    let heartbeat = routes.heartbeat;
    let sessions = Arc::clone(&routes.sessions);
    let (hand_over, taken) = bounded::<(Exchange, Response)>(1);
    let alive = session.as_ref().map(Session::connection);
    let writer = {
        let (stream, session) = (Arc::clone(&stream), session.clone());
        move || {
            let Ok((exchange, head)) = taken.recv() else { return };
            let _alive = alive;
            let _waiting = (!answers).then(|| Waiting::new(&sessions.waiting));
            log_session(session.as_deref(), "opened a stream", None);
            let why = serve(exchange, head, &stream, &reader, &form, heartbeat).err();
            stream.detach(&reader);
            log_session(session.as_deref(), "ended its stream", why);
        }
    };
    // The exchange goes over only when the thread is there, so that it can still be answered otherwise.
    if Builder::new().name("sse-writer".into()).stack_size(STACK).spawn(writer).is_err() {
        stream.abandon();
        if answers {
            stream.finish(None);
        }
        exchange.answer(no_thread);
        return 503;
    }
    // The thread holds the receiver until it has received.
    let _ = hand_over.send((exchange, head));
    if let Some(then) = then {
        then();
    }
    200
}

fn log_session(session: Option<&Session>, what: &str, why: Option<io::Error>) {
    if let Some(session) = session {
        let why = why.map_or_else(String::new, |e| format!(": {e}"));
        let level = if session.kind == Kind::Sse { log::Level::Info } else { log::Level::Debug };
        log::log!(level, "{} session {:?} {what}{why}", kind(session), session.id);
    }
}

fn kind(session: &Session) -> &'static str {
    match session.kind {
        Kind::Sse => "SSE",
        Kind::Streamable => "MCP",
    }
}

/// Counts the streams behind which nothing is being worked on.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn serve(
    exchange: Exchange,
    head: Response,
    stream: &Arc<Stream>,
    reader: &Reader,
    form: &Form,
    heartbeat: Duration,
) -> io::Result<()> {
    let (gone, number) = (Arc::downgrade(stream), reader.number);
    let on_gone = Box::new(move || {
        if let Some(stream) = gone.upgrade() {
            stream.tell_gone(number);
        }
    });
    let mut wire = exchange.stream(head, on_gone)?;
    match form {
        Form::Endpoint(address) => {
            wire.send(format!("event: endpoint\ndata: {address}\n\n").as_bytes())?;
        }
        Form::Resumable { primed: true } => {
            let id = format!("{}-{}", stream.number, reader.after);
            wire.send(format!("id: {id}\nretry: {RETRY_MS}\ndata: \n\n").as_bytes())?;
        }
        Form::Resumable { primed: false } | Form::Plain => {}
    }
    write_events(&mut *wire, reader, form, stream.number, heartbeat)
}

fn write_events(
    wire: &mut dyn Wire,
    reader: &Reader,
    form: &Form,
    stream: u64,
    heartbeat: Duration,
) -> io::Result<()> {
    let mut beat = Instant::now() + heartbeat;
    loop {
        match reader.events.recv_deadline(beat) {
            Ok(Event::Message(number, message)) => wire.send(&event(form, stream, number, &message))?,
            Ok(Event::Stopping) => return wire.send(b": the server is stopping\n\n"),
            Ok(Event::Gone | Event::End | Event::HangUp) | Err(RecvTimeoutError::Disconnected) => {
                return Ok(());
            }
            Err(RecvTimeoutError::Timeout) => {
                wire.send(b": heartbeat\n\n")?;
                beat = Instant::now() + heartbeat;
            }
        }
    }
}

/// JSON-RPC messages hold no raw line ends, so one data line carries one.
fn event(form: &Form, stream: u64, number: u64, message: &[u8]) -> Vec<u8> {
    let id = match form {
        Form::Resumable { .. } => format!("id: {stream}-{number}\n"),
        Form::Endpoint(_) | Form::Plain => String::new(),
    };
    [id.as_bytes(), b"event: message\ndata: ", message, b"\n\n"].concat()
}
