//! The tasks extension: a call that takes long is answered by a handle at once; its result is fetched later.
//!
//! Specification: `io.modelcontextprotocol/tasks`, for clients of the newest revision that declare it.

use super::Owner;
use super::answer::Answer;
use super::ask::Resumed;
use super::call::{Answers, Call, Halt, Job, requests};
use super::error::RpcError;
use super::outlet::Nobody;
use super::peer::Cancel;
use super::revision::Revision;
use super::{Server, Step};
use crate::toolkit::{Asked, Pending};
use jiff::Timestamp;
use parking_lot::Mutex;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The extension's name in capabilities.
pub(super) const EXTENSION: &str = "io.modelcontextprotocol/tasks";

/// How long a task is kept, from its creation.
const LIFE: Duration = Duration::from_secs(3600);
/// How often a client should ask.
const POLL_MS: u32 = 500;
/// Tasks kept in total; beyond, calls are answered without one.
const MOST: usize = 1000;
/// Tasks of one key, so that no key takes the room of all others.
const MOST_EACH: usize = 250;

/// One task.
#[derive(Debug)]
pub(super) struct Task {
    id: String,
    owner: Owner,
    began: Instant,
    created: Timestamp,
    cancel: Cancel,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    updated: Timestamp,
    message: String,
    status: Status,
}

#[derive(Debug)]
enum Status {
    Working,
    Input { pending: Pending, answers: Answers, job: Option<Box<Job>> },
    Completed(Box<RawValue>),
    Failed(Value),
    Cancelled,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("label", &self.label).finish_non_exhaustive()
    }
}

/// All tasks of a server.
pub(super) struct Tasks {
    tasks: Mutex<HashMap<String, Arc<Task>>>,
    /// How long each is kept.
    life: Duration,
}

impl Default for Tasks {
    fn default() -> Self {
        Self::new(LIFE)
    }
}

/// Timestamps are told to the millisecond.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

impl Task {
    /// Says what is being done.
    pub(super) fn tell(&self, message: &str) {
        let mut state = self.state.lock();
        message.clone_into(&mut state.message);
        state.updated = now();
    }

    fn is_over(&self) -> bool {
        matches!(self.state.lock().status, Status::Completed(_) | Status::Failed(_) | Status::Cancelled)
    }

    /// Stops its work. One that waits holds its job, which holds it: both would stay in memory.
    fn end(&self) {
        self.cancel.store(true, Ordering::Relaxed);
        if matches!(self.state.lock().status, Status::Input { .. }) {
            self.set(Status::Cancelled);
        }
    }

    fn set(&self, status: Status) {
        let mut state = self.state.lock();
        let old = std::mem::replace(&mut state.status, status);
        state.updated = now();
        state.message.clear();
        drop(state);
        // A job that was laid aside takes locks of its own when it goes.
        drop(old);
    }

    /// The task as `tasks/get` and notifications show it.
    fn describe(&self) -> Value {
        let state = self.state.lock();
        let mut out = json!({
            "taskId": self.id,
            "status": state.status.name(),
            "createdAt": self.created.to_string(),
            "lastUpdatedAt": state.updated.to_string(),
            "ttlMs": u64::try_from(LIFE.as_millis()).unwrap_or(u64::MAX),
            "pollIntervalMs": POLL_MS,
        });
        if !state.message.is_empty() {
            out["statusMessage"] = state.message.as_str().into();
        }
        match &state.status {
            Status::Working | Status::Cancelled => {}
            Status::Input { pending, .. } => out["inputRequests"] = requests(pending),
            Status::Completed(result) => {
                out["result"] = serde_json::from_str(result.get()).unwrap_or_default();
            }
            Status::Failed(error) => out["error"] = error.clone(),
        }
        out
    }
}

