//! Narrowing on a small catalogue: what is chosen, what stays callable, what is refused.

use super::*;
use crate::toolkit::{Context, Cost, Entry, Error, Example, Family, derive};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::LazyLock;

#[derive(Deserialize, Serialize, JsonSchema)]
struct Nothing {}

const fn tool(name: &'static str) -> Entry {
    fn run(arguments: Value, _: &Context) -> Result<Value, Error> {
        Ok(arguments)
    }
    Entry {
        formula: "",
        name,
        title: "A title",
        description: "A description.",
        examples: &[Example { arguments: "{}", expect: "{}", tolerance: 0.0, source: "none" }],
        cost: Cost::Cheap,
        input: derive::input::<Nothing>,
        output: derive::output::<Nothing>,
        prepare: |_, _| Ok(()),
        run,
    }
}

const fn family(slug: &'static str, tools: &'static [Entry]) -> Family {
    Family { slug, title: "A title", description: "A sentence.", tools }
}

const META: &[Entry] = &[tool("search_tools"), tool("describe_tools"), tool("batch_calculate")];
const RED: &[Entry] = &[tool("red_one"), tool("goal_seek"), tool("red_two")];
const BLUE: &[Entry] = &[tool("solve_tvm"), tool("value_annuity_stream"), tool("blue_one")];
const FAMILIES: &[Family] =
    &[family("meta", META), family("red", RED), family("blue", BLUE), family("none", &[])];
const META_NAMES: [&str; 3] = ["search_tools", "describe_tools", "batch_calculate"];

fn all() -> View {
    static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::new(FAMILIES).unwrap()));
    View::all(Arc::clone(&CATALOG))
}

fn select(text: &str) -> View {
    all().narrow(text).unwrap()
}

fn listed(view: &View) -> Vec<&'static str> {
    view.tools().map(|tool| tool.entry.name).collect()
}

fn callable(view: &View) -> Vec<&'static str> {
    view.names().collect()
}

#[test]
fn toolsets_and_presets_choose_in_the_order_of_the_catalogue() {
    for (text, names) in [
        ("red", vec!["red_one", "goal_seek", "red_two"]),
        (
            " BLUE ,, red",
            vec!["red_one", "goal_seek", "red_two", "solve_tvm", "value_annuity_stream", "blue_one"],
        ),
        ("Core", vec!["goal_seek", "solve_tvm"]),
        ("analyst", vec!["goal_seek", "solve_tvm", "value_annuity_stream"]),
        ("core,red", vec!["red_one", "goal_seek", "red_two", "solve_tvm"]),
        ("meta", META_NAMES.to_vec()),
    ] {
        let view = select(text);
        assert_eq!(listed(&view), names, "{text}");
        assert_eq!(callable(&view), names, "{text}");
    }
    assert!(select("all").same_as(&select("red,all")));
    assert_eq!(callable(&select("all")).len(), 9);
}

#[test]
fn compact_narrows_the_list_only_and_stays_through_further_choices() {
    let compact = select("compact");
    assert_eq!(listed(&compact), META_NAMES);
    assert_eq!(callable(&compact).len(), 9);
    let red = ["search_tools", "describe_tools", "batch_calculate", "red_one", "goal_seek", "red_two"];
    for view in [select("red,compact"), compact.narrow("red").unwrap()] {
        assert_eq!(listed(&view), META_NAMES);
        assert_eq!(callable(&view), red);
    }
    assert!(compact.narrow("all").unwrap().same_as(&compact.narrow("compact").unwrap()));
    // Who may not have the three cannot have a list of them.
    assert!(select("red").narrow("compact").is_err());
}

#[test]
fn what_lies_outside_is_as_unknown_as_what_does_not_exist() {
    let red = select("red");
    assert!(red.get("blue_one").is_none() && red.get("red_one").is_some() && red.get("nothing").is_none());
    assert_eq!(red.toolsets().map(|toolset| toolset.slug).collect::<Vec<_>>(), ["red"]);
    assert!(red.search("blue").next().is_none());
    for text in ["blue", "red,blue", "meta", "none"] {
        let error = red.narrow(text).err().unwrap();
        assert!(error.ends_with("; valid are all, analyst, core, red"), "{error}");
    }
}

#[test]
fn a_wrong_text_is_told_with_what_is_near_and_all_that_is_valid() {
    let error = |text: &str| all().narrow(text).err().unwrap();
    for text in ["", "  ", ",", " , ,"] {
        assert!(
            error(text).starts_with("no toolset is named; valid are all, analyst, core, compact, meta"),
            "{text}"
        );
    }
    assert!(error("red,bleu").starts_with("\"bleu\" is no toolset here, the nearest is blue"));
    assert!(
        error("\n\u{7}x").starts_with("\"\\u{7}x\" is no toolset here"),
        "control characters are escaped"
    );
    let long = error(&"ü,".repeat(5_000));
    assert!(long.contains("nor are 4997 more") && long.len() < 500, "{long}");
    assert!(error(&"x".repeat(100_000)).len() < 500);
}

#[test]
fn equal_choices_print_alike() {
    let parse = |text| Selection::parse(text, &all()).unwrap();
    assert_eq!(parse("Red, blue,red"), parse("blue,RED"));
    assert_eq!(parse("Red, blue").to_string(), "blue,red");
    assert!(all().narrowed(&parse("blue,red")).same_as(&select("red,blue")));
}

/// Every choice of up to three entries, within every other: nothing is ever added, and repeating changes nothing.
#[test]
fn narrowing_never_adds_and_repeating_it_changes_nothing() {
    let entries = ["all", "analyst", "core", "compact", "meta", "red", "blue"];
    let texts: Vec<String> = (1..1 << entries.len())
        .map(|bits: u32| (0..entries.len()).filter(|i| bits >> i & 1 == 1).map(|i| entries[i]).collect())
        .filter(|chosen: &Vec<&str>| chosen.len() <= 3)
        .map(|chosen| chosen.join(","))
        .collect();
    let everything = all();
    for outer in &texts {
        let outer = everything.narrow(outer).unwrap();
        for text in &texts {
            let Ok(inner) = outer.narrow(text) else { continue };
            let within = |names: Vec<&str>, of: Vec<&str>| names.iter().all(|name| of.contains(name));
            assert!(
                within(listed(&inner), listed(&outer)) && within(callable(&inner), callable(&outer)),
                "{text}"
            );
            assert!(within(listed(&inner), callable(&inner)) && !listed(&inner).is_empty(), "{text}");
            assert!(inner.names().all(|name| inner.get(name).unwrap().entry.name == name));
            assert!(inner.narrow(text).unwrap().same_as(&inner), "{text}");
        }
    }
}
