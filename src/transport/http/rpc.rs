//! `POST /mcp`: one JSON-RPC message in; its answer in the body, on a stream of its own, or on its session's.

use super::engine::{Request, Response};
use super::reply::Replies;
use super::routes::{Action, Routes};
use super::sse::{self, Form, Opening, busy};
use super::wait::Wait;
use crate::auth::KeyId;
use crate::lane::{Busy, Place};
use crate::mcp::mirror::{Mirror, Unreadable, VERSION};
use crate::mcp::{
    Caller, Era, Fault, Job, Listening, Nobody, Outlet, Owner, Peer, Reply, Resumed, RpcError, Step, revision,
};
use crate::session::{Full, Kind, Session, Shared, Stream};
use std::sync::Arc;

/// Serves the request; a refusal comes back as `Err`, to keep the way straight.
pub(super) fn post(routes: &Routes, request: &Request, replies: &Replies) -> Result<Action, Response> {
    let key = routes.policy.authenticate(request, replies)?;
    content_type(request, replies)?;
    if let Some(id) = sse_session(request) {
        return on_stream(routes, request, replies, id, key).map(Action::Answer);
    }
    let session = session(routes, request, replies, key)?;
    let peer = match &session {
        Some(session) => Arc::clone(&session.peer),
        None => Arc::new(Peer::following(revision(request))),
    };
    let streams = accepts(request, sse::CONTENT_TYPE);
    let modern = stated(request).is_some_and(|revision| revision.era == Era::Request);
    let post = Post { routes, request, replies, key, session, streams };
    let speaks = streams && (modern || post.session.is_some());
    let step = post.take(&peer, speaks, Some(&Envelope(request)))?;
    post.act(step, &peer)
}

fn content_type(request: &Request, replies: &Replies) -> Result<(), Response> {
    let media = request.header("content-type").and_then(|value| value.split(';').next()).unwrap_or_default();
    if media.trim().eq_ignore_ascii_case(super::reply::JSON) {
        return Ok(());
    }
    Err(replies.refused(415, "Content-Type must be application/json"))
}

/// Whether the client takes this type; parameters and preferences do not matter for two types.
pub(super) fn accepts(request: &Request, media: &str) -> bool {
    let types = |accept: &str| accept.split([',', ';']).any(|part| part.trim().eq_ignore_ascii_case(media));
    request.header_values("accept").any(|accept| str::from_utf8(accept).is_ok_and(types))
}

/// The revision that the header names, when it is one of ours.
fn stated(request: &Request) -> Option<&'static revision::Revision> {
    request.header(VERSION).and_then(revision::named)
}

/// The revision that the request's client follows, as far as its envelope tells.
pub(super) fn revision(request: &Request) -> &'static revision::Revision {
    stated(request).unwrap_or_else(revision::assumed)
}

/// The session of the SSE era: header or query, the guide's way and the specification's.
fn sse_session(request: &Request) -> Option<&str> {
    let in_query = || request.query().split('&').find_map(|pair| pair.strip_prefix("sessionId="));
    request.header("x-session-id").or_else(in_query)
}

/// The session of Streamable HTTP. The newest revision has none, whatever the header says.
pub(super) fn session(
    routes: &Routes,
    request: &Request,
    replies: &Replies,
    key: Option<KeyId>,
) -> Result<Option<Arc<Session>>, Response> {
    let modern = stated(request).is_some_and(|revision| revision.era == Era::Request);
    let Some(id) = request.header("mcp-session-id").filter(|_| !modern) else { return Ok(None) };
    let found = routes.sessions.find(id, Kind::Streamable, key);
    found.map(Some).map_err(|_| lost(replies, "unknown, ended or expired; initialize again"))
}

struct Post<'a> {
    routes: &'a Routes,
    request: &'a Request,
    replies: &'a Replies,
    key: Option<KeyId>,
    session: Option<Arc<Session>>,
    /// Whether the client takes an event stream for an answer.
    streams: bool,
}

