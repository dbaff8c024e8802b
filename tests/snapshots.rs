//! One file a tool with its entry of `tools/list`, so that every change of a name, type, bound or word is a
//! visible difference in review.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test snapshots` writes them anew: read the difference, commit it with its reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
const HOW: &str = "if that is meant: UPDATE_SNAPSHOTS=1 cargo test snapshots";

/// What the snapshots should be: file name and text. Members stand in the order that clients see.
fn current() -> BTreeMap<String, String> {
    let snapshot = |tool: &businessmath_mcp::toolkit::Compiled| {
        let text = serde_json::to_string_pretty(&tool.listed).unwrap();
        (format!("{}.json", tool.entry.name), text + "\n")
    };
    crate::catalog::catalog().tools().iter().map(snapshot).collect()
}

/// What they are.
fn kept() -> BTreeMap<String, String> {
    let entries = fs::read_dir(FOLDER).map(|entries| entries.map(|entry| entry.unwrap().path()));
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        (name, text)
    };
    entries.into_iter().flatten().map(read).collect()
}

#[test]
fn snapshots_show_every_tool_as_it_is_listed() {
    let (current, kept) = (current(), kept());
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        return update(&current, &kept);
    }
    let problems = differences(&current, &kept);
    assert!(problems.is_empty(), "{}\n{HOW}", problems.join("\n"));
}

fn update(current: &BTreeMap<String, String>, kept: &BTreeMap<String, String>) {
    let path = |name: &String| Path::new(FOLDER).join(name);
    fs::create_dir_all(FOLDER).unwrap();
    for name in kept.keys().filter(|name| !current.contains_key(*name)) {
        fs::remove_file(path(name)).unwrap();
    }
    for (name, text) in current.iter().filter(|(name, text)| kept.get(*name) != Some(text)) {
        fs::write(path(name), text).unwrap();
    }
}

/// A line for each file that is missing, superfluous or different.
fn differences(current: &BTreeMap<String, String>, kept: &BTreeMap<String, String>) -> Vec<String> {
    let orphans = kept.keys().filter(|name| !current.contains_key(*name));
    let orphans = orphans.map(|name| format!("tests/snapshots/{name}: no such tool any more"));
    let others = current.iter().filter_map(|(name, text)| match kept.get(name) {
        None => Some(format!("tests/snapshots/{name}: missing")),
        Some(old) if old == text => None,
        Some(old) => Some(format!("tests/snapshots/{name}: {}", first_difference(old, text))),
    });
    orphans.chain(others).collect()
}

fn first_difference(old: &str, new: &str) -> String {
    let (mut old, mut new) = (old.lines(), new.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (was, is) if was != is => {
                let [was, is] = [was, is].map(|line| line.unwrap_or("(the end)").trim());
                return format!("line {number} was `{was}`, is `{is}`");
            }
            _ => {}
        }
    }
    "differs in its line ends".into()
}

#[test]
fn missing_superfluous_and_different_files_are_told() {
    let set = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    };
    let current = set(&[("same", "a\n"), ("new", "a\n"), ("other", "a\nb\n"), ("ends", "a\n")]);
    let kept = set(&[("same", "a\n"), ("gone", "a\n"), ("other", "a\n"), ("ends", "a")]);
    let told = differences(&current, &kept).join("; ");
    assert_eq!(
        told,
        "tests/snapshots/gone: no such tool any more; tests/snapshots/ends: differs in its line ends; \
         tests/snapshots/new: missing; tests/snapshots/other: line 2 was `(the end)`, is `b`"
    );
}
