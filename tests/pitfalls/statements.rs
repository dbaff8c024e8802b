//! Where the predecessor's statements, ratios and cap tables were wrong.

use super::{close, refusal, result};
use businessmath_mcp::toolkit::arguments;
use serde_json::{Value, json};

fn account(name: &str, role: &str, value: f64) -> Value {
    json!({"name": name, "role": role, "value": value})
}

fn made(name: &str, accounts: &[Value]) -> Value {
    result(name, json!({"entity": "E", "period": "P", "accounts": accounts}))
}

const SHEET: &str = "create_balance_sheet";
const INCOME: &str = "create_income_statement";
const CASH: &str = "create_cash_flow_statement";

#[test]
fn every_account_of_a_role_counts() {
    let got = made(
        SHEET,
        &[
            account("A", "inventory", 10.0),
            account("B", "inventory", 20.0),
            account("C", "cash", 5.0),
            account("D", "Cash and equivalents", 15.0),
            account("E", "AP", 10.0),
            account("F", "long_term_debt", 7.0),
            account("G", "LTD", 8.0),
            account("H", "lease_liabilities", 3.0),
            account("I", "COMMON_STOCK", 22.0),
        ],
    );
    close(&got["quickRatio"], 2.0);
    close(&got["totalDebt"], 15.0);
    close(&got["netDebt"], -5.0);
    assert_eq!(got["balanced"], true);
    assert_eq!(got["sections"].as_array().unwrap().len(), 4);
}

#[test]
fn ratios_of_nothing_are_null_and_the_currency_is_told() {
    let call = json!({"entity": "E", "period": "P", "currency": "eur", "accounts": [account("A", "inventory", 0.0)]});
    let got = result(SHEET, call);
    for name in ["currentRatio", "quickRatio", "debtToEquity", "equityRatio"] {
        assert_eq!(got[name], Value::Null, "{name}");
    }
    assert_eq!(got["currency"], "EUR");
    let poor = made(SHEET, &[account("A", "accounts_payable", 5.0), account("B", "retained_earnings", -5.0)]);
    assert_eq!((&poor["debtToEquity"], &poor["balanced"]), (&Value::Null, &json!(true)));
    let wrong = json!({"entity": "E", "period": "P", "currency": "EURO", "accounts": [account("A", "inventory", 0.0)]});
    assert!(refusal(SHEET, wrong).contains("did you mean EUR?"));
}

#[test]
fn an_imbalance_is_told_with_its_amount_and_the_accounts() {
    let accounts = [
        account("Bank", "cash", 100.0),
        account("Van", "property_plant_equipment", 40.0),
        account("Loan", "long_term_debt", 60.0),
        account("Capital", "common_stock", 40.0),
    ];
    let got = made(SHEET, &accounts);
    assert_eq!((&got["balanced"], &got["imbalance"]), (&json!(false), &json!(40.0)));
    let told = got["warnings"].to_string();
    assert!(told.contains("leave 40") && told.contains("Van") && told.contains("Capital"), "{told}");
    let strict = json!({"entity": "E", "period": "P", "accounts": accounts, "require_balance": true});
    assert!(refusal(SHEET, strict).contains("does not balance"));
}

#[test]
fn amounts_keep_every_digit() {
    let call = r#"{"entity": "E", "period": "P", "accounts": [
        {"name": "A very long name of an account, longer than thirty characters", "role": "cash_and_equivalents", "value": 9007199254740993.01},
        {"name": "B", "role": "goodwill", "value": 0.1}, {"name": "C", "role": "accounts_payable", "value": 0.2},
        {"name": "D", "role": "common_stock", "value": 9007199254740992.91}]}"#;
    let got = result(SHEET, arguments::parse(call).unwrap());
    assert_eq!((&got["imbalance"], &got["balanced"]), (&json!(0.0), &json!(true)));
    let text = super::outcome(SHEET, arguments::parse(call).unwrap()).text();
    assert!(text.contains("longer than thirty characters") && !text.contains("padding"), "{text}");
    let loss = made(INCOME, &[account("L", "revenue", 1.0), account("C", "cogs", 250_000_000_000.25)]);
    assert_eq!(loss["netIncome"], -249_999_999_999.25);
}

