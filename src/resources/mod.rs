//! Documents that clients can read: what a resource and a template are, and the library that holds them.
//!
//! The protocol layer knows documents only through a [`Library`].

mod documents;
mod table;
mod tool;
mod toolset;

use crate::toolkit::{Body, Catalog};
use std::borrow::Cow;

const MARKDOWN: &str = "text/markdown";

/// One document with an address of its own.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The address.
    pub uri: Cow<'static, str>,
    /// The name in lists.
    pub name: Cow<'static, str>,
    /// The title for people.
    pub title: Cow<'static, str>,
    /// What it holds, in a sentence.
    pub description: Cow<'static, str>,
    /// Such as `text/markdown`.
    pub mime_type: &'static str,
    /// The contents.
    pub body: Body,
}

/// A family of documents whose address has one variable (RFC 6570, level 1).
pub struct Template {
    /// What stands before the variable.
    pub prefix: &'static str,
    /// The name of the variable.
    pub variable: &'static str,
    /// What stands behind the variable.
    pub suffix: &'static str,
    /// The name in lists.
    pub name: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// What its documents hold, in a sentence.
    pub description: &'static str,
    /// The type of every document.
    pub mime_type: &'static str,
    /// The document for a value of the variable.
    pub read: fn(&Catalog, &str) -> Option<String>,
    /// All values of the variable.
    pub values: fn(&Catalog) -> Vec<String>,
}

impl Template {
    /// The address with its variable, as lists show it.
    pub fn uri_template(&self) -> String {
        format!("{}{{{}}}{}", self.prefix, self.variable, self.suffix)
    }

    /// The variable's value in an address of this family.
    pub fn value<'a>(&self, uri: &'a str) -> Option<&'a str> {
        let value = uri.strip_prefix(self.prefix)?.strip_suffix(self.suffix)?;
        (!value.is_empty() && !value.contains('/')).then_some(value)
    }
}

/// All documents of a server, in the order of their lists.
#[derive(Default)]
pub struct Library {
    /// Those with an address of their own.
    pub resources: Vec<Resource>,
    /// The families.
    pub templates: Vec<Template>,
}

impl Library {
    /// The resource of that address.
    pub fn get(&self, uri: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.uri == uri)
    }
}

/// The documents of this server, with those that are made from the tools' declarations.
pub fn library(catalog: &Catalog) -> Library {
    let toolsets = catalog.toolsets().iter().map(|toolset| toolset::resource(catalog, toolset));
    Library { resources: documents::all().chain(toolsets).collect(), templates: vec![tool::TEMPLATE] }
}
