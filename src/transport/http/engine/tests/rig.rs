//! An engine with a small handler, and a raw client.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::super::{Address, Bind, Engine, Exchange, Handler, Limits, Method, Response, Running, Stream};

/// Nothing may take longer; liveness, not speed.
pub(super) const GUARD: Duration = Duration::from_secs(5);

/// A stream that a client has opened, and the signal that its client is gone.
pub(super) type Opened = (io::Result<Box<dyn Stream>>, Receiver<()>);

/// What the handler does, by path.
///
/// `/echo` method and body; `/big` 8 MB; `/stream` hands the stream to the test; `/panic`;
/// `/later` answers from another thread; `/hold` hands the exchange to the test; `/old` closes.
pub(super) struct Echo {
    pub(super) streams: Mutex<Sender<Opened>>,
    pub(super) held: Mutex<Sender<Exchange>>,
    /// Loopback counts towards the cap per address: tests come from nowhere else.
    pub(super) counts: bool,
}

pub(super) fn text(status: u16, body: impl Into<Vec<u8>>) -> Response {
    Response::with_body(status, Arc::from("X-Common: 1\r\n"), "text/plain", body.into())
}

impl Handler for Echo {
    fn handle(&self, exchange: Exchange) {
        match exchange.request.path() {
            "/big" => exchange.answer(text(200, vec![b'x'; 8 << 20])),
            "/panic" => panic!("asked to"),
            "/old" => exchange.answer(text(200, "bye").closing()),
            "/hold" => self.held.lock().send(exchange).unwrap(),
            "/later" => {
                std::thread::spawn(move || exchange.answer(text(200, "later")));
            }
            "/stream" => {
                let (tell, gone) = channel();
                let head = Response { content_type: Some("text/event-stream"), ..text(200, "") };
                let stream = exchange.stream(head, Box::new(move || tell.send(()).unwrap_or_default()));
                self.streams.lock().send((stream, gone)).unwrap();
            }
            _ => {
                let request = &exchange.request;
                let method = if request.method == Method::Other {
                    "other".into()
                } else {
                    format!("{:?}", request.method)
                };
                let mut body = format!("{method} {} {} ", request.path(), request.query()).into_bytes();
                body.extend_from_slice(request.body());
                exchange.answer(text(200, body));
            }
        }
    }

    fn refuse(&self, status: u16, reason: &str) -> Response {
        text(status, reason)
    }

    fn counts(&self, _: IpAddr) -> bool {
        self.counts
    }
}

pub(super) struct Rig {
    pub(super) engine: Engine,
    pub(super) address: SocketAddr,
    pub(super) streams: Receiver<Opened>,
    pub(super) held: Receiver<Exchange>,
}

/// Short limits, so that a test of them does not take long.
pub(super) fn short() -> Limits {
    Limits {
        workers: 2,
        body_bytes: 1000,
        head_time: Duration::from_millis(300),
        body_time: Duration::from_millis(300),
        idle_time: Duration::from_millis(300),
        write_stall: Duration::from_millis(300),
        ..Limits::default()
    }
}

impl Rig {
    pub(super) fn new() -> Self {
        Self::with(Limits { workers: 3, body_bytes: 100_000, ..Limits::default() })
    }

    pub(super) fn with(limits: Limits) -> Self {
        Self::at(limits, Bind::Tcp((Ipv4Addr::LOCALHOST, 0).into()))
    }

    pub(super) fn at(limits: Limits, bind: Bind) -> Self {
        let (streams_in, streams) = channel();
        let (held_in, held) = channel();
        let handler = Echo {
            streams: Mutex::new(streams_in),
            held: Mutex::new(held_in),
            counts: limits.connections_per_peer < 10,
        };
        let listeners = Engine::bind(&[bind]).unwrap();
        let engine = Engine::start(listeners, limits, Arc::new(handler)).unwrap();
        let address = match engine.local_addresses().remove(0) {
            Address::Tcp(address) => address,
            Address::Unix(_) => (Ipv4Addr::LOCALHOST, 0).into(),
        };
        Self { engine, address, streams, held }
    }

    pub(super) fn client(&self) -> Client<TcpStream> {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(GUARD)).unwrap();
        stream.set_write_timeout(Some(GUARD)).unwrap();
        Client { stream, ahead: Vec::new() }
    }

    /// Sends bytes on a connection of their own and reads one answer.
    pub(super) fn ask(&self, bytes: &[u8]) -> Option<Answer> {
        let mut client = self.client();
        // A refusal may come, and the connection go, before all is sent.
        let _ = client.stream.write_all(bytes);
        client.answer()
    }

    pub(super) fn opened(&self) -> Opened {
        self.streams.recv_timeout(GUARD).unwrap()
    }
}

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(n, _)| *n == name).map(|(_, value)| value).next()
    }

    pub(super) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }
}

pub(super) struct Client<S> {
    pub(super) stream: S,
    ahead: Vec<u8>,
}

impl<S: Read + Write> Client<S> {
    pub(super) fn over(stream: S) -> Self {
        Self { stream, ahead: Vec::new() }
    }

    pub(super) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.stream.write_all(bytes.as_ref()).unwrap();
        self
    }

    fn more(&mut self) -> Option<()> {
        let mut piece = [0; 65536];
        let n = self.stream.read(&mut piece).ok().filter(|n| *n > 0)?;
        self.ahead.extend_from_slice(&piece[..n]);
        Some(())
    }

    /// The head of the next answer.
    pub(super) fn head(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.ahead.windows(4).position(|w| w == b"\r\n\r\n") {
                let head: Vec<u8> = self.ahead.drain(..end + 4).collect();
                return Some(String::from_utf8(head).unwrap());
            }
            self.more()?;
        }
    }

    /// The next answer; `None` when the connection ends before its end.
    pub(super) fn answer(&mut self) -> Option<Answer> {
        self.answer_of(false)
    }

    pub(super) fn answer_of(&mut self, head_only: bool) -> Option<Answer> {
        let head = self.head()?;
        let status = head.get(9..12)?.parse().unwrap();
        let mut answer = Answer { status, head, body: Vec::new() };
        let length = answer.header("Content-Length").map_or(0, |length| length.parse().unwrap());
        let length = if head_only { 0 } else { length };
        while self.ahead.len() < length {
            self.more()?;
        }
        answer.body = self.ahead.drain(..length).collect();
        Some(answer)
    }

    /// Whether the connection ends (rather than the guard striking) with nothing more said.
    pub(super) fn is_closed(&mut self) -> bool {
        let mut piece = [0; 1024];
        match self.stream.read(&mut piece) {
            Ok(n) => n == 0 && self.ahead.is_empty(),
            Err(error) => error.kind() == io::ErrorKind::ConnectionReset,
        }
    }

    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        while self.ahead.len() < count {
            self.more().unwrap();
        }
        self.ahead.drain(..count).collect()
    }
}

/// Waits for a condition as long as the guard allows.
pub(super) fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < GUARD, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
