//! The engine's half of an exchange: the one answer, or the stream.

use std::cell::{Cell, RefCell};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use rustix::io::Errno;

use super::answer::{self, End};
use super::conn::{After, Conn, Outbox, Phase};
use super::head::{Refusal, ReplyMode};
use super::poll::Interest;
use super::shared::LINGER_BYTES;
use super::table::{State, Token, Watch};
use super::{ClientState, Exchange, OnGone, Probe, Request, Respond, Response, Stream, spares};

/// Up to here a body is copied behind its head; above, both are sent by one gathering call.
const COPIED: usize = 8 * 1024;

thread_local! {
    /// The connection whose handler runs on this thread.
    static SERVING: Cell<Option<Token>> = const { Cell::new(None) };
    /// That connection, answered and with a further request waiting.
    static RETURNED: RefCell<Option<Box<Conn>>> = const { RefCell::new(None) };
}

/// Has the handler serve a request. The connection comes back when it can go on at once.
pub(super) fn serve(mut conn: Box<Conn>, request: Request) -> Option<Box<Conn>> {
    let shared = Arc::clone(&conn.shared);
    conn.in_exchange = true;
    shared.in_flight.fetch_add(1, Relaxed);
    SERVING.set(Some(conn.token));
    let exchange = Exchange::new(request, Box::new(Responder { conn: Some(conn) }));
    // The payload may quote the request; the panic hook has logged the place.
    if catch_unwind(AssertUnwindSafe(|| shared.handler.handle(exchange))).is_err() {
        log::error!("http: a handler panicked; the request is answered 500");
    }
    SERVING.set(None);
    RETURNED.take()
}

/// Sends an answer of the engine itself; the connection closes after it.
pub(super) fn refuse(mut conn: Box<Conn>, refusal: Refusal) -> Option<Box<Conn>> {
    let mut response = conn.shared.refusal(refusal);
    if refusal.0 == 503 && !response.headers.iter().any(|(name, _)| *name == "Retry-After") {
        response = response.header("Retry-After", "1");
    }
    conn.drop_input();
    conn.reply = ReplyMode { keep_alive: false, ..conn.reply };
    send(conn, response, After::Linger)
}

/// Sends an answer. The connection comes back unless it is closed.
fn send(mut conn: Box<Conn>, response: Response, then: After) -> Option<Box<Conn>> {
    let end = if then == After::Continue { End::KeepAlive } else { End::Close };
    let mut first = spares::buffer();
    answer::write_head(&mut first, &response, conn.reply, end);
    let mut second = response.body;
    if conn.reply.head_only || !answer::has_length(response.status) {
        second = Vec::new();
    } else if second.len() <= COPIED {
        first.extend_from_slice(&second);
        second = Vec::new();
    }
    conn.phase = Phase::Flush(Outbox { first, second, sent: 0, then });
    flush(conn)
}

/// Sends as much of the pending answer as fits. `None` when the connection is closed.
///
/// What comes back is either still in [`Phase::Flush`] or past it.
pub(super) fn flush(mut conn: Box<Conn>) -> Option<Box<Conn>> {
    let Conn { phase: Phase::Flush(out), socket, .. } = &mut *conn else { return Some(conn) };
    while out.sent < out.first.len() + out.second.len() {
        let first = out.first.get(out.sent..).unwrap_or_default();
        let second = &out.second[out.sent.saturating_sub(out.first.len())..];
        match if first.is_empty() { socket.send(second, &[]) } else { socket.send(first, second) } {
            Ok(n) => out.sent += n,
            Err(Errno::AGAIN) => return Some(conn),
            Err(_) => return None,
        }
    }
    spares::give_buffer(std::mem::take(&mut out.first));
    let then = out.then;
    finished(conn, then)
}

fn finished(mut conn: Box<Conn>, then: After) -> Option<Box<Conn>> {
    if std::mem::take(&mut conn.in_exchange) {
        conn.shared.in_flight.fetch_sub(1, Relaxed);
    }
    conn.began = None;
    match then {
        After::Continue => conn.phase = Phase::Head(Default::default()),
        After::Close if !conn.has_input() => return None,
        After::Close | After::Linger => {
            conn.socket.finish();
            conn.drop_input();
            conn.phase = Phase::Linger { left: LINGER_BYTES };
        }
    }
    Some(conn)
}

