//! Laws of the cost of capital: Modigliani and Miller with taxes, averages between what they average.

use serde_json::{Value, json};

use super::Numbers;
use crate::pitfalls::result;
use crate::reference::close;

fn number(got: &Value, name: &str) -> f64 {
    got[name].as_f64().unwrap_or_else(|| panic!("{name} in {got}"))
}

/// F. Modigliani, M. H. Miller, American Economic Review 53 (1963): riskless debt that stays lowers the cost of
/// capital to Ru (1 - t D / V).
#[test]
fn riskless_debt_lowers_the_cost_of_capital_by_its_tax_relief() {
    let mut numbers = Numbers(81);
    for _ in 0..200 {
        let (free, market) = (numbers.between(0.0, 0.1), numbers.between(0.1, 0.2));
        let (beta, tax) = (numbers.between(0.1, 3.0), numbers.between(0.0, 0.6));
        let (equity, debt) = (numbers.between(1.0, 1e9), numbers.between(0.0, 1e9));
        let owned = result(
            "calculate_cost_of_equity",
            json!({"risk_free_rate": free, "beta": beta, "market_return": market,
                "debt_to_equity_ratio": debt / equity, "tax_rate": tax}),
        );
        let firm = result(
            "calculate_wacc",
            json!({"market_cap": equity, "total_debt": debt, "risk_free_rate": free, "market_return": market,
                "beta": beta, "debt_interest_rate": free, "tax_rate": tax}),
        );
        assert_eq!(firm["costOfEquity"], owned["costOfEquity"]);
        let wanted = number(&owned, "unleveredCostOfEquity") * (1.0 - tax * debt / (equity + debt));
        assert!(close(number(&firm, "wacc"), wanted, 1e-12), "{firm} {owned}");
        let effect = number(&owned, "unleveredCostOfEquity") + number(&owned, "leverageCostEffect");
        assert!(close(effect, number(&owned, "costOfEquity"), 1e-13), "{owned}");
    }
}

#[test]
fn weights_add_up_and_the_average_lies_between() {
    let mut numbers = Numbers(82);
    for _ in 0..200 {
        let (equity, debt) = (numbers.between(1.0, 1e9), numbers.between(0.0, 1e9));
        let cash = numbers.between(0.0, 1.0) * (equity + debt) * 0.9;
        let got = result(
            "calculate_wacc",
            json!({"market_cap": equity, "total_debt": debt, "cash": cash, "risk_free_rate": 0.03, "market_return": 0.08,
                "beta": numbers.between(0.0, 3.0), "debt_interest_rate": numbers.between(0.0, 0.2), "tax_rate": 0.25}),
        );
        let (equity_weight, debt_weight) = (number(&got, "equityWeight"), number(&got, "debtWeight"));
        assert!((equity_weight + debt_weight - 1.0).abs() <= 1e-14 * equity_weight.abs(), "{got}");
        assert!(close(debt_weight / equity_weight, number(&got, "debtToEquity"), 1e-12), "{got}");
        let (own, lent) = (number(&got, "costOfEquity"), number(&got, "afterTaxCostOfDebt"));
        if debt_weight >= 0.0 {
            let wacc = number(&got, "wacc");
            assert!(own.min(lent) - 1e-15 <= wacc && wacc <= own.max(lent) + 1e-15, "{got}");
        }
    }
}
