//! From the words of the command line to rows of the table with their values.

use super::commands::{COMMANDS, Invocation, Subcommand};
use super::{Question, SETTINGS, Setting, Takes, display_value};
use lexopt::{Arg, Parser};
use std::ffi::OsString;

/// What the command line says.
#[derive(Default)]
pub(crate) struct Given {
    /// The text that it asks for; then nothing else matters.
    pub(crate) question: Option<Question>,
    /// The subcommand that it calls; then the settings do not matter.
    pub(crate) command: Option<Invocation>,
    /// Flags in order with their values, empty for a switch.
    pub(crate) flags: Vec<(&'static Setting, OsString)>,
    /// What is wrong with its form.
    pub(crate) problems: Vec<String>,
}

/// A word of the command line, free of the parser's lifetime.
enum Word {
    Flag(Option<&'static Setting>, String),
    Stray(OsString),
    Wrong(lexopt::Error),
}

/// Reads the words after the program's name.
pub(crate) fn parse(args: impl Iterator<Item = OsString>) -> Given {
    let mut parser = Parser::from_args(args);
    let mut given = Given::default();
    let mut after_unknown = false;
    while let Some(word) = next_word(&mut parser) {
        let was_after_unknown = std::mem::take(&mut after_unknown);
        match word {
            Word::Flag(setting, name) if given.command.is_some() => {
                parser.optional_value();
                after_unknown = !given.switch(setting, &name);
            }
            Word::Flag(Some(setting), name) => given.take(setting, &name, &mut parser),
            Word::Flag(None, name) => {
                // The value is thrown away unseen: it may be a key.
                parser.optional_value();
                after_unknown = true;
                given.problems.push(unknown(&name));
            }
            Word::Stray(_) if was_after_unknown => after_unknown = true,
            Word::Stray(text) => given.word(text),
            Word::Wrong(lexopt::Error::UnexpectedValue { option, .. }) => {
                given.problems.push(format!("{option} takes no value"));
            }
            Word::Wrong(error) => given.problems.push(error.to_string()),
        }
    }
    given
}

impl Given {
    /// A word that belongs to no flag: the first one is a subcommand, those after it are its operands.
    fn word(&mut self, text: OsString) {
        if let Some(call) =
            self.command.as_mut().filter(|call| call.operands.len() < call.command.operands.len())
        {
            call.operands.push(text);
            return;
        }
        match Subcommand::named(&text) {
            Some(command) if self.command.is_none() => {
                self.problems
                    .extend(self.flags.iter().map(|(row, _)| not_for(row.flag.unwrap_or_default(), command)));
                self.command = Some(Invocation::of(command));
            }
            _ => self.problems.push(unexpected(&text)),
        }
    }

    /// A flag behind a subcommand; false when it is none of its flags.
    fn switch(&mut self, setting: Option<&Setting>, name: &str) -> bool {
        let Some(call) = &mut self.command else { return false };
        if let Some(Takes::Question(question)) = setting.map(|setting| &setting.takes) {
            self.question.get_or_insert(*question);
        } else if let Some(switch) = call.command.switch(name.trim_start_matches('-')) {
            call.switches.push(switch);
        } else {
            self.problems.push(not_for(name.trim_start_matches('-'), call.command));
            return false;
        }
        true
    }

