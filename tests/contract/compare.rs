//! One tool against what was promised of it: a list of (place, what is wrong).

use super::{Member, Promised};
use businessmath_mcp::toolkit::Compiled;
use serde_json::{Value, json};

type Problems = Vec<(String, String)>;

/// Arguments must take exactly what was promised; results may say more than was promised.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Takes,
    Gives,
}

/// Everything in which a tool differs from its promise. Places are `params.rate` or `outputs.rows.balance`.
pub(super) fn compare(tool: &Compiled, promised: &Promised) -> Problems {
    let mut problems = vec![];
    let mut same = |place: &str, ours: &str, theirs: &str| {
        if ours != theirs {
            problems.push((place.to_owned(), format!("is {ours:?}, promised as {theirs:?}")));
        }
    };
    same("toolset", tool.toolset, &promised.toolset);
    same("title", tool.entry.title, &promised.title);
    members("params", Side::Takes, &tool.listed["inputSchema"], &promised.params, &mut problems);
    members("outputs", Side::Gives, &tool.listed["outputSchema"], &promised.outputs, &mut problems);
    problems
}

fn members(place: &str, side: Side, schema: &Value, promised: &[Member], problems: &mut Problems) {
    let required = |name: &str| schema["required"].as_array().is_some_and(|all| all.contains(&json!(name)));
    for member in promised {
        let place = format!("{place}.{}", member.name);
        let Some(ours) = schema["properties"].get(&member.name) else {
            problems.push((place, "is missing".into()));
            continue;
        };
        if member.required.is_some_and(|promised| promised != required(&member.name)) {
            problems.push((format!("{place}.required"), format!("is {}", required(&member.name))));
        }
        value(&place, side, ours, member, problems);
    }
    let names = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name);
    for name in names.filter(|name| side == Side::Takes && required(name)) {
        if !promised.iter().any(|member| member.name == *name) {
            problems.push((format!("{place}.{name}"), "is required, and old clients do not know it".into()));
        }
    }
}

fn value(place: &str, side: Side, ours: &Value, member: &Member, problems: &mut Problems) {
    let mut tell = |facet: &str, what: String| problems.push((format!("{place}.{facet}"), what));
    if !is_of(side, &ours["type"], &member.r#type, member.nullable) {
        tell(
            "type",
            format!("is {}, promised as {}, nullable {}", ours["type"], member.r#type, member.nullable),
        );
    }
    if member.r#enum.as_ref().is_some_and(|promised| sorted(promised.iter()) != choices(ours)) {
        tell("enum", format!("is {}, promised as {}", ours["enum"], json!(member.r#enum)));
    }
    if member.default.as_ref().is_some_and(|promised| !same_value(promised, &ours["default"])) {
        tell("default", format!("is {}, promised as {}", ours["default"], json!(member.default)));
    }
    bounds(ours, member).into_iter().for_each(|(facet, what)| tell(facet, what));
    elements(place, side, ours, member, problems);
}

/// A bound that was promised must be that very bound; one that was not may be added, as loops need them.
fn bounds(ours: &Value, member: &Member) -> Vec<(&'static str, String)> {
    let whole = ours["type"] == "integer";
    let ends =
        [("min", member.min, member.exclusive_min, &LOW), ("max", member.max, member.exclusive_max, &HIGH)];
    let wrong = |(facet, promised, exclusive, end): (&'static str, Option<f64>, bool, &End)| {
        let (got, promised) = (end.of(ours), end.closed(promised?, exclusive, whole));
        let what = format!("is {got:?}, promised as {promised:?} (bound, exclusive)");
        (got != Some(promised)).then_some((facet, what))
    };
    ends.into_iter().filter_map(wrong).collect()
}

/// What is inside arrays and objects.
fn elements(place: &str, side: Side, ours: &Value, member: &Member, problems: &mut Problems) {
    match member.items.as_deref() {
        None => members(place, side, ours, &member.properties, problems),
        Some("object") => {
            if ours["items"]["type"] != "object" {
                problems.push((format!("{place}.items"), format!("are {}", ours["items"]["type"])));
            }
            members(place, side, &ours["items"], &member.properties, problems);
        }
        Some(kind) => {
            let (items, inner) = (&ours["items"], &ours["items"]["items"]["type"]);
            let matrix = kind != "array" || is_of(Side::Gives, inner, "number", false);
            if !is_of(side, &items["type"], kind, member.null_items) || !matrix {
                problems.push((format!("{place}.items"), format!("are {items}, promised as {kind}")));
            }
        }
    }
}

/// Whether an advertised type is the promised one. A result that is always whole is a number all the same.
fn is_of(side: Side, ours: &Value, promised: &str, nullable: bool) -> bool {
    let form = |kind: &str| if nullable { json!([kind, "null"]) } else { json!(kind) };
    *ours == form(promised) || (side == Side::Gives && promised == "number" && *ours == form("integer"))
}

/// The advertised choices in order; `null` among them is the type's affair.
fn choices(ours: &Value) -> Vec<String> {
    sorted(ours["enum"].as_array().into_iter().flatten().filter(|choice| !choice.is_null()))
}

fn sorted<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<String> {
    let mut texts: Vec<String> = values.map(Value::to_string).collect();
    texts.sort();
    texts
}

/// 0 and 0.0 are one number.
fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        _ => a == b,
    }
}

/// One end of a range.
struct End {
    closed: &'static str,
    open: &'static str,
    /// From an excluded whole number to the first that is within.
    step: f64,
}

const LOW: End = End { closed: "minimum", open: "exclusiveMinimum", step: 1.0 };
const HIGH: End = End { closed: "maximum", open: "exclusiveMaximum", step: -1.0 };

impl End {
    /// The advertised bound, and whether it is exclusive.
    fn of(&self, ours: &Value) -> Option<(f64, bool)> {
        let bound = |keyword: &str| ours[keyword].as_f64();
        let whole = ours["type"] == "integer";
        let closed = bound(self.closed).map(|x| self.closed(x, false, whole));
        closed.or(bound(self.open).map(|x| self.closed(x, true, whole)))
    }

    /// A whole number above 0 is one from 1 on.
    fn closed(&self, bound: f64, exclusive: bool, whole: bool) -> (f64, bool) {
        if whole && exclusive { (bound + self.step, false) } else { (bound, exclusive) }
    }
}
