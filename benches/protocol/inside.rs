//! The server's own work in this process: what `mcp::Server::take` needs for a message, without any transport.

use crate::figures::{Values, micros, row};
use crate::{META, NPV, REVISIONS, npv, plain};
use businessmath_mcp::config::Config;
use businessmath_mcp::mcp::{Caller, Owner, Peer, Reply, Server, Step, revision};
use businessmath_mcp::toolkit::{Catalog, Entry, Family};
use businessmath_mcp::{server, tools};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

/// As many tools as the server is to have in the end.
const MANY: usize = 280;
/// Messages a round and row.
const BATCH: usize = 200;

/// The server as the binary makes it.
pub(crate) fn real() -> Arc<Server> {
    Server::new(server::contents(&Config::default()).unwrap()).unwrap()
}

/// A server of many tools: the real ones, those about tools left out, again and again under other names.
pub(crate) fn many() -> Arc<Server> {
    let real: Vec<&'static Entry> = tools::FAMILIES
        .iter()
        .filter(|family| family.slug != "meta")
        .flat_map(|family| family.tools)
        .collect();
    let entry = |i: usize| {
        let entry = real[i % real.len()];
        let name: &'static str = format!("{}_{i:03}", entry.name).leak();
        Entry { name, ..*entry }
    };
    let tools: &'static [Entry] = (0..MANY).map(entry).collect::<Vec<_>>().leak();
    let family = Family { slug: "many", title: "Many", description: "For the benchmark.", tools };
    Server::new(Catalog::new(&[family]).unwrap()).unwrap()
}

/// The answer to one message of a client that follows this revision.
fn take(server: &Arc<Server>, peer: &Arc<Peer>, message: &[u8]) -> Vec<u8> {
    let caller = Caller {
        peer,
        scope: server.scope(),
        owner: Owner::default(),
        label: "bench",
        speaks: true,
        mirror: None,
    };
    match server.take(message, &caller) {
        Step::Reply(Reply::Message(answer)) => answer,
        _ => panic!("no answer: {}", String::from_utf8_lossy(message)),
    }
}

struct Row {
    what: String,
    server: Arc<Server>,
    peer: Arc<Peer>,
    message: String,
    answer: Vec<u8>,
    times: Values,
    /// What the floor needs: the answer's bytes copied to new memory, or its JSON read and written again.
    floor: Values,
    ratios: Values,
}

impl Row {
    fn new(what: String, server: &Arc<Server>, revision: &str, message: String) -> Self {
        let peer = Arc::new(Peer::following(revision::named(revision).unwrap()));
        let answer = take(server, &peer, message.as_bytes());
        let server = Arc::clone(server);
        let [times, floor, ratios] = std::array::from_fn(|_| Values::default());
        Self { what, server, peer, message, answer, times, floor, ratios }
    }

    fn round(&mut self) {
        let (mut ours, mut floor) = (Values::default(), Values::default());
        for _ in 0..BATCH {
            let begin = Instant::now();
            black_box(take(&self.server, &self.peer, black_box(self.message.as_bytes())));
            let time = micros(begin);
            ours.add(time);
            self.times.add(time);
            let begin = Instant::now();
            self.lower();
            floor.add(micros(begin));
        }
        self.floor.add(floor.median());
        self.ratios.add(ours.median() / floor.median());
    }

    fn lower(&self) {
        if self.message.contains("tools/call") {
            let message: serde_json::Value =
                serde_json::from_slice(black_box(self.message.as_bytes())).unwrap();
            black_box(&message);
            let answer: serde_json::Value = serde_json::from_slice(black_box(&self.answer)).unwrap();
            black_box(serde_json::to_vec(&answer).unwrap());
        } else {
            black_box(black_box(&self.answer).clone());
        }
    }
}

pub(crate) fn run(rounds: usize) {
    let (real, many) = (real(), many());
    let mut rows = Vec::new();
    for (name, server) in [("as built", &real), ("synthetic", &many)] {
        for revision in REVISIONS {
            let what = format!("tools/list {revision}, {name}, {} tools", server.catalog().tools().len());
            rows.push(Row::new(what, server, revision, plain(1, "tools/list", revision)));
        }
    }
    for revision in REVISIONS {
        let meta = if revision == REVISIONS[1] { format!("{META},") } else { String::new() };
        let row = Row::new(format!("tools/call {revision}"), &real, revision, npv(1, &meta));
        assert!(String::from_utf8_lossy(&row.answer).contains(NPV), "the answer is wrong");
        rows.push(row);
    }
    rows.iter_mut().for_each(Row::round);
    for row in &mut rows {
        (row.times, row.floor, row.ratios) = Default::default();
    }
    for _ in 0..rounds {
        rows.iter_mut().for_each(Row::round);
    }
    let widths = [44, 9, 9, 9, 9, 22];
    println!("{rounds} interleaved rounds of {BATCH} messages");
    row(&["message", "bytes", "p50 µs", "p99 µs", "floor µs", "ours/floor"], &widths);
    for r in &rows {
        let bytes = r.answer.len().to_string();
        let [p50, p99, floor] = [r.times.median(), r.times.quantile(0.99), r.floor.median()];
        let [p50, p99, floor] = [p50, p99, floor].map(|time| format!("{time:.2}"));
        row(&[&r.what, &bytes, &p50, &p99, &floor, &r.ratios.spread(2)], &widths);
    }
}

/// Nothing but calls, for a profiler.
pub(crate) fn calls(count: usize) {
    let (server, peer) = (real(), Arc::new(Peer::following(revision::named(REVISIONS[0]).unwrap())));
    let message = npv(1, "");
    let begin = Instant::now();
    for _ in 0..count {
        black_box(take(&server, &peer, black_box(message.as_bytes())));
    }
    println!("{count} calls, {:.0} ns each", micros(begin) * 1e3 / count as f64);
}
