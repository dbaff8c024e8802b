//! Tests of the argument check: every problem at once, coercions, hints.

use super::*;
use crate::toolkit::derive;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Timing {
    Ordinary,
    Due,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Flow {
    #[schemars(extend("x-format" = "instant"))]
    date: String,
    amount: f64,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Args {
    #[schemars(extend("exclusiveMinimum" = -1.0))]
    rate: f64,
    #[schemars(length(min = 2), extend("x-unwrap" = "data", "x-lift" = "about"))]
    cash_flows: Vec<Flow>,
    #[schemars(range(min = 1, max = 50))]
    periods: Option<u32>,
    #[schemars(extend("x-foldCase" = true, "x-aliases" = {"begin": "due", "1": "due"}))]
    timing: Option<Timing>,
    flag: Option<bool>,
}

fn run(mut value: Value) -> (Value, Report) {
    let schema = derive::input::<Args>().unwrap();
    let flow = json!({"date": "2024-01-31", "amount": -100});
    let example = json!({"rate": 0.1, "cashFlows": [flow, flow], "periods": 12});
    let report = arguments(&schema, &mut value, &example);
    (value, report)
}

fn problems(value: Value) -> Vec<String> {
    run(value).1.problems.into_iter().map(|p| format!("{}: {}", p.path, p.message)).collect()
}

fn flows() -> Value {
    json!([{"date": "2024-01-31", "amount": -1}, {"date": "2025-01-31T00:00:00Z", "amount": 2}])
}

#[test]
fn codes_come_as_numbers() {
    for code in [json!(1), json!(1.0), json!("1")] {
        let (after, report) = run(json!({"rate": 0.1, "cashFlows": flows(), "timing": code}));
        assert_eq!((&after["timing"], report.problems.len()), (&json!("due"), 0), "{report:?}");
    }
    assert_eq!(problems(json!({"rate": 0.1, "cashFlows": flows(), "timing": 2})).len(), 1);
}

#[test]
fn a_wrapper_tells_of_arguments_beside_it() {
    let wrapped = json!({"data": flows(), "about": {"periods": 7, "rate": 9, "note": "kept out"}});
    let (after, report) = run(json!({"rate": 0.1, "cashFlows": wrapped}));
    assert_eq!((after["rate"].clone(), after["periods"].clone()), (json!(0.1), json!(7)));
    assert_eq!((report.problems.len(), report.warnings.len()), (0, 1), "{report:?}");
    let (_, report) = run(json!({"rate": 0.1, "cashFlows": {"data": flows(), "about": {"periods": 99}}}));
    assert!(report.problems[0].path == "periods", "{report:?}");
}

#[test]
fn a_good_call_passes_untouched() {
    let call = json!({"rate": 0.1, "cashFlows": flows(), "periods": 3, "timing": "due"});
    let (after, report) = run(call.clone());
    assert_eq!((after, report.problems, report.warnings), (call, vec![], vec![]));
}

#[test]
fn every_problem_is_reported_with_path_want_and_example() {
    let found = problems(json!({
        "rate": -1, "periods": 2.5, "timing": "Duo", "flag": "maybe", "cash_flow": 1,
        "cashFlows": [{"date": "31.1.2024", "amount": "ten", "note": 1}],
    }));
    assert_eq!(
        found,
        [
            "rate: got -1; wanted: a number > -1, such as 0.1",
            "periods: got 2.5; wanted: a whole number >= 1 and <= 50, such as 12",
            "timing: got the text \"Duo\"; wanted: one of ordinary, due; did you mean due?",
            "flag: got the text \"maybe\"; wanted: true or false",
            "cash_flow: unknown; did you mean cashFlows? Valid here: rate, cashFlows, periods, timing, flag",
            "cashFlows[0].date: got the text \"31.1.2024\"; wanted: an ISO 8601 date such as 2024-01-31, or a \
             date-time with its offset such as 2024-01-31T16:00:00Z; write 2024-01-31",
            "cashFlows[0].amount: got the text \"ten\"; wanted: a number, such as -100",
            "cashFlows[0].note: unknown; valid here: date, amount",
            "cashFlows: got an array of 1; wanted: an array of at least 2, each an object with date, amount, \
             such as [{\"date\":\"2024-01-31\",\"amount\":-100},{\"date\":\"2024-01-31\",\"amount\":-100}]",
        ]
    );
}

#[test]
fn missing_arguments_are_listed() {
    assert_eq!(problems(json!({}))[0], "rate: missing; wanted: a number > -1, such as 0.1");
    assert_eq!(
        problems(json!({"rate": null, "cashFlows": flows()}))[0].split(';').next(),
        Some("rate: got null")
    );
    assert_eq!(problems(json!([1]))[0].split(';').next(), Some("arguments: got an array of 1"));
}

#[test]
fn text_with_the_wanted_content_is_read_and_said() {
    let (after, report) = run(json!({
        "rate": "0.1", "cashFlows": flows().to_string(), "periods": " 3 ", "flag": "true", "timing": "BEGIN",
    }));
    assert_eq!(
        after,
        json!({"rate": 0.1, "cashFlows": flows(), "periods": 3, "flag": true, "timing": "due"})
    );
    assert_eq!(report.problems, []);
    assert_eq!(report.warnings.len(), 5);
    assert_eq!(report.warnings[0], "rate: a number was sent as text and read as its content");
}

#[test]
fn silent_mends() {
    let (after, report) =
        run(json!({"rate": 1, "cashFlows": flows(), "periods": 3.0, "timing": "DUE", "flag": null}));
    assert_eq!(after, json!({"rate": 1, "cashFlows": flows(), "periods": 3, "timing": "due"}));
    assert_eq!((report.problems, report.warnings), (vec![], vec![]));
}

#[test]
fn a_declared_wrapper_is_taken_off() {
    let (after, report) = run(json!({"rate": 0, "cashFlows": {"data": flows(), "metadata": {}}}));
    assert_eq!((after["cashFlows"].clone(), report.problems.len()), (flows(), 0));
    assert_eq!(report.warnings, ["cashFlows: the wrapping object was taken off"]);
}

#[test]
fn percent_and_separators_are_refused_with_the_spelling_to_use() {
    for (sent, write) in [
        ("5%", "0.05"),
        ("8.25 %", "0.0825"),
        ("1.1%", "0.011"),
        ("$1,000", "1000 or 1.000"),
        ("1,234", "1234 or 1.234"),
        ("+1,234%", "12.34 or 0.01234"),
        ("1,5", "1.5"),
        (",5", "0.5"),
        ("+5", "5"),
        ("1 000.5 EUR", "1000.5"),
        ("1.234.567,8", "1234567.8"),
        ("9,007,199,254,740,993", "9007199254740993"),
    ] {
        let found = problems(json!({"rate": sent, "cashFlows": flows()}));
        assert!(found[0].ends_with(&format!("; write {write}")), "{found:?}");
    }
    for sent in ["1,,2", "1,234,56", "-1,234", "50 BPS", "5K", &"9,".repeat(10_000)] {
        let found = problems(json!({"rate": sent, "cashFlows": flows()}));
        assert!(found[0].ends_with("; wanted: a number > -1, such as 0.1"), "{found:?}");
    }
}

#[test]
fn a_hint_is_a_spelling_that_the_schema_takes() {
    for (sent, write) in
        [("12,0", "12.0"), ("1 2", ""), ("40,00", "40.00"), ("1,000", ""), ("5%", ""), ("-1", "")]
    {
        let found = problems(json!({"rate": 0, "cashFlows": flows(), "periods": sent}));
        let end = if write.is_empty() { ", such as 12".to_owned() } else { format!("; write {write}") };
        assert!(found[0].ends_with(&end), "{sent}: {found:?}");
    }
    let dates =
        |date: &str| problems(json!({"rate": 0, "cashFlows": [{"date": date, "amount": 1}, flows()[0]]}));
    for (sent, write) in [
        ("03/04/2024", "2024-04-03 if the day comes first, 2024-03-04 if the month does"),
        ("3-4-2024", "2024-04-03 if the day comes first, 2024-03-04 if the month does"),
        ("4.4.2024", "2024-04-04"),
        ("12/25/2024", "2024-12-25"),
    ] {
        assert!(dates(sent)[0].ends_with(&format!("; write {write}")), "{:?}", dates(sent));
    }
    assert!(dates("30/02/2024")[0].ends_with(", such as \"2024-01-31\""), "{:?}", dates("30/02/2024"));
}

#[test]
fn a_result_is_held_against_its_schema_unmended() {
    let schema = derive::output::<Args>().unwrap();
    let good = json!({"rate": 1.5, "cashFlows": flows(), "periods": null, "timing": null, "flag": null});
    assert_eq!(result(&schema, &mut good.clone()), Ok(()));
    let mut bad = good;
    bad["rate"] = Value::Null;
    assert_eq!(result(&schema, &mut bad), Err("rate: got null; wanted: a number > -1".into()));
    bad["rate"] = json!("1.5");
    assert!(result(&schema, &mut bad).is_err());
}

#[test]
fn hostile_sizes_stay_bounded() {
    let rows: Vec<Value> = (0..100_000).map(|_| json!({"date": 1, "amount": "x".repeat(50)})).collect();
    let (_, report) = run(json!({"rate": "y".repeat(100_000), "cashFlows": rows}));
    assert_eq!(report.problems.len(), 1000);
    assert!(report.problems.iter().all(|p| p.message.len() < 400));
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Priced {
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    price: crate::toolkit::Literal,
    rate: f64,
    timing: Option<Timing>,
}

/// The long number in all of three places, under the schema that wants its text in one of them.
fn priced(number: &str) -> (Value, Report) {
    let text = format!(r#"{{"price": {number}, "rate": {number}, "timing": {number}}}"#);
    let mut value = crate::toolkit::arguments::parse(&text).unwrap();
    let report = arguments(&derive::input::<Priced>().unwrap(), &mut value, &Value::Null);
    (value, report)
}

#[test]
fn long_numbers_stay_text_only_where_the_text_matters() {
    for number in ["0.1234567890123456789", "\"0.1234567890123456789\""] {
        let (mut after, report) = priced(number);
        assert_eq!(after["rate"], json!(0.123_456_789_012_345_68));
        assert_eq!(report.problems.len(), 1);
        assert_eq!(report.warnings.len(), if number.starts_with('"') { 2 } else { 0 });
        after["timing"] = json!("due");
        let args: Priced = serde_json::from_value(after).unwrap();
        assert_eq!(args.price.text(), "0.1234567890123456789");
        assert!(args.rate > 0.0 && args.timing.is_some());
    }
    let problems = priced("-0.1234567890123456789").1.problems;
    assert_eq!(problems[0].message, "got -0.1234567890123456789; wanted: a number > 0");
    assert_eq!(problems[1].message, "got -0.12345678901234568; wanted: one of ordinary, due");
}
