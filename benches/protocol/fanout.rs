//! Events to many streams: SIGHUP to the real server, then the time until each stream has its event.

use crate::figures::{self, Values, micros, row};
use crate::{META, REVISIONS};
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::process::{Pid, Resource, Signal, getrlimit, kill_process};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::mem::MaybeUninit;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

const KEY: &str = "a-key-of-the-benchmark-and-of-nothing-else";
const CHANGED: &[u8] = b"notifications/tools/list_changed";
/// As long as our event of the newest revision, so that the floor sends as much.
const EVENT: &[u8] = b"a0\r\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"listen-1000\"}}}\n\n\r\n";
/// How long anything may take before it is a malfunction.
const GUARD: Duration = Duration::from_secs(30);

/// The real server with its key.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(path: &Path) -> Self {
        let mut child = Command::new(path)
            .args(["--http", "127.0.0.1:0"])
            .env_clear()
            .env("MCP_API_KEYS", KEY)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let listening = |line: String| {
            let (_, behind) = line.split_once(" listening on ")?;
            behind.split(',').next()?.parse().ok()
        };
        let address = lines.by_ref().map_while(Result::ok).find_map(listening);
        // The log is read to its end, or the server would wait for it.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, address: address.expect("the server listens") }
    }

    fn head(method: &str, fields: &str) -> String {
        format!("{method} /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEY}\r\n{fields}")
    }

    fn post(fields: &str, body: &str) -> String {
        let fields = format!(
            "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n{fields}\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Self::head("POST", &fields)
    }

    /// Opens a session and gives its id.
    fn open_session(connection: &mut TcpStream) -> String {
        let body = r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}"#;
        connection.write_all(Self::post("", body).as_bytes()).unwrap();
        let answer = until(connection, "\"serverInfo\"");
        let (_, behind) = answer.split_once("Mcp-Session-Id: ").expect("a session");
        // The rest of the body follows the part that was waited for.
        let length: usize = number_behind(&answer, "Content-Length: ");
        let start = answer.find("\r\n\r\n").unwrap() + 4;
        let mut rest = vec![0; start + length - answer.len()];
        connection.read_exact(&mut rest).unwrap();
        behind.lines().next().unwrap().to_owned()
    }

    fn session_stream(&self, session: &str) -> TcpStream {
        let fields = format!(
            "Accept: text/event-stream\r\nMcp-Session-Id: {session}\r\nMCP-Protocol-Version: {}\r\n\r\n",
            REVISIONS[0]
        );
        self.stream(&Self::head("GET", &fields), "retry: ")
    }

    fn subscription(&self, number: usize) -> TcpStream {
        let body = format!(
            r#"{{"jsonrpc":"2.0","id":"listen-{number}","method":"subscriptions/listen","params":{{{META},"notifications":{{"toolsListChanged":true}}}}}}"#
        );
        let fields =
            format!("MCP-Protocol-Version: {}\r\nMcp-Method: subscriptions/listen\r\n", REVISIONS[1]);
        self.stream(&Self::post(&fields, &body), "subscriptions/acknowledged")
    }

    fn stream(&self, request: &str, mark: &str) -> TcpStream {
        let mut connection = connect(self.address);
        connection.write_all(request.as_bytes()).unwrap();
        until(&mut connection, mark);
        connection
    }

    fn rss(&self) -> f64 {
        figures::status(self.child.id(), "VmRSS")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let connection = TcpStream::connect(address).unwrap();
    connection.set_read_timeout(Some(GUARD)).unwrap();
    connection.set_nodelay(true).unwrap();
    connection
}

/// Reads up to where the mark has come.
fn until(connection: &mut TcpStream, mark: &str) -> String {
    let (mut text, mut buffer) = (String::new(), [0; 4096]);
    while !text.contains(mark) {
        let count = connection.read(&mut buffer).unwrap();
        assert!(count > 0, "the connection ended behind {text}");
        text += &String::from_utf8_lossy(&buffer[..count]);
    }
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    text
}

fn number_behind(text: &str, mark: &str) -> usize {
    let (_, behind) = text.split_once(mark).unwrap();
    behind.lines().next().unwrap().parse().unwrap()
}

/// Many streams, read by one thread.
struct Readers {
    epoll: OwnedFd,
    streams: Vec<(TcpStream, Vec<u8>)>,
}

impl Readers {
    fn new(streams: Vec<TcpStream>) -> Self {
        let epoll = epoll::create(CreateFlags::CLOEXEC).unwrap();
        for (stream, i) in streams.iter().zip(0..) {
            stream.set_nonblocking(true).unwrap();
            epoll::add(&epoll, stream, EventData::new_u64(i), EventFlags::IN).unwrap();
        }
        Self { epoll, streams: streams.into_iter().map(|stream| (stream, Vec::new())).collect() }
    }