#[test]
fn interest_earned_is_income() {
    let got = made(
        INCOME,
        &[
            account("Sales", "revenue", 100.0),
            account("Bank", "interest_income", 10.0),
            account("Options", "SBC", 5.0),
            account("Wear", "D&A", 15.0),
            account("Tax", "taxes", 18.0),
        ],
    );
    close(&got["netIncome"], 72.0);
    close(&got["totalRevenue"], 100.0);
    close(&got["ebitda"], 95.0);
    close(&got["adjustedEbitda"], 100.0);
    close(&got["effectiveTaxRate"], 0.2);
    // The statement foots: its sections make up net income.
    let sections = got["sections"].as_array().unwrap();
    let sign = |name: &str| if matches!(name, "revenue" | "interestIncome") { 1.0 } else { -1.0 };
    let foot: f64 =
        sections.iter().map(|s| sign(s["section"].as_str().unwrap()) * s["subtotal"].as_f64().unwrap()).sum();
    close(&got["netIncome"], foot);
    let idle = made(INCOME, &[account("Rent", "general_and_administrative", 3.0)]);
    for name in ["grossMargin", "operatingMargin", "ebitdaMargin", "netMargin", "effectiveTaxRate"] {
        assert_eq!(idle[name], Value::Null, "{name}");
    }
}

#[test]
fn accounts_are_checked() {
    for name in [SHEET, INCOME] {
        let call = |accounts: Value| json!({"entity": "E", "period": "P", "accounts": accounts});
        for (accounts, told) in [
            (json!([]), "accounts"),
            (json!([{"name": " ", "role": "inventory", "value": 1}]), "accounts[0]"),
            (json!([{"name": "A", "role": "inventry", "value": 1}]), "accounts[0].role"),
            (json!([{"name": "A", "value": 1}]), "accounts[0].role"),
            (json!([{"name": "A", "role": "inventory", "value": "lots"}]), "accounts[0].value"),
        ] {
            let text = refusal(name, call(accounts));
            assert!(text.contains(told), "{text}");
        }
    }
}

fn flows(flows: Value) -> Value {
    json!({"entity": "E", "period": "P", "cash_flows": flows})
}

#[test]
fn cash_flow_lines_are_known_and_signed() {
    for (lines, told) in [
        (json!({}), "is empty"),
        (json!({"net_incone": 5}), "net_income"),
        (json!({"net_income": "some"}), "cash_flows.net_income"),
        (json!({"capital_expenditures": 10}), "cash_flows.capital_expenditures: got 10"),
        (json!({"dividends_paid": 10}), "cash_flows.dividends_paid: got 10"),
        (json!({"debt_repayment": 10}), "cash_flows.debt_repayment: got 10"),
    ] {
        let text = refusal(CASH, flows(lines));
        assert!(text.contains(told), "{text}");
    }
    let got =
        result(CASH, flows(json!({"other_operating": 7, "other_investing": -2, "other_financing": 1.5})));
    close(&got["netChangeInCash"], 6.5);
    for income in [0, -5] {
        assert_eq!(result(CASH, flows(json!({"net_income": income})))["cashConversion"], Value::Null);
    }
}

const VALIDATE: &str = "validate_financial_statements";

#[test]
fn whole_numbers_are_checked_and_untested_is_not_passed() {
    let call =
        json!({"balance_sheet": {"total_assets": 1000, "total_liabilities": 500, "total_equity": 400}});
    let got = result(VALIDATE, call);
    assert_eq!((&got["status"], &got["checks"][0]["value"]), (&json!("issues"), &json!(100.0)));
    assert!(got["issues"][0].as_str().unwrap().contains("leave 100"));
    for call in [json!({}), json!({"balance_sheet": {}}), json!({"income_statement": {"total_revenue": 5}})] {
        refusal(VALIDATE, call);
    }
    let bare =
        json!({"income_statement": {"total_revenue": 0, "net_income": -5}, "cash_flow": {"operating_cf": 1}});
    let got = result(VALIDATE, bare);
    assert_eq!((&got["checks"], &got["status"]), (&json!([]), &json!("valid")));
    assert!(got["warnings"].to_string().contains("nothing could be tested"));
}

