//! The protocol's side of a server: what it is made of, and the way of one message through it.

use super::answer::Answer;
use super::ask::Resumed;
use super::call::{Call, Halt, Job, Owner};
use super::error::{self, Fault, RpcError};
use super::host::Host;
use super::hub::Hub;
use super::message::{self, Message, Notification, Request};
use super::meta::{self, Meta};
use super::methods::{self, Kind};
use super::mirror::{self, Mirror};
use super::page::List;
use super::peer::{Client, Peer};
use super::revision::{self, Era, Revision};
use super::scope::{Scope, Scopes};
use super::state::Sealer;
use super::subscriptions::{self, Listening};
use super::tasks::{self, Tasks};
use super::tools::Prepared;
use super::{documents, initialize, prompts, tools};
use crate::prompts::Prompt;
use crate::resources::Library;
use crate::toolkit::{Catalog, View};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::cell::Cell;
use std::sync::Arc;

/// A batch of more messages is refused: each may be answered by an error longer than itself.
const BATCH: usize = 1000;
/// Entries of a list's page, unless the operator says otherwise: every list of this server in one page, because
/// many clients read only the first.
const PAGE: usize = 1000;

/// What a server is made of.
pub struct Contents {
    /// All tools.
    pub catalog: Arc<Catalog>,
    /// Those that the operator serves.
    pub bound: View,
    /// The documents.
    pub library: Library,
    /// The prompts.
    pub prompts: &'static [Prompt],
    /// Entries of a list's page.
    pub page: usize,
    /// Seals what clients keep for the server; servers with the same key can stand in for each other.
    pub seal: [u8; 32],
}

impl From<Catalog> for Contents {
    fn from(catalog: Catalog) -> Self {
        let catalog = Arc::new(catalog);
        let bound = View::all(Arc::clone(&catalog));
        Self { catalog, bound, library: Library::default(), prompts: &[], page: PAGE, seal: [0; 32] }
    }
}

/// The protocol's side of a server, shared by all connections.
pub struct Server {
    pub(super) catalog: Arc<Catalog>,
    pub(super) library: Library,
    pub(super) guides: &'static [Prompt],
    pub(super) resources: List,
    pub(super) templates: List,
    pub(super) prompts: List,
    pub(super) page: usize,
    pub(super) sealer: Sealer,
    pub(super) hub: Hub,
    pub(super) tasks: Tasks,
    scopes: Scopes,
}

/// Who sends a message, as far as the protocol needs to know.
pub struct Caller<'a> {
    /// What is remembered of the client.
    pub peer: &'a Arc<Peer>,
    /// The tools that the address shows.
    pub scope: &'a Arc<Scope>,
    /// Whose requests these are.
    pub owner: Owner,
    /// The request's id in the log.
    pub label: &'a str,
    /// Whether messages can reach the client before an answer does, and questions while it waits.
    pub speaks: bool,
    /// The message's envelope, where the transport has one.
    pub mirror: Option<&'a dyn Mirror>,
}

/// What to do next for a message.
pub enum Step {
    /// Send this.
    Reply(Reply),
    /// The client has opened with `initialize`: keep its peer, and send this.
    Opened(Vec<u8>),
    /// Run this on a thread of its own, with an outlet for what comes of it.
    Long(Job),
    /// Send this at once, and run the job, whose messages go nowhere.
    Task {
        /// The response.
        answer: Vec<u8>,
        /// What to run.
        job: Job,
    },
    /// Send this, and run these again, each on the outlet that it had.
    Resume {
        /// What to send.
        reply: Reply,
        /// What to run.
        calls: Vec<Resumed>,
    },
    /// Keep an outlet open for this.
    Listen(Listening),
}

/// What to send back.
#[derive(Debug)]
pub enum Reply {
    /// Nothing: the message was a notification or a response.
    None,
    /// A response, or a batch of them.
    Message(Vec<u8>),
    /// An error response, with what is at fault and whether the newest revision's rules hold for it.
    Error(Vec<u8>, Fault, Era),
}

impl Server {
    /// A server of these contents.
    ///
    /// # Errors
    /// When a list cannot be written as JSON, which no declaration should bring about.
    pub fn new(contents: impl Into<Contents>) -> Result<Arc<Self>, String> {
        let contents: Contents = contents.into();
        Ok(Arc::new(Self {
            resources: documents::resources(&contents.library)?,
            templates: documents::templates(&contents.library)?,
            prompts: prompts::list(contents.prompts)?,
            catalog: contents.catalog,
            library: contents.library,
            guides: contents.prompts,
            page: contents.page,
            sealer: Sealer::new(contents.seal),
            hub: Hub::default(),
            tasks: Tasks::default(),
            scopes: Scopes::new(contents.bound)?,
        }))
    }

