//! `_meta` of a request: progress token, and what the newest revision wants of every request.

use super::error::RpcError;
use super::peer::Capabilities;
use crate::toolkit::Severity;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// The key of a request's revision.
pub(super) const VERSION: &str = "io.modelcontextprotocol/protocolVersion";
/// The key that tells the messages of one subscription from another's.
pub(super) const SUBSCRIPTION: &str = "io.modelcontextprotocol/subscriptionId";

/// The fields of a request's `_meta` that mean something here. Trace context is accepted and left alone.
#[derive(Default, Deserialize)]
pub(super) struct Meta<'a> {
    #[serde(borrow, rename = "io.modelcontextprotocol/protocolVersion")]
    version: Option<&'a RawValue>,
    #[serde(borrow, rename = "io.modelcontextprotocol/clientCapabilities")]
    capabilities: Option<&'a RawValue>,
    #[serde(borrow, rename = "io.modelcontextprotocol/logLevel")]
    severity: Option<&'a RawValue>,
    #[serde(borrow, rename = "progressToken")]
    token: Option<&'a RawValue>,
}

/// Reads the `_meta` of a request's parameters; an absent one has no fields.
pub(super) fn read(params: Option<&RawValue>) -> Result<Meta<'_>, RpcError> {
    #[derive(Deserialize)]
    struct Params<'a> {
        #[serde(borrow, rename = "_meta")]
        meta: Option<Meta<'a>>,
    }
    // Most requests have none, and their arguments may be long.
    let Some(params) = params.filter(|params| params.get().contains("\"_meta\"")) else {
        return Ok(Meta::default());
    };
    let read: Params<'_> =
        serde_json::from_str(params.get()).map_err(|e| RpcError::meta(format!("_meta: {e}")))?;
    Ok(read.meta.unwrap_or_default())
}

impl<'a> Meta<'a> {
    /// The revision that the request names.
    pub(super) fn version(&self) -> Result<Option<String>, RpcError> {
        self.version.map(|raw| text(raw, VERSION)).transpose()
    }

    /// What the client can do, which the newest revision requires of every request.
    pub(super) fn capabilities(&self) -> Result<Capabilities, RpcError> {
        let key = "io.modelcontextprotocol/clientCapabilities";
        let raw = self.capabilities.ok_or_else(|| RpcError::meta(format!("_meta needs {key}")))?;
        match serde_json::from_str(raw.get()) {
            Ok(Value::Object(capabilities)) => Ok(Capabilities::of(&capabilities)),
            _ => Err(RpcError::meta(format!("_meta: {key} must be an object"))),
        }
    }

    /// From which severity on the client wants to hear of this request.
    pub(super) fn severity(&self) -> Result<Option<Severity>, RpcError> {
        let key = "io.modelcontextprotocol/logLevel";
        let Some(raw) = self.severity else { return Ok(None) };
        Severity::named(&text(raw, key)?).map(Some).ok_or_else(|| RpcError::params(no_severity()))
    }

    /// The token of progress notifications, echoed to the letter. One of a wrong type would make every message
    /// about it invalid, so it counts as none.
    pub(super) fn token(&self) -> Option<Box<RawValue>> {
        self.token.filter(|raw| super::message::is_id(raw.get())).map(ToOwned::to_owned)
    }
}

/// Says which severities there are.
pub(super) fn no_severity() -> String {
    format!("the log level must be one of {}", json!(Severity::ALL.map(Severity::name)))
}

fn text(raw: &RawValue, key: &str) -> Result<String, RpcError> {
    serde_json::from_str(raw.get()).map_err(|_| RpcError::meta(format!("_meta: {key} must be a string")))
}
