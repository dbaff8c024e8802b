//! The way of one call: coerce and check, run behind the panic fence, check the result, render.

use super::catalog::Compiled;
use super::check;
use super::content::Content;
use super::context::Context;
use super::error::Error;
use super::render;
use serde::Serialize;
use serde_json::{Map, Value};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a call came to: blocks for the reader and, when it went well, the structured result.
#[derive(Debug)]
pub struct Outcome {
    /// What the reader is shown: one block of text, as a rule.
    pub content: Vec<Content>,
    /// The full-precision result; none for a refusal.
    pub structured: Option<Value>,
}

impl Outcome {
    /// Whether the call was refused.
    pub fn is_error(&self) -> bool {
        self.structured.is_none()
    }

    /// All text for the reader.
    pub fn text(&self) -> String {
        let texts = self.content.iter().filter_map(|block| match block {
            Content::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}

/// Runs a tool on arguments as they were [read](super::arguments::parse). Whatever goes wrong becomes a refusal that says how to mend the call.
///
/// `label` is the request's id for the log; arguments are never logged.
///
/// # Errors
/// [`Error::Input`] and [`Error::Capability`], which are the protocol's to deal with; nothing else.
pub fn call(
    tool: &Compiled,
    arguments: Result<Value, Error>,
    cx: &Context,
    label: &str,
) -> Result<Outcome, Error> {
    match attempt(tool, arguments, cx, label) {
        Err(error) if !matches!(error, Error::Input(_) | Error::Capability(_)) => {
            Ok(Outcome { content: vec![Content::Text(refusal(tool, &error, label))], structured: None })
        }
        other => other,
    }
}

/// As [`call`], for a caller that needs the reason of a failure rather than words about it.
///
/// # Errors
/// Whatever kept the tool from a result. Defects are in the log already.
pub fn attempt(
    tool: &Compiled,
    arguments: Result<Value, Error>,
    cx: &Context,
    label: &str,
) -> Result<Outcome, Error> {
    let result = arguments.and_then(|arguments| checked(tool, arguments, cx));
    if let Err(Error::Defect(what)) = &result {
        log::error!("{label}: {}: {what}", tool.entry.name);
    }
    let result = result?;
    let mut content = cx.take_shown();
    if content.is_empty() {
        content.push(Content::Text(render::result(tool.entry.title, &tool.output, &result)));
    }
    Ok(Outcome { content, structured: Some(result) })
}

fn checked(tool: &Compiled, mut arguments: Value, cx: &Context) -> Result<Value, Error> {
    let report = check::arguments(&tool.input, &mut arguments, &tool.example);
    if !report.problems.is_empty() {
        return Err(Error::Arguments(report.problems));
    }
    let mut result = fenced(tool, arguments, cx)?;
    let warnings = report.warnings.into_iter().chain(cx.take_warnings()).collect();
    attach(&mut result, warnings)?;
    check::result(&tool.output, &mut result).map_err(Error::Defect)?;
    Ok(result)
}

fn fenced(tool: &Compiled, arguments: Value, cx: &Context) -> Result<Value, Error> {
    // Sound to assert: what a panicking tool leaves half done is dropped with its arguments and context.
    let run = AssertUnwindSafe(|| (tool.entry.run)(arguments, cx));
    catch_unwind(run).unwrap_or_else(|_| Err(Error::Defect("panicked".into())))
}

/// Every result ends with `warnings`, so that a reader need not know which tools can warn.
fn attach(result: &mut Value, warnings: Vec<String>) -> Result<(), Error> {
    let members: &mut Map<String, Value> =
        result.as_object_mut().ok_or_else(|| Error::Defect("result is not an object".into()))?;
    members.insert("warnings".into(), warnings.into());
    Ok(())
}

fn refusal(tool: &Compiled, error: &Error, label: &str) -> String {
    let name = tool.entry.name;
    match error {
        Error::Arguments(_) => {
            let example = tool.entry.examples.first().map_or("{}", |example| example.arguments);
            format!("{name} was not run. To mend:\n{error}\nA call that works: {example}")
        }
        Error::Domain(_) => format!("{name} has no result: {error}"),
        Error::Stopped | Error::Input(_) | Error::Capability(_) => format!("{name}: {error}"),
        Error::Defect(_) => format!(
            "{name} failed through a defect of the server, not of the call (request {label}); \
             nothing was computed, and the server's log names the cause."
        ),
    }
}

/// The result of `tools/call` on the wire.
impl Serialize for Outcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire<'a> {
            content: &'a [Content],
            #[serde(skip_serializing_if = "Option::is_none")]
            structured_content: Option<&'a Value>,
            is_error: bool,
        }
        Wire {
            content: &self.content,
            structured_content: self.structured.as_ref(),
            is_error: self.is_error(),
        }
        .serialize(serializer)
    }
}
