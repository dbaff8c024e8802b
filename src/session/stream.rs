//! One stream of messages to a client, apart from the connection that carries it: a client that has lost
//! its connection comes back for what it has missed, where its revision allows that.

use crate::mcp::{Cancel, Outlet};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Messages that may wait for a slow reader.
const QUEUE: usize = 256;
/// Messages kept for a reader that comes back, and their bytes together.
const KEPT: usize = 256;
const KEPT_BYTES: usize = 1024 * 1024;

/// What the writer of a connection is told.
#[derive(Debug, Clone)]
pub enum Event {
    /// A JSON-RPC message to send, with its number in the stream.
    Message(u64, Arc<[u8]>),
    /// The stream is complete.
    End,
    /// The client is to come back later.
    HangUp,
    /// The client has closed its side.
    Gone,
    /// The server stops.
    Stopping,
}

/// A stream of messages.
#[derive(Debug)]
pub struct Stream {
    /// Tells it from the other streams of its session.
    pub number: u64,
    /// Whether messages are kept for a client that comes back.
    keeps: bool,
    /// Ends the work behind a stream that nobody can come back to.
    cancel: Option<Cancel>,
    /// Its session is over.
    closed: Arc<AtomicBool>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    kept: VecDeque<(u64, Arc<[u8]>)>,
    kept_bytes: usize,
    /// The number of the last message.
    last: u64,
    reader: Option<(u64, Sender<Event>)>,
    readers: u64,
    ended: bool,
    left: bool,
}

/// A connection's end of a stream.
#[derive(Debug)]
pub struct Reader {
    /// What comes.
    pub events: Receiver<Event>,
    number: u64,
}

/// Why a message cannot be queued.
#[derive(Debug, PartialEq, Eq)]
pub enum Full {
    /// The client does not read its stream.
    Slow,
    /// There is no stream any more.
    Ended,
}

impl Stream {
    /// A stream of one connection: what is not read there is lost, and its end cancels the work behind it.
    pub fn once(cancel: Option<Cancel>) -> Arc<Self> {
        Arc::new(Self { number: 0, keeps: false, cancel, closed: Arc::default(), inner: Mutex::default() })
    }

    /// A stream of a session that outlives its connections.
    pub(super) fn kept(number: u64, closed: &Arc<AtomicBool>) -> Arc<Self> {
        let closed = Arc::clone(closed);
        Arc::new(Self { number, keeps: true, cancel: None, closed, inner: Mutex::default() })
    }

    /// Takes the stream up on a connection, behind the message of number `after`. A former connection's reader
    /// ends.
    pub fn attach(&self, after: u64) -> Reader {
        let mut inner = self.inner.lock();
        let missed = inner.kept.iter().filter(|(number, _)| *number > after);
        let missed: Vec<Event> =
            missed.map(|(number, message)| Event::Message(*number, Arc::clone(message))).collect();
        let (sender, events) = bounded(missed.len() + QUEUE);
        for event in missed.into_iter().chain(inner.ended.then_some(Event::End)) {
            let _ = sender.try_send(event);
        }
        inner.readers += 1;
        let number = inner.readers;
        inner.reader = Some((number, sender));
        Reader { events, number }
    }

    /// The connection of this reader has ended.
    pub fn detach(&self, reader: &Reader) {
        let mut inner = self.inner.lock();
        if inner.reader.as_ref().is_some_and(|(number, _)| *number == reader.number) {
            inner.reader = None;
            inner.left = true;
        }
        drop(inner);
        if let Some(cancel) = &self.cancel {
            cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Queues a message.
    ///
    /// # Errors
    /// When it is lost because the client reads too slowly or has gone; one that is kept is not lost.
    pub fn push(&self, message: Vec<u8>) -> Result<(), Full> {
        let mut inner = self.inner.lock();
        if inner.ended {
            return Err(Full::Ended);
        }
        inner.last += 1;
        let (number, message): (_, Arc<[u8]>) = (inner.last, message.into());
        if self.keeps {
            inner.keep(number, Arc::clone(&message));
        }
        let sent = inner.tell(Event::Message(number, message));
        if self.keeps { Ok(()) } else { sent }
    }

    /// Tells the connection's writer something that is no message.
    pub fn tell(&self, event: Event) {
        // A full queue needs no word: the writer's next write fails, or it ends with the queue.
        let _ = self.inner.lock().tell(event);
    }

    /// Whether another message would have to be turned away.
    pub fn is_full(&self) -> bool {
        self.inner.lock().reader.as_ref().is_some_and(|(_, sender)| sender.is_full())
    }

    /// Whether its last message has been queued.
    pub fn has_ended(&self) -> bool {
        self.inner.lock().ended
    }
}

impl Inner {
    fn keep(&mut self, number: u64, message: Arc<[u8]>) {
        self.kept_bytes += message.len();
        self.kept.push_back((number, message));
        while self.kept.len() > KEPT || (self.kept_bytes > KEPT_BYTES && self.kept.len() > 1) {
            if let Some((_, old)) = self.kept.pop_front() {
                self.kept_bytes -= old.len();
            }
        }
    }

    fn tell(&mut self, event: Event) -> Result<(), Full> {
        let Some((_, sender)) = &self.reader else { return Err(Full::Ended) };
        match sender.try_send(event) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => Err(Full::Slow),
            Err(TrySendError::Disconnected(_)) => Err(Full::Ended),
        }
    }
}

impl Outlet for Stream {
    fn send(&self, message: Vec<u8>) {
        // A client that reads too slowly to be told in between still gets the answer, or comes back for it.
        let _ = self.push(message);
    }

