//! Readiness: one epoll that all workers wait on, every source registered one-shot.
//!
//! `rustix` directly and not the `polling` crate: that one arms and reads a timer descriptor
//! around every wait, two system calls more than the wait itself. Waits here have no
//! timeout; time is the sweeper's business.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};

use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::event::{EventfdFlags, eventfd};
use rustix::io::Errno;

/// The token of the descriptor that ends all waits for good.
const WAKE: u64 = u64::MAX;

/// What a parked source waits for. Errors and hang-ups are always reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interest {
    /// Bytes, a connection to accept, or the end of the input.
    Read,
    /// Room in the send buffer.
    Write,
}

impl Interest {
    fn flags(self) -> EventFlags {
        let what = match self {
            Self::Read => EventFlags::IN | EventFlags::RDHUP,
            Self::Write => EventFlags::OUT,
        };
        what | EventFlags::ONESHOT
    }
}

/// The epoll and the descriptor that wakes every worker at the end.
pub(super) struct Poller {
    epoll: OwnedFd,
    wake: OwnedFd,
}

impl Poller {
    pub(super) fn new() -> io::Result<Self> {
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        let wake = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        // Level-triggered and never read: once written, no wait blocks any more.
        epoll::add(&epoll, &wake, EventData::new_u64(WAKE), EventFlags::IN)?;
        Ok(Self { epoll, wake })
    }

    /// The token of the next ready source; `None` when the engine is to end.
    ///
    /// One event a wait: a batch could strand a ready connection behind a slow handler.
    pub(super) fn wait(&self) -> io::Result<Option<u64>> {
        let mut events = [const { MaybeUninit::<Event>::uninit() }; 1];
        loop {
            match epoll::wait(&self.epoll, &mut events, None) {
                Ok((ready, _)) => {
                    if let Some(event) = ready.first() {
                        let token = event.data.u64();
                        return Ok((token != WAKE).then_some(token));
                    }
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Registers a source.
    pub(super) fn add(&self, source: impl AsFd, token: u64, interest: Interest) -> io::Result<()> {
        Ok(epoll::add(&self.epoll, source, EventData::new_u64(token), interest.flags())?)
    }

    /// Arms a registered source again.
    pub(super) fn rearm(&self, source: impl AsFd, token: u64, interest: Interest) -> io::Result<()> {
        Ok(epoll::modify(&self.epoll, source, EventData::new_u64(token), interest.flags())?)
    }

    /// Makes every present and future wait return `None`.
    pub(super) fn wake_all(&self) {
        if let Err(error) = rustix::io::write(&self.wake, &1u64.to_ne_bytes()) {
            log::error!("http: cannot wake the workers: {error}");
        }
    }
}
