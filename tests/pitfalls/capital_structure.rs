//! Where the predecessor's costs of capital were wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

const WACC: &str = "calculate_wacc";
const EQUITY: &str = "calculate_cost_of_equity";

fn firm(changes: &[(&str, f64)]) -> Value {
    let mut call = json!({"market_cap": 800, "total_debt": 300, "cash": 100, "risk_free_rate": 0.03,
        "market_return": 0.08, "beta": 1.2, "debt_interest_rate": 0.05, "tax_rate": 0.2});
    changes.iter().for_each(|(field, value)| call[*field] = json!(value));
    call
}

#[test]
fn no_capital_has_no_cost() {
    for cash in [1100.0, 5000.0] {
        let text = refusal(WACC, firm(&[("cash", cash)]));
        assert!(text.contains("no capital is left to have a cost"), "{text}");
    }
    assert!(refusal(WACC, firm(&[("market_cap", 1e308), ("total_debt", 1e308)])).contains("1.8e308"));
}

#[test]
fn cash_above_debt_is_told() {
    let got = result(WACC, firm(&[("cash", 500.0)]));
    assert_eq!((&got["netDebt"], &got["totalValue"]), (&json!(-200.0), &json!(600.0)));
    close(&got["debtWeight"], -1.0 / 3.0);
    close(&got["equityWeight"], 4.0 / 3.0);
    assert!(got["warnings"].to_string().contains("cash exceeds debt"), "{got}");
    assert_eq!(result(WACC, firm(&[]))["warnings"], json!([]));
}

#[test]
fn interest_accrues_on_gross_debt() {
    let (some, none) = (result(WACC, firm(&[])), result(WACC, firm(&[("cash", 0.0)])));
    for (field, value) in [("annualInterestExpense", 15.0), ("annualTaxShield", 3.0), ("pvTaxShield", 60.0)] {
        close(&some[field], value);
        assert_eq!(some[field], none[field], "cash changes no {field}");
    }
    assert_ne!(some["wacc"], none["wacc"]);
    let mut call = firm(&[("cash", 0.0)]);
    call.as_object_mut().unwrap().remove("cash");
    assert_eq!(result(WACC, call), none, "no cash, unless given");
}

#[test]
fn a_given_cost_of_equity_is_the_one() {
    let given = result(WACC, firm(&[("cost_of_equity", 0.11)]));
    assert_eq!((&given["costOfEquity"], &given["costOfEquitySource"]), (&json!(0.11), &json!("provided")));
    // Beta has no say in it, nor in any other result.
    assert_eq!(result(WACC, firm(&[("cost_of_equity", 0.11), ("beta", -7.0)])), given);
    close(&given["wacc"], 0.8 * 0.11 + 0.2 * 0.04);
    close(&given["marketRiskPremium"], 0.05);
    assert_eq!(result(WACC, firm(&[]))["costOfEquitySource"], "capm");
}

#[test]
fn percentages_and_impossible_figures_are_refused() {
    for (field, value) in [
        ("market_cap", 0.0),
        ("market_cap", -5.0),
        ("total_debt", -1.0),
        ("cash", -1.0),
        ("tax_rate", 25.0),
        ("tax_rate", -0.1),
        ("risk_free_rate", 4.0),
        ("market_return", 9.0),
        ("debt_interest_rate", 6.0),
        ("cost_of_equity", 10.0),
    ] {
        let text = refusal(WACC, firm(&[(field, value)]));
        assert!(text.contains(&format!("- {field}: got")), "{field}: {text}");
    }
    let mut lacking = firm(&[("cost_of_equity", 0.1)]);
    lacking.as_object_mut().unwrap().remove("beta");
    assert!(refusal(WACC, lacking).contains("- beta: missing"));
}

#[test]
fn a_negative_beta_is_no_lack_of_risk() {
    let call = json!({"risk_free_rate": 0.04, "beta": -0.5, "market_return": 0.09});
    let got = result(EQUITY, call);
    close(&got["costOfEquity"], 0.015);
    assert_eq!(got["betaClass"], "nonPositive");
    assert!(got["warnings"].to_string().contains("moves against the market"), "{got}");
    let class = |beta: f64| {
        let call = json!({"risk_free_rate": 0.04, "beta": beta, "market_return": 0.09});
        result(EQUITY, call)["betaClass"].clone()
    };
    // Strictly above 1.2, 1, 0.8 and 0.
    assert_eq!(
        [1.21, 1.2, 1.0, 0.8, 0.0].map(class),
        ["high", "aboveMarket", "nearMarket", "belowMarket", "nonPositive"]
    );
    let falling = result(EQUITY, json!({"risk_free_rate": 0.04, "beta": 1, "market_return": 0.01}));
    assert!(falling["warnings"].to_string().contains("premium is negative"), "{falling}");
    let percent = result(EQUITY, json!({"risk_free_rate": 4, "beta": 1, "market_return": 9}));
    assert!(percent["warnings"].to_string().contains("risk_free_rate is read as 400 %"), "{percent}");
}

#[test]
fn leverage_comes_with_a_tax_rate_or_not_at_all() {
    let base = json!({"risk_free_rate": 0.04, "beta": 1.1, "market_return": 0.09});
    let with = |changes: Value| {
        let mut call = base.clone();
        call.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        call
    };
    let text = refusal(EQUITY, with(json!({"tax_rate": 0.25})));
    assert!(text.contains("- debt_to_equity_ratio: missing"), "{text}");
    let text = refusal(EQUITY, with(json!({"debt_to_equity_ratio": 0.5})));
    assert!(text.contains("- tax_rate: missing"), "{text}");
    for (ratio, tax, field) in
        [(-0.5, 0.25, "debt_to_equity_ratio"), (0.5, 25.0, "tax_rate"), (0.5, -0.1, "tax_rate")]
    {
        let text = refusal(EQUITY, with(json!({"debt_to_equity_ratio": ratio, "tax_rate": tax})));
        assert!(text.contains(&format!("- {field}: got")), "{text}");
    }
    let got = result(EQUITY, with(json!({"debt_to_equity_ratio": 0.5, "tax_rate": 0.25})));
    close(&got["unleveredBeta"], 0.8);
    close(&got["leverageBetaEffect"], 0.3);
    close(&got["unleveredCostOfEquity"], 0.08);
    close(&got["leverageCostEffect"], 0.015);
    for field in ["unleveredBeta", "unleveredCostOfEquity", "leverageBetaEffect", "leverageCostEffect"] {
        assert_eq!(result(EQUITY, base.clone())[field], Value::Null);
    }
    // What is not offered is not spoken of.
    let listed = crate::catalog::catalog().get(EQUITY).unwrap().listed.to_string().to_lowercase();
    assert!(!listed.contains("relever"));
}
