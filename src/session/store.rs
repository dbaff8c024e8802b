//! The one store of sessions, under one mutex that is held for look-ups only.

use super::{SessionId, Stream};
use crate::auth::KeyId;
use crate::mcp::{Outlet, Peer};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Answers of one session that a client can come back for.
const ANSWERS: usize = 32;

/// How a session's messages reach the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// All on the one stream that opened it; it lives with that stream.
    Sse,
    /// Each answer on its own request, the rest on a stream that the client may open.
    Streamable,
}

/// One session, bound to the key that opened it.
#[derive(Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The key that opened it; none without authentication.
    pub owner: Option<KeyId>,
    /// How messages reach the client.
    pub kind: Kind,
    /// What the protocol remembers of the client.
    pub peer: Arc<Peer>,
    /// What is not part of an answer.
    pub general: Arc<Stream>,
    answers: Mutex<VecDeque<Arc<Stream>>>,
    streams: AtomicU64,
    closed: Arc<AtomicBool>,
    life: Mutex<Life>,
}

#[derive(Debug)]
struct Life {
    connections: usize,
    last_used: Instant,
}

impl Session {
    fn new(id: SessionId, owner: Option<KeyId>, kind: Kind, peer: Arc<Peer>) -> Self {
        let closed = Arc::<AtomicBool>::default();
        let general = match kind {
            Kind::Sse => Stream::once(None),
            Kind::Streamable => Stream::kept(0, &closed),
        };
        Self {
            id,
            owner,
            kind,
            peer,
            general,
            answers: Mutex::default(),
            streams: AtomicU64::new(0),
            closed,
            life: Mutex::new(Life { connections: 0, last_used: Instant::now() }),
        }
    }

    /// A stream for the answer to one request.
    pub fn answering(&self) -> Arc<Stream> {
        let stream = Stream::kept(self.streams.fetch_add(1, Ordering::Relaxed) + 1, &self.closed);
        let mut answers = self.answers.lock();
        if answers.len() >= ANSWERS {
            // The oldest that is complete; else the oldest, which goes on but cannot be come back to.
            let place = answers.iter().position(|stream| stream.has_ended()).unwrap_or(0);
            answers.remove(place);
        }
        answers.push_back(Arc::clone(&stream));
        stream
    }

    /// The stream of that number.
    pub fn stream(&self, number: u64) -> Option<Arc<Stream>> {
        if number == 0 {
            return Some(Arc::clone(&self.general));
        }
        self.answers.lock().iter().find(|stream| stream.number == number).cloned()
    }

    /// Keeps the session alive while a connection of it is at work.
    pub fn connection(self: &Arc<Self>) -> Connection {
        self.life.lock().connections += 1;
        Connection(Arc::clone(self))
    }

    /// Ends everything that goes on in it.
    fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.peer.cancel_all();
        self.general.finish(None);
        self.answers.lock().drain(..).for_each(|stream| stream.finish(None));
    }

    fn touch(&self) {
        self.life.lock().last_used = Instant::now();
    }

    fn expired(&self, now: Instant, timeout: Duration) -> bool {
        let life = self.life.lock();
        life.connections == 0 && now.saturating_duration_since(life.last_used) >= timeout
    }
}

/// A connection that carries one of the session's streams or waits for one of its answers.
#[derive(Debug)]
pub struct Connection(Arc<Session>);

impl Drop for Connection {
    /// With the last one the session's time runs.
    fn drop(&mut self) {
        let mut life = self.0.life.lock();
        life.connections = life.connections.saturating_sub(1);
        life.last_used = Instant::now();
    }
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
    /// Connections that wait for messages without a request being worked on, of sessions or not.
    pub waiting: AtomicUsize,
}

impl Store {
    /// A store whose idle sessions end after `timeout`, holding `most` at a time.
    pub fn new(timeout: Duration, most: usize) -> Self {
        Self { sessions: Mutex::default(), timeout, most, waiting: AtomicUsize::new(0) }
    }

    /// Opens a session.
    ///
    /// # Errors
    /// When there are too many, or no randomness for an id.
    pub fn open(&self, owner: Option<KeyId>, kind: Kind, peer: Arc<Peer>) -> Result<Arc<Session>, Missing> {
        let id = SessionId::random().map_err(|_| Missing::NoId)?;
        let session = Arc::new(Session::new(id, owner, kind, peer));
        let mut sessions = self.sessions.lock();
        if sessions.len() >= self.most {
            return Err(Missing::TooMany);
        }
        sessions.insert(id, Arc::clone(&session));
        Ok(session)
    }

