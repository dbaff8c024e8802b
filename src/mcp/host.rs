//! The protocol's side of a running call.

use super::call::Answers;
use super::outlet::Outlet;
use super::peer::{Cancel, Client};
use super::revision::Era;
use super::scope::Scope;
use super::tasks::Task;
use super::{Server, notification};
use crate::toolkit::{self, Asked, Change, Severity, View};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What surrounds one run of a call.
pub(super) struct Host<'a> {
    pub(super) server: &'a Server,
    pub(super) client: &'a Client,
    pub(super) scope: &'a Arc<Scope>,
    pub(super) speaks: bool,
    /// None when the caller's thread waits for the answer alone.
    pub(super) outlet: Option<&'a dyn Outlet>,
    pub(super) token: Option<&'a RawValue>,
    pub(super) cancel: Option<&'a Cancel>,
    pub(super) answers: &'a Answers,
    pub(super) last_progress: Cell<f64>,
    pub(super) task: Option<&'a Task>,
    pub(super) label: &'a str,
}

impl toolkit::Host for Host<'_> {
    fn stopped(&self) -> bool {
        self.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed))
            || self.outlet.is_some_and(Outlet::gone)
    }

    fn progress(&self, done: f64, total: Option<f64>, message: &str) {
        if let Some(task) = self.task {
            task.tell(message);
        }
        let (Some(outlet), Some(token)) = (self.outlet, self.token) else { return };
        // Only what grows is progress (specification, «Progress»: MUST increase); NaN never does.
        if !self.speaks || done <= self.last_progress.get() || !done.is_finite() {
            return;
        }
        self.last_progress.set(done);
        let mut params = json!({"progressToken": token, "progress": done});
        if let Some(total) = total.filter(|total| total.is_finite()) {
            params["total"] = total.into();
        }
        if !message.is_empty() {
            params["message"] = message.into();
        }
        outlet.send(notification("notifications/progress", &params));
    }

    fn log(&self, severity: Severity, logger: &str, data: Value) {
        let Some(outlet) = self.outlet.filter(|_| self.speaks) else { return };
        if self.client.severity.is_some_and(|least| severity >= least) {
            let params = json!({"level": severity.name(), "logger": logger, "data": data});
            outlet.send(notification("notifications/message", &params));
        }
    }

    fn answers(&self, asked: Asked) -> bool {
        let reachable = self.speaks || self.client.revision.era == Era::Request;
        reachable && self.client.capabilities.answer(asked)
    }

    fn answer(&self, name: &str) -> Option<Value> {
        self.answers.get(name).cloned()
    }

    fn label(&self) -> &str {
        self.label
    }

    fn view(&self) -> Option<&View> {
        Some(&self.scope.view)
    }

    fn changed(&self, what: Change) {
        self.server.hub.changed(&what);
    }

    fn hang_up(&self) {
        if let Some(outlet) = self.outlet {
            outlet.hang_up();
        }
    }
}
