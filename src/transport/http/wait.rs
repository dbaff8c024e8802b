//! A long call of a client that takes no event stream: its connection waits for the one answer.

use super::engine::{ClientState, Exchange, Probe, Response};
use super::reply::JSON;
use crate::lane::Place;
use crate::mcp::{Job, Outlet};
use crate::session::Connection;
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A client's end is seen within this time.
const LOOK: Duration = Duration::from_millis(50);

/// The call and what it needs.
pub(super) struct Wait {
    pub(super) place: Place,
    pub(super) job: Job,
    /// The session that is in use until the answer.
    pub(super) session: Option<Connection>,
    /// The header lines of the answer.
    pub(super) common: Arc<str>,
}

/// Hands the exchange to the call.
pub(super) fn start(wait: Wait, exchange: Exchange) {
    let Wait { place, job, session, common } = wait;
    let outlet = Single {
        probe: exchange.probe(),
        seen: Mutex::new((Instant::now(), false)),
        exchange: Mutex::new(Some(exchange)),
        common,
        _session: session,
    };
    super::rpc::run(place, job, Arc::new(outlet));
}

/// The one answer of an exchange.
struct Single {
    exchange: Mutex<Option<Exchange>>,
    probe: Probe,
    /// When the client was last looked for, and whether it had gone.
    seen: Mutex<(Instant, bool)>,
    common: Arc<str>,
    _session: Option<Connection>,
}

impl Outlet for Single {
    fn send(&self, _: Vec<u8>) {}

    fn finish(&self, message: Option<Vec<u8>>) {
        let Some(exchange) = self.exchange.lock().take() else { return };
        exchange.answer(match message {
            Some(answer) => Response::with_body(200, Arc::clone(&self.common), JSON, answer),
            // Cancelled: no answer is wanted, but the exchange must end.
            None => Response::empty(202, Arc::clone(&self.common)),
        });
    }

    fn gone(&self) -> bool {
        let mut seen = self.seen.lock();
        // A look is a system call, and long loops ask in every round.
        if !seen.1 && seen.0.elapsed() >= LOOK {
            *seen = (Instant::now(), (self.probe)() != ClientState::Open);
        }
        seen.1
    }
}
