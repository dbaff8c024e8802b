//! Every figure of the documents: in the prose as its mark says, and as our own tools compute it.
//!
//! `figures.py` beside this file explains the marks and recomputes all of them independently. Here a mark is checked
//! from the day its tool exists.

use crate::catalog::catalog;
use businessmath_mcp::toolkit::{Catalog, Context, call};
use serde_json::{Deserializer, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// What one call must give.
struct Mark {
    tool: String,
    arguments: Value,
    figures: Vec<(String, Figure)>,
}

/// A number or word as the prose shows it, and how far a simulation may be from it.
#[derive(Clone)]
struct Figure {
    shown: String,
    tolerance: Option<f64>,
}

impl Figure {
    fn new(text: &str) -> Self {
        let (shown, tolerance) = text.split_once('~').unzip();
        let tolerance = tolerance.map(|tolerance| tolerance.parse().unwrap());
        Self { shown: shown.unwrap_or(text).to_owned(), tolerance }
    }

    /// Whether this is how the value looks at the digits shown.
    fn agrees(&self, value: &Value) -> bool {
        let Some(value) = value.as_f64() else { return value.as_str() == Some(&self.shown) };
        let (number, percent) = plain(&self.shown);
        let value = if percent { 100.0 * value } else { value };
        let digits = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let slack = self.tolerance.unwrap_or(0.500_000_5 * 0.1_f64.powi(digits.try_into().unwrap()));
        (value - number.parse::<f64>().unwrap()).abs() <= slack
    }
}

/// A shown number without its grouping, and whether it is in percent.
fn plain(shown: &str) -> (String, bool) {
    let number = shown.replace(',', "");
    match number.strip_suffix('%') {
        Some(number) => (number.to_owned(), true),
        None => (number, false),
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/resources");
    let folders = ["docs", "examples", "reference"].map(|folder| root.join(folder));
    let files =
        folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let pages = files.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn comments<'a>(text: &'a str, kind: &str) -> Vec<&'a str> {
    let inner = |line: &'a str| line.strip_prefix("<!-- ")?.strip_suffix(" -->")?.strip_prefix(kind);
    text.lines().filter_map(inner).collect()
}

fn prose(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("<!-- ")).collect::<Vec<_>>().join("\n")
}

fn mark(text: &str) -> Mark {
    let (tool, rest) = text.split_once(' ').unwrap();
    let mut stream = Deserializer::from_str(rest).into_iter::<Value>();
    let arguments = stream.next().unwrap().unwrap_or_else(|e| panic!("{text}: {e}"));
    let pairs = rest[stream.byte_offset()..].split_whitespace().map(|pair| pair.split_once('=').unwrap());
    let figures = pairs.map(|(path, figure)| (path.to_owned(), Figure::new(figure))).collect();
    Mark { tool: tool.to_owned(), arguments, figures }
}

/// Figures of marks that name no tool: an expression that the script evaluates.
fn values(text: &str) -> Vec<Figure> {
    comments(text, "value: ").iter().map(|mark| Figure::new(mark.rsplit_once(" = ").unwrap().1)).collect()
}

/// Whether the figure stands in the prose as a number of its own.
fn stands(prose: &str, shown: &str) -> bool {
    prose.match_indices(shown).any(|(at, _)| {
        let before = prose[..at].chars().next_back();
        let mut after = prose[at + shown.len()..].chars();
        let opens = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !".,-".contains(c));
        let closes = match after.next() {
            Some('.' | ',') => !after.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => !c.is_ascii_alphanumeric() && c != '%',
            None => true,
        };
        opens && closes
    })
}

#[test]
fn every_marked_figure_stands_in_the_prose() {
    for (path, text) in sources() {
        let prose = prose(&text);
        let marked = comments(&text, "check: ").into_iter().flat_map(|line| mark(line).figures);
        let figures = marked.map(|(_, figure)| figure).chain(values(&text));
        for figure in figures.filter(|figure| figure.shown.bytes().any(|b| b.is_ascii_digit())) {
            assert!(stands(&prose, &figure.shown), "{}: no {}", path.display(), figure.shown);
        }
        let all = text.lines().filter(|line| line.starts_with("<!--")).count();
        let kinds = ["check: ", "value: ", "cited: "].map(|kind| comments(&text, kind).len());
        assert_eq!(all, kinds.iter().sum::<usize>(), "{}: a comment that is no mark", path.display());
    }
}

