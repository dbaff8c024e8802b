//! `tools/call`.

use super::answer::Answer;
use super::call::{Call, Halt};
use super::error::{RpcError, short};
use super::host::Host;
use super::revision::Era;
use crate::toolkit::call::{self, Outcome};
use crate::toolkit::{Compiled, Content, Context, Cost, Error, View, arguments, names};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
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
    let params: Params<'_> = call.params()?;
    let tool = find(&call.scope.view, &params.name)?;
    let arguments = match params.arguments {
        None => Ok(Value::Object(serde_json::Map::new())),
        Some(raw) => arguments::parse(raw.get()),
    };
    let cx = Context::new(host);
    let outcome = match call::call(tool, arguments, &cx, call.label) {
        Ok(outcome) => outcome,
        Err(Error::Input(pending)) => return Err(Halt::Input(pending)),
        Err(Error::Capability(name)) if call.client.revision.era == Era::Request => {
            return Err(RpcError::capability(json!({name: {}})).into());
        }
        Err(error) => refused(tool, &error),
    };
    Ok(Answer::of(&outcome)?)
}

/// Older clients know no error for a capability that they lack.
fn refused(tool: &Compiled, error: &Error) -> Outcome {
    let text = format!("{} was not run: {error}", tool.entry.name);
    Outcome { content: vec![Content::Text(text)], structured: None }
}

/// How much work the call can be; a call that is wrong anyway is none.
pub(super) fn cost(call: &Call<'_>) -> Cost {
    let tool = call.params::<Params<'_>>().ok().and_then(|params| call.scope.view.get(&params.name));
    tool.map_or(Cost::Cheap, |tool| tool.entry.cost)
}

fn find<'a>(view: &'a View, name: &str) -> Result<&'a Compiled, RpcError> {
    view.get(name).ok_or_else(|| {
        let near = names::several(name, view.names(), 3).join(", ");
        let hint = if near.is_empty() { "tools/list names them all" } else { "the nearest are " };
        RpcError::params(format!("unknown tool {}; {hint}{near}", short(name)))
    })
}
