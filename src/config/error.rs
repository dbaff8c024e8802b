//! What is wrong with the configuration: all of it, with the exit code that it deserves.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    usage: bool,
    text: String,
}

impl Problem {
    /// Something on the command line.
    pub(super) fn usage(text: String) -> Self {
        Self { usage: true, text }
    }

    /// Something in the environment, in a file, or between settings.
    pub(super) fn configuration(text: String) -> Self {
        Self { usage: false, text }
    }
}

/// Everything that is wrong; its text has a line for each.
#[derive(Clone, Debug)]
pub struct ConfigError {
    problems: Vec<Problem>,
}

impl ConfigError {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// A value that only a later layer can judge: which setting, and what is wrong with it.
    pub fn of_setting(setting: &str, what: &str) -> Self {
        Self::new(vec![Problem::configuration(format!("{setting}: {what}"))])
    }

    /// 2 when the command line is wrong, otherwise 78 (`EX_CONFIG`).
    pub fn exit_code(&self) -> u8 {
        if self.problems.iter().any(|problem| problem.usage) { 2 } else { 78 }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            let separator = if i == 0 { "" } else { "\n" };
            write!(f, "{separator}{}", problem.text)?;
        }
        if self.exit_code() == 2 { f.write_str("\nTry --help.") } else { Ok(()) }
    }
}

impl std::error::Error for ConfigError {}
