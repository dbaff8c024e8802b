//! Where the predecessor's investment tools were wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

#[test]
fn flows_are_numbers() {
    for (tool, extra) in [
        ("calculate_profitability_index", json!({"discountRate": 0.1})),
        ("calculate_payback_period", json!({})),
        ("calculate_discounted_payback_period", json!({"discountRate": 0.1})),
        ("calculate_mirr", json!({"financeRate": 0.1, "reinvestmentRate": 0.1})),
    ] {
        let with = |flows: Value| {
            let mut arguments = extra.clone();
            arguments["cashFlows"] = flows;
            arguments
        };
        result(tool, with(json!([-100, 60, 70])));
        for wrong in [json!([{"amount": -100}, {"amount": 60}]), json!([[-100], [60]]), json!([-100])] {
            assert!(refusal(tool, with(wrong)).contains("- cashFlows"), "{tool}");
        }
    }
}

fn index(rate: f64, flows: &[f64]) -> Value {
    result("calculate_profitability_index", json!({"discountRate": rate, "cashFlows": flows}))
}

#[test]
fn an_index_without_an_outflow_is_refused() {
    let text = refusal("calculate_profitability_index", json!({"discountRate": 0.1, "cashFlows": [100, 50]}));
    assert!(text.contains("needs an outflow"), "{text}");
}

#[test]
fn an_index_of_one_breaks_even() {
    // 121 / 1.21 = 100, though floats say a little else.
    let even = index(0.1, &[-100.0, 0.0, 121.0]);
    close(&even["profitabilityIndex"], 1.0);
    assert_eq!(even["decision"], "marginal");
    for (later, want) in
        [(89.0, "reject"), (91.0, "marginal"), (101.0, "accept"), (120.0, "accept"), (121.0, "strong_accept")]
    {
        assert_eq!(index(0.0, &[-100.0, later])["decision"], want, "{later}");
    }
}

#[test]
fn an_index_takes_negative_rates() {
    let got = index(-0.5, &[-100.0, 30.0]);
    close(&got["profitabilityIndex"], 0.6);
    close(&got["npv"], -40.0);
    refusal("calculate_profitability_index", json!({"discountRate": -1, "cashFlows": [-100, 30]}));
}

fn payback(flows: &[f64]) -> Value {
    result("calculate_payback_period", json!({ "cashFlows": flows }))
}

#[test]
fn payback_is_not_lost_to_rounding_and_has_a_fraction() {
    let cents = payback(&[-0.27, 0.09, 0.09, 0.09]);
    assert_eq!((&cents["paybackPeriod"], &cents["recovered"]), (&json!(3), &json!(true)));
    let got = payback(&[-1000.0, 400.0, 400.0, 400.0]);
    close(&got["interpolatedPayback"], 2.5);
    assert_eq!(
        got["table"][2],
        json!({"period": 2, "cashFlow": 400.0, "cumulative": -200.0, "recovered": false})
    );
    for (period, risk) in [(1, "excellent"), (2, "excellent"), (3, "good"), (5, "moderate"), (6, "long")] {
        let mut flows = vec![-1.0];
        flows.resize(period, 0.0);
        flows.push(1.0);
        assert_eq!(payback(&flows)["risk"], risk);
    }
}

#[test]
fn payback_needs_an_outlay_and_tells_of_a_later_fall() {
    for tool in ["calculate_payback_period", "calculate_discounted_payback_period"] {
        let mut arguments = json!({"cashFlows": [100, 50]});
        if tool.contains("discounted") {
            arguments["discountRate"] = json!(0.1);
        }
        assert!(refusal(tool, arguments).contains("needs an outflow"));
    }
    let again = payback(&[-100.0, 150.0, -200.0, 10.0]);
    assert_eq!((&again["paybackPeriod"], &again["finalCumulative"]), (&json!(1), &json!(-140.0)));
    assert!(again["warnings"][0].as_str().unwrap().contains("falls below zero again"));
    let never = payback(&[-100.0, 10.0]);
    assert_eq!((&never["paybackPeriod"], &never["risk"]), (&Value::Null, &json!("no_payback")));
}

#[test]
fn discounted_payback_may_equal_or_precede_the_simple_one() {
    let discounted = |rate: f64, flows: &[f64]| {
        result("calculate_discounted_payback_period", json!({"discountRate": rate, "cashFlows": flows}))
    };
    let same = discounted(0.1, &[-1000.0, 550.0, 605.0, 100.0]);
    assert_eq!((&same["discountedPaybackPeriod"], &same["difference"]), (&json!(2), &json!(0)));
    let sooner = discounted(-0.5, &[-100.0, 50.0, 40.0, 10.0]);
    assert_eq!((&sooner["discountedPaybackPeriod"], &sooner["difference"]), (&json!(1), &json!(-2)));
    let cents = discounted(0.0, &[-0.27, 0.09, 0.09, 0.09]);
    assert_eq!((&cents["discountedPaybackPeriod"], &cents["simplePaybackPeriod"]), (&json!(3), &json!(3)));
    let never = discounted(0.5, &[-100.0, 60.0, 60.0]);
    assert_eq!((&never["discountedPaybackPeriod"], &never["difference"]), (&Value::Null, &Value::Null));
    close(&never["finalCumulativePv"], -100.0 + 40.0 + 60.0 / 2.25);
    for rate in [-1.0, -2.5] {
        refusal("calculate_discounted_payback_period", json!({"discountRate": rate, "cashFlows": [-1, 2]}));
    }
}

fn mirr(flows: &[f64], finance: f64, reinvestment: f64) -> Value {
    result(
        "calculate_mirr",
        json!({"cashFlows": flows, "financeRate": finance, "reinvestmentRate": reinvestment}),
    )
}