    /// All tools that are served.
    pub fn scope(&self) -> &Arc<Scope> {
        self.scopes.whole()
    }

    /// The tools that an address and a header narrow them to.
    ///
    /// # Errors
    /// When a selection names what there is not.
    pub fn narrowed(&self, path: Option<&str>, header: Option<&str>) -> Result<Arc<Scope>, RpcError> {
        self.scopes.narrowed(path, header)
    }

    /// All tools that this server has, whoever may see them.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Who is to be told of changes.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Stops what nobody can come back for: the server takes no more requests.
    pub fn stop_tasks(&self) {
        self.tasks.stop();
    }

    /// Takes in one message, or one batch where the revision has batches.
    pub fn take(self: &Arc<Self>, bytes: &[u8], caller: &Caller<'_>) -> Step {
        let Ok(text) = str::from_utf8(bytes) else {
            return failed(None, &RpcError::parse("not UTF-8"), caller.peer.client().revision);
        };
        if text.trim_ascii_start().starts_with('[') {
            self.batch(text, caller)
                .unwrap_or_else(|error| failed(None, &error, caller.peer.client().revision))
        } else {
            self.one(text, caller, false)
        }
    }

    fn one(self: &Arc<Self>, text: &str, caller: &Caller<'_>, batched: bool) -> Step {
        match message::parse(text) {
            Err((id, error)) => failed(id, &error, caller.peer.client().revision),
            Ok(Message::Request(request)) => self.request(&request, caller, batched),
            Ok(Message::Notification(notification)) => {
                noted(&notification, caller.peer);
                Step::Reply(Reply::None)
            }
            Ok(Message::Response(response)) => match caller.peer.answered(response.id, response.result) {
                Some(resumed) => Step::Resume { reply: Reply::None, calls: vec![resumed] },
                None => Step::Reply(Reply::None),
            },
        }
    }

    fn batch(self: &Arc<Self>, text: &str, caller: &Caller<'_>) -> Result<Step, RpcError> {
        let revision = caller.peer.client().revision;
        let messages: Vec<&RawValue> =
            serde_json::from_str(text).map_err(|e| RpcError::parse(&e.to_string()))?;
        if !revision.batches {
            return Err(RpcError::request(format!("{} has no batches", revision.name)));
        }
        if messages.is_empty() || messages.len() > BATCH {
            return Err(RpcError::request(format!("a batch holds 1 to {BATCH} messages")));
        }
        // One answer carries them all, so nothing can be said before it.
        let caller = Caller { speaks: false, ..*caller };
        let (mut answers, mut calls) = (Vec::new(), Vec::new());
        for message in messages {
            match self.one(message.get(), &caller, true) {
                Step::Resume { calls: resumed, .. } => calls.extend(resumed),
                step => answers.extend(super::batch::answer(step)),
            }
        }
        let reply =
            if answers.is_empty() { Reply::None } else { Reply::Message(super::batch::joined(&answers)) };
        Ok(if calls.is_empty() { Step::Reply(reply) } else { Step::Resume { reply, calls } })
    }

    fn request(self: &Arc<Self>, request: &Request<'_>, caller: &Caller<'_>, batched: bool) -> Step {
        // An array would be taken for the members in their order.
        if request.params.is_some_and(|params| !params.get().starts_with('{')) {
            let error = RpcError::params("params must be an object");
            return failed(Some(request.id), &error, caller.peer.client().revision);
        }
        let read = meta::read(request.params).and_then(|meta| Ok((client(&meta, caller)?, meta)));
        let (client, meta) = match read {
            Ok(read) => read,
            Err(error) => return failed(Some(request.id), &error, revision::newest()),
        };
        let step = if batched && !super::batch::may_hold(&request.method, client.revision) {
            Err(RpcError::request(format!("{} cannot be part of a batch", error::short(&request.method))))
        } else {
            self.admitted(request, &meta, &client, caller)
        };
        step.unwrap_or_else(|error| failed(Some(request.id), &error, client.revision))
    }

