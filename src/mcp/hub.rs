//! Who is to be told when a list or a resource changes.

use super::meta::SUBSCRIPTION;
use super::outlet::Outlet;
use super::peer::{Peer, Running};
use super::{Owner, RpcError, Server, answer::Answer, notification, revision::Revision};
use crate::toolkit::Change;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// All listeners of a server.
#[derive(Default)]
pub struct Hub {
    listeners: Mutex<Vec<Listener>>,
}

/// The newest revision's filter, and its acknowledgement.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Filter {
    #[serde(skip_serializing_if = "is_false")]
    pub(super) tools_list_changed: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) prompts_list_changed: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) resources_list_changed: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) resource_subscriptions: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) task_ids: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Names in one list of a filter.
const NAMES: usize = 1000;

impl Filter {
    /// Reads the filter of a request.
    pub(super) fn read(notifications: Map<String, Value>) -> Result<Self, RpcError> {
        serde_json::from_value(notifications.into())
            .map_err(|e| RpcError::params(format!("notifications: {e}")))
    }

    /// Leaves what this server can tell of to this caller.
    pub(super) fn narrow(&mut self, server: &Server, owner: Owner) -> Result<(), RpcError> {
        for (name, list) in
            [("resourceSubscriptions", &mut self.resource_subscriptions), ("taskIds", &mut self.task_ids)]
        {
            if list.len() > NAMES {
                return Err(RpcError::params(format!("notifications.{name} holds at most {NAMES}")));
            }
            let mut seen = HashSet::new();
            list.retain(|entry| seen.insert(entry.clone()));
        }
        self.resource_subscriptions.retain(|uri| super::documents::is_there(server, uri));
        self.task_ids.retain(|id| super::tasks::may_listen(server, id, owner));
        self.prompts_list_changed &= !server.guides.is_empty();
        Ok(())
    }

    fn wants(&self, change: &Change) -> bool {
        match change {
            Change::Tools => self.tools_list_changed,
            Change::Prompts => self.prompts_list_changed,
            Change::Resources => self.resources_list_changed,
            Change::Resource(uri) => self.resource_subscriptions.contains(uri),
        }
    }
}

enum Kind {
    /// A session, which hears of all lists and of the resources that it watches once it has been opened.
    Session(Arc<Peer>),
    /// A subscription of the newest revision.
    Subscription { id: Box<RawValue>, filter: Filter, revision: &'static Revision, running: Running },
}

struct Listener {
    kind: Kind,
    outlet: Arc<dyn Outlet>,
}

impl Listener {
    fn is_there(&self) -> bool {
        let cancelled = match &self.kind {
            Kind::Subscription { running, .. } => running.cancel.load(Ordering::Relaxed),
            Kind::Session(_) => false,
        };
        !cancelled && !self.outlet.gone()
    }
}

impl Hub {
    /// A session's stream is there.
    pub fn join(&self, peer: &Arc<Peer>, outlet: Arc<dyn Outlet>) {
        let mut listeners = self.listeners.lock();
        listeners.retain(Listener::is_there);
        listeners.push(Listener { kind: Kind::Session(Arc::clone(peer)), outlet });
    }

    /// Acknowledges a subscription and begins it.
    pub(super) fn subscribe(
        &self,
        id: Box<RawValue>,
        filter: Filter,
        revision: &'static Revision,
        running: Running,
        outlet: Arc<dyn Outlet>,
        news: impl Fn(&str) -> Option<Value>,
    ) {
        let params = json!({"_meta": {SUBSCRIPTION: &id}, "notifications": filter});
        // Under the lock, so that nothing comes before the acknowledgement and nothing is missed behind it.
        let mut listeners = self.listeners.lock();
        listeners.retain(Listener::is_there);
        outlet.send(notification("notifications/subscriptions/acknowledged", &params));
        // A task may have ended while its client was about to listen.
        filter.task_ids.iter().filter_map(|task| news(task)).for_each(|state| outlet.send(told(&state, &id)));
        listeners.push(Listener { kind: Kind::Subscription { id, filter, revision, running }, outlet });
    }

    /// Tells all who want to know.
    pub fn changed(&self, change: &Change) {
        self.each(|kind, outlet| {
            let wanted = match (kind, change) {
                (Kind::Session(peer), Change::Resource(uri)) => peer.watches(uri),
                (Kind::Session(peer), _) => peer.is_open(),
                (Kind::Subscription { filter, .. }, change) => filter.wants(change),
            };
            if wanted {
                outlet.send(message(kind, change));
            }
        });
    }

    /// Tells the state of a task to those who listen for it.
    pub(super) fn task(&self, id: &str, state: &Value) {
        self.each(|kind, outlet| {
            if let Kind::Subscription { id: subscription, filter, .. } = kind
                && filter.task_ids.iter().any(|wanted| wanted == id)
            {
                outlet.send(told(state, subscription));
            }
        });
    }

    /// Lets go of the listeners that have gone.
    pub(super) fn sweep(&self) {
        self.each(|_, _| ());
    }

    /// Ends all subscriptions with their result: the server stops.
    pub fn close(&self) {
        for listener in std::mem::take(&mut *self.listeners.lock()) {
            if let Kind::Subscription { id, revision, .. } = &listener.kind {
                let answer = Answer::empty().of_subscription(id);
                listener.outlet.finish(Some(answer.response(id, revision)));
            }
        }
    }

    fn each(&self, tell: impl Fn(&Kind, &dyn Outlet)) {
        self.listeners.lock().retain(|listener| {
            let there = listener.is_there();
            if there {
                tell(&listener.kind, &*listener.outlet);
            }
            there
        });
    }
}

/// The state of a task, for a subscription.
fn told(state: &Value, subscription: &RawValue) -> Vec<u8> {
    let mut params = state.clone();
    params["_meta"] = json!({SUBSCRIPTION: subscription});
    notification("notifications/tasks", &params)
}

fn message(kind: &Kind, change: &Change) -> Vec<u8> {
    let mut params = Map::new();
    if let Kind::Subscription { id, .. } = kind {
        params.insert("_meta".into(), json!({SUBSCRIPTION: id}));
    }
    let method = match change {
        Change::Tools => "notifications/tools/list_changed",
        Change::Prompts => "notifications/prompts/list_changed",
        Change::Resources => "notifications/resources/list_changed",
        Change::Resource(uri) => {
            params.insert("uri".into(), uri.as_str().into());
            "notifications/resources/updated"
        }
    };
    notification(method, &params.into())
}
