//! Where the predecessor's cap table was wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

const CAP: &str = "model_cap_table";

fn table(more: Value) -> Value {
    let mut call = json!({"shareholders": [{"name": "Founder", "shares": 60, "pricePerShare": 0},
        {"name": "Fund", "shares": 40, "pricePerShare": 1, "liquidationPreference": 1, "investmentDate": "2024-01-31"}],
        "optionPool": 10, "action": "ownership"});
    call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    call
}

#[test]
fn preferences_are_paid_and_converted_where_that_pays_more() {
    let exit = |value: f64| {
        let got = result(CAP, table(json!({"action": "liquidationWaterfall", "exitValue": value})));
        close(&got["totalDistributed"], value);
        got["distribution"].clone()
    };
    for (value, founder, fund, preferred) in [
        (30.0, 0.0, 30.0, 30.0),
        (50.0, 10.0, 40.0, 40.0),
        (100.0, 60.0, 40.0, 40.0),
        (200.0, 120.0, 80.0, 0.0),
    ] {
        let got = exit(value);
        close(&got[0]["amount"], founder);
        close(&got[1]["amount"], fund);
        close(&got[1]["viaPreference"], preferred);
    }
    assert_eq!(exit(0.0)[0]["share"], Value::Null);
}

#[test]
fn a_table_adds_up_after_each_action() {
    let owned = |got: &Value| {
        let holders = got["holders"].as_array().unwrap().iter().map(|h| h["ownership"].as_f64().unwrap());
        holders.sum::<f64>() + got["optionPoolOwnership"].as_f64().unwrap()
    };
    let round = json!({"newInvestment": 33, "preMoneyValuation": 110, "investorName": "Fund"});
    let grant = json!({"recipient": "Founder", "shares": 10, "strikePrice": 1});
    let plain = result(CAP, table(json!({})));
    let more = result(CAP, table(json!({"action": "modelRound", "roundParams": round})));
    let given = result(CAP, table(json!({"action": "grantOptions", "grantParams": grant})));
    for got in [&plain, &more, &given] {
        assert!((owned(got) - 1.0).abs() < 1e-15, "{got}");
    }
    close(&more["pricePerShare"], 1.0);
    close(&more["holders"][1]["shares"], 73.0);
    assert_eq!((&given["optionPool"], &given["holders"][0]["shares"]), (&json!(0.0), &json!(70.0)));
}

#[test]
fn impossible_tables_are_refused() {
    let twice = json!([{"name": "A", "shares": 1, "pricePerShare": 1}, {"name": "A", "shares": 1, "pricePerShare": 1}]);
    let undated = json!([{"name": "A", "shares": 1, "pricePerShare": 1, "investmentDate": "last year"}]);
    let empty = json!([{"name": "A", "shares": 0, "pricePerShare": 1}]);
    for (more, told) in [
        (json!({"action": "split"}), "- action"),
        (json!({"action": "modelRound"}), "- roundParams: missing"),
        (json!({"action": "grantOptions"}), "- grantParams: missing"),
        (json!({"action": "liquidationWaterfall"}), "- exitValue: missing"),
        (
            json!({"action": "grantOptions", "grantParams": {"recipient": "B", "shares": 11}}),
            "wanted: at most optionPool, 10",
        ),
        (
            json!({"action": "grantOptions", "grantParams": {"recipient": "B", "shares": 1, "strikePrice": "one"}}),
            "strikePrice",
        ),
        (
            json!({"action": "modelRound", "roundParams": {"newInvestment": 1, "preMoneyValuation": 0}}),
            "preMoneyValuation: got 0",
        ),
        (
            json!({"action": "modelRound", "roundParams": {"newInvestment": 0, "preMoneyValuation": 1}}),
            "newInvestment: got 0",
        ),
        (json!({"optionPool": -1}), "- optionPool: got -1"),
        (json!({"exitValue": -1}), "- exitValue: got -1"),
        (json!({"shareholders": twice}), "stands twice"),
        (json!({"shareholders": undated}), "investmentDate"),
        (json!({"shareholders": empty, "optionPool": 0}), "no shares at all"),
        (
            json!({"shareholders": empty, "action": "liquidationWaterfall", "exitValue": 5}),
            "nobody holds a share",
        ),
    ] {
        let text = refusal(CAP, table(more));
        assert!(text.contains(told), "{text}");
    }
}
