//! Prompts: texts that guide a model through a task with the tools.
//!
//! The protocol layer knows prompts only through a list of [`Prompt`].

mod guide;
mod guides;

use crate::toolkit::{Content, Context, Error};
use std::collections::BTreeMap;

/// One prompt.
pub struct Prompt {
    /// The name that clients ask for.
    pub name: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// What it leads to, in a sentence.
    pub description: &'static str,
    /// What it can be filled in with.
    pub arguments: &'static [Argument],
    /// Makes the messages. Required arguments are there, unknown ones are not.
    pub render: fn(&Arguments, &Context) -> Result<Rendered, Error>,
}

/// One argument of a prompt: a text.
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What it means, with its unit and sign.
    pub description: &'static str,
    /// Whether the prompt makes no sense without it.
    pub required: bool,
    /// Values to offer while somebody types; others are taken as well.
    pub values: &'static [&'static str],
}

/// What a prompt is filled in with.
pub type Arguments = BTreeMap<String, String>;

/// A prompt filled in.
pub struct Rendered {
    /// What this one is about.
    pub description: String,
    /// The messages, in order.
    pub messages: Vec<Message>,
}

/// One message of a prompt.
pub struct Message {
    /// Who says it.
    pub role: Role,
    /// What is said.
    pub content: Content,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// The prompts of this server, in the order of the list.
pub const PROMPTS: &[Prompt] = &[
    guides::ANALYZE_INVESTMENT,
    guides::COMPARE_FINANCING,
    guides::ASSESS_RISK,
    guides::FORECAST_REVENUE,
    guides::ANALYZE_PORTFOLIO,
    guides::DEBT_ANALYSIS,
];
