//! Which path and method is served by what; everything else is 404 or 405.

use super::cors::Cors;
use super::engine::{Exchange, Handler, Method, Request, Response};
use super::policy::Policy;
use super::reply::Replies;
use super::selection::{self, Place};
use super::{info, rpc, sse, streams, wait};
use crate::auth::KeyRing;
use crate::config::Config;
use crate::lane::Lane;
use crate::mcp;
use crate::session::Store;
use log::Level;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// All routes of a server.
pub struct Routes {
    pub(super) server: Arc<mcp::Server>,
    pub(super) sessions: Arc<Store>,
    pub(super) policy: Policy,
    pub(super) heartbeat: Duration,
    pub(super) lane: Arc<Lane>,
    cors: Cors,
    started: Instant,
    requests: AtomicU64,
}

/// What becomes of a request.
pub(super) enum Action {
    /// One answer, now.
    Answer(Response),
    /// An event stream.
    Open(Box<sse::Opening>),
    /// One answer, later.
    Wait(Box<wait::Wait>),
}

impl Routes {
    /// The routes of a server with this configuration.
    pub fn new(
        server: Arc<mcp::Server>,
        sessions: Arc<Store>,
        keys: Arc<KeyRing>,
        lane: Arc<Lane>,
        config: &Arc<Config>,
    ) -> Self {
        Self {
            server,
            sessions,
            policy: Policy::new(Arc::clone(config), keys),
            heartbeat: config.heartbeat,
            lane,
            cors: Cors::new(config.cors.clone()),
            started: Instant::now(),
            requests: AtomicU64::new(0),
        }
    }

    fn action(&self, request: &Request) -> Action {
        let rpc = request.path().starts_with("/mcp").then(|| rpc::revision(request));
        let replies = Replies { common: self.cors.lines(request.header("origin")), rpc };
        self.served(request, &replies).unwrap_or_else(Action::Answer)
    }

    fn served(&self, request: &Request, replies: &Replies) -> Result<Action, Response> {
        self.policy.origin_and_host(request, replies)?;
        let answer = match (selection::place(request.path()), request.method) {
            (_, Method::Options) => replies.empty(204),
            (Place::Health, Method::Get | Method::Head) => health(replies),
            (Place::Mcp(_), Method::Get) if rpc::accepts(request, sse::CONTENT_TYPE) => {
                return streams::get(self, request, replies);
            }
            (Place::Mcp(_), Method::Get | Method::Head) => self.info(request, replies)?,
            (Place::Mcp(_), Method::Post) => return rpc::post(self, request, replies),
            (Place::Mcp(_), Method::Delete) => streams::delete(self, request, replies)?,
            (Place::Sse(_), Method::Get) => return sse::open(self, request, replies),
            (Place::Sse(_), Method::Head) => {
                self.policy.authenticate(request, replies)?;
                replies.empty(200).header("Content-Type", sse::CONTENT_TYPE)
            }
            (place, _) => misplaced(place, request.path(), replies),
        };
        Ok(Action::Answer(answer))
    }

    fn info(&self, request: &Request, replies: &Replies) -> Result<Response, Response> {
        self.scope(request, replies)?;
        self.policy.authenticate_if_shown(request, replies)?;
        Ok(replies.json(200, info::page(&self.server, &self.policy, &self.cors, self.started)))
    }

    /// The request's id in the log.
    pub(super) fn label(&self) -> String {
        format!("req-{}", self.requests.fetch_add(1, Ordering::Relaxed))
    }
}

impl Handler for Routes {
    fn handle(&self, exchange: Exchange) {
        let access = log::log_enabled!(Level::Debug).then(|| Access::of(&exchange.request));
        let status = match self.action(&exchange.request) {
            Action::Answer(response) => {
                let status = response.status;
                exchange.answer(response);
                status
            }
            Action::Open(opening) => sse::start(*opening, exchange, self),
            Action::Wait(call) => {
                wait::start(*call, exchange);
                200
            }
        };
        if let Some(access) = access {
            access.log(status);
        }
    }

    fn refuse(&self, status: u16, reason: &str) -> Response {
        Replies { common: self.cors.lines(None), rpc: None }.refused(status, reason)
    }
}

fn health(replies: &Replies) -> Response {
    Response::with_body(200, Arc::clone(&replies.common), "text/plain; charset=utf-8", b"OK".to_vec())
}

fn misplaced(place: Place<'_>, path: &str, replies: &Replies) -> Response {
    match place.methods() {
        Some(methods) => replies.refused(405, format!("{path} takes {methods}")).header("Allow", methods),
        None => replies.refused(404, "no such path; the endpoints are /mcp, /mcp/sse and /health"),
    }
}

/// One line a request, at debug.
struct Access {
    line: String,
    started: Instant,
}

impl Access {
    fn of(request: &Request) -> Self {
        // The query may hold a session id, which is as good as a key to whoever reads the log.
        let line = format!("{} {:?} {}", request.peer, request.method, request.path());
        Self { line, started: Instant::now() }
    }

    fn log(self, status: u16) {
        log::debug!("{} {status} {} us", self.line, self.started.elapsed().as_micros());
    }
}
