//! The `tiny_http` 0.12 adapter: the same exchanges from the design card's engine.
//!
//! For operators who sit behind a vetting proxy and want it. What it cannot pass, and the
//! default engine does:
//!
//! | Case | Here |
//! |---|---|
//! | a burst of 8 or more keep-alive connections | some are never answered (a race in its task pool) |
//! | `Content-Length: 1000000000000000` | the process aborts (it allocates the announced length) |
//! | `GET / HTTP/2.0` | a thread and two descriptors leak for each |
//! | one accept error (`EMFILE`, `ECONNABORTED`) | no connection is accepted ever after, silently |
//! | head bytes, header count, time to a head or body, idle time, write stall | no limits |
//! | connections, in total and per address | no caps; a hidden thread for each |
//! | pipelined requests | one connection can hold every worker |
//! | conflicting framing headers (CVE-2026-66752) | refused here, but what follows is already misread |
//! | line ends in header values (CVE-2026-66753) | answers are written by us and are safe; its own refusals are not ours |
//! | closing after a refusal | said in the answer, left to the client |
//! | a stream's client that leaves | noticed at the next write only; `on_gone` is never called |
//! | the client's state while its request is worked on | always «there» |
//! | HTTP/1.0 keep-alive, 408, 414, 431, 505 | its own answers, or none |

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tiny_http::Server;

use super::engine::adapt::{self, Mode, Plain};
use super::engine::{
    Address, Exchange, Handler, Limits, Listeners, OnGone, Peer, Request, Respond, Response, Running, Stream,
};

struct Shared {
    handler: Arc<dyn Handler>,
    limits: Limits,
    in_flight: AtomicUsize,
    draining: AtomicBool,
}

/// The alternative engine: a fixed pool of workers for each address.
pub struct Tiny {
    shared: Arc<Shared>,
    addresses: Vec<Address>,
    open: Mutex<Option<(Listeners, Vec<Arc<Server>>)>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Tiny {
    /// Starts the threads and accepts connections.
    ///
    /// # Errors
    /// When a thread or a descriptor cannot be had.
    pub fn start(listeners: Listeners, limits: Limits, handler: Arc<dyn Handler>) -> io::Result<Self> {
        let (in_flight, draining) = (AtomicUsize::new(0), AtomicBool::new(false));
        let shared = Arc::new(Shared { handler, limits, in_flight, draining });
        let (mut servers, mut threads) = (Vec::new(), Vec::new());
        for (_, listener) in adapt::plain(&listeners)? {
            let server = match listener {
                Plain::Tcp(listener) => Server::from_listener(listener, None),
                Plain::Unix(listener) => Server::from_listener(listener, None),
            };
            let server = Arc::new(server.map_err(io::Error::other)?);
            for index in 0..shared.limits.workers.max(1) {
                let (shared, server) = (Arc::clone(&shared), Arc::clone(&server));
                let named = Builder::new().name(format!("http-worker-{index}"));
                threads.push(named.spawn(move || work(&shared, &server))?);
            }
            servers.push(server);
        }
        let addresses = listeners.addresses();
        Ok(Self {
            shared,
            addresses,
            open: Mutex::new(Some((listeners, servers))),
            threads: Mutex::new(threads),
        })
    }
}

fn work(shared: &Arc<Shared>, server: &Server) {
    while !shared.draining.load(Relaxed) {
        match server.recv() {
            Ok(request) => {
                if catch_unwind(AssertUnwindSafe(|| serve(shared, request))).is_err() {
                    log::error!("http: a handler panicked");
                }
            }
            Err(_) if shared.draining.load(Relaxed) => return,
            // Nothing is accepted any more, and only a restart helps; see the table.
            Err(error) => log::error!("http: tiny_http has stopped accepting: {error}"),
        }
    }
}

fn serve(shared: &Arc<Shared>, mut incoming: tiny_http::Request) {
    let old = *incoming.http_version() <= tiny_http::HTTPVersion(1, 0);
    let version = if old { "1.0" } else { "1.1" };
    let mut head = format!("{} {} HTTP/{version}\r\n", incoming.method(), incoming.url());
    for header in incoming.headers() {
        head += &format!("{}: {}\r\n", header.field, header.value);
    }
    head += "\r\n";
    let peer = incoming.remote_addr().map_or(Peer::Unix, |address| Peer::Tcp(*address));
    // The head first: a body that is too large by its announced length is not read.
    let checked = adapt::request(head.clone().into_bytes(), &[], peer, &shared.limits);
    let made = checked.and_then(|_| {
        let mut body = Vec::new();
        let limit = shared.limits.body_bytes as u64;
        incoming.as_reader().take(limit + 1).read_to_end(&mut body).map_err(|_| (400, "malformed body"))?;
        if body.len() as u64 > limit {
            return Err((413, "the body is too large"));
        }
        adapt::request(head.into_bytes(), &body, peer, &shared.limits)
    });
    shared.in_flight.fetch_add(1, Relaxed);
    let mode = made.as_ref().map_or(Mode::default(), |(_, mode)| *mode);
    let mut way =
        Way { shared: Arc::clone(shared), writer: Some(incoming.into_writer()), mode, chunked: false };
    match made {
        Ok((request, _)) => shared.handler.handle(Exchange::new(request, Box::new(way))),
        Err((status, reason)) => way.finish(&shared.handler.refuse(status, reason)),
    }
}

/// The way back to a client: the one answer, then perhaps the stream.
struct Way {
    shared: Arc<Shared>,
    /// `None` once answered.
    writer: Option<Box<dyn Write + Send>>,
    mode: Mode,
    /// A stream is open, and in chunks.
    chunked: bool,
}

impl Way {
    fn finish(&mut self, response: &Response) {
        let Some(mut writer) = self.writer.take() else { return };
        let close = response.close || self.shared.draining.load(Relaxed);
        let bytes = adapt::answer(response, self.mode, close);
        // A client that is gone needs no answer.
        let _ = writer.write_all(&bytes).and_then(|()| writer.flush());
    }
}

impl Respond for Way {
    fn answer(mut self: Box<Self>, _request: Request, response: Response) {
        self.finish(&response);
    }

