//! House rules: what the design forbids, what documents must say, how large a file may grow.
//!
//! A rule that no longer fits is changed here in the commit that changes the design.

use businessmath_mcp::toolkit::verify;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(path: impl AsRef<Path>) -> String {
    let path = Path::new(ROOT).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// All Rust files below a folder, as paths from the root.
fn sources(folder: &str) -> Vec<PathBuf> {
    files(folder, "rs")
}

/// All files with an ending below a folder, as paths from the root.
fn files(folder: &str, wanted: &str) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let short = path.strip_prefix(ROOT).unwrap().to_path_buf();
        if path.join("Cargo.toml").exists() {
            // A crate of its own, which the compiler of that crate judges.
        } else if path.is_dir() {
            found.extend(files(short.to_str().unwrap(), wanted));
        } else if path.extension().is_some_and(|ending| ending == wanted) {
            found.push(short);
        }
    }
    found.sort();
    found
}

fn code() -> Vec<PathBuf> {
    sources("src").into_iter().chain(sources("tests")).collect()
}

#[test]
fn every_file_says_what_it_is_and_stays_readable() {
    for path in code() {
        let text = read(&path);
        assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
    }
}

/// A file that no `mod` names compiles to nothing, silently.
#[test]
fn no_file_is_an_orphan() {
    for path in code() {
        let name = path.file_name().unwrap().to_str().unwrap();
        if matches!(
            path.to_str().unwrap(),
            "src/lib.rs" | "src/main.rs" | "tests/main.rs" | "tests/conformance/fixture/main.rs"
        ) {
            continue;
        }
        let stem = name.trim_end_matches(".rs");
        let (module, folder) = match stem {
            "mod" => (
                path.parent().unwrap().file_name().unwrap().to_str().unwrap(),
                path.parent().unwrap().parent().unwrap(),
            ),
            _ => (stem, path.parent().unwrap()),
        };
        let named = parents(folder).iter().any(|parent| {
            let text = read(parent);
            text.lines().any(|line| declares(line, module)) || text.contains(&format!("#[path = \"{name}\"]"))
        });
        assert!(named, "{} is named by no mod", path.display());
    }
}

/// Data that no test reads holds nothing. Snapshots are read by the folder, which their own test watches.
#[test]
fn no_data_of_the_tests_is_an_orphan() {
    let texts: String = sources("tests").iter().map(read).collect();
    for path in files("tests", "json").iter().filter(|path| !path.starts_with("tests/snapshots")) {
        let (short, name) = (path.display(), path.file_name().unwrap().to_str().unwrap());
        let read_by_some = texts.lines().any(|line| line.contains("include_str!") && line.contains(name));
        assert!(read_by_some, "{short} is read by no test");
        let text = read(path);
        assert!(text.ends_with('\n') && !text.contains('\r'), "{short}: line ends");
    }
}

/// Whether a line is `mod NAME;`, whatever its visibility and comment.
fn declares(line: &str, module: &str) -> bool {
    let line = line
        .trim_start()
        .trim_start_matches("pub")
        .trim_start_matches("(crate)")
        .trim_start_matches("(super)");
    line.trim_start().starts_with(&format!("mod {module};"))
}

/// The files that may declare the modules of a folder.
fn parents(folder: &Path) -> Vec<PathBuf> {
    let beside = folder.with_extension("rs");
    let candidates = ["mod.rs", "lib.rs", "main.rs"].map(|name| folder.join(name));
    let inside = sources(folder.to_str().unwrap()).into_iter().filter(|path| path.parent() == Some(folder));
    candidates
        .into_iter()
        .chain([beside])
        .chain(inside)
        .filter(|path| Path::new(ROOT).join(path).exists())
        .collect()
}

/// Who may use whom: folder, and the modules of ours that it may name.
const ARROWS: [(&str, &[&str]); 13] = [
    ("src/lane.rs", &[]),
    ("src/math", &["math"]),
    ("src/tools", &["math", "toolkit", "tools"]),
    ("src/toolkit", &["math", "toolkit"]),
    ("src/resources", &["resources", "toolkit"]),
    ("src/prompts", &["prompts", "toolkit"]),
    ("src/mcp", &["mcp", "prompts", "resources", "toolkit"]),
    ("src/auth", &["auth"]),
    ("src/observe", &["observe"]),
    ("src/session", &["auth", "mcp", "session"]),
    ("src/transport/http/engine", &["transport::http::engine"]),
    ("src/transport/http", &["auth", "config", "lane", "mcp", "session", "transport::http"]),
    ("src/transport/stdio.rs", &["lane", "mcp"]),
];

