//! The one schema of a value: what is advertised is what is enforced, because both are made from it.
//!
//! Deliberately flat and small: several clients refuse a whole tool list over one `$ref` or `anyOf`.

use super::format::Format;
use serde_json::{Map, Value, json};

/// What a value must look like, and what readers are told about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// The type with its bounds.
    pub kind: Kind,
    /// Whether `null` is a value too; results only.
    pub nullable: bool,
    /// Prose for the caller.
    pub description: String,
    /// The value taken when an optional argument is left out.
    pub default: Option<Value>,
    /// Other spellings that are understood but not advertised.
    pub forms: Forms,
    /// The name under which transports repeat the value on the envelope; for routing, never for data.
    pub header: Option<String>,
}

/// Type and bounds.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Anything at all; for tools that pass values on.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A finite number.
    Number(Range),
    /// A whole number.
    Integer(Range),
    /// Text.
    Text(Text),
    /// A list.
    Array(List),
    /// An object.
    Object(Object),
}

/// Bounds of a number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Range {
    /// Lowest value.
    pub min: Option<f64>,
    /// Highest value.
    pub max: Option<f64>,
    /// A value that must be exceeded.
    pub above: Option<f64>,
    /// A value that must not be reached.
    pub below: Option<f64>,
    /// The only values, when there is such a list; whole numbers.
    pub choices: Vec<i64>,
}

/// Bounds of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    /// The only values, when there is such a list.
    pub choices: Vec<String>,
    /// Fewest characters.
    pub min: Option<usize>,
    /// Most characters.
    pub max: Option<usize>,
    /// A syntax that the text must have.
    pub format: Option<Format>,
}

/// Bounds of an array.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Every element.
    pub items: Box<Schema>,
    /// Fewest elements.
    pub min: Option<usize>,
    /// Most elements.
    pub max: Option<usize>,
    /// Whether no element may occur twice.
    pub unique: bool,
}

/// Members of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The members with names of ours, in order of declaration.
    pub fields: Vec<Field>,
    /// What the members with names of the caller's must be; none are allowed without it.
    pub others: Option<Box<Schema>>,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its value.
    pub schema: Schema,
}

/// Spellings that are understood beside the canonical one (decisions: «a coercion declared on that field»).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forms {
    /// Letter case does not count in a choice (`x-foldCase`).
    pub fold_case: bool,
    /// Spaces stand for underscores in a choice (`x-foldSpaces`).
    pub fold_spaces: bool,
    /// Other words for a choice (`x-aliases`: object from alias to choice).
    pub aliases: Vec<(String, String)>,
    /// An object with this member stands for the member's value (`x-unwrap`).
    pub unwrap: Option<String>,
    /// A number's text matters, not only its float (`x-literal`, see [`super::literal`]).
    pub literal: bool,
    /// The wrapper's member whose own members stand for arguments beside this one (`x-lift`).
    pub lift: Option<String>,
}

impl Schema {
    /// A schema of this kind with nothing said about it.
    pub fn of(kind: Kind) -> Self {
        let (description, forms) = (String::new(), Forms::default());
        Self { kind, nullable: false, description, default: None, forms, header: None }
    }

    /// The object's own members; none for other kinds.
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            Kind::Object(object) => &object.fields,
            _ => &[],
        }
    }

    /// The member of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields().iter().find(|field| field.name == name)
    }

    /// The members that transports repeat on a message's envelope (`x-mcp-header`): the name there, and the way
    /// to the value.
    pub fn mirrored(&self) -> Vec<(&str, Vec<&str>)> {
        let mut found = Vec::new();
        for field in self.fields() {
            if let Some(header) = &field.schema.header {
                found.push((header.as_str(), vec![field.name.as_str()]));
            }
            for (header, rest) in field.schema.mirrored() {
                found.push((header, [vec![field.name.as_str()], rest].concat()));
            }
        }
        found
    }

    /// The unit that the description states: the text of its last `[…]`.
    pub fn unit(&self) -> Option<&str> {
        let (_, tail) = self.description.rsplit_once('[')?;
        tail.split_once(']').map(|(unit, _)| unit)
    }

    /// The schema as clients see it: JSON Schema 2020-12, keywords in a fixed order.
    pub fn advertise(&self) -> Value {
        let mut out = Map::new();
        if let Some(name) = self.kind.name() {
            let plain = json!(name);
            out.insert("type".into(), if self.nullable { json!([name, "null"]) } else { plain });
        }
        if !self.description.is_empty() {
            out.insert("description".into(), json!(self.description));
        }
        self.kind.advertise(&mut out, self.nullable);
        if let Some(default) = &self.default {
            out.insert("default".into(), default.clone());
        }
        insert(&mut out, "x-mcp-header", self.header.as_deref().map(Value::from));
        Value::Object(out)
    }
}

