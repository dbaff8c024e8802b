//! A request's head: found line by line as bytes come, parsed once when it is whole.

use std::mem::MaybeUninit;
use std::ops::Range;

use super::body::{Chunked, Framing};
use super::target::{self, Target};
use super::{Limits, Method};

/// Why the engine refuses a request by itself: status and reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) u16, pub(super) &'static str);

/// Empty lines before a request line that are tolerated.
const LEADING_LINES: usize = 4;

/// The most headers that any limit allows: they are parsed into an array on the stack.
const MAX_HEADERS: usize = 256;

/// Finds the end of a head. Positions count from the start of the request's bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct HeadScan {
    /// Scanned so far.
    at: usize,
    /// Start of the line that is being scanned.
    line: usize,
    /// Start of the request line, after empty lines.
    first: usize,
    skipped: usize,
    lines: usize,
}

impl HeadScan {
    /// Goes on with what has come; the span of the head once it is whole.
    ///
    /// Each byte is looked at once however slowly the head trickles in, and limits hold for
    /// the part that is there.
    pub(super) fn advance(&mut self, bytes: &[u8], limits: &Limits) -> Result<Option<Range<usize>>, Refusal> {
        let from = self.at;
        let found = self.lines(bytes, limits)?;
        let control = |b: &u8| (*b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n')) || *b == 0x7f;
        // Early, so that a TLS greeting is told at once and not at the time limit.
        if bytes[from.min(self.at)..self.at].iter().any(control) {
            return Err(Refusal(400, "control character in the head"));
        }
        Ok(found)
    }

    fn lines(&mut self, bytes: &[u8], limits: &Limits) -> Result<Option<Range<usize>>, Refusal> {
        while let Some(offset) = bytes[self.at..].iter().position(|&b| b == b'\n') {
            let end = self.at + offset;
            self.at = end + 1;
            if end == self.line || bytes[end - 1] != b'\r' {
                return Err(Refusal(400, "a line ends without CR"));
            }
            let empty = end - 1 == self.line;
            if empty && self.lines > 0 {
                return self.bounded(limits).map(|()| Some(self.first..self.at));
            }
            if empty {
                self.skip()?;
            } else {
                self.bounded(limits)?;
                self.lines += 1;
            }
            self.line = self.at;
        }
        self.at = bytes.len();
        self.bounded(limits).map(|()| None)
    }

    fn skip(&mut self) -> Result<(), Refusal> {
        self.skipped += 1;
        self.first = self.at;
        if self.skipped > LEADING_LINES {
            Err(Refusal(400, "empty lines before the request"))
        } else {
            Ok(())
        }
    }

    fn bounded(&self, limits: &Limits) -> Result<(), Refusal> {
        if self.lines == 0 && self.at - self.line > limits.head_bytes / 2 {
            return Err(Refusal(414, "the request line is too long"));
        }
        if self.at - self.first > limits.head_bytes {
            return Err(Refusal(431, "the head is too long"));
        }
        if self.lines > limits.headers.min(MAX_HEADERS) + 1 {
            return Err(Refusal(431, "too many headers"));
        }
        Ok(())
    }
}

/// How the answer is to be framed, as the head asks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ReplyMode {
    /// The connection may serve another request.
    pub(super) keep_alive: bool,
    /// HTTP/1.0: keep-alive must be said in the answer.
    pub(super) old: bool,
    /// HEAD: no body.
    pub(super) head_only: bool,
}

/// A parsed head; spans count from the start of the request's bytes.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) method: Method,
    pub(super) target: Target,
    pub(super) headers: Vec<(Range<usize>, Range<usize>)>,
    /// Where the body starts.
    pub(super) end: usize,
    pub(super) framing: Framing,
    /// The client waits for `100 Continue`.
    pub(super) expects: bool,
    pub(super) reply: ReplyMode,
}

/// Parses a whole head. `headers` is an empty vector to fill.
pub(super) fn parse(
    bytes: &[u8],
    span: Range<usize>,
    headers: Vec<(Range<usize>, Range<usize>)>,
    limits: &Limits,
) -> Result<Head, Refusal> {
    let text = &bytes[span.clone()];
    let mut room = [const { MaybeUninit::uninit() }; MAX_HEADERS];
    let room = &mut room[..limits.headers.min(MAX_HEADERS)];
    let mut parsed = httparse::Request::new(&mut []);
    match parsed.parse_with_uninit_headers(text, room) {
        Ok(httparse::Status::Complete(length)) if length == text.len() => {}
        Ok(_) => return Err(Refusal(400, "malformed head")),
        Err(error) => return Err(refusal(error, text)),
    }
    let (Some(method), Some(path), Some(minor)) = (parsed.method, parsed.path, parsed.version) else {
        return Err(Refusal(400, "malformed request line"));
    };
    let carries_body = matches!(method, "POST" | "PUT" | "PATCH");
    let method = method_of(method)?;
    let base = bytes.as_ptr() as usize;
    let place = |part: &[u8]| {
        let start = part.as_ptr() as usize - base;
        start..start + part.len()
    };
    let target = target::parse(method, path, place(path.as_bytes()).start)?;
    let mut fields = Fields::default();
    let mut headers = headers;
    for header in parsed.headers.iter() {
        let value = header.value.trim_ascii();
        fields.note(header.name, value)?;
        headers.push((place(header.name.as_bytes()), place(value)));
    }
    target.check_host(path, fields.host)?;
    let old = minor == 0;
    let framing = fields.framing(carries_body, old, limits)?;
    let reply = ReplyMode { keep_alive: fields.keep_alive(old), old, head_only: method == Method::Head };
    let expects = fields.expects && !old;
    Ok(Head { method, target, headers, end: span.end, framing, expects, reply })
}

