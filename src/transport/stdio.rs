//! Newline-delimited JSON-RPC over stdin and stdout. Nothing else in the crate writes to stdout.

use crate::mcp::{Caller, Negotiated, Reply, RpcError, Server, error};
use crossbeam_channel::{Receiver, Sender, bounded, select};
use std::io::{self, BufRead, Write};
use std::thread::Builder;

/// Lines read ahead of the one being served.
const AHEAD: usize = 16;

/// Serves until the input ends or `stop` says so; every line read before is answered.
///
/// `longest` bounds a line in bytes: a longer one is refused, and reading goes on behind it.
///
/// # Errors
/// When the output cannot be written: the client has gone.
pub fn serve(
    server: &Server,
    input: impl BufRead + Send + 'static,
    mut output: impl Write,
    longest: usize,
    stop: &Receiver<()>,
) -> io::Result<()> {
    let (sender, lines) = bounded(AHEAD);
    // Detached on purpose: at a signal it may be blocked in a read that only the client can end.
    Builder::new().name("stdin".into()).spawn(move || read_lines(input, longest, &sender))?;
    let negotiated = Negotiated::default();
    for number in 1_u64.. {
        let line = select! {
            recv(lines) -> line => line,
            recv(stop) -> _ => return Ok(()),
        };
        let Ok(line) = line else { return Ok(()) };
        let label = format!("line-{number}");
        let caller = Caller { revision: &negotiated, label: &label, stop: &|| false };
        match line.map(|line| server.handle(&line, &caller)) {
            Err(e) => write_line(&mut output, error::response(None, &e))?,
            Ok(Reply::Message(answer) | Reply::Malformed(answer)) => write_line(&mut output, answer)?,
            Ok(Reply::None) => {}
        }
    }
    Ok(())
}

/// One write a line, so that a reader never sees half an answer and a delay.
fn write_line(output: &mut impl Write, mut answer: Vec<u8>) -> io::Result<()> {
    answer.push(b'\n');
    output.write_all(&answer)?;
    output.flush()
}

type Line = Result<Vec<u8>, RpcError>;

fn read_lines(mut input: impl BufRead, longest: usize, lines: &Sender<Line>) {
    loop {
        let line = match read_line(&mut input, longest) {
            Ok(Some(line)) => line,
            Ok(None) => return,
            Err(e) => {
                log::error!("stdin: {e}");
                return;
            }
        };
        // Blank lines are no messages; some clients end with one.
        let blank = line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty());
        if !blank && lines.send(line).is_err() {
            return;
        }
    }
}

/// The next line without its end; none at the end of the input.
fn read_line(input: &mut impl BufRead, longest: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut dropped = 0;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if chunk.is_empty() && line.is_empty() && dropped == 0 {
            return Ok(None);
        }
        let end = chunk.iter().position(|b| *b == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        if line.len() + part.len() > longest || dropped > 0 {
            dropped += line.len() + part.len();
            line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let (used, at_end) = (part.len() + usize::from(end.is_some()), end.is_some() || chunk.is_empty());
        input.consume(used);
        if at_end {
            return Ok(Some(if dropped == 0 { Ok(line) } else { Err(too_long(dropped, longest)) }));
        }
    }
}

fn too_long(bytes: usize, longest: usize) -> RpcError {
    RpcError::request(format!("the line has {bytes} bytes; at most {longest} are taken"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toolkit::Catalog;
    use crossbeam_channel::never;
    use std::io::Cursor;

    fn answers(input: &str) -> Vec<String> {
        let server = Server::new(Catalog::new(&[]).unwrap()).unwrap();
        let mut output = Vec::new();
        serve(&server, Cursor::new(input.to_owned()), &mut output, 100, &never()).unwrap();
        String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_line_is_answered_and_bad_ones_do_not_end_the_loop() {
        let ping = |id| format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#);
        let long = "x".repeat(1_000_000);
        let answers = answers(&format!("{}\nnonsense\n\n\r\n{long}\n{}\r\n{}", ping(1), ping(2), ping(3)));
        assert_eq!(answers.len(), 5, "{answers:?}");
        assert_eq!(answers[0], r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
        assert!(answers[1].contains("-32700"));
        assert!(answers[2].contains("-32600") && answers[2].contains("1000000 bytes"), "{}", answers[2]);
        assert!(answers[3].contains(r#""id":2"#) && answers[4].contains(r#""id":3"#));
    }
}
