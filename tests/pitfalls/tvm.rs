//! Where the predecessor's time value of money was wrong.

use super::{close, refusal, result};
use serde_json::json;

#[test]
fn single_amounts_refuse_negative_counts_and_rates_of_minus_one() {
    for (name, amount) in
        [("calculate_present_value", "futureValue"), ("calculate_future_value", "presentValue")]
    {
        for (rate, periods, field) in [
            (0.1, json!(-3), "periods"),
            (0.1, json!(1.5), "periods"),
            (-1.0, json!(3), "rate"),
            (-2.0, json!(3), "rate"),
        ] {
            let text = refusal(name, json!({amount: 100, "rate": rate, "periods": periods}));
            assert!(text.contains(&format!("- {field}: got ")), "{text}");
        }
        assert!(
            refusal(
                name,
                json!({amount: 1e308, "rate": if name.contains("future") { 9.0 } else { -0.9 }, "periods": 5})
            )
            .contains("1.8e308")
        );
    }
    assert_eq!(
        result("calculate_future_value", json!({"presentValue": -5, "rate": 0.1, "periods": 0}))["futureValue"],
        -5.0
    );
}

#[test]
fn npv_takes_negative_rates_and_knows_zero() {
    close(&result("calculate_npv", json!({"rate": -0.5, "cashFlows": [1, 1]}))["npv"], 3.0);
    let zero = result("calculate_npv", json!({"rate": 0.1, "cashFlows": [-100, 110]}));
    assert_eq!((&zero["decision"], &zero["periodCount"]), (&json!("indifferent"), &json!(1)));
    let dated = json!([{"date": "2023-01-01", "amount": -100}, {"date": "2024-01-01", "amount": 110}]);
    assert_eq!(result("calculate_xnpv", json!({"rate": 0.1, "cashFlows": dated}))["decision"], "indifferent");
}

#[test]
fn irr_is_free_of_scale_and_finds_every_root() {
    close(&result("calculate_irr", json!({"cashFlows": [-0.000_01, 0.000_02]}))["irr"], 1.0);
    // mpmath 1.3.0 findroot, 30 digits.
    close(
        &result("calculate_irr", json!({"cashFlows": [-3e12, 1.1e12, 1.3e12, 1.7e12]}))["irr"],
        0.160_662_102_182_817_2,
    );
    // By hand: 10 v^2 + 10 v = 100, v = (-1 + sqrt 41) / 2.
    close(
        &result("calculate_irr", json!({"cashFlows": [-100, 10, 10]}))["irr"],
        2.0 / (41f64.sqrt() - 1.0) - 1.0,
    );
    let two = result("calculate_irr", json!({"cashFlows": [-100, 230, -132], "guess": 0.3}));
    close(&two["irr"], 0.2);
    close(&two["otherRoots"][0], 0.1);
    assert_eq!(two["warnings"].as_array().unwrap().len(), 1);
    for (flows, guess) in
        [(json!([100, 200]), json!(0.1)), (json!([-1]), json!(0.1)), (json!([-1, 2]), json!(-1))]
    {
        refusal("calculate_irr", json!({"cashFlows": flows, "guess": guess}));
    }
    assert!(refusal("calculate_irr", json!({"cashFlows": [-1, 2], "guess": "ten"})).contains("- guess: got"));
}

#[test]
fn payment_counts_the_balloon_and_neither_cancels_nor_overflows() {
    let p = result(
        "calculate_payment",
        json!({"presentValue": 1000, "rate": 0.1, "periods": 2, "futureValue": 1000}),
    );
    close(&p["payment"], 100.0);
    close(&p["totalInterest"], 200.0);
    close(
        &result("calculate_payment", json!({"presentValue": 10, "rate": 0.1, "periods": 10_000}))["payment"],
        1.0,
    );
    close(
        &result("calculate_payment", json!({"presentValue": 360, "rate": 1e-15, "periods": 360}))["payment"],
        1.0 + 180.5e-15,
    );
    let due = |kind: &str| json!({"presentValue": 1, "rate": 0.1, "periods": 3, "type": kind});
    assert!(refusal("calculate_payment", due("Due")).contains("did you mean due?"));
    assert!(
        refusal("calculate_payment", json!({"presentValue": 1, "rate": 0.1, "periods": 0}))
            .contains("- periods: got 0")
    );
}

