//! Depreciation: what schedules, slices and tax tables get wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

const BOOK: &str = "calculate_depreciation_schedule";
const TAX: &str = "calculate_macrs_depreciation";

fn amounts(result: &Value) -> Vec<f64> {
    result["schedule"].as_array().unwrap().iter().map(|row| row["depreciation"].as_f64().unwrap()).collect()
}

#[test]
fn what_a_method_lacks_is_named() {
    let call = |more: Value| {
        let mut call = json!({"method": "straight_line", "cost": 1000, "salvage": 100, "life": 5});
        for (name, value) in more.as_object().unwrap() {
            call[name] = value.clone();
        }
        refusal(BOOK, call)
    };
    for (more, told) in [
        (json!({"cost": 0}), "- cost: got 0; wanted: a number > 0"),
        (json!({"salvage": -1}), "- salvage: got -1"),
        (json!({"salvage": 1001}), "- salvage: 1001 is more than the cost, 1000"),
        (json!({"life": 0}), "- life: got 0"),
        (json!({"life": 1001}), "<= 1000"),
        (json!({"life": null}), "- life: missing; this method needs it"),
        (json!({"method": "sum_of_years_digits", "life": 2.5}), "needs a life of whole periods"),
        (json!({"method": "units_of_production"}), "- units: missing"),
        (json!({"method": "units_of_production", "units": [1, -1]}), "units must not be negative"),
        (json!({"method": "units_of_production", "units": [0, 0]}), "the units add up to 0"),
        (json!({"method": "french_linear"}), "- rate: missing"),
        (json!({"method": "french_linear", "rate": 0.2}), "- purchaseDate: missing"),
        (
            json!({"method": "french_linear", "rate": 0.2, "purchaseDate": "2024-03-01"}),
            "- firstPeriodEnd: missing",
        ),
        (
            json!({"method": "french_linear", "rate": 0.2, "purchaseDate": "2024-03-01", "firstPeriodEnd": "2024-02-01"}),
            "- firstPeriodEnd: the end, 2024-02-01, is before the start",
        ),
        (
            json!({"method": "french_linear", "rate": 0.2, "purchaseDate": "2024-03-01", "firstPeriodEnd": "2026-02-01"}),
            "the first period must be at most a year long",
        ),
        (
            json!({"method": "french_degressive", "rate": 0.22, "purchaseDate": "2024-03-01", "firstPeriodEnd": "2024-12-31"}),
            "no coefficient for a life (1 / rate) below 3 or between 4 and 5 years",
        ),
        (json!({"fromPeriod": 1}), "- toPeriod: is needed"),
        (json!({"toPeriod": 1}), "- fromPeriod: is needed"),
        (
            json!({"fromPeriod": 3, "toPeriod": 2}),
            "- toPeriod: got 2; wanted: a number from fromPeriod, 3, to 5",
        ),
        (json!({"fromPeriod": 3, "toPeriod": 6}), "- toPeriod: got 6"),
    ] {
        let text = call(more.clone());
        assert!(text.contains(told), "{more}: {text}");
    }
}

#[test]
fn a_declining_balance_to_nothing_is_told() {
    let all =
        result(BOOK, json!({"method": "declining_balance", "cost": 900, "life": 3, "firstYearMonths": 4}));
    assert_eq!(amounts(&all), [300.0, 600.0, 0.0, 0.0]);
    assert!(all["warnings"][0].as_str().unwrap().contains("salvage is 0"), "{all}");
}

#[test]
fn a_life_that_is_no_whole_number_ends_with_a_part() {
    let level = result(BOOK, json!({"method": "straight_line", "cost": 1000, "life": 2.5}));
    assert_eq!(amounts(&level), [400.0, 400.0, 200.0]);
    let call = json!({"method": "variable_declining", "cost": 1000, "life": 2.5, "fromPeriod": 2.25, "toPeriod": 2.5});
    let falling = result(BOOK, call);
    assert_eq!(amounts(&falling), [800.0, 160.0, 40.0]);
    close(&falling["sliceDepreciation"], 20.0);
    assert_eq!(falling["schedule"][2]["bookValue"], 0.0);
}