    fn take(&mut self, setting: &'static Setting, name: &str, parser: &mut Parser) {
        if let Takes::Question(question) = setting.takes {
            self.question.get_or_insert(question);
        } else if !setting.takes_value() {
            self.flags.push((setting, OsString::new()));
        } else if let Ok(value) = parser.value() {
            self.flags.push((setting, value));
        } else {
            self.problems.push(format!("{name} wants a value: {}", setting.value));
        }
    }
}

fn next_word(parser: &mut Parser) -> Option<Word> {
    match parser.next() {
        Ok(None) => None,
        Ok(Some(Arg::Long(long))) => {
            Some(Word::Flag(SETTINGS.iter().find(|row| row.flag == Some(long)), format!("--{long}")))
        }
        Ok(Some(Arg::Short(short))) => {
            Some(Word::Flag(SETTINGS.iter().find(|row| row.short == Some(short)), format!("-{short}")))
        }
        Ok(Some(Arg::Value(text))) => Some(Word::Stray(text)),
        Err(error) => Some(Word::Wrong(error)),
    }
}

fn unexpected(text: &OsString) -> String {
    let names: Vec<_> = COMMANDS.iter().map(|command| command.name).collect();
    format!("unexpected argument {}; commands are {}", display_value(text), names.join(", "))
}

fn not_for(flag: &str, command: &Subcommand) -> String {
    let shown = display_value(flag.as_ref());
    format!("--{} is not for this command; it takes {}", shown.trim_matches('"'), command.usage())
}

fn unknown(name: &str) -> String {
    let shown = display_value(name.as_ref());
    let shown = shown.trim_matches('"');
    if name.starts_with("--api-key") {
        return format!(
            "unknown flag {shown}: keys never stand on the command line, which every user can read; \
             set MCP_API_KEYS, or use --api-keys-file"
        );
    }
    format!("unknown flag {shown}; the nearest is --{}", nearest(name.trim_start_matches('-')))
}

fn nearest(name: &str) -> &'static str {
    let flags = SETTINGS.iter().filter_map(|row| row.flag);
    flags.min_by_key(|flag| distance(name, flag)).unwrap_or("help")
}

/// Levenshtein's distance: how many letters differ, are missing or are too many.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(words: &[&str]) -> Given {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn flags_come_with_their_values_in_order() {
        let given = given(&["--http=8080", "-v", "--log-level", "info"]);
        let seen: Vec<_> =
            given.flags.iter().map(|(row, v)| (row.flag.unwrap(), v.to_str().unwrap())).collect();
        assert_eq!(seen, [("http", "8080"), ("verbose", ""), ("log-level", "info")]);
        assert!(given.problems.is_empty() && given.question.is_none());
    }

    #[test]
    fn an_unknown_flag_names_the_nearest() {
        assert_eq!(given(&["--htpp", "80"]).problems, ["unknown flag --htpp; the nearest is --http"]);
        assert_eq!(
            given(&["--max-conections=3"]).problems,
            ["unknown flag --max-conections; the nearest is --max-connections"]
        );
        assert!(given(&["-x"]).problems[0].starts_with("unknown flag -x; the nearest is --"));
    }

    #[test]
    fn a_key_on_the_command_line_is_never_repeated() {
        for words in [
            &["--api-keys", "secret-1"][..],
            &["--api-key=secret-1"],
            &["--keys", "secret-1", "secret-1"],
            &["self-test", "--api-key", "secret-1"],
        ] {
            let problems = given(words).problems;
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(!problems[0].contains("secret"), "{problems:?}");
        }
    }

    #[test]
    fn malformed_lines_are_all_reported() {
        let given = given(&["stray", "--verbose=3", "--http"]);
        assert_eq!(
            given.problems,
            [
                "unexpected argument \"stray\"; commands are self-test",
                "--verbose takes no value",
                "--http wants a value: PORT|ADDR:PORT|unix:PATH"
            ]
        );
    }

    #[test]
    fn a_subcommand_has_flags_of_its_own_and_no_settings() {
        let call = given(&["self-test", "--markdown"]);
        assert!(call.problems.is_empty() && call.command.unwrap().has("markdown"));
        for words in
            [&["--http", "80", "self-test"][..], &["self-test", "--http=80"], &["self-test", "--htpp", "80"]]
        {
            let problems = given(words).problems;
            assert!(
                problems.len() == 1 && problems[0].ends_with("it takes self-test [--markdown]"),
                "{problems:?}"
            );
        }
        assert_eq!(
            given(&["self-test", "more"]).problems,
            ["unexpected argument \"more\"; commands are self-test"]
        );
        assert_eq!(given(&["self-test", "--help"]).question, Some(Question::Help));
    }

    #[test]
    fn the_first_question_wins() {
        assert_eq!(given(&["--http", "-V", "-V", "-h"]).question, Some(Question::Version));
        assert_eq!(given(&["--bogus", "--help"]).question, Some(Question::Help));
    }
}
