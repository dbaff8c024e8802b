//! Batches, which only one revision has: every message answered, the answers in one array.

use super::outlet::Outlet;
use super::revision::{Era, Revision};
use super::server::{Reply, Step};
use parking_lot::Mutex;
use std::sync::Arc;

/// Whether a batch may hold a request of this method: not the opening (2025-03-26, «Initialization»), and nothing
/// of a revision that knows no batches.
pub(super) fn may_hold(method: &str, revision: &Revision) -> bool {
    method != "initialize" && revision.era == Era::Session
}

/// The answer to one message of a batch, worked out here and now.
pub(super) fn answer(step: Step) -> Option<Vec<u8>> {
    match step {
        Step::Reply(Reply::Message(answer) | Reply::Error(answer, ..)) => Some(answer),
        Step::Long(job) => {
            let kept = Arc::new(Kept::default());
            let outlet: Arc<dyn Outlet> = kept.clone();
            job.run(&outlet);
            kept.0.lock().take()
        }
        // What has no place in a batch has been refused before it came to this.
        Step::Reply(Reply::None)
        | Step::Opened(_)
        | Step::Task { .. }
        | Step::Resume { .. }
        | Step::Listen(_) => None,
    }
}

/// The answers as one message.
pub(super) fn joined(answers: &[Vec<u8>]) -> Vec<u8> {
    let mut out = vec![b'['];
    out.extend(answers.join(&b','));
    out.push(b']');
    out
}

/// Keeps the last message and drops the others.
#[derive(Default)]
struct Kept(Mutex<Option<Vec<u8>>>);

impl Outlet for Kept {
    fn send(&self, _: Vec<u8>) {}

    fn finish(&self, message: Option<Vec<u8>>) {
        *self.0.lock() = message;
    }

    fn gone(&self) -> bool {
        false
    }
}
