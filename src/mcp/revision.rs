//! Revisions of the protocol as data: what each allows is a row, not an `if` somewhere.

use std::sync::atomic::{AtomicUsize, Ordering};

/// One published revision.
#[derive(Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its date, which is its name.
    pub name: &'static str,
    /// Whether it opens with `initialize`.
    pub initialize: bool,
    /// Whether JSON-RPC batches exist.
    pub batches: bool,
}

/// The revisions served, oldest first.
///
/// Results carry `structuredContent` and lists carry `outputSchema` for all of them: the older
/// schemas allow unknown members, and a program reading raw JSON gets every digit.
pub const REVISIONS: [Revision; 4] = [
    Revision { name: "2024-11-05", initialize: true, batches: false },
    Revision { name: "2025-03-26", initialize: true, batches: true },
    Revision { name: "2025-06-18", initialize: true, batches: false },
    Revision { name: "2025-11-25", initialize: true, batches: false },
];

/// What a POST without a version header follows (specification 2025-06-18, «Protocol Version Header»).
const ASSUMED: usize = 1;

/// The revision of that name.
pub fn named(name: &str) -> Option<&'static Revision> {
    REVISIONS.iter().find(|revision| revision.name == name)
}

/// The newest revision that opens with `initialize`: what a client that asks for an unknown one gets.
pub fn newest_initialized() -> &'static Revision {
    REVISIONS.iter().rev().find(|revision| revision.initialize).unwrap_or(&REVISIONS[ASSUMED])
}

/// The revision in force on a connection or session, changed by `initialize`.
#[derive(Debug)]
pub struct Negotiated(AtomicUsize);

impl Default for Negotiated {
    fn default() -> Self {
        Self(AtomicUsize::new(ASSUMED))
    }
}

impl Negotiated {
    /// Starts with a given revision.
    pub fn starting(revision: &Revision) -> Self {
        let negotiated = Self::default();
        negotiated.set(revision);
        negotiated
    }

    /// The revision in force.
    pub fn get(&self) -> &'static Revision {
        &REVISIONS[self.0.load(Ordering::Relaxed) % REVISIONS.len()]
    }

    /// Puts a revision in force.
    pub fn set(&self, revision: &Revision) {
        if let Some(i) = REVISIONS.iter().position(|known| known == revision) {
            self.0.store(i, Ordering::Relaxed);
        }
    }
}
