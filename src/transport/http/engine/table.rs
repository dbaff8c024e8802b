//! The table of connections: one small mutex a slot, so workers never meet on a common lock.

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;

use super::OnGone;
use super::conn::Conn;
use super::socket::Socket;

/// Slots are made a page at a time, as connections come.
const PAGE: usize = 256;

/// Names a connection: slot index below, generation above, so that a late event for a
/// connection that is gone finds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token(u64);

impl Token {
    /// Tokens with this bit are listeners.
    pub(super) const LISTENER: u64 = 1 << 63;

    fn new(index: u32, generation: u32) -> Self {
        Self(u64::from(generation & 0x7fff_ffff) << 32 | u64::from(index))
    }

    pub(super) fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    pub(super) fn raw(self) -> u64 {
        self.0
    }

    fn index(self) -> usize {
        (self.0 & 0xffff_ffff) as usize
    }
}

/// What the engine keeps of a connection that has become a stream.
pub(super) struct Watch {
    pub(super) socket: Arc<Socket>,
    pub(super) on_gone: Option<OnGone>,
    /// Bytes that the client sent although nobody reads them.
    pub(super) discarded: usize,
}

/// Where a connection is.
#[derive(Default)]
pub(super) enum State {
    /// The slot is free.
    #[default]
    Free,
    /// A worker or a handler has the connection.
    Busy,
    /// It waits here for readiness or its deadline.
    Parked(Box<Conn>),
    /// A stream's writer has it; the engine watches for the client's end.
    Streaming(Watch),
}

#[derive(Default)]
pub(super) struct Slot {
    pub(super) token: Option<Token>,
    generation: u32,
    /// Milliseconds on the engine's clock; beside the state so that a sweep touches one line.
    pub(super) deadline: u64,
    pub(super) state: State,
}

#[derive(Default)]
struct Free {
    indices: Vec<u32>,
    /// All indices from here on were never used.
    fresh: usize,
}

type Page = Box<[Mutex<Slot>]>;

/// All connections of an engine.
pub(super) struct Table {
    pages: Box<[OnceLock<Page>]>,
    free: Mutex<Free>,
    capacity: usize,
}

impl Table {
    pub(super) fn new(capacity: usize) -> Self {
        let pages = (0..capacity.div_ceil(PAGE)).map(|_| OnceLock::new()).collect();
        Self { pages, free: Mutex::default(), capacity }
    }

    fn slot(&self, index: usize) -> Option<&Mutex<Slot>> {
        let page = self.pages.get(index / PAGE)?;
        let page = page.get_or_init(|| (0..PAGE).map(|_| Mutex::default()).collect());
        page.get(index % PAGE)
    }

    /// Takes a free slot, busy from now on; `None` when the table is full.
    pub(super) fn reserve(&self) -> Option<Token> {
        let index = {
            let mut free = self.free.lock();
            match free.indices.pop() {
                Some(index) => index,
                None if free.fresh < self.capacity => {
                    let index = u32::try_from(free.fresh).ok()?;
                    free.fresh += 1;
                    index
                }
                None => return None,
            }
        };
        let mut slot = self.slot(index as usize)?.lock();
        slot.generation = slot.generation.wrapping_add(1);
        let token = Token::new(index, slot.generation);
        slot.token = Some(token);
        slot.state = State::Busy;
        Some(token)
    }

    /// Works on a connection's slot under its lock, when the connection is still that one.
    pub(super) fn with<T>(&self, token: Token, work: impl FnOnce(&mut Slot) -> T) -> Option<T> {
        let mut slot = self.slot(token.index())?.lock();
        (slot.token == Some(token)).then(|| work(&mut slot))
    }

    /// Frees a slot. What it held is dropped after the lock is gone.
    pub(super) fn release(&self, token: Token) {
        let held = self.with(token, |slot| {
            slot.token = None;
            std::mem::take(&mut slot.state)
        });
        if held.is_some() {
            self.free.lock().indices.push(token.index() as u32);
        }
    }

    /// Visits every used slot, each under its lock; slots that are locked now are skipped.
    pub(super) fn each(&self, mut visit: impl FnMut(&mut Slot)) {
        let used = self.free.lock().fresh;
        let pages = self.pages.iter().filter_map(OnceLock::get);
        for slot in pages.flat_map(|page| page.iter()).take(used) {
            if let Some(mut slot) = slot.try_lock()
                && slot.token.is_some()
            {
                visit(&mut slot);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_token_finds_nothing() {
        let table = Table::new(2);
        let first = table.reserve().unwrap();
        table.release(first);
        let second = table.reserve().unwrap();
        assert_ne!(first, second);
        assert_eq!(first.index(), second.index());
        assert!(table.with(first, |_| ()).is_none());
        assert!(table.with(second, |_| ()).is_some());
        table.release(first);
        assert!(table.with(second, |_| ()).is_some(), "a late release frees nothing");
    }

    #[test]
    fn a_full_table_gives_no_slot() {
        let table = Table::new(1);
        let only = table.reserve().unwrap();
        assert!(table.reserve().is_none());
        table.release(only);
        assert!(table.reserve().is_some());
    }
}
