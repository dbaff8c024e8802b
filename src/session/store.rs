//! The one store of sessions, under one mutex that is held for look-ups only.

use super::SessionId;
use crate::auth::KeyId;
use crate::mcp::Negotiated;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Answers that may wait for a slow reader before further calls are turned away.
const QUEUE: usize = 256;

/// What the writer of a stream is told.
#[derive(Debug)]
pub enum Event {
    /// A JSON-RPC message to send.
    Message(Vec<u8>),
    /// The client has closed its side.
    Gone,
    /// The server stops.
    Stopping,
}

/// One session, bound to the key that opened it.
#[derive(Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The key that opened it; none without authentication.
    pub owner: Option<KeyId>,
    /// The revision agreed on.
    pub negotiated: Negotiated,
    events: Sender<Event>,
    life: Mutex<Life>,
}

#[derive(Debug)]
struct Life {
    streaming: bool,
    last_used: Instant,
}

impl Session {
    /// Queues an event for the stream's writer.
    ///
    /// # Errors
    /// When the client reads too slowly, or when its stream has ended.
    pub fn send(&self, event: Event) -> Result<(), Full> {
        self.events.try_send(event).map_err(|e| match e {
            TrySendError::Full(_) => Full::Slow,
            TrySendError::Disconnected(_) => Full::Ended,
        })
    }

    /// Whether another answer would have to be turned away.
    pub fn is_full(&self) -> bool {
        self.events.is_full()
    }

    /// Whether its stream is open.
    pub fn is_streaming(&self) -> bool {
        self.life.lock().streaming
    }

    /// The stream has ended: from now on the session's time runs.
    pub fn end_stream(&self) {
        *self.life.lock() = Life { streaming: false, last_used: Instant::now() };
    }

    fn touch(&self) {
        self.life.lock().last_used = Instant::now();
    }

    fn expired(&self, now: Instant, timeout: Duration) -> bool {
        let life = self.life.lock();
        !life.streaming && now.saturating_duration_since(life.last_used) >= timeout
    }
}

/// Why an event cannot be queued.
#[derive(Debug, PartialEq, Eq)]
pub enum Full {
    /// The client does not read its stream.
    Slow,
    /// There is no stream any more.
    Ended,
}

/// Why there is no session. Foreign ones are told like unknown ones, so that ids cannot be probed.
#[derive(Debug, PartialEq, Eq)]
pub enum Missing {
    /// Unknown, expired, or opened with another key.
    Unknown,
    /// The store holds as many as it may.
    TooMany,
    /// No randomness for an id.
    NoId,
}

/// All sessions of a server.
#[derive(Debug)]
pub struct Store {
    sessions: Mutex<HashMap<SessionId, Arc<Session>>>,
    timeout: Duration,
    most: usize,
}

impl Store {
    /// A store whose idle sessions end after `timeout`, holding `most` at a time.
    pub fn new(timeout: Duration, most: usize) -> Self {
        Self { sessions: Mutex::default(), timeout, most }
    }

    /// Opens a session together with the queue of its stream, which counts as alive from here on.
    ///
    /// # Errors
    /// When there are too many, or no randomness for an id.
    pub fn open(&self, owner: Option<KeyId>) -> Result<(Arc<Session>, Receiver<Event>), Missing> {
        let id = SessionId::random().map_err(|_| Missing::NoId)?;
        let (events, queue) = bounded(QUEUE);
        let life = Mutex::new(Life { streaming: true, last_used: Instant::now() });
        let session = Arc::new(Session { id, owner, negotiated: Negotiated::default(), events, life });
        let mut sessions = self.sessions.lock();
        if sessions.len() >= self.most {
            return Err(Missing::TooMany);
        }
        sessions.insert(id, Arc::clone(&session));
        Ok((session, queue))
    }

