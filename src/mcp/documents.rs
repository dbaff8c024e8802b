//! `resources/*`: reading and watching documents.

use super::Server;
use super::answer::Answer;
use super::call::Call;
use super::error::RpcError;
use super::page::List;
use crate::resources::{Library, Resource, Template};
use crate::toolkit::{Body, Contents};
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;

#[derive(Deserialize)]
struct Params<'a> {
    #[serde(borrow)]
    uri: Cow<'a, str>,
}

/// `resources/read`
pub(super) fn read(server: &Server, call: &Call<'_>) -> Result<Answer<'static>, RpcError> {
    let Params { uri } = call.params()?;
    if let Some(resource) = server.library.get(&uri) {
        return contents(&uri, resource.mime_type, &resource.body);
    }
    let made = server.library.templates.iter().find_map(|template| {
        let text = (template.read)(&server.catalog, template.value(&uri)?)?;
        Some((template.mime_type, Body::Text(text.into())))
    });
    let (mime_type, body) = made.ok_or_else(|| RpcError::missing_resource(call.client.revision, &uri))?;
    contents(&uri, mime_type, &body)
}

fn contents(uri: &str, mime_type: &str, body: &Body) -> Result<Answer<'static>, RpcError> {
    Answer::of(&json!({"contents": [Contents { uri, mime_type, body }]}))
}

/// `resources/subscribe` and `resources/unsubscribe`
pub(super) fn watch(server: &Server, call: &Call<'_>) -> Result<Answer<'static>, RpcError> {
    let Params { uri } = call.params()?;
    if !is_there(server, &uri) {
        return Err(RpcError::missing_resource(call.client.revision, &uri));
    }
    if call.method == "resources/unsubscribe" {
        call.peer.unwatch(&uri);
    } else if !call.peer.watch(&uri) {
        return Err(RpcError::params("too many resources are watched; unsubscribe from some"));
    }
    Ok(Answer::empty())
}

/// Whether this is the address of a document.
pub(super) fn is_there(server: &Server, uri: &str) -> bool {
    server.library.get(uri).is_some()
        || server.library.templates.iter().any(|template| template.value(uri).is_some())
}

/// The list of resources.
pub(super) fn resources(library: &Library) -> Result<List, String> {
    List::new(
        "resources",
        library.resources.iter().map(|resource| (resource.uri.to_string(), listed(resource))),
    )
}

/// The list of templates.
pub(super) fn templates(library: &Library) -> Result<List, String> {
    let entry = |template: &Template| {
        let listed = json!({
            "uriTemplate": template.uri_template(),
            "name": template.name,
            "title": template.title,
            "description": template.description,
            "mimeType": template.mime_type,
        });
        (template.uri_template(), listed)
    };
    List::new("resourceTemplates", library.templates.iter().map(entry))
}

fn listed(resource: &Resource) -> Value {
    let size = match &resource.body {
        Body::Text(text) => text.len(),
        Body::Blob(bytes) => bytes.len(),
    };
    json!({
        "uri": resource.uri,
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        "mimeType": resource.mime_type,
        "size": size,
    })
}
