//! Where the predecessor's unit economics were wrong, and what the operations tools refuse.

use super::{close, refusal, result};
use serde_json::{Value, json};

fn with(mut call: Value, more: Value) -> Value {
    call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    call
}

fn shop(more: Value) -> Value {
    with(json!({"entity": "Shop", "period": "Q1", "orders": 100, "gmv": 5000}), more)
}

fn metrics(got: &Value) -> Vec<&str> {
    got["benchmarks"].as_array().unwrap().iter().map(|row| row["metric"].as_str().unwrap()).collect()
}

const SHOP: &str = "calculate_ecommerce_metrics";

#[test]
fn lifetime_value_of_a_shop_takes_the_orders_that_are_given() {
    let bare = result(SHOP, shop(json!({"marketing_spend": 400, "new_customers": 40})));
    assert_eq!((&bare["estimatedLtv"], &bare["ltvToCac"]), (&Value::Null, &Value::Null));
    close(&bare["cac"], 10.0);
    let given =
        result(SHOP, shop(json!({"marketing_spend": 400, "new_customers": 40, "orders_per_year": 2.5})));
    close(&given["estimatedLtv"], 125.0);
    close(&given["ltvToCac"], 12.5);
    assert!(given["warnings"].to_string().contains("before any margin"));
}

