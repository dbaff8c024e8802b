//! A small HTTP client on raw sockets: it shows every byte of an answer, and can be as rude as a test needs.

use super::{GUARD, KEY};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// One keep-alive connection.
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// One answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect_timeout(&address, GUARD).unwrap();
        stream.set_read_timeout(Some(GUARD)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    /// Sends text as it is and reads one answer.
    pub fn send(&mut self, request: &str) -> Answer {
        self.write(request);
        let head_only = request.starts_with("HEAD ");
        self.answer(head_only)
    }

    pub fn write(&mut self, text: &str) {
        self.stream.get_mut().write_all(text.as_bytes()).unwrap();
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    }

    /// `POST` of JSON with further header lines, each ended by CR LF.
    pub fn post(&mut self, path: &str, headers: &str, body: &str) -> Answer {
        self.send(&post(path, headers, body))
    }

    pub fn answer(&mut self, head_only: bool) -> Answer {
        let (status, headers) = self.head();
        self.body(Answer { status, headers, body: Vec::new() }, head_only)
    }

    /// Reads the body that belongs to a head.
    pub(super) fn body(&mut self, mut answer: Answer, head_only: bool) -> Answer {
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        answer.body = vec![0; if head_only { 0 } else { length }];
        self.stream.read_exact(&mut answer.body).unwrap();
        answer
    }

    pub(super) fn head(&mut self) -> (u16, Vec<(String, String)>) {
        let status = self.line().split(' ').nth(1).expect("a status line").parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line();
            match line.split_once(": ") {
                None => return (status, headers),
                Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
            }
        }
    }

    /// The next line without its end.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        line.trim_end_matches(['\r', '\n']).to_owned()
    }

    /// As [`line`](Self::line); none when the other side has closed.
    pub(super) fn raw_line(&mut self) -> Option<String> {
        let mut line = String::new();
        (self.stream.read_line(&mut line).unwrap() > 0).then(|| line.trim_end_matches('\n').to_owned())
    }

    /// Whether the other side has closed.
    pub fn is_closed(&mut self) -> bool {
        matches!(self.stream.read(&mut [0; 64]), Ok(0) | Err(_))
    }

    /// Opens an event stream on this connection.
    pub fn sse(mut self, headers: &str) -> Sse {
        self.write(&format!(
            "GET /mcp/sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{headers}\r\n"
        ));
        let (status, headers) = self.head();
        let head = Answer { status, headers, body: Vec::new() };
        assert_eq!(head.status, 200, "{head:?}");
        let mut sse = Sse { client: self, head, session: String::new() };
        let (name, data) = sse.event();
        assert_eq!(name, "endpoint");
        sse.session = data.strip_prefix("/mcp?sessionId=").expect("the endpoint").to_owned();
        sse
    }
}

/// The bytes of a `POST` of JSON.
pub fn post(path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    )
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

/// An open event stream.
pub struct Sse {
    client: Client,
    pub head: Answer,
    pub session: String,
}

impl Sse {
    /// The next event; comments are passed over.
    pub fn event(&mut self) -> (String, String) {
        let (mut name, mut data) = (String::new(), String::new());
        loop {
            let line = self.client.raw_line().expect("an event before the end of the stream");
            let line = line.trim_end_matches('\r');
            match line.split_once(": ") {
                Some(("event", value)) => value.clone_into(&mut name),
                Some(("data", value)) => value.clone_into(&mut data),
                _ if line.is_empty() && !name.is_empty() => return (name, data),
                _ => {}
            }
        }
    }

    /// The next message.
    pub fn message(&mut self) -> Value {
        let (name, data) = self.event();
        assert_eq!(name, "message");
        serde_json::from_str(&data).unwrap()
    }

    /// The next comment, without its colon. Chunk sizes are passed over, where an engine sends them.
    pub fn comment(&mut self) -> String {
        loop {
            let line = self.client.raw_line().expect("a comment before the end of the stream");
            if let Some(text) = line.strip_prefix(": ") {
                return text.trim_end_matches('\r').to_owned();
            }
        }
    }

    /// Reads to the end, which must come.
    pub fn drain(&mut self) {
        let mut rest = Vec::new();
        self.client.stream.read_to_end(&mut rest).unwrap();
    }
}

/// The header line of the tests' key.
pub fn bearer() -> String {
    format!("Authorization: Bearer {KEY}\r\n")
}
