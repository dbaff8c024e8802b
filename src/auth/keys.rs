//! The set of known keys: only hashes, every comparison in constant time.

use parking_lot::RwLock;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;
use subtle::{Choice, ConstantTimeEq};

/// Who a client is: the SHA-256 of the key it showed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId([u8; 32]);

impl KeyId {
    /// The identity behind a key.
    pub fn of(key: &[u8]) -> Self {
        Self(Sha256::digest(key).into())
    }

    /// The identity behind a key of which only the SHA-256 is known.
    pub fn from_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The SHA-256 of the key: for telling callers apart, never for a log.
    pub fn digest(self) -> [u8; 32] {
        self.0
    }

    /// What logs say about it.
    pub fn fingerprint(self) -> Fingerprint {
        let [a, b, c, d, ..] = self.0;
        Fingerprint([a, b, c, d])
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({})", self.fingerprint())
    }
}

/// The first eight hex digits of a key's SHA-256: enough to tell keys apart in a log, no help in guessing one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 4]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One known key.
#[derive(Clone, Debug)]
struct Entry {
    id: KeyId,
    name: Option<String>,
}

/// The known keys.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    entries: Vec<Entry>,
}

impl Keys {
    /// A secret that all servers with these keys share; none without keys. The keys cannot be found from it.
    pub fn digest(&self) -> Option<[u8; 32]> {
        let mut ids: Vec<[u8; 32]> = self.entries.iter().map(|entry| entry.id.0).collect();
        ids.sort_unstable();
        let all = [b"businessmath-mcp seal".as_slice(), ids.as_flattened()].concat();
        (!ids.is_empty()).then(|| Sha256::digest(all).into())
    }

    /// Adds a key unless it is known; a name is added to a nameless one.
    pub fn insert(&mut self, id: KeyId, name: Option<String>) {
        match self.entries.iter_mut().find(|entry| entry.id == id) {
            Some(known) => known.name = known.name.take().or(name),
            None => self.entries.push(Entry { id, name }),
        }
    }

    /// Adds all keys of another set.
    pub fn extend(&mut self, other: Self) {
        for entry in other.entries {
            self.insert(entry.id, entry.name);
        }
    }

    /// The identity of the candidate if it is a known key.
    ///
    /// Every entry is compared, and each in constant time, so that the time tells nothing about the keys.
    pub fn find(&self, candidate: &[u8]) -> Option<KeyId> {
        self.find_id(KeyId::of(candidate))
    }

    pub(super) fn find_id(&self, id: KeyId) -> Option<KeyId> {
        let compare = |hit: Choice, entry: &Entry| hit | entry.id.0.ct_eq(&id.0);
        let hit = self.entries.iter().fold(Choice::from(0), compare);
        bool::from(hit).then_some(id)
    }

    /// The name that the key's file gives it.
    pub fn name(&self, id: KeyId) -> Option<&str> {
        self.entries.iter().find(|entry| entry.id == id)?.name.as_deref()
    }

    /// How many keys are known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no key is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The keys in use, shared by all workers and replaced as a whole on SIGHUP.
#[derive(Debug, Default)]
pub struct KeyRing {
    keys: RwLock<Arc<Keys>>,
}

impl KeyRing {
    /// A ring that begins with these keys.
    pub fn new(keys: Keys) -> Self {
        Self { keys: RwLock::new(Arc::new(keys)) }
    }

    /// The keys in use now.
    pub fn current(&self) -> Arc<Keys> {
        Arc::clone(&self.keys.read())
    }

    /// Puts other keys in use, and hands back those that were.
    pub fn replace(&self, keys: Keys) -> Arc<Keys> {
        std::mem::replace(&mut *self.keys.write(), Arc::new(keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(list: &[&str]) -> Keys {
        let mut keys = Keys::default();
        list.iter().for_each(|key| keys.insert(KeyId::of(key.as_bytes()), None));
        keys
    }

    #[test]
    fn only_known_keys_are_found() {
        let keys = keys(&["first", "a+/b==", "first"]);
        assert_eq!(keys.len(), 2);
        assert_eq!(keys.find(b"a+/b=="), Some(KeyId::of(b"a+/b==")));
        for candidate in ["", "firs", "first ", "FIRST", "a+/b="] {
            assert_eq!(keys.find(candidate.as_bytes()), None, "{candidate}");
        }
        assert_eq!(Keys::default().find(b""), None);
    }

    #[test]
    fn debug_shows_fingerprints_only() {
        // SHA-256("abc") as published in FIPS 180-2: ba7816bf 8f01cfea ...
        assert_eq!(KeyId::of(b"abc").fingerprint().to_string(), "ba7816bf");
        let text = format!("{:?}", KeyRing::new(keys(&["abc"])));
        assert!(text.contains("ba7816bf") && !text.contains("abc\"") && !text.contains("8f01cfea"), "{text}");
    }

    #[test]
    fn a_ring_is_replaced_as_a_whole() {
        let ring = KeyRing::new(keys(&["old"]));
        let before = ring.current();
        let replaced = ring.replace(keys(&["new"]));
        assert!(before.find(b"old").is_some() && replaced.find(b"old").is_some());
        assert!(ring.current().find(b"old").is_none() && ring.current().find(b"new").is_some());
    }

    #[test]
    fn a_name_survives_a_nameless_twin() {
        let mut named = keys(&["k"]);
        named.insert(KeyId::of(b"k"), Some("backup".into()));
        named.extend(keys(&["k"]));
        assert_eq!((named.len(), named.name(KeyId::of(b"k"))), (1, Some("backup")));
    }
}
