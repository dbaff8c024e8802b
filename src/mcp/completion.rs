//! `completion/complete`: values while somebody types an argument of a prompt or the variable of an address.

use super::answer::Answer;
use super::call::Call;
use super::error::RpcError;
use super::{Server, prompts};
use serde::Deserialize;
use serde_json::json;

/// The most values that an answer may hold (specification, «Completion»).
const MOST: usize = 100;

#[derive(Deserialize)]
struct Params {
    r#ref: Reference,
    argument: Argument,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Reference {
    #[serde(rename = "ref/prompt")]
    Prompt { name: String },
    #[serde(rename = "ref/resource")]
    Resource { uri: String },
}

#[derive(Deserialize)]
struct Argument {
    name: String,
    value: String,
}

/// `completion/complete`
pub(super) fn complete(server: &Server, call: &Call<'_>) -> Result<Answer<'static>, RpcError> {
    let Params { r#ref, argument } = call.params()?;
    let all = match r#ref {
        Reference::Prompt { name } => of_prompt(server, &name, &argument.name)?,
        Reference::Resource { uri } => of_template(server, &uri, &argument.name)?,
    };
    let typed = argument.value.to_lowercase();
    let fits = |value: &String| value.to_lowercase().contains(&typed);
    let mut values: Vec<String> = all.into_iter().filter(fits).collect();
    // What begins with the typed text is likelier meant; the order is kept otherwise.
    values.sort_by_key(|value| !value.to_lowercase().starts_with(&typed));
    let total = values.len();
    values.truncate(MOST);
    let completion = json!({"values": values, "total": total, "hasMore": total > MOST});
    Answer::of(&json!({"completion": completion}))
}

fn of_prompt(server: &Server, name: &str, argument: &str) -> Result<Vec<String>, RpcError> {
    let prompt = prompts::find(server.guides, name)?;
    let known = prompt.arguments.iter().find(|known| known.name == argument);
    let known = known.ok_or_else(|| {
        let names: Vec<_> = prompt.arguments.iter().map(|known| known.name).collect();
        RpcError::params(format!("argument.name: {name} has the arguments {}", names.join(", ")))
    })?;
    Ok(known.values.iter().map(|value| (*value).to_owned()).collect())
}

fn of_template(server: &Server, uri: &str, variable: &str) -> Result<Vec<String>, RpcError> {
    let mut templates = server.library.templates.iter();
    let template = templates.find(|template| template.uri_template() == uri);
    let template = template.ok_or_else(|| RpcError::missing_resource(super::revision::newest(), uri))?;
    if template.variable != variable {
        return Err(RpcError::params(format!("argument.name: the variable is {}", template.variable)));
    }
    Ok((template.values)(&server.catalog))
}
