//! Who may come in: `Origin`, `Host` and API key, checked before any route.

use super::engine::{Request, Response};
use super::reply::Replies;
use crate::auth::{self, KeyId, KeyRing, Refusal};
use crate::config::{Config, Hosts};
use std::sync::Arc;

/// Probes come by address, so these paths take any `Host`.
const PROBES: [&str; 3] = ["/health", "/livez", "/readyz"];

/// The rules of one server.
pub(super) struct Policy {
    config: Arc<Config>,
    hosts: Option<Hosts>,
    keys: Arc<KeyRing>,
}

impl Policy {
    pub(super) fn new(config: Arc<Config>, keys: Arc<KeyRing>) -> Self {
        Self { hosts: config.checked_hosts(), config, keys }
    }

    pub(super) fn auth_required(&self) -> bool {
        self.config.auth_required
    }

    /// The guard against pages that were not asked here: a foreign origin, or a foreign name for this
    /// address (DNS rebinding).
    pub(super) fn origin_and_host(&self, request: &Request, replies: &Replies) -> Result<(), Response> {
        let origin_ok = request
            .header_values("origin")
            .all(|origin| str::from_utf8(origin).is_ok_and(|origin| self.config.origin_allowed(origin)));
        if !origin_ok {
            return Err(replies.refused(403, "this origin may not call the server; see MCP_CORS_ORIGINS"));
        }
        let Some(hosts) = self.hosts.as_ref().filter(|_| !PROBES.contains(&request.path())) else {
            return Ok(());
        };
        // HTTP/1.0 may come without a Host; no browser does.
        let host_ok = request
            .header_values("host")
            .all(|host| str::from_utf8(host).is_ok_and(|host| hosts.allows(host)));
        if host_ok {
            Ok(())
        } else {
            Err(replies.refused(403, "the server may not be called by this Host; see MCP_ALLOWED_HOSTS"))
        }
    }

    /// The caller's key; none when keys are not required.
    pub(super) fn authenticate(
        &self,
        request: &Request,
        replies: &Replies,
    ) -> Result<Option<KeyId>, Response> {
        if !self.config.auth_required {
            return Ok(None);
        }
        let keys = self.keys.current();
        match auth::authenticate(&keys, request.header_values("authorization")) {
            Ok(key) => Ok(Some(key)),
            Err(refusal) => Err(unauthorized(&refusal, request, replies)),
        }
    }

    /// Open pages need no key, but whoever shows a wrong one is told so.
    pub(super) fn authenticate_if_shown(&self, request: &Request, replies: &Replies) -> Result<(), Response> {
        match request.header_values("authorization").next() {
            None => Ok(()),
            Some(_) => self.authenticate(request, replies).map(|_| ()),
        }
    }
}

fn unauthorized(refusal: &Refusal, request: &Request, replies: &Replies) -> Response {
    log::warn!("{refusal} from {}", request.peer);
    let challenge = match refusal {
        Refusal::Missing => r#"Bearer realm="businessmath-mcp""#,
        _ => r#"Bearer realm="businessmath-mcp", error="invalid_token""#,
    };
    replies.refused(401, refusal.message()).header("WWW-Authenticate", challenge)
}