    /// A request whose revision is settled.
    fn admitted(
        self: &Arc<Self>,
        request: &Request<'_>,
        meta: &Meta<'_>,
        client: &Client,
        caller: &Caller<'_>,
    ) -> Result<Step, RpcError> {
        let era = client.revision.era;
        let call = Call {
            id: request.id,
            method: &request.method,
            params: request.params,
            client,
            peer: caller.peer,
            scope: caller.scope,
            owner: caller.owner,
            label: caller.label,
            speaks: caller.speaks,
        };
        let method = methods::named(call.method, era);
        if let (Era::Request, Some(mirror)) = (era, caller.mirror) {
            mirror::check(mirror, &call)?;
        }
        match method?.kind {
            Kind::Plain => match methods::look_up(self, &call) {
                Ok(answer) => Ok(message(&answer, &call)),
                Err(Halt::Error(error)) => Err(error),
                Err(Halt::Input(_)) => Err(RpcError::internal("a look-up asked the client")),
            },
            Kind::Opens => initialize::initialize(self, &call).map(Step::Opened),
            Kind::Updates => tasks::update(self, &call),
            Kind::Listens => subscriptions::listen(self, &call).map(Step::Listen),
            Kind::Runs => self.run(&call, meta),
        }
    }

    fn run(self: &Arc<Self>, call: &Call<'_>, meta: &Meta<'_>) -> Result<Step, RpcError> {
        let answers = call.answers(self)?;
        let host = Host {
            server: self,
            client: call.client,
            scope: call.scope,
            speaks: call.speaks,
            outlet: None,
            token: None,
            cancel: None,
            answers: &answers,
            last_progress: Cell::new(f64::NEG_INFINITY),
            task: None,
            label: call.label,
        };
        let prepared =
            if call.method == "tools/call" { tools::prepare(call, &host) } else { Ok(Prepared::Cheap) };
        let done = match prepared {
            Ok(Prepared::Cheap) => methods::perform(self, call, &host),
            Ok(Prepared::Refused(answer)) => Ok(answer),
            Ok(Prepared::Heavy) => return Ok(self.long(Job { answers, ..self.job(call, meta) })),
            Err(halt) => Err(halt),
        };
        match done {
            Ok(answer) => Ok(message(&answer, call)),
            Err(Halt::Error(error)) => Err(error),
            Err(Halt::Input(pending)) if call.client.revision.era == Era::Request => {
                Ok(message(&call.input_required(self, &pending, &answers)?, call))
            }
            // The question needs a way to the client: the call begins again where there is one.
            Err(Halt::Input(_)) => Ok(Step::Long(self.job(call, meta))),
        }
    }

    fn job(self: &Arc<Self>, call: &Call<'_>, meta: &Meta<'_>) -> Job {
        Job::new(self, call, meta, call.peer.begin(call.id))
    }

    /// A heavy call: as a task for clients that take one.
    fn long(&self, mut job: Job) -> Step {
        let handle = if job.client.capabilities.tasks { self.tasks.begin(&mut job) } else { None };
        match handle {
            Some(handle) => Step::Task { answer: handle.response(&job.id, job.client.revision), job },
            None => Step::Long(job),
        }
    }
}

/// What is known of the client for this request: what it carries, or what its session has agreed on.
fn client(meta: &Meta<'_>, caller: &Caller<'_>) -> Result<Client, RpcError> {
    let stated = meta.version()?;
    let header = caller.mirror.map(|mirror| mirror::read(mirror, mirror::VERSION)).transpose()?.flatten();
    let Some(version) = stated else {
        return match header.map(|header| (header, revision::named(header))) {
            Some((header, None)) => Err(RpcError::version(header)),
            Some((_, Some(revision))) if revision.era == Era::Request => {
                Err(RpcError::meta(format!("_meta needs {}", meta::VERSION)))
            }
            _ => Ok(caller.peer.client()),
        };
    };
    if let Some(mirror) = caller.mirror {
        mirror::check_version(mirror, &version)?;
    }
    let revision = revision::named(&version)
        .filter(|revision| revision.era == Era::Request)
        .ok_or_else(|| RpcError::version(&version))?;
    Ok(Client { revision, capabilities: meta.capabilities()?, severity: meta.severity()? })
}

/// A notification of the client's; unknown ones are passed over.
fn noted(notification: &Notification<'_>, peer: &Peer) {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Cancelled<'a> {
        #[serde(borrow)]
        request_id: &'a RawValue,
    }
    if notification.method == "notifications/cancelled"
        && let Some(params) = notification.params
        && let Ok(cancelled) = serde_json::from_str::<Cancelled<'_>>(params.get())
    {
        peer.cancel(cancelled.request_id);
    }
}

fn message(answer: &Answer<'_>, call: &Call<'_>) -> Step {
    Step::Reply(Reply::Message(answer.response(call.id, call.client.revision)))
}

fn failed(id: Option<&RawValue>, error: &RpcError, revision: &Revision) -> Step {
    Step::Reply(Reply::Error(error::response(id, error, revision), error.fault, revision.era))
}
