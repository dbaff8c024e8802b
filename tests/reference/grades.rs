//! The grades that the contract gives to ratios, at each bound and just below it.

use serde_json::json;

use crate::pitfalls::result;

/// Tool, the argument that is varied, the divisor, and from which value on which grade holds (the least one last).
type Row = (&'static str, &'static str, &'static str, &'static [(f64, &'static str)], &'static str);

const RISING: [Row; 17] = [
    (
        "calculate_asset_turnover",
        "netSales",
        "averageTotalAssets",
        &[(2.0, "excellent"), (1.0, "good"), (0.5, "moderate")],
        "low",
    ),
    (
        "calculate_current_ratio",
        "currentAssets",
        "currentLiabilities",
        &[(2.0, "veryStrong"), (1.5, "strong"), (1.0, "adequate")],
        "weak",
    ),
    (
        "calculate_debt_to_equity",
        "totalLiabilities",
        "shareholderEquity",
        &[(2.0, "high"), (1.0, "moderate"), (0.5, "balanced")],
        "conservative",
    ),
    (
        "calculate_interest_coverage",
        "earningsBeforeInterestAndTax",
        "interestExpense",
        &[(5.0, "veryStrong"), (3.0, "strong"), (1.5, "acceptable"), (1.0, "weak")],
        "critical",
    ),
    (
        "calculate_inventory_turnover",
        "costOfGoodsSold",
        "averageInventory",
        &[(10.0, "fastMoving"), (5.0, "good"), (2.0, "moderate")],
        "slow",
    ),
    (
        "calculate_profit_margin",
        "netIncome",
        "revenue",
        &[(0.2, "excellent"), (0.1, "strong"), (0.05, "moderate"), (0.0, "thin")],
        "negative",
    ),
    (
        "calculate_roe",
        "netIncome",
        "shareholderEquity",
        &[(0.2, "excellent"), (0.15, "strong"), (0.1, "good"), (0.0, "weak")],
        "negative",
    ),
    (
        "calculate_roi",
        "gainFromInvestment",
        "costOfInvestment",
        &[(2.0, "excellent"), (1.5, "strong"), (1.2, "good"), (1.0, "modest")],
        "loss",
    ),
    (
        "calculate_return_on_assets",
        "netIncome",
        "totalAssets",
        &[(0.1, "excellent"), (0.05, "good"), (0.02, "moderate"), (0.0, "low")],
        "negative",
    ),
    (
        "calculate_return_on_invested_capital",
        "nopat",
        "investedCapital",
        &[(0.15, "excellent"), (0.1, "good"), (0.05, "moderate"), (0.0, "weak")],
        "negative",
    ),
    (
        "calculate_receivables_turnover",
        "netCreditSales",
        "averageAccountsReceivable",
        &[(12.0, "excellent"), (8.0, "good"), (4.0, "moderate")],
        "slow",
    ),
    (
        "calculate_cash_ratio",
        "cashAndEquivalents",
        "currentLiabilities",
        &[(0.5, "veryStrong"), (0.3, "strong"), (0.1, "adequate")],
        "low",
    ),
    (
        "calculate_debt_ratio",
        "totalDebt",
        "totalAssets",
        &[(0.7, "veryHigh"), (0.5, "high"), (0.3, "moderate")],
        "conservative",
    ),
    // Days: a flow of 365 makes the balance the number of days.
    (
        "calculate_days_inventory_outstanding",
        "averageInventory",
        "costOfGoodsSold",
        &[(90.0, "slow"), (60.0, "moderate"), (30.0, "fast")],
        "veryFast",
    ),
    (
        "calculate_days_sales_outstanding",
        "averageAccountsReceivable",
        "netSales",
        &[(60.0, "slow"), (45.0, "moderate"), (30.0, "good")],
        "excellent",
    ),
    // With no days of sales and of payables the cycle is the days of inventory.
    (
        "calculate_cash_conversion_cycle",
        "daysInventoryOutstanding",
        "",
        &[(90.0, "slow"), (60.0, "moderate"), (30.0, "good")],
        "excellent",
    ),
    // Without inventory.
    (
        "calculate_quick_ratio",
        "currentAssets",
        "currentLiabilities",
        &[(1.5, "veryStrong"), (1.0, "strong"), (0.5, "acceptable")],
        "weak",
    ),
];

fn graded((name, field, divisor, ..): &Row, value: f64) -> String {
    let days = name.starts_with("calculate_days");
    let mut call = match *name {
        "calculate_cash_conversion_cycle" => json!({"daysSalesOutstanding": 0, "daysPayableOutstanding": 0}),
        "calculate_quick_ratio" => json!({"inventory": 0, *divisor: 1000}),
        _ => json!({*divisor: if days { 365 } else { 1000 }}),
    };
    let scale = if days || divisor.is_empty() { 1.0 } else { 1000.0 };
    call[*field] = json!(value * scale);
    result(name, call)["assessment"].as_str().unwrap().to_owned()
}

#[test]
fn a_grade_begins_at_its_bound_and_the_next_just_below() {
    for row in &RISING {
        let (bounds, least) = (row.3, row.4);
        let below = bounds.iter().skip(1).map(|(_, grade)| *grade).chain([least]);
        for ((bound, grade), next) in bounds.iter().zip(below) {
            assert_eq!(graded(row, *bound), *grade, "{} at {bound}", row.0);
            assert_eq!(graded(row, bound - 1e-6), next, "{} below {bound}", row.0);
        }
    }
}
