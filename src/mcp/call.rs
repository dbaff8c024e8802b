//! One request on its way through the server: what is known of it, and the run that may be repeated.

use super::Server;
use super::answer::Answer;
use super::error::{self, RpcError};
use super::host::Host;
use super::meta::Meta;
use super::outlet::Outlet;
use super::peer::{Client, Peer, Running};
use super::revision::Era;
use super::scope::Scope;
use super::state::Binding;
use super::tasks::Task;
use crate::toolkit::Pending;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Whose request it is: opaque here, the transports know by what a caller is told from others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Owner(pub Option<[u8; 32]>);

/// A request that its method can serve.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) id: &'a RawValue,
    pub(super) method: &'a str,
    pub(super) params: Option<&'a RawValue>,
    pub(super) client: &'a Client,
    pub(super) peer: &'a Arc<Peer>,
    pub(super) scope: &'a Arc<Scope>,
    pub(super) owner: Owner,
    pub(super) label: &'a str,
    /// Whether messages can reach the client before the answer.
    pub(super) speaks: bool,
}

/// Why a method has no result.
#[derive(Debug)]
pub(super) enum Halt {
    /// An error response.
    Error(RpcError),
    /// The client must answer something first.
    Input(Pending),
}

impl From<RpcError> for Halt {
    fn from(error: RpcError) -> Self {
        Self::Error(error)
    }
}

/// The client's answers, by the names of the questions.
pub(super) type Answers = Map<String, Value>;

impl<'a> Call<'a> {
    /// The parameters as a method's own type.
    ///
    /// # Errors
    /// What is missing or of the wrong type.
    pub(super) fn params<T: Deserialize<'a>>(&self) -> Result<T, RpcError> {
        let text = self.params.map_or("{}", RawValue::get);
        serde_json::from_str(text).map_err(|e| RpcError::params(format!("{}: {e}", self.method)))
    }

    /// What a repeated request has to have in common with the first.
    fn target(&self) -> Result<String, RpcError> {
        #[derive(Deserialize)]
        struct Target {
            name: Option<Value>,
            uri: Option<Value>,
            arguments: Option<Value>,
        }
        let Target { name, uri, arguments } = self.params()?;
        Ok(json!([name, uri, arguments]).to_string())
    }

    /// The answers that the request brings with it: those of this round, and in its state those of earlier ones.
    pub(super) fn answers(&self, server: &Server) -> Result<Answers, RpcError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Retry {
            input_responses: Option<Answers>,
            request_state: Option<String>,
        }
        let again = self.params.is_some_and(|params| {
            params.get().contains("\"inputResponses\"") || params.get().contains("\"requestState\"")
        });
        if self.client.revision.era == Era::Session || !again {
            return Ok(Answers::new());
        }
        let retry: Retry = self.params()?;
        let mut answers = match retry.request_state {
            None => Answers::new(),
            Some(state) => {
                let target = self.target()?;
                let binding = Binding { owner: self.owner, method: self.method, target: &target };
                server.sealer.open(&state, binding)?
            }
        };
        let responses = retry.input_responses.unwrap_or_default();
        check_responses(&responses)?;
        answers.extend(responses);
        Ok(answers)
    }

    /// The result that asks the client to come back with answers.
    pub(super) fn input_required(
        &self,
        server: &Server,
        pending: &Pending,
        answers: &Answers,
    ) -> Result<Answer<'static>, RpcError> {
        let target = self.target()?;
        let binding = Binding { owner: self.owner, method: self.method, target: &target };
        let result = json!({
            "inputRequests": requests(pending),
            "requestState": server.sealer.seal(answers, binding),
        });
        Ok(Answer::of(&result)?.kind("input_required"))
    }
}

/// Every kind of answer is an object; what is none cannot be one to a question of ours.
pub(super) fn check_responses(responses: &Answers) -> Result<(), RpcError> {
    match responses.iter().find(|(_, response)| !response.is_object()) {
        None => Ok(()),
        Some((name, _)) => {
            Err(RpcError::params(format!("inputResponses.{} must be an object", error::short(name))))
        }
    }
}

/// Open questions as the newest revision has them, by name.
pub(super) fn requests(pending: &Pending) -> Value {
    let entry = |(name, question): &(String, crate::toolkit::Question)| {
        (name.clone(), json!({"method": question.method, "params": question.params}))
    };
    Value::Object(pending.questions.iter().map(entry).collect())
}

fn busy() -> RpcError {
    RpcError::refused("as many long calls run as may; call again later")
}

