//! `self-test`: a site's acceptance test, every tool against its reference values on this machine.

use super::commands::{Failed, Invocation, Subcommand};
use crate::toolkit::Catalog;
use crate::toolkit::verify::{self, Verdict};
use crate::tools;
use std::fmt::Write as _;
use std::io::Write;
use std::sync::Arc;

pub(super) const COMMAND: Subcommand = Subcommand {
    name: "self-test",
    operands: &[],
    switches: &[("markdown", "print the accuracy of each tool as a table in Markdown.")],
    help: "Compute the worked examples and reference values of every tool on this machine and print the worst relative \
           error of each toolset. Exit code 1 when one of them is missed.",
    run,
};

fn run(invocation: &Invocation, out: &mut dyn Write) -> Result<(), Failed> {
    let catalog = Arc::new(Catalog::new(tools::FAMILIES)?);
    let verdicts = verify::all(&catalog, tools::VECTORS)?;
    let text = if invocation.has("markdown") { accuracy_markdown(&verdicts) } else { report(&verdicts) };
    out.write_all(text.as_bytes())?;
    out.flush()?;
    let cases: usize = verdicts.iter().map(|verdict| verdict.cases).sum();
    match verdicts.iter().map(|verdict| verdict.misses.len()).sum::<usize>() {
        0 => Ok(()),
        missed => Err(Failed(format!("{missed} values of {cases} reference calls are missed"))),
    }
}

/// A line a toolset, then what was missed.
fn report(verdicts: &[Verdict]) -> String {
    let mut text = String::from(
        "toolset                  tools   calls  missed     worst relative error   where the source prints few digits\n",
    );
    for group in verdicts.chunk_by(|a, b| a.toolset == b.toolset) {
        let cases: usize = group.iter().map(|verdict| verdict.cases).sum();
        let missed: usize = group.iter().map(|verdict| verdict.misses.len()).sum();
        let worst = |of: fn(&Verdict) -> Option<f64>| {
            let worst = group.iter().filter_map(of).reduce(f64::max);
            worst.map_or(String::from("none"), |worst| format!("{worst:.1e}"))
        };
        let (worst, printed) = (worst(|verdict| verdict.worst), worst(|verdict| verdict.printed));
        let (slug, tools) = (group[0].toolset, group.len());
        let _ = writeln!(text, "{slug:<24}{tools:>6}{cases:>8}{missed:>8}{worst:>25}{printed:>37}");
    }
    for miss in verdicts.iter().flat_map(|verdict| &verdict.misses) {
        let _ = writeln!(text, "missed: {miss}");
    }
    text
}

const ACCURACY: &str = "\
# Accuracy

How far each tool is from the values of its sources: worked examples of standards and manuals, published tables, other
programs and arithmetic with more digits. Made by `businessmath-mcp-server self-test --markdown`; `self-test` alone
repeats the comparison on any machine. Errors are relative (absolute where the source has zero), the worst of all calls,
and given as bounds, so that the page is the same from any machine. Many sources print few digits: those are counted
apart, since the error is then that of the last digit printed.

| toolset | tool | calls | worst relative error | where the source prints few digits |
|---|---|---|---|---|
";

/// The page `packaging/ACCURACY.md`.
pub fn accuracy_markdown(verdicts: &[Verdict]) -> String {
    let mut text = String::from(ACCURACY);
    for Verdict { toolset, tool, cases, worst, printed, .. } in verdicts {
        let (worst, printed) = (worst.map_or(String::new(), bound), printed.map_or(String::new(), bound));
        let _ = writeln!(text, "| `{toolset}` | `{tool}` | {cases} | {worst} | {printed} |");
    }
    text
}

/// The next power of ten above an error, from 1e-14 on: below, the last bits differ from machine to machine.
fn bound(worst: f64) -> String {
    let exponent = (-14..=0).find(|exponent| worst < 10_f64.powi(*exponent));
    exponent.map_or_else(|| format!("{worst:.1e}"), |exponent| format!("< 1e{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(worst: Option<f64>, printed: Option<f64>, misses: &[&str]) -> Verdict {
        let misses = misses.iter().map(|miss| (*miss).to_owned()).collect();
        Verdict { tool: "a", toolset: "s", cases: 2, worst, printed, misses }
    }

    #[test]
    fn errors_are_told_as_bounds() {
        for (worst, told) in
            [(0.0, "< 1e-14"), (3e-15, "< 1e-14"), (2e-13, "< 1e-12"), (0.02, "< 1e-1"), (7.0, "7.0e0")]
        {
            assert_eq!(bound(worst), told);
        }
        let page = accuracy_markdown(&[verdict(None, None, &[]), verdict(Some(2e-13), Some(1e-5), &[])]);
        assert!(page.ends_with("| `s` | `a` | 2 |  |  |\n| `s` | `a` | 2 | < 1e-12 | < 1e-4 |\n"));
    }

    #[test]
    fn what_is_missed_is_told() {
        let text = report(&[verdict(Some(0.5), None, &["a case 1: 1 is not 2"]), verdict(None, None, &[])]);
        let words: Vec<_> = text.lines().nth(1).unwrap().split_whitespace().collect();
        assert_eq!(words, ["s", "2", "4", "1", "5.0e-1", "none"]);
        assert!(text.contains("missed: a case 1: 1 is not 2\n"), "{text}");
    }
}
