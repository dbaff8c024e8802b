//! From text to checked values: numbers within bounds, seconds, truth, levels.

use super::{Setting, Takes};
use crate::config::Draft;
use log::LevelFilter;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

/// Longest part of a wrong value that a message repeats, in characters.
const SHOWN: usize = 80;

impl Setting {
    /// Checks a value and stores it. The error is the end of a sentence that begins with the setting's name.
    pub(crate) fn apply(&self, draft: &mut Draft, value: &OsStr) -> Result<(), String> {
        if let Takes::Path { set, .. } = &self.takes {
            set(draft, PathBuf::from(value));
            return Ok(());
        }
        let Some(text) = value.to_str().map(str::trim) else {
            return Err(self.refusal(value, "is not UTF-8 text"));
        };
        self.apply_text(draft, text).map_err(|what| self.refusal(value, &what))
    }

    fn apply_text(&self, draft: &mut Draft, text: &str) -> Result<(), String> {
        match &self.takes {
            Takes::Nothing(set) => set(draft),
            Takes::Truth(set) => set(draft, truth(text)?),
            Takes::Whole { min, max, set } => set(draft, whole(text, *min, *max)?),
            Takes::Seconds { min, max, set } => set(draft, seconds(text, *min, *max)?),
            Takes::Text { set, .. } => set(draft, text)?,
            Takes::Secret { set, .. } => set(draft, text),
            Takes::Question(_) | Takes::Path { .. } => (),
        }
        Ok(())
    }

    fn refusal(&self, value: &OsStr, what: &str) -> String {
        let allowed = self.allowed();
        match self.takes {
            Takes::Secret { .. } => format!("the value {what}; allowed: {allowed}"),
            _ => format!("{} {what}; allowed: {allowed}", display_value(value)),
        }
    }
}

/// A value from outside as a message may show it: quoted, escaped and not endless.
pub(crate) fn display_value(value: &OsStr) -> String {
    let text = value.to_string_lossy();
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}

fn truth(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" => Ok(false),
        _ => Err("is neither true nor false".into()),
    }
}

fn whole(text: &str, min: usize, max: usize) -> Result<usize, String> {
    // Digits only: the standard parser would also take a sign.
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err("is not a whole number".into());
    }
    let within = text.parse().ok().filter(|n| (min..=max).contains(n));
    within.ok_or_else(|| "is out of bounds".into())
}

fn seconds(text: &str, min: f64, max: f64) -> Result<Duration, String> {
    // Digits and a point only: the standard parser would also take inf, nan and 1e9.
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return Err("is not a number of seconds".into());
    }
    let number: f64 = text.parse().map_err(|_| "is not a number of seconds".to_owned())?;
    if (min..=max).contains(&number) {
        Duration::try_from_secs_f64(number).map_err(|_| "is out of bounds".to_owned())
    } else {
        Err("is out of bounds".into())
    }
}

/// The level of a name; `warn` is what most loggers write for `warning`.
pub(super) fn log_level(text: &str) -> Result<LevelFilter, String> {
    match text.to_ascii_lowercase().as_str() {
        "debug" => Ok(LevelFilter::Debug),
        "info" => Ok(LevelFilter::Info),
        "warning" | "warn" => Ok(LevelFilter::Warn),
        "error" => Ok(LevelFilter::Error),
        _ => Err("is not a level".into()),
    }
}
