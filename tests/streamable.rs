//! Streamable HTTP with sessions, the revisions 2025-03-26 to 2025-11-25.

mod asking;
mod bounds;
mod lifecycle;
mod resuming;
mod stopping;
mod streams;
mod toolsets;

/// The revisions that have this transport.
const REVISIONS: [&str; 3] = ["2025-03-26", "2025-06-18", "2025-11-25"];
