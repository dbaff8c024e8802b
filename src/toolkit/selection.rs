//! The text by which an operator or a client chooses tools: toolsets and presets, separated by commas.

use super::names;
use super::presets::{ALL, COMPACT, PRESETS, Preset};
use super::view::View;
use std::collections::BTreeSet;
use std::fmt;

/// A selection text, understood: toolsets and presets by their names, each once and in alphabetical order.
///
/// Texts that differ only in order, letter case or repetition are equal, and print alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Selection {
    entries: BTreeSet<&'static str>,
}

/// More unknown entries than this are counted, not named: the text may come from anybody.
const TOLD: usize = 3;

impl Selection {
    /// Understands `text` as a choice among the tools of `view`: letter case, blanks and empty entries do not count.
    ///
    /// # Errors
    /// An entry that names nothing that the view has, or no entry at all: the sentence names the nearest valid
    /// entries and all of them.
    pub fn parse(text: &str, view: &View) -> Result<Self, String> {
        let valid = valid(view);
        let (mut entries, mut unknown) = (BTreeSet::new(), Vec::new());
        for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            match valid.iter().find(|name| name.eq_ignore_ascii_case(entry)) {
                Some(name) => drop(entries.insert(*name)),
                None => unknown.push(entry),
            }
        }
        let problem = match (unknown.is_empty(), entries.is_empty()) {
            (true, false) => return Ok(Self { entries }),
            (true, true) => "no toolset is named".to_owned(),
            (false, _) => told(&unknown, &valid),
        };
        Err(format!("{problem}; valid are {}", valid.join(", ")))
    }

    /// Whether the list is to show only what finds the rest.
    pub(super) fn is_compact(&self) -> bool {
        self.entries.contains(COMPACT)
    }

    /// Whether a tool may be called; what the selection lists is another matter.
    pub(super) fn takes(&self, name: &str, toolset: &str) -> bool {
        // Compact alone narrows the list only; beside others it adds nothing but what it lists.
        self.entries.iter().all(|entry| *entry == COMPACT)
            || self.entries.iter().any(|entry| has(entry, name, toolset))
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries: Vec<&str> = self.entries.iter().copied().collect();
        f.write_str(&entries.join(","))
    }
}

fn has(entry: &str, name: &str, toolset: &str) -> bool {
    entry == toolset || Preset::named(entry).is_some_and(|preset| preset.has(name))
}

/// The entries that choose at least one tool of the view: presets first. [`ALL`] always does.
fn valid(view: &View) -> Vec<&'static str> {
    let some = |preset: &&Preset| preset.name == ALL || view.names().any(|name| preset.has(name));
    let presets = PRESETS.iter().filter(some).map(|preset| preset.name);
    presets.chain(view.toolsets().map(|toolset| toolset.slug)).collect()
}

fn told(unknown: &[&str], valid: &[&'static str]) -> String {
    let one = |entry: &&str| {
        let short: String = entry.chars().take(40).collect();
        match near(entry, valid).as_slice() {
            [] => format!("{short:?} is no toolset here"),
            near => format!("{short:?} is no toolset here, the nearest is {}", near.join(" or ")),
        }
    };
    let mut sentences: Vec<String> = unknown.iter().take(TOLD).map(one).collect();
    if let Some(more) = unknown.len().checked_sub(TOLD).filter(|more| *more > 0) {
        sentences.push(format!("nor are {more} more"));
    }
    sentences.join("; ")
}

/// By spelling first: likeness alone would miss two swapped letters of three.
fn near(entry: &str, valid: &[&'static str]) -> Vec<&'static str> {
    match names::nearest(entry, valid.iter().copied()) {
        Some(nearest) => vec![nearest],
        None => names::several(entry, valid.iter().copied(), 2),
    }
}
