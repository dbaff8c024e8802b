//! Where the predecessor's venture financing was wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

#[test]
fn valuations_and_dilution_refuse_what_gives_no_share() {
    for (name, call, told) in [
        (
            "calculate_post_money_valuation",
            json!({"preMoneyValuation": -5, "investmentAmount": 10}),
            "- preMoneyValuation: got -5",
        ),
        (
            "calculate_post_money_valuation",
            json!({"preMoneyValuation": 0, "investmentAmount": 0}),
            "- preMoneyValuation: got 0",
        ),
        (
            "calculate_post_money_valuation",
            json!({"preMoneyValuation": 5, "investmentAmount": -1}),
            "- investmentAmount: got -1",
        ),
        (
            "calculate_post_money_valuation",
            json!({"preMoneyValuation": 1.7e308, "investmentAmount": 1e308}),
            "1.8e308",
        ),
        (
            "calculate_dilution_percentage",
            json!({"existingShares": 0, "newShares": 0}),
            "- existingShares: got 0",
        ),
        (
            "calculate_dilution_percentage",
            json!({"existingShares": 5, "newShares": -5}),
            "- newShares: got -5",
        ),
    ] {
        let text = refusal(name, call);
        assert!(text.contains(told), "{text}");
    }
    assert_eq!(
        result("calculate_dilution_percentage", json!({"existingShares": 5, "newShares": 0}))["dilution"],
        0.0
    );
}

fn safe(more: Value) -> Value {
    let mut call = json!({"safeAmount": 100, "valuationCap": 800, "discountRate": 0.2, "pricedRoundValuation": 2000,
        "pricedRoundPrice": 2});
    call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    call
}

#[test]
fn a_safe_takes_the_capitalisation_before_the_round() {
    // By hand: 800 / 500 shares = 1.60 equals 2 (1 - 0.2), so the discount is named.
    let tie = result("model_safe_conversion", safe(json!({"preMoneyShares": 500})));
    close(&tie["capPrice"], 1.6);
    assert_eq!((&tie["termUsed"], &tie["warnings"]), (&json!("discount"), &json!([])));
    // Without it the cap is over all 1000 shares after the round, and that is said.
    let all = result("model_safe_conversion", safe(json!({})));
    close(&all["capPrice"], 0.8);
    close(&all["ownership"], 125.0 / 1000.0);
    assert_eq!((&all["termUsed"], all["warnings"].as_array().unwrap().len()), (&json!("valuation_cap"), 1));
    for (more, told) in [
        (json!({"valuationCap": 0}), "- valuationCap: got 0"),
        (json!({"discountRate": 1}), "- discountRate: got 1"),
        (json!({"discountRate": "20%"}), "write 0.2"),
        (json!({"pricedRoundPrice": 0}), "- pricedRoundPrice: got 0"),
        (json!({"pricedRoundValuation": -1}), "- pricedRoundValuation: got -1"),
        (json!({"safeAmount": 5000}), "- pricedRoundValuation: got 2000; wanted: the post-money valuation"),
    ] {
        let text = refusal("model_safe_conversion", safe(more));
        assert!(text.contains(told), "{text}");
    }
}

fn waterfall(more: Value) -> Value {
    let mut call = json!({"exitProceeds": 20, "preferredInvestment": 8, "liquidationMultiple": 1, "participating": false,
        "commonOwnership": 0.6, "preferredOwnership": 0.4});
    call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    call
}

#[test]
fn a_waterfall_pays_out_what_there_is() {
    let name = "run_liquidation_waterfall";
    // 0.4 of 20 is 8, the preference: a tie is not converted.
    let tie = result(name, waterfall(json!({})));
    assert_eq!((&tie["preferredPayout"], &tie["converted"]), (&json!(8.0), &json!(false)));
    let nothing = result(name, waterfall(json!({"exitProceeds": 0, "preferredInvestment": 0})));
    for field in ["preferredShare", "commonShare", "preferredMultiple"] {
        assert_eq!(nothing[field], Value::Null, "{field}");
    }
    // Debt comes first: by hand, 3 of 20, then 8, then 9.
    let debt = result(name, waterfall(json!({"seniorDebt": 3, "participating": true})));
    close(&debt["preferredPayout"], 8.0 + 0.4 * 9.0);
    assert_eq!((&debt["debtPayout"], &debt["totalDistributed"]), (&json!(3.0), &json!(20.0)));
    let drowned = result(name, waterfall(json!({"seniorDebt": 30})));
    assert_eq!((&drowned["debtPayout"], &drowned["preferredPayout"]), (&json!(20.0), &json!(0.0)));
    for (more, told) in [
        (json!({"commonOwnership": 0.5}), "- commonOwnership: got 0.5"),
        (json!({"preferredOwnership": 1.4}), "- preferredOwnership: got 1.4"),
        (json!({"exitProceeds": -1}), "- exitProceeds: got -1"),
        (json!({"preferredInvestment": -1}), "- preferredInvestment: got -1"),
        (json!({"liquidationMultiple": -1}), "- liquidationMultiple: got -1"),
        (json!({"participationCap": 2}), "- participationCap: given for stock"),
        (json!({"participating": true, "participationCap": 0.5}), "- participationCap: got 0.5"),
    ] {
        let text = refusal(name, waterfall(more));
        assert!(text.contains(told), "{text}");
    }
}
