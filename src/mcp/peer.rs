//! What the protocol remembers of one client: for a session, for the process on stdio, or for one request only.

use super::ask::{Resumed, Waiting};
use super::revision::{self, Revision};
use crate::toolkit::{Asked, Severity};
use parking_lot::Mutex;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

/// Calls of one client that wait for its answers, resources that it watches, and its subscriptions, before more are
/// refused.
pub(super) const MOST: usize = 100;

/// Why no answers are waited for.
const STOPS: &str = "the server stops; call again";

/// One client.
#[derive(Default)]
pub struct Peer {
    client: Mutex<Client>,
    running: Mutex<HashMap<Box<str>, Cancel>>,
    subscriptions: AtomicUsize,
    aside: Mutex<Vec<Waiting>>,
    watched: Mutex<BTreeSet<String>>,
    questions: AtomicU64,
    open: AtomicBool,
    stopping: AtomicBool,
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer").field("client", &self.client).finish_non_exhaustive()
    }
}

/// What is known of the client that sends a request.
#[derive(Debug, Clone)]
pub struct Client {
    /// The revision in force.
    pub revision: &'static Revision,
    /// What it can do.
    pub capabilities: Capabilities,
    /// From which severity on it wants to be told what happens; none means nothing.
    pub severity: Option<Severity>,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            revision: revision::assumed(),
            capabilities: Capabilities::default(),
            // Until a client sets a level, the server decides (2025-11-25, «Log Levels»).
            severity: Some(Severity::Info),
        }
    }
}

/// What a client can do, as far as it matters here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// Its user fills in forms.
    pub forms: bool,
    /// Its model answers.
    pub sampling: bool,
    /// It lists its folders.
    pub roots: bool,
    /// It takes a handle for a result that takes long.
    pub tasks: bool,
}

impl Capabilities {
    /// Reads the client's declaration.
    pub(super) fn of(declared: &Map<String, Value>) -> Self {
        let has = |name: &str| declared.get(name).is_some_and(Value::is_object);
        // An empty object has meant forms since before there were other modes.
        let forms = declared.get("elicitation").and_then(Value::as_object);
        let extension =
            |name: &str| declared.get("extensions").and_then(|e| e.get(name)).is_some_and(Value::is_object);
        Self {
            forms: forms.is_some_and(|modes| modes.contains_key("form") || !modes.contains_key("url")),
            sampling: has("sampling"),
            roots: has("roots"),
            tasks: extension(super::tasks::EXTENSION),
        }
    }

    /// Whether questions of this kind can be put.
    pub(super) fn answer(self, asked: Asked) -> bool {
        match asked {
            Asked::User => self.forms,
            Asked::Model => self.sampling,
            Asked::Roots => self.roots,
            Asked::Later => self.tasks,
        }
    }
}

/// Set once the client no longer wants an answer.
pub type Cancel = Arc<AtomicBool>;

impl Peer {
    /// A client that follows this revision without having said so.
    pub fn following(revision: &'static Revision) -> Self {
        let peer = Self::default();
        peer.client.lock().revision = revision;
        peer
    }

    /// What is known of it now.
    pub fn client(&self) -> Client {
        self.client.lock().clone()
    }

    /// What `initialize` has agreed on. The tasks extension is not for these revisions, which have no methods to
    /// ask after a task.
    pub(super) fn opened(&self, revision: &'static Revision, capabilities: Capabilities) {
        let capabilities = Capabilities { tasks: false, ..capabilities };
        *self.client.lock() = Client { revision, capabilities, ..Client::default() };
        self.open.store(true, Ordering::Relaxed);
    }

