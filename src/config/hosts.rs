//! By which names clients may call the server: a guard against pages that point a name of theirs at it.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// The accepted values of the `Host` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    /// Names in lower case, each with the one port it is good for, or none for all ports.
    names: Vec<(String, Option<u16>)>,
    addresses: Addresses,
}

/// The addresses that are accepted beside the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Addresses {
    None,
    Loopback,
    Any,
}

impl Hosts {
    /// What `MCP_ALLOWED_HOSTS` takes, in words.
    pub(crate) const ALLOWED: &str = "HOST or HOST:PORT, separated by commas (IPv6 in brackets)";

    /// `localhost` and the addresses of loopback, any port.
    pub fn loopback() -> Self {
        Self { names: vec![("localhost".into(), None)], addresses: Addresses::Loopback }
    }

    /// `localhost` and every address: whoever calls by address was not led here by a hostile name.
    pub fn any_address() -> Self {
        Self { addresses: Addresses::Any, ..Self::loopback() }
    }

    /// Whether the value of a `Host` header is accepted.
    pub fn allows(&self, header: &str) -> bool {
        let Ok((host, port)) = split(header) else { return false };
        let host = host.strip_suffix('.').unwrap_or(host);
        let named = |(name, wanted): &(String, Option<u16>)| {
            name.eq_ignore_ascii_case(host) && wanted.is_none_or(|wanted| is_port(wanted, port))
        };
        self.names.iter().any(named)
            || match self.addresses {
                Addresses::None => false,
                Addresses::Loopback => address(host).is_some_and(|ip| ip.to_canonical().is_loopback()),
                Addresses::Any => address(host).is_some(),
            }
    }
}

impl FromStr for Hosts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let name = |part: &str| match split(part) {
            Ok((host, port)) => Ok((host.to_ascii_lowercase(), port)),
            Err(what) => Err(format!("has {part:?}, which {what}")),
        };
        let names = parts.map(name).collect::<Result<Vec<_>, _>>()?;
        if names.is_empty() {
            Err("names no host".into())
        } else {
            Ok(Self { names, addresses: Addresses::None })
        }
    }
}

/// The default ports may be left out of a `Host` header.
fn is_port(wanted: u16, port: Option<u16>) -> bool {
    port.map_or(matches!(wanted, 80 | 443), |port| port == wanted)
}

fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Splits `HOST[:PORT]`; IPv6 addresses keep their brackets.
pub(super) fn split(text: &str) -> Result<(&str, Option<u16>), &'static str> {
    let end_of_host = text.find(']').map_or(0, |end| end + 1);
    let (host, port) = match text[end_of_host..].find(':') {
        Some(colon) => (&text[..end_of_host + colon], Some(&text[end_of_host + colon + 1..])),
        None => (text, None),
    };
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let well_formed = match bracketed {
        Some(inner) => inner.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)),
    };
    match (well_formed, port) {
        (false, _) => Err("is not a host name or address"),
        (true, None) => Ok((host, None)),
        (true, Some(port)) if port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit()) => {
            Err("has a malformed port")
        }
        (true, Some(port)) => {
            port.parse().map(|port| (host, Some(port))).map_err(|_| "has a port out of bounds")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_exact() {
        let list: Hosts =
            "MCP.example.com, other.example:8443,[2001:db8::1],secure.example:443".parse().unwrap();
        for header in [
            "mcp.example.com",
            "mcp.example.com:99",
            "MCP.EXAMPLE.COM.",
            "other.example:8443",
            "[2001:db8::1]:5",
            "secure.example",
        ] {
            assert!(list.allows(header), "{header}");
        }
        for header in [
            "",
            "example.com",
            "other.example",
            "other.example:80",
            "localhost",
            "127.0.0.1",
            "[2001:db8::2]",
        ] {
            assert!(!list.allows(header), "{header}");
        }
    }

    #[test]
    fn without_a_list_hostile_names_are_refused() {
        for header in ["localhost:8080", "127.0.0.1", "127.1.2.3:1", "[::1]:8080"] {
            assert!(Hosts::loopback().allows(header), "{header}");
        }
        for header in
            ["evil.example", "10.0.0.1", "localhost.evil.example", "127.0.0.1.evil.example", "a b", "[::1"]
        {
            assert!(!Hosts::loopback().allows(header), "{header}");
        }
        assert!(Hosts::any_address().allows("10.0.0.1:80") && !Hosts::any_address().allows("evil.example"));
    }

    #[test]
    fn malformed_lists_are_refused() {
        for text in [" , ", "http://a", "a:b", "a:70000", "::1", "[x]", "a/b", "*", "a:"] {
            assert!(text.parse::<Hosts>().is_err(), "{text}");
        }
    }
}
