//! `initialize` and `server/discover`: agree on a revision and say what the server can do.

use super::Server;
use super::answer::Answer;
use super::call::Call;
use super::error::RpcError;
use super::peer::Capabilities;
use super::revision::{self, Era};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The conventions that hold for every tool, told once instead of 200 times.
const INSTRUCTIONS: &str = "Business mathematics, computed exactly as each tool's description states. \
Rates are decimals per stated period (0.08 is 8 %) unless a name ends in Percent or Bps; dates are ISO 8601; \
money is not rounded in structured results; sample statistics use n-1 unless stated. A refused call lists \
every problem with the spelling to use: mend all of them and call again. docs://tools/{name} has each tool's \
formula, conventions and a worked example.";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params<'a> {
    #[serde(borrow)]
    protocol_version: Cow<'a, str>,
    #[serde(default)]
    capabilities: Map<String, Value>,
}

/// Agrees on the client's revision when it is served, else offers the newest that has this opening.
pub(super) fn initialize(server: &Server, call: &Call<'_>) -> Result<Vec<u8>, RpcError> {
    let asked: Params<'_> = call.params()?;
    let agreed = revision::named(&asked.protocol_version)
        .filter(|revision| revision.era == Era::Session)
        .unwrap_or_else(revision::newest_with_session);
    let mut can = Capabilities::of(&asked.capabilities);
    // Of what the client declares, the revision agreed on decides what there is.
    can.forms &= agreed.forms;
    call.peer.opened(agreed, can);
    let result = json!({
        "protocolVersion": agreed.name,
        "capabilities": capabilities(server),
        "serverInfo": server_info(),
        "instructions": INSTRUCTIONS,
    });
    Ok(Answer::of(&result)?.response(call.id, agreed))
}

/// `server/discover`
pub(super) fn discover(server: &Server) -> Result<Answer<'static>, RpcError> {
    let mut capabilities = capabilities(server);
    capabilities["extensions"] = json!({super::tasks::EXTENSION: {}});
    Answer::of(&json!({
        "supportedVersions": revision::names(),
        "capabilities": capabilities,
        "instructions": INSTRUCTIONS,
    }))
}

/// How the server introduces itself.
pub(super) fn server_info() -> Value {
    json!({"name": super::NAME, "title": "BusinessMath", "version": super::VERSION})
}

fn capabilities(server: &Server) -> Value {
    let mut capabilities = json!({
        "tools": {"listChanged": true},
        "completions": {},
        "logging": {},
    });
    if !(server.library.resources.is_empty() && server.library.templates.is_empty()) {
        capabilities["resources"] = json!({"subscribe": true, "listChanged": true});
    }
    if !server.guides.is_empty() {
        capabilities["prompts"] = json!({"listChanged": true});
    }
    capabilities
}