#[test]
fn arrows_that_must_never_exist_do_not() {
    for (place, allowed) in ARROWS {
        let files = if place.ends_with(".rs") { vec![place.into()] } else { sources(place) };
        for path in files.iter().filter(|path| !is_test(path)) {
            for used in uses(&production(&read(path))) {
                let fine =
                    allowed.iter().any(|module| used == *module || used.starts_with(&format!("{module}::")));
                assert!(fine, "{} uses crate::{used}", path.display());
            }
        }
    }
}

fn is_test(path: &Path) -> bool {
    let name = path.file_stem().unwrap().to_str().unwrap();
    name == "tests" || name.ends_with("_tests")
}

/// The text before the unit tests.
fn production(text: &str) -> String {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned()
}

/// Paths behind every `crate::` of the code, comments left out.
fn uses(text: &str) -> Vec<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains("(in crate::"));
    let tails = code.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    let path = |tail: String| {
        tail.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
            .next()
            .unwrap()
            .trim_end_matches(':')
            .to_owned()
    };
    tails.map(path).filter(|path| !path.is_empty()).collect()
}

#[test]
fn mathematics_is_pure() {
    let forbidden = [
        "serde",
        "schemars",
        "log::",
        "std::time",
        "std::env",
        "std::fs",
        "std::io",
        "getrandom",
        "static mut",
        "thread",
    ];
    for path in sources("src/math") {
        let text = production(&read(&path));
        for word in forbidden {
            let found = text.lines().find(|line| !line.trim_start().starts_with("//") && line.contains(word));
            assert!(found.is_none(), "{}: {found:?}", path.display());
        }
    }
}

#[test]
fn a_tool_uses_no_other_family_and_no_clock() {
    for path in sources("src/tools").iter().filter(|path| path.components().count() > 3) {
        let text = read(path);
        for used in uses(&text).iter().filter(|used| used.starts_with("tools")) {
            assert!(used.starts_with("tools::shared"), "{} uses crate::{used}", path.display());
        }
        for word in ["SystemTime", "Instant", "Zoned::now", "Timestamp::now", "std::env"] {
            assert!(!text.contains(word), "{} uses {word}", path.display());
        }
    }
}

/// Only the tools about tools reach the catalogue: any other would be a tool using a tool.
#[test]
fn one_family_reaches_the_catalogue() {
    let reaching = |path: &PathBuf| {
        let text = production(&read(path));
        [".view()", "View", "Catalog", "call::"].iter().any(|word| text.contains(word))
    };
    let found: Vec<PathBuf> = sources("src/tools").into_iter().filter(reaching).collect();
    assert!(!found.is_empty() && found.iter().all(|path| path.starts_with("src/tools/meta")), "{found:?}");
}

#[test]
fn protocol_and_transport_know_no_tool_and_no_other_layer_by_name() {
    for path in sources("src/mcp").into_iter().chain(sources("src/transport")).chain(sources("src/toolkit")) {
        let text = production(&read(&path));
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            assert!(!line.contains("\"calculate_"), "{}: {line}", path.display());
        }
    }
    for path in sources("src/mcp") {
        let text = production(&read(&path)).to_lowercase();
        for word in ["http::", "stdin", "stdout", "tcpstream", "std::io", "std::net"] {
            assert!(!text.contains(word), "{} knows {word}", path.display());
        }
    }
}

/// stdout is the protocol: only the command line and the wiring of stdio may have it.
#[test]
fn nobody_else_writes_to_stdout() {
    for path in sources("src") {
        let has = production(&read(&path)).contains("stdout()");
        let may = matches!(path.to_str().unwrap(), "src/main.rs" | "src/server.rs");
        assert!(!has || may, "{}", path.display());
    }
}

#[test]
fn the_readme_shows_the_settings_as_they_are() {
    generated("settings", &businessmath_mcp::cli::settings_markdown());
}

