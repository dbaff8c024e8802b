//! What the performance tools refuse, and what they leave empty with a reason.

use super::{close, refusal, result};
use serde_json::{Value, json};

fn warned(got: &Value, told: &str) {
    let warnings = got["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(|w| w.as_str().unwrap().contains(told)), "{told}: {warnings:?}");
}

#[test]
fn returns_are_checked_before_they_are_measured() {
    let refused = |arguments, told: &str| {
        let text = refusal("calculate_performance_metrics", arguments);
        assert!(text.contains(told), "{text}");
    };
    refused(json!({"returns": [0.1], "periodsPerYear": 12}), "- returns: got");
    refused(json!({"returns": [0.1, -1.2], "periodsPerYear": 12}), "- returns[1]: got -1.2");
    refused(json!({"returns": [0.1, 0.2], "periodsPerYear": 0}), "- periodsPerYear: got 0");
    let unequal = json!({"returns": [0.1, 0.2], "periodsPerYear": 12, "benchmarkReturns": [0.1, 0.2, 0.3]});
    refused(unequal, "benchmarkReturns: got 3 returns; wanted: 2");
}

#[test]
fn ratios_without_a_denominator_are_null_with_a_reason() {
    let got = result(
        "calculate_performance_metrics",
        json!({"returns": [0.1, 0.1, 0.1], "periodsPerYear": 12, "benchmarkReturns": [0.1, 0.1, 0.1]}),
    );
    for name in [
        "sharpeRatio",
        "probabilisticSharpe",
        "sortinoRatio",
        "omega",
        "calmarRatio",
        "beta",
        "informationRatio",
        "downCapture",
    ] {
        assert_eq!(got[name], Value::Null, "{name}");
    }
    close(&got["upCapture"], 1.0);
    assert_eq!(got["trackingError"], 0.0);
    for told in [
        "no Sharpe ratio",
        "no Sortino ratio",
        "no Calmar ratio",
        "no beta",
        "no information ratio",
        "no downCapture",
    ] {
        warned(&got, told);
    }
    let alone =
        result("calculate_performance_metrics", json!({"returns": [0.1, -0.1], "periodsPerYear": 12}));
    assert_eq!((&alone["beta"], &alone["trackingError"]), (&Value::Null, &Value::Null));
    assert_eq!(
        alone["drawdowns"][0],
        json!({"startIndex": 1, "troughIndex": 1, "recoveryIndex": null,
        "depth": alone["maxDrawdown"], "length": 1})
    );
}

fn account(more: Value) -> Value {
    let mut arguments =
        json!({"startDate": "2025-01-01", "endDate": "2025-12-31", "startValue": 100, "endValue": 120});
    arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    arguments
}

#[test]
fn accounts_are_checked() {
    let refused = |more, told: &str| {
        let text = refusal("calculate_portfolio_return", account(more));
        assert!(text.contains(told), "{text}");
    };
    let flow = |date: &str, more: Value| {
        let mut flow = json!({"date": date, "amount": -50});
        flow.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([flow])
    };
    refused(json!({"endDate": "2025-01-01"}), "- endDate: got 2025-01-01");
    refused(json!({"startDate": "2025-02-30"}), "- startDate: got");
    refused(json!({"flows": flow("2024-12-31", json!({}))}), "flows[0].date: got 2024-12-31");
    refused(json!({"flows": flow("2026-01-01", json!({}))}), "flows[0].date: got 2026-01-01");
    refused(
        json!({"flows": flow("2025-12-31", json!({})), "flowTiming": "end_of_day"}),
        "flows[0].date: got 2025-12-31",
    );
    refused(
        json!({"flows": flow("2025-06-30", json!({"valueBefore": 40}))}),
        "more was taken out than was there",
    );
    refused(json!({"startValue": 0}), "- startValue: got 0");
}

#[test]
fn returns_of_accounts_that_do_not_exist_are_null_with_a_reason() {
    let unknown = result(
        "calculate_portfolio_return",
        account(json!({"flows": [{"date": "2025-06-30", "amount": 10}]})),
    );
    assert_eq!((&unknown["timeWeightedReturn"], &unknown["subPeriods"]), (&Value::Null, &json!([])));
    warned(&unknown, "valueBefore");
    warned(&unknown, "less than a year");
    assert!(unknown["modifiedDietz"].is_number() && unknown["annualizedDietz"].is_null());
    let lost = result("calculate_portfolio_return", account(json!({"endValue": 0})));
    close(&lost["timeWeightedReturn"], -1.0);
    assert_eq!(lost["moneyWeightedAnnual"], Value::Null);
    warned(&lost, "money-weighted returns are null");
    let drained = account(json!({"flows": [{"date": "2025-02-01", "amount": -400, "valueBefore": 450}]}));
    let drained = result("calculate_portfolio_return", drained);
    assert_eq!(drained["modifiedDietz"], Value::Null);
    warned(&drained, "average capital is not above zero");
}

#[test]
fn a_portfolio_may_open_with_a_deposit_and_flows_come_in_any_order() {
    let got = result(
        "calculate_portfolio_return",
        json!({"startDate": "2024-01-01", "endDate": "2026-01-01", "startValue": 0, "endValue": 231, "flows": [
            {"date": "2025-01-01", "amount": 100, "valueBefore": 110}, {"date": "2024-01-01", "amount": 100}]}),
    );
    // 110 / 100, then 231 / 210; by hand.
    close(&got["timeWeightedReturn"], 0.21);
    close(&got["annualizedTimeWeighted"], 1.21f64.powf(365.0 / 731.0) - 1.0);
    assert_eq!(got["subPeriods"].as_array().unwrap().len(), 2);
    assert_eq!(got["days"], 731);
    let weight = |timing: &str| {
        let flows = json!([{"date": "2025-07-01", "amount": 100}]);
        let more = json!({"flows": flows, "flowTiming": timing, "endDate": "2026-01-01"});
        result("calculate_portfolio_return", account(more))["averageCapital"].clone()
    };
    close(&weight("start_of_day"), 100.0 + 100.0 * 184.0 / 365.0);
    close(&weight("end_of_day"), 100.0 + 100.0 * 183.0 / 365.0);
}

fn segment(period: Option<&str>, name: &str, weights: (f64, f64), returns: (f64, f64)) -> Value {
    let mut all = json!({"name": name, "portfolioWeight": weights.0, "benchmarkWeight": weights.1,
        "portfolioReturn": returns.0, "benchmarkReturn": returns.1});
    if let Some(period) = period {
        all["period"] = json!(period);
    }
    all
}

#[test]
fn attribution_needs_whole_weights_and_single_segments() {
    let refused = |segments: Value, told: &str| {
        let text = refusal("attribute_performance", json!({ "segments": segments }));
        assert!(text.contains(told), "{text}");
    };
    refused(json!([]), "- segments: got");
    refused(
        json!([segment(None, "A", (0.9, 1.0), (0.1, 0.1))]),
        "portfolioWeight of period 1 adds up to 0.9",
    );
    refused(
        json!([segment(Some("Q1"), "A", (1.0, 1.1), (0.1, 0.1))]),
        "benchmarkWeight of period Q1 adds up to 1.1",
    );
    let twice = segment(None, "A", (0.5, 0.5), (0.1, 0.1));
    refused(json!([twice, twice]), "segments[1].name");
    refused(json!([segment(None, "A", (1.0, 1.0), (-1.0, 0.1))]), "must be above -1");
    let near = result(
        "attribute_performance",
        json!({"segments": [segment(None, "A", (1.0 + 5e-7, 1.0), (0.1, 0.05))]}),
    );
    warned(&near, "each was divided by that");
    close(&near["portfolioReturn"], 0.1);
}

#[test]
fn periods_are_linked_unless_the_caller_says_otherwise() {
    let segments = json!([
        segment(Some("Q1"), "A", (0.6, 0.5), (0.1, 0.05)),
        segment(Some("Q1"), "B", (0.4, 0.5), (0.02, 0.01)),
        segment(Some("Q2"), "B", (0.5, 0.5), (0.1, 0.1)),
        segment(Some("Q2"), "C", (0.5, 0.5), (0.3, 0.1)),
    ]);
    let linked = result("attribute_performance", json!({ "segments": segments }));
    // By hand: P = 1.068 * 1.2 - 1, B = 1.03 * 1.1 - 1.
    close(&linked["activeReturn"], 1.068 * 1.2 - 1.03 * 1.1);
    assert!(linked["residual"].as_f64().unwrap().abs() < 1e-15);
    let names: Vec<&Value> = linked["bySegment"].as_array().unwrap().iter().map(|row| &row["name"]).collect();
    assert_eq!(names, [&json!("A"), &json!("B"), &json!("C")]);
    let total: f64 =
        linked["bySegment"].as_array().unwrap().iter().map(|row| row["total"].as_f64().unwrap()).sum();
    assert!((total - linked["activeReturn"].as_f64().unwrap()).abs() < 1e-15);
    let plain = result("attribute_performance", json!({"segments": segments, "linking": "none"}));
    close(&plain["byPeriod"][0]["linkingCoefficient"], 1.0);
    assert!(
        (plain["residual"].as_f64().unwrap() - (1.068 * 1.2 - 1.03 * 1.1 - 0.138)).abs() < 1e-15,
        "{plain}"
    );
    warned(&plain, "not linked");
}