#[test]
fn flows_are_reconciled_and_net_income_is_tied() {
    let call = |closing: f64, start: f64| {
        json!({"income_statement": {"net_income": 50}, "cash_flow": {"operating_cf": 60, "investing_cf": -30, "financing_cf": 0,
            "opening_cash": 10, "closing_cash": closing, "net_income": start}})
    };
    assert_eq!(result(VALIDATE, call(40.0, 50.0))["status"], "valid");
    let got = result(VALIDATE, call(45.0, 51.0));
    let issues = got["issues"].to_string();
    assert!(issues.contains("-5 is not explained") && issues.contains("1 apart"), "{issues}");
    let lone = json!({"cash_flow": {"operating_cf": 60, "opening_cash": 10, "closing_cash": 70}});
    assert!(refusal(VALIDATE, lone).contains("- cash_flow.investing_cf: missing"));
    let odd =
        json!({"income_statement": {"total_revenue": 10, "net_income": 6}, "cash_flow": {"operating_cf": 2}});
    let odd = result(VALIDATE, odd);
    assert_eq!((&odd["status"], odd["warnings"].as_array().unwrap().len()), (&json!("valid"), 2));
}

const RATIOS: &str = "calculate_ratio_summary";

#[test]
fn ratios_assume_nothing() {
    let got = result(
        RATIOS,
        json!({"revenue": [100], "totalAssets": [50], "totalEquity": [20], "categories": ["Liquidity", "solvency"]}),
    );
    let period = &got["periods"][0];
    assert_eq!((&period["grossProfit"], &period["profitability"]), (&Value::Null, &Value::Null));
    for (category, name) in
        [("liquidity", "currentRatio"), ("liquidity", "quickRatio"), ("solvency", "interestCoverage")]
    {
        assert!(period[category].is_object() && period[category][name].is_null(), "{name}");
    }
    let free = json!({"revenue": [100], "cogs": [0], "operatingExpenses": [10], "interestExpense": [0], "inventory": [0],
        "totalAssets": [50], "totalEquity": [20]});
    let free = &result(RATIOS, free)["periods"][0];
    assert_eq!(
        (&free["solvency"]["interestCoverage"], &free["efficiency"]["inventoryTurnover"]),
        (&Value::Null, &Value::Null)
    );
    for (call, told) in [
        (
            json!({"revenue": [1, 2], "totalAssets": [1], "totalEquity": [1, 2]}),
            "- totalAssets: has 1 periods; wanted: 2",
        ),
        (
            json!({"revenue": [1], "totalAssets": [1], "totalEquity": [1], "cogs": [1, 2]}),
            "- cogs: has 2 periods",
        ),
        (json!({"revenue": [], "totalAssets": [], "totalEquity": []}), "revenue"),
        (json!({"revenue": [1], "totalAssets": [1], "totalEquity": [1], "inventory": ["x"]}), "inventory[0]"),
        (
            json!({"revenue": [1], "totalAssets": [1], "totalEquity": [1], "categories": ["growth"]}),
            "categories[0]",
        ),
    ] {
        let text = refusal(RATIOS, call);
        assert!(text.contains(told), "{text}");
    }
}

const TRENDS: &str = "analyze_financial_trends";

/// Revenue, net income, assets, equity.
type Year = (f64, f64, Option<f64>, Option<f64>);

fn years(rows: &[Year]) -> Value {
    let period = |(i, (revenue, income, assets, equity)): (usize, &Year)| json!({"period": format!("Y{i}"), "revenue": revenue, "net_income": income, "assets": assets, "equity": equity});
    json!({"entity": "E", "periods": rows.iter().enumerate().map(period).collect::<Vec<_>>()})
}

