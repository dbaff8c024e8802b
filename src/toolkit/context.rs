//! What a running tool may ask of its surroundings: to warn, whether to stop, to tell of progress, to ask the client.

use super::content::Content;
use super::error::{Error, Pending};
use super::host::{Asked, Change, Host, Question, Severity};
use super::view::View;
use serde_json::{Map, Value};
use std::cell::RefCell;

/// The surroundings of one call.
pub struct Context<'a> {
    host: &'a dyn Host,
    warnings: RefCell<Vec<String>>,
    shown: RefCell<Vec<Content>>,
    /// Whether a call within another one runs here.
    inner: bool,
}

impl<'a> Context<'a> {
    /// The tool's view of its host.
    pub fn new(host: &'a dyn Host) -> Self {
        Self { host, warnings: RefCell::default(), shown: RefCell::default(), inner: false }
    }

    /// Surroundings of a further call within this one. Only the outer call tells of progress, which must not go
    /// back to zero with each inner one.
    pub fn nested(&self) -> Self {
        Self { inner: true, ..Self::new(self.host) }
    }

    /// See [`Host::label`].
    pub fn label(&self) -> &str {
        self.host.label()
    }

    /// Adds a sentence to the result's `warnings`.
    pub fn warn(&self, text: impl Into<String>) {
        self.warnings.borrow_mut().push(text.into());
    }

    /// Shows the reader this block; whoever shows any replaces the summary made from the result.
    pub fn show(&self, content: Content) {
        self.shown.borrow_mut().push(content);
    }

    /// Whether the caller has gone or the deadline has passed; long loops poll it.
    pub fn should_stop(&self) -> bool {
        self.host.stopped()
    }

    /// Tells a client that wants to know how far the work is.
    pub fn progress(&self, done: f64, total: Option<f64>, message: &str) {
        if !self.inner {
            self.host.progress(done, total, message);
        }
    }

    /// Tells a client that wants to hear it.
    pub fn log(&self, severity: Severity, logger: &str, data: impl Into<Value>) {
        self.host.log(severity, logger, data.into());
    }

    /// The tools that the caller may see and call; none in a test without a server.
    pub fn view(&self) -> Option<&View> {
        self.host.view()
    }

    /// See [`Host::changed`].
    pub fn changed(&self, what: Change) {
        self.host.changed(what);
    }

    /// See [`Host::hang_up`].
    pub fn hang_up(&self) {
        self.host.hang_up();
    }

    /// Whether this is a call within another one, which shares its answers.
    pub(super) fn is_inner(&self) -> bool {
        self.inner
    }

    /// Whether the client answers questions of this kind.
    pub fn can_ask(&self, asked: Asked) -> bool {
        self.host.answers(asked)
    }

    /// Ends the call unless the client can be asked this.
    ///
    /// # Errors
    /// [`Error::Capability`]
    pub fn require(&self, asked: Asked) -> Result<(), Error> {
        if self.can_ask(asked) { Ok(()) } else { Err(Error::Capability(asked)) }
    }

    /// The client's answers to all of these questions, each under a name of its own within the call; `dateOrder`
    /// and `comma` are taken by [`readings`](super::readings).
    ///
    /// # Errors
    /// While an answer is missing the call ends with [`Error::Input`]; once the client has answered, the tool
    /// is run again from its beginning and gets the answers here. What it did before is done again, so questions come first.
    pub fn ask(&self, questions: Vec<(String, Question)>) -> Result<Vec<Value>, Error> {
        questions.iter().try_for_each(|(_, question)| self.require(question.asked))?;
        let answers: Vec<_> = questions.iter().map(|(name, _)| self.host.answer(name)).collect();
        if answers.iter().all(Option::is_some) {
            return Ok(answers.into_iter().flatten().collect());
        }
        let open = questions.into_iter().zip(answers).filter(|(_, answer)| answer.is_none());
        Err(Error::Input(Pending { questions: open.map(|(question, _)| question).collect() }))
    }

    /// Asks the client's user to fill in a form; none when the user would rather not.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub fn ask_user(
        &self,
        name: &str,
        message: &str,
        schema: Value,
    ) -> Result<Option<Map<String, Value>>, Error> {
        let answers = self.ask(vec![(name.to_owned(), Question::form(message, schema))])?;
        Ok(answers.into_iter().next().and_then(accepted))
    }

    /// The warnings so far, taken out.
    pub fn take_warnings(&self) -> Vec<String> {
        self.warnings.take()
    }

    /// The blocks shown so far, taken out.
    pub fn take_shown(&self) -> Vec<Content> {
        self.shown.take()
    }
}

/// The content of a form that the user has sent; none of one refused or dismissed.
pub fn accepted(answer: Value) -> Option<Map<String, Value>> {
    let Value::Object(mut answer) = answer else { return None };
    let agreed = answer.get("action").is_some_and(|action| action == "accept");
    match answer.remove("content") {
        _ if !agreed => None,
        Some(Value::Object(content)) => Some(content),
        _ => Some(Map::new()),
    }
}
