//! The formats that keys come in: a list, lines, our JSON and the predecessor's.
//!
//! Lines hold one key each; `#` begins a comment line. A file that starts with `{` is JSON:
//! `{"keys": [{"name": "…", "hash": "SHA-256 in hex"}, {"key": "…"}, "…"]}`. It is read leniently: the list
//! may have any name, fields may be written camelCase or snake_case, unknown ones do no harm. That covers the
//! predecessor's `api-keys.json`. A record that says that it is revoked, switched off or past its expiry is left out.

use super::{KeyId, Keys};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Shorter keys can be guessed.
const SHORT: usize = 16;
/// 2001-01-01 in Unix seconds: where the predecessor's numbers begin to count.
const PREDECESSORS_EPOCH: i64 = 978_307_200;

/// Keys, and what their owner should know about them.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The keys.
    pub keys: Keys,
    /// Warnings for the log; they never hold a key.
    pub warnings: Vec<String>,
}

impl Loaded {
    /// Adds what was loaded elsewhere.
    pub fn extend(&mut self, other: Self) {
        self.keys.extend(other.keys);
        self.warnings.extend(other.warnings);
    }

    fn add(&mut self, key: &str, name: Option<String>, origin: &str) {
        let key = key.trim();
        if key.is_empty() {
            return;
        }
        let id = KeyId::of(key.as_bytes());
        if key.chars().count() < SHORT {
            let text = format!(
                "{origin}: the key with fingerprint {} is shorter than {SHORT} characters",
                id.fingerprint()
            );
            self.warnings.push(text);
        }
        self.keys.insert(id, name);
    }
}

/// Reads keys separated by commas. `origin` is what warnings call them.
pub fn from_list(text: &str, origin: &str) -> Loaded {
    let mut loaded = Loaded::default();
    text.split(',').for_each(|key| loaded.add(key, None, origin));
    loaded
}

/// Reads the text of a file of keys. `origin` is what warnings call it.
///
/// # Errors
/// When it is malformed; the text never repeats what the file holds.
pub fn from_text(text: &str, origin: &str) -> Result<Loaded, String> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return from_json(text, origin);
    }
    let mut loaded = Loaded::default();
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines.for_each(|key| loaded.add(key, None, origin));
    Ok(loaded)
}

fn from_json(text: &str, origin: &str) -> Result<Loaded, String> {
    // serde_json's messages name kinds and places; a category and a line are enough, and repeat nothing.
    let root: Map<String, Value> = serde_json::from_str(text)
        .map_err(|error| format!("is not JSON (line {}, column {})", error.line(), error.column()))?;
    let lists: Vec<_> = root.values().filter_map(Value::as_array).collect();
    if lists.is_empty() {
        return Err(
            "has no list of keys; wanted: {\"keys\": [{\"name\": …, \"hash\": SHA-256 in hex}]}".into()
        );
    }
    let mut loaded = Loaded::default();
    for (i, entry) in lists.into_iter().flatten().enumerate() {
        let place = format!("key number {}", i + 1);
        match entry {
            Value::String(key) => loaded.add(key, None, origin),
            Value::Object(record) => {
                add_record(&mut loaded, record, origin, &place).map_err(|what| format!("{place} {what}"))?;
            }
            _ => return Err(format!("{place} is neither a record nor a text")),
        }
    }
    Ok(loaded)
}

fn add_record(
    loaded: &mut Loaded,
    record: &Map<String, Value>,
    origin: &str,
    place: &str,
) -> Result<(), String> {
    let name = text(record, &["name", "label"]).map(str::to_owned);
    if !is_active(record)? {
        loaded.warnings.push(format!("{origin}: {place} is revoked, switched off or expired, and left out"));
    } else if let Some(hash) = text(record, &["hash", "keyhash", "sha256", "hashedkey"]) {
        loaded.keys.insert(KeyId::from_digest(digest(hash)?), name);
    } else if let Some(key) = text(record, &["key", "apikey", "value"]) {
        loaded.add(key, name, origin);
    } else {
        return Err("has neither \"hash\" nor \"key\"".into());
    }
    Ok(())
}

/// The field with one of these names, however it is written: `keyHash` and `key_hash` are both `keyhash`.
fn field<'a>(record: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    let mut fields = record.iter().filter(|(_, value)| !value.is_null());
    fields.find(|(name, _)| names.contains(&plain(name).as_str())).map(|(_, value)| value)
}

fn text<'a>(record: &'a Map<String, Value>, names: &[&str]) -> Option<&'a str> {
    field(record, names)?.as_str()
}

fn is_active(record: &Map<String, Value>) -> Result<bool, String> {
    let says = |names: &[&str], wanted: bool| {
        field(record, names).is_some_and(|value| *value == Value::Bool(wanted))
    };
    let off = says(&["active", "isactive", "enabled", "isenabled"], false)
        || says(&["revoked", "isrevoked", "disabled", "isdisabled"], true)
        || field(record, &["revokedat"]).is_some();
    let expires = field(record, &["expires", "expiresat", "expiry", "expirydate", "expirationdate"]);
    Ok(!off && expires.map(moment).transpose()?.is_none_or(|end| end > Timestamp::now()))
}

