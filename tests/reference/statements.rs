//! Statements against a published annual report.

use super::close;
use crate::pitfalls::result;
use serde_json::{Value, json};

fn statement(name: &str, rows: &[(&str, i64)]) -> Value {
    let accounts: Vec<Value> =
        rows.iter().map(|(role, value)| json!({"name": role, "role": role, "value": value})).collect();
    result(name, json!({"entity": "Apple Inc.", "period": "fiscal 2023", "accounts": accounts}))
}

/// Apple Inc., form 10-K for the fiscal year ended 30 September 2023, consolidated statements of operations (page 28),
/// million dollars; gross margin percentage (page 23) and effective tax rate (page 24) to one decimal of a per cent.
#[test]
fn income_statement_of_a_filing() {
    let got = statement(
        "create_income_statement",
        &[
            ("product_revenue", 298_085),
            ("service_revenue", 85_200),
            ("cost_of_goods_sold", 189_282),
            ("cost_of_services", 24_855),
            ("research_and_development", 29_915),
            ("general_and_administrative", 24_932),
            ("interest_expense", 565), // other income/(expense), net
            ("income_tax_expense", 16_741),
        ],
    );
    for (name, want) in [
        ("totalRevenue", 383_285.0),
        ("costOfRevenue", 214_137.0),
        ("grossProfit", 169_148.0),
        ("operatingExpenses", 54_847.0),
        ("operatingIncome", 114_301.0),
        ("pretaxIncome", 113_736.0),
        ("netIncome", 96_995.0),
    ] {
        assert_eq!(got[name], want, "{name}");
    }
    assert!((got["grossMargin"].as_f64().unwrap() - 0.441).abs() < 5e-4);
    assert!((got["effectiveTaxRate"].as_f64().unwrap() - 0.147).abs() < 5e-4);
}

/// The same, consolidated balance sheets (page 30).
#[test]
fn balance_sheet_of_a_filing() {
    let got = statement(
        "create_balance_sheet",
        &[
            ("cash_and_equivalents", 29_965),
            ("short_term_investments", 31_590),
            ("accounts_receivable", 29_508),
            ("accounts_receivable", 31_477), // vendor non-trade
            ("inventory", 6_331),
            ("other_current_assets", 14_695),
            ("long_term_investments", 100_544),
            ("property_plant_equipment", 114_599),
            ("accumulated_depreciation", -70_884),
            ("other_non_current_assets", 64_758),
            ("accounts_payable", 62_611),
            ("other_current_liabilities", 58_829),
            ("deferred_revenue", 8_061),
            ("short_term_debt", 5_985),
            ("current_portion_long_term_debt", 9_822),
            ("long_term_debt", 95_281),
            ("other_non_current_liabilities", 49_848),
            ("common_stock", 73_812),
            ("retained_earnings", -214),
            ("accumulated_other_comprehensive_income", -11_452),
        ],
    );
    for (name, want) in [
        ("currentAssets", 143_566.0),
        ("nonCurrentAssets", 209_017.0),
        ("totalAssets", 352_583.0),
        ("currentLiabilities", 145_308.0),
        ("nonCurrentLiabilities", 145_129.0),
        ("totalLiabilities", 290_437.0),
        ("totalEquity", 62_146.0),
        ("imbalance", 0.0),
        ("totalDebt", 111_088.0), // note 9: commercial paper and term debt
    ] {
        assert_eq!(got[name], want, "{name}");
    }
    assert_eq!(got["balanced"], true);
}

/// The same, consolidated statements of cash flows (page 32), whose cash went from 24,977 to 30,737.
#[test]
fn cash_flow_statement_of_a_filing() {
    let flows = json!({"net_income": 96_995, "depreciation_amortization": 11_519, "stock_based_compensation": 10_833,
        "change_in_receivables": -417, "change_in_inventory": -1_618, "change_in_payables": -1_889, "other_operating": -4_880,
        "capital_expenditures": -10_959, "other_investing": 14_664, "debt_issuance": 5_228, "debt_repayment": -11_151,
        "dividends_paid": -15_025, "other_financing": -87_540});
    let got = result(
        "create_cash_flow_statement",
        json!({"entity": "Apple Inc.", "period": "fiscal 2023", "cash_flows": flows}),
    );
    for (name, want) in [
        ("operatingCashFlow", 110_543.0),
        ("investingCashFlow", 3_705.0),
        ("financingCashFlow", -108_488.0),
        ("netChangeInCash", 5_760.0),
        ("freeCashFlow", 99_584.0),
    ] {
        assert_eq!(got[name], want, "{name}");
    }
    let tied = result(
        "validate_financial_statements",
        json!({"balance_sheet": {"total_assets": 352_583, "total_liabilities": 290_437, "total_equity": 62_146},
            "income_statement": {"total_revenue": 383_285, "net_income": 96_995},
            "cash_flow": {"operating_cf": 110_543, "investing_cf": 3_705, "financing_cf": -108_488, "opening_cash": 24_977,
                "closing_cash": 30_737, "net_income": 96_995}}),
    );
    assert_eq!((&tied["status"], tied["checks"].as_array().unwrap().len()), (&json!("valid"), 5));
}

/// numpy-financial 1.0.0: pv(rate / 12, n, -payment) and pv(rate / 12, n, 0, -salvage), also at a rate of nothing.
#[test]
fn leases_by_present_values() {
    let got = result(
        "analyze_lease_vs_buy",
        json!({"leasePayment": 500, "leasePeriods": 36, "purchasePrice": 20000, "salvageValue": 8000, "holdingPeriod": 36,
            "discountRate": 0.06}),
    );
    assert!(close(got["leasePv"].as_f64().unwrap(), 16_435.508_119_632_632, 1e-12));
    assert!(close(got["salvagePv"].as_f64().unwrap(), 6_685.159_350_429_39, 1e-12));
}
