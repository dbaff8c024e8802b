//! What surrounds a running call: the protocol's side of it, which tools reach through their
//! [`Context`](super::Context) only.

use super::view::View;
use serde_json::{Value, json};

/// The surroundings of one call. Everything but [`stopped`](Host::stopped) may be missing: a test has none
/// of it, and an old client can neither be asked nor told of progress.
pub trait Host {
    /// Whether the caller has gone or the deadline has passed.
    fn stopped(&self) -> bool;

    /// The request's id in the log.
    fn label(&self) -> &str {
        "unlabelled"
    }

    /// Tells how far the work is. Calls come at any rate; the host thins them out.
    fn progress(&self, done: f64, total: Option<f64>, message: &str) {
        let _ = (done, total, message);
    }

    /// Tells the client something while the work goes on, when it wants to hear such things.
    fn log(&self, severity: Severity, logger: &str, data: Value) {
        let _ = (severity, logger, data);
    }

    /// Whether the client answers questions of this kind.
    fn answers(&self, asked: Asked) -> bool {
        let _ = asked;
        false
    }

    /// The client's answer to the question of that name, when it has been asked already.
    fn answer(&self, name: &str) -> Option<Value> {
        let _ = name;
        None
    }

    /// The tools that the caller may see and call.
    fn view(&self) -> Option<&View> {
        None
    }

    /// Says that a list or a resource of the server is not what it was.
    fn changed(&self, what: Change) {
        let _ = what;
    }

    /// Lets go of the client's connection while the work goes on; it comes back for the result.
    fn hang_up(&self) {}
}

/// A bare condition is enough of a host where nobody is to be told or asked.
impl<F: Fn() -> bool> Host for F {
    fn stopped(&self) -> bool {
        self()
    }
}

/// What can be asked of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Its user, by a form.
    User,
    /// Its language model.
    Model,
    /// The folders that it works in.
    Roots,
    /// To take a handle now and to fetch the result later.
    Later,
}

impl Asked {
    /// The client capability that has it.
    pub fn capability(self) -> &'static str {
        match self {
            Self::User => "elicitation",
            Self::Model => "sampling",
            Self::Roots => "roots",
            Self::Later => "tasks",
        }
    }
}

/// A question to the client, in the protocol's words.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Who is asked.
    pub asked: Asked,
    /// The method that asks it.
    pub method: &'static str,
    /// Its parameters.
    pub params: Value,
}

impl Question {
    /// A form for the user: what it is for, and the flat schema of what is wanted.
    pub fn form(message: &str, schema: Value) -> Self {
        let params = json!({"mode": "form", "message": message, "requestedSchema": schema});
        Self { asked: Asked::User, method: "elicitation/create", params }
    }

    /// A request to the client's model.
    pub fn model(params: Value) -> Self {
        Self { asked: Asked::Model, method: "sampling/createMessage", params }
    }

    /// The client's folders.
    pub fn roots() -> Self {
        Self { asked: Asked::Roots, method: "roots/list", params: json!({}) }
    }
}

/// Something that clients keep copies of and that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The list of tools.
    Tools,
    /// The list of prompts.
    Prompts,
    /// The list of resources.
    Resources,
    /// The resource of this address.
    Resource(String),
}

/// How much a message matters (RFC 5424, table 2), least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For whoever looks for a fault.
    Debug,
    /// What happens as expected.
    Info,
    /// Normal, but of note.
    Notice,
    /// May lead to a failure.
    Warning,
    /// Failed.
    Error,
    /// A part of the server has failed.
    Critical,
    /// Somebody must act at once.
    Alert,
    /// Nothing works.
    Emergency,
}

impl Severity {
    /// All of them, least first.
    pub const ALL: [Self; 8] = [
        Self::Debug,
        Self::Info,
        Self::Notice,
        Self::Warning,
        Self::Error,
        Self::Critical,
        Self::Alert,
        Self::Emergency,
    ];

    /// The protocol's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Critical => "critical",
            Self::Alert => "alert",
            Self::Emergency => "emergency",
        }
    }

    /// The severity of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}
