//! Where HTTP is served: what `--http` says, and what becomes of it.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A path longer than this does not fit into a Unix socket's address (with its final NUL).
const LONGEST_SOCKET_PATH: usize = 107;

/// What to bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    /// All interfaces: `[::]` dual-stack, or 0.0.0.0 where IPv6 is not to be had.
    Everywhere {
        /// The port; 0 takes a free one.
        port: u16,
    },
    /// 127.0.0.1 and ::1 on the same port; one of them suffices where the other is not to be had.
    Loopback {
        /// The port; 0 takes a free one, the second socket then the first one's.
        port: u16,
    },
    /// Exactly this address, or failure.
    Address(SocketAddr),
    /// A Unix socket, mode 0660.
    Unix(PathBuf),
}

impl Listen {
    /// Whether only this machine can connect.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Everywhere { .. } => false,
            Self::Loopback { .. } | Self::Unix(_) => true,
            Self::Address(address) => address.ip().to_canonical().is_loopback(),
        }
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everywhere { port } => write!(f, "port {port} of all interfaces"),
            Self::Loopback { port } => write!(f, "port {port} of loopback"),
            Self::Address(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// The value of `--http`, before it is known whether the server may be open to all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Port(u16),
    Localhost(u16),
    Address(SocketAddr),
    Unix(PathBuf),
}

impl Target {
    /// What `--http` takes, in words.
    pub(crate) const ALLOWED: &str =
        "PORT (0 to 65535), ADDR:PORT (an IP address, IPv6 in brackets, or localhost) or unix:PATH";

    /// The same place with another port. A Unix socket has none and stays as it is.
    pub(super) fn with_port(&self, port: u16) -> Self {
        match self {
            Self::Port(_) => Self::Port(port),
            Self::Localhost(_) => Self::Localhost(port),
            Self::Address(address) => Self::Address(SocketAddr::new(address.ip(), port)),
            Self::Unix(path) => Self::Unix(path.clone()),
        }
    }

    /// What to bind. Without leave to be `open` only loopback is.
    pub(super) fn listen(self, open: bool) -> Result<Listen, String> {
        let listen = match self {
            Self::Port(port) if open => Listen::Everywhere { port },
            Self::Port(port) | Self::Localhost(port) => Listen::Loopback { port },
            Self::Address(address) => Listen::Address(address),
            Self::Unix(path) => Listen::Unix(path),
        };
        if open || listen.is_loopback() {
            return Ok(listen);
        }
        Err(format!(
            "--http {listen}: with MCP_AUTH_REQUIRED=false only loopback is served; listen on 127.0.0.1, require \
             keys, or add --allow-unauthenticated-remote"
        ))
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("unix:") {
            return unix(Path::new(path));
        }
        if let Some(port) = text.strip_prefix("localhost:") {
            return port_number(port).map(Self::Localhost);
        }
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            return port_number(text).map(Self::Port);
        }
        text.parse().map(Self::Address).map_err(|_| "is not an address to listen on".into())
    }
}

fn port_number(text: &str) -> Result<u16, String> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| "has a port out of bounds".into())
}

fn unix(path: &Path) -> Result<Target, String> {
    match path.as_os_str().len() {
        0 => Err("lacks the path of the socket".into()),
        1..=LONGEST_SOCKET_PATH => Ok(Target::Unix(path.into())),
        _ => Err(format!("has a path of more than {LONGEST_SOCKET_PATH} bytes")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Target {
        Target::Address(text.parse().unwrap())
    }

    #[test]
    fn every_form_of_the_flag() {
        for (text, wanted) in [
            ("8080", Target::Port(8080)),
            ("0", Target::Port(0)),
            ("65535", Target::Port(65535)),
            ("localhost:80", Target::Localhost(80)),
            ("127.0.0.1:80", address("127.0.0.1:80")),
            ("[::1]:80", address("[::1]:80")),
            ("unix:/run/x.sock", Target::Unix("/run/x.sock".into())),
        ] {
            assert_eq!(text.parse(), Ok(wanted));
        }
        for text in ["", "65536", "-1", "+80", "::1", "localhost", "localhost:+1", "example.org:80", "unix:"]
        {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
        assert!(format!("unix:/{}", "x".repeat(106)).parse::<Target>().is_ok());
        assert!(format!("unix:/{}", "x".repeat(107)).parse::<Target>().is_err());
    }

    #[test]
    fn without_leave_only_loopback_is_bound() {
        assert_eq!(Target::Port(1).listen(true), Ok(Listen::Everywhere { port: 1 }));
        assert_eq!(Target::Port(1).listen(false), Ok(Listen::Loopback { port: 1 }));
        for text in ["127.0.0.1:1", "127.8.8.8:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
            assert!(address(text).listen(false).is_ok_and(|listen| listen.is_loopback()), "{text}");
        }
        for text in ["0.0.0.0:1", "[::]:1", "10.0.0.1:1"] {
            assert!(address(text).listen(false).is_err(), "{text}");
            assert!(address(text).listen(true).is_ok_and(|listen| !listen.is_loopback()), "{text}");
        }
        assert!(Target::Unix("/x".into()).listen(false).is_ok_and(|listen| listen.is_loopback()));
    }
}
