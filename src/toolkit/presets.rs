//! Named selections that cut across the toolsets; their lists are the files in `presets/`, one name a line.
//!
//! A list may name tools that this build does not have: they are passed over.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A selection with a name of its own.
pub struct Preset {
    /// What selects it.
    pub name: &'static str,
    /// One sentence on whom it is for.
    pub description: &'static str,
    /// Read from the lists once: a selection asks for every tool of the server.
    names: LazyLock<BTreeSet<&'static str>>,
}

/// Every tool of the server.
pub const ALL: &str = "all";
/// The preset that narrows the list, not what may be called.
pub const COMPACT: &str = "compact";

const CORE_LIST: &str = include_str!("presets/core.txt");

/// All presets, the widest first.
pub static PRESETS: [Preset; 4] = [
    Preset { name: ALL, description: "Every tool.", names: LazyLock::new(BTreeSet::new) },
    Preset {
        name: "analyst",
        description: "Up to 120 tools, for clients that send a model at most 128.",
        names: LazyLock::new(|| read(&[CORE_LIST, include_str!("presets/analyst.txt")])),
    },
    Preset {
        name: "core",
        description: "The tools used most, up to 38, for clients that send a model at most 40.",
        names: LazyLock::new(|| read(&[CORE_LIST])),
    },
    Preset {
        name: COMPACT,
        description: "Lists three tools that find, describe and run the others; all of them can be called.",
        names: LazyLock::new(|| read(&[include_str!("presets/compact.txt")])),
    },
];

impl Preset {
    /// The preset of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// The names that its lists hold, in alphabetical order; none for [`ALL`], which needs no list.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().copied()
    }

    /// Whether a tool of that name belongs to it.
    pub fn has(&self, name: &str) -> bool {
        self.name == ALL || self.names.contains(name)
    }
}

fn read(lists: &[&'static str]) -> BTreeSet<&'static str> {
    lists.iter().flat_map(|list| lines(list)).collect()
}

/// The lines that say something: neither blank nor a comment.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_each_tool_once_and_a_wider_one_holds_the_narrower() {
        for preset in ["presets/core.txt", "presets/analyst.txt", "presets/compact.txt"] {
            let text = std::fs::read_to_string(format!("src/toolkit/{preset}")).unwrap();
            let names: Vec<&str> = lines(text.leak()).collect();
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{preset}");
        }
        for (name, count) in [("core", 38), ("analyst", 120), (COMPACT, 3), (ALL, 0)] {
            assert_eq!(Preset::named(name).unwrap().names().count(), count, "{name}");
        }
        let [core, analyst] = ["core", "analyst"].map(|name| Preset::named(name).unwrap());
        assert!(core.names().all(|name| analyst.has(name)));
        assert!(!core.has("# Bonds") && Preset::named(ALL).unwrap().has("whatever"));
    }
}
