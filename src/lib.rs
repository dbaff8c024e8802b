//! BusinessMath MCP server: business mathematics for language models and programs, over the Model
//! Context Protocol.
//!
//! # What flows where
//! ```text
//! stdin/stdout ──────────────► transport::stdio ─┐
//!                                                ├─► mcp ─► toolkit ─► tools/<family>/<tool> ─► math
//! TCP / Unix socket ─► transport::http::engine ──┘
//!    fixed workers on one poller     │
//!    SSE client: a writer thread fed by a bounded channel
//!    sessions: one mutex, swept by the reaper thread
//! ```
//! A request is read, checked, computed and answered on one worker thread; there is no async runtime.
//!
//! # The map, in reading order
//! - [`cli`] and [`config`]: one table of settings becomes one checked configuration.
//! - [`server`]: wiring, signals, drain.
//! - [`transport`]: bytes, frames and limits; [`session`], [`lane`], [`auth`] and [`observe`] serve it.
//! - [`mcp`]: one match over methods, without I/O.
//! - [`resources`] and [`prompts`]: documents and guides for models, as files beside the code.
//! - [`toolkit`]: what every tool gets for nothing: schema, argument check, fence, rendering.
//! - [`tools`]: one file a tool; `tools/tvm/npv.rs` is the one to copy.
//! - [`math`]: the formulas, on plain numbers.
//!
//! # What must never be
//! `math` using anything of ours · a tool using a tool · `tools` or `toolkit` knowing `mcp`, `transport`
//! or `auth` · `mcp` naming a tool or an HTTP type · one transport knowing the other · anything but stdio and
//! the command line writing to stdout. `tests/tidy` holds these arrows.

pub mod cli;
pub mod config;
pub mod server;

pub mod auth;
pub mod lane;
pub mod observe;
pub mod session;
pub mod transport;

pub mod mcp;
pub mod prompts;
pub mod resources;

pub mod toolkit;
pub mod tools;

pub mod math;
