//! An answer's bytes: status line, headers, framing.

use super::Response;
use super::date;
use super::head::ReplyMode;

/// How an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// By its length; the connection lives on.
    KeepAlive,
    /// By its length; the connection closes.
    Close,
    /// With the connection: no length is stated.
    Stream,
}

/// Appends the head of an answer.
pub(super) fn write_head(out: &mut Vec<u8>, response: &Response, mode: ReplyMode, end: End) {
    out.extend_from_slice(b"HTTP/1.1 ");
    push_number(out, usize::from(response.status));
    out.push(b' ');
    out.extend_from_slice(reason(response.status).as_bytes());
    out.extend_from_slice(b"\r\nDate: ");
    out.extend_from_slice(&date::now());
    if let Some(content_type) = response.content_type {
        push_header(out, "Content-Type", content_type);
    }
    if end != End::Stream && has_length(response.status) {
        out.extend_from_slice(b"\r\nContent-Length: ");
        push_number(out, response.body.len());
    }
    for (name, value) in &response.headers {
        push_header(out, name, value);
    }
    match end {
        End::KeepAlive if mode.old => out.extend_from_slice(b"\r\nConnection: keep-alive"),
        End::KeepAlive => {}
        End::Close | End::Stream => out.extend_from_slice(b"\r\nConnection: close"),
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(response.common.as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// Whether an answer of this status may have a body at all.
pub(super) fn has_length(status: u16) -> bool {
    !(status < 200 || status == 204 || status == 304)
}

/// A value with a control character is left out: it would start a header of its own.
fn push_header(out: &mut Vec<u8>, name: &str, value: &str) {
    if value.bytes().any(|b| (b < 0x20 && b != b'\t') || b == 0x7f) {
        return;
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value.as_bytes());
}

fn push_number(out: &mut Vec<u8>, mut number: usize) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// The reason phrase of a status.
pub(super) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        411 => "Length Required",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(response: &Response, mode: ReplyMode, end: End) -> String {
        let mut out = Vec::new();
        write_head(&mut out, response, mode, end);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn frames_by_length() {
        let response = Response::with_body(200, "X-Common: y\r\n".into(), "text/plain", b"hello".to_vec())
            .header("X-Own", "z");
        let text = head(&response, ReplyMode::default(), End::KeepAlive);
        assert!(text.starts_with("HTTP/1.1 200 OK\r\nDate: "), "{text}");
        let rest = "\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nX-Own: z\r\nX-Common: y\r\n\r\n";
        assert!(text.ends_with(rest), "{text}");
    }

    #[test]
    fn states_how_the_connection_goes_on() {
        let response = Response::empty(204, "".into());
        let old = ReplyMode { old: true, ..ReplyMode::default() };
        assert!(head(&response, old, End::KeepAlive).contains("\r\nConnection: keep-alive\r\n"));
        assert!(head(&response, old, End::Close).contains("\r\nConnection: close\r\n"));
        assert!(!head(&response, old, End::Close).contains("Content-Length"));
        let ok = Response::empty(200, "".into());
        assert!(head(&ok, old, End::Close).contains("Content-Length: 0"));
        assert!(!head(&ok, old, End::Stream).contains("Content-Length"));
    }

    #[test]
    fn drops_values_that_would_inject() {
        for value in ["a\r\nSet-Cookie: b", "a\nb", "a\0b", "a\u{7f}"] {
            let response = Response::empty(200, "".into()).header("X-Echo", value);
            assert!(!head(&response, ReplyMode::default(), End::Close).contains("X-Echo"), "{value:?}");
        }
    }

    #[test]
    fn numbers_of_every_length() {
        for number in [0, 7, 10, 4_194_304, usize::MAX] {
            let mut out = Vec::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string().into_bytes());
        }
    }
}
