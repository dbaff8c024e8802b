//! The shapes of answers: JSON, JSON-RPC errors on `/mcp*`, plain JSON errors elsewhere.

use super::engine::Response;
use crate::mcp::{Revision, RpcError, error};
use serde_json::json;
use std::sync::Arc;

pub(super) const JSON: &str = "application/json";

/// Makes the answers to one request: they share its CORS lines and its revision.
pub(super) struct Replies {
    pub(super) common: Arc<str>,
    /// The revision whose errors the request's client expects, where errors are JSON-RPC errors.
    pub(super) rpc: Option<&'static Revision>,
}

impl Replies {
    pub(super) fn json(&self, status: u16, body: Vec<u8>) -> Response {
        Response::with_body(status, Arc::clone(&self.common), JSON, body)
    }

    pub(super) fn empty(&self, status: u16) -> Response {
        Response::empty(status, Arc::clone(&self.common))
    }

    /// An error in the form that its path promises.
    pub(super) fn error(&self, status: u16, why: &RpcError) -> Response {
        if let Some(revision) = self.rpc {
            return self.json(status, error::response(None, why, revision));
        }
        let body = json!({"error": {"code": status, "message": why.message}});
        self.json(status, body.to_string().into_bytes())
    }

    /// An error of the transport.
    pub(super) fn refused(&self, status: u16, why: impl Into<String>) -> Response {
        self.error(status, &RpcError::refused(why))
    }
}
