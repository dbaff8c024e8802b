//! All tools of a server, compiled once: schemas built, list entries rendered, names indexed.

use super::schema::{Field, Kind, List, Schema};
use super::search::{Document, Index};
use super::tool::{Entry, Family};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The tools of a server. The protocol layer knows tools only through it.
pub struct Catalog {
    families: Vec<Toolset>,
    tools: Vec<Compiled>,
    index: HashMap<&'static str, usize>,
    search: OnceLock<Index>,
}

/// A family as readers know it.
#[derive(Debug, Clone, Copy)]
pub struct Toolset {
    /// See [`Family::slug`].
    pub slug: &'static str,
    /// See [`Family::title`].
    pub title: &'static str,
    /// See [`Family::description`].
    pub description: &'static str,
}

/// A tool with its schemas built and its list entry rendered.
pub struct Compiled {
    /// The declaration.
    pub entry: &'static Entry,
    /// The toolset's slug.
    pub toolset: &'static str,
    /// Schema of the arguments.
    pub input: Schema,
    /// Schema of the result, `warnings` included.
    pub output: Schema,
    /// Arguments of the first example.
    pub example: Value,
    /// The tool as `tools/list` shows it.
    pub listed: Value,
}

impl Catalog {
    /// Compiles families of tools.
    ///
    /// # Errors
    /// A tool whose declaration breaks a rule: a schema that is not flat, a name used twice, a bad example.
    pub fn new(families: &[Family]) -> Result<Self, String> {
        let mut catalog =
            Self { families: Vec::new(), tools: Vec::new(), index: HashMap::new(), search: OnceLock::new() };
        for family in families {
            let Family { slug, title, description, .. } = *family;
            catalog.families.push(Toolset { slug, title, description });
            for entry in family.tools {
                let compiled =
                    Compiled::new(entry, family.slug).map_err(|e| format!("tool {}: {e}", entry.name))?;
                if catalog.index.insert(entry.name, catalog.tools.len()).is_some() {
                    return Err(format!("tool {} is declared twice", entry.name));
                }
                catalog.tools.push(compiled);
            }
        }
        Ok(catalog)
    }

    /// Shows another schema of a tool's arguments than that which is made from its types: for a tool whose schema
    /// comes from elsewhere. What that promises beyond the types is the tool's own to keep.
    pub fn advertise(&mut self, name: &str, schema: Value) {
        if let Some(place) = self.index.get(name) {
            self.tools[*place].listed["inputSchema"] = schema;
        }
    }

    /// All toolsets in the order of the list.
    pub fn toolsets(&self) -> &[Toolset] {
        &self.families
    }

    /// The tool of that name.
    pub fn get(&self, name: &str) -> Option<&Compiled> {
        self.place(name).map(|place| &self.tools[place])
    }

    /// Where in the list the tool of that name stands.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// All tools in the order of the list.
    pub fn tools(&self) -> &[Compiled] {
        &self.tools
    }

    /// All names in the order of the list.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.tools.iter().map(|tool| tool.entry.name)
    }

    /// The words of all tools, in the order of the list; made when it is first asked for.
    pub(super) fn search_index(&self) -> &Index {
        self.search.get_or_init(|| Index::new(self.tools.iter().map(Compiled::document)))
    }
}

impl Compiled {
    fn new(entry: &'static Entry, toolset: &'static str) -> Result<Self, String> {
        let input = (entry.input)()?;
        let mut output = (entry.output)()?;
        add_warnings(&mut output)?;
        let example = entry.examples.first().ok_or("no example")?;
        let example = serde_json::from_str(example.arguments).map_err(|e| format!("first example: {e}"))?;
        let listed = listed(entry, toolset, &input, &output);
        Ok(Self { entry, toolset, input, output, example, listed })
    }

    fn document(&self) -> Document<'_> {
        Document {
            name: self.entry.name,
            title: self.entry.title,
            description: self.entry.description,
            parameters: self.input.fields().iter().map(|field| field.name.as_str()).collect(),
            toolset: self.toolset,
        }
    }
}

/// Coercions warn for every tool, so `warnings` belongs to every result.
fn add_warnings(output: &mut Schema) -> Result<(), String> {
    let Kind::Object(object) = &mut output.kind else { return Err("the result is not an object".into()) };
    if object.fields.iter().any(|field| field.name == "warnings") {
        return Err("warnings are given through the context".into());
    }
    let text = Schema::of(Kind::Text(super::schema::Text::default()));
    let items = List { items: Box::new(text), min: None, max: None, unique: false };
    let mut schema = Schema::of(Kind::Array(items));
    schema.description = "What to know before relying on the result; empty when nothing.".into();
    object.fields.push(Field { name: "warnings".into(), required: false, schema });
    Ok(())
}

fn listed(entry: &Entry, toolset: &str, input: &Schema, output: &Schema) -> Value {
    json!({
        "name": entry.name,
        "title": entry.title,
        "description": entry.description,
        "inputSchema": input.advertise(),
        "outputSchema": output.advertise(),
        "annotations": {
            "title": entry.title,
            "readOnlyHint": true,
            "destructiveHint": false,
            "idempotentHint": true,
            "openWorldHint": false,
        },
        "_meta": {"businessmath/toolset": toolset},
    })
}
