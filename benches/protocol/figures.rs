//! Medians, ranges, tables, and what the system says of a process.

use std::fs;
use std::time::Instant;

/// Measured values, in ascending order once asked for.
#[derive(Default)]
pub(crate) struct Values(Vec<f64>);

impl Values {
    pub(crate) fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = f64> {
        self.0.iter().copied()
    }

    /// The value below which this share of all lies.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[((sorted.len() - 1) as f64 * share).round() as usize]
    }

    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// Median and range.
    pub(crate) fn spread(&self, digits: usize) -> String {
        let [low, middle, high] = [0.0, 0.5, 1.0].map(|share| self.quantile(share));
        format!("{middle:.digits$} ({low:.digits$}..{high:.digits$})")
    }
}

impl FromIterator<f64> for Values {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

/// Microseconds since then.
pub(crate) fn micros(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e6
}

/// A line of a table: the first cell to the left, the others to the right, each as wide as its column.
pub(crate) fn row(cells: &[&str], widths: &[usize]) {
    let mut line = String::new();
    for (i, (cell, width)) in cells.iter().zip(widths).enumerate() {
        line += &if i == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") };
    }
    println!("{}", line.trim_end());
}

/// A figure of `/proc/PID/status`: `VmRSS` in KiB, `Threads`.
pub(crate) fn status(pid: u32, name: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// Processor time of a process so far, in µs; the system counts it in hundredths of a second.
pub(crate) fn processor(pid: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name in parentheses may hold spaces; user and system time are the 12th and 13th field behind it.
    let fields: Vec<&str> = text.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11..13].iter().map(|ticks| ticks.parse::<f64>().unwrap() * 1e4).sum()
}
