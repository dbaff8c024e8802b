//! A client of Streamable HTTP with a session, of the revisions that have one.

use super::events::{Events, Reply};
use super::{Answer, Server, post, rpc};
use serde_json::{Value, json};

/// What both eras' clients take.
pub const ACCEPT: &str = "Accept: application/json, text/event-stream\r\n";

/// An open session. Each request goes over a connection of its own.
pub struct Session<'a> {
    server: &'a Server,
    pub id: String,
    pub revision: &'static str,
    /// Header lines of every request: the key, for one.
    headers: String,
    path: &'static str,
}

/// Everything that a server can ask of a client.
pub fn all_capabilities() -> Value {
    json!({"elicitation": {}, "sampling": {}, "roots": {}})
}

/// The parameters of an opening.
pub fn opening(revision: &str, capabilities: &Value) -> Value {
    let client = json!({"name": "test", "version": "1"});
    json!({"protocolVersion": revision, "capabilities": capabilities, "clientInfo": client})
}

impl<'a> Session<'a> {
    /// Opens a session whose client can be asked everything.
    pub fn open(server: &'a Server, revision: &'static str) -> Self {
        Self::open_as(server, revision, &all_capabilities(), "")
    }

    /// Opens a session with these capabilities, and header lines for every request of it.
    pub fn open_as(server: &'a Server, revision: &'static str, capabilities: &Value, headers: &str) -> Self {
        Self::open_at(server, "/mcp", revision, capabilities, headers)
    }

    pub fn open_at(
        server: &'a Server,
        path: &'static str,
        revision: &'static str,
        capabilities: &Value,
        headers: &str,
    ) -> Self {
        let body = rpc(0, "initialize", opening(revision, capabilities));
        let request = post(path, &format!("{ACCEPT}{headers}"), &body);
        let answer = server.client().exchange(&request, revision, Some("initialize")).one();
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.json()["result"]["protocolVersion"], revision);
        let id = answer.header("Mcp-Session-Id").expect("a session's id").to_owned();
        let session = Self { server, id, revision, headers: headers.to_owned(), path };
        session.notify("notifications/initialized", &json!({}));
        session
    }

    /// The header lines of its requests.
    pub fn headers(&self) -> String {
        // The older revisions know no such header.
        let version = match self.revision {
            "2024-11-05" | "2025-03-26" => String::new(),
            revision => format!("MCP-Protocol-Version: {revision}\r\n"),
        };
        format!("{version}Mcp-Session-Id: {}\r\n{}", self.id, self.headers)
    }

    /// Sends a body that takes either kind of answer.
    pub fn send(&self, body: &str, method: Option<&str>) -> Reply {
        let request = post(self.path, &format!("{ACCEPT}{}", self.headers()), body);
        self.server.client().exchange(&request, self.revision, method)
    }

    pub fn request(&self, id: impl Into<Value>, method: &str, params: Value) -> Reply {
        self.send(&rpc(id, method, params), Some(method))
    }

    pub fn call(&self, id: impl Into<Value>, name: &str, arguments: Value) -> Reply {
        self.request(id, "tools/call", json!({"name": name, "arguments": arguments}))
    }

    /// A call that wants to hear of its progress.
    pub fn told(&self, id: impl Into<Value>, name: &str, arguments: Value) -> Reply {
        let id = id.into();
        let meta = json!({"progressToken": id});
        self.request(id, "tools/call", json!({"name": name, "arguments": arguments, "_meta": meta}))
    }

    /// Sends what wants no answer.
    #[track_caller]
    pub fn silently(&self, body: &Value) {
        let answer = self.send(&body.to_string(), None).one();
        assert_eq!((answer.status, answer.text()), (202, ""), "{body}");
    }

    #[track_caller]
    pub fn notify(&self, method: &str, params: &Value) {
        self.silently(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    #[track_caller]
    pub fn cancel(&self, id: impl Into<Value>) {
        self.notify("notifications/cancelled", &json!({"requestId": id.into()}));
    }

    /// Answers a question of the server's.
    #[track_caller]
    pub fn respond(&self, question: &Value, result: &Value) {
        self.silently(&json!({"jsonrpc": "2.0", "id": question["id"], "result": result}));
    }

    /// The stream of what is part of no answer.
    pub fn listen(&self) -> Events {
        self.get("", None).stream()
    }

    /// Goes on with a stream that answers a request of this method.
    pub fn resume(&self, last: &str, method: &str) -> Reply {
        self.get(&format!("Last-Event-ID: {last}\r\n"), Some(method))
    }

    pub fn get(&self, headers: &str, method: Option<&str>) -> Reply {
        let path = self.path;
        let own = self.headers();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{own}{headers}\r\n"
        );
        self.server.client().exchange(&request, self.revision, method)
    }

    pub fn delete(&self) -> Answer {
        let request = format!("DELETE {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", self.path, self.headers());
        self.server.client().exchange(&request, self.revision, None).one()
    }
}
