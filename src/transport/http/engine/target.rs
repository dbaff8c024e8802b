//! The request target: origin form, absolute form, or `*` for OPTIONS.

use std::ops::Range;

use super::Method;
use super::head::Refusal;

const BAD: Refusal = Refusal(400, "malformed request target");

/// Spans of a target; they count from the start of the request's bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) path: Range<usize>,
    pub(super) query: Range<usize>,
    /// Of the absolute form, within the target itself.
    authority: Option<Range<usize>>,
}

/// Parses a target that stands at `base` in the request's bytes.
pub(super) fn parse(method: Method, text: &str, base: usize) -> Result<Target, Refusal> {
    if !text.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(BAD);
    }
    if text == "*" && method == Method::Options {
        return Ok(Target { path: base..base + 1, query: base + 1..base + 1, authority: None });
    }
    let (authority, start) = match scheme(text) {
        Some(length) => {
            let rest = &text[length..];
            let host = rest.find(['/', '?']).unwrap_or(rest.len());
            (Some(length..length + host), length + host)
        }
        None => (None, 0),
    };
    if authority.as_ref().is_some_and(|host| host.is_empty() || text[host.clone()].contains('@')) {
        return Err(BAD);
    }
    split(text, base, authority, start)
}

fn split(text: &str, base: usize, authority: Option<Range<usize>>, start: usize) -> Result<Target, Refusal> {
    let rest = &text[start..];
    let mark = rest.find('?').map_or(text.len(), |at| start + at);
    let query = (mark + 1).min(text.len())..text.len();
    let path = match (&authority, mark == start) {
        // `http://host?query`: the path is `/`, and the second slash of `//` is one.
        (Some(host), true) => host.start - 1..host.start,
        _ if rest.starts_with('/') => start..mark,
        _ => return Err(BAD),
    };
    let shift = |span: Range<usize>| span.start + base..span.end + base;
    Ok(Target { path: shift(path), query: shift(query), authority })
}

/// Length of `http://` or `https://` at the start.
fn scheme(text: &str) -> Option<usize> {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    ["http://", "https://"].into_iter().find(|scheme| starts(scheme)).map(str::len)
}

impl Target {
    /// The absolute form must name the same host as the header, so that whoever checks
    /// `Host` checks what was asked for.
    pub(super) fn check_host(&self, text: &str, host: Option<&[u8]>) -> Result<(), Refusal> {
        let Some(host) = host else { return Ok(()) };
        if !host.iter().all(|&b| b.is_ascii_alphanumeric() || b"-._~:[]%!$&'()*+;=".contains(&b)) {
            return Err(Refusal(400, "malformed Host"));
        }
        let differs = |span: &Range<usize>| !text[span.clone()].as_bytes().eq_ignore_ascii_case(host);
        if self.authority.as_ref().is_some_and(differs) {
            return Err(Refusal(400, "target and Host differ"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        let target = parse(Method::Get, text, 0).ok()?;
        Some((&text[target.path], &text[target.query]))
    }

    #[test]
    fn splits_every_form() {
        let table = [
            ("/", Some(("/", ""))),
            ("/a/b?c=d?e", Some(("/a/b", "c=d?e"))),
            ("/?", Some(("/", ""))),
            ("/a%2Fb/..", Some(("/a%2Fb/..", ""))),
            ("http://host", Some(("/", ""))),
            ("HTTP://host:80/x?y", Some(("/x", "y"))),
            ("https://host?x=/", Some(("/", "x=/"))),
            ("http:///x", None),
            ("http://user@host/", None),
            ("ftp://host/", None),
            ("host:80", None),
            ("*", None),
            ("?x", None),
            ("/\u{e9}", None),
        ];
        for (text, expected) in table {
            assert_eq!(parts(text), expected, "{text}");
        }
        assert!(parse(Method::Options, "*", 9).is_ok_and(|t| t.path == (9..10)));
    }

    #[test]
    fn host_must_be_plain_and_the_same() {
        let text = "http://Host:80/";
        let target = parse(Method::Get, text, 0).unwrap();
        assert!(target.check_host(text, Some(b"host:80")).is_ok());
        assert!(target.check_host(text, Some(b"other")).is_err());
        assert!(Target::default().check_host("/", Some(b"[::1]:80")).is_ok());
        assert!(Target::default().check_host("/", Some(b"a, b")).is_err());
        assert!(Target::default().check_host("/", Some(b"a/b")).is_err());
    }
}
