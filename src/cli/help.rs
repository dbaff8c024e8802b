//! What the table says to a reader: the help text and the README's settings section.

use super::commands::COMMANDS;
use super::{SETTINGS, Section, Setting};
use std::fmt::Write;

/// Width of the help text in columns.
const WIDTH: usize = 96;

const USAGE: &str = "\
Business mathematics for language models: an MCP server over stdio and HTTP.

Usage: businessmath-mcp-server [FLAGS]                 (stdin and stdout)
       businessmath-mcp-server --http PORT [FLAGS]     (HTTP)
       businessmath-mcp-server COMMAND                 (see below)

A flag wins over its environment variable; an empty variable counts as unset.
";

const EXIT_CODES: &str = "
Exit codes: 0 done, 1 failure, 2 wrong command line, 78 wrong configuration.
";

/// Name and version, one line.
pub fn version() -> String {
    format!("businessmath-mcp-server {}\n", env!("CARGO_PKG_VERSION"))
}

/// The text of `--help`.
pub fn help() -> String {
    let mut text = format!("{USAGE}\nCommands:\n");
    for command in COMMANDS {
        let _ = writeln!(text, "  {}", command.usage());
        wrap(&mut text, &command.description());
    }
    for section in Section::ALL {
        let _ = write!(text, "\n{}:\n", section.title());
        for row in rows(section) {
            let _ = writeln!(text, "  {}", heading(row));
            wrap(&mut text, &description(row));
        }
    }
    text.push_str(EXIT_CODES);
    text
}

/// The table of subcommands of the README, in Markdown.
pub fn commands_markdown() -> String {
    let mut text = String::from("| Command | Meaning |\n|---|---|\n");
    for command in COMMANDS {
        let _ = writeln!(text, "| `{}` | {} |", command.usage(), command.description());
    }
    text
}

/// The settings table of the README, in Markdown.
pub fn settings_markdown() -> String {
    let mut text = String::new();
    for section in Section::ALL {
        let _ = write!(text, "**{}**\n\n", section.title());
        text.push_str("| Flag | Variable | Default | Allowed | Meaning |\n|---|---|---|---|---|\n");
        for row in rows(section) {
            let cells = [
                code(&flags(row)),
                code(row.variable.unwrap_or_default()),
                code(row.default),
                row.allowed(),
                row.help.into(),
            ];
            let cells = cells.map(|cell| {
                cell.replace('|', "\\|").replace("MCP_AUTH_REQUIRED=false", "`MCP_AUTH_REQUIRED=false`")
            });
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
        text.push('\n');
    }
    text
}

fn rows(section: Section) -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(move |row| row.section == section)
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{text}`") }
}

/// The flags with the value's placeholder: `-v, --verbose`, `--http PORT`.
fn flags(row: &Setting) -> String {
    let short = row.short.map(|short| format!("-{short}, ")).unwrap_or_default();
    match row.flag {
        Some(long) => format!("{short}--{long} {}", row.value).trim_end().to_owned(),
        None => String::new(),
    }
}

fn heading(row: &Setting) -> String {
    match (row.flag, row.variable) {
        (Some(_), Some(variable)) => format!("{} ({variable})", flags(row)),
        (Some(_), None) => flags(row),
        (None, variable) => format!("{}={}", variable.unwrap_or_default(), row.value),
    }
}

fn description(row: &Setting) -> String {
    let mut text = String::from(row.help);
    let allowed = row.allowed();
    if !allowed.is_empty() {
        let _ = write!(text, " Allowed: {allowed}.");
    }
    if !row.default.is_empty() {
        let _ = write!(text, " Default: {}.", row.default);
    }
    text
}

fn wrap(out: &mut String, text: &str) {
    const INDENT: &str = "          ";
    let mut column = WIDTH;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column + 1 + width > WIDTH {
            let start = if column == WIDTH && out.ends_with('\n') { "" } else { "\n" };
            let _ = write!(out, "{start}{INDENT}{word}");
            column = INDENT.len() + width;
        } else {
            let _ = write!(out, " {word}");
            column += 1 + width;
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_flag_variable_default_and_bound() {
        let help = help();
        let flat = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for row in SETTINGS {
            assert!(help.contains(&heading(row)), "{}", heading(row));
            let said = description(row).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(&said), "{said}");
            assert!(row.help.ends_with('.'), "{}", row.help);
        }
        for command in COMMANDS {
            assert!(help.contains(&format!("\n  {}\n", command.usage())), "{}", command.name);
            assert!(flat.contains(&command.description()), "{}", command.name);
        }
        assert!(help.lines().all(|line| line.chars().count() <= WIDTH), "{help}");
    }

    #[test]
    fn the_readme_table_has_a_line_a_setting() {
        let markdown = settings_markdown();
        let lines = markdown.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Flag"));
        assert_eq!(lines.count(), SETTINGS.len());
        assert!(markdown.contains("`--http PORT\\|ADDR:PORT\\|unix:PATH`"));
    }

    #[test]
    fn version_is_the_crates() {
        assert_eq!(version(), "businessmath-mcp-server 3.0.0\n");
    }
}
