//! What a transport repeats of a message on its envelope must be what the message says (2026-07-28,
//! «Request Metadata»): a gateway may have let it through for what the envelope said.

use super::call::Call;
use super::error::{RpcError, short};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;

/// A message's envelope, for transports that have one.
pub trait Mirror {
    /// The value of a field by its name in any letter case; none when it is absent, an error when it stands
    /// there twice or is no text.
    ///
    /// # Errors
    /// The field is there and cannot be read.
    fn field(&self, name: &str) -> Result<Option<&str>, Unreadable>;
}

/// A field of the envelope that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// The field that names the revision.
pub const VERSION: &str = "MCP-Protocol-Version";
const METHOD: &str = "Mcp-Method";
const NAME: &str = "Mcp-Name";
const PARAM: &str = "Mcp-Param-";

/// The methods whose target the envelope names, and the parameter that holds it.
const TARGETS: [(&str, &str); 6] = [
    ("tools/call", "name"),
    ("prompts/get", "name"),
    ("resources/read", "uri"),
    ("tasks/get", "taskId"),
    ("tasks/update", "taskId"),
    ("tasks/cancel", "taskId"),
];

/// Reads a field that must be there at most once.
pub(super) fn read<'a>(mirror: &'a dyn Mirror, name: &str) -> Result<Option<&'a str>, RpcError> {
    mirror.field(name).map_err(|Unreadable| RpcError::mirror(format!("the {name} header cannot be read")))
}

/// Holds the envelope against the revision that the message names.
pub(super) fn check_version(mirror: &dyn Mirror, version: &str) -> Result<(), RpcError> {
    match read(mirror, VERSION)? {
        Some(header) if header == version => Ok(()),
        other => Err(differs(VERSION, other, version)),
    }
}

/// Holds the envelope against the rest of the message.
pub(super) fn check(mirror: &dyn Mirror, call: &Call<'_>) -> Result<(), RpcError> {
    match read(mirror, METHOD)? {
        Some(header) if header == call.method => {}
        other => return Err(differs(METHOD, other, call.method)),
    }
    let Some((_, member)) = TARGETS.iter().find(|(method, _)| *method == call.method) else { return Ok(()) };
    let params: Target<'_> = call.params()?;
    // A request without its target is refused by the method, in its own words.
    let Some(target) = params.target(member) else { return Ok(()) };
    let header = read(mirror, NAME)?;
    match header.map(|value| decoded(NAME, value)).transpose()? {
        Some(value) if value == target => {}
        _ => return Err(differs(NAME, header, &target)),
    }
    if call.method == "tools/call" { check_arguments(mirror, call, &params) } else { Ok(()) }
}

#[derive(Deserialize)]
struct Target<'a> {
    name: Option<Value>,
    uri: Option<Value>,
    #[serde(rename = "taskId")]
    task: Option<Value>,
    #[serde(borrow)]
    arguments: Option<&'a serde_json::value::RawValue>,
}

impl Target<'_> {
    fn target(&self, member: &str) -> Option<String> {
        let value = match member {
            "name" => &self.name,
            "uri" => &self.uri,
            _ => &self.task,
        };
        value.as_ref()?.as_str().map(str::to_owned)
    }
}

/// The arguments that a tool's schema wants on the envelope.
fn check_arguments(mirror: &dyn Mirror, call: &Call<'_>, params: &Target<'_>) -> Result<(), RpcError> {
    let name = params.target("name").unwrap_or_default();
    let Some(tool) = call.scope.view.get(&name) else { return Ok(()) };
    let mirrored = tool.input.mirrored();
    if mirrored.is_empty() {
        return Ok(());
    }
    let arguments: Value =
        params.arguments.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
    for (header, path) in mirrored {
        let field = format!("{PARAM}{header}");
        let value = path.iter().try_fold(&arguments, |value, member| value.get(member));
        check_argument(mirror, &field, value.filter(|value| !value.is_null()))?;
    }
    Ok(())
}

