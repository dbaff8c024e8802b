//! Questions to clients of the eras with sessions: requests of ours, after whose answers the call is run again.
//!
//! No thread waits for a person: the call is laid aside with its outlet until its last answer comes.

use super::call::Job;
use super::outlet::Outlet;
use crate::toolkit::Pending;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// A call laid aside.
pub(super) struct Waiting {
    job: Job,
    outlet: Arc<dyn Outlet>,
    /// The ids of the open questions, with the names that the tool knows them by.
    open: Vec<(u64, String)>,
}

/// A call that has its answers and can go on.
pub struct Resumed {
    /// The call.
    pub job: Job,
    /// Where its messages go, as before.
    pub outlet: Arc<dyn Outlet>,
}

/// Puts the questions and lays the call aside.
pub(super) fn ask(job: Job, pending: &Pending, outlet: Arc<dyn Outlet>) {
    let peer = Arc::clone(job.running.peer());
    let mut open = Vec::new();
    let mut messages = Vec::new();
    for (name, question) in &pending.questions {
        let id = peer.next_question();
        let mut params = question.params.clone();
        if let Value::Object(members) = &mut params
            && !job.client.revision.form_mode
        {
            members.remove("mode");
        }
        messages.push(request(id, question.method, &params));
        open.push((id, name.clone()));
    }
    let waiting = Waiting { job, outlet: Arc::clone(&outlet), open };
    // First laid aside, then asked: the answer may be quicker than this thread.
    if peer.lay_aside(waiting) {
        messages.into_iter().for_each(|message| outlet.send(message));
    }
}

impl Waiting {
    /// Takes in an answer when the question is one of this call's.
    pub(super) fn answer(&mut self, id: u64, answer: &Value) -> bool {
        let Some(place) = self.open.iter().position(|(open, _)| *open == id) else { return false };
        let (_, name) = self.open.swap_remove(place);
        self.job.answers.insert(name, answer.clone());
        true
    }

    /// Whether nothing is left to wait for.
    pub(super) fn is_answered(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether its client no longer wants it.
    pub(super) fn is_over(&self) -> bool {
        self.outlet.gone() || self.job.cancel().load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Ends it without an answer.
    pub(super) fn drop_it(self) {
        self.outlet.finish(None);
    }

    /// Ends it with an error that says why, for a client that still wants to know.
    pub(super) fn fail(self, why: &str) {
        if self.is_over() {
            return self.drop_it();
        }
        let error = super::RpcError::refused(why);
        self.outlet.finish(Some(super::error::response(
            Some(&self.job.id),
            &error,
            self.job.client.revision,
        )));
    }

    pub(super) fn resume(self) -> Resumed {
        Resumed { job: self.job, outlet: self.outlet }
    }
}

fn request(id: u64, method: &str, params: &Value) -> Vec<u8> {
    #[derive(Serialize)]
    struct Request<'a> {
        jsonrpc: &'static str,
        id: u64,
        method: &'a str,
        params: &'a Value,
    }
    serde_json::to_vec(&Request { jsonrpc: "2.0", id, method, params }).unwrap_or_default()
}
