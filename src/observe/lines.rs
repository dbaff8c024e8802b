//! Two small writers: one that hands on whole lines, one that would rather lose a line than block on stderr.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, Write};

/// A pipe that is ready takes this much at once (`PIPE_BUF`), so that a line never blocks half-way.
pub(super) const LONGEST_LINE: usize = 4096;

/// How long a full stderr may hold up the first line; later ones are lost at once until it drains.
const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };

/// Collects what is written and hands on each line by one call.
pub(super) struct Lines<W: Write> {
    buffer: Vec<u8>,
    out: W,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(out: W) -> Self {
        Self { buffer: Vec::with_capacity(256), out }
    }
}

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.ends_with(b"\n") {
            // There is nobody left to tell when the log itself cannot be written.
            let _ = self.out.write(&self.buffer);
            self.buffer.clear();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Stderr that neither blocks for long nor fails.
#[derive(Debug, Default)]
pub(super) struct Stderr {
    /// Lines lost since the reader stopped reading.
    lost: usize,
}

impl Write for Stderr {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if !is_ready(self.lost > 0) {
            self.lost = self.lost.saturating_add(1);
            return Ok(line.len());
        }
        if self.lost > 0 {
            let note = format!("({} lines of the log are lost: stderr was not read)\n", self.lost);
            self.lost = 0;
            let _ = io::stderr().write(note.as_bytes());
            return self.write(line);
        }
        io::stderr().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn is_ready(at_once: bool) -> bool {
    let patience = if at_once { Timespec { tv_sec: 0, tv_nsec: 0 } } else { PATIENCE };
    let stderr = io::stderr();
    let mut wanted = [PollFd::new(&stderr, PollFlags::OUT)];
    // When waiting itself fails (a signal), the write is worth a try.
    poll(&mut wanted, Some(&patience)).map_or(true, |ready| ready > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Calls(Vec<String>);

    impl Write for &mut Calls {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(String::from_utf8_lossy(bytes).into_owned());
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_is_one_call_and_errors_are_swallowed() {
        let mut calls = Calls::default();
        let mut lines = Lines::new(&mut calls);
        write!(lines, "a {} {}", 1, 2).unwrap();
        writeln!(lines).unwrap();
        writeln!(lines, "b").unwrap();
        assert_eq!(calls.0, ["a 1 2\n", "b\n"]);
    }
}
