//! The sweeper: closes what has run out of time, and takes up accepting after errors.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::conn::{Conn, Phase};
use super::drive;
use super::head::Refusal;
use super::respond;
use super::shared::Shared;
use super::table::State;

/// Time between sweeps: how late a time limit may strike.
const PERIOD: Duration = Duration::from_millis(250);

/// How long an idle connection may stay when descriptors are short, in milliseconds.
const IDLE_UNDER_PRESSURE: u64 = 1000;

/// Sweeps until the engine ends.
pub(super) fn run(shared: &Arc<Shared>) {
    while !shared.stopping() {
        std::thread::park_timeout(PERIOD);
        if catch_unwind(AssertUnwindSafe(|| sweep(shared))).is_err() {
            log::error!("http: the sweeper panicked and goes on");
        }
    }
}

/// One sweep over all connections.
pub(super) fn sweep(shared: &Shared) {
    let pressed = shared.gate.recover(shared);
    let draining = shared.draining();
    let now = shared.now();
    // An idle connection's deadline tells since when it is idle.
    let idle = u64::try_from(shared.limits.idle_time.as_millis()).unwrap_or(u64::MAX);
    let idle_until = now.saturating_add(idle.saturating_sub(IDLE_UNDER_PRESSURE));
    let mut late = Vec::new();
    shared.table.each(|slot| {
        let State::Parked(conn) = &slot.state else { return };
        let due = slot.deadline <= now;
        let closable = draining || (pressed && slot.deadline <= idle_until);
        if (due || (closable && conn.is_idle()))
            && let State::Parked(conn) = std::mem::replace(&mut slot.state, State::Busy)
        {
            late.push(conn);
        }
    });
    for conn in late {
        expire(shared, conn);
    }
}

/// Ends a connection whose time is up.
fn expire(shared: &Shared, conn: Box<Conn>) {
    let reason = match &conn.phase {
        Phase::Head(_) if conn.has_input() => "the head took too long",
        Phase::Body(_) => "the body took too long",
        // Idle, stalled or lingering: nobody waits for a word.
        _ => return,
    };
    if let Some(conn) = respond::refuse(conn, Refusal(408, reason)) {
        drive::drive(shared, conn);
    }
}
