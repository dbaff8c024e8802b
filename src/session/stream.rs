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
/// Places behind those, for the last message and the word that it was the last.
const LAST: usize = 2;
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
    /// The number of the last message that a reader was handed.
    handed: u64,
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
    /// The number of the message that it begins behind.
    pub after: u64,
    /// Tells it from the stream's other readers, former ones and those to come.
    pub number: u64,
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

    /// Whether there is a message of that number, or the place before the first.
    pub fn reaches(&self, number: u64) -> bool {
        number <= self.inner.lock().last
    }

    /// Takes the stream up on a connection, behind the message of number `after`, or else behind what was handed to
    /// a reader already: no message goes to two who do not ask for it. A former connection's reader ends.
    pub fn attach(&self, after: Option<u64>) -> Reader {
        let mut inner = self.inner.lock();
        let after = after.unwrap_or(inner.handed);
        let missed = inner.kept.iter().filter(|(number, _)| *number > after);
        let missed: Vec<Event> =
            missed.map(|(number, message)| Event::Message(*number, Arc::clone(message))).collect();
        let (sender, events) = bounded(missed.len() + QUEUE + LAST);
        for event in missed.into_iter().chain(inner.ended.then_some(Event::End)) {
            let _ = sender.try_send(event);
        }
        inner.handed = inner.last;
        inner.readers += 1;
        let number = inner.readers;
        inner.reader = Some((number, sender));
        Reader { events, after, number }
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

    /// There is no connection for the reader after all. A stream of a session goes on, for the next one.
    pub fn abandon(&self) {
        let mut inner = self.inner.lock();
        inner.reader = None;
        inner.left = true;
    }

    /// Queues a message.
    ///
    /// # Errors
    /// When it is lost because the client reads too slowly or has gone; one that is kept is not lost.
    pub fn push(&self, message: Vec<u8>) -> Result<(), Full> {
        self.inner.lock().push(message, self.keeps, LAST)
    }

    /// Tells the connection's writer something that is no message.
    pub fn tell(&self, event: Event) {
        // A full queue needs no word: the writer's next write fails, or it ends with the queue.
        let _ = self.inner.lock().tell(event, 0);
    }

    /// Tells one connection's writer that its client has gone; another may have taken the stream up by now.
    pub fn tell_gone(&self, reader: u64) {
        let mut inner = self.inner.lock();
        if inner.reader.as_ref().is_some_and(|(number, _)| *number == reader) {
            let _ = inner.tell(Event::Gone, 0);
        }
    }

    /// Whether another message would have to be turned away.
    pub fn is_full(&self) -> bool {
        self.inner.lock().reader.as_ref().is_some_and(|(_, sender)| !has_room(sender, LAST))
    }

    /// Whether its last message has been queued.
    pub fn has_ended(&self) -> bool {
        self.inner.lock().ended
    }
}

/// Whether a queue takes one more and still has so many places.
fn has_room(sender: &Sender<Event>, spare: usize) -> bool {
    sender.capacity().is_none_or(|capacity| sender.len() + spare < capacity)
}

impl Inner {
    fn push(&mut self, message: Vec<u8>, keeps: bool, spare: usize) -> Result<(), Full> {
        if self.ended {
            return Err(Full::Ended);
        }
        self.last += 1;
        let (number, message): (_, Arc<[u8]>) = (self.last, message.into());
        if keeps {
            self.keep(number, Arc::clone(&message));
        }
        let sent = self.tell(Event::Message(number, message), spare);
        if sent.is_ok() {
            self.handed = number;
        }
        if !keeps {
            return sent;
        }
        // A gap would never be filled: the connection ends here, and the client comes back for the rest.
        if sent == Err(Full::Slow) {
            self.hang_up();
        }
        Ok(())
    }

    fn hang_up(&mut self) {
        let _ = self.tell(Event::HangUp, 0);
        self.reader = None;
    }

    fn keep(&mut self, number: u64, message: Arc<[u8]>) {
        self.kept_bytes += message.len();
        self.kept.push_back((number, message));
        while self.kept.len() > KEPT || (self.kept_bytes > KEPT_BYTES && self.kept.len() > 1) {
            if let Some((_, old)) = self.kept.pop_front() {
                self.kept_bytes -= old.len();
            }
        }
    }