fn refusal(error: httparse::Error, text: &[u8]) -> Refusal {
    match error {
        httparse::Error::TooManyHeaders => Refusal(431, "too many headers"),
        httparse::Error::Version if later_version(text) => {
            Refusal(505, "only HTTP/1.0 and HTTP/1.1 are served")
        }
        httparse::Error::Version => Refusal(400, "malformed HTTP version"),
        httparse::Error::HeaderName => Refusal(400, "malformed header name"),
        httparse::Error::HeaderValue => Refusal(400, "malformed header value"),
        _ => Refusal(400, "malformed request line"),
    }
}

/// Whether the request line names a well-formed version that is not HTTP/0.x.
fn later_version(text: &[u8]) -> bool {
    let line = text.split(|&b| b == b'\r').next().unwrap_or_default();
    let version = line.rsplit(|&b| b == b' ').next().unwrap_or_default();
    matches!(version, [b'H', b'T', b'T', b'P', b'/', b'1'..=b'9', b'.', b'0'..=b'9'])
}

fn method_of(name: &str) -> Result<Method, Refusal> {
    Ok(match name {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        "POST" => Method::Post,
        "DELETE" => Method::Delete,
        "OPTIONS" => Method::Options,
        "CONNECT" => return Err(Refusal(400, "CONNECT is for proxies")),
        _ => Method::Other,
    })
}

/// The headers that framing depends on.
#[derive(Default)]
struct Fields<'a> {
    length: Option<&'a [u8]>,
    coding: Option<&'a [u8]>,
    host: Option<&'a [u8]>,
    close: bool,
    keep: bool,
    expects: bool,
}

impl<'a> Fields<'a> {
    fn note(&mut self, name: &str, value: &'a [u8]) -> Result<(), Refusal> {
        // By length first: most headers are none of these.
        match name.len() {
            4 if name.eq_ignore_ascii_case("host") => once(&mut self.host, value, "more than one Host"),
            6 if name.eq_ignore_ascii_case("expect") => self.note_expect(value),
            10 if name.eq_ignore_ascii_case("connection") => {
                for word in value.split(|&b| b == b',').map(<[u8]>::trim_ascii) {
                    self.close |= word.eq_ignore_ascii_case(b"close");
                    self.keep |= word.eq_ignore_ascii_case(b"keep-alive");
                }
                Ok(())
            }
            14 if name.eq_ignore_ascii_case("content-length") => {
                once(&mut self.length, value, "more than one Content-Length")
            }
            17 if name.eq_ignore_ascii_case("transfer-encoding") => {
                once(&mut self.coding, value, "more than one Transfer-Encoding")
            }
            _ => Ok(()),
        }
    }

    fn note_expect(&mut self, value: &[u8]) -> Result<(), Refusal> {
        self.expects = true;
        let known = value.eq_ignore_ascii_case(b"100-continue");
        if known { Ok(()) } else { Err(Refusal(417, "the only expectation met is 100-continue")) }
    }

    fn keep_alive(&self, old: bool) -> bool {
        !self.close && (!old || self.keep)
    }

    fn framing(&self, carries_body: bool, old: bool, limits: &Limits) -> Result<Framing, Refusal> {
        if self.host.is_none() && !old {
            return Err(Refusal(400, "no Host"));
        }
        match (self.length, self.coding) {
            (Some(_), Some(_)) => Err(Refusal(400, "both Content-Length and Transfer-Encoding")),
            (Some(length), None) => content_length(length, limits),
            (None, Some(_)) if old => Err(Refusal(400, "Transfer-Encoding in HTTP/1.0")),
            (None, Some(coding)) => transfer_coding(coding),
            (None, None) if carries_body => Err(Refusal(411, "a length is needed")),
            (None, None) => Ok(Framing::Length(0)),
        }
    }
}

fn once<'a>(field: &mut Option<&'a [u8]>, value: &'a [u8], reason: &'static str) -> Result<(), Refusal> {
    // Two equal ones are refused too: whoever sits in front may have taken the other.
    if field.replace(value).is_some() { Err(Refusal(400, reason)) } else { Ok(()) }
}

fn content_length(value: &[u8], limits: &Limits) -> Result<Framing, Refusal> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return Err(Refusal(400, "malformed Content-Length"));
    }
    let add = |sum: usize, digit: &u8| sum.checked_mul(10)?.checked_add(usize::from(digit - b'0'));
    match value.iter().try_fold(0usize, add) {
        Some(length) if length <= limits.body_bytes => Ok(Framing::Length(length)),
        _ => Err(Refusal(413, "the body is too large")),
    }
}

fn transfer_coding(value: &[u8]) -> Result<Framing, Refusal> {
    let is_chunked = |coding: &[u8]| coding.trim_ascii().eq_ignore_ascii_case(b"chunked");
    if is_chunked(value) {
        return Ok(Framing::Chunked(Chunked::default()));
    }
    let chunked = value.split(|&b| b == b',').filter(|coding| is_chunked(coding)).count();
    if value.is_empty() || chunked > 1 {
        return Err(Refusal(400, "malformed Transfer-Encoding"));
    }
    Err(Refusal(501, "the only transfer coding is chunked"))
}