impl Kind {
    /// The JSON Schema name of the type.
    pub fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Any => return None,
            Self::Boolean => "boolean",
            Self::Number(_) => "number",
            Self::Integer(_) => "integer",
            Self::Text(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        })
    }

    fn advertise(&self, out: &mut Map<String, Value>, nullable: bool) {
        match self {
            Self::Any | Self::Boolean => {}
            Self::Number(range) | Self::Integer(range) => range.advertise(out),
            Self::Text(text) => text.advertise(out, nullable),
            Self::Array(list) => list.advertise(out),
            Self::Object(object) => object.advertise(out),
        }
    }
}

impl Range {
    /// Bounds with their keywords.
    fn bounds(&self) -> [(&'static str, Option<f64>); 4] {
        [
            ("minimum", self.min),
            ("exclusiveMinimum", self.above),
            ("maximum", self.max),
            ("exclusiveMaximum", self.below),
        ]
    }

    /// Whether a number lies within.
    pub fn holds(&self, x: f64) -> bool {
        self.min.is_none_or(|bound| x >= bound)
            && self.max.is_none_or(|bound| x <= bound)
            && self.above.is_none_or(|bound| x > bound)
            && self.below.is_none_or(|bound| x < bound)
            && (self.choices.is_empty() || self.choices.iter().any(|choice| *choice as f64 == x))
    }

    fn advertise(&self, out: &mut Map<String, Value>) {
        for (keyword, bound) in self.bounds() {
            insert(out, keyword, bound.map(number));
        }
        insert(out, "enum", (!self.choices.is_empty()).then(|| json!(self.choices)));
    }
}

impl Text {
    fn advertise(&self, out: &mut Map<String, Value>, nullable: bool) {
        if !self.choices.is_empty() {
            let null = nullable.then_some(Value::Null);
            out.insert("enum".into(), self.choices.iter().map(|c| json!(c)).chain(null).collect());
        }
        insert(out, "minLength", self.min.map(Value::from));
        insert(out, "maxLength", self.max.map(Value::from));
    }
}

impl List {
    fn advertise(&self, out: &mut Map<String, Value>) {
        out.insert("items".into(), self.items.advertise());
        insert(out, "minItems", self.min.map(Value::from));
        insert(out, "maxItems", self.max.map(Value::from));
        insert(out, "uniqueItems", self.unique.then_some(Value::Bool(true)));
    }
}

impl Object {
    fn advertise(&self, out: &mut Map<String, Value>) {
        let properties: Map<_, _> =
            self.fields.iter().map(|f| (f.name.clone(), f.schema.advertise())).collect();
        let required: Vec<_> = self.fields.iter().filter(|f| f.required).map(|f| f.name.as_str()).collect();
        if !properties.is_empty() || self.others.is_none() {
            out.insert("properties".into(), properties.into());
        }
        insert(out, "required", (!required.is_empty()).then(|| json!(required)));
        let others = self.others.as_ref().map_or(Value::Bool(false), |schema| schema.advertise());
        out.insert("additionalProperties".into(), others);
    }
}

/// A bound as JSON: whole numbers without a fraction, because `0.0` reads as a rounding.
pub(super) fn number(x: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "guarded: whole and below 2^53")]
    if x.fract() == 0.0 && x.abs() < 9e15 { json!(x as i64) } else { json!(x) }
}

fn insert(out: &mut Map<String, Value>, keyword: &str, value: Option<Value>) {
    if let Some(value) = value {
        out.insert(keyword.into(), value);
    }
}
