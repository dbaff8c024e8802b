//! One HTTP answer as routes make it; the engine adds framing, `Date` and `Connection`.

use std::borrow::Cow;
use std::sync::Arc;

/// One answer. Header names are written as given (canonical case).
#[derive(Debug, Clone)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// `Content-Type`; none for an answer without a body.
    pub content_type: Option<&'static str>,
    /// Header lines ready to send, each ended by CR LF, that many answers share (CORS).
    pub common: Arc<str>,
    /// Headers of this answer alone. The engine drops values with control characters.
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
    /// The body.
    pub body: Vec<u8>,
    /// Whether the connection ends with this answer.
    pub close: bool,
}

impl Response {
    /// An answer with neither body nor headers.
    pub fn empty(status: u16, common: Arc<str>) -> Self {
        Self { status, content_type: None, common, headers: Vec::new(), body: Vec::new(), close: false }
    }

    /// An answer with a body.
    pub fn with_body(status: u16, common: Arc<str>, content_type: &'static str, body: Vec<u8>) -> Self {
        Self { content_type: Some(content_type), body, ..Self::empty(status, common) }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Ends the connection after this answer.
    #[must_use]
    pub fn closing(mut self) -> Self {
        self.close = true;
        self
    }
}
