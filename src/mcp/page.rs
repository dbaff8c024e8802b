//! Lists by the page. A cursor names the entry that it comes after, so that it survives a restart.

use super::answer::Answer;
use super::error::RpcError;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A list whose entries are written already.
#[derive(Debug)]
pub(super) struct List {
    /// The member of the result that holds the entries.
    member: &'static str,
    entries: Vec<Entry>,
    /// The result of the whole list, for whoever gets it in one page.
    whole: Vec<u8>,
}

#[derive(Debug)]
struct Entry {
    key: String,
    json: String,
}

impl List {
    /// Writes the entries, each with the key that tells it from the others.
    pub(super) fn new<T: Serialize>(
        member: &'static str,
        entries: impl Iterator<Item = (String, T)>,
    ) -> Result<Self, String> {
        let entries = entries
            .map(|(key, entry)| Ok(Entry { key, json: serde_json::to_string(&entry)? }))
            .collect::<Result<Vec<_>, serde_json::Error>>()
            .map_err(|e| format!("the list of {member} cannot be written: {e}"))?;
        let whole = written(member, &entries, None);
        Ok(Self { member, entries, whole })
    }

    /// The page that the request's cursor asks for, `size` entries long.
    pub(super) fn page(&self, params: Option<&RawValue>, size: usize) -> Result<Answer<'_>, RpcError> {
        let start = match cursor(params)? {
            None => 0,
            Some(cursor) => self.after(&cursor)?,
        };
        let end = (start + size).min(self.entries.len());
        if start == 0 && end == self.entries.len() {
            return Ok(Answer::raw(Cow::Borrowed(self.whole.as_slice())));
        }
        let entries = self.entries.get(start..end).unwrap_or_default();
        let next = (end < self.entries.len()).then(|| entries.last()).flatten();
        Ok(Answer::raw(written(self.member, entries, next.map(|last| self.cursor(last)))))
    }

    fn cursor(&self, last: &Entry) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(format!("{}:{}", self.member, last.key))
    }

    fn after(&self, cursor: &str) -> Result<usize, RpcError> {
        let text = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let key = text.as_deref().and_then(|text| text.strip_prefix(self.member)?.strip_prefix(':'));
        let place = key.and_then(|key| self.entries.iter().position(|entry| entry.key == key));
        place
            .map(|i| i + 1)
            .ok_or_else(|| RpcError::params("cursor is not one that this list gave; list again without it"))
    }
}

fn cursor(params: Option<&RawValue>) -> Result<Option<Cow<'_, str>>, RpcError> {
    #[derive(Deserialize)]
    struct Params<'a> {
        #[serde(borrow)]
        cursor: Option<Cow<'a, str>>,
    }
    let Some(params) = params else { return Ok(None) };
    let params: Params<'_> =
        serde_json::from_str(params.get()).map_err(|e| RpcError::params(e.to_string()))?;
    Ok(params.cursor)
}

fn written(member: &str, entries: &[Entry], next: Option<String>) -> Vec<u8> {
    let bytes: usize = entries.iter().map(|entry| entry.json.len() + 1).sum();
    let mut out = Vec::with_capacity(bytes + 128);
    out.extend_from_slice(format!("{{\"{member}\":[").as_bytes());
    for (i, entry) in entries.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        out.extend_from_slice(entry.json.as_bytes());
    }
    out.push(b']');
    if let Some(next) = next {
        out.extend_from_slice(format!(",\"nextCursor\":\"{next}\"").as_bytes());
    }
    out.push(b'}');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mcp::revision;
    use serde_json::{Value, json, value::to_raw_value};

    fn list(count: usize) -> List {
        List::new("things", (0..count).map(|i| (format!("t{i}"), json!({"name": format!("t{i}")})))).unwrap()
    }

    fn page(list: &List, cursor: Option<&str>, size: usize) -> Result<Value, RpcError> {
        let params = cursor.map(|cursor| to_raw_value(&json!({"cursor": cursor})).unwrap());
        let answer = list.page(params.as_deref(), size)?;
        Ok(serde_json::from_slice(&answer.result(revision::assumed())).unwrap())
    }

    #[test]
    fn pages_together_are_the_list_and_cursors_survive_a_restart() {
        for (count, size) in [(0, 3), (3, 3), (7, 3), (7, 1), (6, 100)] {
            let (mut names, mut cursor) = (vec![], None::<String>);
            loop {
                // Made afresh each time, as after a restart.
                let page = page(&list(count), cursor.as_deref(), size).unwrap();
                names.extend(page["things"].as_array().unwrap().iter().map(|thing| thing["name"].clone()));
                match page.get("nextCursor") {
                    Some(next) => cursor = next.as_str().map(str::to_owned),
                    None => break,
                }
            }
            let wanted: Vec<Value> = (0..count).map(|i| json!(format!("t{i}"))).collect();
            assert_eq!(names, wanted, "{count} by {size}");
        }
    }

    #[test]
    fn foreign_cursors_are_refused() {
        let other = List::new("others", [("t1".to_owned(), 1), ("t2".to_owned(), 2)].into_iter()).unwrap();
        let foreign = page(&other, None, 1).unwrap()["nextCursor"].as_str().unwrap().to_owned();
        for cursor in ["", "x", "dGhpbmdzOm5vbmU", &foreign, &"A".repeat(100_000)] {
            assert_eq!(page(&list(5), Some(cursor), 2).unwrap_err().code, -32602);
        }
    }
}
