//! 2026-07-28 over HTTP: every request says by itself what the server has to know.

mod headers;
mod requests;
mod rounds;
mod subscriptions;
mod tasks;
mod telling;