#[test]
fn our_tools_give_the_figures_of_the_documents() {
    let catalog = catalog();
    let (mut checked, mut waiting) = (0, 0);
    for (path, text) in sources() {
        for line in comments(&text, "check: ") {
            let mark = mark(line);
            match results(&catalog, &mark) {
                Some(result) => {
                    mark.figures.iter().for_each(|(at, figure)| compare(&path, &mark, &result, at, figure));
                    checked += mark.figures.len();
                }
                None => waiting += mark.figures.len(),
            }
        }
    }
    println!("{checked} figures checked; {waiting} wait for their tools");
    assert!(checked >= 40, "only {checked} figures are checked by our own tools");
}

fn results(catalog: &Catalog, mark: &Mark) -> Option<Value> {
    let tool = catalog.get(&mark.tool)?;
    let outcome = call::call(tool, Ok(mark.arguments.clone()), &Context::new(&|| false), "test").unwrap();
    let refused = || panic!("{}: {}", mark.tool, outcome.text());
    Some(outcome.structured.clone().unwrap_or_else(refused))
}

fn compare(path: &Path, mark: &Mark, result: &Value, at: &str, figure: &Figure) {
    let pointer = format!("/{}", at.replace('.', "/"));
    let place = format!("{}: {}.{at}", path.display(), mark.tool);
    let value = result.pointer(&pointer).unwrap_or_else(|| panic!("{place} is not in {result}"));
    assert!(figure.agrees(value), "{place} is {value}, not {}", figure.shown);
}

/// A number with three digits and more that are not zeros at an end, and with a decimal point or grouping, is a
/// figure: it is an argument or a result of some mark, or cited from a source.
#[test]
fn no_figure_is_without_a_mark() {
    for (path, text) in sources() {
        let marks: String = text.lines().filter(|line| line.starts_with("<!-- ")).collect();
        let known: Vec<f64> = numbers(&marks).iter().map(|shown| magnitude(shown)).collect();
        let marked = |shown: &String| known.iter().any(|x| (x - magnitude(shown)).abs() <= 1e-12 * x);
        let figures = numbers(&prose(&text)).into_iter().filter(|shown| is_figure(shown));
        let missing: Vec<_> = figures.filter(|shown| !marked(shown)).collect();
        assert!(missing.is_empty(), "{}: no mark for {missing:?}", path.display());
    }
}

/// All runs of digits, points and commas that begin and end with a digit; section numbers (1.3.5) are none.
fn numbers(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
    let trimmed = runs.map(|run| run.trim_matches(|c: char| !c.is_ascii_digit()).to_owned());
    trimmed.filter(|run| !run.is_empty() && run.replace(',', "").parse::<f64>().is_ok()).collect()
}

fn magnitude(shown: &str) -> f64 {
    shown.replace(',', "").parse().unwrap()
}

fn is_figure(shown: &str) -> bool {
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    (shown.contains('.') || shown.contains(',')) && digits.trim_matches('0').len() >= 3
}

#[test]
fn the_check_itself_can_fail() {
    assert!(stands("it is 1,234.56.", "1,234.56") && stands("(-0.5)", "-0.5") && stands("a, 12%, b", "12%"));
    assert!(
        !stands("it is 11,234.56", "1,234.56") && !stands("1,234.567", "1,234.56") && !stands("-0.5", "0.5")
    );
    assert!(!stands("12%", "12") && !stands("0.12", "12"));
    let figure = Figure::new("1,234.56");
    assert!(figure.agrees(&1234.564.into()) && !figure.agrees(&1234.566.into()));
    assert!(
        Figure::new("13.75%").agrees(&0.137_46.into()) && !Figure::new("13.75%").agrees(&0.137_56.into())
    );
    assert!(Figure::new("100~5").agrees(&104.9.into()) && !Figure::new("100~5").agrees(&105.1.into()));
    assert!(
        is_figure("1,235")
            && is_figure("0.123")
            && !is_figure("10,000")
            && !is_figure("0.05")
            && !is_figure("2024")
    );
}