impl Post<'_> {
    fn take(&self, peer: &Arc<Peer>, speaks: bool, mirror: Option<&dyn Mirror>) -> Result<Step, Response> {
        let caller = Caller {
            peer,
            scope: &self.routes.scope(self.request, self.replies)?,
            owner: Owner(self.key.map(KeyId::digest)),
            label: &self.routes.label(),
            speaks,
            mirror,
        };
        Ok(self.routes.server.take(self.request.body(), &caller))
    }

    fn act(self, step: Step, peer: &Arc<Peer>) -> Result<Action, Response> {
        Ok(Action::Answer(match step {
            Step::Reply(reply) => replied(reply, self.replies),
            Step::Opened(answer) => self.opened(answer, peer)?,
            Step::Long(job) => return self.long(job),
            Step::Listen(listening) => return self.listen(listening),
            Step::Task { answer, job } => {
                self.begin(job, Arc::new(Nobody))?;
                self.replies.json(200, answer)
            }
            Step::Resume { reply, calls } => {
                self.resume(calls);
                replied(reply, self.replies)
            }
        }))
    }

    /// The job, and a place for it before anything is promised.
    fn placed(&self, job: Job) -> Result<(Place, Job), Response> {
        match self.routes.lane.reserve() {
            Ok(place) => Ok((place, job)),
            Err(Busy) => Err(self.replies.json(503, job.refusal()).header("Retry-After", "5")),
        }
    }

    fn begin(&self, job: Job, outlet: Arc<dyn Outlet>) -> Result<(), Response> {
        let (place, job) = self.placed(job)?;
        run(place, job, outlet);
        Ok(())
    }

    /// Goes on with calls that have been answered. Their clients wait elsewhere, and are told there when there is
    /// no room.
    fn resume(&self, calls: Vec<Resumed>) {
        for Resumed { job, outlet } in calls {
            match self.routes.lane.reserve() {
                Ok(place) => run(place, job, outlet),
                Err(Busy) => job.refuse(&outlet),
            }
        }
    }

    fn opened(&self, answer: Vec<u8>, peer: &Arc<Peer>) -> Result<Response, Response> {
        // A second `initialize` within a session starts it afresh, under its name.
        let session = match &self.session {
            Some(session) => Arc::clone(session),
            None => self.open_session(peer)?,
        };
        Ok(self.replies.json(200, answer).header("Mcp-Session-Id", session.id.to_string()))
    }

    fn open_session(&self, peer: &Arc<Peer>) -> Result<Arc<Session>, Response> {
        let peer = Arc::clone(peer);
        let session = sse::new_session(self.routes, self.replies, self.key, Kind::Streamable, peer)?;
        self.routes.server.hub().join(&session.peer, session.general.clone());
        log::info!("MCP session {:?} opened", session.id);
        Ok(session)
    }

    /// A call that takes long, or that talks with the client.
    fn long(self, job: Job) -> Result<Action, Response> {
        let (place, job) = self.placed(job)?;
        if !self.streams || (self.session.is_none() && job.revision().era == Era::Session) {
            let session = self.session.as_ref().map(Session::connection);
            let common = Arc::clone(&self.replies.common);
            return Ok(Action::Wait(Box::new(Wait { place, job, session, common })));
        }
        let primed = job.revision().primed_streams;
        let (stream, form) = match &self.session {
            Some(session) if job.revision().era == Era::Session => {
                (session.answering(), Form::Resumable { primed })
            }
            _ => (Stream::once(Some(job.cancel())), Form::Plain),
        };
        let outlet: Arc<dyn Outlet> = stream.clone();
        let then = Box::new(move || run(place, job, outlet));
        Ok(self.open(stream, form, true, then))
    }

    fn listen(self, listening: Listening) -> Result<Action, Response> {
        if !self.streams {
            return Err(self.replies.refused(406, "a subscription needs Accept: text/event-stream"));
        }
        let stream = Stream::once(None);
        let (server, outlet) = (Arc::clone(&self.routes.server), stream.clone());
        let then = Box::new(move || listening.begin(&server, outlet));
        Ok(self.open(stream, Form::Plain, false, then))
    }

    fn open(self, stream: Arc<Stream>, form: Form, answers: bool, then: Box<dyn FnOnce() + Send>) -> Action {
        Action::Open(Box::new(Opening {
            head: sse::head(self.replies),
            stream,
            after: None,
            form,
            session: self.session,
            answers,
            then: Some(then),
            no_thread: busy(self.replies, "no thread can be had for the stream"),
        }))
    }
}

