//! What a running tool may ask of its surroundings: to warn, and whether to stop.

use std::cell::RefCell;

/// The surroundings of one call.
pub struct Context<'a> {
    warnings: RefCell<Vec<String>>,
    stop: &'a dyn Fn() -> bool,
}

impl<'a> Context<'a> {
    /// Surroundings whose calls end early when `stop` says so.
    pub fn new(stop: &'a dyn Fn() -> bool) -> Self {
        Self { warnings: RefCell::default(), stop }
    }

    /// Adds a sentence to the result's `warnings`.
    pub fn warn(&self, text: impl Into<String>) {
        self.warnings.borrow_mut().push(text.into());
    }

    /// Whether the caller has gone or the deadline has passed; long loops poll it.
    pub fn should_stop(&self) -> bool {
        (self.stop)()
    }

    /// The warnings so far, taken out.
    pub fn take_warnings(&self) -> Vec<String> {
        self.warnings.take()
    }
}