    fn tell(&mut self, event: Event, spare: usize) -> Result<(), Full> {
        let Some((_, sender)) = &self.reader else { return Err(Full::Ended) };
        if !has_room(sender, spare) {
            return Err(Full::Slow);
        }
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
        let mut inner = self.inner.lock();
        if let Some(message) = message {
            let _ = inner.push(message, self.keeps, LAST - 1);
        }
        inner.ended = true;
        if inner.tell(Event::End, 0) == Err(Full::Slow) {
            // The queue's end then ends the writer.
            inner.reader = None;
        }
    }

    fn gone(&self) -> bool {
        let over = |inner: &Inner| inner.left || inner.ended;
        self.closed.load(Ordering::Relaxed) || (!self.keeps && over(&self.inner.lock()))
    }

    fn hang_up(&self) {
        if self.keeps {
            self.inner.lock().hang_up();
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
        // An answer that is lost would be waited for: better the stream ends, and the client sees it.
        if let Some(message) = message
            && self.0.push(message) == Err(Full::Slow)
        {
            self.0.finish(None);
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
        let first = stream.attach(None);
        stream.send(b"a".to_vec());
        assert_eq!(texts(&first), ["1:a"]);
        stream.hang_up();
        assert_eq!(texts(&first), ["HangUp"]);
        stream.send(b"b".to_vec());
        stream.finish(Some(b"c".to_vec()));
        assert!(!stream.gone());
        assert_eq!(texts(&stream.attach(Some(1))), ["2:b", "3:c", "End"]);
        assert_eq!(texts(&stream.attach(Some(0))), ["1:a", "2:b", "3:c", "End"]);
        stream.send(b"late".to_vec());
        assert_eq!(texts(&stream.attach(Some(3))), ["End"]);
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
        let reader = stream.attach(None);
        assert!(!stream.gone());
        stream.detach(&reader);
        assert!(stream.gone() && cancel.load(Ordering::Relaxed));
    }

    #[test]
    fn a_new_connection_takes_over_from_the_old_one() {
        let stream = Stream::kept(0, &Arc::default());
        let (old, new) = (stream.attach(None), stream.attach(None));
        stream.send(b"a".to_vec());
        assert!(old.events.recv().is_err(), "the old reader's queue has ended");
        stream.detach(&old);
        stream.send(b"b".to_vec());
        stream.tell_gone(old.number);
        assert_eq!(texts(&new), ["1:a", "2:b"], "and not the word that the old one's client has gone");
        assert_eq!(texts(&stream.attach(None)), [""; 0], "what the other was handed");
        assert!(stream.reaches(2) && !stream.reaches(3));
    }

    #[test]
    fn the_last_message_has_a_place_of_its_own() {
        let stream = Stream::once(None);
        let reader = stream.attach(None);
        (0..2 * QUEUE).for_each(|_| stream.send(b"x".to_vec()));
        stream.finish(Some(b"last".to_vec()));
        let all = texts(&reader);
        assert_eq!(all.len(), QUEUE + 2);
        assert!(all[QUEUE].ends_with(":last") && all[QUEUE + 1] == "End", "{all:?}");
    }

    #[test]
    fn a_slow_reader_that_can_come_back_has_no_gap() {
        let stream = Stream::kept(1, &Arc::default());
        let reader = stream.attach(None);
        (0..=QUEUE).for_each(|_| stream.send(b"x".to_vec()));
        stream.finish(Some(b"last".to_vec()));
        let all = texts(&reader);
        assert_eq!((all.len(), all[QUEUE].as_str()), (QUEUE + 1, "HangUp"));
        let rest = texts(&stream.attach(Some(QUEUE as u64)));
        assert_eq!(rest, [format!("{}:x", QUEUE + 1), format!("{}:last", QUEUE + 2), "End".into()]);
    }

    #[test]
    fn a_shared_stream_ends_rather_than_lose_an_answer() {
        let stream = Stream::once(None);
        let reader = stream.attach(None);
        let shared = Shared(Arc::clone(&stream));
        (0..QUEUE).for_each(|_| shared.finish(Some(b"x".to_vec())));
        assert!(!stream.has_ended());
        shared.finish(Some(b"lost".to_vec()));
        assert!(stream.has_ended() && texts(&reader).last().unwrap() == "End");
    }

    #[test]
    fn a_slow_reader_is_told_of() {
        let stream = Stream::once(None);
        assert_eq!(stream.push(Vec::new()), Err(Full::Ended), "nobody reads");
        let _reader = stream.attach(None);
        for _ in 0..QUEUE {
            stream.push(Vec::new()).unwrap();
        }
        assert!(stream.is_full());
        assert_eq!(stream.push(Vec::new()), Err(Full::Slow));
    }
}
