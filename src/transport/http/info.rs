//! `GET /mcp`: what the server is and how to reach it, for people and probes.

use super::cors::Cors;
use super::policy::Policy;
use crate::mcp::{self, revision};
use serde_json::json;
use std::time::Instant;

/// The information page.
pub(super) fn page(server: &mcp::Server, policy: &Policy, cors: &Cors, started: Instant) -> Vec<u8> {
    let revisions: Vec<&str> = revision::REVISIONS.iter().map(|revision| revision.name).collect();
    let page = json!({
        "name": mcp::NAME,
        "version": mcp::VERSION,
        "protocolVersions": revisions,
        "endpoints": {
            "rpc": "POST /mcp",
            "toolsets": "POST /mcp/x/{toolsets}",
            "sse": "GET /mcp/sse",
            "info": "GET /mcp",
            "health": "GET /health",
        },
        "authentication": {
            "required": policy.auth_required(),
            "schemes": ["Authorization: Bearer KEY", "Authorization: ApiKey KEY", "Authorization: KEY"],
        },
        "cors": {"allowedOrigins": cors.allowed()},
        "tools": server.scope().view().tools().count(),
        "uptimeSeconds": started.elapsed().as_secs(),
    });
    page.to_string().into_bytes()
}
