//! Revisions of the protocol as data: what each allows is a row, not an `if` somewhere.

/// One published revision.
#[derive(Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its date, which is its name.
    pub name: &'static str,
    /// How a client opens, and so where a request's context comes from.
    pub era: Era,
    /// Whether JSON-RPC batches exist.
    pub batches: bool,
    /// The error code of a resource that does not exist.
    pub missing_resource: i32,
    /// Whether an answer to a message whose id cannot be told has the id null, instead of none.
    pub null_ids: bool,
    /// Whether a client's user can be asked to fill in a form.
    pub forms: bool,
    /// Whether forms name their mode.
    pub form_mode: bool,
    /// Whether a stream begins with an empty event, so that a client can come back before the first message.
    /// Older clients take an empty event for broken JSON.
    pub primed_streams: bool,
}

/// Where a request's context comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// `initialize` agrees on a revision for the session, or for the process on stdio.
    Session,
    /// Every request carries its own revision and capabilities in `_meta`.
    Request,
}

const FIRST: Revision = Revision {
    name: "2024-11-05",
    era: Era::Session,
    batches: false,
    missing_resource: -32002,
    null_ids: true,
    forms: false,
    form_mode: false,
    primed_streams: false,
};

/// The revisions served, oldest first.
///
/// Results carry `structuredContent` and lists carry `outputSchema` for all of them: the older
/// schemas allow unknown members, and a program reading raw JSON gets every digit.
pub const REVISIONS: [Revision; 5] = [
    FIRST,
    Revision { name: "2025-03-26", batches: true, ..FIRST },
    Revision { name: "2025-06-18", forms: true, ..FIRST },
    Revision {
        name: "2025-11-25",
        null_ids: false,
        forms: true,
        form_mode: true,
        primed_streams: true,
        ..FIRST
    },
    Revision {
        name: "2026-07-28",
        era: Era::Request,
        missing_resource: -32602,
        null_ids: false,
        forms: true,
        form_mode: true,
        ..FIRST
    },
];

/// What a POST without a version header follows (specification 2025-06-18, «Protocol Version Header»).
pub fn assumed() -> &'static Revision {
    &REVISIONS[1]
}

/// The revision of that name.
pub fn named(name: &str) -> Option<&'static Revision> {
    REVISIONS.iter().find(|revision| revision.name == name)
}

/// The newest revision that opens with `initialize`: what a client that asks for an unknown one gets.
pub fn newest_with_session() -> &'static Revision {
    REVISIONS.iter().rev().find(|revision| revision.era == Era::Session).unwrap_or(&REVISIONS[0])
}

/// All names, newest first, as version errors and `server/discover` list them.
pub fn names() -> Vec<&'static str> {
    REVISIONS.iter().rev().map(|revision| revision.name).collect()
}

/// The newest revision.
pub(super) fn newest() -> &'static Revision {
    &REVISIONS[REVISIONS.len() - 1]
}
