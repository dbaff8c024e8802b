//! `tools/list` and `tools/call`.

use super::Caller;
use super::error::RpcError;
use crate::toolkit::call::{self, Outcome};
use crate::toolkit::{Catalog, Context, arguments, names};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::borrow::Cow;

/// The result of `tools/list`, written once.
pub(super) fn list(catalog: &Catalog) -> Result<Box<RawValue>, serde_json::Error> {
    let tools: Vec<&Value> = catalog.tools().iter().map(|tool| &tool.listed).collect();
    serde_json::value::to_raw_value(&json!({ "tools": tools }))
}

/// The whole list is one page, so there is no cursor to come back with.
pub(super) fn no_cursor(params: Option<&RawValue>) -> Result<(), RpcError> {
    #[derive(Deserialize)]
    struct Params<'a> {
        #[serde(borrow)]
        cursor: Option<&'a RawValue>,
    }
    let Some(params) = params else { return Ok(()) };
    let params: Params<'_> =
        serde_json::from_str(params.get()).map_err(|e| RpcError::params(e.to_string()))?;
    match params.cursor {
        None => Ok(()),
        Some(_) => Err(RpcError::params("cursor is not one that this server gave")),
    }
}

#[derive(Deserialize)]
struct Params<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    arguments: Option<&'a RawValue>,
}

/// Calls a tool. Bad arguments are a result that says how to mend them, not a protocol error
/// (specification 2025-11-25, SEP-1303), because the model sees results only.
pub(super) fn call(
    catalog: &Catalog,
    params: Option<&RawValue>,
    caller: &Caller<'_>,
) -> Result<Outcome, RpcError> {
    let params = params.ok_or_else(|| RpcError::params("tools/call needs name and arguments"))?;
    let params: Params<'_> =
        serde_json::from_str(params.get()).map_err(|e| RpcError::params(e.to_string()))?;
    let tool = catalog.get(&params.name).ok_or_else(|| unknown_tool(catalog, &params.name))?;
    let arguments = match params.arguments {
        None => Ok(Value::Object(serde_json::Map::new())),
        Some(raw) => arguments::parse(raw.get()),
    };
    let cx = Context::new(&caller.stop);
    call::call(tool, arguments, &cx, caller.label).map_err(|e| RpcError::internal(&e.to_string()))
}

fn unknown_tool(catalog: &Catalog, name: &str) -> RpcError {
    let short: String = name.chars().take(80).collect();
    match names::several(name, catalog.names(), 3).as_slice() {
        [] => RpcError::params(format!("unknown tool {short}; tools/list names them all")),
        near => RpcError::params(format!("unknown tool {short}; the nearest are {}", near.join(", "))),
    }
}
