//! The protocol's benchmark: pipes against the official SDK, lists, one call, and events to many streams.
//!
//! `benches/protocol.sh` builds what it needs and runs it; `cargo bench` runs the part that needs no other program.

// A panic is how a benchmark fails, and its tables are for stdout.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

/// Events to many streams.
mod fanout;
/// Medians, ranges, tables, and what the system says of a process.
mod figures;
/// The server's own work, in this process.
mod inside;
/// Round trips over pipes.
mod pipes;
/// Lists over HTTP.
mod wire;

use std::path::Path;

const USAGE: &str = "usage: protocol inside ROUNDS | call COUNT | wire ROUNDS | pipes ROUNDS CALLS OURS PEER | \
                     fanout ROUNDS STREAMS OURS";

/// One call of the tool that all rows share.
fn npv(id: u64, meta: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{{meta}"name":"calculate_npv","arguments":{{"rate":0.1,"cashFlows":[-1000,300,400,500,600]}}}}}}"#
    )
}

/// The digits that every right answer to it holds.
const NPV: &str = "\"npv\":388.77";

/// What the newest revision wants of every request.
const META: &str = r#""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}"#;

/// The newest revision and the one before it: one of each era.
const REVISIONS: [&str; 2] = ["2025-11-25", "2026-07-28"];

/// A request without parameters of its own, as the revision wants it.
fn plain(id: u64, method: &str, revision: &str) -> String {
    let params = if revision == REVISIONS[1] { format!(r#","params":{{{META}}}"#) } else { String::new() };
    format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}"{params}}}"#)
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        // As `cargo bench` calls it.
        [] | ["--bench"] => inside::run(10),
        ["inside", rounds] => inside::run(number(rounds)),
        ["call", count] => inside::calls(number(count)),
        ["wire", rounds] => wire::run(number(rounds)),
        ["pipes", rounds, calls, ours, peer] => {
            pipes::run(number(rounds), number(calls), Path::new(ours), Path::new(peer));
        }
        ["fanout", rounds, streams, ours] => fanout::run(number(rounds), number(streams), Path::new(ours)),
        _ => panic!("{USAGE}"),
    }
}

fn number<T: std::str::FromStr>(word: &str) -> T {
    word.parse().unwrap_or_else(|_| panic!("«{word}» is no number; {USAGE}"))
}
