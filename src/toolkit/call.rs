//! The way of one call: coerce and check, run behind the panic fence, check the result, render.

use super::catalog::Compiled;
use super::check;
use super::content::Content;
use super::context::Context;
use super::error::{Error, Problem};
use super::percent;
use super::readings;
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

    /// The refusal of a call, in words that say how to mend it.
    pub fn refusal(tool: &Compiled, error: &Error, label: &str) -> Self {
        Self { content: vec![Content::Text(refusal(tool, error, label))], structured: None }
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
            Ok(Outcome::refusal(tool, &error, label))
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

/// Does what a call does before its work: what is refused comes back, what is fine leaves nothing.
///
/// # Errors
/// As [`call`].
pub fn prepare(
    tool: &Compiled,
    arguments: Result<Value, Error>,
    cx: &Context,
    label: &str,
) -> Result<Option<Outcome>, Error> {
    let prepared = arguments.and_then(|arguments| {
        let (arguments, _) = admitted(tool, arguments, cx)?;
        fenced(|| (tool.entry.prepare)(arguments, cx))
    });
    match prepared {
        Ok(()) => Ok(None),
        Err(error @ (Error::Input(_) | Error::Capability(_))) => Err(error),
        Err(error) => Ok(Some(Outcome::refusal(tool, &error, label))),
    }
}

/// The arguments as the schema wants them, with what was mended. What can mean two things is asked; the same
/// arguments and answers come to the same each time that a call is run.
fn admitted(tool: &Compiled, mut arguments: Value, cx: &Context) -> Result<(Value, Vec<String>), Error> {
    let report = check::arguments(&tool.input, &mut arguments, &tool.example);
    if report.problems.is_empty() {
        return Ok((arguments, report.warnings));
    }
    let Some(settled) = readings::ask(tool.entry.title, &report.problems, cx)? else {
        return Err(Error::Arguments(report.problems));
    };
    let again = check::settled_arguments(&tool.input, &mut arguments, &tool.example, &settled);
    if !again.problems.is_empty() {
        return Err(Error::Arguments(united(report.problems, again.problems)));
    }
    let warnings = report.warnings.into_iter().chain(settled.warnings()).chain(again.warnings);
    Ok((arguments, warnings.collect()))
}

/// All problems of a call that the answer did not mend: as it came, and what the answer brought to light.
fn united(mut before: Vec<Problem>, after: Vec<Problem>) -> Vec<Problem> {
    let new = |problem: &Problem| before.iter().all(|known| known.path != problem.path);
    let new: Vec<_> = after.into_iter().filter(new).collect();
    before.extend(new);
    before
}

fn checked(tool: &Compiled, arguments: Value, cx: &Context) -> Result<Value, Error> {
    let (arguments, mended) = admitted(tool, arguments, cx)?;
    let rates = percent::warnings(&tool.input, &arguments);
    let mut result = fenced(|| (tool.entry.run)(arguments, cx))?;
    let warnings = mended.into_iter().chain(rates).chain(cx.take_warnings()).collect();
    attach(&mut result, warnings)?;
    check::result(&tool.output, &mut result).map_err(Error::Defect)?;
    Ok(result)
}

fn fenced<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    // Sound to assert: what a panicking tool leaves half done is dropped with its arguments and context.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::Defect("panicked".into())))
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
