//! The one table of methods: name, era, and what serves it.

use super::answer::{Answer, Cache};
use super::call::{Call, Halt};
use super::error::RpcError;
use super::host::Host;
use super::revision::Era;
use super::{Server, completion, documents, initialize, prompts, tasks, tools};
use crate::toolkit::Severity;
use serde::Deserialize;

/// How a method is served.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By a look-up.
    Plain,
    /// By something that may ask the client, tell of progress, or take long.
    Runs,
    /// By changing what is remembered of the client.
    Opens,
    /// By messages until it is cancelled.
    Listens,
    /// By taking up a task again.
    Updates,
}

/// A method and the eras that have it.
pub(super) struct Method {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// None means both.
    era: Option<Era>,
}

const fn method(name: &'static str, kind: Kind, era: Option<Era>) -> Method {
    Method { name, kind, era }
}

const SESSION: Option<Era> = Some(Era::Session);
const REQUEST: Option<Era> = Some(Era::Request);

const METHODS: [Method; 19] = [
    method("tools/call", Kind::Runs, None),
    method("tools/list", Kind::Plain, None),
    method("resources/list", Kind::Plain, None),
    method("resources/templates/list", Kind::Plain, None),
    method("resources/read", Kind::Plain, None),
    method("prompts/list", Kind::Plain, None),
    method("prompts/get", Kind::Runs, None),
    method("completion/complete", Kind::Plain, None),
    method("initialize", Kind::Opens, SESSION),
    method("ping", Kind::Plain, SESSION),
    method("logging/setLevel", Kind::Plain, SESSION),
    method("resources/subscribe", Kind::Plain, SESSION),
    method("resources/unsubscribe", Kind::Plain, SESSION),
    method("server/discover", Kind::Plain, REQUEST),
    method("subscriptions/listen", Kind::Listens, REQUEST),
    method("tasks/get", Kind::Plain, REQUEST),
    method("tasks/cancel", Kind::Plain, REQUEST),
    method("tasks/update", Kind::Updates, REQUEST),
    // Some clients probe with it before anything else; it changes nothing.
    method("notifications/initialized", Kind::Plain, SESSION),
];

/// The method of that name in that era.
pub(super) fn named(name: &str, era: Era) -> Result<&'static Method, RpcError> {
    let known = METHODS.iter().find(|m| m.name == name && m.era.is_none_or(|only| only == era));
    known.ok_or_else(|| RpcError::unknown_method(name))
}

/// Serves a method that runs.
pub(super) fn perform(server: &Server, call: &Call<'_>, host: &Host<'_>) -> Result<Answer<'static>, Halt> {
    match call.method {
        "tools/call" => tools::call(call, host),
        "prompts/get" => prompts::get(server, call, host),
        other => Err(RpcError::unknown_method(other).into()),
    }
}

/// Serves a method that looks up.
pub(super) fn look_up<'s>(server: &'s Server, call: &Call<'s>) -> Result<Answer<'s>, Halt> {
    let shared = Cache { shared: true };
    Ok(match call.method {
        "tools/list" => {
            let cache = Cache { shared: call.scope.shared };
            call.scope.tools.page(call.params, server.page)?.cached(cache)
        }
        "resources/list" => server.resources.page(call.params, server.page)?.cached(shared),
        "resources/templates/list" => server.templates.page(call.params, server.page)?.cached(shared),
        "prompts/list" => server.prompts.page(call.params, server.page)?.cached(shared),
        "resources/read" => documents::read(server, call)?.cached(shared),
        "resources/subscribe" | "resources/unsubscribe" => documents::watch(server, call)?,
        "completion/complete" => completion::complete(server, call)?,
        "server/discover" => initialize::discover(server)?.cached(shared),
        "logging/setLevel" => set_severity(call)?,
        "tasks/get" => tasks::get(server, call)?,
        "tasks/cancel" => tasks::cancel(server, call)?,
        "ping" | "notifications/initialized" => Answer::empty(),
        other => return Err(RpcError::unknown_method(other).into()),
    })
}

fn set_severity(call: &Call<'_>) -> Result<Answer<'static>, RpcError> {
    #[derive(Deserialize)]
    struct Params {
        level: String,
    }
    let Params { level } = call.params()?;
    let severity = Severity::named(&level).ok_or_else(|| RpcError::params(super::meta::no_severity()))?;
    call.peer.set_severity(severity);
    Ok(Answer::empty())
}
