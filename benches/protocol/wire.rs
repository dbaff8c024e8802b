//! Lists over HTTP: one connection kept open on loopback, the engine in this process.

use crate::figures::{Values, micros, row};
use crate::{REVISIONS, inside, plain};
use businessmath_mcp::auth::{KeyRing, Keys};
use businessmath_mcp::config::Config;
use businessmath_mcp::lane::Lane;
use businessmath_mcp::mcp;
use businessmath_mcp::session::Store;
use businessmath_mcp::transport::http::Routes;
use businessmath_mcp::transport::http::engine::{Address, Bind, Engine, Limits, Running};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Requests a round and row.
const BATCH: usize = 200;

/// Our server on a port of loopback.
struct Host {
    engine: Engine,
    client: TcpStream,
    buffer: Vec<u8>,
}

impl Host {
    fn start(server: Arc<mcp::Server>) -> Self {
        let config = Arc::new(Config { auth_required: false, ..Config::default() });
        let sessions = Arc::new(Store::new(Duration::from_secs(60), 10));
        let keys = Arc::new(KeyRing::new(Keys::default()));
        let routes = Routes::new(server, sessions, keys, Lane::new(1), &config);
        let listeners = Engine::bind(&[Bind::Tcp("127.0.0.1:0".parse().unwrap())]).unwrap();
        let engine = Engine::start(listeners, Limits::default(), Arc::new(routes)).unwrap();
        let Address::Tcp(address) = engine.local_addresses()[0].clone() else { panic!("no TCP address") };
        let client = TcpStream::connect(address).unwrap();
        client.set_nodelay(true).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        Self { engine, client, buffer: vec![0; 2 << 20] }
    }

    /// Sends a request and reads the whole answer; the length of its body.
    fn ask(&mut self, request: &[u8]) -> usize {
        self.client.write_all(request).unwrap();
        let (mut got, mut length) = (0, None);
        loop {
            let count = self.client.read(&mut self.buffer[got..]).unwrap();
            assert!(count > 0, "the connection has ended");
            got += count;
            if length.is_none()
                && let Some(end) = self.buffer[..got].windows(4).position(|bytes| bytes == b"\r\n\r\n")
            {
                let head = str::from_utf8(&self.buffer[..end]).unwrap().to_ascii_lowercase();
                assert!(head.starts_with("http/1.1 200"), "{head}");
                let (_, rest) = head.split_once("content-length: ").unwrap();
                length = Some((end + 4, rest.lines().next().unwrap().parse::<usize>().unwrap()));
            }
            if let Some((start, body)) = length
                && got == start + body
            {
                return body;
            }
        }
    }
}

fn request(method: &str, revision: &str) -> Vec<u8> {
    let body = plain(1, method, revision);
    let head = format!(
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, \
         text/event-stream\r\nMCP-Protocol-Version: {revision}\r\nMcp-Method: {method}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

pub(crate) fn run(rounds: usize) {
    let mut hosts = [("as built", Host::start(inside::real())), ("synthetic", Host::start(inside::many()))];
    let widths = [36, 9, 9, 9, 9, 22];
    println!(
        "{rounds} interleaved rounds of {BATCH} requests on one connection; a short answer: resources/templates/list"
    );
    row(&["tools/list", "bytes", "p50 µs", "p99 µs", "short µs", "list/short"], &widths);
    for (name, host) in &mut hosts {
        for revision in REVISIONS {
            // The shortest answer that both servers have in both revisions.
            let (list, short) =
                (request("tools/list", revision), request("resources/templates/list", revision));
            let (mut times, mut shorts, mut ratios) =
                (Values::default(), Values::default(), Values::default());
            let bytes = host.ask(&list);
            for _ in 0..rounds {
                let mut round = [Values::default(), Values::default()];
                for (values, request) in round.iter_mut().zip([&list, &short]) {
                    for _ in 0..BATCH {
                        let begin = Instant::now();
                        host.ask(request);
                        values.add(micros(begin));
                    }
                }
                ratios.add(round[0].median() / round[1].median());
                let [list, short] = round;
                times.extend(list);
                shorts.extend(short);
            }
            let [p50, p99, short] = [times.median(), times.quantile(0.99), shorts.median()];
            let [p50, p99, short] = [p50, p99, short].map(|time| format!("{time:.1}"));
            let what = format!("{revision}, {name}");
            row(&[&what, &bytes.to_string(), &p50, &p99, &short, &ratios.spread(2)], &widths);
        }
    }
    for (_, host) in hosts {
        drop(host.client);
        assert!(host.engine.shutdown(Duration::from_secs(10)), "the engine does not end");
    }
}