#[test]
fn mirr_refuses_rates_of_minus_one_and_flows_of_one_sign() {
    for (finance, reinvestment) in [(-1.0, 0.1), (0.1, -1.0), (-3.0, 0.1)] {
        let arguments =
            json!({"cashFlows": [-1, 2], "financeRate": finance, "reinvestmentRate": reinvestment});
        assert!(refusal("calculate_mirr", arguments).contains("Rate: got"));
    }
    for flows in [[1.0, 2.0], [-1.0, -2.0]] {
        let arguments = json!({"cashFlows": flows, "financeRate": 0.1, "reinvestmentRate": 0.1});
        assert!(refusal("calculate_mirr", arguments).contains("at least one positive and one negative"));
    }
}

#[test]
fn a_decision_by_bands_is_set_against_the_cost_of_money() {
    let dear = mirr(&[-100.0, 0.0, 130.0], 0.2, 0.1);
    assert_eq!((&dear["decision"], &dear["exceedsFinanceRate"]), (&json!("good"), &json!(false)));
    assert!(dear["warnings"][0].as_str().unwrap().contains("adds no value"));
    // Exactly 15 % is not above 15 %.
    let edge = mirr(&[-100.0, 115.0], 0.15, 0.1);
    assert_eq!((&edge["decision"], &edge["exceedsFinanceRate"]), (&json!("good"), &json!(false)));
}

#[test]
fn mirr_stands_without_an_internal_rate_of_return() {
    // +1000, -3000, +2500 has none (Brealey, Myers, Allen, section 5.3).
    let none = mirr(&[1000.0, -3000.0, 2500.0], 0.1, 0.1);
    assert_eq!((&none["irr"], &none["difference"]), (&Value::Null, &Value::Null));
    // (1000 * 1.21 + 2500) / (3000 / 1.1) = 3710 * 1.1 / 3000
    close(&none["mirr"], (3710.0f64 * 1.1 / 3000.0).sqrt() - 1.0);
    let two = mirr(&[-100.0, 230.0, -132.0], 0.1, 0.12);
    close(&two["irr"], 0.1);
    assert!(two["warnings"][0].as_str().unwrap().contains("2 internal rates of return"));
}

#[test]
fn present_values_of_outflows_are_positive_in_both_tools() {
    let flows = [-100.0, -50.0, 300.0];
    let (a, b) = (mirr(&flows, 0.1, 0.1), index(0.1, &flows));
    close(&a["pvOutflows"], 100.0 + 50.0 / 1.1);
    close(&b["pvOutflows"], 100.0 + 50.0 / 1.1);
}

#[test]
fn projects_are_compared_by_all_their_rates() {
    let compare = |projects: Value, more: Value| {
        let mut arguments = json!({"projects": projects, "discountRate": 0.1});
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        result("compare_projects", arguments)
    };
    // Two projects of one outlay: the difference 0, 50, -60 crosses at 20 % (by hand).
    let got = compare(
        json!([{"name": "S", "cashFlows": [-100, 100, 10]}, {"name": "L", "cashFlows": [-100, 50, 70]}]),
        json!({}),
    );
    close(&got["crossovers"][0]["rates"][0], 0.2);
    close(&got["crossovers"][0]["incrementalNpv"], 50.0 / 1.1 - 60.0 / 1.21);
    assert_eq!((&got["bestByNpv"], &got["recommended"]), (&json!("L"), &json!("L")));
    assert_eq!(got["profile"].as_array().unwrap().len(), 21);
    let poor = compare(json!([{"name": "P", "cashFlows": [-100, 50]}]), json!({}));
    assert_eq!(poor["recommended"], Value::Null);
    // Costs only, one life: the lower cost, without repetition too.
    let costs = json!([{"name": "X", "cashFlows": [-100, -50]}, {"name": "Y", "cashFlows": [-90, -50]}]);
    assert_eq!(compare(costs, json!({}))["recommended"], "Y");
    let twins = json!([{"name": "X", "cashFlows": [-1, 2]}, {"name": "Y", "cashFlows": [-1, 2]}]);
    assert_eq!(compare(twins, json!({}))["crossovers"][0]["rates"], json!([]));
}

#[test]
fn comparisons_name_every_unfit_project() {
    let flows = json!([-1, 2]);
    let projects = json!([{"name": "A", "cashFlows": flows}, {"name": "A", "cashFlows": [0, 0]}]);
    let text = refusal("compare_projects", json!({"projects": projects, "discountRate": 0.1}));
    assert!(text.contains("projects[1].name") && text.contains("projects[1].cashFlows: got zeros"), "{text}");
    let many: Vec<Value> = (0..21).map(|i| json!({"name": i.to_string(), "cashFlows": flows})).collect();
    let one = |flows: Value| json!([{"name": "A", "cashFlows": flows}]);
    for (projects, rate, told) in [
        (json!(many), 0.1, "- projects: got"),
        (json!([]), 0.1, "- projects: got"),
        (one(json!([1])), 0.1, "projects[0].cashFlows"),
        (one(json!(vec![1; 601])), 0.1, "projects[0].cashFlows"),
        (one(flows.clone()), -1.0, "- discountRate: got"),
    ] {
        let text = refusal("compare_projects", json!({"projects": projects, "discountRate": rate}));
        assert!(text.contains(told), "{text}");
    }
    let text = refusal(
        "compare_projects",
        json!({"projects": one(flows), "discountRate": 0.1, "profileRates": [-1]}),
    );
    assert!(text.contains("profileRates[0]: got"), "{text}");
}
