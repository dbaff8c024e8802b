//! The tools about tools, on the real catalogue: what they find, describe and run, and for whom.

use crate::catalog::{Viewing, catalog};
use crate::properties::Numbers;
use businessmath_mcp::toolkit::{Catalog, Context, Entry, Error, Example, Family, Host, Tool, View, call};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::cell::Cell;
use std::sync::Arc;

fn outcome(host: &dyn Host, name: &str, arguments: Value) -> call::Outcome {
    let tool = host.view().unwrap().get(name).unwrap_or_else(|| panic!("{name} is not callable"));
    call::call(tool, Ok(arguments), &Context::new(host), "test").unwrap()
}

fn within(selection: &str) -> Viewing {
    Viewing(View::select(catalog(), selection).unwrap())
}

fn result(host: &dyn Host, name: &str, arguments: Value) -> Value {
    let outcome = outcome(host, name, arguments);
    outcome.structured.clone().unwrap_or_else(|| panic!("{name}: {}", outcome.text()))
}

fn refusal(name: &str, arguments: Value) -> String {
    let outcome = outcome(&within("all"), name, arguments);
    assert!(outcome.is_error(), "{name} computed: {}", outcome.text());
    outcome.text()
}

fn names(result: &Value) -> Vec<&str> {
    result["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect()
}

#[test]
fn search_stays_within_toolset_limit_and_view() {
    let found = result(&within("all"), "search_tools", json!({"query": "present value", "limit": 2}));
    assert_eq!(names(&found).len(), 2);
    assert!(found["matched"].as_u64().unwrap() > 2);
    assert_eq!(found["toolsets"], json!([]));
    let scores: Vec<f64> =
        found["tools"].as_array().unwrap().iter().map(|tool| tool["score"].as_f64().unwrap()).collect();
    assert!(scores[0] >= scores[1] && scores[1] > 0.0);
    let meta =
        result(&within("all"), "search_tools", json!({"query": "tools calculate", "toolset": "META "}));
    assert!(names(&meta).iter().all(|name| catalog().get(name).unwrap().toolset == "meta"));
    let narrow = result(&within("meta"), "search_tools", json!({"query": "payment"}));
    assert!(narrow["matched"] == 0 && narrow["toolsets"] == json!(["meta"]), "{narrow}");
    let compact = result(&within("tvm,compact"), "search_tools", json!({"query": "PMT"}));
    assert_eq!(names(&compact)[0], "calculate_payment");
}

#[test]
fn search_refuses_what_says_nothing() {
    for query in ["", " \t\n"] {
        assert!(refusal("search_tools", json!({ "query": query })).contains("- query: "), "{query:?}");
    }
    assert!(refusal("search_tools", json!({"query": "x".repeat(401)})).contains("at most 400 characters"));
    result(&within("all"), "search_tools", json!({"query": "ü".repeat(400)}));
    for limit in [json!(0), json!(51), json!(2.5)] {
        assert!(refusal("search_tools", json!({"query": "npv", "limit": limit})).contains("- limit: got"));
    }
    for (name, call) in [
        ("search_tools", json!({"query": "npv", "toolset": "tmv"})),
        ("describe_tools", json!({"toolset": "tmv"})),
    ] {
        let text = refusal(name, call);
        assert!(text.contains("did you mean tvm? Valid are meta, tvm"), "{text}");
    }
    let all = result(&within("all"), "search_tools", json!({"query": "💶 ???"}));
    let families: Vec<&str> = businessmath_mcp::tools::FAMILIES.iter().map(|family| family.slug).collect();
    assert_eq!(all["toolsets"], json!(families));
}

#[test]
fn descriptions_have_the_schemas_of_the_list_byte_for_byte() {
    let host = within("all");
    for tool in catalog().tools() {
        let described = result(&host, "describe_tools", json!({"names": [tool.entry.name]}));
        let got = &described["tools"][0];
        for member in ["name", "title", "description", "inputSchema", "outputSchema"] {
            assert_eq!(got[member].to_string(), tool.listed[member].to_string(), "{}", tool.entry.name);
        }
        assert_eq!(got["example"]["arguments"], tool.example);
        let outcome = outcome(&host, tool.entry.name, got["example"]["arguments"].clone());
        assert!(!outcome.is_error(), "{}", tool.entry.name);
    }
}

#[test]
fn the_text_of_a_description_has_the_whole_schema() {
    let tool = catalog();
    let tool = tool.get("calculate_npv").unwrap();
    let text = outcome(&within("all"), "describe_tools", json!({"names": ["calculate_npv"]})).text();
    assert!(text.contains(&tool.listed["inputSchema"].to_string()), "{text}");
}

#[test]
fn unknown_names_come_back_and_a_view_hides_what_it_lacks() {
    let names = json!({"names": ["calculate_nvp", "calculate_irr", "x".repeat(10_000), ""]});
    let described = result(&within("all"), "describe_tools", names.clone());
    assert_eq!(described["tools"][0]["name"], "calculate_irr");
    let unknown = described["unknown"].as_array().unwrap();
    assert_eq!(unknown.len(), 3);
    assert!(unknown[0]["suggestions"].as_array().unwrap().contains(&json!("calculate_npv")));
    assert!(unknown[1]["name"].as_str().unwrap().len() < 100);
    assert_eq!(result(&within("meta"), "describe_tools", names)["tools"], json!([]));
}

#[test]
fn a_toolset_is_described_without_schemas() {
    let described =
        result(&within("all"), "describe_tools", json!({"toolset": "tvm", "includeExample": true}));
    let tools = described["tools"].as_array().unwrap();
    assert_eq!(tools.len(), catalog().tools().iter().filter(|tool| tool.toolset == "tvm").count());
    assert!(tools.iter().all(|tool| tool["inputSchema"].is_null() && tool["outputSchema"].is_null()));
    assert!(tools.iter().all(|tool| tool["example"]["arguments"].is_object()));
    refusal("describe_tools", json!({}));
    refusal("describe_tools", json!({"names": ["calculate_npv"], "toolset": "tvm"}));
    refusal("describe_tools", json!({"names": vec!["calculate_npv"; 21]}));
}

/// Every example of every tool, and random ones: a batch gives what each call alone gives, to the last bit.
#[test]
fn result_i_is_the_single_call_bit_for_bit() {
    let mut random = Numbers(11);
    let mut calls: Vec<Value> = Vec::new();
    for tool in catalog().tools().iter().filter(|tool| tool.entry.name != "batch_calculate") {
        for example in tool.entry.examples {
            let arguments: Value = serde_json::from_str(example.arguments).unwrap();
            calls.push(json!({"tool": tool.entry.name, "arguments": arguments}));
        }
    }
    for _ in 0..60 {
        let flows: Vec<f64> = (0..random.whole(1, 20)).map(|_| random.magnitude(1e-3, 1e9)).collect();
        let name = if random.whole(0, 1) == 0 { "calculate_npv" } else { "calculate_irr" };
        let mut arguments = json!({ "cashFlows": flows });
        if name == "calculate_npv" {
            arguments["rate"] = json!(random.between(-0.9, 3.0).to_string());
        }
        calls.push(json!({"tool": name, "arguments": arguments}));
    }
    calls.truncate(100);
    let host = within("all");
    let batch = result(&host, "batch_calculate", json!({ "calls": calls }));
    for (i, (call, ran)) in calls.iter().zip(batch["results"].as_array().unwrap()).enumerate() {
        let alone = outcome(&host, call["tool"].as_str().unwrap(), call["arguments"].clone());
        assert_eq!(ran["index"], i);
        assert_eq!(ran["status"] == "ok", !alone.is_error(), "{call}");
        if let Some(alone) = &alone.structured {
            assert_eq!(ran["result"].to_string(), alone.to_string(), "{call}");
        }
    }
    let count = |name: &str| batch[name].as_u64().unwrap();
    assert_eq!(count("succeeded") + count("failed") + count("notRun"), calls.len() as u64);
}

#[test]
fn failures_keep_to_themselves_and_say_how_to_mend_them() {
    let calls = json!([
        {"tool": "calculate_npv", "arguments": {"rate": 0.1}, "id": "ü"},
        {"tool": "calculate_nvp", "arguments": {}},
        {"tool": "calculate_irr", "arguments": {"cashFlows": [100, 200]}},
        {"tool": "calculate_npv", "arguments": {"rate": 0, "cashFlows": [1, 2]}}
    ]);
    let batch = result(&within("all"), "batch_calculate", json!({ "calls": calls }));
    let error = |i: usize| &batch["results"][i]["error"];
    assert_eq!(batch["results"][0]["id"], "ü");
    assert_eq!((&error(0)["code"], &error(0)["field"]), (&json!("invalid_arguments"), &json!("cashFlows")));
    assert!(error(0)["hint"].as_str().unwrap().contains("cashFlows"));
    assert_eq!(error(1)["code"], "unknown_tool");
    assert!(error(1)["hint"].as_str().unwrap().contains("calculate_npv"));
    assert_eq!(error(2)["code"], "no_result");
    assert_eq!(batch["results"][3]["result"]["npv"], 3.0);
    assert_eq!([&batch["succeeded"], &batch["failed"], &batch["notRun"]], [&json!(1), &json!(3), &json!(0)]);
    let stopped = result(&within("all"), "batch_calculate", json!({"calls": calls, "stopOnError": true}));
    assert_eq!([&stopped["failed"], &stopped["notRun"]], [&json!(1), &json!(3)]);
}

#[test]
fn a_batch_reaches_no_further_than_its_caller() {
    let calls = json!([{"tool": "calculate_npv", "arguments": {"rate": 0, "cashFlows": [1]}}]);
    let outside = result(&within("meta"), "batch_calculate", json!({ "calls": calls }));
    assert_eq!(outside["results"][0]["error"]["code"], "unknown_tool");
    assert!(!outside.to_string().contains("nearest are calculate_npv"), "{outside}");
    assert_eq!(result(&within("compact"), "batch_calculate", json!({ "calls": calls }))["succeeded"], 1);
}

#[test]
fn malformed_batches_are_refused_as_a_whole() {
    let call = json!({"tool": "calculate_npv", "arguments": {"rate": 0, "cashFlows": [1]}});
    let nested = json!({"tool": "batch_calculate", "arguments": {"calls": [call]}});
    for (calls, told) in [
        (json!([]), "- calls: got"),
        (json!(vec![call.clone(); 101]), "- calls: got an array of 101"),
        (json!([call, {"arguments": {}}]), "- calls[1].tool: missing"),
        (json!([{"tool": "calculate_npv"}]), "- calls[0].arguments: missing"),
        (json!([{"tool": 7, "arguments": []}]), "- calls[0].tool: got 7"),
        (json!([call, nested.clone(), nested]), "- calls[2].tool: a batch cannot hold a batch"),
    ] {
        let text = refusal("batch_calculate", json!({ "calls": calls }));
        assert!(text.contains(told), "{text}");
    }
    assert_eq!(
        result(&within("all"), "batch_calculate", json!({"calls": vec![call; 100]}))["succeeded"],
        100
    );
}

/// Asks its user, whoever runs it; the fixture of what a batch cannot do.
struct Curious;

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl Tool for Curious {
    const NAME: &'static str = "ask_user";
    const TITLE: &'static str = "Ask";
    const DESCRIPTION: &'static str = "Asks.";
    const EXAMPLES: &'static [Example] =
        &[Example { arguments: "{}", expect: "{}", tolerance: 0.0, source: "none needed" }];
    type Args = Nothing;
    type Output = Nothing;

    fn run(_: Nothing, cx: &Context) -> Result<Nothing, Error> {
        cx.progress(0.0, None, "asking");
        cx.ask_user("name", "Who are you?", json!({}))?;
        Ok(Nothing {})
    }
}

const CURIOUS: Family =
    Family { slug: "fixture", title: "Fixture", description: "For tests.", tools: &[Entry::of::<Curious>()] };

/// A host that stops after so many looks at the clock, asks or not, and keeps what it is told.
struct Busy {
    view: View,
    looks: Cell<usize>,
    asks: bool,
    progress: Cell<usize>,
}

impl Busy {
    fn new(looks: usize, asks: bool) -> Self {
        let families = businessmath_mcp::tools::FAMILIES.iter().map(|family| Family { ..*family });
        let families: Vec<Family> = families.chain([CURIOUS]).collect();
        let view = View::all(Arc::new(Catalog::new(&families).unwrap()));
        Self { view, looks: Cell::new(looks), asks, progress: Cell::new(0) }
    }
}

impl Host for Busy {
    fn stopped(&self) -> bool {
        let left = self.looks.get();
        self.looks.set(left.saturating_sub(1));
        left == 0
    }

    fn view(&self) -> Option<&View> {
        Some(&self.view)
    }

    fn answers(&self, _: businessmath_mcp::toolkit::Asked) -> bool {
        self.asks
    }

    fn progress(&self, done: f64, total: Option<f64>, _: &str) {
        assert!(done > 0.0 && total.is_some(), "an inner call tells of its own progress");
        self.progress.set(self.progress.get() + 1);
    }
}

#[test]
fn a_call_that_needs_its_client_says_so() {
    let ask = json!({"tool": "ask_user", "arguments": {}});
    for asks in [true, false] {
        let host = Busy::new(usize::MAX, asks);
        let batch = result(&host, "batch_calculate", json!({"calls": [ask, ask]}));
        assert_eq!(batch["results"][1]["error"]["code"], "needs_client");
        assert!(batch["results"][1]["error"]["hint"].as_str().unwrap().contains("alone"));
        assert_eq!(host.progress.get(), 2);
    }
}

#[test]
fn calls_after_the_deadline_are_not_run() {
    let call = json!({"tool": "calculate_npv", "arguments": {"rate": 0, "cashFlows": [1]}});
    for before in [0, 3] {
        let host = Busy::new(before, false);
        let batch = result(&host, "batch_calculate", json!({"calls": vec![call.clone(); 10]}));
        assert_eq!((&batch["succeeded"], &batch["notRun"]), (&json!(before), &json!(10 - before)));
        assert_eq!(batch["results"][9]["status"], "not_run");
        assert!(batch["results"][9]["result"].is_null() && batch["results"][9]["error"].is_null());
    }
}

/// A host without tools is a defect of ours, told as one; nothing panics.
#[test]
fn without_a_view_nothing_is_run() {
    let catalog = catalog();
    for tool in catalog.tools().iter().filter(|tool| tool.toolset == "meta") {
        let outcome = call::call(tool, Ok(tool.example.clone()), &Context::new(&|| false), "test").unwrap();
        assert!(outcome.text().contains("a defect of the server"));
    }
}