#[test]
fn counts_of_a_shop_are_checked() {
    for (more, told) in [
        (json!({"orders": 0}), "- orders: got 0"),
        (json!({"sessions": 0}), "- sessions: got 0"),
        (json!({"sessions": 99}), "- orders: got 100; wanted: at most sessions, 99"),
        (json!({"repeat_customers": 5, "total_customers": 4}), "- repeat_customers: got 5; wanted: at most"),
        (json!({"cogs": -1}), "- cogs: got -1"),
        (json!({"cogs": "a few"}), "- cogs"),
        (json!({"gmv": 1.7e308, "orders": 1e-300}), "1.8e308"),
    ] {
        let text = refusal(SHOP, shop(more));
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn turnover_is_rated_as_that_of_a_year() {
    let stock = json!({"cogs": 300, "inventory": 150});
    let plain = result(SHOP, shop(stock.clone()));
    assert!(plain["warnings"].to_string().contains("period_months"));
    let rating = |got: &Value| {
        let rows = got["benchmarks"].as_array().unwrap();
        rows.iter().find(|row| row["metric"] == "inventoryTurnover").unwrap()["rating"].clone()
    };
    assert_eq!(rating(&plain), "poor");
    let quarter = result(SHOP, shop(with(stock, json!({"period_months": 3}))));
    close(&quarter["inventoryTurnover"], 2.0);
    assert_eq!(rating(&quarter), "good");
}

#[test]
fn each_figure_of_a_shop_stands_by_itself() {
    let total = result(SHOP, shop(json!({"total_customers": 50})));
    close(&total["revenuePerCustomer"], 100.0);
    assert_eq!(total["repeatPurchaseRate"], Value::Null);
    let lost = result(SHOP, shop(json!({"gmv": 0, "cogs": 70, "inventory": 0})));
    close(&lost["grossProfit"], -70.0);
    assert_eq!((&lost["grossMargin"], &lost["inventoryTurnover"]), (&Value::Null, &Value::Null));
    assert_eq!(metrics(&lost), Vec::<&str>::new());
}

fn cloud(more: Value) -> Value {
    with(json!({"entity": "Cloud", "period": "March", "mrr": 1000}), more)
}

const CLOUD: &str = "calculate_saas_metrics";

#[test]
fn lifetime_value_of_a_subscriber_knows_the_period_and_the_margin() {
    let call = |months: f64, margin: f64| {
        let more = json!({"customers": 100, "new_customers": 10, "churned_customers": 10, "sales_and_marketing": 500,
            "period_months": months, "gross_margin": margin});
        result(CLOUD, cloud(more))
    };
    // 10 of 100 leave in the period; 10 a month each.
    close(&call(1.0, 1.0)["ltv"], 100.0);
    close(&call(3.0, 1.0)["ltv"], 300.0);
    close(&call(3.0, 0.5)["ltv"], 150.0);
    close(&call(1.0, 0.5)["cacPaybackMonths"], 10.0);
    close(&call(1.0, 1.0)["cacPaybackMonths"], 5.0);
}

#[test]
fn what_no_movement_was_given_for_is_not_rated() {
    let still = result(CLOUD, cloud(json!({"customers": 10, "average_contract_value": 5})));
    close(&still["netRevenueRetention"], 1.0);
    assert_eq!((metrics(&still), &still["ltv"]), (vec![], &Value::Null));
    assert_eq!(still["warnings"].as_array().unwrap().len(), 2);
    let moved = result(CLOUD, cloud(json!({"churned_mrr": 0})));
    assert_eq!(metrics(&moved), ["netRevenueRetention", "grossRevenueRetention"]);
    assert_eq!(moved["arpu"], Value::Null);
}

#[test]
fn a_business_without_an_opening_has_no_growth_rate() {
    for new in [1000.0, 1200.0] {
        let got = result(CLOUD, cloud(json!({"new_mrr": new})));
        for name in ["mrrGrowthRate", "netRevenueRetention", "grossRevenueRetention"] {
            assert_eq!(got[name], Value::Null, "{name}");
        }
        close(&got["netNewMrr"], new);
    }
    let magic = result(CLOUD, cloud(json!({"new_mrr": 100, "sales_and_marketing": 600})));
    close(&magic["magicNumber"], 2.0);
    assert!(magic["warnings"].to_string().contains("same period"));
}

#[test]
fn impossible_subscriptions_are_refused() {
    for (more, told) in [
        (json!({"mrr": -1}), "- mrr: got -1"),
        (json!({"customers": 0}), "- customers: got 0"),
        (json!({"churned_mrr": -5}), "- churned_mrr: got -5"),
        (json!({"contraction_mrr": -5}), "- contraction_mrr: got -5"),
        (
            json!({"customers": 5, "new_customers": 8, "churned_customers": 2}),
            "- churned_customers: got 2, more than",
        ),
        (json!({"gross_margin": 80}), "- gross_margin: got 80"),
        (json!({"sales_and_marketing": "much"}), "- sales_and_marketing"),
        (json!({"mrr": 1e308}), "1.8e308"),
    ] {
        let text = refusal(CLOUD, cloud(more));
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn break_even_refuses_what_never_breaks_even() {
    let unit = |more: Value| with(json!({"fixedCosts": 100, "unitPrice": 5, "unitVariableCost": 3}), more);
    let product = |mix: f64| json!([{"name": "a", "unitPrice": 5, "unitVariableCost": 3, "mix": mix}]);
    for (call, told) in [
        (unit(json!({"unitVariableCost": 5})), "contributes 0"),
        (unit(json!({"products": product(1.0)})), "- products: given with the figures of a unit"),
        (json!({"fixedCosts": 100}), "- unitPrice: missing"),
        (json!({"fixedCosts": 100, "unitPrice": 5}), "- unitVariableCost: missing"),
        (unit(json!({"fixedCosts": -1})), "- fixedCosts: got -1"),
        (unit(json!({"taxRate": 1})), "- taxRate: got 1"),
        (json!({"fixedCosts": 1, "products": product(0.0)}), "all zero"),
        (json!({"fixedCosts": 1, "products": product(-1.0)}), "got -1"),
    ] {
        let text = refusal("calculate_break_even", call);
        assert!(text.contains(told), "{text}");
    }
    // 0.3 / (0.4 - 0.3) is a little above 3 in floats, and 3 units do it.
    let edge = json!({"fixedCosts": 0.3, "unitPrice": 0.4, "unitVariableCost": 0.3});
    assert_eq!(result("calculate_break_even", edge)["breakEvenUnitsRounded"], 3);
    let loss = result("calculate_break_even", unit(json!({"targetProfit": -101, "actualUnits": 50})));
    assert_eq!((&loss["targetUnits"], &loss["operatingLeverage"]), (&Value::Null, &Value::Null));
}

#[test]
fn equipment_figures_are_checked() {
    let day = |more: Value| {
        with(
            json!({"plannedTime": 100, "downtime": 10, "idealCycleTime": 1, "totalCount": 80, "goodCount": 70}),
            more,
        )
    };
    for (more, told) in [
        (json!({"downtime": 100}), "- downtime: got 100"),
        (json!({"goodCount": 81}), "- goodCount: got 81"),
        (json!({"calendarTime": 99}), "- calendarTime: got 99"),
        (json!({"idealCycleTime": 0}), "- idealCycleTime: got 0"),
        (json!({"stations": [{"name": "a", "cycleTime": 0}]}), "cycleTime: got 0"),
        (json!({"totalCount": -1}), "- totalCount: got -1"),
        (json!({"totalCount": 0, "goodCount": 0}), "nothing made has no quality"),
    ] {
        let text = refusal("calculate_oee", day(more));
        assert!(text.contains(told), "{text}");
    }
    let fast = result("calculate_oee", day(json!({"idealCycleTime": 1.2})));
    assert!(fast["warnings"].to_string().contains("above 1"));
    // The losses make up the time that was not used well.
    let got = result("calculate_oee", day(json!({})));
    let lost: f64 = ["availabilityLoss", "performanceLoss", "qualityLoss"]
        .iter()
        .map(|n| got[*n].as_f64().unwrap())
        .sum();
    close(&got["oee"], (100.0 - lost) / 100.0);
}

#[test]
fn learning_needs_a_curve() {
    let call = |more: Value| with(json!({"units": 5}), more);
    let seen = |units: [f64; 2], times: [f64; 2]| json!({"observations": [{"unit": units[0], "time": times[0]}, {"unit": units[1], "time": times[1]}]});
    for (more, told) in [
        (json!({}), "- firstUnitTime: missing"),
        (json!({"firstUnitTime": 5}), "- learningRate: missing"),
        (json!({"firstUnitTime": 5, "learningRate": 1.1}), "- learningRate: got 1.1"),
        (json!({"firstUnitTime": 5, "learningRate": 0}), "- learningRate: got 0"),
        (json!({"units": 0, "firstUnitTime": 5, "learningRate": 0.8}), "- units: got 0"),
        (seen([0.5, 2.0], [5.0, 4.0]), "unit: got 0.5"),
        (seen([1.0, 2.0], [0.0, 4.0]), "time: got 0"),
        (seen([2.0, 2.0], [5.0, 4.0]), "two different units"),
        (seen([1.0, 2.0], [4.0, 5.0]), "no learning"),
        (json!({"model": "cumulative_average", "firstUnitTime": 5, "learningRate": 0.4}), "below 0.5"),
    ] {
        let text = refusal("calculate_learning_curve", call(more));
        assert!(text.contains(told), "{text}");
    }
    let level = result("calculate_learning_curve", call(seen([1.0, 2.0], [5.0, 5.0])));
    assert_eq!((&level["learningRate"], &level["rSquared"]), (&json!(1.0), &Value::Null));
}

#[test]
fn queues_refuse_what_has_no_steady_state() {
    let call =
        |more: Value| with(json!({"model": "mmc", "arrivalRate": 10, "serviceRate": 4, "servers": 3}), more);
    for (more, told) in [
        (json!({"servers": 2}), "the queue grows for ever"),
        (json!({"model": "mg1", "servers": 1, "serviceTimeSd": 1}), "the queue grows for ever"),
        (json!({"arrivalRate": 0}), "- arrivalRate: got 0"),
        (json!({"serviceRate": -1}), "- serviceRate: got -1"),
        (json!({"model": "mmck", "capacity": 2}), "- capacity: got 2; wanted: at least servers, 3"),
        (json!({"model": "mmck"}), "- capacity: missing"),
        (json!({"model": "mg1", "servers": 1}), "- serviceTimeSd: missing"),
        (json!({"model": "erlang_a"}), "- patience: missing"),
        (json!({"targetServiceLevel": 0.8}), "- targetWait: missing"),
        (json!({"targetWait": 1, "targetServiceLevel": 1}), "no number of servers reaches"),
        (json!({"patience": 1}), "- patience: is of the model erlang_a only"),
        (json!({"model": "erlang_b", "targetBlocking": 0}), "no number of servers reaches"),
    ] {
        let text = refusal("analyze_queue", call(more));
        assert!(text.contains(told), "{text}");
    }
    let alone = json!({"model": "mmc", "arrivalRate": 1, "serviceRate": 4, "targetWait": 1});
    assert!(refusal("analyze_queue", alone).contains("- targetServiceLevel: missing"));
    let lines = json!({"model": "erlang_b", "arrivalRate": 10, "serviceRate": 1, "targetBlocking": 0.01});
    // Erlang B table: 18 lines carry 10 erlang at 1 %.
    assert_eq!(result("analyze_queue", lines)["requiredServers"], 18);
    let open = result("analyze_queue", json!({"model": "mminf", "arrivalRate": 3, "serviceRate": 2}));
    close(&open["systemLength"], 1.5);
    close(&open["probabilityEmpty"], (-1.5_f64).exp());
}
