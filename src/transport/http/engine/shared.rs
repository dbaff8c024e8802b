//! What all threads of an engine share: limits, handler, table, counters, clock.

use std::collections::HashMap;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::accept::Gate;
use super::conn::{Conn, Phase};
use super::head::Refusal;
use super::poll::{Interest, Poller};
use super::table::{State, Table};
use super::{Handler, Limits, Response};

/// Places in the table beyond the cap, for connections that are being turned away politely.
const SHED_PLACES: usize = 256;

/// How long, and for how many bytes, a refused client may go on sending.
const LINGER_TIME: Duration = Duration::from_secs(3);
pub(super) const LINGER_BYTES: usize = 64 * 1024 * 1024;

/// The state of one engine.
pub(super) struct Shared {
    pub(super) limits: Limits,
    pub(super) handler: Arc<dyn Handler>,
    pub(super) poller: Poller,
    pub(super) table: Table,
    pub(super) gate: Gate,
    /// Admitted connections.
    pub(super) open: AtomicUsize,
    /// Exchanges whose answer is not sent yet; streams included.
    pub(super) in_flight: AtomicUsize,
    /// Bytes of large inboxes: slow bodies must not add up to all memory there is.
    pub(super) buffered: AtomicUsize,
    /// Open connections of each address that counts.
    peers: Mutex<HashMap<IpAddr, usize>>,
    /// No further requests; answers close their connections.
    pub(super) draining: AtomicBool,
    /// Threads are to end.
    pub(super) stopping: AtomicBool,
    started: Instant,
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl Shared {
    pub(super) fn new(limits: Limits, handler: Arc<dyn Handler>, gate: Gate) -> std::io::Result<Self> {
        let table = Table::new(limits.connections.saturating_add(SHED_PLACES));
        Ok(Self {
            limits,
            handler,
            poller: Poller::new()?,
            table,
            gate,
            open: AtomicUsize::new(0),
            in_flight: AtomicUsize::new(0),
            buffered: AtomicUsize::new(0),
            peers: Mutex::default(),
            draining: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
            started: Instant::now(),
        })
    }

    /// Milliseconds since the start; monotonic.
    pub(super) fn now(&self) -> u64 {
        millis(self.started.elapsed())
    }

    pub(super) fn draining(&self) -> bool {
        self.draining.load(Relaxed)
    }

    pub(super) fn stopping(&self) -> bool {
        self.stopping.load(Relaxed)
    }

    /// Puts a connection aside until it is ready or its time is up.
    pub(super) fn park(&self, mut conn: Box<Conn>, interest: Interest) {
        conn.slim();
        let deadline = self.deadline(&mut conn);
        let (token, socket) = (conn.token, Arc::clone(&conn.socket));
        let first = !std::mem::replace(&mut conn.registered, true);
        let mut lost = None;
        let armed = self.table.with(token, |slot| {
            slot.deadline = deadline;
            slot.state = State::Parked(conn);
            // Under the slot's lock: a worker that is woken by this finds the connection parked.
            let armed = match first {
                true => self.poller.add(&socket, token.raw(), interest),
                false => self.poller.rearm(&socket, token.raw(), interest),
            };
            if armed.is_err() {
                lost = Some(std::mem::replace(&mut slot.state, State::Busy));
            }
            armed
        });
        if let Some(Err(error)) = armed {
            log::warn!("http: a connection cannot be watched and is closed: {error}");
        }
    }

    /// When the connection's time is up, in what it is doing now.
    fn deadline(&self, conn: &mut Conn) -> u64 {
        let now = self.now();
        let waiting = conn.has_input() || matches!(conn.phase, Phase::Body(_));
        let began = if waiting { *conn.began.get_or_insert(now) } else { now };
        let time = match conn.phase {
            Phase::Head(_) if waiting => self.limits.head_time,
            Phase::Head(_) => self.limits.idle_time,
            Phase::Body(_) => self.limits.body_time,
            Phase::Flush(_) => return now.saturating_add(millis(self.limits.write_stall)),
            // From its start: a client that keeps sending is not waited for longer.
            Phase::Linger { .. } => {
                let began = *conn.began.get_or_insert(now);
                return began.saturating_add(millis(LINGER_TIME));
            }
        };
        began.saturating_add(millis(time))
    }

    /// Undoes what a connection counts for. Called once, when it is dropped.
    pub(super) fn forget(&self, conn: &Conn) {
        self.buffered.fetch_sub(conn.charged, Relaxed);
        if conn.in_exchange {
            self.in_flight.fetch_sub(1, Relaxed);
        }
        if conn.admitted {
            self.open.fetch_sub(1, Relaxed);
        }
        if let Some(address) = conn.peer_counted {
            let mut peers = self.peers.lock();
            if let Some(count) = peers.get_mut(&address) {
                *count -= 1;
                if *count == 0 {
                    peers.remove(&address);
                }
            }
        }
        self.table.release(conn.token);
    }

    /// Counts a connection of this address unless it has its share already.
    pub(super) fn count_peer(&self, address: IpAddr) -> bool {
        let mut peers = self.peers.lock();
        let count = peers.entry(address).or_default();
        let admitted = *count < self.limits.connections_per_peer;
        *count += usize::from(admitted);
        admitted
    }

    /// The handler's answer for a refusal; a bare one when the handler panics.
    pub(super) fn refusal(&self, refusal: Refusal) -> Response {
        let Refusal(status, reason) = refusal;
        let made = catch_unwind(AssertUnwindSafe(|| self.handler.refuse(status, reason)));
        made.unwrap_or_else(|_| {
            log::error!("http: the handler panicked while it refused with {status}");
            Response::empty(status, Arc::from(""))
        })
    }
}