/// A moment as RFC 3339 text, Unix seconds, or the predecessor's seconds since 2001.
fn moment(value: &Value) -> Result<Timestamp, String> {
    let unreadable = || "has an expiry that is neither RFC 3339 nor a number of seconds".to_owned();
    if let Some(text) = value.as_str() {
        return text.parse().map_err(|_| unreadable());
    }
    #[expect(clippy::cast_possible_truncation, reason = "a moment outside i64 is refused by the next call")]
    let seconds = value.as_f64().ok_or_else(unreadable)? as i64;
    // Seconds since 2001 stay below 10^9 until 2032, Unix seconds have been above it since 2001.
    let unix = if seconds < 1_000_000_000 { seconds + PREDECESSORS_EPOCH } else { seconds };
    Timestamp::from_second(unix).map_err(|_| unreadable())
}

fn digest(hash: &str) -> Result<[u8; 32], String> {
    let hex = hash.trim().strip_prefix("sha256:").unwrap_or(hash.trim()).as_bytes();
    let mut digest = [0; 32];
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let well_formed = hex.len() == 64
        && digest.iter_mut().zip(hex.chunks_exact(2)).all(|(byte, pair)| {
            let value = digit(pair[0]).zip(digit(pair[1])).map(|(high, low)| 16 * high + low);
            value.map(|value| *byte = value).is_some()
        });
    well_formed
        .then_some(digest)
        .ok_or_else(|| "has a hash that is not the 64 hex digits of a SHA-256".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "xK8pQ2mN9vR+/abcdefghijklmnopqrstuvwxyz0123=";
    /// SHA-256("abc"), FIPS 180-2.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn load(text: &str) -> Loaded {
        from_text(text, "file").unwrap()
    }

    #[test]
    fn lists_and_lines() {
        let list = from_list(&format!(" {LONG} ,, another-key-of-enough-length,"), "MCP_API_KEYS");
        assert_eq!((list.keys.len(), list.warnings.len()), (2, 0));
        let lines =
            load(&format!("\u{feff}# rotated in June\r\n\r\n  {LONG}\t\r\nkey,with,commas,and # sign\n"));
        assert_eq!((lines.keys.len(), lines.warnings.len()), (2, 0));
        assert!(
            lines.keys.find(LONG.as_bytes()).is_some()
                && lines.keys.find(b"key,with,commas,and # sign").is_some()
        );
        assert!(load("").keys.is_empty() && load("# none\n").keys.is_empty());
    }

    #[test]
    fn short_keys_are_taken_with_a_warning_that_does_not_repeat_them() {
        let loaded = from_list("abc", "MCP_API_KEYS");
        assert!(loaded.keys.find(b"abc").is_some());
        assert_eq!(
            loaded.warnings,
            ["MCP_API_KEYS: the key with fingerprint ba7816bf is shorter than 16 characters"]
        );
    }

    #[test]
    fn json_of_ours_and_of_the_predecessor() {
        for record in [
            format!(r#"{{"prefix":"abc","hash":"{ABC}","name":"n","createdAt":"2025-01-29T00:00:00Z"}}"#),
            format!(
                r#"{{"key_prefix":"abc","key_hash":"{}","name":"n","created_at":760000000.5,"new":[1]}}"#,
                ABC.to_uppercase()
            ),
            format!(r#"{{"keyHash":"sha256:{ABC}","label":"n","expiresAt":null,"isActive":true}}"#),
            r#"{"key":" abc ","name":"n","expires":"2999-01-01T00:00:00Z"}"#.into(),
        ] {
            let loaded = load(&format!(r#"  {{"version":1,"apiKeys":[{record}]}}"#));
            assert_eq!(loaded.keys.name(KeyId::of(b"abc")), Some("n"), "{record}");
        }
        assert!(load(&format!(r#"{{"keys":["{LONG}"]}}"#)).keys.find(LONG.as_bytes()).is_some());
        assert!(load(r#"{"keys":[]}"#).keys.is_empty());
    }

    #[test]
    fn keys_that_are_off_are_left_out() {
        for field in [
            r#""revoked":true"#,
            r#""isActive":false"#,
            r#""enabled":false"#,
            r#""revoked_at":"2025-01-01T00:00:00Z""#,
            r#""expires":"2020-01-01T00:00:00Z""#,
            r#""expiresAt":600000000"#,
            r#""expires_at":1600000000"#,
        ] {
            let loaded = load(&format!(r#"{{"keys":[{{"hash":"{ABC}",{field}}}]}}"#));
            assert!(loaded.keys.is_empty() && loaded.warnings.len() == 1, "{field}");
        }
    }

    #[test]
    fn malformed_files_are_refused_without_repeating_them() {
        let odd_hash = format!(r#"{{"keys":[{{"hash":"{}"}}]}}"#, "secret".repeat(11));
        for text in [
            "{",
            r#"{"keys":"secret"}"#,
            r#"{"keys":[{"name":"secret"}]}"#,
            r#"{"keys":[7]}"#,
            odd_hash.as_str(),
            r#"{"keys":[{"hash":"secret"}]}"#,
            r#"{"keys":["secret" "secret"]}"#,
            r#"{"keys":[{"key":"secret","expires":"soon"}]}"#,
        ] {
            let error = from_text(text, "file").unwrap_err();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
