//! `tools/call`.

use super::answer::Answer;
use super::call::{Call, Halt};
use super::error::{RpcError, short};
use super::host::Host;
use super::revision::Era;
use crate::toolkit::call::{self, Outcome};
use crate::toolkit::{Compiled, Context, Cost, Error, View, arguments, names};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;

#[derive(Deserialize)]
struct Params<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    arguments: Option<&'a RawValue>,
}

/// Calls a tool. Bad arguments are a result that says how to mend them, not a protocol error
/// (specification 2025-11-25, SEP-1303), because the model sees results only.
pub(super) fn call(call: &Call<'_>, host: &Host<'_>) -> Result<Answer<'static>, Halt> {
    let (tool, arguments) = asked(call)?;
    work(tool, arguments, call, host)
}

/// What of a call is done while the client waits: all of it for a cheap tool, and for a heavy one what can end it
/// before the work. None when the work is to begin.
pub(super) fn begin(call: &Call<'_>, host: &Host<'_>) -> Result<Option<Answer<'static>>, Halt> {
    let (tool, arguments) = asked(call)?;
    if tool.entry.cost == Cost::Cheap {
        return work(tool, arguments, call, host).map(Some);
    }
    match call::prepare(tool, arguments, &Context::new(host), call.label) {
        Ok(None) => Ok(None),
        Ok(Some(refusal)) => Ok(Some(Answer::of(&refusal)?)),
        Err(error) => failed(tool, error, call).map(Some),
    }
}

/// The tool that is called, and its arguments.
fn asked<'a>(call: &Call<'a>) -> Result<(&'a Compiled, Result<Value, Error>), RpcError> {
    let params: Params<'_> = call.params()?;
    let tool = find(&call.scope.view, &params.name)?;
    Ok((tool, read(&params)))
}

fn work(
    tool: &Compiled,
    arguments: Result<Value, Error>,
    call: &Call<'_>,
    host: &Host<'_>,
) -> Result<Answer<'static>, Halt> {
    match call::call(tool, arguments, &Context::new(host), call.label) {
        Ok(outcome) => Ok(Answer::of(&outcome)?),
        Err(error) => failed(tool, error, call),
    }
}

/// What ends a call without a result of the tool's.
fn failed(tool: &Compiled, error: Error, call: &Call<'_>) -> Result<Answer<'static>, Halt> {
    match error {
        Error::Input(pending) => Err(Halt::Input(pending)),
        Error::Capability(asked) if call.client.revision.era == Era::Request => {
            Err(RpcError::capability(asked).into())
        }
        // Older clients know no error for a capability that they lack.
        error => Ok(Answer::of(&Outcome::refusal(tool, &error, call.label))?),
    }
}

fn read(params: &Params<'_>) -> Result<Value, Error> {
    match params.arguments {
        None => Ok(Value::Object(serde_json::Map::new())),
        Some(raw) => arguments::parse(raw.get()),
    }
}

fn find<'a>(view: &'a View, name: &str) -> Result<&'a Compiled, RpcError> {
    view.get(name).ok_or_else(|| {
        let near = names::several(name, view.names(), 3).join(", ");
        let hint = if near.is_empty() { "tools/list names them all" } else { "the nearest are " };
        RpcError::params(format!("unknown tool {}; {hint}{near}", short(name)))
    })
}
