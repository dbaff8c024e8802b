//! Costs of capital against printed tables.

use serde_json::json;

use crate::pitfalls::result;

/// A. Damodaran, Corporate Finance lecture notes, Disney (equity of 55.1 billion), cost of equity by debt ratio: unlevered beta 1.0674,
/// riskless rate 4 %, premium 4.82 %, tax rate 37.3 %. Debt ratio, printed beta, printed cost of equity in percent.
const DISNEY: [(f64, f64, f64); 10] = [
    (0.0, 1.0674, 9.15),
    (0.1, 1.1418, 9.50),
    (0.2, 1.2348, 9.95),
    (0.3, 1.3543, 10.53),
    (0.4, 1.5136, 11.30),
    (0.5, 1.7367, 12.37),
    (0.6, 2.0714, 13.98),
    (0.7, 2.6291, 16.67),
    (0.8, 3.7446, 22.05),
    (0.9, 7.0911, 38.18),
];

#[test]
fn cost_of_equity_of_disney() {
    for (ratio, beta, percent) in DISNEY {
        let got = result(
            "calculate_cost_of_equity",
            json!({"risk_free_rate": 0.04, "beta": beta, "market_return": 0.0882,
                "debt_to_equity_ratio": ratio / (1.0 - ratio), "tax_rate": 0.373}),
        );
        let number = |name: &str| got[name].as_f64().unwrap();
        // One unit of the last digit printed: the notes carry more digits of beta than they print.
        assert!((100.0 * number("costOfEquity") - percent).abs() <= 0.01, "{ratio}: {got}");
        assert!((number("unleveredBeta") - 1.0674).abs() <= 1e-4, "{ratio}: {got}");
        assert!((100.0 * number("unleveredCostOfEquity") - 9.15).abs() <= 0.01, "{ratio}: {got}");
    }
}

/// The same notes, cost of capital by debt ratio: after-tax cost of debt and cost of capital in percent. From 40 %
/// on the notes let debt lose a part of its tax relief, which is not modelled here.
#[test]
#[allow(clippy::approx_constant)] // 3.14 % is a cost of debt.
fn cost_of_capital_of_disney() {
    for (ratio, equity, debt, average) in
        [(0.1, 9.50, 2.73, 8.83), (0.2, 9.95, 3.14, 8.59), (0.3, 10.53, 3.76, 8.50)]
    {
        let got = result(
            "calculate_wacc",
            json!({"market_cap": 100.0 * (1.0 - ratio), "total_debt": 100.0 * ratio, "risk_free_rate": 0.04,
                "market_return": 0.0882, "beta": 1, "debt_interest_rate": debt / 100.0 / 0.627, "tax_rate": 0.373,
                "cost_of_equity": equity / 100.0}),
        );
        assert!((100.0 * got["wacc"].as_f64().unwrap() - average).abs() <= 0.01, "{ratio}: {got}");
    }
}
