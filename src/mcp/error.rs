//! Protocol errors: for malformed messages, unknown methods and unknown tools, never for bad arguments.

use serde::Serialize;
use serde_json::value::RawValue;

/// A JSON-RPC error object.
#[derive(Debug, Serialize)]
pub struct RpcError {
    /// JSON-RPC 2.0, section 5.1.
    pub code: i32,
    /// A sentence for whoever reads it.
    pub message: String,
}

impl RpcError {
    /// Not JSON.
    pub fn parse(why: &str) -> Self {
        Self { code: -32700, message: format!("parse error: {why}") }
    }

    /// JSON, but not a JSON-RPC message.
    pub fn request(why: impl AsRef<str>) -> Self {
        Self { code: -32600, message: format!("invalid request: {}", why.as_ref()) }
    }

    /// A method that this server does not have.
    pub fn unknown_method(name: &str) -> Self {
        let name: String = name.chars().take(80).collect();
        Self { code: -32601, message: format!("method not found: {name}") }
    }

    /// Parameters that the method cannot take.
    pub fn params(why: impl AsRef<str>) -> Self {
        Self { code: -32602, message: format!("invalid params: {}", why.as_ref()) }
    }

    /// A defect of ours.
    pub fn internal(why: &str) -> Self {
        Self { code: -32603, message: format!("internal error: {why}") }
    }

    /// A session that is unknown, expired or another key's; the client opens a new one.
    pub fn session(why: &str) -> Self {
        Self { code: -32001, message: format!("session not found: {why}") }
    }

    /// A refusal of the transport: authentication, origin, limits.
    pub fn refused(why: impl Into<String>) -> Self {
        Self { code: -32000, message: why.into() }
    }
}

/// The whole response; without an id when the request's cannot be told.
pub fn response(id: Option<&RawValue>, error: &RpcError) -> Vec<u8> {
    #[derive(Serialize)]
    struct Response<'a> {
        jsonrpc: &'static str,
        id: Option<&'a RawValue>,
        error: &'a RpcError,
    }
    // Strings and integers always serialize; an empty body would be the honest rest.
    serde_json::to_vec(&Response { jsonrpc: "2.0", id, error }).unwrap_or_default()
}
