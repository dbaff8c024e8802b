//! The Model Context Protocol: one match over methods, no I/O.
//!
//! A transport hands over the bytes of one message and says who calls; what comes back is the bytes
//! to send, if any. Tools are known only through the [`Catalog`].

pub mod error;
mod initialize;
pub mod message;
pub mod revision;
mod tools;

pub use error::RpcError;
pub use revision::{Negotiated, Revision};

use crate::toolkit::Catalog;
use message::{Message, Request};
use serde::Serialize;
use serde_json::value::RawValue;

/// The server's name, in `serverInfo` and wherever it introduces itself.
pub const NAME: &str = "businessmath-mcp-server";
/// The server's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A batch of more messages is refused: each may be answered by an error longer than itself.
const BATCH: usize = 1000;

/// The protocol's side of a server: shared by all connections, free of state.
pub struct Server {
    catalog: Catalog,
    tool_list: Box<RawValue>,
}

/// Who sends a message, as far as the protocol needs to know.
pub struct Caller<'a> {
    /// The revision agreed on this connection or session.
    pub revision: &'a Negotiated,
    /// The request's id in the log.
    pub label: &'a str,
    /// Whether the caller has gone.
    pub stop: &'a dyn Fn() -> bool,
}

/// What to send back.
#[derive(Debug)]
pub enum Reply {
    /// Nothing: the message was a notification or a response.
    None,
    /// A response, or a batch of them.
    Message(Vec<u8>),
    /// An error response to something that is no valid message.
    Malformed(Vec<u8>),
}

impl Server {
    /// A server of these tools.
    ///
    /// # Errors
    /// When the list of tools cannot be written as JSON, which no catalogue should bring about.
    pub fn new(catalog: Catalog) -> Result<Self, String> {
        let tool_list = tools::list(&catalog).map_err(|e| e.to_string())?;
        Ok(Self { catalog, tool_list })
    }

    /// The tools that this server has.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Serves one message, or one batch where the revision has batches.
    pub fn handle(&self, bytes: &[u8], caller: &Caller<'_>) -> Reply {
        let Ok(text) = str::from_utf8(bytes) else {
            return Reply::Malformed(error::response(None, &RpcError::parse("not UTF-8")));
        };
        if text.trim_ascii_start().starts_with('[') {
            self.batch(text, caller)
        } else {
            self.one(text, caller)
        }
    }

    fn one(&self, text: &str, caller: &Caller<'_>) -> Reply {
        match message::parse(text) {
            Err((id, error)) => Reply::Malformed(error::response(id, &error)),
            Ok(Message::Request(request)) => Reply::Message(self.answer(&request, caller)),
            // None of the notifications served so far asks for an action here.
            Ok(Message::Notification | Message::Response) => Reply::None,
        }
    }

    fn batch(&self, text: &str, caller: &Caller<'_>) -> Reply {
        let refused = |error: RpcError| Reply::Malformed(error::response(None, &error));
        let revision = caller.revision.get();
        let messages: Vec<&RawValue> = match serde_json::from_str(text) {
            Err(e) => return refused(RpcError::parse(&e.to_string())),
            Ok(_) if !revision.batches => {
                return refused(RpcError::request(format!("{} has no batches", revision.name)));
            }
            Ok(messages) => messages,
        };
        if messages.is_empty() || messages.len() > BATCH {
            return refused(RpcError::request(format!("a batch holds 1 to {BATCH} messages")));
        }
        let answers: Vec<Vec<u8>> = messages
            .iter()
            .filter_map(|message| match self.one(message.get(), caller) {
                Reply::None => None,
                Reply::Message(answer) | Reply::Malformed(answer) => Some(answer),
            })
            .collect();
        if answers.is_empty() { Reply::None } else { Reply::Message(joined(&answers)) }
    }

    fn answer(&self, request: &Request<'_>, caller: &Caller<'_>) -> Vec<u8> {
        let params = request.params;
        let answered = match request.method.as_ref() {
            "initialize" => initialize::initialize(params, caller).and_then(|r| respond(request, &r)),
            "ping" => respond(request, &serde_json::Map::new()),
            "tools/list" => tools::no_cursor(params).and_then(|()| respond(request, &self.tool_list)),
            "tools/call" => tools::call(&self.catalog, params, caller).and_then(|r| respond(request, &r)),
            other => Err(RpcError::unknown_method(other)),
        };
        answered.unwrap_or_else(|e| error::response(Some(request.id), &e))
    }
}

fn respond<R: Serialize>(request: &Request<'_>, result: &R) -> Result<Vec<u8>, RpcError> {
    #[derive(Serialize)]
    struct Response<'a, R> {
        jsonrpc: &'static str,
        id: &'a RawValue,
        result: &'a R,
    }
    let mut out = Vec::with_capacity(1024);
    serde_json::to_writer(&mut out, &Response { jsonrpc: "2.0", id: request.id, result })
        .map_err(|e| RpcError::internal(&e.to_string()))?;
    Ok(out)
}

fn joined(answers: &[Vec<u8>]) -> Vec<u8> {
    let mut out = vec![b'['];
    out.extend(answers.join(&b','));
    out.push(b']');
    out
}

#[cfg(test)]
mod tests;
