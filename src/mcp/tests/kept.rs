//! An outlet that keeps what it is given, and a heavy tool that asks: what the tests of longer talks need.

use super::super::*;
use crate::toolkit::{Context, Cost, Entry, Error, Example, Question, Tool};
use parking_lot::Mutex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks two questions, and says how many answers it has.
pub(super) struct Asker;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Nothing {}

#[derive(Serialize, JsonSchema)]
pub(super) struct Count {
    /// Answers [pieces].
    answers: f64,
}

impl Tool for Asker {
    const NAME: &'static str = "ask_twice";
    const TITLE: &'static str = "Asks";
    const DESCRIPTION: &'static str = "Asks two questions.";
    const EXAMPLES: &'static [Example] =
        &[Example { arguments: "{}", expect: r#"{"answers": 2}"#, tolerance: 0.0, source: "by hand" }];
    const COST: Cost = Cost::Heavy;
    type Args = Nothing;
    type Output = Count;

    fn run(_: Nothing, cx: &Context) -> Result<Count, Error> {
        let schema = json!({"type": "object", "properties": {}});
        let ask = |name: &str| (name.to_owned(), Question::form(name, schema.clone()));
        let answers = cx.ask(vec![ask("first"), ask("second")])?;
        Ok(Count { answers: answers.len() as f64 })
    }
}

const _: Entry = Entry::of::<Asker>();

/// Keeps messages; its client goes when the test says so.
#[derive(Default)]
pub(super) struct Kept {
    messages: Mutex<Vec<Value>>,
    finished: AtomicBool,
    gone: AtomicBool,
}

impl Kept {
    /// What has come since the last look.
    pub(super) fn take(&self) -> Vec<Value> {
        std::mem::take(&mut self.messages.lock())
    }

    pub(super) fn has_finished(&self) -> bool {
        self.finished.load(Ordering::Relaxed)
    }

    pub(super) fn leave(&self) {
        self.gone.store(true, Ordering::Relaxed);
    }
}

impl Outlet for Kept {
    fn send(&self, message: Vec<u8>) {
        self.messages.lock().push(serde_json::from_slice(&message).unwrap());
    }

    fn finish(&self, message: Option<Vec<u8>>) {
        message.into_iter().for_each(|message| self.send(message));
        self.finished.store(true, Ordering::Relaxed);
    }

    fn gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }
}

/// What the server makes of a message of this client, whom messages can reach.
pub(super) fn take(server: &Arc<Server>, peer: &Arc<Peer>, message: &Value) -> Step {
    let caller = Caller {
        peer,
        scope: server.scope(),
        owner: Owner::default(),
        label: "t",
        speaks: true,
        mirror: None,
    };
    server.take(message.to_string().as_bytes(), &caller)
}

/// A client of 2025-11-25 whose user can be asked.
pub(super) fn opened(server: &Arc<Server>) -> Arc<Peer> {
    let peer = Arc::default();
    let params = json!({"protocolVersion": "2025-11-25", "capabilities": {"elicitation": {}}});
    let open = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params});
    assert!(matches!(take(server, &peer, &open), Step::Opened(_)));
    peer
}

/// A request of the newest revision by a client that takes tasks and can be asked.
pub(super) fn modern(id: impl Into<Value>, method: &str, mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":
            {"elicitation": {}, "extensions": {"io.modelcontextprotocol/tasks": {}}},
    });
    json!({"jsonrpc": "2.0", "id": id.into(), "method": method, "params": params})
}

/// The call that asks.
pub(super) fn asking(id: impl Into<Value>) -> Value {
    json!({"jsonrpc": "2.0", "id": id.into(), "method": "tools/call", "params": {"name": "ask_twice"}})
}
