//! A worker's life: take a ready connection, read, serve, answer, put it aside.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use rustix::io::Errno;

use super::conn::{Conn, Phase, Progress};
use super::head::Refusal;
use super::poll::Interest;
use super::respond;
use super::shared::Shared;
use super::table::{State, Token, Watch};

/// Requests of one connection in a row, before others get their turn.
const IN_A_ROW: usize = 16;

/// Bytes of one connection in a row.
const AT_ONCE: usize = 1024 * 1024;

/// Bytes that the client of a stream may send in all; nobody reads them.
const STREAM_INPUT: usize = 1024 * 1024;

/// After an event, how long a worker looks for the next one before it sleeps.
const AWAKE: Duration = Duration::from_micros(100);

/// Connections up to which that pays.
const FEW: usize = 4;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// Serves until the engine ends.
pub(super) fn run(shared: &Arc<Shared>) {
    let mut served = false;
    while !shared.stopping() {
        // With few clients the next request follows an answer; with many there is no need to look.
        let awake = served && shared.open.load(Relaxed) <= FEW;
        let next = if awake { shared.poller.wait_awake(AWAKE) } else { shared.poller.wait() };
        match next {
            Ok(Some(event)) => {
                served = true;
                // Handlers are fenced on their own; this fence is for the engine's own mistakes.
                if catch_unwind(AssertUnwindSafe(|| on_event(shared, event))).is_err() {
                    log::error!("http: the engine panicked; the connection is closed");
                }
            }
            Ok(None) => return,
            Err(error) => {
                log::error!("http: waiting for connections failed: {error}");
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

fn on_event(shared: &Arc<Shared>, event: u64) {
    if event & Token::LISTENER != 0 {
        super::accept::ready(shared, (event & !Token::LISTENER) as usize);
        return;
    }
    let token = Token::from_raw(event);
    let mut gone = None;
    let conn = shared.table.with(token, |slot| match std::mem::replace(&mut slot.state, State::Busy) {
        State::Parked(conn) => Some(conn),
        State::Streaming(watch) => {
            let (watch, on_gone) = stream_input(shared, token, watch);
            slot.state = State::Streaming(watch);
            gone = on_gone;
            None
        }
        other => {
            slot.state = other;
            None
        }
    });
    if let Some(on_gone) = gone
        && catch_unwind(AssertUnwindSafe(on_gone)).is_err()
    {
        log::error!("http: the end of a stream panicked");
    }
    if let Some(Some(conn)) = conn {
        drive(shared, conn);
    }
}

/// Throws away what a stream's client sends; its end, a failure or too much of it is its end.
fn stream_input(shared: &Shared, token: Token, mut watch: Watch) -> (Watch, Option<super::OnGone>) {
    let received = watch.socket.discard(64 * 1024);
    let ended = match received {
        Ok(Some(n)) => {
            watch.discarded = watch.discarded.saturating_add(n);
            watch.discarded > STREAM_INPUT
        }
        Ok(None) | Err(_) => true,
    };
    if ended || shared.poller.rearm(&watch.socket, token.raw(), Interest::Read).is_err() {
        watch.socket.abort();
        let on_gone = watch.on_gone.take();
        return (watch, on_gone);
    }
    (watch, None)
}

/// Takes a connection as far as it goes without waiting.
pub(super) fn drive(shared: &Shared, mut conn: Box<Conn>) {
    let mut turns = 0;
    loop {
        let next = match conn.phase {
            Phase::Flush(_) => flush(conn),
            Phase::Linger { .. } => linger(conn),
            Phase::Head(_) | Phase::Body(_) => read(shared, conn),
        };
        match next {
            Next::Closed => return,
            Next::Park(conn, interest) => return shared.park(conn, interest),
            Next::Again(back) => conn = back,
        }
        turns += 1;
        if turns >= IN_A_ROW {
            return shared.park(conn, Interest::Write);
        }
    }
}

enum Next {
    /// Closed, or in other hands.
    Closed,
    Park(Box<Conn>, Interest),
    Again(Box<Conn>),
}

fn flush(conn: Box<Conn>) -> Next {
    match respond::flush(conn) {
        None => Next::Closed,
        Some(conn) if matches!(conn.phase, Phase::Flush(_)) => Next::Park(conn, Interest::Write),
        Some(conn) => Next::Again(conn),
    }
}

fn linger(mut conn: Box<Conn>) -> Next {
    let Phase::Linger { left } = &mut conn.phase else { return Next::Again(conn) };
    match conn.socket.discard((*left).min(AT_ONCE)) {
        Ok(Some(n)) if n < *left => *left -= n,
        _ => return Next::Closed,
    }
    Next::Park(conn, Interest::Read)
}

/// Reads until a request is whole and served, or until there is nothing to read.
fn read(shared: &Shared, mut conn: Box<Conn>) -> Next {
    let mut total = 0;
    let mut more = true;
    loop {
        // First what is here already, pipelined or left from before; an empty inbox needs no look.
        if conn.has_input() {
            match conn.progress(&shared.limits) {
                Progress::Need => {}
                Progress::NeedContinue => match conn.socket.send(CONTINUE, &[]) {
                    Ok(n) if n == CONTINUE.len() => {}
                    // A client that does not read must do without; it sends after a while anyway.
                    Err(Errno::AGAIN) => {}
                    _ => return Next::Closed,
                },
                Progress::Ready(request) => {
                    return respond::serve(conn, request).map_or(Next::Closed, Next::Again);
                }
                Progress::Refuse(refusal) => {
                    return respond::refuse(conn, refusal).map_or(Next::Closed, Next::Again);
                }
            }
        }
        if !more || total > AT_ONCE {
            return Next::Park(conn, Interest::Read);
        }
        match conn.fill() {
            Ok((0, _)) => return Next::Closed,
            Err(Errno::NOMEM) => {
                let refusal = Refusal(503, "no memory for the body");
                return respond::refuse(conn, refusal).map_or(Next::Closed, Next::Again);
            }
            // A receive that left room has taken all there was: asking again would only be told so.
            Ok((n, filled)) => (total, more) = (total + n, filled),
            Err(Errno::AGAIN) => return Next::Park(conn, Interest::Read),
            Err(_) => return Next::Closed,
        }
    }
}
