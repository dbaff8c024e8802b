//! The command line and the environment, as one table: parser, help text and README section come from it.
//!
//! To add a setting, add one row to `SETTINGS` in `cli/settings.rs` and the field that it sets to
//! [`crate::config::Config`]. Bounds stand in the row only: the check and the wording are made from them.
//! What the binary does besides serving is a table of subcommands in `cli/commands.rs`.

mod commands;
mod help;
mod parse;
mod self_test;
mod settings;
mod values;

pub use commands::{Failed, Invocation};
pub use help::{commands_markdown, help, settings_markdown, version};
pub use self_test::accuracy_markdown;

pub(crate) use parse::{Given, parse};
pub(crate) use settings::SETTINGS;
pub(crate) use values::display_value;

use crate::config::Draft;
use std::path::PathBuf;
use std::time::Duration;

/// One setting: how it is called, what it takes, and where its value goes.
pub(crate) struct Setting {
    /// The heading that it stands under in the help text.
    pub(crate) section: Section,
    /// Long flag without the dashes.
    pub(crate) flag: Option<&'static str>,
    /// Short flag without the dash.
    pub(crate) short: Option<char>,
    /// Environment variable.
    pub(crate) variable: Option<&'static str>,
    /// What stands for the value in the help text; empty for a switch.
    pub(crate) value: &'static str,
    /// The default as text; empty when there is none.
    pub(crate) default: &'static str,
    /// What it takes, how that is checked and where it goes.
    pub(crate) takes: Takes,
    /// One or two sentences for the reader of the help text.
    pub(crate) help: &'static str,
}

/// The headings of the help text, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    General,
    Authentication,
    Sessions,
    Browsers,
    Limits,
}

impl Section {
    /// All sections in the order of the help text.
    pub(crate) const ALL: [Self; 5] =
        [Self::General, Self::Authentication, Self::Sessions, Self::Browsers, Self::Limits];

    /// The heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Authentication => "Authentication",
            Self::Sessions => "Sessions and streams",
            Self::Browsers => "Browsers and host names",
            Self::Limits => "Limits",
        }
    }
}

/// What a setting takes. The setters are plain functions, so that the table is a constant.
pub(crate) enum Takes {
    /// A switch whose presence asks for a text instead of a server.
    Question(Question),
    /// A switch.
    Nothing(fn(&mut Draft)),
    /// true or false.
    Truth(fn(&mut Draft, bool)),
    /// A whole number within bounds.
    Whole { min: usize, max: usize, set: fn(&mut Draft, usize) },
    /// Seconds within bounds, decimals allowed.
    Seconds { min: f64, max: f64, set: fn(&mut Draft, Duration) },
    /// Text with a check of its own; an error says what exactly is wrong.
    Text { allowed: &'static str, set: fn(&mut Draft, &str) -> Result<(), String> },
    /// The path of a file or folder.
    Path { allowed: &'static str, set: fn(&mut Draft, PathBuf) },
    /// Text that no message may repeat.
    Secret { allowed: &'static str, set: fn(&mut Draft, &str) },
}

/// A text that the command line can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// `--help`
    Help,
    /// `--version`
    Version,
}

impl Setting {
    /// Whether the flag is followed by a value.
    pub(crate) fn takes_value(&self) -> bool {
        !matches!(self.takes, Takes::Question(_) | Takes::Nothing(_))
    }

    /// What is allowed, in words.
    pub(crate) fn allowed(&self) -> String {
        match &self.takes {
            Takes::Question(_) | Takes::Nothing(_) => String::new(),
            Takes::Truth(_) => "true or false (also 1, 0, yes, no)".into(),
            Takes::Whole { min, max, .. } => format!("a whole number from {min} to {max}"),
            Takes::Seconds { min, max, .. } => format!("seconds from {min} to {max}, decimals allowed"),
            Takes::Text { allowed, .. } | Takes::Path { allowed, .. } | Takes::Secret { allowed, .. } => {
                (*allowed).into()
            }
        }
    }
}
