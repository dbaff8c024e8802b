//! Answers that may be event streams, every message of them held against the schema of its revision.

use super::{Answer, Client};
use crate::schema;
use serde_json::Value;

/// What a request is answered by.
pub enum Reply {
    One(Answer),
    Stream(Events),
}

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    pub id: Option<String>,
    pub name: String,
    pub data: String,
    pub retry: Option<u32>,
}

/// An open event stream of the default engine, which ends with its connection.
pub struct Events {
    client: Client,
    pub head: Answer,
    revision: &'static str,
    method: Option<String>,
    /// What has come and is no event.
    pub comments: Vec<String>,
    /// The ids of the events that have come.
    pub ids: Vec<String>,
}

impl Client {
    /// Sends a request and judges the answer, or what comes on the stream, as that of a request of this method.
    pub fn exchange(mut self, request: &str, revision: &'static str, method: Option<&str>) -> Reply {
        self.write(request);
        self.reply(revision, method)
    }

    /// As [`exchange`](Self::exchange) for a request that has been sent.
    pub fn reply(mut self, revision: &'static str, method: Option<&str>) -> Reply {
        let (status, headers) = self.head();
        let head = Answer { status, headers, body: Vec::new() };
        if head.header("content-type") == Some("text/event-stream") {
            assert_eq!((status, head.header("cache-control")), (200, Some("no-cache")), "{head:?}");
            let method = method.map(str::to_owned);
            let (comments, ids) = (vec![], vec![]);
            return Reply::Stream(Events { client: self, head, revision, method, comments, ids });
        }
        let answer = self.body(head, false);
        answer.judge(revision, method);
        Reply::One(answer)
    }
}

impl Answer {
    /// Holds the body against the schema; batches are for whoever knows what was asked.
    pub fn judge(&self, revision: &str, method: Option<&str>) {
        let json = self.header("content-type") == Some("application/json");
        assert_eq!(json, !self.body.is_empty(), "{self:?}");
        if json && self.json().is_object() {
            // A refusal of the transport's own has not read the message, so it knows no id.
            let method = method.filter(|_| self.status == 200 || !self.json()["id"].is_null());
            schema::server_message(revision, method, &self.json());
        }
    }
}

impl Reply {
    pub fn one(self) -> Answer {
        match self {
            Self::One(answer) => answer,
            Self::Stream(events) => panic!("a stream: {:?}", events.head),
        }
    }

    pub fn stream(self) -> Events {
        match self {
            Self::Stream(events) => events,
            Self::One(answer) => panic!("no stream: {answer:?}"),
        }
    }

    /// The response, whichever way it comes.
    pub fn response(self) -> Value {
        match self {
            Self::One(answer) => answer.json(),
            Self::Stream(mut events) => events.rest().1,
        }
    }
}

impl Events {
    /// The next event; none at the end of the stream.
    pub fn next(&mut self) -> Option<Event> {
        let (mut event, mut any) = (Event::default(), false);
        loop {
            let line = self.client.raw_line()?;
            let Some((field, value)) = line.split_once(':') else {
                assert_eq!(line, "", "no line of an event");
                if any {
                    self.ids.extend(event.id.clone());
                    return Some(event);
                }
                continue;
            };
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "" => self.comments.push(value.to_owned()),
                "id" => event.id = Some(value.to_owned()),
                "event" => value.clone_into(&mut event.name),
                "data" => value.clone_into(&mut event.data),
                "retry" => event.retry = Some(value.parse().unwrap()),
                _ => panic!("an unknown field: {line}"),
            }
            any |= !field.is_empty();
        }
    }

    /// The next message, judged; events without data are passed over.
    pub fn message(&mut self) -> Option<Value> {
        loop {
            let event = self.next()?;
            if !event.data.is_empty() {
                assert_eq!(event.name, "message");
                let message = serde_json::from_str(&event.data).unwrap();
                schema::server_message(self.revision, self.method.as_deref(), &message);
                return Some(message);
            }
        }
    }

    /// All messages up to the response, and the response, behind which the stream ends.
    pub fn rest(&mut self) -> (Vec<Value>, Value) {
        let mut before = Vec::new();
        loop {
            let message = self.message().unwrap_or_else(|| panic!("no response after {before:?}"));
            if message.get("method").is_none() {
                assert_eq!(self.next(), None, "behind the response");
                return (before, message);
            }
            before.push(message);
        }
    }

    /// Nothing but comments comes any more, and the stream ends.
    #[track_caller]
    pub fn ends(&mut self) {
        let next = self.next();
        assert_eq!(next, None);
    }

    /// The id to come back with.
    pub fn last_id(&self) -> &str {
        self.ids.last().expect("an event with an id")
    }
}
