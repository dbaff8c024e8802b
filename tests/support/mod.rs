//! Starts the real binary and speaks to it; every wait has a guard, so that a hang is a failure.

mod client;
mod events;
mod fixture;
mod modern;
mod process;
mod session;

pub use client::{Answer, Client, bearer, post};
pub use events::{Events, Reply};
pub use modern::{MODERN, Modern};
pub use process::{Server, Stdio, exit_of};
pub use session::{ACCEPT, Session, all_capabilities, opening};

use std::time::{Duration, Instant};

/// No single step takes longer on a working server, however busy the machine.
pub const GUARD: Duration = Duration::from_secs(5);

/// A key of a length that draws no warning.
pub const KEY: &str = "test-key-0123456789-abcdefghijklmnop";

/// Waits until a condition holds, at most [`GUARD`] long.
pub fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < GUARD, "not within {GUARD:?}: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether the suite runs on the `tiny_http` adapter; says what is left out then (its module has the table).
pub fn on_tiny_http(reason: &str) -> bool {
    let tiny = std::env::var("TEST_HTTP_ENGINE").is_ok_and(|engine| engine == "tiny-http");
    if tiny {
        eprintln!("SKIPPED on tiny_http: {reason}");
    }
    tiny
}

/// A request of this method as text.
pub fn rpc(id: impl Into<serde_json::Value>, method: &str, params: serde_json::Value) -> String {
    serde_json::json!({"jsonrpc": "2.0", "id": id.into(), "method": method, "params": params}).to_string()
}

/// A tool call as text.
pub fn call(id: impl Into<serde_json::Value>, name: &str, arguments: serde_json::Value) -> String {
    rpc(id, "tools/call", serde_json::json!({"name": name, "arguments": arguments}))
}
