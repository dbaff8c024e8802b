//! Where the predecessor's growth tools were wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

fn projection(arguments: Value) -> Value {
    result("apply_growth_projection", arguments)
}

#[test]
fn a_zero_base_is_refused_with_the_reason() {
    let text = refusal("calculate_growth_rate", json!({"fromValue": 0, "toValue": 5}));
    assert!(text.contains("- fromValue: got 0") && text.contains("not defined"), "{text}");
    assert!(
        refusal("apply_growth_projection", json!({"baseValue": 0, "annualGrowthRate": 0.1, "periods": 2}))
            .contains("- baseValue: got 0")
    );
}

#[test]
fn a_smaller_loss_is_growth() {
    let got = result("calculate_growth_rate", json!({"fromValue": -100, "toValue": -50}));
    close(&got["growthRate"], 0.5);
    assert_eq!((&got["assessment"], &got["multiple"]), (&json!("significant_growth"), &Value::Null));
    let worse = result("calculate_growth_rate", json!({"fromValue": -100, "toValue": -200}));
    assert_eq!(worse["assessment"], "severe_decline");
}

#[test]
fn values_carry_no_currency_and_both_growth_tools_agree() {
    let arguments = json!({"fromValue": 80, "toValue": 92, "metricName": "Customers"});
    let text = super::outcome("calculate_growth_rate", arguments.clone()).text();
    assert!(text.contains("Customers") && !text.contains('$'), "{text}");
    let other = result("calculate_simple_growth_rate", json!({"oldValue": 80, "newValue": 92}));
    assert_eq!(result("calculate_growth_rate", arguments)["growthRate"], other["growthRate"]);
}

#[test]
fn bands_are_not_moved_by_rounding() {
    // 0.77 is 10 % above 0.7, though the difference of the two floats is more.
    for (from, to, want) in [
        (0.7, 0.77, "modest_growth"),
        (10.0, 11.5, "healthy_growth"),
        (10.0, 15.0, "significant_growth"),
        (10.0, 15.1, "strong_growth"),
        (5.0, 5.0, "no_change"),
        (10.0, 9.5, "slight_decline"),
        (10.0, 9.0, "moderate_decline"),
        (10.0, 7.0, "significant_decline"),
        (10.0, 5.0, "severe_decline"),
    ] {
        let got = result("calculate_growth_rate", json!({"fromValue": from, "toValue": to}));
        assert_eq!(got["assessment"], want, "{from} {to}");
    }
}

#[test]
fn frequencies_are_compared_over_one_time_span() {
    let got = projection(json!({"baseValue": 1000, "annualGrowthRate": 0.12, "periods": 5}));
    let c = &got["comparison"];
    // mpmath 1.4.1: 1000*(1 + mpf('0.12')/m)**(5*m), 1000*exp(mpf('0.6'))
    for (name, want) in [
        ("annual", 1_762.341_683_2),
        ("semiannual", 1_790.847_696_542_852_9),
        ("quarterly", 1_806.111_234_669_414),
        ("monthly", 1_816.696_698_564_090_3),
        ("daily", 1_821.939_132_802_205),
        ("continuous", 1_822.118_800_390_509),
    ] {
        close(&c[name], want);
    }
    close(&got["finalValue"], 1_762.341_683_2);
}

#[test]
fn periods_are_compounding_periods_and_years_say_how_long() {
    let got = projection(
        json!({"baseValue": 1000, "annualGrowthRate": 0.12, "periods": 10, "compounding": "monthly"}),
    );
    close(&got["years"], 10.0 / 12.0);
    close(&got["ratePerPeriod"], 0.01);
    // 1.01^10, by hand (mpmath 1.4.1).
    close(&got["finalValue"], 1_104.622_125_411_204_5);
    for (frequency, years) in [("daily", 100.0 / 365.0), ("monthly", 100.0 / 12.0), ("continuous", 100.0)] {
        let arguments =
            json!({"baseValue": 1, "annualGrowthRate": 0.1, "periods": 100, "compounding": frequency});
        close(&projection(arguments)["years"], years);
    }
    for periods in [0, 101] {
        refusal(
            "apply_growth_projection",
            json!({"baseValue": 1, "annualGrowthRate": 0.1, "periods": periods}),
        );
    }
}

#[test]
fn continuous_growth_of_a_year_is_more_than_its_rate() {
    let got = projection(
        json!({"baseValue": 100, "annualGrowthRate": 0.1, "periods": 1, "compounding": "Continuous"}),
    );
    // mpmath 1.4.1: expm1(mpf('0.1'))
    close(&got["ratePerPeriod"], 0.105_170_918_075_647_62);
    let down = projection(json!({"baseValue": 100, "annualGrowthRate": -0.5, "periods": 1}));
    close(&down["totalGrowth"], -0.5);
    close(&down["projection"][1]["growth"], -0.5);
}

#[test]
fn a_negative_base_and_long_tables_are_whole() {
    let got = projection(json!({"baseValue": -100, "annualGrowthRate": 0.1, "periods": 100}));
    close(&got["growthMultiple"], 13_780.612_339_822_184);
    assert_eq!(got["projection"].as_array().unwrap().len(), 101);
    assert_eq!(got["projection"][0]["growth"], Value::Null);
}

#[test]
fn compounding_is_never_replaced_in_silence_and_knows_half_years() {
    for wrong in [json!(7), json!(["monthly"]), json!("weekly")] {
        let arguments = json!({"baseValue": 1, "annualGrowthRate": 0.1, "periods": 1, "compounding": wrong});
        assert!(refusal("apply_growth_projection", arguments).contains("- compounding: got"));
    }
    let arguments =
        json!({"baseValue": 1, "annualGrowthRate": 0.1, "periods": 2, "compounding": "semiannual"});
    close(&projection(arguments)["comparison"]["semiannual"], 1.1025);
    let gone = json!({"baseValue": 1, "annualGrowthRate": -2, "periods": 2, "compounding": "semiannual"});
    assert!(refusal("apply_growth_projection", gone).contains("- annualGrowthRate: got -2"));
    let deep = json!({"baseValue": 1, "annualGrowthRate": -2, "periods": 2, "compounding": "quarterly"});
    let c = projection(deep)["comparison"].clone();
    assert_eq!((&c["annual"], &c["semiannual"], &c["quarterly"]), (&Value::Null, &Value::Null, &json!(0.25)));
}
