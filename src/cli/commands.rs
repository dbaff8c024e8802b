//! What the command line can do besides serving: one table of subcommands; parser, help text and README come from it.
//!
//! To add one, write its file beside this one with a `pub(super) const COMMAND`, and name it in [`COMMANDS`].

use super::self_test;
use std::ffi::OsString;
use std::fmt;
use std::io::Write;

/// Every subcommand, in the order of the help text.
pub(crate) const COMMANDS: &[Subcommand] = &[self_test::COMMAND];

/// One subcommand.
#[derive(Debug)]
pub(crate) struct Subcommand {
    /// The word that calls it.
    pub(crate) name: &'static str,
    /// What follows the word, each as the help text shows it.
    pub(crate) operands: &'static [&'static str],
    /// Its own flags without dashes, none of which takes a value, and what each does.
    pub(crate) switches: &'static [(&'static str, &'static str)],
    /// What it does, in one or two sentences.
    pub(crate) help: &'static str,
    /// Does it.
    pub(crate) run: fn(&Invocation, &mut dyn Write) -> Result<(), Failed>,
}

/// A subcommand as it was called.
#[derive(Debug)]
pub struct Invocation {
    /// Which.
    pub(crate) command: &'static Subcommand,
    /// The flags that were given.
    pub(crate) switches: Vec<&'static str>,
    /// The words that were given.
    pub(crate) operands: Vec<OsString>,
}

/// Why a subcommand failed, as a sentence; the process ends with 1.
#[derive(Debug)]
pub struct Failed(pub(crate) String);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failed {}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<String> for Failed {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Subcommand {
    /// The command that is called by this word.
    pub(super) fn named(word: &OsString) -> Option<&'static Self> {
        COMMANDS.iter().find(|command| word == command.name)
    }

    /// Its flag of this name, without dashes.
    pub(super) fn switch(&self, flag: &str) -> Option<&'static str> {
        self.switches.iter().map(|(name, _)| *name).find(|name| *name == flag)
    }

    /// How it is called: `self-test [--markdown]`.
    pub(super) fn usage(&self) -> String {
        let switches = self.switches.iter().map(|(flag, _)| format!("[--{flag}]"));
        let operands = self.operands.iter().map(|operand| (*operand).to_owned());
        std::iter::once(self.name.to_owned()).chain(switches).chain(operands).collect::<Vec<_>>().join(" ")
    }

    /// What it and its flags do.
    pub(super) fn description(&self) -> String {
        let switches = self.switches.iter().map(|(flag, help)| format!(" --{flag}: {help}"));
        std::iter::once(self.help.to_owned()).chain(switches).collect()
    }
}

impl Invocation {
    /// Nothing but the word.
    pub(super) fn of(command: &'static Subcommand) -> Self {
        Self { command, switches: Vec::new(), operands: Vec::new() }
    }

    /// Whether the flag was given.
    pub(super) fn has(&self, switch: &str) -> bool {
        self.switches.contains(&switch)
    }

    /// Does what was called for, writing to `out` what is for stdout.
    ///
    /// # Errors
    /// What kept it from its end.
    pub fn run(&self, out: &mut dyn Write) -> Result<(), Failed> {
        (self.command.run)(self, out)
    }
}