#[test]
fn trends_say_what_happened() {
    let got =
        result(TRENDS, years(&[(0.0, -5.0, Some(10.0), Some(4.0)), (10.0, -2.0, Some(10.0), Some(-1.0))]));
    assert_eq!((&got["revenueGrowth"][0]["growth"], &got["revenueCagr"]), (&Value::Null, &Value::Null));
    close(&got["netIncomeGrowth"][0]["growth"], 0.6);
    assert_eq!(
        (&got["netMarginTrend"], &got["roeTrend"], &got["roaTrend"]),
        (&Value::Null, &Value::Null, &json!("improving"))
    );
    assert_eq!(got["roe"][1]["value"], Value::Null);
    let fall =
        result(TRENDS, years(&[(10.0, 1.0, Some(10.0), Some(5.0)), (30.0, 3.0, Some(40.0), Some(10.0))]));
    // The margin stays, though 3 / 30 and 1 / 10 may differ in the last digit; ROE rises while ROA falls.
    assert_eq!(
        (&fall["netMarginTrend"], &fall["roeTrend"], &fall["roaTrend"]),
        (&json!("stable"), &json!("improving"), &json!("declining"))
    );
    let gone = result(TRENDS, years(&[(10.0, 1.0, None, None), (0.0, -1.0, None, None)]));
    assert_eq!(
        (&gone["revenueCagr"], &gone["netIncomeCagr"], &gone["roe"]),
        (&json!(-1.0), &Value::Null, &json!([]))
    );
    for (call, told) in [
        (years(&[(1.0, 1.0, None, None)]), "periods"),
        (
            json!({"entity": "E", "periods": [{"period": "a", "revenue": 1}, {"period": "b", "revenue": 1, "net_income": 1}]}),
            "periods[0].net_income",
        ),
        (
            json!({"entity": "E", "periods": [5, {"period": "b", "revenue": 1, "net_income": 1}]}),
            "periods[0]",
        ),
    ] {
        let text = refusal(TRENDS, call);
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn leases_are_monthly_and_may_cost_nothing_to_wait() {
    let call = |more: Value| {
        let mut call = json!({"leasePayment": 10, "leasePeriods": 12, "purchasePrice": 100, "salvageValue": 0, "holdingPeriod": 12,
            "discountRate": 0});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    let name = "analyze_lease_vs_buy";
    close(&result(name, call(json!({})))["leasePv"], 120.0);
    close(&result(name, call(json!({"discountRate": 0.12})))["periodicRate"], 0.01);
    let odd = result(name, call(json!({"holdingPeriod": 24})));
    assert!(odd["warnings"].to_string().contains("differ"));
    let gift = result(name, call(json!({"salvageValue": 300, "leasePayment": 0})));
    assert_eq!((&gift["savingsPercent"], &gift["recommendation"]), (&Value::Null, &json!("buy")));
    for (more, told) in [
        (json!({"discountRate": -0.01}), "- discountRate: got -0.01"),
        (json!({"leasePeriods": 0}), "- leasePeriods: got 0"),
        (json!({"holdingPeriod": 1.5}), "- holdingPeriod"),
        (json!({"maintenanceCost": -1}), "- maintenanceCost: got -1"),
    ] {
        let text = refusal(name, call(more));
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn amounts_too_far_apart_for_exact_decimals_are_refused() {
    let call = |value: &str| {
        let text = format!(
            r#"{{"entity": "E", "period": "P", "accounts": [{{"name": "A", "role": "inventory", "value": 1e20}},
                {{"name": "B", "role": "goodwill", "value": {value}}}]}}"#
        );
        arguments::parse(&text).unwrap()
    };
    for value in ["1e-20", "1e300", "12345678901234567890123456789"] {
        let text = refusal(SHEET, call(value));
        assert!(text.contains("37 places") || text.contains("28"), "{text}");
    }
    // 10^20 and 10^-15 are 36 places together.
    close(&result(SHEET, call("1e-15"))["totalAssets"], 1e20);
}
