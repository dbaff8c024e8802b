//! An argument that another one has made idle is named: nobody who states it should believe that it had an effect.

use super::idle;
use serde_json::json;

#[test]
fn loans() {
    let name = "generate_loan_schedule";
    idle(
        name,
        json!({"principal": 1000, "annualRate": 0.06, "numberOfPayments": 12, "margin": 0.02, "initialCap": 0.02,
            "periodicCap": 0.01, "lifetimeCap": 0.05, "floorRate": 0.01, "recast": true, "roundingMode": "half_up"}),
        &["margin", "initialCap", "periodicCap", "lifetimeCap", "floorRate", "recast", "roundingMode"],
    );
    idle(
        name,
        json!({"principal": 1000, "annualRate": 0.06, "numberOfPayments": 12, "margin": 0.02, "initialCap": 0.02,
            "rateAdjustments": [{"paymentNumber": 6, "indexRate": 0.05}], "extraPayment": 5, "recast": true,
            "roundPayments": true, "roundingMode": "half_up"}),
        &[],
    );
    let loan = |method: &str| {
        json!({"method": method, "unitPeriod": "year", "advances": [{"date": "2024-01-15", "amount": 1000}],
            "payments": [{"date": "2025-01-15", "amount": 1100}]})
    };
    idle("calculate_loan_apr", loan("eu_aprc"), &["unitPeriod"]);
    idle("calculate_loan_apr", loan("us_reg_z"), &[]);
}

#[test]
fn depreciation() {
    let name = "calculate_depreciation_schedule";
    idle(
        name,
        json!({"method": "straight_line", "cost": 1000, "life": 5, "factor": 1.5, "switchToStraightLine": false,
            "firstYearMonths": 6, "units": [1], "rate": 0.2, "purchaseDate": "2024-01-01", "firstPeriodEnd": "2024-12-31"}),
        &[
            "factor",
            "switchToStraightLine",
            "firstYearMonths",
            "units",
            "rate",
            "purchaseDate",
            "firstPeriodEnd",
        ],
    );
    idle(name, json!({"method": "units_of_production", "cost": 1000, "life": 5, "units": [1, 2]}), &["life"]);
    idle(
        name,
        json!({"method": "variable_declining", "cost": 1000, "life": 5, "factor": 1.5, "switchToStraightLine": false}),
        &[],
    );
    // A life of its own asks for the alternative system, which has to be named.
    idle(
        "calculate_macrs_depreciation",
        json!({"cost": 1000, "propertyClass": "5", "adsLife": 7}),
        &["adsLife"],
    );
    idle(
        "calculate_macrs_depreciation",
        json!({"cost": 1000, "propertyClass": "5", "adsLife": 7, "system": "ads_sl", "rateSource": "exact"}),
        &[],
    );
}

#[test]
fn day_counts() {
    let count = |convention: &str| {
        json!({"startDate": "2024-01-01", "endDate": "2024-07-01", "dayCount": convention, "frequency": "semiAnnual",
            "referenceStart": "2024-01-01", "referenceEnd": "2024-07-01", "isMaturity": true, "holidays": ["2024-01-01"]})
    };
    idle(
        "calculate_day_count",
        count("ACT/360"),
        &["frequency", "referenceStart", "referenceEnd", "isMaturity", "holidays"],
    );
    idle("calculate_day_count", count("ACT/ACT_ICMA"), &["isMaturity", "holidays"]);
}
