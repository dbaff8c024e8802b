//! Round trips over pipes: the same call on our server and on the official SDK's, in turn.

use crate::figures::{self, Values, micros, row};
use crate::{NPV, npv};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

/// Requests on their way at a time.
const IN_FLIGHT: [u64; 2] = [1, 32];

const OPEN: &str = r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}
"#;
const OPENED: &str = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}
"#;

struct Server {
    name: &'static str,
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    /// What was read and belongs to no whole line yet.
    rest: Vec<u8>,
    /// The id of the next request: none is used twice.
    next: u64,
}

/// What one round of one server came to.
#[derive(Default)]
struct Round {
    rate: f64,
    latencies: Vec<f64>,
    processor: f64,
}

impl Server {
    fn start(name: &'static str, path: &Path, words: &[&str]) -> Self {
        let mut command = Command::new(path);
        // Nothing of the caller's environment reaches a server.
        command.args(words).env_clear().env("LOG_LEVEL", "error");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut server = Self { name, child, input, output, rest: Vec::new(), next: 1 };
        server.input.write_all(OPEN.as_bytes()).unwrap();
        while server.read(|line| assert!(line.contains("\"serverInfo\""), "{line}")) == 0 {}
        server.input.write_all(OPENED.as_bytes()).unwrap();
        server
    }

    /// Reads once, hands over each whole line, and tells how many there were.
    fn read(&mut self, mut take: impl FnMut(&str)) -> u64 {
        let mut buffer = [0; 65_536];
        let count = self.output.read(&mut buffer).unwrap();
        assert!(count > 0, "{} has ended its output", self.name);
        self.rest.extend_from_slice(&buffer[..count]);
        let end = self.rest.iter().rposition(|b| *b == b'\n').map_or(0, |place| place + 1);
        let lines = str::from_utf8(&self.rest[..end]).unwrap().lines();
        let found = lines.map(&mut take).count();
        self.rest.drain(..end);
        found as u64
    }

    fn round(&mut self, calls: u64, in_flight: u64) -> Round {
        let (first, last) = (self.next, self.next + calls - 1);
        let requests: Vec<String> = (first..=last).map(|id| npv(id, "") + "\n").collect();
        let mut sent_at = vec![None; requests.len()];
        let mut latencies = Vec::with_capacity(requests.len());
        let processor = figures::processor(self.child.id());
        let begin = Instant::now();
        let (mut sent, mut answered, mut wanted) = (0, 0, in_flight.min(calls) as usize);
        while answered < calls {
            // As many as were answered go out together, as from a client that serves many callers.
            if wanted > 0 {
                let text = requests[sent..sent + wanted].concat();
                sent_at[sent..sent + wanted].fill(Some(Instant::now()));
                self.input.write_all(text.as_bytes()).unwrap();
                sent += wanted;
            }
            let name = self.name;
            answered += self.read(|line| {
                assert!(line.contains(NPV), "{name}: {line}");
                let place = id(line) - first;
                let at = sent_at[place as usize].take();
                latencies.push(micros(at.unwrap_or_else(|| panic!("{name} answers twice: {line}"))));
            });
            wanted = (answered as usize + in_flight as usize).min(requests.len()) - sent;
        }
        let seconds = begin.elapsed().as_secs_f64();
        let processor = figures::processor(self.child.id()) - processor;
        self.next = last + 1;
        Round { rate: calls as f64 / seconds, latencies, processor }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The id of an answer, without reading the rest of it.
fn id(line: &str) -> u64 {
    let (_, behind) = line.split_once("\"id\":").unwrap();
    let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap();
    behind[..end].parse().unwrap()
}

pub(crate) fn run(rounds: usize, calls: u64, ours: &Path, peer: &Path) {
    let mut servers = [
        Server::start("ours", ours, &[]),
        Server::start("rmcp stdio_pipes()", peer, &["pipes"]),
        Server::start("rmcp stdio()", peer, &["stdio"]),
    ];
    for server in &mut servers {
        server.round(calls.min(1000), 1);
        server.round(calls.min(1000), 32);
    }
    let widths = [9, 18, 9, 8, 8, 14];
    println!("{rounds} interleaved rounds of {calls} calls");
    row(&["in flight", "server", "calls/s", "p50 µs", "p99 µs", "processor µs"], &widths);
    let mut ratios = Vec::new();
    for in_flight in IN_FLIGHT {
        let mut found: Vec<Vec<Round>> = servers.iter().map(|_| Vec::new()).collect();
        for round in 0..rounds {
            // Each server comes first, second and third in turn.
            for turn in 0..servers.len() {
                let which = (round + turn) % servers.len();
                found[which].push(servers[which].round(calls, in_flight));
            }
        }
        for (server, rounds) in servers.iter().zip(&found) {
            let rate: Values = rounds.iter().map(|round| round.rate).collect();
            let latency: Values = rounds.iter().flat_map(|round| round.latencies.iter().copied()).collect();
            let processor = rounds.iter().map(|round| round.processor).sum::<f64>();
            let cells = [
                in_flight.to_string(),
                server.name.to_owned(),
                format!("{:.0}", rate.median()),
                format!("{:.1}", latency.median()),
                format!("{:.1}", latency.quantile(0.99)),
                format!("{:.1}", processor / (calls as f64 * rounds.len() as f64)),
            ];
            row(&cells.each_ref().map(String::as_str), &widths);
        }
        for (server, theirs) in servers.iter().zip(&found).skip(1) {
            let rate: Values = found[0].iter().zip(theirs).map(|(a, b)| a.rate / b.rate).collect();
            ratios.push((in_flight, server.name, rate.spread(2)));
        }
    }
    let widths = [9, 18, 20];
    println!();
    row(&["in flight", "against", "rate ours/theirs"], &widths);
    for (in_flight, name, ratio) in ratios {
        row(&[&in_flight.to_string(), name, &ratio], &widths);
    }
}
