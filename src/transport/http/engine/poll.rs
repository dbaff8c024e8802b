//! Readiness: one epoll that all workers wait on, every source registered one-shot.
//!
//! `rustix` directly and not the `polling` crate: that one arms and reads a timer descriptor
//! around every wait, two system calls more than the wait itself. Waits here have no
//! timeout; time is the sweeper's business.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::event::{EventfdFlags, Timespec, eventfd};
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
    /// Whether a thread looks instead of sleeping.
    awake: AtomicBool,
}

impl Poller {
    pub(super) fn new() -> io::Result<Self> {
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        let wake = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        // Level-triggered and never read: once written, no wait blocks any more.
        epoll::add(&epoll, &wake, EventData::new_u64(WAKE), EventFlags::IN)?;
        Ok(Self { epoll, wake, awake: AtomicBool::new(false) })
    }

    /// The token of the next ready source; `None` when the engine is to end.
    ///
    /// One event a wait: a batch could strand a ready connection behind a slow handler.
    pub(super) fn wait(&self) -> io::Result<Option<u64>> {
        loop {
            match self.next(None)? {
                None => {}
                Some(WAKE) => return Ok(None),
                Some(token) => return Ok(Some(token)),
            }
        }
    }

    /// As [`wait`](Self::wait), looking again and again for `time` before it sleeps.
    ///
    /// Falling asleep and being woken costs more than serving a small request. One thread at a time
    /// looks, so that no more than one core is kept busy; it yields between looks, or on a single core
    /// it would hold up the very client that it waits for.
    pub(super) fn wait_awake(&self, time: Duration) -> io::Result<Option<u64>> {
        if self.awake.swap(true, Ordering::Acquire) {
            return self.wait();
        }
        let found = self.look(time);
        self.awake.store(false, Ordering::Release);
        match found? {
            None => self.wait(),
            Some(WAKE) => Ok(None),
            Some(token) => Ok(Some(token)),
        }
    }

    fn look(&self, time: Duration) -> io::Result<Option<u64>> {
        let start = Instant::now();
        while start.elapsed() < time {
            if let Some(token) = self.next(Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))? {
                return Ok(Some(token));
            }
            std::thread::yield_now();
        }
        Ok(None)
    }

    fn next(&self, timeout: Option<&Timespec>) -> io::Result<Option<u64>> {
        let mut events = [const { MaybeUninit::<Event>::uninit() }; 1];
        match epoll::wait(&self.epoll, &mut events, timeout) {
            Ok((ready, _)) => Ok(ready.first().map(|event| event.data.u64())),
            Err(Errno::INTR) => Ok(None),
            Err(error) => Err(error.into()),
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
