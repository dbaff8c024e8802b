//! `initialize`: agrees on a revision and says what the server can do.

use super::error::RpcError;
use super::{Caller, revision};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::borrow::Cow;

/// The conventions that hold for every tool, told once instead of 200 times.
const INSTRUCTIONS: &str = "Business mathematics, computed exactly as each tool's description states. \
Rates are decimals per stated period (0.08 is 8 %) unless a name ends in Percent or Bps; dates are ISO 8601; \
money is not rounded in structured results; sample statistics use n-1 unless stated. A refused call lists \
every problem with the spelling to use: mend all of them and call again.";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params<'a> {
    #[serde(borrow)]
    protocol_version: Cow<'a, str>,
}

/// Agrees on the client's revision when it is served, else offers the newest that has this opening.
pub(super) fn initialize(params: Option<&RawValue>, caller: &Caller<'_>) -> Result<Value, RpcError> {
    let params = params.ok_or_else(|| RpcError::params("initialize needs protocolVersion"))?;
    let asked: Params<'_> =
        serde_json::from_str(params.get()).map_err(|e| RpcError::params(e.to_string()))?;
    let agreed = revision::named(&asked.protocol_version)
        .filter(|revision| revision.initialize)
        .unwrap_or_else(revision::newest_initialized);
    caller.revision.set(agreed);
    Ok(json!({
        "protocolVersion": agreed.name,
        "capabilities": {"tools": {"listChanged": false}},
        "serverInfo": {"name": super::NAME, "title": "BusinessMath", "version": super::VERSION},
        "instructions": INSTRUCTIONS,
    }))
}
