//! Newline-delimited JSON-RPC over stdin and stdout. Nothing else in the crate writes to stdout.

use crate::lane::{Busy, Lane};
use crate::mcp::{Caller, Job, Outlet, Owner, Peer, Reply, RpcError, Server, Step, error};
use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded, select};
use parking_lot::Mutex;
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// Lines read ahead of the one being served.
const AHEAD: usize = 16;
/// A signal is seen within this time while the last calls run.
const LOOK: Duration = Duration::from_millis(50);

/// Serves until the input ends or `stop` says so; every line read before is answered.
///
/// `longest` bounds a line in bytes: a longer one is refused, and reading goes on behind it. Calls that take long
/// run on the `lane`, so that the client can cancel them and go on.
///
/// # Errors
/// When the output cannot be written: the client has gone.
pub fn serve(
    server: &Arc<Server>,
    input: impl BufRead + Send + 'static,
    output: impl Write + Send + 'static,
    longest: usize,
    lane: &Arc<Lane>,
    stop: &Receiver<()>,
) -> io::Result<()> {
    let (sender, lines) = bounded(AHEAD);
    // Detached on purpose: at a signal it may be blocked in a read that only the client can end.
    Builder::new().name("stdin".into()).spawn(move || read_lines(input, longest, &sender))?;
    let client = Client {
        server: Arc::clone(server),
        peer: Arc::default(),
        output: Arc::new(Output { writer: Mutex::new(Box::new(output)), failed: AtomicBool::new(false) }),
        lane: Arc::clone(lane),
    };
    server.hub().join(&client.peer, client.output.clone());
    let served = client.serve(&lines, stop);
    // Subscriptions end with their result, tasks without one; what still runs is cut short by a signal only.
    server.hub().close();
    server.stop_tasks();
    while !lane.wait(Some(Instant::now() + LOOK)) {
        if stop.try_recv() == Err(TryRecvError::Disconnected) {
            client.peer.cancel_all();
        }
    }
    served
}

/// The one client of the process.
struct Client {
    server: Arc<Server>,
    peer: Arc<Peer>,
    output: Arc<Output>,
    lane: Arc<Lane>,
}

impl Client {
    fn serve(&self, lines: &Receiver<Line>, stop: &Receiver<()>) -> io::Result<()> {
        for number in 1_u64.. {
            let line = select! {
                recv(lines) -> line => line,
                recv(stop) -> _ => {
                    self.peer.cancel_all();
                    return Ok(());
                }
            };
            let Ok(line) = line else { return Ok(()) };
            match line {
                Err(e) => {
                    let revision = self.peer.client().revision;
                    self.output.write(error::response(None, &e, revision))?;
                }
                Ok(line) => self.take(&line, number)?,
            }
        }
        Ok(())
    }

    fn take(&self, line: &[u8], number: u64) -> io::Result<()> {
        let label = format!("line-{number}");
        let caller = Caller {
            peer: &self.peer,
            scope: self.server.scope(),
            owner: Owner::default(),
            label: &label,
            speaks: true,
            mirror: None,
        };
        match self.server.take(line, &caller) {
            Step::Reply(Reply::None) => Ok(()),
            Step::Reply(Reply::Message(answer) | Reply::Error(answer, ..)) | Step::Opened(answer) => {
                self.output.write(answer)
            }
            Step::Long(job) => self.run(job, self.output.clone()),
            Step::Task { answer, job } => {
                self.output.write(answer)?;
                self.run(job, self.output.clone())
            }
            Step::Resume { reply, calls } => {
                if let Reply::Message(answer) = reply {
                    self.output.write(answer)?;
                }
                calls.into_iter().try_for_each(|call| self.run(call.job, call.outlet))
            }
            Step::Listen(listening) => {
                listening.begin(&self.server, self.output.clone());
                Ok(())
            }
        }
    }

    /// On the lane where there is room, else here and now: stdin then waits.
    fn run(&self, job: Job, outlet: Arc<dyn Outlet>) -> io::Result<()> {
        let work = move || job.run(&outlet);
        match self.lane.reserve() {
            Ok(place) => {
                if let Err(work) = place.start(work) {
                    work();
                }
            }
            Err(Busy) => work(),
        }
        Ok(())
    }
}

/// stdout, one whole line at a time.
struct Output {
    writer: Mutex<Box<dyn Write + Send>>,
    failed: AtomicBool,
}

impl Output {
    /// One write a line, so that a reader never sees half an answer and a delay.
    fn write(&self, mut answer: Vec<u8>) -> io::Result<()> {
        answer.push(b'\n');
        let mut writer = self.writer.lock();
        let written = writer.write_all(&answer).and_then(|()| writer.flush());
        if written.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        written
    }
}

impl Outlet for Output {
    fn send(&self, message: Vec<u8>) {
        // A failure is noted, and ends the loop at the next answer.
        let _ = self.write(message);
    }

    fn finish(&self, message: Option<Vec<u8>>) {
        if let Some(message) = message {
            self.send(message);
        }
    }

    fn gone(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }
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

    /// Keeps what is written.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn answers(input: &str) -> Vec<String> {
        let server = Server::new(Catalog::new(&[]).unwrap()).unwrap();
        let output = Kept::default();
        let input = Cursor::new(input.to_owned());
        serve(&server, input, output.clone(), 100, &Lane::new(1), &never()).unwrap();
        let text = String::from_utf8(output.0.lock().clone()).unwrap();
        text.lines().map(str::to_owned).collect()
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
