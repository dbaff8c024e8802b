//! One HTTP request as the engine hands it over: spans into one buffer, nothing copied.

use std::fmt;
use std::net::SocketAddr;
use std::ops::Range;

/// The request methods that routes tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// HEAD: served as GET, the body left out by the engine.
    Head,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// OPTIONS
    Options,
    /// Any other token.
    Other,
}

/// Who is at the other end of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// A TCP client.
    Tcp(SocketAddr),
    /// A client of the Unix socket.
    Unix,
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix => f.write_str("unix"),
        }
    }
}

/// One request: all parts are spans of `bytes`, the head followed by the (decoded) body.
#[derive(Debug)]
pub struct Request {
    /// The buffer that the spans point into.
    pub bytes: Vec<u8>,
    /// The method.
    pub method: Method,
    /// Path of the target, percent-encoding untouched, without the query.
    pub path: Range<usize>,
    /// Query of the target without the `?`; empty when there is none.
    pub query: Range<usize>,
    /// Header names and values in order of arrival; values are trimmed.
    pub headers: Vec<(Range<usize>, Range<usize>)>,
    /// The body, decoded when it came chunked.
    pub body: Range<usize>,
    /// The other end.
    pub peer: Peer,
}

impl Request {
    /// The path as text. The engine lets only visible ASCII through in targets.
    pub fn path(&self) -> &str {
        str::from_utf8(&self.bytes[self.path.clone()]).unwrap_or_default()
    }

    /// The query as text, without the `?`.
    pub fn query(&self) -> &str {
        str::from_utf8(&self.bytes[self.query.clone()]).unwrap_or_default()
    }

    /// The body's bytes.
    pub fn body(&self) -> &[u8] {
        &self.bytes[self.body.clone()]
    }

    /// All values of a header, in order; `name` in any letter case.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let matching = move |(n, _): &&(Range<usize>, Range<usize>)| {
            self.bytes[n.clone()].eq_ignore_ascii_case(name.as_bytes())
        };
        self.headers.iter().filter(matching).map(|(_, value)| &self.bytes[value.clone()])
    }

    /// The first value of a header when it is UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        let wanted = |(n, _): &&(Range<usize>, Range<usize>)| {
            self.bytes[n.clone()].eq_ignore_ascii_case(name.as_bytes())
        };
        let (_, value) = self.headers.iter().find(wanted)?;
        str::from_utf8(&self.bytes[value.clone()]).ok()
    }
}
