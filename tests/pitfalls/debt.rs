//! Where the predecessor's loans, covenants and scores were wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

fn with(base: &Value, changes: Value) -> Value {
    let mut all = base.clone();
    all.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    all
}

/// Every change of the call is refused with these words.
#[track_caller]
fn refused(name: &str, base: &Value, changes: &[(Value, &str)]) {
    for (change, told) in changes {
        let text = refusal(name, with(base, change.clone()));
        assert!(text.contains(told), "{name} {change}: {text}");
    }
}

#[test]
fn a_schedule_has_no_clock_and_ends_at_zero_with_each_row_once() {
    let name = "create_amortization_schedule";
    let base = json!({"principal": 1000, "annualRate": 0.06, "years": 5, "frequency": "annual"});
    let got = result(name, base.clone());
    let numbers: Vec<_> =
        got["schedule"].as_array().unwrap().iter().map(|row| row["number"].clone()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(got["schedule"][4]["balance"], 0.0);
    let seven = result(name, with(&base, json!({"years": 7})));
    let numbers: Vec<_> =
        seven["schedule"].as_array().unwrap().iter().map(|row| row["number"].clone()).collect();
    assert_eq!(numbers, [1, 2, 3, 5, 6, 7]);
    let full = result(name, with(&base, json!({"years": 7, "showFullSchedule": true})));
    assert_eq!(full["schedule"].as_array().unwrap().len(), 7);
    refused(
        name,
        &base,
        &[
            (json!({"years": 0}), "- years: got 0"),
            (json!({"years": 1.5}), "- years: got 1.5"),
            (json!({"years": 101}), "- years: got 101"),
            (json!({"principal": -1000}), "- principal: got"),
            (json!({"principal": 0}), "- principal: got 0"),
            (json!({"annualRate": -0.01}), "- annualRate: got"),
            (json!({"frequency": "weekly"}), "- frequency: got"),
            (json!({"showFullSchedule": 1}), "- showFullSchedule: got"),
        ],
    );
}

#[test]
fn coverage_without_income_has_no_share() {
    let name = "calculate_dscr";
    for income in [0, -50] {
        let got = result(name, json!({"netOperatingIncome": income, "totalDebtService": 100}));
        assert_eq!(got["debtServiceShareOfIncome"], Value::Null);
        assert_eq!((&got["assessment"], &got["creditRisk"]), (&json!("poor"), &json!("high")));
    }
    // 0.375 / 0.25 is 1.5 in decimals whatever floats make of 0.3 / 0.2.
    let got = result(name, json!({"netOperatingIncome": 0.3, "totalDebtService": 0.2}));
    assert_eq!(got["assessment"], "good");
    refused(
        name,
        &json!({"netOperatingIncome": 1, "totalDebtService": 1}),
        &[
            (json!({"totalDebtService": 0}), "- totalDebtService: got 0"),
            (json!({"netOperatingIncome": 1e308, "totalDebtService": 1e-10}), "1.8e308"),
        ],
    );
}

#[test]
fn scores_want_liabilities_and_know_private_firms() {
    let name = "calculate_altman_z_score";
    let base = json!({"workingCapital": 10, "retainedEarnings": 20, "ebit": 5, "marketValueEquity": 30,
        "totalLiabilities": 60, "totalAssets": 100, "sales": 150});
    refused(
        name,
        &base,
        &[
            (json!({"totalLiabilities": 0}), "- totalLiabilities: got 0"),
            (json!({"totalLiabilities": -5}), "- totalLiabilities: got -5"),
            (json!({"totalAssets": 0}), "- totalAssets: got 0"),
        ],
    );
    // By hand: 0.12 + 0.28 + 0.165 + 0.3 + 1.5; 0.0717 + 0.1694 + 0.15535 + 0.21 + 1.497; 0.656 + 0.652 + 0.336 + 0.525.
    for (model, score, zone) in
        [("public", 2.365, "gray"), ("private", 2.103_45, "gray"), ("nonManufacturer", 2.169, "gray")]
    {
        let got = result(name, with(&base, json!({"model": model})));
        close(&got["zScore"], score);
        assert_eq!(got["zone"], zone);
    }
}

#[test]
fn offers_are_whole_and_have_a_term() {
    let name = "compare_financing_options";
    let base = json!({"amount": 1000, "option1Rate": 0.05, "option1Years": 3, "option1Name": "A",
        "option2Rate": 0.05, "option2Years": 3, "option2Name": "B"});
    refused(
        name,
        &base,
        &[
            (json!({"option1Years": 0}), "- option1Years: got 0"),
            (json!({"option2Years": -3}), "- option2Years: got -3"),
            (json!({"option1Years": 1_000_000_000_000_000_000u64}), "- option1Years: got"),
            (json!({"option1Rate": -0.01}), "- option1Rate: got"),
            (json!({"option3Rate": 0.04}), "- option3Name: missing"),
            (json!({"option3Rate": 0.04, "option3Name": "C"}), "- option3Years: missing"),
            (json!({"option3Rate": "low", "option3Name": "C", "option3Years": 3}), "- option3Rate: got"),
        ],
    );
    let tie = result(name, base.clone());
    assert_eq!((&tie["best"], &tie["savings"], &tie["warnings"]), (&json!("A"), &json!(0.0), &json!([])));
    // By hand: (1 + 0.05 / 12)^12 - 1.
    close(&tie["options"][1]["effectiveAnnualRate"], (1.0_f64 + 0.05 / 12.0).powi(12) - 1.0);
    // The dearer rate wins by its shorter term; that is said.
    let shorter = result(name, with(&base, json!({"option2Rate": 0.09, "option2Years": 1})));
    assert_eq!(shorter["best"], "B");
    assert!(shorter["warnings"][0].as_str().unwrap().contains("the terms differ"));
}

#[test]
fn betas_take_sane_leverage_only() {
    for (name, field, change) in [
        ("calculate_beta_levering", "unleveredBeta", "percentIncrease"),
        ("calculate_beta_unlevering", "leveredBeta", "percentReduction"),
    ] {
        let base = json!({field: 1.2, "debtToEquityRatio": 0.5, "taxRate": 0.25});
        refused(
            name,
            &base,
            &[
                (json!({"taxRate": 25}), "- taxRate: got 25"),
                (json!({"taxRate": -0.1}), "- taxRate: got -0.1"),
                (json!({"debtToEquityRatio": -0.5}), "- debtToEquityRatio: got -0.5"),
            ],
        );
        assert_eq!(result(name, with(&base, json!({field: -0.3})))[change], Value::Null);
        assert_eq!(result(name, with(&base, json!({field: 0})))[change], Value::Null);
    }
}

#[test]
fn the_best_mix_states_its_assumption_and_its_edge() {
    let name = "optimize_capital_structure";
    let base = json!({"unleveredBeta": 1, "riskFreeRate": 0.04, "marketReturn": 0.09, "baseDebtCost": 0.02,
        "taxRate": 0.3, "firmValue": 100});
    let edge = result(name, base.clone());
    assert_eq!((&edge["debtToEquity"], &edge["atGridEdge"]), (&json!(2.5), &json!(true)));
    let warnings = edge["warnings"].to_string();
    assert!(warnings.contains("0.2 debt/equity") && warnings.contains("end of the grid"), "{warnings}");
    assert_eq!(edge["curve"].as_array().unwrap().len(), 26);
    refused(
        name,
        &base,
        &[
            (json!({"marketReturn": 0.04}), "- marketReturn: got 0.04"),
            (json!({"firmValue": 0}), "- firmValue: got 0"),
            (json!({"riskFreeRate": -0.01}), "- riskFreeRate: got"),
            (json!({"baseDebtCost": -0.01}), "- baseDebtCost: got"),
            (json!({"taxRate": 1.2}), "- taxRate: got"),
        ],
    );
}

#[test]
fn leases_have_a_term_and_a_timing() {
    let name = "analyze_lease_liability";
    let base = json!({"monthlyPayment": 100, "leaseTerm": 3, "discountRate": 0.12});
    // By hand: 100 / 1.01 + 100 / 1.01^2, and the first payment at once.
    let due = result(name, with(&base, json!({"paymentTiming": "Due", "leaseIncentives": 7})));
    close(&due["leaseLiability"], 100.0 / 1.01 + 100.0 / 1.0201);
    close(&due["rouAsset"], 93.0 + 100.0 / 1.01 + 100.0 / 1.0201);
    let single = result(name, with(&base, json!({"paymentTiming": "due", "leaseTerm": 1})));
    assert_eq!([&single["leaseLiability"], &single["rouAsset"], &single["totalInterest"]], [0.0, 100.0, 0.0]);
    assert_eq!(result(name, with(&base, json!({"discountRate": 0})))["leaseLiability"], 300.0);
    refused(
        name,
        &base,
        &[
            (json!({"leaseTerm": 0}), "- leaseTerm: got 0"),
            (json!({"leaseTerm": 2.5}), "- leaseTerm: got 2.5"),
            (json!({"monthlyPayment": 0}), "- monthlyPayment: got 0"),
            (json!({"discountRate": -0.01}), "- discountRate: got"),
            (json!({"prepayments": -1}), "- prepayments: got"),
            (json!({"initialDirectCosts": "none"}), "- initialDirectCosts: got"),
            (json!({"leaseIncentives": [1]}), "- leaseIncentives: got"),
        ],
    );
}

#[test]
fn a_covenant_met_exactly_is_met_and_its_percentage_keeps_its_sign() {
    let name = "check_debt_covenant";
    let base = json!({"covenantType": "leverage", "actualValue": 3, "covenantThreshold": 3, "comparisonType": "less_than"});
    assert_eq!(result(name, base.clone())["compliant"], true);
    let negative = json!({"covenantType": "tangible_net_worth", "actualValue": -80, "covenantThreshold": -100,
        "comparisonType": "greater_than"});
    let got = result(name, negative);
    close(&got["cushionPercent"], 20.0);
    assert_eq!(got["riskLevel"], "low");
    let odd = result(name, with(&base, json!({"comparisonType": "greater_than"})));
    assert_eq!(odd["warnings"].as_array().unwrap().len(), 1);
    assert_eq!(result(name, with(&base, json!({"actualValue": 3.1})))["riskLevel"], "violation");
    refused(
        name,
        &base,
        &[
            (json!({"covenantThreshold": 0}), "- covenantThreshold: got 0"),
            (json!({"covenantType": "anything"}), "- covenantType: got"),
            (json!({"comparisonType": "at_most"}), "- comparisonType: got"),
        ],
    );
}

#[test]
fn a_balloon_bears_interest_and_is_given() {
    let name = "calculate_custom_payment_schedule";
    let base = json!({"principal": 1_000_000, "annualRate": 0.06, "term": 5, "paymentType": "balloon"});
    let got = result(name, with(&base, json!({"balloonPayment": 300_000})));
    assert!((got["monthlyPayment"].as_f64().unwrap() - 15_032.96).abs() < 0.005);
    let bullet = result(name, with(&base, json!({"paymentType": "bullet"})));
    let only = result(name, with(&base, json!({"paymentType": "interest_only"})));
    assert_eq!((&bullet["totalInterest"], &bullet), (&json!(300_000.0), &only));
    refused(
        name,
        &base,
        &[
            (json!({}), "- balloonPayment: missing"),
            (json!({"balloonPayment": 1_000_001}), "- balloonPayment: got 1000001"),
            (json!({"balloonPayment": -1}), "- balloonPayment: got -1"),
            (json!({"balloonPayment": "30%"}), "- balloonPayment: got"),
            (json!({"balloonPayment": 5, "paymentType": "bullet"}), "- balloonPayment: got 5"),
            (json!({"term": 0, "balloonPayment": 5}), "- term: got 0"),
            (json!({"term": 2_000_000_000_000_000_000u64, "balloonPayment": 5}), "- term: got"),
            (json!({"paymentType": "other"}), "- paymentType: got"),
        ],
    );
}

#[test]
fn covenants_stand_on_figures_that_were_given() {
    let name = "monitor_debt_covenants";
    let covenants = |list: Value, figures: Value| json!({"entity": "E", "period": "P", "financials": figures, "covenants": list});
    let one = |kind: &str, direction: &str| json!([{"type": kind, "threshold": 2, "direction": direction}]);
    // A missing figure is named, all of them at once.
    let text = refusal(name, covenants(one("dscr", "minimum"), json!({"ebitda": 5})));
    assert!(
        text.contains("- financials.interest_expense: missing")
            && text.contains("financials.principal_payment")
    );
    refusal(
        name,
        covenants(
            one("current_ratio", "minimum"),
            json!({"current_assets": "1,000", "current_liabilities": 1}),
        ),
    );
    // Case is folded, blanks are underscores, aliases have a canonical name.
    for (kind, figures, canonical, actual) in [
        ("Debt/EBITDA", json!({"total_debt": 30, "ebitda": 10}), "debt_to_ebitda", json!(3.0)),
        (
            "Current Ratio",
            json!({"current_assets": 30, "current_liabilities": 0}),
            "current_ratio",
            Value::Null,
        ),
        ("net_worth", json!({"equity": 5, "intangibles": 2}), "tangible_net_worth", json!(3.0)),
        ("debt_to_equity", json!({"total_debt": 0, "equity": -5}), "debt_to_equity", json!(0.0)),
        (
            "quick_ratio",
            json!({"current_assets": 9, "current_liabilities": 2, "inventory": 3}),
            "quick_ratio",
            json!(3.0),
        ),
        (
            "dscr",
            json!({"ebitda": 12, "interest_expense": 1, "principal_payment": 3}),
            "debt_service_coverage",
            json!(3.0),
        ),
    ] {
        let got = result(name, covenants(one(kind, "Minimum"), figures));
        let covenant = &got["covenants"][0];
        assert_eq!((&covenant["name"], &covenant["actual"]), (&json!(canonical), &actual), "{got}");
        assert_eq!(covenant["direction"], "minimum");
    }
    // No liabilities: without bound, which keeps a minimum and breaks a maximum.
    let unbounded = json!({"total_debt": 10, "equity": 0});
    for (direction, status, overall) in
        [("minimum", "comfortable", "compliant"), ("maximum", "violated", "violated")]
    {
        let got = result(name, covenants(one("debt/equity", direction), unbounded.clone()));
        assert_eq!(
            (&got["covenants"][0]["status"], &got["overallStatus"]),
            (&json!(status), &json!(overall))
        );
        assert_eq!(got["covenants"][0]["headroom"], Value::Null);
    }
    let base = covenants(one("ebitda", "minimum"), json!({"ebitda": 2.2}));
    let got = result(name, base.clone());
    assert_eq!((&got["covenants"][0]["risk"], &got["atRiskCount"]), (&json!("moderate"), &json!(0)));
    refused(
        name,
        &base,
        &[
            (json!({"covenants": []}), "- covenants: got"),
            (
                json!({"covenants": [{"type": "ebitda", "threshold": 0, "direction": "minimum"}]}),
                "threshold: got 0",
            ),
            (json!({"covenants": [{"type": "ebitda", "direction": "minimum"}]}), "threshold: missing"),
            (json!({"covenants": one("ebitda", "minimun")}), "did you mean minimum?"),
            (json!({"covenants": one("revenue", "minimum")}), "covenants[0].type: got"),
            // The name that the predecessor's text gave is met with the ones that are taken.
            (json!({"covenants": one("minimum_tangible_net_worth", "minimum")}), "tangible_net_worth"),
        ],
    );
}
