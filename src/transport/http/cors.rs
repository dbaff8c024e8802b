//! CORS header lines: on every answer, made once for `*` and per request for a list.

use crate::config::Origins;
use std::sync::Arc;

/// What browsers' clients may send. The first three are the deployment guide's; the rest belongs to
/// the newer transports.
const ALLOWED_HEADERS: &str = "Content-Type, Authorization, X-Session-ID, Mcp-Session-Id, \
    MCP-Protocol-Version, Mcp-Method, Mcp-Name, Last-Event-ID, X-MCP-Toolsets, X-Request-ID";

/// What browsers' clients may read.
const EXPOSED_HEADERS: &str =
    "X-Session-ID, Mcp-Session-Id, MCP-Protocol-Version, X-Request-ID, WWW-Authenticate, Retry-After";

/// The CORS lines of all answers.
pub(super) struct Cors {
    origins: Origins,
    /// The lines for `*`, or those for a caller that is no listed page.
    fixed: Arc<str>,
}

impl Cors {
    pub(super) fn new(origins: Origins) -> Self {
        let fixed = match origins {
            Origins::Any => lines("*", ""),
            // A cache must not hand one page's answer to another page.
            Origins::List(_) => "Vary: Origin\r\n".into(),
        };
        Self { origins, fixed }
    }

    /// The header lines of an answer to a request with this `Origin`.
    pub(super) fn lines(&self, origin: Option<&str>) -> Arc<str> {
        match (&self.origins, origin) {
            (Origins::List(_), Some(origin)) if self.origins.allows(origin) => {
                lines(origin, "Vary: Origin\r\n")
            }
            _ => Arc::clone(&self.fixed),
        }
    }

    /// What the operator allows, for the information page.
    pub(super) fn allowed(&self) -> Vec<String> {
        match &self.origins {
            Origins::Any => vec!["*".into()],
            Origins::List(list) => list.clone(),
        }
    }
}

fn lines(origin: &str, vary: &str) -> Arc<str> {
    format!(
        "Access-Control-Allow-Origin: {origin}\r\n\
         Access-Control-Allow-Methods: GET, POST, DELETE, OPTIONS\r\n\
         Access-Control-Allow-Headers: {ALLOWED_HEADERS}\r\n\
         Access-Control-Expose-Headers: {EXPOSED_HEADERS}\r\n\
         Access-Control-Max-Age: 86400\r\n{vary}"
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_for_everybody_and_a_list_for_its_members() {
        let any = Cors::new(Origins::Any);
        assert!(any.lines(Some("https://a.example")).starts_with("Access-Control-Allow-Origin: *\r\n"));
        let list = Cors::new("https://a.example".parse().unwrap());
        let member = list.lines(Some("https://a.example"));
        assert!(member.starts_with("Access-Control-Allow-Origin: https://a.example\r\n"));
        assert!(member.ends_with("Vary: Origin\r\n"));
        for origin in [None, Some("https://b.example")] {
            assert_eq!(&*list.lines(origin), "Vary: Origin\r\n");
        }
    }
}
