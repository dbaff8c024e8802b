//! `POST /mcp`: one JSON-RPC message in, its answer in the body or on the session's stream.

use super::engine::{Request, Response};
use super::reply::Replies;
use super::routes::Routes;
use crate::auth::KeyId;
use crate::mcp::{Caller, Negotiated, Reply, RpcError, revision};
use crate::session::{Event, Full, Session};
use std::sync::Arc;

/// Serves the request; a refusal comes back as `Err`, to keep the way straight.
pub(super) fn post(routes: &Routes, request: &Request, replies: &Replies) -> Result<Response, Response> {
    let key = routes.policy.authenticate(request, replies)?;
    content_type(request, replies)?;
    match session_id(request) {
        Some(id) => on_stream(routes, request, replies, id, key),
        None => in_body(routes, request, replies),
    }
}

fn content_type(request: &Request, replies: &Replies) -> Result<(), Response> {
    let media = request.header("content-type").and_then(|value| value.split(';').next()).unwrap_or_default();
    if media.trim().eq_ignore_ascii_case(super::reply::JSON) {
        return Ok(());
    }
    Err(replies.refused(415, "Content-Type must be application/json"))
}

/// The session of the SSE era: header or query, the guide's way and the specification's.
fn session_id(request: &Request) -> Option<&str> {
    let in_query = || request.query().split('&').find_map(|pair| pair.strip_prefix("sessionId="));
    request.header("x-session-id").or_else(in_query)
}

fn in_body(routes: &Routes, request: &Request, replies: &Replies) -> Result<Response, Response> {
    let negotiated = match request.header("mcp-protocol-version") {
        None => Negotiated::default(),
        Some(name) => Negotiated::starting(revision::named(name).ok_or_else(|| unsupported(replies))?),
    };
    Ok(match handle(routes, request, &negotiated) {
        Reply::None => replies.empty(202),
        Reply::Message(answer) => replies.json(200, answer),
        Reply::Malformed(answer) => replies.json(400, answer),
    })
}

fn unsupported(replies: &Replies) -> Response {
    let names: Vec<&str> = revision::REVISIONS.iter().map(|revision| revision.name).collect();
    let why = format!("MCP-Protocol-Version must be one of {}", names.join(", "));
    replies.error(400, &RpcError::request(why))
}

fn on_stream(
    routes: &Routes,
    request: &Request,
    replies: &Replies,
    id: &str,
    key: Option<KeyId>,
) -> Result<Response, Response> {
    let session =
        routes.sessions.find(id, key).map_err(|_| lost(replies, "unknown or expired; open a new one"))?;
    let ready = || if session.is_full() { Err(Full::Slow) } else { Ok(()) };
    // Asked before the work: an answer that cannot be delivered need not be computed.
    ready().map_err(|why| undeliverable(replies, &why))?;
    match handle(routes, request, &session.negotiated) {
        Reply::None => {}
        Reply::Malformed(answer) => return Ok(replies.json(400, answer)),
        Reply::Message(answer) => deliver(&session, answer).map_err(|why| undeliverable(replies, &why))?,
    }
    Ok(replies.empty(202))
}

fn deliver(session: &Arc<Session>, answer: Vec<u8>) -> Result<(), Full> {
    session.send(Event::Message(answer))
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

fn handle(routes: &Routes, request: &Request, negotiated: &Negotiated) -> Reply {
    let label = routes.label();
    let caller = Caller { revision: negotiated, label: &label, stop: &|| false };
    routes.server.handle(request.body(), &caller)
}