/// A request taken off the transport's thread, because it takes long or asks the client.
pub struct Job {
    pub(super) server: Arc<Server>,
    pub(super) id: Box<RawValue>,
    pub(super) method: Box<str>,
    pub(super) params: Option<Box<RawValue>>,
    pub(super) client: Client,
    pub(super) scope: Arc<Scope>,
    pub(super) owner: Owner,
    pub(super) label: String,
    pub(super) speaks: bool,
    pub(super) token: Option<Box<RawValue>>,
    pub(super) running: Running,
    pub(super) answers: Answers,
    /// The task that the result goes to, instead of the caller.
    pub(super) task: Option<Arc<Task>>,
}

impl Job {
    pub(super) fn new(server: &Arc<Server>, call: &Call<'_>, meta: &Meta<'_>, running: Running) -> Self {
        Self {
            server: Arc::clone(server),
            id: call.id.to_owned(),
            method: call.method.into(),
            params: call.params.map(ToOwned::to_owned),
            client: call.client.clone(),
            scope: Arc::clone(call.scope),
            owner: call.owner,
            label: call.label.to_owned(),
            speaks: call.speaks,
            token: meta.token(),
            running,
            answers: Answers::new(),
            task: None,
        }
    }

    pub(super) fn call(&self) -> Call<'_> {
        Call {
            id: &self.id,
            method: &self.method,
            params: self.params.as_deref(),
            client: &self.client,
            peer: self.running.peer(),
            scope: &self.scope,
            owner: self.owner,
            label: &self.label,
            speaks: self.speaks,
        }
    }

    /// The revision that the request follows.
    pub fn revision(&self) -> &'static super::Revision {
        self.client.revision
    }

    /// Set to true when the client has gone, this ends the work as soon as it looks.
    pub fn cancel(&self) -> super::peer::Cancel {
        Arc::clone(&self.running.cancel)
    }

    /// Runs the request to its end, or to where it must wait for the client; the outlet gets what comes of it.
    pub fn run(self, outlet: &Arc<dyn Outlet>) {
        match self.attempt(outlet) {
            Ok(answer) => self.end(outlet, Ok(answer)),
            Err(Halt::Error(error)) => self.end(outlet, Err(error)),
            Err(Halt::Input(pending)) if self.task.is_some() => super::tasks::wait(self, pending),
            Err(Halt::Input(pending)) if self.client.revision.era == Era::Session => {
                super::ask::ask(self, &pending, Arc::clone(outlet));
            }
            Err(Halt::Input(pending)) => {
                let answer = self.call().input_required(&self.server, &pending, &self.answers);
                self.end(outlet, answer);
            }
        }
    }

    /// The response to a request that there is no room for. A task that nobody has been told of is forgotten.
    pub fn refusal(self) -> Vec<u8> {
        if let Some(task) = &self.task {
            self.server.tasks.forget(task);
        }
        error::response(Some(&self.id), &busy(), self.client.revision)
    }

    /// Ends a request unserved that had been begun.
    pub fn refuse(self, outlet: &Arc<dyn Outlet>) {
        self.end(outlet, Err(busy()));
    }

    fn attempt(&self, outlet: &Arc<dyn Outlet>) -> Result<Answer<'static>, Halt> {
        let host = Host {
            server: &self.server,
            client: &self.client,
            scope: &self.scope,
            speaks: self.speaks,
            // A task has neither progress nor messages: its state is all that is told of it.
            outlet: self.task.is_none().then_some(&**outlet),
            token: self.token.as_deref(),
            cancel: Some(&self.running.cancel),
            answers: &self.answers,
            last_progress: std::cell::Cell::new(f64::NEG_INFINITY),
            task: self.task.as_deref(),
            label: &self.label,
        };
        super::methods::perform(&self.server, &self.call(), &host)
    }

    fn end(self, outlet: &Arc<dyn Outlet>, result: Result<Answer<'static>, RpcError>) {
        let cancelled = self.running.cancel.load(std::sync::atomic::Ordering::Relaxed);
        if let Some(task) = &self.task {
            self.server.tasks.finish(&self.server, task, result, cancelled, self.client.revision);
            return;
        }
        let message = match result {
            // No answer is wanted any more (2025-11-25, «Cancellation»: SHOULD NOT).
            _ if cancelled => None,
            Ok(answer) => Some(answer.response(&self.id, self.client.revision)),
            Err(error) => Some(error::response(Some(&self.id), &error, self.client.revision)),
        };
        outlet.finish(message);
    }
}
