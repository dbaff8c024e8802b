//! Results on the wire: the envelope that each era puts around what a method gives.

use super::error::RpcError;
use super::meta::SUBSCRIPTION;
use super::revision::{Era, Revision};
use serde::Serialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The result of a method: a JSON object, and what the newest revision says about it.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    /// The members that all revisions share.
    body: Cow<'a, [u8]>,
    kind: &'static str,
    cache: Option<Cache>,
    subscription: Option<&'a RawValue>,
}

/// How long and by whom a result may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cache {
    /// Whether it is the same for everybody who asks at this address.
    pub(super) shared: bool,
}

/// Lists and documents change when the operator restarts or reloads the server, and listeners are told.
const FRESH_MS: u32 = 300_000;

impl<'a> Answer<'a> {
    /// A finished result.
    pub(super) fn of(result: &impl Serialize) -> Result<Self, RpcError> {
        serde_json::to_vec(result).map(Self::raw).map_err(|e| RpcError::internal(&e.to_string()))
    }

    /// A finished result, written already: the text of a JSON object.
    pub(super) fn raw(body: impl Into<Cow<'a, [u8]>>) -> Self {
        Self { body: body.into(), kind: "complete", cache: None, subscription: None }
    }

    /// A result without members.
    pub(super) fn empty() -> Self {
        Self::raw(&b"{}"[..])
    }

    /// A result of another kind than the finished one.
    pub(super) fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    /// A result that clients may keep.
    pub(super) fn cached(self, cache: Cache) -> Self {
        Self { cache: Some(cache), ..self }
    }

    /// The result that ends this subscription.
    pub(super) fn of_subscription(self, id: &'a RawValue) -> Self {
        Self { subscription: Some(id), ..self }
    }

    /// The result object alone, as the revision has it.
    pub(super) fn result(&self, revision: &Revision) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.body.len() + 256);
        self.write(&mut out, revision);
        out
    }

    /// The whole response.
    pub(super) fn response(&self, id: &RawValue, revision: &Revision) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.body.len() + id.get().len() + 320);
        out.extend_from_slice(b"{\"jsonrpc\":\"2.0\",\"id\":");
        out.extend_from_slice(id.get().as_bytes());
        out.extend_from_slice(b",\"result\":");
        self.write(&mut out, revision);
        out.push(b'}');
        out
    }

    fn write(&self, out: &mut Vec<u8>, revision: &Revision) {
        if revision.era == Era::Session {
            out.extend_from_slice(&self.body);
            return;
        }
        // The members are put in front and behind as text: results can be large, and are written once.
        out.extend_from_slice(b"{\"resultType\":\"");
        out.extend_from_slice(self.kind.as_bytes());
        out.push(b'"');
        let members = self.body.get(1..self.body.len() - 1).unwrap_or_default();
        if !members.is_empty() {
            out.push(b',');
            out.extend_from_slice(members);
        }
        if let Some(cache) = self.cache {
            let scope = if cache.shared { "public" } else { "private" };
            let hint = format!(",\"ttlMs\":{FRESH_MS},\"cacheScope\":\"{scope}\"");
            out.extend_from_slice(hint.as_bytes());
        }
        out.extend_from_slice(b",\"_meta\":{");
        if let Some(id) = self.subscription {
            let field = format!("\"{SUBSCRIPTION}\":{},", id.get());
            out.extend_from_slice(field.as_bytes());
        }
        out.extend_from_slice(SERVER_INFO.as_bytes());
        out.extend_from_slice(b"}}");
    }
}

/// How the server introduces itself in every result.
static SERVER_INFO: LazyLock<String> =
    LazyLock::new(|| format!("\"io.modelcontextprotocol/serverInfo\":{}", super::initialize::server_info()));

#[cfg(test)]
mod tests {
    use super::super::revision;
    use super::*;
    use serde_json::{Value, json};

    fn written(answer: &Answer<'_>, name: &str) -> Value {
        serde_json::from_slice(&answer.result(revision::named(name).unwrap())).unwrap()
    }

    #[test]
    fn only_the_newest_revision_adds_its_members() {
        let answer = Answer::of(&json!({"tools": []})).unwrap().cached(Cache { shared: false });
        assert_eq!(written(&answer, "2025-11-25"), json!({"tools": []}));
        let newest = written(&answer, "2026-07-28");
        assert_eq!(newest["resultType"], "complete");
        assert_eq!((&newest["tools"], &newest["cacheScope"]), (&json!([]), &json!("private")));
        assert!(newest["ttlMs"].is_u64());
        assert_eq!(newest["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], super::super::NAME);
        let id = serde_json::value::to_raw_value("a").unwrap();
        let empty = Answer::empty().kind("task").of_subscription(&id);
        assert_eq!(written(&empty, "2024-11-05"), json!({}));
        assert_eq!(written(&empty, "2026-07-28")["resultType"], "task");
        assert_eq!(written(&empty, "2026-07-28")["_meta"][SUBSCRIPTION], "a");
    }
}
