//! The contract with clients: names, types, requirements, choices and bounds that were promised.
//!
//! `tests/contract` holds the binding facts as data, in the order of the list that clients see:
//! - `tools.json`: the tools of the predecessor, which its clients call by these names and arguments;
//! - `new.json`: the tools that come beside them; `changed.json`: the form that some of the predecessor's take once
//!   they solve problems instead of advising on them (either form keeps the promise);
//! - `names.json`: toolset by tool, of all of them;
//! - `exceptions.json`: where we differ, each with its reason: `missing` tools of a toolset that has begun,
//!   `different` members (`at` is the place as a failure names it), tools that are `ours` alone. What needs no
//!   exception any more has to leave the file.
//!
//! Where a bound stood open and a refusal closed it (from 0, refused at 0), the refusal's form is written.
//! A parameter noted as whole is an `integer` here. `nullItems`: elements may be null. Tools may have further
//! optional arguments and further outputs. [`compare`] has the rules for one tool.

mod compare;

use compare::compare;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Promised {
    name: String,
    toolset: String,
    title: String,
    params: Vec<Member>,
    outputs: Vec<Member>,
}

/// An argument or a field of a result.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Member {
    name: String,
    r#type: String,
    /// Arguments only.
    required: Option<bool>,
    nullable: bool,
    /// Type of the elements; `array` is a matrix of numbers.
    items: Option<String>,
    null_items: bool,
    properties: Vec<Member>,
    r#enum: Option<Vec<Value>>,
    default: Option<Value>,
    min: Option<f64>,
    exclusive_min: bool,
    max: Option<f64>,
    exclusive_max: bool,
}

#[derive(Deserialize)]
struct Exceptions {
    missing: Vec<Exception>,
    different: Vec<Exception>,
    ours: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    tool: String,
    #[serde(default)]
    at: String,
    why: String,
}

struct Contract {
    /// Without the changed forms.
    tools: Vec<Promised>,
    changed: HashMap<String, Promised>,
    exceptions: Exceptions,
}

fn contract() -> Contract {
    let read = |text: &str| serde_json::from_str::<Vec<Promised>>(text).unwrap();
    let mut tools = read(include_str!("contract/tools.json"));
    tools.extend(read(include_str!("contract/new.json")));
    let changed = read(include_str!("contract/changed.json"));
    let changed = changed.into_iter().map(|tool| (tool.name.clone(), tool)).collect();
    let exceptions = serde_json::from_str(include_str!("contract/exceptions.json")).unwrap();
    Contract { tools, changed, exceptions }
}

impl Contract {
    fn get(&self, name: &str) -> Option<&Promised> {
        self.tools.iter().find(|tool| tool.name == name)
    }

    /// How a tool breaks its promise, in the form that it is nearer to; (place, what is wrong).
    fn broken(&self, tool: &businessmath_mcp::toolkit::Compiled) -> Vec<(String, String)> {
        let Some(promised) = self.get(tool.entry.name) else {
            let ours = self.exceptions.ours.iter().any(|known| known.tool == tool.entry.name);
            let why = "is in no contract (`ours` in exceptions.json says why it exists)".to_owned();
            return if ours { vec![] } else { vec![("name".into(), why)] };
        };
        let first = compare(tool, promised);
        match self.changed.get(tool.entry.name).map(|changed| compare(tool, changed)) {
            Some(second) if second.len() < first.len() => second,
            _ => first,
        }
    }
}

#[test]
fn every_tool_keeps_its_promise() {
    let (contract, catalog) = (contract(), crate::catalog::catalog());
    let excused = |tool: &str, place: &str| {
        contract.exceptions.different.iter().position(|known| known.tool == tool && known.at == place)
    };
    let (mut used, mut problems) = (BTreeSet::new(), vec![]);
    for tool in catalog.tools() {
        for (place, what) in contract.broken(tool) {
            match excused(tool.entry.name, &place) {
                Some(exception) => drop(used.insert(exception)),
                None => problems.push(format!("{} {place}: {what}", tool.entry.name)),
            }
        }
    }
    assert!(problems.is_empty(), "broken promises:\n{}", problems.join("\n"));
    for (exception, i) in contract.exceptions.different.iter().zip(0..) {
        let needed = used.contains(&i) || catalog.get(&exception.tool).is_none();
        assert!(needed, "{} {}: take it out of `different`", exception.tool, exception.at);
    }
}

#[test]
fn a_toolset_that_has_begun_is_complete() {
    let (contract, catalog) = (contract(), crate::catalog::catalog());
    let excused = |name: &str| contract.exceptions.missing.iter().any(|known| known.tool == name);
    let begun: BTreeSet<&str> = catalog.tools().iter().map(|tool| tool.toolset).collect();
    let missing: Vec<&Promised> =
        contract.tools.iter().filter(|tool| catalog.get(&tool.name).is_none()).collect();
    let wanted: Vec<&str> = missing
        .iter()
        .filter(|tool| begun.contains(tool.toolset.as_str()) && !excused(&tool.name))
        .map(|tool| tool.name.as_str())
        .collect();
    assert!(wanted.is_empty(), "their toolsets have begun: {wanted:?}");
    report(&missing, contract.tools.len());
}