    fn stream(mut self: Box<Self>, head: Response, _on_gone: OnGone) -> io::Result<Box<dyn Stream>> {
        let mut writer = self.writer.take().ok_or(io::ErrorKind::NotConnected)?;
        let (bytes, chunked) = adapt::stream_head(head, self.mode);
        writer.write_all(&bytes)?;
        writer.flush()?;
        self.chunked = chunked;
        Ok(Box::new(Open { writer, way: *self }))
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        if self.writer.is_some() {
            let refused = catch_unwind(AssertUnwindSafe(|| {
                self.shared.handler.refuse(500, "the request was not answered")
            }));
            self.finish(&refused.unwrap_or_else(|_| Response::empty(500, Arc::from(""))));
        }
        self.shared.in_flight.fetch_sub(1, Relaxed);
    }
}

/// An open stream.
struct Open {
    writer: Box<dyn Write + Send>,
    way: Way,
}

impl Stream for Open {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        if self.way.chunked {
            write!(self.writer, "{:x}\r\n", bytes.len())?;
        }
        self.writer.write_all(bytes)?;
        if self.way.chunked {
            self.writer.write_all(b"\r\n")?;
        }
        self.writer.flush()
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.way.chunked {
            let _ = self.writer.write_all(b"0\r\n\r\n").and_then(|()| self.writer.flush());
        }
    }
}

impl Running for Tiny {
    fn local_addresses(&self) -> Vec<Address> {
        self.addresses.clone()
    }

    fn stop_accepting(&self) {
        self.shared.draining.store(true, Relaxed);
        // Workers that wait are told one by one; the last of them to go closes the listener.
        let open = self.open.lock().take();
        for server in open.iter().flat_map(|(_, servers)| servers) {
            (0..self.shared.limits.workers.max(1)).for_each(|_| server.unblock());
        }
    }

    fn in_flight(&self) -> usize {
        self.shared.in_flight.load(Relaxed)
    }

    fn shutdown(&self, deadline: Duration) -> bool {
        let until = Instant::now() + deadline;
        self.stop_accepting();
        let ended = || self.in_flight() == 0 && self.threads.lock().iter().all(JoinHandle::is_finished);
        while !ended() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        ended()
    }
}

impl Drop for Tiny {
    fn drop(&mut self) {
        self.stop_accepting();
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Shutdown, TcpStream};

    use super::super::engine::{Bind, Engine};
    use super::*;

    struct Echo;

    impl Handler for Echo {
        fn handle(&self, exchange: Exchange) {
            if exchange.request.path() == "/stream" {
                let head = Response::empty(200, Arc::from(""));
                let mut stream = exchange.stream(head, Box::new(|| ())).unwrap();
                stream.send(b"hello").unwrap();
            } else if exchange.request.path() == "/panic" {
                panic!("asked to");
            } else {
                let body = exchange.request.body().to_vec();
                exchange.answer(Response::with_body(200, Arc::from(""), "text/plain", body));
            }
        }

        fn refuse(&self, status: u16, reason: &str) -> Response {
            Response::with_body(status, Arc::from(""), "text/plain", reason.into())
        }
    }

    #[test]
    fn serves_refuses_streams_and_stops() {
        let listeners = Engine::bind(&[Bind::Tcp("127.0.0.1:0".parse().unwrap())]).unwrap();
        let limits = Limits { workers: 2, body_bytes: 100, ..Limits::default() };
        let tiny = Tiny::start(listeners, limits, Arc::new(Echo)).unwrap();
        let Address::Tcp(address) = tiny.local_addresses()[0].clone() else { panic!() };
        let ask = |raw: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            stream.write_all(raw.as_bytes()).unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        };
        let close = "Host: a\r\nConnection: close\r\n";
        let table = [
            (format!("POST / HTTP/1.1\r\n{close}Content-Length: 3\r\n\r\nabc"), "200", "\r\n\r\nabc"),
            (
                format!("POST / HTTP/1.1\r\n{close}Content-Length: 101\r\n\r\n{}", "x".repeat(101)),
                "413",
                "too large",
            ),
            (format!("GET / HTTP/1.1\r\n{close}Host: b\r\n\r\n"), "400", "more than one Host"),
            (format!("GET /stream HTTP/1.1\r\n{close}\r\n"), "200", "5\r\nhello\r\n0\r\n\r\n"),
            (format!("GET /panic HTTP/1.1\r\n{close}\r\n"), "500", "not answered"),
        ];
        for (raw, status, end) in table {
            let text = ask(&raw);
            assert!(text.starts_with(&format!("HTTP/1.1 {status} ")) && text.ends_with(end), "{raw}: {text}");
        }
        assert!(tiny.shutdown(Duration::from_secs(5)));
    }
}
