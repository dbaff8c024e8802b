//! Which web pages may call the server: `*`, or a list of exact origins.

use std::net::IpAddr;
use std::str::FromStr;

/// The origins that the operator names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// `*`
    Any,
    /// Exact origins in lower case, without a default port.
    List(Vec<String>),
}

impl Origins {
    /// What `MCP_CORS_ORIGINS` takes, in words.
    pub(crate) const ALLOWED: &str = "*, or origins SCHEME://HOST[:PORT] separated by commas";

    /// Whether the value of an `Origin` header is one of them. `null` is in no list.
    pub fn allows(&self, origin: &str) -> bool {
        let Self::List(list) = self else { return true };
        let origin = without_default_port(origin);
        list.iter().any(|known| known.eq_ignore_ascii_case(origin))
    }
}

impl FromStr for Origins {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Err("names no origin".into()),
            ["*"] => Ok(Self::Any),
            parts => parts.iter().map(|part| origin(part)).collect::<Result<_, _>>().map(Self::List),
        }
    }
}

/// Whether a page of this origin comes from this machine.
pub(super) fn is_loopback(origin: &str) -> bool {
    let Some((_, authority)) = origin.split_once("://") else { return false };
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    };
    let host_address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || host_address.is_ok_and(|ip| ip.to_canonical().is_loopback())
}

fn origin(text: &str) -> Result<String, String> {
    let wrong = |what: &str| format!("has {text:?}, which {what}");
    if text == "*" {
        return Err(wrong("stands alone or not at all"));
    }
    let (scheme, authority) = text.split_once("://").ok_or_else(|| wrong("lacks a scheme"))?;
    let scheme_ok = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if !scheme_ok {
        return Err(wrong("has a malformed scheme"));
    }
    if authority.contains(['/', '?', '#', '@']) {
        return Err(wrong("has more than scheme, host and port"));
    }
    super::hosts::split(authority).map_err(wrong)?;
    Ok(without_default_port(text).to_ascii_lowercase())
}

/// Browsers leave the default port out.
fn without_default_port(origin: &str) -> &str {
    let port = match origin.split_once("://").map(|(scheme, _)| scheme) {
        Some(scheme) if scheme.eq_ignore_ascii_case("http") => ":80",
        Some(scheme) if scheme.eq_ignore_ascii_case("https") => ":443",
        _ => return origin,
    };
    origin.strip_suffix(port).unwrap_or(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_exact_but_for_case_and_default_port() {
        let list: Origins =
            "https://App.example.com:443, http://localhost:3000,vscode-webview://abc".parse().unwrap();
        for origin in ["https://app.example.com", "https://app.example.com:443", "http://LOCALHOST:3000"] {
            assert!(list.allows(origin), "{origin}");
        }
        for origin in
            ["http://app.example.com", "https://app.example.com:8443", "null", "", "https://example.com"]
        {
            assert!(!list.allows(origin), "{origin}");
        }
        assert!("*".parse::<Origins>().unwrap().allows("null"));
    }

    #[test]
    fn malformed_lists_are_refused() {
        for text in [
            ",",
            "*,https://a.example",
            "a.example",
            "https://a.example/",
            "https://a.example/path",
            "https://",
            "https://a b",
            "https://a:x",
            "https://a:65536",
            "1x://a",
            "https://u@a",
            "https://a:",
        ] {
            assert!(text.parse::<Origins>().is_err(), "{text}");
        }
    }

    #[test]
    fn pages_of_this_machine() {
        for origin in
            ["http://localhost", "https://LocalHost:8443", "http://127.0.0.1:6274", "http://[::1]:80"]
        {
            assert!(is_loopback(origin), "{origin}");
        }
        for origin in
            ["null", "http://localhost.evil.example", "http://10.0.0.1", "http://127.0.0.1.evil.example:80"]
        {
            assert!(!is_loopback(origin), "{origin}");
        }
    }
}