/// How far we are, for whoever runs it with `--nocapture`.
fn report(missing: &[&Promised], total: usize) {
    let mut toolsets: BTreeMap<&str, usize> = BTreeMap::new();
    missing.iter().for_each(|tool| *toolsets.entry(&tool.toolset).or_default() += 1);
    eprintln!("{} of {total} tools of the contract are missing: {toolsets:?}", missing.len());
}

#[test]
fn exceptions_are_still_needed_and_give_a_reason() {
    let (contract, catalog) = (contract(), crate::catalog::catalog());
    let Exceptions { missing, different, ours } = &contract.exceptions;
    for exception in missing.iter().chain(different).chain(ours) {
        assert!(exception.why.len() > 20, "{}: a reason", exception.tool);
    }
    for Exception { tool, .. } in missing {
        assert!(contract.get(tool).is_some(), "{tool} is not in the contract");
        assert!(catalog.get(tool).is_none(), "{tool} is there: take it out of `missing`");
    }
    for Exception { tool, .. } in ours {
        assert!(contract.get(tool).is_none(), "{tool} is in the contract: take it out of `ours`");
    }
    for Exception { tool, at, .. } in different {
        assert!(contract.get(tool).is_some() && !at.is_empty(), "{tool} {at}: no such place");
    }
}

#[test]
fn the_data_agrees_with_itself() {
    let contract = contract();
    let names: BTreeMap<String, String> = serde_json::from_str(include_str!("contract/names.json")).unwrap();
    let ours = |tool: &Promised| (tool.name.clone(), tool.toolset.clone());
    assert_eq!(names, contract.tools.iter().map(ours).collect());
    assert_eq!(names.len(), contract.tools.len(), "a name twice");
    for (name, changed) in &contract.changed {
        assert_eq!(Some(&changed.toolset), names.get(name), "{name}");
    }
}

/// Tool, place in its promise, what is put there, and the places that must be told.
const BROKEN: [(&str, &str, &str, &str); 14] = [
    ("calculate_npv", "/toolset", r#""bonds""#, "toolset"),
    ("calculate_npv", "/params", "[]", "params.rate params.cashFlows"),
    ("calculate_npv", "/outputs/0/name", r#""gone""#, "outputs.gone"),
    ("calculate_npv", "/outputs/0/type", r#""string""#, "outputs.npv.type"),
    ("calculate_npv", "/outputs/0/nullable", "true", "outputs.npv.type"),
    ("calculate_npv", "/outputs/1/enum", r#"["accept"]"#, "outputs.decision.enum"),
    ("calculate_npv", "/params/0/exclusiveMin", "false", "params.rate.min"),
    ("calculate_npv", "/params/0/max", "9", "params.rate.max"),
    ("calculate_annuity_pv", "/params/2/type", r#""number""#, "params.periods.type"),
    ("calculate_irr", "/params/0/items", r#""string""#, "params.cashFlows.items"),
    ("calculate_irr", "/params/0/required", "false", "params.cashFlows.required"),
    ("calculate_irr", "/params/1/default", "0.2", "params.guess.default"),
    ("calculate_xirr", "/params/0/properties/0/type", r#""number""#, "params.cashFlows.date.type"),
    (
        "calculate_xirr",
        "/params/0/properties/1/name",
        r#""sum""#,
        "params.cashFlows.sum params.cashFlows.amount",
    ),
];

/// A comparison that finds nothing must be one that could have.
#[test]
fn every_kind_of_broken_promise_is_told() {
    let catalog = crate::catalog::catalog();
    let tools: Vec<Value> = serde_json::from_str(include_str!("contract/tools.json")).unwrap();
    for (name, place, put, told) in BROKEN {
        let mut promised = tools.iter().find(|tool| tool["name"] == name).unwrap().clone();
        let (parent, member) = place.rsplit_once('/').unwrap();
        promised.pointer_mut(parent).unwrap()[member] = serde_json::from_str(put).unwrap();
        let promised: Promised = serde_json::from_value(promised).unwrap();
        let problems = compare(catalog.get(name).unwrap(), &promised);
        let places: Vec<String> = problems.into_iter().map(|(place, _)| place).collect();
        assert_eq!(places.join(" "), told, "{name} {place} = {put}");
    }
}

#[test]
fn a_tool_that_nobody_was_promised_is_told() {
    let mut contract = contract();
    contract.tools.retain(|tool| tool.name != "calculate_npv");
    let catalog = crate::catalog::catalog();
    let broken = contract.broken(catalog.get("calculate_npv").unwrap());
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].1.contains("in no contract"));
}