fn check_argument(mirror: &dyn Mirror, field: &str, value: Option<&Value>) -> Result<(), RpcError> {
    let header = read(mirror, field)?;
    let said = header.map(|header| decoded(field, header)).transpose()?;
    match (value, said) {
        (None, None) => Ok(()),
        (Some(value), Some(said)) if same(value, &said) => Ok(()),
        (None, Some(_)) => Err(differs(field, header, "no value")),
        (Some(value), _) => Err(differs(field, header, &text(value))),
    }
}

fn same(value: &Value, said: &str) -> bool {
    match value {
        Value::Number(number) => match (said.parse::<i128>(), number.to_string().parse()) {
            (Ok(said), Ok(number)) => said == number,
            // 42.0 and 42 are the same number.
            _ => said.parse().is_ok_and(|said: f64| number.as_f64() == Some(said)),
        },
        other => text(other) == said,
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Takes the value out of its Base64 wrapping, when it has one («Value Encoding»).
fn decoded<'a>(field: &str, value: &'a str) -> Result<Cow<'a, str>, RpcError> {
    let wrapped = value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?="));
    let Some(wrapped) = wrapped else {
        // What is no visible ASCII, space or tab has to come wrapped.
        let plain = value.bytes().all(|b| matches!(b, b'\t' | b' '..=b'~'));
        return if plain { Ok(Cow::Borrowed(value)) } else { Err(invalid(field)) };
    };
    let bytes = BASE64_STANDARD.decode(wrapped).map_err(|_| invalid(field))?;
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| invalid(field))
}

fn invalid(field: &str) -> RpcError {
    RpcError::mirror(format!("the {field} header holds characters that it cannot, or broken Base64"))
}

fn differs(field: &str, header: Option<&str>, body: &str) -> RpcError {
    let body = short(body);
    RpcError::mirror(match header {
        None => format!("the {field} header is missing; the body says '{body}'"),
        Some(header) => format!("the {field} header says '{}', the body '{body}'", short(header)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The characters of the sentinel's own alphabet, once more than needed or once less.
    #[test]
    fn values_come_out_of_their_wrapping_and_broken_ones_do_not() {
        for (value, plain) in [
            ("us-west1", Some("us-west1")),
            ("=?base64?SGVsbG8sIOS4lueVjA==?=", Some("Hello, \u{4e16}\u{754c}")),
            ("=?base64?IHBhZGRlZCA=?=", Some(" padded ")),
            ("=?base64?bGluZTEKbGluZTI=?=", Some("line1\nline2")),
            ("=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=", Some("=?base64?literal?=")),
            ("=?base64??=", Some("")),
            ("", Some("")),
            ("a\tb", Some("a\tb")),
            ("=?Base64?SGVsbG8=?=", Some("=?Base64?SGVsbG8=?=")),
            ("=?base64?=", Some("=?base64?=")),
            ("=?base64?SGVsbG8?=", None),
            ("=?base64?SGVs bG8=?=", None),
            ("=?base64?/w==?=", None),
            ("\u{e9}", None),
            ("a\u{7f}", None),
        ] {
            assert_eq!(decoded("Mcp-Name", value).ok().as_deref(), plain, "{value}");
        }
    }

    #[test]
    fn numbers_are_the_same_by_value_and_texts_by_the_letter() {
        for (value, said, wanted) in [
            (json!(42), "42", true),
            (json!(42), "42.0", true),
            (json!(42), "4.2e1", true),
            (json!(-7), "-7", true),
            (json!(42), "43", false),
            (json!(42), "", false),
            (json!(42), "forty-two", false),
            (json!(9_007_199_254_740_993_i64), "9007199254740992", false),
            (json!(true), "true", true),
            (json!(true), "True", false),
            (json!("42"), "42.0", false),
            (json!(""), "", true),
        ] {
            assert_eq!(same(&value, said), wanted, "{value} as {said:?}");
        }
    }
}
