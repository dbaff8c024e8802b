//! JSON-RPC 2.0 messages, parsed without copying: ids are echoed to the letter.

use super::error::RpcError;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A client's message.
#[derive(Debug)]
pub enum Message<'a> {
    /// Wants an answer.
    Request(Request<'a>),
    /// Wants none.
    Notification(Notification<'a>),
    /// Answers something that the server asked.
    Response(Response<'a>),
}

/// A notification.
#[derive(Debug)]
pub struct Notification<'a> {
    /// The method.
    pub method: Cow<'a, str>,
    /// The parameters, if any.
    pub params: Option<&'a RawValue>,
}

/// An answer to a question of the server's.
#[derive(Debug)]
pub struct Response<'a> {
    /// The id that the server gave the question.
    pub id: Option<&'a RawValue>,
    /// The result; none when the client answers with an error.
    pub result: Option<&'a RawValue>,
}

/// A request.
#[derive(Debug)]
pub struct Request<'a> {
    /// A string or an integer, as it came.
    pub id: &'a RawValue,
    /// The method.
    pub method: Cow<'a, str>,
    /// The parameters, if any.
    pub params: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow)]
    jsonrpc: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present")]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    method: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present")]
    params: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    result: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    error: Option<&'a RawValue>,
}

/// `null` is present, unlike for serde's `Option`: an id of `null` is a mistake, not a notification.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// Longer ids only serve to make answers large.
const ID_BYTES: usize = 1024;

/// Parses one message.
///
/// # Errors
/// What is wrong, with the id where it can be told.
pub fn parse(text: &str) -> Result<Message<'_>, (Option<&RawValue>, RpcError)> {
    let wire: Wire<'_> = serde_json::from_str(text).map_err(|e| (None, malformed(text, &e)))?;
    let id = match wire.id {
        Some(id) if is_id(id.get()) => Some(id),
        Some(_) => {
            let why = format!("id must be a string or an integer of at most {ID_BYTES} bytes");
            return Err((None, RpcError::request(why)));
        }
        None => None,
    };
    let wrong = |why: &str| Err((id, RpcError::request(why)));
    if wire.jsonrpc.as_deref() != Some("2.0") {
        return wrong("jsonrpc must be \"2.0\"");
    }
    // Some clients write `null` for no parameters.
    let params = wire.params.filter(|params| params.get() != "null");
    match (wire.method, id) {
        (Some(method), Some(id)) => Ok(Message::Request(Request { id, method, params })),
        (Some(method), None) => Ok(Message::Notification(Notification { method, params })),
        (None, id) if wire.result.is_some() || wire.error.is_some() => {
            Ok(Message::Response(Response { id, result: wire.result }))
        }
        (None, _) => wrong("method is missing"),
    }
}

/// JSON of another shape is an invalid request; only what is no JSON at all is a parse error.
fn malformed(text: &str, error: &serde_json::Error) -> RpcError {
    let is_json = error.is_data() && serde_json::from_str::<&RawValue>(text).is_ok();
    if is_json { RpcError::request(error.to_string()) } else { RpcError::parse(&error.to_string()) }
}

/// Whether this is a string or an integer, and not too long to be sent back again and again.
pub(super) fn is_id(raw: &str) -> bool {
    let whole = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    raw.len() <= ID_BYTES && (raw.starts_with('"') || whole(raw.strip_prefix('-').unwrap_or(raw)))
}
