//! Protocol errors: for malformed messages, unknown methods and unknown tools, never for bad arguments.

use super::revision;
use crate::toolkit::Asked;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// A JSON-RPC error object.
#[derive(Debug, Serialize)]
pub struct RpcError {
    /// JSON-RPC 2.0, section 5.1, and the specification's own codes.
    pub code: i32,
    /// A sentence for whoever reads it.
    pub message: String,
    /// What a program needs to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// What is at fault, for transports that tell it apart.
    #[serde(skip)]
    pub fault: Fault,
}

/// What is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The message as such: not JSON, not JSON-RPC, of a wrong revision, at odds with its envelope.
    Message,
    /// The method, which does not exist.
    Method,
    /// What the method was asked to do.
    Request,
}

impl RpcError {
    fn new(code: i32, fault: Fault, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: None, fault }
    }

    /// Not JSON.
    pub fn parse(why: &str) -> Self {
        Self::new(-32700, Fault::Message, format!("parse error: {why}"))
    }

    /// JSON, but not a JSON-RPC message.
    pub fn request(why: impl AsRef<str>) -> Self {
        Self::new(-32600, Fault::Message, format!("invalid request: {}", why.as_ref()))
    }

    /// A method that this server does not have in the caller's revision.
    pub fn unknown_method(name: &str) -> Self {
        Self::new(-32601, Fault::Method, format!("method not found: {}", short(name)))
    }

    /// Parameters that the method cannot take.
    pub fn params(why: impl AsRef<str>) -> Self {
        Self::new(-32602, Fault::Request, format!("invalid params: {}", why.as_ref()))
    }

    /// A request without the fields that its revision requires of every request.
    pub fn meta(why: impl AsRef<str>) -> Self {
        Self { fault: Fault::Message, ..Self::params(why) }
    }

    /// A resource that does not exist.
    pub fn missing_resource(revision: &revision::Revision, uri: &str) -> Self {
        let message = format!("Resource not found: {}", short(uri));
        let data = Some(json!({"uri": short(uri)}));
        Self { data, ..Self::new(revision.missing_resource, Fault::Request, message) }
    }

    /// Envelope and message say different things (2026-07-28, «Server Validation»).
    pub fn mirror(why: impl AsRef<str>) -> Self {
        Self::new(-32020, Fault::Message, format!("Header mismatch: {}", why.as_ref()))
    }

    /// The client lacks a capability that the call needs (2026-07-28, «Per-request protocol fields»).
    pub fn capability(asked: Asked) -> Self {
        let required = match asked {
            Asked::Later => json!({"extensions": {super::tasks::EXTENSION: {}}}),
            other => json!({other.capability(): {}}),
        };
        let data = Some(json!({"requiredCapabilities": required}));
        Self { data, ..Self::new(-32021, Fault::Message, "Missing required client capability") }
    }

    /// A revision that is not served (2026-07-28, «Protocol Version Negotiation»).
    pub fn version(requested: &str) -> Self {
        let data = json!({"supported": revision::names(), "requested": short(requested)});
        let message = format!("Unsupported protocol version: {}", short(requested));
        Self { data: Some(data), ..Self::new(-32022, Fault::Message, message) }
    }

    /// A defect of ours.
    pub fn internal(why: &str) -> Self {
        Self::new(-32603, Fault::Request, format!("internal error: {why}"))
    }

    /// A session that is unknown, expired or another key's; the client opens a new one.
    pub fn session(why: &str) -> Self {
        Self::new(-32001, Fault::Message, format!("session not found: {why}"))
    }

    /// A refusal of the transport: authentication, origin, limits.
    pub fn refused(why: impl Into<String>) -> Self {
        Self::new(-32000, Fault::Message, why)
    }
}

/// What a client has sent is quoted, but not at any length.
pub(super) fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

/// The whole response. Where the request's id cannot be told it is null, as JSON-RPC has it, or absent, as the
/// newer revisions have it.
pub fn response(id: Option<&RawValue>, error: &RpcError, revision: &revision::Revision) -> Vec<u8> {
    #[derive(Serialize)]
    struct Response<'a> {
        jsonrpc: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Option<&'a RawValue>>,
        error: &'a RpcError,
    }
    let id = (id.is_some() || revision.null_ids).then_some(id);
    // Strings and integers always serialize; an empty body would be the honest rest.
    serde_json::to_vec(&Response { jsonrpc: "2.0", id, error }).unwrap_or_default()
}
