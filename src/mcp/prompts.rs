//! `prompts/get` and the list of prompts.

use super::Server;
use super::answer::Answer;
use super::call::{Call, Halt};
use super::error::{RpcError, short};
use super::host::Host;
use super::page::List;
use super::revision::Era;
use crate::prompts::{Arguments, Message, Prompt, Rendered, Role};
use crate::toolkit::{Context, Error, names};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Params {
    name: String,
    #[serde(default)]
    arguments: Option<Arguments>,
}

/// `prompts/get`
pub(super) fn get(server: &Server, call: &Call<'_>, host: &Host<'_>) -> Result<Answer<'static>, Halt> {
    let Params { name, arguments } = call.params()?;
    let prompt = find(server.guides, &name)?;
    let arguments = arguments.unwrap_or_default();
    check(prompt, &arguments)?;
    match (prompt.render)(&arguments, &Context::new(host)) {
        Ok(rendered) => Ok(Answer::of(&written(&rendered))?),
        Err(Error::Input(pending)) => Err(Halt::Input(pending)),
        Err(Error::Capability(asked)) if call.client.revision.era == Era::Request => {
            Err(RpcError::capability(asked).into())
        }
        Err(error) => Err(RpcError::params(error.to_string()).into()),
    }
}

/// The prompt of that name.
pub(super) fn find<'a>(prompts: &'a [Prompt], name: &str) -> Result<&'a Prompt, RpcError> {
    prompts.iter().find(|prompt| prompt.name == name).ok_or_else(|| {
        let near = names::several(name, prompts.iter().map(|prompt| prompt.name), 3).join(", ");
        let hint = if near.is_empty() { "prompts/list names them all" } else { "the nearest are " };
        RpcError::params(format!("unknown prompt {}; {hint}{near}", short(name)))
    })
}

/// All that is wrong at once, as for tools.
fn check(prompt: &Prompt, arguments: &Arguments) -> Result<(), RpcError> {
    let missing = prompt.arguments.iter().filter(|a| a.required);
    let missing = missing.filter(|a| arguments.get(a.name).is_none_or(|value| value.trim().is_empty()));
    let mut problems: Vec<String> =
        missing.map(|a| format!("{} is missing: {}", a.name, a.description)).collect();
    for name in arguments.keys() {
        if prompt.arguments.iter().all(|known| known.name != name) {
            let near = names::nearest(name, prompt.arguments.iter().map(|known| known.name));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            problems.push(format!("{} is unknown{hint}", short(name)));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(RpcError::params(problems.join("; "))) }
}

fn written(rendered: &Rendered) -> Value {
    let message = |message: &Message| {
        let role = match message.role {
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        json!({"role": role, "content": message.content})
    };
    let messages: Vec<Value> = rendered.messages.iter().map(message).collect();
    json!({"description": rendered.description, "messages": messages})
}

/// The list of prompts.
pub(super) fn list(prompts: &[Prompt]) -> Result<List, String> {
    let entry = |prompt: &Prompt| {
        let arguments: Vec<Value> = prompt
            .arguments
            .iter()
            .map(|a| json!({"name": a.name, "description": a.description, "required": a.required}))
            .collect();
        let listed = json!({
            "name": prompt.name,
            "title": prompt.title,
            "description": prompt.description,
            "arguments": arguments,
        });
        (prompt.name.to_owned(), listed)
    };
    List::new("prompts", prompts.iter().map(entry))
}