    /// Reads until each stream has its event, and a little longer: µs from `begin`, in the order of arrival.
    fn gather(&mut self, begin: Instant) -> Values {
        let mut arrived = Values::default();
        let mut has = vec![false; self.streams.len()];
        let mut missing = self.streams.len();
        loop {
            let patience = if missing > 0 { GUARD } else { Duration::from_millis(100) };
            let time = Timespec {
                tv_sec: patience.as_secs().cast_signed(),
                tv_nsec: patience.subsec_nanos().into(),
            };
            let mut events = [const { MaybeUninit::<Event>::uninit() }; 64];
            let (ready, _) = epoll::wait(&self.epoll, &mut events, Some(&time)).unwrap();
            if ready.is_empty() {
                assert!(missing == 0, "{missing} streams got no event");
                return arrived;
            }
            for event in ready {
                let place = event.data.u64() as usize;
                let (stream, kept) = &mut self.streams[place];
                let mut buffer = [0; 4096];
                match stream.read(&mut buffer) {
                    Ok(0) => panic!("stream {place} has ended"),
                    Ok(count) => kept.extend_from_slice(&buffer[..count]),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                    Err(error) => panic!("stream {place}: {error}"),
                }
                if kept.windows(CHANGED.len()).any(|bytes| bytes == CHANGED) {
                    kept.clear();
                    arrived.add(micros(begin));
                    assert!(!std::mem::replace(&mut has[place], true), "stream {place} got two events");
                    missing -= 1;
                }
            }
        }
    }
}

/// The floor: one thread that writes the same event to as many connections, one after the other.
fn floor(streams: usize) -> (Readers, Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let pairs = (0..streams).map(|_| (connect(address), listener.accept().unwrap().0));
    let (near, mut far): (Vec<_>, Vec<_>) = pairs.unzip();
    far.iter().for_each(|stream| stream.set_nodelay(true).unwrap());
    let (sender, signals) = channel();
    thread::spawn(move || {
        for () in signals {
            far.iter_mut().for_each(|stream| stream.write_all(EVENT).unwrap());
        }
    });
    (Readers::new(near), sender)
}

#[derive(Default)]
struct Times {
    first: Values,
    median: Values,
    last: Values,
}

impl Times {
    fn add(&mut self, arrivals: &Values) {
        self.first.add(arrivals.quantile(0.0));
        self.median.add(arrivals.median());
        self.last.add(arrivals.quantile(1.0));
    }

    fn print(&self, name: &str, widths: &[usize]) {
        let cells = [&self.first, &self.median, &self.last].map(|times| {
            let of_milliseconds: Values = times.iter().map(|time| time / 1e3).collect();
            of_milliseconds.spread(2)
        });
        row(&[name, &cells[0], &cells[1], &cells[2]], widths);
    }
}

pub(crate) fn run(rounds: usize, wanted: usize, ours: &Path) {
    // The floor holds two ends of each connection, and a stream of ours a third.
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let streams = wanted.min(usize::try_from(limit / 3).unwrap().saturating_sub(40));
    let note = if streams < wanted {
        format!(" (wanted {wanted}; the limit is {limit} descriptors)")
    } else {
        String::new()
    };
    println!("{rounds} interleaved rounds, {streams} streams{note}");
    let (mut floor, write) = floor(streams);
    let widths = [30, 22, 22, 22];
    row(&["from the signal, ms", "first", "median", "last"], &widths);
    let mut memory = Vec::new();
    for kind in ["sessions, GET /mcp", "subscriptions/listen"] {
        let server = Server::start(ours);
        let mut connection = connect(server.address);
        Server::open_session(&mut connection);
        let idle = server.rss();
        let sessions = if kind.starts_with("sessions") { streams } else { 0 };
        let ids: Vec<String> = (0..sessions).map(|_| Server::open_session(&mut connection)).collect();
        let with_sessions = server.rss();
        let open =
            |i: usize| if sessions > 0 { server.session_stream(&ids[i]) } else { server.subscription(i) };
        let mut readers = Readers::new((0..streams).map(open).collect());
        let with_streams = server.rss();
        let pid = Pid::from_child(&server.child);
        let (mut our_times, mut floor_times, mut ratio) =
            (Times::default(), Times::default(), Values::default());
        let (mut processor, mut counted) = (0.0, 0);
        for round in 0..=rounds {
            let spent = figures::processor(server.child.id());
            let begin = Instant::now();
            kill_process(pid, Signal::HUP).unwrap();
            let ours = readers.gather(begin);
            let spent = figures::processor(server.child.id()) - spent;
            let begin = Instant::now();
            write.send(()).unwrap();
            let theirs = floor.gather(begin);
            // The first round only warms up.
            if round > 0 {
                our_times.add(&ours);
                floor_times.add(&theirs);
                ratio.add(ours.quantile(1.0) / theirs.quantile(1.0));
                (processor, counted) = (processor + spent, counted + streams);
            }
        }
        our_times.print(kind, &widths);
        floor_times.print("  floor: writes alone", &widths);
        row(&["  ratio", "", "", &ratio.spread(2)], &widths);
        memory.push([
            kind.to_owned(),
            format!("{:.1}", idle / 1024.0),
            format!("{:.1}", (with_sessions - idle) / streams as f64),
            format!("{:.1}", (with_streams - with_sessions) / streams as f64),
            format!("{:.1}", (server.rss() - idle) / streams as f64),
            figures::status(server.child.id(), "Threads").to_string(),
            format!("{:.1}", processor / f64::from(u32::try_from(counted).unwrap())),
        ]);
    }
    let widths = [22, 14, 12, 11, 18, 8, 22];
    println!();
    let names = [
        "",
        "RSS idle, MiB",
        "KiB/session",
        "KiB/stream",
        "KiB/both, at end",
        "threads",
        "processor µs/event",
    ];
    row(&names, &widths);
    memory.iter().for_each(|cells| row(&cells.each_ref().map(String::as_str), &widths));
}