/// The job on its place; when no thread can be had the client is told on the outlet.
pub(super) fn run(place: Place, job: Job, outlet: Arc<dyn Outlet>) {
    let refused = place.start(move || job.run(&outlet));
    if let Err(work) = refused {
        log::error!("no thread can be had for a call; it runs on the worker");
        work();
    }
}

/// The headers of a request as the protocol's mirror of its body.
struct Envelope<'a>(&'a Request);

impl Mirror for Envelope<'_> {
    fn field(&self, name: &str) -> Result<Option<&str>, Unreadable> {
        match self.0.header_values(name).count() {
            0 => Ok(None),
            // One that is no UTF-8 has no text.
            1 => self.0.header(name).map(Some).ok_or(Unreadable),
            _ => Err(Unreadable),
        }
    }
}

pub(super) fn replied(reply: Reply, replies: &Replies) -> Response {
    match reply {
        Reply::None => replies.empty(202),
        Reply::Message(answer) => replies.json(200, answer),
        Reply::Error(answer, fault, era) => replies.json(status(fault, era), answer),
    }
}

/// The older revisions leave the status of an error response open, and their clients expect 200.
fn status(fault: Fault, era: Era) -> u16 {
    match (fault, era) {
        (Fault::Message, _) => 400,
        (Fault::Method, Era::Request) => 404,
        _ => 200,
    }
}

fn on_stream(
    routes: &Routes,
    request: &Request,
    replies: &Replies,
    id: &str,
    key: Option<KeyId>,
) -> Result<Response, Response> {
    let found = routes.sessions.find(id, Kind::Sse, key);
    let session = found.map_err(|_| lost(replies, "unknown or expired; open a new one"))?;
    // Asked before the work: an answer that cannot be delivered need not be computed.
    if session.general.is_full() {
        return Err(undeliverable(replies, &Full::Slow));
    }
    if session.general.gone() {
        return Err(undeliverable(replies, &Full::Ended));
    }
    let post = Post { routes, request, replies, key, session: Some(Arc::clone(&session)), streams: true };
    // The envelopes of this era say nothing of their messages.
    let step = post.take(&session.peer, true, None)?;
    let outlet: Arc<dyn Outlet> = Arc::new(Shared(Arc::clone(&session.general)));
    match step {
        Step::Reply(Reply::None) => {}
        Step::Reply(Reply::Error(answer, Fault::Message, _)) => return Ok(replies.json(400, answer)),
        Step::Reply(Reply::Message(answer) | Reply::Error(answer, ..)) | Step::Opened(answer) => {
            session.general.push(answer).map_err(|why| undeliverable(replies, &why))?;
        }
        Step::Long(job) => post.begin(job, outlet)?,
        Step::Task { answer, job } => {
            let (place, job) = post.placed(job)?;
            if let Err(why) = session.general.push(answer) {
                drop(job.refusal());
                return Err(undeliverable(replies, &why));
            }
            run(place, job, Arc::new(Nobody));
        }
        Step::Resume { reply, calls } => {
            post.resume(calls);
            if let Reply::Message(answer) = reply {
                session.general.push(answer).map_err(|why| undeliverable(replies, &why))?;
            }
        }
        Step::Listen(listening) => listening.begin(&routes.server, outlet),
    }
    Ok(replies.empty(202))
}

fn lost(replies: &Replies, why: &str) -> Response {
    replies.error(404, &RpcError::session(why))
}

fn undeliverable(replies: &Replies, why: &Full) -> Response {
    match why {
        Full::Ended => lost(replies, "its stream has ended; open a new one"),
        Full::Slow => {
            let text = "the session's stream is not being read; read it, then call again";
            replies.refused(503, text).header("Retry-After", "1")
        }
    }
}