/// Parks an answered connection, or hands it back to the worker when there is more to serve.
fn settle(conn: Box<Conn>) {
    let shared = Arc::clone(&conn.shared);
    match conn.phase {
        Phase::Flush(_) => shared.park(conn, Interest::Write),
        Phase::Head(_) if conn.has_input() => {
            if SERVING.get() == Some(conn.token) {
                RETURNED.set(Some(conn));
            } else {
                // Writable at once, as a rule: a worker goes on with it.
                shared.park(conn, Interest::Write);
            }
        }
        _ => shared.park(conn, Interest::Read),
    }
}

/// Owns the connection while a handler has the exchange.
struct Responder {
    /// `None` once used.
    conn: Option<Box<Conn>>,
}

impl Respond for Responder {
    fn answer(mut self: Box<Self>, request: Request, response: Response) {
        let Some(conn) = self.conn.take() else { return };
        let Request { bytes, headers, .. } = request;
        spares::give_buffer(bytes);
        spares::give_headers(headers);
        let then = match conn.reply.keep_alive {
            // Ours to close: the client may be sending its next request already.
            true if response.close || conn.shared.draining() => After::Linger,
            true => After::Continue,
            false => After::Close,
        };
        if let Some(conn) = send(conn, response, then) {
            settle(conn);
        }
    }

    fn stream(mut self: Box<Self>, head: Response, on_gone: OnGone) -> io::Result<Box<dyn Stream>> {
        let mut conn = self.conn.take().ok_or(io::ErrorKind::NotConnected)?;
        conn.drop_input();
        conn.socket.prepare_stream(conn.shared.limits.write_stall)?;
        let mut bytes = spares::buffer();
        answer::write_head(&mut bytes, &head, conn.reply, End::Stream);
        bytes.extend_from_slice(&head.body);
        // Not blocking: a client that reads nothing, not even what came before, must not hold
        // a worker.
        let sent = conn.socket.send(&bytes, &[]);
        let whole = sent.is_ok_and(|n| n == bytes.len());
        spares::give_buffer(bytes);
        if !whole {
            return Err(io::Error::new(io::ErrorKind::BrokenPipe, "the client takes no answer"));
        }
        if conn.reply.head_only {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "HEAD has no stream"));
        }
        watch(&mut conn, on_gone)?;
        Ok(Box::new(Writer { conn: Some(conn) }))
    }

    fn probe(&self) -> Probe {
        // Weak: whoever keeps a probe does not keep the connection open.
        let socket = self.conn.as_ref().map(|conn| Arc::downgrade(&conn.socket)).unwrap_or_default();
        Box::new(move || socket.upgrade().map_or(ClientState::Gone, |socket| socket.state()))
    }
}

impl Drop for Responder {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take()
            && let Some(conn) = refuse(conn, Refusal(500, "the request was not answered"))
        {
            settle(conn);
        }
    }
}

/// Leaves a watch in the table, so that a worker notices the client's end.
fn watch(conn: &mut Conn, on_gone: OnGone) -> io::Result<()> {
    let socket = Arc::clone(&conn.socket);
    let armed = conn.shared.table.with(conn.token, |slot| {
        let watched = Watch { socket: Arc::clone(&socket), on_gone: Some(on_gone), discarded: 0 };
        slot.state = State::Streaming(watched);
        slot.deadline = u64::MAX;
        match std::mem::replace(&mut conn.registered, true) {
            true => conn.shared.poller.rearm(&socket, conn.token.raw(), Interest::Read),
            false => conn.shared.poller.add(&socket, conn.token.raw(), Interest::Read),
        }
    });
    armed.unwrap_or_else(|| Err(io::ErrorKind::NotConnected.into()))
}

/// The writing end of a streamed answer.
struct Writer {
    conn: Option<Box<Conn>>,
}

impl Stream for Writer {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let conn = self.conn.as_ref().ok_or(io::ErrorKind::NotConnected)?;
        conn.socket.send_blocking(bytes)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        let state =
            conn.shared.table.with(conn.token, |slot| std::mem::replace(&mut slot.state, State::Busy));
        // A client that has closed first needs no polite end.
        let gone = !matches!(state, Some(State::Streaming(Watch { on_gone: Some(_), .. })));
        if !gone && let Some(conn) = finished(conn, After::Linger) {
            settle(conn);
        }
    }
}
