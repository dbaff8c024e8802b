//! What a reader is shown: the blocks of a tool's result or of a prompt's message.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Prose.
    Text(String),
    /// A picture.
    Image {
        /// Its bytes.
        data: Vec<u8>,
        /// Such as `image/png`.
        mime_type: &'static str,
    },
    /// A recording.
    Audio {
        /// Its bytes.
        data: Vec<u8>,
        /// Such as `audio/wav`.
        mime_type: &'static str,
    },
    /// A resource, contents included.
    Resource {
        /// Its address.
        uri: String,
        /// Such as `text/markdown`.
        mime_type: Cow<'static, str>,
        /// Its contents.
        body: Body,
    },
}

/// The contents of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Text.
    Text(Cow<'static, str>),
    /// Anything else.
    Blob(Cow<'static, [u8]>),
}

impl Content {
    /// A block of prose.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// The block on the wire, the same in all revisions that have it.
impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut media = |kind: &str, data: &[u8], mime_type: &str| {
            map.serialize_entry("type", kind)?;
            map.serialize_entry("data", &BASE64_STANDARD.encode(data))?;
            map.serialize_entry("mimeType", mime_type)
        };
        match self {
            Self::Text(text) => {
                map.serialize_entry("type", "text")?;
                map.serialize_entry("text", text)?;
            }
            Self::Image { data, mime_type } => media("image", data, mime_type)?,
            Self::Audio { data, mime_type } => media("audio", data, mime_type)?,
            Self::Resource { uri, mime_type, body } => {
                map.serialize_entry("type", "resource")?;
                map.serialize_entry("resource", &Contents { uri, mime_type, body })?;
            }
        }
        map.end()
    }
}

/// A resource's contents with its address, as `resources/read` and embedded resources show them.
#[derive(Debug)]
pub struct Contents<'a> {
    /// Its address.
    pub uri: &'a str,
    /// Such as `text/markdown`.
    pub mime_type: &'a str,
    /// The contents.
    pub body: &'a Body,
}

impl Serialize for Contents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("uri", self.uri)?;
        map.serialize_entry("mimeType", self.mime_type)?;
        match self.body {
            Body::Text(text) => map.serialize_entry("text", text)?,
            Body::Blob(bytes) => map.serialize_entry("blob", &BASE64_STANDARD.encode(bytes))?,
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{json, to_value};

    #[test]
    fn blocks_have_the_shape_of_the_specification() {
        let image = Content::Image { data: vec![0, 255], mime_type: "image/png" };
        assert_eq!(
            to_value(image).unwrap(),
            json!({"type": "image", "data": "AP8=", "mimeType": "image/png"})
        );
        assert_eq!(to_value(Content::text("a")).unwrap(), json!({"type": "text", "text": "a"}));
        let embedded = |body| Content::Resource { uri: "a://b".into(), mime_type: "c/d".into(), body };
        assert_eq!(
            to_value(embedded(Body::Text("e".into()))).unwrap(),
            json!({"type": "resource", "resource": {"uri": "a://b", "mimeType": "c/d", "text": "e"}})
        );
        assert_eq!(
            to_value(embedded(Body::Blob(vec![1].into()))).unwrap()["resource"]["blob"],
            json!("AQ==")
        );
    }
}
