//! The text log on stderr: whole lines, safe from forged ones, never in the way of serving.
//!
//! Under the journal a line begins with its priority (`<6>`) and has no time, since the journal has both.
//! Records of other crates appear from warnings upwards only.

use super::lines::{LONGEST_LINE, Lines, Stderr};
use log::{Level, LevelFilter, Log, Metadata, Record, SetLoggerError};
use rustix::fs::fstat;
use simplelog::{ConfigBuilder, WriteLogger};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Room for time and level before the text of a line.
const LONGEST_TEXT: usize = LONGEST_LINE - 96;

/// Logs to stderr from now on.
///
/// # Errors
/// When the process has a logger already.
pub fn init(level: LevelFilter) -> Result<(), SetLoggerError> {
    let style = if is_journal(std::env::var_os("JOURNAL_STREAM").as_deref()) {
        Style::Journal
    } else {
        Style::Terminal
    };
    log::set_boxed_logger(Box::new(Gate::new(level, style, Lines::new(Stderr::default()))))?;
    log::set_max_level(level);
    Ok(())
}

/// Who reads the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Terminal,
    Journal,
}

/// Decides what is logged and makes one safe line of it; simplelog adds time and level.
struct Gate<W: Write + Send + 'static> {
    level: LevelFilter,
    style: Style,
    inner: Box<WriteLogger<W>>,
}

impl<W: Write + Send + 'static> Gate<W> {
    fn new(level: LevelFilter, style: Style, out: W) -> Self {
        let mut config = ConfigBuilder::new();
        config.set_thread_level(LevelFilter::Off).set_target_level(LevelFilter::Off);
        config.set_location_level(LevelFilter::Off).set_time_format_rfc3339();
        if style == Style::Journal {
            config.set_time_level(LevelFilter::Off).set_max_level(LevelFilter::Off);
        }
        Self { level, style, inner: WriteLogger::new(level, config.build(), out) }
    }

    fn text(&self, record: &Record<'_>) -> String {
        let mut line = SafeText::default();
        if self.style == Style::Journal {
            let _ = write!(line.0, "<{}>", priority(record.level()));
        }
        let _ = if is_ours(record.metadata()) {
            line.write_fmt(*record.args())
        } else {
            write!(line, "{}: {}", record.target(), record.args())
        };
        line.0
    }
}

impl<W: Write + Send + 'static> Log for Gate<W> {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let level = if is_ours(metadata) { self.level } else { self.level.min(LevelFilter::Warn) };
        metadata.level() <= level
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            // Made before simplelog takes its lock: a panic in a record's arguments would poison it.
            let text = self.text(record);
            let metadata = record.metadata().clone();
            self.inner.log(&Record::builder().metadata(metadata).args(format_args!("{text}")).build());
        }
    }

    fn flush(&self) {
        self.inner.flush();
    }
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    target.split("::").next() == Some("businessmath_mcp") || target == "businessmath_mcp_server"
}

/// The priorities of syslog.
fn priority(level: Level) -> u8 {
    match level {
        Level::Error => 3,
        Level::Warn => 4,
        Level::Info => 6,
        Level::Debug | Level::Trace => 7,
    }
}

/// Text of one line: whatever could end it, move a terminal's cursor or turn the reading direction is escaped.
#[derive(Default)]
struct SafeText(String);

impl std::fmt::Write for SafeText {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for c in text.chars() {
            if self.0.len() >= LONGEST_TEXT {
                if !self.0.ends_with('…') {
                    self.0.push('…');
                }
                return Err(std::fmt::Error);
            }
            if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            {
                self.0.extend(c.escape_default());
            } else {
                self.0.push(c);
            }
        }
        Ok(())
    }
}

/// Whether stderr is the stream that systemd names: `DEVICE:INODE`. A redirected stderr is not.
fn is_journal(variable: Option<&OsStr>) -> bool {
    let named = variable.and_then(OsStr::to_str).and_then(|text| text.split_once(':'));
    let Some((device, inode)) = named else { return false };
    fstat(io::stderr())
        .is_ok_and(|stat| device.parse() == Ok(stat.st_dev) && inode.parse() == Ok(stat.st_ino))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What one record becomes.
    fn line(style: Style, threshold: LevelFilter, target: &str, level: Level, text: &str) -> String {
        let sink = Sink::default();
        let gate = Gate::new(threshold, style, sink.clone());
        gate.log(&Record::builder().target(target).level(level).args(format_args!("{text}")).build());
        String::from_utf8(sink.0.lock().unwrap().clone()).unwrap()
    }

    fn journal(level: Level, text: &str) -> String {
        line(Style::Journal, LevelFilter::Debug, "businessmath_mcp::server", level, text)
    }

    #[test]
    fn the_journal_gets_priorities_and_no_time() {
        assert_eq!(journal(Level::Error, "x"), "<3>x\n");
        assert_eq!(journal(Level::Warn, "x"), "<4>x\n");
        assert_eq!(journal(Level::Info, "x"), "<6>x\n");
        assert_eq!(journal(Level::Debug, "x"), "<7>x\n");
    }

    #[test]
    fn a_terminal_gets_time_and_level() {
        let text = line(Style::Terminal, LevelFilter::Info, "businessmath_mcp", Level::Info, "started");
        let (time, rest) = text.split_once(' ').unwrap();
        assert!(time.parse::<jiff::Timestamp>().is_ok() && time.ends_with('Z'), "{text}");
        assert_eq!(rest, "[INFO] started\n");
    }

    #[test]
    fn levels_and_foreign_crates_are_filtered() {
        let count = |threshold, target, level| line(Style::Journal, threshold, target, level, "x").len();
        assert_eq!(count(LevelFilter::Info, "businessmath_mcp::mcp", Level::Debug), 0);
        assert_eq!(count(LevelFilter::Debug, "tiny_http", Level::Info), 0);
        assert_eq!(count(LevelFilter::Error, "tiny_http", Level::Warn), 0);
        assert_eq!(count(LevelFilter::Debug, "businessmath_mcpx", Level::Info), 0);
        let foreign = line(Style::Journal, LevelFilter::Info, "tiny_http", Level::Warn, "y");
        assert_eq!(foreign, "<4>tiny_http: y\n");
    }

    #[test]
    fn no_text_can_forge_a_line() {
        let text = journal(Level::Warn, "a\r\n<3>b\u{1b}[2J\0\u{85}\u{2028}\u{202e}ü");
        assert_eq!(text, "<4>a\\r\\n<3>b\\u{1b}[2J\\u{0}\\u{85}\\u{2028}\\u{202e}ü\n");
    }

    #[test]
    fn lines_stay_short_enough_for_one_write() {
        let text =
            line(Style::Terminal, LevelFilter::Info, "businessmath_mcp", Level::Info, &"ü\n".repeat(9_000));
        assert!(text.len() <= LONGEST_LINE && text.ends_with("…\n"), "{}", text.len());
    }

    #[test]
    fn the_journal_is_known_by_device_and_inode() {
        let stat = fstat(io::stderr()).unwrap();
        let names = |text: String| is_journal(Some(OsStr::new(&text)));
        assert!(names(format!("{}:{}", stat.st_dev, stat.st_ino)));
        assert!(!names(format!("{}:{}", stat.st_dev, stat.st_ino + 1)));
        assert!(!names("x:y".into()) && !names(String::new()) && !is_journal(None));
    }
}
