//! All integration tests, linked once. This page is the table of contents.

// A panic is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]
// A test binary has no outside, so `pub` here means «for the other modules».
#![allow(unreachable_pub)]

/// Questions to the user about what can mean two things, in every era.
mod asking;
/// Meta-tests: what must hold for every tool of the catalogue.
mod catalog;
/// Flags, variables, exit codes of the real binary.
mod cli;
/// The server with the conformance suite's tools, which tests of the protocol run as a process.
#[path = "conformance/fixture/main.rs"]
#[expect(dead_code, reason = "its main is that of the example")]
mod conformance;
/// Names, types and bounds that were promised to clients.
mod contract;
/// Resources and prompts, and every figure in them.
mod documents;
/// Tools of the tests' own on the same layers.
mod fixture;
/// The guide's routes, headers, keys and CORS over a socket.
mod http;
/// Lists by the page, documents, prompts and completions over the wire.
mod lists;
/// Every message is valid by the official schema of its revision.
mod messages;
/// Search, description and batches: the tools about tools.
mod meta;
/// 2026-07-28 over HTTP: headers, subscriptions, rounds of questions, tasks.
mod modern;
/// Where the predecessor answered wrongly.
mod pitfalls;
/// Properties that hold for any arguments.
mod properties;
/// Published tables.
mod reference;
/// The official schemas as judge, for all tests.
mod schema;
/// Every tool as clients are told of it, as a file that shows each change.
mod snapshots;
/// The event stream: sessions, heartbeats, expiry, drain.
mod sse;
/// JSON-RPC over pipes.
mod stdio;
/// Both eras over pipes: cancellation, questions, subscriptions, the end of the input.
mod stdio_eras;
/// Streamable HTTP with sessions: streams, resumption, questions, cancellation, drain.
mod streamable;
/// How the real server is started and spoken to.
mod support;
/// House rules: arrows, file sizes, current documents.
mod tidy;
/// Presets, selections and what they let through.
mod toolsets;
