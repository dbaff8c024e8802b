//! Where the predecessor's time series were wrong.

use super::{close, outcome, refusal, result};
use serde_json::{Value, json};

const TOOLS: [&str; 4] =
    ["create_time_series", "time_series_statistics", "calculate_moving_average", "aggregate_time_series"];

/// The arguments that a tool needs beside the data.
fn arguments(tool: &str, data: Value) -> Value {
    let mut all = json!({ "data": data });
    match tool {
        "calculate_moving_average" => all["window"] = json!(1),
        "aggregate_time_series" => all["method"] = json!("sum"),
        _ => {}
    }
    all
}

fn point(period: Value, value: f64) -> Value {
    json!({"period": period, "value": value})
}

fn annual(values: &[f64]) -> Value {
    (2000..).zip(values).map(|(year, v)| point(json!({"year": year, "type": "annual"}), *v)).collect()
}

/// What every tool on a series refuses, and what it says.
fn refused(period: Value, told: &str) {
    for tool in TOOLS {
        let text = refusal(tool, arguments(tool, json!([point(period.clone(), 1.0)])));
        assert!(text.contains(told), "{tool}: {text}");
    }
}

#[test]
fn months_outside_the_year_are_refused() {
    for kind in ["monthly", "quarterly", "daily"] {
        for month in [0, 13, -2] {
            refused(
                json!({"year": 2024, "month": month, "day": 1, "type": kind}),
                "data[0].period.month: got",
            );
        }
        refused(json!({"year": 2024, "day": 1, "type": kind}), "data[0].period.month: missing");
    }
}

#[test]
fn duplicate_and_mixed_periods_are_refused_and_gaps_noticed() {
    for tool in TOOLS {
        let twice = json!([
            point(json!({"year": 2024, "month": 4, "type": "quarterly"}), 1.0),
            point(json!({"year": 2024, "month": 6, "type": "quarterly"}), 2.0)
        ]);
        let text = refusal(tool, arguments(tool, twice));
        assert!(text.contains("data[1].period: 2024-Q2 is there already, in data[0]"), "{text}");
        let mixed = json!([
            point(json!({"year": 2024, "type": "annual"}), 1.0),
            point(json!({"year": 2025, "month": 1, "type": "monthly"}), 2.0)
        ]);
        assert!(refusal(tool, arguments(tool, mixed)).contains("data[1].period.type: differs"));
    }
    let gap = json!([
        point(json!({"year": 2020, "month": 1, "type": "monthly"}), 1.0),
        point(json!({"year": 2019, "month": 10, "type": "monthly"}), 2.0)
    ]);
    let got = result("create_time_series", json!({ "data": gap.clone() }));
    assert_eq!((&got["firstPeriod"], &got["missingPeriods"]), (&json!("2019-10"), &json!(2)));
    let told = "2 monthly periods between 2019-10 and 2020-01";
    assert!(got["warnings"][0].as_str().unwrap().contains(told));
    for tool in ["time_series_statistics", "calculate_moving_average"] {
        let got = result(tool, arguments(tool, gap.clone()));
        assert!(got["warnings"][0].as_str().unwrap().contains(told), "{tool}: {got}");
    }
}

#[test]
fn days_are_calendar_days_without_a_time_zone() {
    refused(json!({"year": 2024, "month": 2, "day": 30, "type": "daily"}), "data[0].period.day: got 30");
    refused(json!({"year": 2023, "month": 2, "day": 29, "type": "daily"}), "data[0].period.day: got 29");
    refused(json!({"year": 2024, "month": 2, "type": "daily"}), "data[0].period.day: missing");
    let leap = json!([point(json!({"year": 2024, "month": 2, "day": 29, "type": "daily"}), 1.0)]);
    let got = result("create_time_series", json!({ "data": leap }));
    assert_eq!((&got["firstPeriod"], &got["lastPeriod"]), (&json!("2024-02-29"), &json!("2024-02-29")));
}

#[test]
fn data_that_is_no_list_of_points_is_refused() {
    for tool in TOOLS {
        for data in [json!(5), json!("five"), json!([5]), json!({"points": []}), json!([])] {
            assert!(refusal(tool, arguments(tool, data)).contains("- data"), "{tool}");
        }
    }
}