    /// Whether it has opened with `initialize`: others do not know what a session is told unasked.
    pub(super) fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed)
    }

    /// The client sets the least severity that it wants to be told of.
    pub(super) fn set_severity(&self, severity: Severity) {
        self.client.lock().severity = Some(severity);
    }

    /// Notes a request that can be cancelled, until the guard is dropped.
    pub(super) fn begin(self: &Arc<Self>, id: &RawValue) -> Running {
        let (id, cancel): (Box<str>, _) = (id.get().into(), Cancel::default());
        self.running.lock().insert(id.clone(), Arc::clone(&cancel));
        Running { peer: Arc::clone(self), id, cancel, listens: false }
    }

    /// As [`begin`](Self::begin) for a subscription; none when there are as many as may be.
    pub(super) fn begin_listening(self: &Arc<Self>, id: &RawValue) -> Option<Running> {
        let more = |count| (count < MOST).then_some(count + 1);
        self.subscriptions.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        let mut running = self.begin(id);
        running.listens = true;
        Some(running)
    }

    /// The client no longer wants the answer to the request of this id. Unknown ids are ignored: the answer
    /// may have crossed the cancellation on its way.
    pub(super) fn cancel(&self, id: &RawValue) {
        if let Some(cancel) = self.running.lock().remove(id.get()) {
            cancel.store(true, Ordering::Relaxed);
        }
        self.drop_cancelled();
    }

    /// A call that waits for an answer does not look at its flag by itself.
    fn drop_cancelled(&self) {
        let over: Vec<_> = self.aside.lock().extract_if(.., |waiting| waiting.is_over()).collect();
        over.into_iter().for_each(Waiting::drop_it);
    }

    /// Ends everything: the session or the process is over.
    pub fn cancel_all(&self) {
        self.running.lock().values().for_each(|cancel| cancel.store(true, Ordering::Relaxed));
        self.drop_cancelled();
    }

    /// Nobody can answer any more: the server stops. What waits for answers is told so, and what would wait too.
    pub fn stop_asking(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        let waiting = std::mem::take(&mut *self.aside.lock());
        waiting.into_iter().for_each(|waiting| waiting.fail(STOPS));
    }

    /// An id for a question of ours.
    pub(super) fn next_question(&self) -> u64 {
        self.questions.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Keeps a call until its answers come. False when it ends instead.
    pub(super) fn lay_aside(&self, waiting: Waiting) -> bool {
        let mut aside = self.aside.lock();
        let over: Vec<_> = aside.extract_if(.., |waiting| waiting.is_over()).collect();
        let refused = if self.stopping.load(Ordering::Relaxed) {
            Some(STOPS)
        } else if waiting.is_over() {
            Some("it is over")
        } else {
            (aside.len() >= MOST).then_some("too many calls of this client wait for its answers")
        };
        let ends = if refused.is_some() {
            Some(waiting)
        } else {
            aside.push(waiting);
            None
        };
        // A call that ends takes locks of its own.
        drop(aside);
        over.into_iter().for_each(Waiting::drop_it);
        ends.into_iter().for_each(|waiting| waiting.fail(refused.unwrap_or_default()));
        refused.is_none()
    }

    /// The client answers a question; an error counts as «no». The call comes back with its last answer.
    pub(super) fn answered(&self, id: Option<&RawValue>, result: Option<&RawValue>) -> Option<Resumed> {
        let id = id?.get().trim_matches('"').parse().ok()?;
        let answer = result.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or(Value::Null);
        let mut aside = self.aside.lock();
        let place = aside.iter_mut().position(|waiting| waiting.answer(id, &answer))?;
        aside[place].is_answered().then(|| aside.swap_remove(place).resume())
    }

    /// Watches a resource. False when it watches as many as it may.
    pub(super) fn watch(&self, uri: &str) -> bool {
        let mut watched = self.watched.lock();
        watched.contains(uri) || (watched.len() < MOST && watched.insert(uri.to_owned()))
    }

    /// Watches a resource no longer.
    pub(super) fn unwatch(&self, uri: &str) {
        self.watched.lock().remove(uri);
    }

    /// Whether it watches this resource.
    pub(super) fn watches(&self, uri: &str) -> bool {
        self.watched.lock().contains(uri)
    }
}

/// A request that is being served and can be cancelled.
#[derive(Debug)]
pub(super) struct Running {
    peer: Arc<Peer>,
    id: Box<str>,
    pub(super) cancel: Cancel,
    /// Whether it is a subscription, which are counted.
    listens: bool,
}

impl Running {
    pub(super) fn peer(&self) -> &Arc<Peer> {
        &self.peer
    }

    /// The request has been answered although the work goes on: its id means it no longer.
    pub(super) fn detach(&self) {
        let mut running = self.peer.running.lock();
        // A client that uses an id twice at once has put a later request in this place.
        if running.get(&self.id).is_some_and(|cancel| Arc::ptr_eq(cancel, &self.cancel)) {
            running.remove(&self.id);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.detach();
        if self.listens {
            self.peer.subscriptions.fetch_sub(1, Ordering::Relaxed);
        }
    }
}
