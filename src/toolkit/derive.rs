//! Types become schemas: schemars derives, this normaliser flattens, and nothing unknown gets through.

use super::format::Format;
use super::schema::{Field, Forms, Kind, List, Object, Range, Schema, Text, number};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// The schema of a tool's arguments. `null` is no value there: an optional one is left out.
///
/// # Errors
/// When the type needs a keyword that clients choke on; a test builds every tool's schema.
pub fn input<T: JsonSchema>() -> Result<Schema, String> {
    let settings = SchemaSettings::draft2020_12().for_deserialize();
    let mut schema = derived::<T>(settings)?;
    forbid_null(&mut schema);
    Ok(schema)
}

/// The schema of a tool's result.
///
/// # Errors
/// As [`input`].
pub fn output<T: JsonSchema>() -> Result<Schema, String> {
    derived::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn derived<T: JsonSchema>(settings: SchemaSettings) -> Result<Schema, String> {
    let generator = settings.with(|s| s.inline_subschemas = true).into_generator();
    let raw = Value::from(generator.into_root_schema_for::<T>());
    schema(&raw).map_err(|e| format!("{}: {e}", T::schema_name()))
}

fn forbid_null(schema: &mut Schema) {
    schema.nullable = false;
    match &mut schema.kind {
        Kind::Array(list) => forbid_null(&mut list.items),
        Kind::Object(object) => {
            object.fields.iter_mut().for_each(|field| forbid_null(&mut field.schema));
            object.others.iter_mut().for_each(|schema| forbid_null(schema));
        }
        _ => {}
    }
}

/// Keywords that say nothing to a caller.
const DROPPED: [&str; 4] = ["$schema", "title", "format", "$defs"];

fn schema(raw: &Value) -> Result<Schema, String> {
    let raw = match raw {
        Value::Bool(true) => return Ok(Schema::of(Kind::Any)),
        Value::Object(raw) => raw,
        other => return Err(format!("not a schema: {other}")),
    };
    let mut rest: Map<String, Value> = raw.clone();
    DROPPED.iter().for_each(|keyword| drop(rest.remove(*keyword)));
    let described = prose(&mut rest)?;
    let mut schema = match rest.remove("anyOf").or_else(|| rest.remove("oneOf")) {
        Some(Value::Array(branches)) => branches_of(&branches)?,
        _ => plain(&mut rest)?,
    };
    if let Some(keyword) = rest.keys().next() {
        return Err(format!("keyword {keyword:?} is not for flat schemas"));
    }
    schema.nullable |= described.nullable;
    schema.default = described.default.or(schema.default);
    if !described.description.is_empty() {
        schema.description = described.description;
    }
    if described.header.is_some() {
        schema.header = described.header;
    }
    if described.forms != Forms::default() {
        schema.forms = described.forms;
    }
    Ok(schema)
}

/// What stands beside the type: description, default, understood forms.
fn prose(rest: &mut Map<String, Value>) -> Result<Schema, String> {
    let mut out = Schema::of(Kind::Any);
    if let Some(Value::String(text)) = rest.remove("description") {
        out.description = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    out.default = rest.remove("default").filter(|default| !default.is_null()).map(whole);
    out.header = rest.remove("x-mcp-header").and_then(|name| name.as_str().map(str::to_owned));
    out.forms.literal = rest.remove("x-literal") == Some(Value::Bool(true));
    out.forms.fold_case = rest.remove("x-foldCase") == Some(Value::Bool(true));
    out.forms.fold_spaces = rest.remove("x-foldSpaces") == Some(Value::Bool(true));
    out.forms.unwrap = rest.remove("x-unwrap").and_then(|name| name.as_str().map(str::to_owned));
    out.forms.lift = rest.remove("x-lift").and_then(|name| name.as_str().map(str::to_owned));
    if let Some(aliases) = rest.remove("x-aliases") {
        let aliases = aliases.as_object().ok_or("x-aliases wants an object")?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        out.forms.aliases = aliases.iter().map(|(alias, choice)| (alias.clone(), text(choice))).collect();
    }
    Ok(out)
}

/// Two shapes of branches occur: «this or null», and an enum whose variants carry doc comments.
fn branches_of(branches: &[Value]) -> Result<Schema, String> {
    let is_null = |branch: &&Value| branch.get("type").is_some_and(|kind| kind == "null");
    let rest: Vec<&Value> = branches.iter().filter(|branch| !is_null(branch)).collect();
    let mut out = match rest.as_slice() {
        [one] => schema(one)?,
        several => choices_of(several)?,
    };
    out.nullable |= rest.len() < branches.len();
    Ok(out)
}

fn choices_of(branches: &[&Value]) -> Result<Schema, String> {
    let mut choices = Vec::new();
    for branch in branches {
        match (branch.get("const"), branch.get("enum").and_then(Value::as_array)) {
            (Some(Value::String(choice)), _) => choices.push(choice.clone()),
            (_, Some(list)) => choices.extend(list.iter().filter_map(|c| c.as_str().map(str::to_owned))),
            _ => return Err(format!("branches are not for flat schemas: {branch}")),
        }
    }
    Ok(Schema::of(Kind::Text(Text { choices, ..Text::default() })))
}

fn plain(rest: &mut Map<String, Value>) -> Result<Schema, String> {
    let (name, nullable) = type_of(rest)?;
    let kind = match name.as_deref() {
        None => Kind::Any,
        Some("boolean") => Kind::Boolean,
        Some("number") => Kind::Number(range(rest)),
        Some("integer") => Kind::Integer(whole_range(rest)?),
        Some("string") => Kind::Text(text(rest)?),
        Some("array") => Kind::Array(list(rest)?),
        Some("object") => Kind::Object(object(rest)?),
        Some(other) => return Err(format!("type {other:?} is not for flat schemas")),
    };
    Ok(Schema { nullable, ..Schema::of(kind) })
}

fn type_of(rest: &mut Map<String, Value>) -> Result<(Option<String>, bool), String> {
    match rest.remove("type") {
        None if rest.contains_key("enum") || rest.contains_key("const") => Ok((Some("string".into()), false)),
        None => Ok((None, false)),
        Some(Value::String(name)) => Ok((Some(name), false)),
        Some(Value::Array(names)) => {
            let mut real = names.iter().filter_map(Value::as_str).filter(|name| *name != "null");
            match (real.next(), real.next()) {
                (Some(name), None) => Ok((Some(name.to_owned()), true)),
                _ => Err("a value has one type".into()),
            }
        }
        Some(other) => Err(format!("not a type: {other}")),
    }
}

fn range(rest: &mut Map<String, Value>) -> Range {
    let mut bound = |keyword| rest.remove(keyword).and_then(|value| value.as_f64());
    Range {
        min: bound("minimum"),
        max: bound("maximum"),
        above: bound("exclusiveMinimum"),
        below: bound("exclusiveMaximum"),
        choices: vec![],
    }
}

/// As [`range`]; a list of values makes the bounds of the Rust type superfluous.
fn whole_range(rest: &mut Map<String, Value>) -> Result<Range, String> {
    let bounds = range(rest);
    let Some(list) = rest.remove("enum") else { return Ok(bounds) };
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let choices: Option<Vec<i64>> = list.iter().map(Value::as_i64).collect();
    match choices.filter(|choices| !choices.is_empty()) {
        Some(choices) => Ok(Range { choices, ..Range::default() }),
        None => Err("an integer's enum lists whole numbers".into()),
    }
}

fn text(rest: &mut Map<String, Value>) -> Result<Text, String> {
    let choices = rest.remove("enum").or_else(|| rest.remove("const").map(|one| Value::Array(vec![one])));
    let choices = choices.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let choices = choices.iter().filter_map(|c| c.as_str().map(str::to_owned)).collect();
    let format = match rest.remove("x-format") {
        None => None,
        Some(name) => Some(Format::named(name.as_str().unwrap_or_default()).ok_or("unknown x-format")?),
    };
    Ok(Text { choices, min: size(rest, "minLength"), max: size(rest, "maxLength"), format })
}

fn list(rest: &mut Map<String, Value>) -> Result<List, String> {
    let items = rest.remove("items").map_or(Ok(Schema::of(Kind::Any)), |items| schema(&items))?;
    let unique = rest.remove("uniqueItems") == Some(Value::Bool(true));
    Ok(List { items: Box::new(items), min: size(rest, "minItems"), max: size(rest, "maxItems"), unique })
}

fn object(rest: &mut Map<String, Value>) -> Result<Object, String> {
    let required = rest.remove("required").unwrap_or_default();
    let required: Vec<&str> = required.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut fields = Vec::new();
    for (name, raw) in rest.remove("properties").as_ref().and_then(Value::as_object).into_iter().flatten() {
        let schema = schema(raw).map_err(|e| format!("{name}: {e}"))?;
        fields.push(Field { name: name.clone(), required: required.contains(&name.as_str()), schema });
    }
    let others = match rest.remove("additionalProperties") {
        None | Some(Value::Bool(false)) => None,
        Some(other) => Some(Box::new(schema(&other)?)),
    };
    Ok(Object { fields, others })
}

fn size(rest: &mut Map<String, Value>, keyword: &str) -> Option<usize> {
    rest.remove(keyword).and_then(|value| value.as_u64()).and_then(|size| usize::try_from(size).ok())
}

/// `0.0` as `0`: schemars prints the default of a float with its fraction.
fn whole(value: Value) -> Value {
    match value.as_f64() {
        Some(x) => number(x),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};
    use serde_json::json;
    use std::collections::BTreeMap;

    /// Once at the start of each period or at its end.
    #[derive(Serialize, Deserialize, JsonSchema, Default)]
    #[serde(rename_all = "camelCase")]
    enum Timing {
        /// At the end.
        #[default]
        PeriodEnd,
        PeriodStart,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Everything {
        /// Rate
        /// over two lines [decimal].
        #[schemars(extend("exclusiveMinimum" = -1.0))]
        rate: f64,
        #[serde(default)]
        timing: Timing,
        maybe: Option<u32>,
        maybe_timing: Option<Timing>,
        #[schemars(length(min = 1, max = 5))]
        table: Vec<Vec<f64>>,
        named: BTreeMap<String, f64>,
        #[schemars(extend("x-format" = "date"))]
        day: String,
        #[serde(default)]
        amount: f64,
        #[schemars(extend("enum" = [360, 365]))]
        year: u16,
    }

    #[test]
    fn input_is_flat_and_knows_no_null() {
        let advertised = input::<Everything>().unwrap().advertise();
        assert_eq!(
            advertised["properties"],
            json!({
                "rate": {"type": "number", "description": "Rate over two lines [decimal].", "exclusiveMinimum": -1},
                "timing": {"type": "string", "description": "Once at the start of each period or at its end.",
                    "enum": ["periodStart", "periodEnd"], "default": "periodEnd"},
                "maybe": {"type": "integer", "minimum": 0},
                "maybeTiming": {"type": "string", "description": "Once at the start of each period or at its end.",
                    "enum": ["periodStart", "periodEnd"]},
                "table": {"type": "array", "items": {"type": "array", "items": {"type": "number"}},
                    "minItems": 1, "maxItems": 5},
                "named": {"type": "object", "additionalProperties": {"type": "number"}},
                "day": {"type": "string"},
                "amount": {"type": "number", "default": 0},
                "year": {"type": "integer", "enum": [360, 365]},
            })
        );
        assert_eq!(advertised["additionalProperties"], json!(false));
        assert_eq!(advertised["required"], json!(["rate", "table", "named", "day", "year"]));
    }

    #[test]
    fn output_keeps_null_where_a_field_may_be_empty() {
        let advertised = output::<Everything>().unwrap().advertise();
        assert_eq!(advertised["properties"]["maybe"]["type"], json!(["integer", "null"]));
        assert_eq!(
            advertised["properties"]["maybeTiming"]["enum"],
            json!(["periodStart", "periodEnd", null])
        );
        assert!(advertised["required"].as_array().unwrap().contains(&json!("maybe")));
    }

    #[test]
    fn what_clients_choke_on_is_refused() {
        assert!(input::<(f64, String)>().unwrap_err().contains("prefixItems"));
    }

    #[test]
    fn the_unit_is_the_last_bracket_of_the_description() {
        let schema = input::<Everything>().unwrap();
        assert_eq!(schema.field("rate").unwrap().schema.unit(), Some("decimal"));
        assert_eq!(schema.field("amount").unwrap().schema.unit(), None);
    }
}
