//! Ratios against the printed answers of textbooks, to the digits that they print.

use serde_json::{Value, json};

use crate::pitfalls::result;

/// Tool, arguments, member of the result, what is printed, half a unit of its last digit.
type Row = (&'static str, Value, &'static str, f64, f64);

fn hold(rows: &[Row]) {
    for (name, arguments, member, printed, half) in rows {
        let got = result(name, arguments.clone())[member].as_f64().unwrap();
        assert!((got - printed).abs() <= half * 1.000_001, "{name} {arguments}: {got} is not {printed}");
    }
}

/// S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, chapter 3, the problem of
/// Smolira Golf with the figures of 2008 and 2009, on closing balances.
#[test]
fn smolira_golf() {
    let at = |name, arguments, member, printed| (name, arguments, member, printed, 0.005);
    hold(&[
        at(
            "calculate_current_ratio",
            json!({"currentAssets": 56260, "currentLiabilities": 38963}),
            "currentRatio",
            1.44,
        ),
        at(
            "calculate_current_ratio",
            json!({"currentAssets": 60550, "currentLiabilities": 43235}),
            "currentRatio",
            1.40,
        ),
        at(
            "calculate_quick_ratio",
            json!({"currentAssets": 56260, "inventory": 23084, "currentLiabilities": 38963}),
            "quickRatio",
            0.85,
        ),
        at(
            "calculate_quick_ratio",
            json!({"currentAssets": 60550, "inventory": 24650, "currentLiabilities": 43235}),
            "quickRatio",
            0.83,
        ),
        at(
            "calculate_cash_ratio",
            json!({"cashAndEquivalents": 21860, "currentLiabilities": 38963}),
            "cashRatio",
            0.56,
        ),
        at(
            "calculate_cash_ratio",
            json!({"cashAndEquivalents": 22050, "currentLiabilities": 43235}),
            "cashRatio",
            0.51,
        ),
        at(
            "calculate_asset_turnover",
            json!({"netSales": 305830, "averageTotalAssets": 321075}),
            "assetTurnover",
            0.95,
        ),
        at(
            "calculate_inventory_turnover",
            json!({"costOfGoodsSold": 210935, "averageInventory": 24650}),
            "inventoryTurnover",
            8.56,
        ),
        at(
            "calculate_receivables_turnover",
            json!({"netCreditSales": 305830, "averageAccountsReceivable": 13850}),
            "receivablesTurnover",
            22.08,
        ),
        at("calculate_debt_ratio", json!({"totalDebt": 113963, "totalAssets": 290328}), "debtRatio", 0.39),
        at("calculate_debt_ratio", json!({"totalDebt": 128235, "totalAssets": 321075}), "debtRatio", 0.40),
        at(
            "calculate_debt_to_equity",
            json!({"totalLiabilities": 113963, "shareholderEquity": 176365}),
            "debtToEquity",
            0.65,
        ),
        at(
            "calculate_debt_to_equity",
            json!({"totalLiabilities": 128235, "shareholderEquity": 192840}),
            "debtToEquity",
            0.66,
        ),
        at(
            "calculate_interest_coverage",
            json!({"earningsBeforeInterestAndTax": 68045, "interestExpense": 11930}),
            "interestCoverage",
            5.70,
        ),
    ]);
}

/// The same problem with the figures of a later edition, 2019: printed to five decimals.
#[test]
fn smolira_golf_by_factors() {
    let call =
        json!({"netIncome": 35909, "sales": 188770, "totalAssets": 102853, "shareholderEquity": 81123});
    let name = "calculate_dupont_3way";
    hold(&[
        (name, call.clone(), "netProfitMargin", 0.190_226_2, 5e-8),
        (name, call.clone(), "assetTurnover", 1.83534, 5e-6),
        (name, call, "equityMultiplier", 1.26786, 5e-6),
    ]);
}

/// Boston Institute of Finance, CFP course, ratio analysis, activity ratios: averages of two balance sheets.
#[test]
fn activity_on_average_balances() {
    hold(&[
        (
            "calculate_inventory_turnover",
            json!({"costOfGoodsSold": 2800, "averageInventory": 187.5}),
            "inventoryTurnover",
            14.933,
            0.0005,
        ),
        (
            "calculate_days_inventory_outstanding",
            json!({"averageInventory": 187.5, "costOfGoodsSold": 2800}),
            "daysInventoryOutstanding",
            24.44,
            0.005,
        ),
        (
            "calculate_receivables_turnover",
            json!({"netCreditSales": 4200, "averageAccountsReceivable": 290}),
            "receivablesTurnover",
            14.483,
            0.0005,
        ),
        (
            "calculate_days_sales_outstanding",
            json!({"averageAccountsReceivable": 290, "netSales": 4200}),
            "daysSalesOutstanding",
            25.20,
            0.005,
        ),
        (
            "calculate_asset_turnover",
            json!({"netSales": 4200, "averageTotalAssets": 2182.5}),
            "assetTurnover",
            1.924,
            0.0005,
        ),
    ]);
}

/// Apple Inc., form 10-K for fiscal 2023, consolidated statements of operations and comparative figures: gross
/// margin 44.1 %, effective tax rate 14.7 % as printed; burdens multiply to the net margin of 25.3 %.
#[test]
fn ratios_that_a_filing_prints() {
    let call = json!({"netIncome": 96995, "ebt": 113736, "ebit": 117669, "sales": 383285, "totalAssets": 352583,
        "shareholderEquity": 62146});
    hold(&[
        ("calculate_dupont_5way", call.clone(), "effectiveTaxRate", 0.147, 0.0005),
        (
            "calculate_profit_margin",
            json!({"netIncome": 169148, "revenue": 383285}),
            "profitMargin",
            0.441,
            0.0005,
        ),
    ]);
    let got = result("calculate_dupont_5way", call);
    let product: f64 = ["taxBurden", "interestBurden", "ebitMargin"]
        .iter()
        .map(|name| got[name].as_f64().unwrap())
        .product();
    assert!((product - 96995.0 / 383_285.0).abs() < 1e-15);
}