    /// The session of that id, for the key that opened it; it counts as used now.
    ///
    /// # Errors
    /// [`Missing::Unknown`] for everything that is not there for this key.
    pub fn find(&self, id: &str, caller: Option<KeyId>) -> Result<Arc<Session>, Missing> {
        let id: SessionId = id.parse().map_err(|()| Missing::Unknown)?;
        let session = self.sessions.lock().get(&id).cloned().ok_or(Missing::Unknown)?;
        if session.owner != caller || session.expired(Instant::now(), self.timeout) {
            return Err(Missing::Unknown);
        }
        session.touch();
        Ok(session)
    }

    /// Takes out and returns the sessions whose time has run out at `now`.
    pub fn sweep(&self, now: Instant) -> Vec<Arc<Session>> {
        let mut expired = Vec::new();
        self.sessions.lock().retain(|_, session| {
            let gone = session.expired(now, self.timeout);
            if gone {
                expired.push(Arc::clone(session));
            }
            !gone
        });
        expired
    }

    /// Tells the writers of all streams that the server stops.
    pub fn stop_all(&self) {
        let sessions: Vec<_> = self.sessions.lock().values().cloned().collect();
        for session in sessions {
            // A full queue belongs to a client that does not read; its connection is closed by force.
            let _ = session.send(Event::Stopping);
        }
    }

    /// Sessions held, and how many of them have an open stream.
    pub fn count(&self) -> (usize, usize) {
        let sessions = self.sessions.lock();
        (sessions.len(), sessions.values().filter(|session| session.is_streaming()).count())
    }

    /// How often the reaper should look.
    pub fn sweep_interval(&self) -> Duration {
        (self.timeout / 4).clamp(Duration::from_millis(20), Duration::from_secs(5))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_session_belongs_to_the_key_that_opened_it() {
        let store = Store::new(HOUR, 10);
        let key = Some(KeyId::of(b"first key"));
        let (session, _queue) = store.open(key).unwrap();
        let id = session.id.to_string();
        assert!(store.find(&id, key).is_ok());
        for other in [None, Some(KeyId::of(b"other key"))] {
            assert_eq!(store.find(&id, other).unwrap_err(), Missing::Unknown);
        }
        assert_eq!(store.find("nonsense", key).unwrap_err(), Missing::Unknown);
    }

    #[test]
    fn a_living_stream_keeps_its_session_and_time_runs_from_its_end() {
        let store = Store::new(HOUR, 10);
        let (session, _queue) = store.open(None).unwrap();
        let start = Instant::now();
        assert!(store.sweep(start + 100 * HOUR).is_empty());
        session.end_stream();
        assert!(store.sweep(start + HOUR / 2).is_empty());
        assert_eq!(store.sweep(Instant::now() + HOUR).len(), 1);
        assert_eq!(store.find(&session.id.to_string(), None).unwrap_err(), Missing::Unknown);
    }

    #[test]
    fn use_puts_the_end_off() {
        let store = Store::new(Duration::from_millis(200), 10);
        let (session, _queue) = store.open(None).unwrap();
        session.end_stream();
        std::thread::sleep(Duration::from_millis(50));
        let before = Instant::now();
        assert!(store.find(&session.id.to_string(), None).is_ok());
        assert!(store.sweep(before + Duration::from_millis(199)).is_empty());
    }

    #[test]
    fn store_and_queue_are_bounded() {
        let store = Store::new(HOUR, 2);
        let (session, queue) = store.open(None).unwrap();
        let _second = store.open(None).unwrap();
        assert_eq!(store.open(None).unwrap_err(), Missing::TooMany);
        for _ in 0..QUEUE {
            session.send(Event::Message(Vec::new())).unwrap();
        }
        assert!(session.is_full());
        assert_eq!(session.send(Event::Gone), Err(Full::Slow));
        drop(queue);
        assert_eq!(session.send(Event::Gone), Err(Full::Ended));
        assert_eq!(store.count(), (2, 2));
    }
}