    fn finish(&self, message: Option<Vec<u8>>) {
        if let Some(message) = message {
            let _ = self.push(message);
        }
        let mut inner = self.inner.lock();
        inner.ended = true;
        if inner.tell(Event::End) == Err(Full::Slow) {
            // The queue's end then ends the writer.
            inner.reader = None;
        }
    }

    fn gone(&self) -> bool {
        let over = |inner: &Inner| inner.left || inner.ended;
        self.closed.load(Ordering::Relaxed) || (!self.keeps && over(&self.inner.lock()))
    }

    fn hang_up(&self) {
        let mut inner = self.inner.lock();
        if self.keeps {
            let _ = inner.tell(Event::HangUp);
            inner.reader = None;
        }
    }
}

/// A stream that carries the answers of many requests: it goes on behind each last message.
#[derive(Debug)]
pub struct Shared(pub Arc<Stream>);

impl Outlet for Shared {
    fn send(&self, message: Vec<u8>) {
        self.0.send(message);
    }

    fn finish(&self, message: Option<Vec<u8>>) {
        if let Some(message) = message {
            self.0.send(message);
        }
    }

    fn gone(&self) -> bool {
        self.0.gone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(reader: &Reader) -> Vec<String> {
        let told = |event| match event {
            Event::Message(number, message) => {
                format!("{number}:{}", String::from_utf8(message.to_vec()).unwrap())
            }
            other => format!("{other:?}"),
        };
        reader.events.try_iter().map(told).collect()
    }

    #[test]
    fn who_comes_back_gets_what_was_missed_and_only_that() {
        let stream = Stream::kept(1, &Arc::default());
        let first = stream.attach(0);
        stream.send(b"a".to_vec());
        assert_eq!(texts(&first), ["1:a"]);
        stream.hang_up();
        assert_eq!(texts(&first), ["HangUp"]);
        stream.send(b"b".to_vec());
        stream.finish(Some(b"c".to_vec()));
        assert!(!stream.gone());
        assert_eq!(texts(&stream.attach(1)), ["2:b", "3:c", "End"]);
        assert_eq!(texts(&stream.attach(0)), ["1:a", "2:b", "3:c", "End"]);
        stream.send(b"late".to_vec());
        assert_eq!(texts(&stream.attach(3)), ["End"]);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let stream = Stream::kept(1, &Arc::default());
        for i in 0..3 * KEPT {
            stream.send(vec![b'x'; if i % 2 == 0 { 1 } else { KEPT_BYTES / 100 }]);
        }
        let inner = stream.inner.lock();
        assert!(inner.kept.len() <= KEPT && inner.kept_bytes <= KEPT_BYTES, "{}", inner.kept.len());
    }

    #[test]
    fn a_stream_of_one_connection_ends_with_it() {
        let cancel = Cancel::default();
        let stream = Stream::once(Some(Arc::clone(&cancel)));
        let reader = stream.attach(0);
        assert!(!stream.gone());
        stream.detach(&reader);
        assert!(stream.gone() && cancel.load(Ordering::Relaxed));
    }

    #[test]
    fn a_new_connection_takes_over_from_the_old_one() {
        let stream = Stream::kept(0, &Arc::default());
        let (old, new) = (stream.attach(0), stream.attach(0));
        stream.send(b"a".to_vec());
        assert!(old.events.recv().is_err(), "the old reader's queue has ended");
        stream.detach(&old);
        stream.send(b"b".to_vec());
        assert_eq!(texts(&new), ["1:a", "2:b"]);
    }

    #[test]
    fn a_slow_reader_is_told_of() {
        let stream = Stream::once(None);
        assert_eq!(stream.push(Vec::new()), Err(Full::Ended), "nobody reads");
        let _reader = stream.attach(0);
        for _ in 0..QUEUE {
            stream.push(Vec::new()).unwrap();
        }
        assert!(stream.is_full());
        assert_eq!(stream.push(Vec::new()), Err(Full::Slow));
    }
}