#[test]
fn what_the_wrapper_tells_is_shown() {
    let data =
        json!({"data": annual(&[1.0]), "metadata": {"name": "Sales", "description": "net", "unit": "EUR"}});
    let got = result("create_time_series", json!({ "data": data }));
    assert_eq!(
        (&got["name"], &got["description"], &got["unit"]),
        (&json!("Sales"), &json!("net"), &json!("EUR"))
    );
    let got = result("create_time_series", json!({"data": data, "name": "Mine"}));
    assert_eq!((&got["name"], &got["unit"]), (&json!("Mine"), &json!("EUR")));
    assert_eq!(result("create_time_series", json!({"data": annual(&[1.0])}))["name"], "Unnamed");
    close(&result("aggregate_time_series", json!({"data": data, "method": "sum"}))["value"], 1.0);
}

#[test]
fn codes_of_period_types_are_read_and_unknown_ones_refused() {
    for (code, label) in [
        (json!(7), "2024"),
        (json!("6"), "2024-Q3"),
        (json!(5), "2024-08"),
        (json!(4), "2024-08-09"),
        (json!("Annual"), "2024"),
    ] {
        let period = json!({"year": 2024, "month": 8, "day": 9, "type": code});
        assert_eq!(result("create_time_series", json!({"data": [point(period, 1.0)]}))["firstPeriod"], label);
    }
    for code in [json!(8), json!(9), json!(0), json!("hourly"), json!("semiannual")] {
        refused(json!({"year": 2024, "month": 8, "type": code}), "data[0].period.type: got");
    }
}

#[test]
fn a_single_point_has_no_sample_deviation() {
    let got = result("time_series_statistics", json!({"data": annual(&[5.0])}));
    assert_eq!((&got["standardDeviation"], &got["median"]), (&Value::Null, &json!(5.0)));
    // Sample: (1 + 1) / 1.
    close(
        &result("time_series_statistics", json!({"data": annual(&[1.0, 3.0])}))["standardDeviation"],
        2f64.sqrt(),
    );
}

#[test]
fn windows_fit_the_series_and_all_averages_come_back() {
    let series = annual(&(0..50).map(f64::from).collect::<Vec<_>>());
    let text = refusal("calculate_moving_average", json!({"data": series, "window": 51}));
    assert!(text.contains("- window: got 51, but there are 50 points"), "{text}");
    refusal("calculate_moving_average", json!({"data": series, "window": 0}));
    let got = result("calculate_moving_average", json!({"data": series, "window": 3}));
    let rows = got["movingAverage"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[47]["period"], &got["resultPoints"]), (48, &json!("2049"), &json!(48)));
    close(&rows[47]["value"], 48.0);
}

#[test]
fn averages_do_not_gather_rounding() {
    let mut values: Vec<f64> = vec![0.1; 2000];
    values[0] = 1e17;
    let got = result("calculate_moving_average", json!({"data": annual(&values), "window": 10}));
    assert!(got["movingAverage"].as_array().unwrap()[1..].iter().all(|row| row["value"] == 0.1));
}

#[test]
fn aggregation_says_that_it_gives_one_number() {
    let catalog = crate::catalog::catalog();
    assert!(
        catalog
            .get("aggregate_time_series")
            .unwrap()
            .entry
            .description
            .contains("one number, not a coarser series")
    );
    for (method, want) in [("sum", 6.0), ("mean", 2.0), ("min", 1.0), ("max", 3.0)] {
        let got =
            result("aggregate_time_series", json!({"data": annual(&[1.0, 3.0, 2.0]), "method": method}));
        assert_eq!((&got["value"], &got["method"], &got["count"]), (&json!(want), &json!(method), &json!(3)));
    }
    refusal("aggregate_time_series", json!({"data": annual(&[1.0]), "method": "median"}));
}

#[test]
fn growth_knows_direction_zero_and_fractions_of_a_year() {
    let growth = |old: f64, new: f64| json!({"oldValue": old, "newValue": new});
    close(&result("calculate_simple_growth_rate", growth(-100.0, -50.0))["growthRate"], 0.5);
    assert!(refusal("calculate_simple_growth_rate", growth(0.0, 5.0)).contains("- oldValue: got 0"));
    let cagr = |from: f64, to: f64, n: f64| json!({"beginningValue": from, "endingValue": to, "periods": n});
    close(&result("calculate_cagr", cagr(4.0, 1.0, 0.5))["cagr"], -0.9375);
    for (from, to, n, field) in [
        (0.0, 1.0, 1.0, "beginningValue"),
        (-1.0, 1.0, 1.0, "beginningValue"),
        (1.0, -1.0, 1.0, "endingValue"),
        (1.0, 2.0, 0.0, "periods"),
        (1.0, 2.0, -3.0, "periods"),
    ] {
        let text = outcome("calculate_cagr", cagr(from, to, n)).text();
        assert!(text.contains(&format!("- {field}: got")), "{text}");
    }
    close(&result("calculate_cagr", cagr(5.0, 0.0, 3.0))["cagr"], -1.0);
}