#[test]
fn annuities_keep_their_digits_at_tiny_rates() {
    close(
        &result("calculate_annuity_pv", json!({"payment": 1, "rate": 1e-15, "periods": 360}))["presentValue"],
        360.0 * (1.0 - 180.5e-15),
    );
    close(
        &result("calculate_annuity_fv", json!({"payment": 1, "rate": 1e-15, "periods": 360}))["futureValue"],
        360.0 * (1.0 + 179.5e-15),
    );
    for name in ["calculate_annuity_pv", "calculate_annuity_fv"] {
        refusal(name, json!({"payment": 1, "rate": 0.1, "periods": 0}));
        refusal(name, json!({"payment": 1, "rate": 0.1, "periods": 3, "type": "end"}));
        refusal(name, json!({"payment": 1, "rate": 0.1, "periods": 3, "type": 1}));
    }
    assert!(
        refusal("calculate_annuity_fv", json!({"payment": 1e300, "rate": 1, "periods": 2000}))
            .contains("1.8e308")
    );
}

#[test]
fn dates_are_plain_or_carry_an_offset_and_none_lies_before_the_first() {
    let flows =
        |first: &str, second: &str| json!([{"date": first, "amount": -100}, {"date": second, "amount": 110}]);
    for (first, second) in [
        ("2023-01-15", "2024-01-15"),
        ("2023-01-15T00:00:00Z", "2024-01-15T00:00:00.000Z"),
        ("2023-01-15", "2024-01-15T02:00:00+02:00"),
    ] {
        close(&result("calculate_xirr", json!({"cashFlows": flows(first, second)}))["irr"], 0.1);
    }
    for (first, second, told) in [
        ("2024-01-15", "2023-01-15", "before the first listed date"),
        ("2024-01-15T00:00:00", "2025-01-15", "cashFlows[0].date: got"),
        ("15.01.2024", "2025-01-15", "cashFlows[0].date: got"),
        ("2024-01-15", "2024-01-15", "same date"),
    ] {
        let text = refusal("calculate_xirr", json!({"cashFlows": flows(first, second)}));
        assert!(text.contains(told), "{text}");
    }
    refusal("calculate_xnpv", json!({"rate": -1.5, "cashFlows": flows("2023-01-15", "2024-01-15")}));
    // Half a day counts: 100 (1.1)^(0.5/365), by hand.
    let half = json!([{"date": "2023-01-15", "amount": 0}, {"date": "2023-01-15T12:00:00Z", "amount": 100}]);
    close(
        &result("calculate_xnpv", json!({"rate": 0.1, "cashFlows": half}))["npv"],
        100.0 * 1.1f64.powf(-0.5 / 365.0),
    );
}

fn solve(more: serde_json::Value) -> serde_json::Value {
    let mut arguments = json!({"solveFor": "rate", "periods": 48, "presentValue": 8000, "payment": -200});
    arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    arguments
}

#[test]
fn the_solver_refuses_what_has_no_solution() {
    let refused = |more, told: &str| {
        let text = refusal("solve_tvm", solve(more));
        assert!(text.contains(told), "{text}");
    };
    refused(json!({"periods": null}), "- periods: missing");
    refused(json!({"presentValue": null}), "- presentValue: missing");
    refused(json!({"solveFor": "payment"}), "- annualRate: missing");
    refused(json!({"periods": 0}), "- periods: got 0");
    refused(json!({"payment": 200}), "at least one positive and one negative");
    refused(json!({"payment": -1, "futureValue": 9000}), "no rate above -100 %");
    refused(json!({"paymentsPerYear": 0}), "- paymentsPerYear: got 0");
    refused(json!({"compoundingPerYear": 0}), "- compoundingPerYear: got 0");
    refused(
        json!({"solveFor": "payment", "annualRate": -12, "paymentsPerYear": 12}),
        "- annualRate: got -12",
    );
    refused(json!({"solveFor": "periods", "annualRate": 0.05}), "no number of payments above 0");
    // Excel's NPER(1%, -100, -1000) is -9.58: paid out and paid in have one direction.
    refused(
        json!({"solveFor": "periods", "annualRate": 0.01, "presentValue": -1000, "payment": -100}),
        "no number",
    );
}