impl Status {
    fn name(&self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Input { .. } => "input_required",
            Self::Completed(_) => "completed",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Tasks {
    pub(super) fn new(life: Duration) -> Self {
        Self { tasks: Mutex::default(), life }
    }

    /// Makes a task of a job; none when there is no room or no randomness for a name.
    pub(super) fn begin(&self, job: &mut Job) -> Option<Answer<'static>> {
        let id = id()?;
        let mut tasks = self.tasks.lock();
        let old: Vec<_> = tasks.extract_if(|_, task| task.began.elapsed() >= self.life).collect();
        let room = make_room(&mut tasks, job.owner);
        if !room {
            drop(tasks);
            old.iter().for_each(|(_, task)| task.end());
            return None;
        }
        let created = now();
        let task = Arc::new(Task {
            id: id.clone(),
            owner: job.owner,
            began: Instant::now(),
            created,
            cancel: job.cancel(),
            state: Mutex::new(State { updated: created, message: String::new(), status: Status::Working }),
        });
        tasks.insert(id, Arc::clone(&task));
        drop(tasks);
        old.iter().for_each(|(_, task)| task.end());
        let answer = Answer::of(&task.describe()).ok()?;
        job.task = Some(task);
        // A notification that cancels the request must not cancel the task («Task Cancellation»).
        job.running.detach();
        Some(answer.kind("task"))
    }

    /// The task of that name, for the key that began it.
    fn get(&self, id: &str, owner: Owner) -> Option<Arc<Task>> {
        let task = self.tasks.lock().get(id).cloned()?;
        (task.owner == owner && task.began.elapsed() < self.life).then_some(task)
    }

    /// The state of a task that no longer works, and so tells nothing by itself.
    pub(super) fn news(&self, id: &str) -> Option<Value> {
        let task = self.tasks.lock().get(id).cloned()?;
        let works = matches!(task.state.lock().status, Status::Working);
        (!works).then(|| task.describe())
    }

    /// Stops the work of all tasks: nobody can fetch their results any more.
    pub(super) fn stop(&self) {
        let tasks: Vec<_> = self.tasks.lock().drain().collect();
        tasks.iter().for_each(|(_, task)| task.end());
    }

    /// Drops a task that nobody knows.
    pub(super) fn forget(&self, task: &Task) {
        self.tasks.lock().remove(&task.id);
    }

    /// What became of a task's job.
    pub(super) fn finish(
        &self,
        server: &Server,
        task: &Task,
        result: Result<Answer<'_>, RpcError>,
        cancelled: bool,
        revision: &Revision,
    ) {
        let status = match result {
            _ if cancelled => Status::Cancelled,
            Ok(answer) => match RawValue::from_string(plain(&answer, revision)) {
                Ok(raw) => Status::Completed(raw),
                Err(e) => Status::Failed(json!(RpcError::internal(&e.to_string()))),
            },
            Err(error) => Status::Failed(json!(error)),
        };
        task.set(status);
        server.hub.task(&task.id, &task.describe());
    }
}

fn plain(answer: &Answer<'_>, revision: &Revision) -> String {
    String::from_utf8(answer.result(revision)).unwrap_or_default()
}

/// Room for one more task of this owner, if need be in the place of the oldest that has ended: of the owner's own
/// when it has its share.
fn make_room(tasks: &mut HashMap<String, Arc<Task>>, owner: Owner) -> bool {
    let own = tasks.values().filter(|task| task.owner == owner).count();
    let share = own >= MOST_EACH && owner.0.is_some();
    if tasks.len() < MOST && !share {
        return true;
    }
    let ended = tasks.values().filter(|task| task.is_over() && (!share || task.owner == owner));
    let id = ended.min_by_key(|task| task.began).map(|task| task.id.clone());
    id.is_some_and(|id| tasks.remove(&id).is_some())
}

/// A name that cannot be guessed: whoever has it may be another process of the same key's owner.
fn id() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Lays a task's job aside until `tasks/update` brings the answers.
pub(super) fn wait(job: Job, pending: Pending) {
    let Some(task) = job.task.clone() else { return };
    let server = Arc::clone(&job.server);
    if job.cancel().load(Ordering::Relaxed) {
        let revision = job.client.revision;
        return server.tasks.finish(&server, &task, Ok(Answer::empty()), true, revision);
    }
    task.set(Status::Input { pending, answers: Answers::new(), job: Some(Box::new(job)) });
    server.hub.task(&task.id, &task.describe());
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params {
    task_id: String,
    #[serde(default)]
    input_responses: Answers,
}

fn find(server: &Server, call: &Call<'_>) -> Result<(Arc<Task>, Params), RpcError> {
    if !call.client.capabilities.tasks {
        return Err(RpcError::capability(Asked::Later));
    }
    let params: Params = call.params()?;
    let task = server.tasks.get(&params.task_id, call.owner);
    let task = task.ok_or_else(|| RpcError::params("taskId: no such task; it may have expired"))?;
    Ok((task, params))
}

/// Whether a subscription may listen to this task.
pub(super) fn may_listen(server: &Server, id: &str, owner: Owner) -> bool {
    server.tasks.get(id, owner).is_some()
}

/// `tasks/get`
pub(super) fn get(server: &Server, call: &Call<'_>) -> Result<Answer<'static>, Halt> {
    let (task, _) = find(server, call)?;
    Ok(Answer::of(&task.describe())?)
}

/// `tasks/cancel`: the work ends as soon as it looks; what has ended stays as it is.
pub(super) fn cancel(server: &Server, call: &Call<'_>) -> Result<Answer<'static>, Halt> {
    let (task, _) = find(server, call)?;
    if !task.is_over() {
        task.cancel.store(true, Ordering::Relaxed);
        let waits = matches!(task.state.lock().status, Status::Input { .. });
        if waits {
            server.tasks.finish(server, &task, Ok(Answer::empty()), true, call.client.revision);
        }
    }
    Ok(Answer::empty())
}

/// `tasks/update`: takes in answers; with the last one the job goes on.
pub(super) fn update(server: &Server, call: &Call<'_>) -> Result<Step, RpcError> {
    let (task, params) = find(server, call)?;
    super::call::check_responses(&params.input_responses)?;
    let resumed = take_answers(&task, params.input_responses);
    if resumed.is_some() {
        server.hub.task(&task.id, &task.describe());
    }
    let answer = Answer::empty().response(call.id, call.client.revision);
    let reply = super::Reply::Message(answer);
    Ok(match resumed {
        Some(job) => Step::Resume { reply, calls: vec![Resumed { job: *job, outlet: Arc::new(Nobody) }] },
        None => Step::Reply(reply),
    })
}

/// Unknown names and names answered already are passed over, as the specification wants.
fn take_answers(task: &Task, responses: Answers) -> Option<Box<Job>> {
    let mut state = task.state.lock();
    let Status::Input { pending, answers, job } = &mut state.status else { return None };
    for (name, answer) in responses {
        if let Some(place) = pending.questions.iter().position(|(open, _)| *open == name) {
            pending.questions.remove(place);
            answers.insert(name, answer);
        }
    }
    if !pending.questions.is_empty() {
        return None;
    }
    let mut job = job.take()?;
    job.answers.append(answers);
    state.status = Status::Working;
    state.updated = now();
    Some(job)
}
