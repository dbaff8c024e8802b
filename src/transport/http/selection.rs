//! Addresses: `/mcp`, `/mcp/sse`, and the same under `/mcp/x/{toolsets}`, which shows a part of the tools.

use super::engine::{Request, Response};
use super::reply::Replies;
use super::routes::Routes;
use crate::mcp::{RpcError, Scope};
use std::sync::Arc;

/// What narrows the tools for one client, whatever address it calls.
const HEADER: &str = "x-mcp-toolsets";

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// The endpoint of messages, with the toolsets that its path names.
    Mcp(Option<&'a str>),
    /// The event stream of the HTTP + SSE transport, likewise.
    Sse(Option<&'a str>),
    /// The probe of load balancers.
    Health,
    /// Nothing.
    Nowhere,
}

/// Reads a path.
pub(super) fn place(path: &str) -> Place<'_> {
    let (base, sse) = match path.strip_suffix("/sse") {
        Some(base) => (base, true),
        None => (path, false),
    };
    let toolsets = match base.strip_prefix("/mcp") {
        Some("") => None,
        Some(rest) => match rest.strip_prefix("/x/") {
            Some(toolsets) if !toolsets.is_empty() && !toolsets.contains('/') => Some(toolsets),
            _ => return Place::Nowhere,
        },
        None if path == "/health" => return Place::Health,
        None => return Place::Nowhere,
    };
    if sse { Place::Sse(toolsets) } else { Place::Mcp(toolsets) }
}

impl Place<'_> {
    /// The methods that are served there, for 405.
    pub(super) fn methods(self) -> Option<&'static str> {
        match self {
            Self::Mcp(_) => Some("GET, HEAD, POST, DELETE, OPTIONS"),
            Self::Sse(_) | Self::Health => Some("GET, HEAD, OPTIONS"),
            Self::Nowhere => None,
        }
    }
}

impl Routes {
    /// The tools that the request's address and header show.
    pub(super) fn scope(&self, request: &Request, replies: &Replies) -> Result<Arc<Scope>, Response> {
        let (Place::Mcp(toolsets) | Place::Sse(toolsets)) = place(request.path()) else {
            return Ok(Arc::clone(self.server.scope()));
        };
        let header = header(request).map_err(|why| replies.error(400, &why))?;
        // Clients may write the comma either way; nothing else in a slug needs escaping.
        let toolsets = toolsets.map(|text| text.replace("%2C", ",").replace("%2c", ","));
        let (path, status) = (toolsets.as_deref(), if header.is_none() { 404 } else { 400 });
        self.server.narrowed(path, header).map_err(|error| replies.error(status, &error))
    }
}

/// What the header asks for. A wish to narrow that cannot be read must not end in everything.
fn header(request: &Request) -> Result<Option<&str>, RpcError> {
    match request.header_values(HEADER).count() {
        0 => return Ok(None),
        1 => {}
        _ => return Err(RpcError::request(format!("{HEADER} stands there more than once"))),
    }
    let header = request.header(HEADER).ok_or_else(|| RpcError::request(format!("{HEADER} is no text")))?;
    Ok(Some(header).filter(|header| !header.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_apart() {
        for (path, found) in [
            ("/mcp", Place::Mcp(None)),
            ("/mcp/sse", Place::Sse(None)),
            ("/mcp/x/tvm,debt", Place::Mcp(Some("tvm,debt"))),
            ("/mcp/x/core/sse", Place::Sse(Some("core"))),
            ("/health", Place::Health),
            ("/mcp/", Place::Nowhere),
            ("/mcp/x/", Place::Nowhere),
            ("/mcp/x/a/b", Place::Nowhere),
            ("/mcpx", Place::Nowhere),
            ("/sse", Place::Nowhere),
            ("/health/sse", Place::Nowhere),
            ("", Place::Nowhere),
        ] {
            assert_eq!(place(path), found, "{path}");
        }
    }
}
