//! Why a call has no result: problems with arguments, failures of the domain, defects of ours.

use super::host::{Asked, Question};
use std::fmt;

/// Why a call has no result. All but [`Error::Defect`] are for the caller to mend.
#[derive(Debug)]
pub enum Error {
    /// Arguments that break the schema or a rule across arguments: every problem, not only the first.
    Arguments(Vec<Problem>),
    /// The mathematics has no answer: no internal rate of return, a singular matrix, overflow.
    Domain(String),
    /// The caller went away or the deadline passed.
    Stopped,
    /// The client must first answer something; the call is then run again.
    Input(Pending),
    /// The client lacks this capability, without which the call cannot be served.
    Capability(Asked),
    /// Our fault: a panic, or a result that breaks its own schema.
    Defect(String),
}

impl Error {
    /// One problem with the argument at `path`.
    pub fn at(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Arguments(vec![Problem::new(path, message)])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arguments(problems) => write_problems(f, problems),
            Self::Domain(message) => f.write_str(message),
            Self::Stopped => f.write_str("stopped before a result was reached"),
            Self::Input(pending) => {
                let names: Vec<_> = pending.questions.iter().map(|(name, _)| name.as_str()).collect();
                write!(f, "waits for answers: {}", names.join(", "))
            }
            Self::Capability(asked) => write!(f, "needs a client with the capability {}", asked.capability()),
            Self::Defect(message) => write!(f, "defect of the server: {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<crate::math::Error> for Error {
    fn from(error: crate::math::Error) -> Self {
        match error {
            crate::math::Error::Stopped => Self::Stopped,
            other => Self::Domain(other.to_string()),
        }
    }
}

/// What a call waits for.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// The questions that have no answer yet, each with its name.
    pub questions: Vec<(String, Question)>,
}

/// One thing wrong with the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, such as `cashFlows[3].amount`.
    pub path: String,
    /// What came, what is wanted and an example.
    pub message: String,
}

impl Problem {
    /// What is wrong with the argument at `path`.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

/// More than this helps nobody mend a call, and a 100,000-element array must not echo as prose.
const SHOWN: usize = 20;

fn write_problems(f: &mut fmt::Formatter<'_>, problems: &[Problem]) -> fmt::Result {
    for (i, problem) in problems.iter().take(SHOWN).enumerate() {
        let separator = if i == 0 { "" } else { "\n" };
        write!(f, "{separator}- {}: {}", problem.path, problem.message)?;
    }
    match problems.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(f, "\n- and {more} more of the kind"),
    }
}
