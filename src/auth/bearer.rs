//! The `Authorization` header: `Bearer KEY`, `ApiKey KEY`, or the bare key.

use super::{Fingerprint, KeyId, Keys};
use std::fmt;

/// What a request's `Authorization` headers hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Credential<'a> {
    /// No such header.
    Absent,
    /// A key, not yet compared.
    Key(&'a [u8]),
    /// Something else; the text says what.
    Malformed(&'static str),
}

impl fmt::Debug for Credential<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("Absent"),
            Self::Key(key) => write!(f, "Key({})", KeyId::of(key).fingerprint()),
            Self::Malformed(what) => write!(f, "Malformed({what:?})"),
        }
    }
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It shows no key.
    Missing,
    /// Its header is not understood.
    Malformed(&'static str),
    /// It shows a key that is not known.
    Unknown(Fingerprint),
}

impl fmt::Display for Refusal {
    /// The text for the log; it never holds the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no API key"),
            Self::Malformed(what) => write!(f, "invalid API key: {what}"),
            Self::Unknown(fingerprint) => write!(f, "invalid API key (fingerprint {fingerprint})"),
        }
    }
}

impl Refusal {
    /// The text for the client.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Missing => "an API key is required: Authorization: Bearer KEY",
            Self::Malformed(what) => what,
            Self::Unknown(_) => "invalid API key",
        }
    }
}

/// Reads the values of all `Authorization` headers of a request.
pub fn credential<'a>(mut values: impl Iterator<Item = &'a [u8]>) -> Credential<'a> {
    let Some(value) = values.next() else { return Credential::Absent };
    // Two headers are two claims; which one a proxy in front has checked cannot be known.
    if values.next().is_some() {
        return Credential::Malformed("more than one Authorization header");
    }
    let value = value.trim_ascii();
    let blank = value.iter().position(|b| matches!(b, b' ' | b'\t'));
    let (first, rest) = value.split_at(blank.unwrap_or(value.len()));
    let known = [&b"Bearer"[..], b"ApiKey"].iter().any(|scheme| first.eq_ignore_ascii_case(scheme));
    match (known, rest.trim_ascii()) {
        (_, []) if first.is_empty() => Credential::Malformed("the Authorization header is empty"),
        (true, []) => Credential::Malformed("the Authorization header has a scheme but no key"),
        (true, key) => Credential::Key(key),
        (false, []) => Credential::Key(first),
        (false, _) => Credential::Malformed("the Authorization scheme must be Bearer or ApiKey"),
    }
}

/// Finds out who sends a request, from the values of all its `Authorization` headers.
///
/// # Errors
/// Why it is not let in: 401 in each case.
pub fn authenticate<'a>(keys: &Keys, values: impl Iterator<Item = &'a [u8]>) -> Result<KeyId, Refusal> {
    match credential(values) {
        Credential::Absent => Err(Refusal::Missing),
        Credential::Malformed(what) => Err(Refusal::Malformed(what)),
        Credential::Key(key) => {
            let id = KeyId::of(key);
            keys.find_id(id).ok_or_else(|| Refusal::Unknown(id.fingerprint()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'a>(values: &[&'a str]) -> Credential<'a> {
        credential(values.iter().map(|value| value.as_bytes()))
    }

    #[test]
    fn the_three_forms() {
        for value in
            ["Bearer k+/=", "bearer k+/=", "BEARER   k+/= ", "ApiKey k+/=", "apikey\tk+/=", "k+/=", " k+/= "]
        {
            assert_eq!(read(&[value]), Credential::Key(b"k+/="), "{value}");
        }
        // A key may be called like a scheme when a scheme stands before it.
        assert_eq!(read(&["Bearer bearer"]), Credential::Key(b"bearer"));
    }

    #[test]
    fn everything_else_is_refused() {
        assert_eq!(read(&[]), Credential::Absent);
        for values in [
            &[""][..],
            &["  "],
            &["Bearer"],
            &["ApiKey "],
            &["Basic abc"],
            &["a b"],
            &["k", "k"],
            &["Bearer k", ""],
        ] {
            assert!(matches!(read(values), Credential::Malformed(_)), "{values:?}");
        }
    }

    #[test]
    fn refusals_say_why_and_never_the_key() {
        let mut keys = Keys::default();
        keys.insert(KeyId::of(b"right"), None);
        let ask = |value: &'static str| authenticate(&keys, [value.as_bytes()].into_iter());
        assert_eq!(ask("Bearer right"), Ok(KeyId::of(b"right")));
        assert_eq!(authenticate(&keys, [].into_iter()), Err(Refusal::Missing));
        let refusal = ask("Bearer abc").unwrap_err();
        assert_eq!(refusal.to_string(), "invalid API key (fingerprint ba7816bf)");
        assert_eq!(refusal.message(), "invalid API key");
        assert_eq!(format!("{:?}", read(&["Bearer abc"])), "Key(ba7816bf)");
    }
}
