//! Requests of 2026-07-28, which carry all that the server needs to know, and may be spoilt in every part.

use super::events::Reply;
use super::session::ACCEPT;
use super::{Server, post};
use serde_json::{Map, Value, json};

pub const MODERN: &str = "2026-07-28";

/// A request in the making: right in everything until a test changes it.
#[derive(Clone)]
pub struct Modern {
    id: Value,
    method: String,
    params: Map<String, Value>,
    meta: Map<String, Value>,
    headers: Vec<(String, String)>,
    path: String,
}

/// The full name of a protocol field.
fn field(name: &str) -> String {
    match name {
        "protocolVersion" | "clientInfo" | "clientCapabilities" | "logLevel" => {
            format!("io.modelcontextprotocol/{name}")
        }
        other => other.to_owned(),
    }
}

impl Modern {
    pub fn new(method: &str, params: Value) -> Self {
        let Value::Object(params) = params else { panic!("{params}") };
        let mut headers = vec![("MCP-Protocol-Version", MODERN), ("Mcp-Method", method)];
        let target = ["name", "uri", "taskId"].iter().find_map(|name| params.get(*name)?.as_str());
        headers.extend(target.map(|target| ("Mcp-Name", target)));
        let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let meta = Map::new();
        let new = Self { id: json!(1), method: method.into(), params, meta, headers, path: "/mcp".into() };
        new.meta("protocolVersion", MODERN)
            .meta("clientInfo", json!({"name": "test", "version": "1"}))
            .meta("clientCapabilities", json!({}))
    }

    pub fn call(name: &str, arguments: Value) -> Self {
        Self::new("tools/call", json!({"name": name, "arguments": arguments}))
    }

    /// A task's method.
    pub fn task(method: &str, id: &str) -> Self {
        Self::new(method, json!({"taskId": id})).with_tasks()
    }

    pub fn id(self, id: impl Into<Value>) -> Self {
        Self { id: id.into(), ..self }
    }

    pub fn path(self, path: &str) -> Self {
        Self { path: path.into(), ..self }
    }

    pub fn param(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }

    pub fn meta(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.meta.insert(field(name), value.into());
        self
    }

    pub fn without_meta(mut self, name: &str) -> Self {
        self.meta.shift_remove(&field(name)).expect("a field to take away");
        self
    }

    pub fn capabilities(self, capabilities: Value) -> Self {
        self.meta("clientCapabilities", capabilities)
    }

    pub fn with_tasks(self) -> Self {
        self.capabilities(json!({"elicitation": {}, "extensions": {"io.modelcontextprotocol/tasks": {}}}))
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.also(name, value)
    }

    /// Once more, whether it is there or not.
    pub fn also(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        let before = self.headers.len();
        self.headers.retain(|(known, _)| known != name);
        assert!(self.headers.len() < before, "no {name} to take away");
        self
    }

    pub fn key(self, key: &str) -> Self {
        self.header("Authorization", &format!("Bearer {key}"))
    }

    /// The message alone, as stdio has it.
    pub fn body(&self) -> String {
        let mut params = self.params.clone();
        params.insert("_meta".into(), Value::Object(self.meta.clone()));
        json!({"jsonrpc": "2.0", "id": self.id, "method": self.method, "params": params}).to_string()
    }

    /// The whole request.
    pub fn text(&self) -> String {
        let lines: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let accept = if self.headers.iter().any(|(name, _)| name == "Accept") { "" } else { ACCEPT };
        post(&self.path, &format!("{accept}{lines}"), &self.body())
    }

    pub fn send(&self, server: &Server) -> Reply {
        server.client().exchange(&self.text(), MODERN, Some(&self.method))
    }

    /// The answer with its status.
    pub fn answer(&self, server: &Server) -> (u16, Value) {
        let answer = self.send(server).one();
        (answer.status, answer.json())
    }

    /// The result, whichever way it comes.
    #[track_caller]
    pub fn result(&self, server: &Server) -> Value {
        let mut response = self.send(server).response();
        assert_eq!(response["id"], self.id, "{response}");
        assert!(response.get("error").is_none(), "{response}");
        response["result"].take()
    }

    /// Status and code of a refusal, which names the request.
    #[track_caller]
    pub fn refusal(&self, server: &Server) -> (u16, i64) {
        let (status, answer) = self.answer(server);
        assert_eq!(answer["id"], self.id, "{answer}");
        (status, answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("no refusal: {answer}")))
    }
}
