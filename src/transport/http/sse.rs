//! `GET /mcp/sse`: the event stream of the HTTP + SSE transport (specification 2024-11-05).
//!
//! Each stream has a writer thread of its own, fed by the session's bounded queue: a client that
//! reads slowly holds up nobody else.

use super::engine::{Exchange, Request, Response, Stream};
use super::reply::Replies;
use super::routes::Routes;
use crate::session::{Event, Missing, Session};
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use std::io;
use std::sync::Arc;
use std::thread::Builder;
use std::time::{Duration, Instant};

pub(super) const CONTENT_TYPE: &str = "text/event-stream";

/// A writer formats and writes; what it touches of its stack is what it costs.
const STACK: usize = 128 * 1024;

/// A session whose stream is about to begin.
pub(super) struct Opening {
    session: Arc<Session>,
    queue: Receiver<Event>,
    head: Response,
    /// The answer when no thread can be had.
    no_thread: Response,
}

/// Opens a session for the request's key.
pub(super) fn open(routes: &Routes, request: &Request, replies: &Replies) -> Result<Opening, Response> {
    let owner = routes.policy.authenticate(request, replies)?;
    let busy = |why: &str| replies.refused(503, why).header("Retry-After", "5");
    let (session, queue) = routes.sessions.open(owner).map_err(|why| match why {
        Missing::TooMany => busy("the server holds as many sessions as it may"),
        Missing::Unknown | Missing::NoId => busy("no session can be opened now"),
    })?;
    let head = replies
        .empty(200)
        .header("Content-Type", CONTENT_TYPE)
        .header("Cache-Control", "no-cache")
        .header("X-Accel-Buffering", "no")
        .header("X-Session-ID", session.id.to_string());
    Ok(Opening { session, queue, head, no_thread: busy("no thread can be had for the stream") })
}

/// Starts the writer and hands the exchange to it. Returns the status for the log.
pub(super) fn start(opening: Opening, exchange: Exchange, routes: &Routes) -> u16 {
    let Opening { session, queue, head, no_thread } = opening;
    let heartbeat = routes.heartbeat;
    let (hand_over, taken) = bounded(1);
    let writer = {
        let session = Arc::clone(&session);
        move || {
            if let Ok((exchange, head)) = taken.recv() {
                log::info!("SSE session {:?} opened", session.id);
                let why = serve(exchange, head, &session, &queue, heartbeat).err();
                session.end_stream();
                log::info!("SSE session {:?} ended its stream{}", session.id, reason(why));
            }
        }
    };
    // The exchange goes over only when the thread is there, so that it can still be answered otherwise.
    if Builder::new().name("sse-writer".into()).stack_size(STACK).spawn(writer).is_err() {
        session.end_stream();
        exchange.answer(no_thread);
        return 503;
    }
    // The thread holds the receiver until it has received.
    let _ = hand_over.send((exchange, head));
    200
}

fn reason(why: Option<io::Error>) -> String {
    why.map_or_else(String::new, |e| format!(": {e}"))
}

fn serve(
    exchange: Exchange,
    head: Response,
    session: &Arc<Session>,
    queue: &Receiver<Event>,
    heartbeat: Duration,
) -> io::Result<()> {
    let gone = Arc::downgrade(session);
    let on_gone = Box::new(move || {
        if let Some(session) = gone.upgrade() {
            // A full queue needs no word: the writer's next write fails.
            let _ = session.send(Event::Gone);
        }
    });
    let mut stream = exchange.stream(head, on_gone)?;
    let endpoint = format!("event: endpoint\ndata: /mcp?sessionId={}\n\n", session.id);
    stream.send(endpoint.as_bytes())?;
    write_events(&mut *stream, queue, heartbeat)
}

fn write_events(stream: &mut dyn Stream, queue: &Receiver<Event>, heartbeat: Duration) -> io::Result<()> {
    let mut beat = Instant::now() + heartbeat;
    loop {
        match queue.recv_deadline(beat) {
            Ok(Event::Message(message)) => stream.send(&event(&message))?,
            Ok(Event::Stopping) => return stream.send(b": the server is stopping\n\n"),
            Ok(Event::Gone) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                stream.send(b": heartbeat\n\n")?;
                beat = Instant::now() + heartbeat;
            }
        }
    }
}

/// JSON-RPC messages hold no raw line ends, so one data line carries one.
fn event(message: &[u8]) -> Vec<u8> {
    [b"event: message\ndata: ", message, b"\n\n"].concat()
}