#[test]
fn the_solver_knows_compounding_that_differs_from_payments() {
    // Canadian mortgage: 6 % compounded half-yearly, paid monthly: 1.03^(1/6) - 1 (mpmath 1.4.1).
    let got = result(
        "solve_tvm",
        json!({"solveFor": "payment", "periods": 300, "annualRate": 0.06, "presentValue": 100_000,
            "paymentsPerYear": 12, "compoundingPerYear": 2}),
    );
    close(&got["ratePerPeriod"], 0.004_938_622_031_196_978);
    close(&got["effectiveAnnualRate"], 0.0609);
    let payment = got["payment"].clone();
    let back = result(
        "solve_tvm",
        json!({"solveFor": "rate", "periods": 300, "payment": payment, "presentValue": 100_000,
            "paymentsPerYear": 12, "compoundingPerYear": 2}),
    );
    assert!((back["value"].as_f64().unwrap() - 0.06).abs() < 1e-13, "{back}");
}

#[test]
fn the_solver_tells_of_two_rates_and_of_values_it_did_not_need() {
    let two = |guess: f64| json!({"solveFor": "rate", "periods": 2, "presentValue": -100, "payment": 230, "futureValue": -362, "guess": guess});
    for (guess, first, other) in [(0.1, 0.1, 0.2), (0.3, 0.2, 0.1)] {
        let got = result("solve_tvm", two(guess));
        assert!((got["value"].as_f64().unwrap() - first).abs() < 1e-12);
        assert!((got["otherRates"][0].as_f64().unwrap() - other).abs() < 1e-12);
        assert!(got["warnings"][0].as_str().unwrap().contains("two rates"));
    }
    let got = result("solve_tvm", solve(json!({"annualRate": 0.5})));
    assert!(got["warnings"][0].as_str().unwrap().contains("annualRate is what solveFor asks for"));
    assert!((got["value"].as_f64().unwrap() - 0.007_701_472_488_202_04).abs() < 1e-14);
}

#[test]
fn streams_refuse_what_has_no_value() {
    let refused = |arguments, told: &str| {
        let text = refusal("value_annuity_stream", arguments);
        assert!(text.contains(told), "{text}");
    };
    refused(json!({"payment": 5, "rate": 0.1, "growthRate": 0.1}), "growthRate must be below rate");
    refused(json!({"payment": 0, "rate": 0.1}), "- payment: got 0");
    refused(json!({"payment": 5, "rate": -1}), "- rate: got -1");
    refused(json!({"payment": 5, "rate": 0.1, "growthRate": -1}), "- growthRate: got -1");
    refused(json!({"payment": 5, "rate": 0.1, "periods": 0}), "- periods: got 0");
    refused(json!({"payment": 5, "rate": 0.1, "deferral": -1}), "- deferral: got -1");
    for (deferral, growth, periods, kind) in [
        (0, 0.0, json!(3), "annuity"),
        (2, 0.0, json!(3), "deferred_annuity"),
        (0, 0.0, json!(null), "perpetuity"),
        (0, -0.1, json!(null), "growing_perpetuity"),
        (1, 0.0, json!(null), "deferred_perpetuity"),
    ] {
        let arguments = json!({"payment": 5, "rate": 0.1, "growthRate": growth, "periods": periods, "deferral": deferral});
        assert_eq!(result("value_annuity_stream", arguments)["kind"], kind);
    }
}