/// Book values end on the salvage value to the last bit, however the amounts round.
#[test]
fn schedules_end_where_they_must() {
    for (method, more) in [
        ("straight_line", json!({"life": 7})),
        ("sum_of_years_digits", json!({"life": 7})),
        ("variable_declining", json!({"life": 7})),
        ("units_of_production", json!({"units": [0.1, 0.7, 0, 0.3]})),
        (
            "french_linear",
            json!({"rate": 0.17, "purchaseDate": "2024-03-05", "firstPeriodEnd": "2024-12-31"}),
        ),
        (
            "french_degressive",
            json!({"rate": 0.12, "purchaseDate": "2024-03-05", "firstPeriodEnd": "2024-12-31"}),
        ),
    ] {
        let mut call = json!({"method": method, "cost": 1000.1, "salvage": 77.7});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let schedule = result(BOOK, call);
        let last = schedule["schedule"].as_array().unwrap().last().unwrap();
        assert_eq!(last["bookValue"], 77.7, "{method}");
        assert_eq!(schedule["totalDepreciation"], 1000.1 - 77.7, "{method}");
    }
}

#[test]
fn tax_property_has_its_own_systems_and_conventions() {
    for (more, told) in [
        (json!({"cost": 0}), "- cost: got 0"),
        (json!({"propertyClass": "6"}), "- propertyClass: got the text \"6\""),
        (
            json!({"section179": 801, "businessUse": 0.8}),
            "- section179: 801 is more than cost · businessUse, 800",
        ),
        (json!({"convention": "mid_month"}), "- convention: real property"),
        (json!({"propertyClass": "39", "convention": "half_year"}), "- convention: real property"),
        (json!({"propertyClass": "27.5", "convention": "mid_quarter"}), "- convention: real property"),
        (json!({"propertyClass": "15", "system": "gds_200"}), "- system: this class does not have it"),
        (json!({"propertyClass": "39", "system": "gds_150"}), "- system: this class does not have it"),
        (json!({"system": "ads_sl"}), "- adsLife: missing"),
        (json!({"system": "gds_sl"}), "- rateSource: the printed tables kept are A-1 to A-6 and A-7a"),
        (json!({"disposalYear": 7}), "- disposalYear: the disposal lies after the recovery period"),
        (
            json!({"disposalYear": 1}),
            "- disposalYear: property that is placed in service and disposed of in the same year",
        ),
        (json!({"disposalMonth": 7}), "- disposalYear: missing"),
        (json!({"disposalYear": 3, "convention": "mid_quarter"}), "- disposalMonth: missing"),
    ] {
        let mut call = json!({"cost": 1000, "propertyClass": "5"});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let text = refusal(TAX, call);
        assert!(text.contains(told), "{more}: {text}");
    }
}

#[test]
fn section_179_bonus_and_business_share_come_in_their_order() {
    let call = json!({"cost": 20_000, "propertyClass": "5", "businessUse": 0.75, "section179": 3_000, "bonusRate": 0.5, "firstTaxYear": 2024});
    let got = result(TAX, call);
    // By hand: 15,000 of business use, 12,000 after section 179, half of it bonus.
    assert_eq!((&got["macrsBasis"], &got["bonusDeduction"]), (&json!(6000.0), &json!(6000.0)));
    assert_eq!(got["schedule"][0]["depreciation"], 3_000.0 + 6_000.0 + 1_200.0);
    assert_eq!(got["schedule"][5]["taxYear"], 2029);
    assert_eq!(
        (&got["totalDepreciation"], &got["schedule"][5]["adjustedBasis"]),
        (&json!(15_000.0), &json!(0.0))
    );
}
