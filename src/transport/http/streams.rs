//! `GET /mcp` and `DELETE /mcp` of a session: what is not part of an answer, what a client has missed, and its end.

use super::engine::{Request, Response};
use super::reply::Replies;
use super::routes::{Action, Routes};
use super::rpc;
use super::sse::{self, Form, Opening, busy};
use crate::session::{Session, Stream};
use std::sync::Arc;

/// Opens the session's stream, or goes on with one behind the event that the client has seen last.
pub(super) fn get(routes: &Routes, request: &Request, replies: &Replies) -> Result<Action, Response> {
    let session = session(routes, request, replies, "POST, OPTIONS")?;
    let (stream, after) = match request.header("last-event-id") {
        None if request.header_values("last-event-id").count() == 0 => (Arc::clone(&session.general), None),
        id => {
            let unknown =
                || replies.refused(400, "Last-Event-ID is not of this session, or too old to go on from");
            let (stream, number) = id.and_then(|id| missed(&session, id)).ok_or_else(unknown)?;
            (stream, Some(number))
        }
    };
    let primed = session.peer.client().revision.primed_streams;
    Ok(Action::Open(Box::new(Opening {
        head: sse::head(replies),
        // What goes on in the session counts as waiting: it holds up no drain.
        answers: false,
        form: Form::Resumable { primed },
        stream,
        after,
        session: Some(session),
        then: None,
        no_thread: busy(replies, "no thread can be had for the stream"),
    })))
}

/// The session that the request names. Without one there is nothing to get, with a key or without.
fn session(
    routes: &Routes,
    request: &Request,
    replies: &Replies,
    allow: &'static str,
) -> Result<Arc<Session>, Response> {
    let none = || {
        let why = "this needs the Mcp-Session-Id of a session; the HTTP + SSE transport is at /mcp/sse";
        replies.refused(405, why).header("Allow", allow)
    };
    if request.header("mcp-session-id").is_none() {
        routes.policy.authenticate_if_shown(request, replies)?;
        return Err(none());
    }
    let key = routes.policy.authenticate(request, replies)?;
    rpc::session(routes, request, replies, key)?.ok_or_else(none)
}

/// The stream of an event id, and the event's number in it, when there has been such an event.
fn missed(session: &Session, id: &str) -> Option<(Arc<Stream>, u64)> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?;
    let (stream, event) = id.trim().split_once('-')?;
    let (stream, event) = (session.stream(number(stream)?)?, number(event)?);
    stream.reaches(event).then_some((stream, event))
}

/// Ends the session.
pub(super) fn delete(routes: &Routes, request: &Request, replies: &Replies) -> Result<Response, Response> {
    let session = session(routes, request, replies, "GET, HEAD, POST, OPTIONS")?;
    routes.sessions.close(&session);
    log::info!("MCP session {:?} ended by its client", session.id);
    Ok(replies.empty(204))
}