#[test]
fn the_readme_lists_the_commands_as_they_are() {
    generated("commands", &businessmath_mcp::cli::commands_markdown());
}

/// `businessmath-mcp-server self-test --markdown` makes the page anew. Its bounds are not held to the digit: a machine
/// with another way to round a logarithm may be a power of ten away.
#[test]
fn the_accuracy_page_has_every_tool_and_its_bounds_hold() {
    let verdicts = verify::all(&crate::catalog::catalog(), businessmath_mcp::tools::VECTORS).unwrap();
    let (page, current) =
        (read("packaging/ACCURACY.md"), businessmath_mcp::cli::accuracy_markdown(&verdicts));
    let rows = |page: &str| page.lines().map(|line| bounds(line).0).collect::<Vec<_>>();
    assert_eq!(rows(&page), rows(&current), "make packaging/ACCURACY.md anew");
    for (line, current) in page.lines().zip(current.lines()) {
        let held = bounds(current).1.iter().zip(bounds(line).1).all(|(today, promised)| *today <= promised);
        assert!(held, "{line}: today {current}");
    }
}

/// A row of the accuracy page without its bounds, and the bounds.
fn bounds(line: &str) -> (String, Vec<f64>) {
    let cells = line.split('|').map(str::trim);
    let (bounds, rest): (Vec<&str>, Vec<&str>) = cells.partition(|cell| cell.starts_with("< "));
    (rest.join("|"), bounds.iter().map(|bound| bound[2..].parse().unwrap()).collect())
}

#[test]
fn the_readme_lists_the_tools_as_they_are() {
    let mut table = String::from("| toolset | tool | what it gives |\n|---|---|---|\n");
    for tool in crate::catalog::catalog().tools() {
        table += &format!("| `{}` | `{}` | {} |\n", tool.toolset, tool.entry.name, tool.entry.title);
    }
    generated("tools", &table);
}

#[test]
fn the_readme_lists_the_resources_and_prompts_as_they_are() {
    let library = businessmath_mcp::resources::library(&crate::catalog::catalog());
    let mut table = String::from("| resource or prompt | what it holds |\n|---|---|\n");
    for resource in library.resources {
        table += &format!("| `{}` | {} |\n", resource.uri, resource.description);
    }
    for template in library.templates {
        table += &format!("| `{}` | {} |\n", template.uri_template(), template.description);
    }
    for prompt in businessmath_mcp::prompts::PROMPTS {
        table += &format!("| `{}` | {} |\n", prompt.name, prompt.description);
    }
    generated("documents", &table);
}

/// Holds a section of the README against its source; `UPDATE_README=1 cargo test -- --test-threads 1 readme` rewrites it.
fn generated(name: &str, current: &str) {
    let readme = read("README.md");
    let (start, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let section = between(&readme, &start, &end);
    if std::env::var_os("UPDATE_README").is_some() {
        let updated =
            readme.replace(&format!("{start}{section}{end}"), &format!("{start}\n{}\n{end}", current.trim()));
        fs::write(Path::new(ROOT).join("README.md"), updated).unwrap();
        return;
    }
    assert!(
        section.trim() == current.trim(),
        "README.md: the section {name} is not current (see `generated`)"
    );
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end}")).0
}

#[test]
fn the_readme_opens_with_the_two_commands() {
    let readme = read("README.md");
    let run = readme
        .find("MCP_AUTH_REQUIRED=false cargo run --release -- --http 8080")
        .expect("the command that runs it");
    let test = readme.find("cargo test").expect("the command that tests it");
    assert!(run < test && test < 1500, "the two commands come first");
}

#[test]
fn every_direct_dependency_says_what_for() {
    let manifest = read("Cargo.toml");
    for start in ["[dependencies]", "[dev-dependencies]"] {
        let section = between(&manifest, start, "\n[");
        for line in section.lines().filter(|line| line.contains('=')) {
            assert!(line.contains(" # "), "Cargo.toml: {line}");
        }
    }
}

#[test]
fn the_changelog_has_the_version() {
    assert!(read("CHANGELOG.md").contains(&format!("## {}", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn there_is_no_unsafe_code() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
}