    /// The session of that id and kind, for the key that opened it; it counts as used now.
    ///
    /// # Errors
    /// [`Missing::Unknown`] for everything that is not there for this key.
    pub fn find(&self, id: &str, kind: Kind, caller: Option<KeyId>) -> Result<Arc<Session>, Missing> {
        let id: SessionId = id.parse().map_err(|()| Missing::Unknown)?;
        let session = self.sessions.lock().get(&id).cloned().ok_or(Missing::Unknown)?;
        let foreign = session.owner != caller || session.kind != kind;
        if foreign || session.expired(Instant::now(), self.timeout) {
            return Err(Missing::Unknown);
        }
        session.touch();
        Ok(session)
    }

    /// Ends a session.
    pub fn close(&self, session: &Session) {
        self.sessions.lock().remove(&session.id);
        session.close();
    }

    /// Takes out, ends and returns the sessions whose time has run out at `now`.
    pub fn sweep(&self, now: Instant) -> Vec<Arc<Session>> {
        let mut expired = Vec::new();
        self.sessions.lock().retain(|_, session| {
            let gone = session.expired(now, self.timeout);
            if gone {
                expired.push(Arc::clone(session));
            }
            !gone
        });
        expired.iter().for_each(|session| session.close());
        expired
    }

    /// Ends all waiting for answers of clients: they can send none any more.
    pub fn stop_asking(&self) {
        self.all().iter().for_each(|session| session.peer.stop_asking());
    }

    /// Tells the writers of all streams that the server stops.
    pub fn stop_all(&self) {
        self.all().iter().for_each(|session| session.general.tell(super::Event::Stopping));
    }

    fn all(&self) -> Vec<Arc<Session>> {
        self.sessions.lock().values().cloned().collect()
    }

    /// Sessions held.
    pub fn count(&self) -> usize {
        self.sessions.lock().len()
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

    fn open(store: &Store, owner: Option<KeyId>) -> Result<Arc<Session>, Missing> {
        store.open(owner, Kind::Sse, Arc::default())
    }

    #[test]
    fn a_session_belongs_to_the_key_that_opened_it_and_to_its_transport() {
        let store = Store::new(HOUR, 10);
        let key = Some(KeyId::of(b"first key"));
        let id = open(&store, key).unwrap().id.to_string();
        assert!(store.find(&id, Kind::Sse, key).is_ok());
        assert_eq!(store.find(&id, Kind::Streamable, key).unwrap_err(), Missing::Unknown);
        for other in [None, Some(KeyId::of(b"other key"))] {
            assert_eq!(store.find(&id, Kind::Sse, other).unwrap_err(), Missing::Unknown);
        }
        assert_eq!(store.find("nonsense", Kind::Sse, key).unwrap_err(), Missing::Unknown);
    }

    #[test]
    fn a_living_stream_keeps_its_session_and_time_runs_from_its_end() {
        let store = Store::new(HOUR, 10);
        let session = open(&store, None).unwrap();
        let connection = session.connection();
        let start = Instant::now();
        assert!(store.sweep(start + 100 * HOUR).is_empty());
        drop(connection);
        assert!(store.sweep(start + HOUR / 2).is_empty());
        assert_eq!(store.sweep(Instant::now() + HOUR).len(), 1);
        assert_eq!(store.find(&session.id.to_string(), Kind::Sse, None).unwrap_err(), Missing::Unknown);
    }

    #[test]
    fn use_puts_the_end_off() {
        let store = Store::new(Duration::from_millis(200), 10);
        let session = open(&store, None).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        let before = Instant::now();
        assert!(store.find(&session.id.to_string(), Kind::Sse, None).is_ok());
        assert!(store.sweep(before + Duration::from_millis(199)).is_empty());
    }

    #[test]
    fn the_store_is_bounded_and_a_closed_session_is_gone() {
        let store = Store::new(HOUR, 2);
        let session = open(&store, None).unwrap();
        let _second = open(&store, None).unwrap();
        assert_eq!(open(&store, None).unwrap_err(), Missing::TooMany);
        store.close(&session);
        assert_eq!(store.find(&session.id.to_string(), Kind::Sse, None).unwrap_err(), Missing::Unknown);
        assert!(open(&store, None).is_ok());
        assert_eq!(store.count(), 2);
    }

    #[test]
    fn answers_can_be_come_back_to_within_bounds() {
        let store = Store::new(HOUR, 2);
        let session = store.open(None, Kind::Streamable, Arc::default()).unwrap();
        let first = session.answering();
        let second = session.answering();
        second.finish(None);
        for _ in 2..=ANSWERS {
            session.answering();
        }
        assert!(session.stream(first.number).is_some(), "it still goes on");
        assert!(session.stream(second.number).is_none(), "complete, and the oldest of those");
        assert!(!first.gone());
        store.close(&session);
        assert!(first.gone() && session.stream(first.number).is_none());
    }
}
