//! Newline-delimited JSON-RPC over stdin and stdout. Nothing else in the crate writes to stdout.

use crate::lane::{Busy, Lane};
use crate::mcp::{Caller, Job, Outlet, Owner, Peer, Reply, RpcError, Server, Step, error};
use crossbeam_channel::{Receiver, TryRecvError, bounded, select};
use parking_lot::Mutex;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// Answers that are written together when their lines have come together: an earlier one waits for the later ones.
const TOGETHER: usize = 16;
/// Bytes of answers that wait for none.
const ENOUGH: usize = 64 * 1024;
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
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    longest: usize,
    lane: &Arc<Lane>,
    stop: &Receiver<()>,
) -> io::Result<()> {
    let client = Arc::new(Client {
        server: Arc::clone(server),
        peer: Arc::default(),
        output: Arc::new(Output { writer: Mutex::new(Box::new(output)), failed: AtomicBool::new(false) }),
        lane: Arc::clone(lane),
        stopped: Mutex::new(false),
    });
    server.hub().join(&client.peer, client.output.clone());
    let (sender, served) = bounded(1);
    let reading = Arc::clone(&client);
    // Lines are served where they are read: handing each to another thread costs more than a small call. The thread
    // is detached on purpose: at a signal it may be blocked in a read that only the client can end.
    Builder::new()
        .name("stdin".into())
        .spawn(move || sender.send(reading.serve(BufReader::new(input), longest)))?;
    let served = select! {
        recv(served) -> served => served.unwrap_or_else(|_| Err(io::Error::other("the thread of stdin has ended"))),
        recv(stop) -> _ => {
            client.stop();
            Ok(())
        }
    };
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
    /// Whether no further line is to be served; held while lines are.
    stopped: Mutex<bool>,
}

impl Client {
    fn serve(&self, mut input: BufReader<impl Read>, longest: usize) -> io::Result<()> {
        let mut number = 0;
        while let Some(mut line) = read_line(&mut input, longest) {
            let stopped = self.stopped.lock();
            if *stopped {
                break;
            }
            let mut answers = Vec::new();
            for left in (0..TOGETHER).rev() {
                number += 1;
                self.take(line, number, &mut answers)?;
                // Never read on while an answer waits, unless a whole line is there.
                if left == 0 || answers.len() >= ENOUGH || !input.buffer().contains(&b'\n') {
                    break;
                }
                let Some(next) = read_line(&mut input, longest) else { break };
                line = next;
            }
            self.output.write(&answers)?;
        }
        Ok(())
    }

    /// Ends what runs, and waits for the lines that are being served.
    fn stop(&self) {
        self.peer.cancel_all();
        *self.stopped.lock() = true;
        // What those lines have begun meanwhile.
        self.peer.cancel_all();
    }

    /// Serves a line; its answer is added to those that wait, or follows them.
    fn take(&self, line: Line, number: u64, answers: &mut Vec<u8>) -> io::Result<()> {
        let line = match line {
            // Blank lines are no messages; some clients end with one.
            Ok(line) if line.trim_ascii().is_empty() => return Ok(()),
            Ok(line) => line,
            Err(e) => {
                add(answers, &error::response(None, &e, self.peer.client().revision));
                return Ok(());
            }
        };
        let label = format!("line-{number}");
        let caller = Caller {
            peer: &self.peer,
            scope: self.server.scope(),
            owner: Owner::default(),
            label: &label,
            speaks: true,
            mirror: None,
        };
        let step = self.server.take(&line, &caller);
        if let Step::Reply(Reply::Message(answer) | Reply::Error(answer, ..))
        | Step::Opened(answer)
        | Step::Task { answer, .. }
        | Step::Resume { reply: Reply::Message(answer), .. } = &step
        {
            add(answers, answer);
        }
        if !matches!(step, Step::Reply(_) | Step::Opened(_)) {
            // What follows speaks for itself, behind all answers so far.
            self.output.write(answers)?;
            answers.clear();
        }
        match step {
            Step::Reply(_) | Step::Opened(_) => {}
            Step::Long(job) | Step::Task { job, .. } => self.run(job, self.output.clone()),
            Step::Resume { calls, .. } => calls.into_iter().for_each(|call| self.run(call.job, call.outlet)),
            Step::Listen(listening) => listening.begin(&self.server, self.output.clone()),
        }
        Ok(())
    }

    /// On the lane where there is room, else here and now: stdin then waits.
    fn run(&self, job: Job, outlet: Arc<dyn Outlet>) {
        let work = move || job.run(&outlet);
        match self.lane.reserve() {
            Ok(place) => {
                if let Err(work) = place.start(work) {
                    work();
                }
            }
            Err(Busy) => work(),
        }
    }
}

fn add(lines: &mut Vec<u8>, message: &[u8]) {
    lines.extend_from_slice(message);
    lines.push(b'\n');
}

/// stdout, whole lines at a time.
struct Output {
    writer: Mutex<Box<dyn Write + Send>>,
    failed: AtomicBool,
}

impl Output {
    /// One write for all, so that a reader never sees half an answer and a delay.
    fn write(&self, lines: &[u8]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut writer = self.writer.lock();
        let written = writer.write_all(lines).and_then(|()| writer.flush());
        if written.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        written
    }
}

impl Outlet for Output {
    fn send(&self, mut message: Vec<u8>) {
        message.push(b'\n');
        // A failure is noted, and ends the loop at the next answer.
        let _ = self.write(&message);
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

/// The next line without its end; none at the end of the input, be it one by an error.
fn read_line(input: &mut impl BufRead, longest: usize) -> Option<Line> {
    let mut line = Vec::new();
    let mut dropped = 0;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => {
                log::error!("stdin: {e}");
                return None;
            }
        };
        if chunk.is_empty() && line.is_empty() && dropped == 0 {
            return None;
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
            return Some(if dropped == 0 { Ok(line) } else { Err(too_long(dropped, longest)) });
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

    /// Hands over its parts one by one, and waits before each for the answers to all before.
    struct Dialogue {
        parts: std::vec::IntoIter<(String, usize)>,
        output: Kept,
    }

    impl Read for Dialogue {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((part, before)) = self.parts.next() else { return Ok(0) };
            let answered = || self.output.0.lock().iter().filter(|b| **b == b'\n').count();
            assert_eq!(answered(), before, "before {part}");
            buffer[..part.len()].copy_from_slice(part.as_bytes());
            Ok(part.len())
        }
    }

    #[test]
    fn no_answer_waits_for_what_has_not_come() {
        let server = Server::new(Catalog::new(&[]).unwrap()).unwrap();
        let output = Kept::default();
        let ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n";
        let (begin, end) = ping.split_at(10);
        let parts = vec![
            (ping.to_owned(), 0),
            // A burst, with the beginning of the next line behind it.
            (ping.repeat(TOGETHER + 3) + begin, 1),
            (end.to_owned() + "\n\r\n", TOGETHER + 4),
            (ping.repeat(2) + "\n", TOGETHER + 5),
            (String::new(), TOGETHER + 7),
        ];
        let input = Dialogue { parts: parts.into_iter(), output: output.clone() };
        serve(&server, input, output, 100, &Lane::new(1), &never()).unwrap();
    }
}
