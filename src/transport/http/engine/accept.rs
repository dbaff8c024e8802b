//! Accepting connections, and turning them away when there is no room.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use parking_lot::Mutex;
use rustix::io::Errno;
use rustix::net::{self, SocketFlags};

use super::Peer;
use super::conn::Conn;
use super::drive;
use super::head::Refusal;
use super::listen::{self, Address, Listener};
use super::poll::Interest;
use super::respond;
use super::shared::Shared;
use super::socket::Socket;
use super::table::Token;

/// Connections taken at one wake-up, before the worker looks after those that are ready.
const AT_ONCE: usize = 64;

/// Said to a client for whom there is not even a descriptor.
const SHED: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n\
    Connection: close\r\n\r\n";

struct Door {
    listener: Mutex<Option<Listener>>,
    /// Accepting failed, and the sweeper is to arm the listener again.
    tired: AtomicBool,
}

/// The listeners, and what it takes to survive without descriptors.
pub(super) struct Gate {
    doors: Vec<Door>,
    addresses: Vec<Address>,
    /// Given up when there are no descriptors left, to accept a client and tell it so.
    spare: Mutex<Option<OwnedFd>>,
    /// Descriptors ran out: the sweeper closes idle connections.
    pressed: AtomicBool,
    /// Second of the last line in the log, plus one.
    logged: AtomicU64,
}

fn open_spare() -> Option<OwnedFd> {
    File::open("/dev/null").ok().map(OwnedFd::from)
}

impl Gate {
    pub(super) fn new(listeners: Vec<Listener>) -> Self {
        let addresses = listeners.iter().map(|listener| listener.address.clone()).collect();
        let door = |listener| Door { listener: Mutex::new(Some(listener)), tired: AtomicBool::new(false) };
        Self {
            doors: listeners.into_iter().map(door).collect(),
            addresses,
            spare: Mutex::new(open_spare()),
            pressed: AtomicBool::new(false),
            logged: AtomicU64::new(0),
        }
    }

    pub(super) fn addresses(&self) -> &[Address] {
        &self.addresses
    }

    /// Starts accepting.
    pub(super) fn open(&self, shared: &Shared) -> std::io::Result<()> {
        for (index, door) in self.doors.iter().enumerate() {
            if let Some(listener) = &*door.listener.lock() {
                shared.poller.add(listener, Token::LISTENER | index as u64, Interest::Read)?;
            }
        }
        Ok(())
    }

    /// Closes the listeners; waiting clients are refused by the kernel.
    pub(super) fn close(&self) {
        for door in &self.doors {
            drop(door.listener.lock().take());
        }
    }

    /// Takes up again what an error has interrupted. True while descriptors are short.
    pub(super) fn recover(&self, shared: &Shared) -> bool {
        let mut spare = self.spare.lock();
        if spare.is_none() {
            *spare = open_spare();
        }
        drop(spare);
        for (index, door) in self.doors.iter().enumerate() {
            if door.tired.swap(false, Relaxed) {
                self.arm(shared, index);
            }
        }
        self.pressed.swap(false, Relaxed)
    }

    fn arm(&self, shared: &Shared, index: usize) {
        let door = &self.doors[index];
        let listener = door.listener.lock();
        let Some(listener) = &*listener else { return };
        if shared.poller.rearm(listener, Token::LISTENER | index as u64, Interest::Read).is_err() {
            door.tired.store(true, Relaxed);
        }
    }

    /// Tells about trouble, at most once a second.
    fn complain(&self, shared: &Shared, what: &str, error: Errno) {
        let second = shared.now() / 1000 + 1;
        if self.logged.swap(second, Relaxed) != second {
            log::warn!("http: {what}: {error}");
        }
    }

    /// Accepts with the spare descriptor, says 503, closes.
    fn shed(&self, listener: &Listener) -> Result<(), Errno> {
        let mut spare = self.spare.lock();
        drop(spare.take());
        let shed = net::accept_with(listener, SocketFlags::CLOEXEC).map(|fd| {
            let socket = Socket::new(fd, Peer::Unix);
            // Read first: unread bytes would turn the close into a reset.
            let _ = socket.discard(64 * 1024);
            let _ = socket.send(SHED, &[]);
            socket.finish();
        });
        *spare = open_spare();
        shed
    }
}

/// A listener has clients waiting.
pub(super) fn ready(shared: &Arc<Shared>, index: usize) {
    let gate = &shared.gate;
    let Some(door) = gate.doors.get(index) else { return };
    for _ in 0..AT_ONCE {
        // The lock is held for one accept at a time, so that a stop is never kept waiting.
        let accepted = {
            let listener = door.listener.lock();
            let Some(listener) = &*listener else { return };
            match net::acceptfrom_with(listener, SocketFlags::CLOEXEC) {
                // Told even when nobody waits: the kernel looks for a descriptor first.
                Err(error) if no_room(error) => match gate.shed(listener) {
                    Ok(()) => {
                        gate.complain(shared, "no room for a connection", error);
                        gate.pressed.store(true, Relaxed);
                        continue;
                    }
                    Err(error) => Err(error),
                },
                other => other,
            }
        };
        match accepted {
            Ok((fd, address)) => admit(shared, fd, listen::peer(address)),
            Err(Errno::AGAIN) => break,
            Err(error) if passes(error) => {}
            Err(error) => {
                // The sweeper arms it again in a moment: an error that stays must not spin.
                gate.complain(shared, "cannot accept connections", error);
                return door.tired.store(true, Relaxed);
            }
        }
    }
    gate.arm(shared, index);
}

fn no_room(error: Errno) -> bool {
    matches!(error, Errno::MFILE | Errno::NFILE | Errno::NOBUFS | Errno::NOMEM)
}

/// Errors of the one connection that was waiting, not of the listener (see `accept(2)`).
fn passes(error: Errno) -> bool {
    const OF_THE_CLIENT: [Errno; 11] = [
        Errno::INTR,
        Errno::CONNABORTED,
        Errno::PROTO,
        Errno::PERM,
        Errno::NETDOWN,
        Errno::NOPROTOOPT,
        Errno::HOSTDOWN,
        Errno::NONET,
        Errno::HOSTUNREACH,
        Errno::OPNOTSUPP,
        Errno::NETUNREACH,
    ];
    OF_THE_CLIENT.contains(&error)
}

/// Takes a connection in, or turns it away.
fn admit(shared: &Arc<Shared>, fd: OwnedFd, peer: Peer) {
    // Closed with nothing said when even the places for those who are turned away are taken.
    let Some(token) = shared.table.reserve() else { return };
    let mut conn = Box::new(Conn::new(Arc::clone(shared), Socket::new(fd, peer), token));
    let admitted = shared.open.fetch_add(1, Relaxed) < shared.limits.connections;
    conn.admitted = true;
    let counted = match peer {
        Peer::Tcp(address) if shared.handler.counts(address.ip()) => Some(address.ip()),
        _ => None,
    };
    let has_share = counted.is_none_or(|address| shared.count_peer(address));
    if admitted && has_share {
        conn.peer_counted = counted;
        return shared.park(conn, Interest::Read);
    }
    conn.peer_counted = counted.filter(|_| has_share);
    if let Some(conn) = respond::refuse(conn, Refusal(503, "too many connections")) {
        drive::drive(shared, conn);
    }
}
