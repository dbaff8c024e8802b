//! What one client may cost: sizes, counts and times, with defaults that suit a corporate network.

use std::time::Duration;

/// Bounds that an engine enforces. Every field is an operator's setting in time.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Worker threads that serve requests.
    pub workers: usize,
    /// Bytes of request line and headers together; more is 431 (414 for the line alone).
    pub head_bytes: usize,
    /// Number of headers; more is 431.
    pub headers: usize,
    /// Bytes of a body after decoding; more is 413.
    pub body_bytes: usize,
    /// Open connections in total; more are shed with 503.
    pub connections: usize,
    /// Open connections of one address (loopback and Unix sockets are exempt).
    pub connections_per_peer: usize,
    /// From the first byte of a head to its last; 408.
    pub head_time: Duration,
    /// From the end of the head to the end of the body; 408.
    pub body_time: Duration,
    /// Between requests, and from accept to the first byte.
    pub idle_time: Duration,
    /// How long a write may make no progress.
    pub write_stall: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            workers: (2 * cores).clamp(4, 64),
            head_bytes: 16 * 1024,
            headers: 100,
            body_bytes: 4 * 1024 * 1024,
            connections: 20_000,
            connections_per_peer: 1_000,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            idle_time: Duration::from_secs(75),
            write_stall: Duration::from_secs(20),
        }
    }
}
