//! Where the predecessor's ratios were wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

/// Each of these arguments, with this value, is refused by name.
#[track_caller]
fn refused(name: &str, base: &Value, changes: &[(&str, f64)]) {
    result(name, base.clone());
    for (field, value) in changes {
        let mut call = base.clone();
        call[*field] = json!(value);
        let text = refusal(name, call);
        assert!(text.contains(&format!("- {field}: got")), "{name} {field} = {value}: {text}");
    }
}

#[track_caller]
fn warning(got: &Value, told: &str) {
    assert!(got["warnings"].to_string().contains(told), "{got}");
}

/// The description of a tool and of all its members, as a client lists them.
fn listed(name: &str) -> String {
    crate::catalog::catalog().get(name).unwrap().listed.to_string()
}

#[test]
fn no_denominator_is_zero_or_negative() {
    for (name, numerator, denominator) in [
        ("calculate_asset_turnover", "netSales", "averageTotalAssets"),
        ("calculate_current_ratio", "currentAssets", "currentLiabilities"),
        ("calculate_debt_to_equity", "totalLiabilities", "shareholderEquity"),
        ("calculate_interest_coverage", "earningsBeforeInterestAndTax", "interestExpense"),
        ("calculate_inventory_turnover", "costOfGoodsSold", "averageInventory"),
        ("calculate_profit_margin", "netIncome", "revenue"),
        ("calculate_roe", "netIncome", "shareholderEquity"),
        ("calculate_roi", "gainFromInvestment", "costOfInvestment"),
        ("calculate_return_on_assets", "netIncome", "totalAssets"),
        ("calculate_return_on_invested_capital", "nopat", "investedCapital"),
        ("calculate_receivables_turnover", "netCreditSales", "averageAccountsReceivable"),
        ("calculate_cash_ratio", "cashAndEquivalents", "currentLiabilities"),
        ("calculate_debt_ratio", "totalDebt", "totalAssets"),
        ("calculate_days_inventory_outstanding", "averageInventory", "costOfGoodsSold"),
        ("calculate_days_sales_outstanding", "averageAccountsReceivable", "netSales"),
        ("calculate_days_payable_outstanding", "averageAccountsPayable", "costOfGoodsSold"),
    ] {
        let base = json!({numerator: 3, denominator: 4});
        refused(name, &base, &[(denominator, 0.0), (denominator, -4.0)]);
        let text = refusal(name, json!({numerator: 1e308, denominator: 1e-10}));
        assert!(text.contains("1.8e308"), "{name}: {text}");
        let text = refusal(name, json!({denominator: 4}));
        assert!(text.contains(&format!("- {numerator}: missing")), "{name}: {text}");
    }
}

#[test]
fn negative_flows_and_balances_are_refused() {
    for (name, flow, balance) in [
        ("calculate_asset_turnover", "netSales", "averageTotalAssets"),
        ("calculate_inventory_turnover", "costOfGoodsSold", "averageInventory"),
        ("calculate_receivables_turnover", "netCreditSales", "averageAccountsReceivable"),
        ("calculate_days_inventory_outstanding", "averageInventory", "costOfGoodsSold"),
        ("calculate_days_sales_outstanding", "averageAccountsReceivable", "netSales"),
        ("calculate_days_payable_outstanding", "averageAccountsPayable", "costOfGoodsSold"),
        ("calculate_debt_to_equity", "totalLiabilities", "shareholderEquity"),
        ("calculate_cash_ratio", "cashAndEquivalents", "currentLiabilities"),
        ("calculate_debt_ratio", "totalDebt", "totalAssets"),
    ] {
        refused(name, &json!({flow: 3, balance: 4}), &[(flow, -3.0)]);
    }
    let days =
        json!({"daysInventoryOutstanding": 40, "daysSalesOutstanding": 30, "daysPayableOutstanding": 90});
    let name = "calculate_cash_conversion_cycle";
    for field in ["daysInventoryOutstanding", "daysSalesOutstanding", "daysPayableOutstanding"] {
        refused(name, &days, &[(field, -1.0)]);
    }
    let got = result(name, days);
    assert_eq!((&got["cashConversionCycle"], &got["operatingCycle"]), (&json!(-20.0), &json!(70.0)));
    assert_eq!(got["assessment"], "exceptional");
}

#[test]
fn inventory_is_a_part_of_current_assets() {
    let base = json!({"currentAssets": 100, "inventory": 40, "currentLiabilities": 50});
    refused(
        "calculate_quick_ratio",
        &base,
        &[
            ("inventory", 100.5),
            ("inventory", -1.0),
            ("currentLiabilities", 0.0),
            ("currentLiabilities", -2.0),
        ],
    );
    let text = refusal(
        "calculate_quick_ratio",
        json!({"currentAssets": 1, "inventory": 2, "currentLiabilities": 3}),
    );
    assert!(text.contains("wanted: at most currentAssets, 1"), "{text}");
    assert_eq!(result("calculate_quick_ratio", base)["liquidAssets"], 60.0);
    // Nothing but inventory is nothing liquid, which is a ratio of 0.
    let none = json!({"currentAssets": 100, "inventory": 100, "currentLiabilities": 50});
    assert_eq!(result("calculate_quick_ratio", none)["quickRatio"], 0.0);
}

#[test]
fn what_nothing_divides_is_null_with_a_reason() {
    for (name, arguments, null, told) in [
        (
            "calculate_inventory_turnover",
            json!({"costOfGoodsSold": 0, "averageInventory": 5}),
            "daysInventoryOutstanding",
            "costOfGoodsSold is 0",
        ),
        (
            "calculate_receivables_turnover",
            json!({"netCreditSales": 0, "averageAccountsReceivable": 5}),
            "daysSalesOutstanding",
            "netCreditSales is 0",
        ),
        (
            "calculate_days_inventory_outstanding",
            json!({"averageInventory": 0, "costOfGoodsSold": 5}),
            "inventoryTurnover",
            "averageInventory is 0",
        ),
        (
            "calculate_days_sales_outstanding",
            json!({"averageAccountsReceivable": 0, "netSales": 5}),
            "receivablesTurnover",
            "averageAccountsReceivable is 0",
        ),
        (
            "calculate_days_payable_outstanding",
            json!({"averageAccountsPayable": 0, "costOfGoodsSold": 5}),
            "payablesTurnover",
            "averageAccountsPayable is 0",
        ),
    ] {
        let got = result(name, arguments);
        assert_eq!(got[null], Value::Null, "{name}");
        assert_eq!(got["warnings"].as_array().unwrap().len(), 1, "{name}");
        warning(&got, told);
    }
}

#[test]
fn a_year_has_365_days_or_360_as_asked() {
    for (name, balance, flow, days) in [
        (
            "calculate_days_inventory_outstanding",
            "averageInventory",
            "costOfGoodsSold",
            "daysInventoryOutstanding",
        ),
        ("calculate_days_sales_outstanding", "averageAccountsReceivable", "netSales", "daysSalesOutstanding"),
        (
            "calculate_days_payable_outstanding",
            "averageAccountsPayable",
            "costOfGoodsSold",
            "daysPayableOutstanding",
        ),
        ("calculate_inventory_turnover", "averageInventory", "costOfGoodsSold", "daysInventoryOutstanding"),
        (
            "calculate_receivables_turnover",
            "averageAccountsReceivable",
            "netCreditSales",
            "daysSalesOutstanding",
        ),
    ] {
        close(&result(name, json!({balance: 25, flow: 100}))[days], 91.25);
        close(&result(name, json!({balance: 25, flow: 100, "daysInYear": 360}))[days], 90.0);
        refused(name, &json!({balance: 25, flow: 100}), &[("daysInYear", 364.0), ("daysInYear", 0.0)]);
    }
    assert!(listed("calculate_days_payable_outstanding").contains("purchases"), "the stand-in is stated");
}

#[test]
fn grades_begin_where_they_say() {
    let days = |payable: f64| {
        let call = json!({"averageAccountsPayable": payable, "costOfGoodsSold": 365});
        result("calculate_days_payable_outstanding", call)["assessment"].clone()
    };
    // Strictly above 60, 45 and 30.
    assert_eq!([60.5, 60.0, 45.0, 30.0].map(days), ["extended", "moderate", "standard", "fast"]);
    let coverage = |ebit: f64| {
        let call = json!({"earningsBeforeInterestAndTax": ebit, "interestExpense": 10});
        result("calculate_interest_coverage", call)["assessment"].clone()
    };
    // The documentation had four grades and the code five: the five, with the cut at 1.
    assert_eq!(
        [50.0, 30.0, 15.0, 10.0, 9.99, -50.0].map(coverage),
        ["veryStrong", "strong", "acceptable", "weak", "critical", "critical"]
    );
    // 0.3 / 0.2 is 1.5 whatever floats make of it.
    let current = result("calculate_current_ratio", json!({"currentAssets": 0.3, "currentLiabilities": 0.2}));
    assert_eq!(current["assessment"], "strong");
    let owed = |debt: f64| {
        result("calculate_debt_ratio", json!({"totalDebt": debt, "totalAssets": 10}))["assessment"].clone()
    };
    assert_eq!([2.9, 3.0, 5.0, 7.0].map(owed), ["conservative", "moderate", "high", "veryHigh"]);
    let margin = |income: f64| {
        result("calculate_profit_margin", json!({"netIncome": income, "revenue": 100}))["assessment"].clone()
    };
    assert_eq!([0.0, -0.001].map(margin), ["thin", "negative"]);
}

#[test]
fn shares_of_capital_say_what_they_hold() {
    let got = result("calculate_debt_to_equity", json!({"totalLiabilities": 60, "shareholderEquity": 40}));
    close(&got["debtToEquity"], 1.5);
    close(&got["debtShare"], 0.6);
    close(&got["equityShare"], 0.4);
    assert!(listed("calculate_debt_to_equity").contains("operating liabilities included"));
    let got = result("calculate_debt_ratio", json!({"totalDebt": 30, "totalAssets": 100}));
    close(&got["equityRatio"], 0.7);
    assert!(listed("calculate_debt_ratio").contains("only if totalDebt means all liabilities"));
    let over = result("calculate_debt_ratio", json!({"totalDebt": 130, "totalAssets": 100}));
    close(&over["equityRatio"], -0.3);
    warning(&over, "the debt exceeds the assets");
}

#[test]
fn returns_say_on_what_they_are_taken() {
    let got = result("calculate_roe", json!({"netIncome": 10, "shareholderEquity": 60}));
    assert_eq!((&got["equityUsed"], &got["roe"]), (&json!(60.0), &json!(10.0 / 60.0)));
    let call = json!({"netIncome": 10, "shareholderEquity": 60, "openingShareholderEquity": 40});
    let got = result("calculate_roe", call.clone());
    assert_eq!((&got["equityUsed"], &got["roe"]), (&json!(50.0), &json!(0.2)));
    refused(
        "calculate_roe",
        &call,
        &[("openingShareholderEquity", -60.0), ("openingShareholderEquity", -1e300)],
    );
    let call = json!({"netIncome": 10, "totalAssets": 300, "openingTotalAssets": 100});
    assert_eq!(result("calculate_return_on_assets", call)["roa"], 0.05);
    assert!(!listed("calculate_roe").contains("invested capital"));
    assert!(crate::catalog::catalog().get("calculate_roa").is_none(), "one name, one tool");
    for tool in crate::catalog::catalog().tools() {
        assert!(!tool.listed.to_string().contains("calculate_roa"), "{}", tool.entry.name);
    }
}

#[test]
fn a_return_is_on_gross_proceeds() {
    let got = result("calculate_roi", json!({"gainFromInvestment": 150, "costOfInvestment": 100}));
    assert_eq!(
        (&got["returnMultiple"], &got["roi"], &got["netReturn"]),
        (&json!(1.5), &json!(0.5), &json!(50.0))
    );
    assert_eq!(got["warnings"], json!([]));
    // The profit of the same investment by mistake: a loss, and the way out of it.
    let wrong = result("calculate_roi", json!({"gainFromInvestment": 50, "costOfInvestment": 100}));
    assert_eq!(wrong["roi"], -0.5);
    warning(&wrong, "add the cost to it");
    // One cent on ten million keeps all its digits.
    let cent = json!({"gainFromInvestment": 10_000_000.01, "costOfInvestment": 1e7});
    close(&result("calculate_roi", cent)["roi"], (10_000_000.01_f64 - 1e7) / 1e7);
}

#[test]
fn invested_capital_alone_creates_no_value() {
    for nopat in [-10, 3, 12, 40] {
        let call = json!({"nopat": nopat, "investedCapital": 100});
        let text = super::outcome("calculate_return_on_invested_capital", call).text();
        assert!(!text.contains("creat") && !text.contains("destr"), "{text}");
    }
}

#[test]
fn losses_have_factors_too() {
    let name = "calculate_dupont_5way";
    let base = json!({"netIncome": 6, "ebt": 8, "ebit": 10, "sales": 100, "totalAssets": 50, "shareholderEquity": 24});
    let zeros = ["ebt", "ebit", "sales", "totalAssets", "shareholderEquity"].map(|field| (field, 0.0));
    refused(name, &base, &zeros);
    refused(name, &base, &["sales", "totalAssets", "shareholderEquity"].map(|field| (field, -1.0)));
    let mut both = base.clone();
    (both["ebt"], both["ebit"]) = (json!(0), json!(0));
    let text = refusal(name, both);
    assert!(text.contains("- ebt: got 0") && text.contains("- ebit: got 0"), "{text}");
    let mut loss = base;
    (loss["netIncome"], loss["ebt"], loss["ebit"]) = (json!(-6), json!(-8), json!(-4));
    let got = result(name, loss);
    close(&got["roe"], -0.25);
    close(&got["taxBurden"], 0.75);
    close(&got["interestBurden"], 2.0);
    close(&got["effectiveTaxRate"], 0.25);
    warning(&got, "cannot be read as such");
    let three = json!({"netIncome": 6, "sales": 100, "totalAssets": 50, "shareholderEquity": 24});
    refused(
        "calculate_dupont_3way",
        &three,
        &["sales", "totalAssets", "shareholderEquity"].map(|field| (field, 0.0)),
    );
}

/// A year in which no signal is good.
fn bleak() -> Value {
    json!({"netIncome": 0, "operatingCashFlow": 0, "roaCurrent": 0.1, "roaPrior": 0.1, "longTermDebtCurrent": 5,
        "longTermDebtPrior": 5, "currentRatioCurrent": 1, "currentRatioPrior": 1, "sharesCurrent": 11,
        "sharesPrior": 10, "grossMarginCurrent": 0.3, "grossMarginPrior": 0.3, "assetTurnoverCurrent": 2,
        "assetTurnoverPrior": 2})
}

const SIGNALS: [(&str, &[(&str, f64)]); 9] = [
    ("netIncomePositive", &[("netIncome", 1.0)]),
    ("operatingCashFlowPositive", &[("operatingCashFlow", 1.0), ("netIncome", 1.0)]),
    ("roaUp", &[("roaCurrent", 0.2)]),
    ("cashFlowAboveNetIncome", &[("netIncome", -1.0)]),
    ("longTermDebtDown", &[("longTermDebtCurrent", 4.0)]),
    ("currentRatioUp", &[("currentRatioCurrent", 1.5)]),
    ("sharesNotUp", &[("sharesCurrent", 10.0)]),
    ("grossMarginUp", &[("grossMarginCurrent", 0.31)]),
    ("assetTurnoverUp", &[("assetTurnoverCurrent", 2.1)]),
];

fn passed(got: &Value) -> Vec<&str> {
    let rows = got["criteria"].as_array().unwrap().iter().filter(|row| row["passed"] == true);
    rows.map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn each_of_the_nine_signals_counts_once() {
    let name = "calculate_piotroski_f_score";
    // Zero income and zero cash flow are not positive, and nothing else is better than the year before.
    let none = result(name, bleak());
    assert_eq!((&none["fScore"], &none["assessment"]), (&json!(0), &json!("weak")));
    let ids: Vec<_> = none["criteria"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, SIGNALS.map(|(id, _)| id));
    for (signal, changes) in SIGNALS {
        let mut call = bleak();
        changes.iter().for_each(|(field, value)| call[*field] = json!(value));
        let got = result(name, call);
        let wanted = if signal == "operatingCashFlowPositive" {
            vec!["netIncomePositive", signal]
        } else {
            vec![signal]
        };
        assert_eq!(passed(&got), wanted);
        assert_eq!(got["fScore"], wanted.len());
    }
}

#[test]
fn leverage_is_a_part_of_assets_where_they_are_given() {
    let name = "calculate_piotroski_f_score";
    let with = |changes: &[(&str, f64)]| {
        let mut call = bleak();
        changes.iter().for_each(|(field, value)| call[*field] = json!(value));
        call
    };
    let down = |changes: &[(&str, f64)]| passed(&result(name, with(changes))).contains(&"longTermDebtDown");
    // A growing firm: 60 of 800 is less than 50 of 500, although 60 is more than 50.
    let grown = [("longTermDebtCurrent", 60.0), ("longTermDebtPrior", 50.0)];
    assert!(!down(&grown));
    assert!(down(&[&grown[..], &[("averageAssetsCurrent", 800.0), ("averageAssetsPrior", 500.0)]].concat()));
    // 0.3 of 3 is 0.1 of 1, though floats make it less.
    let same = [("longTermDebtCurrent", 0.3), ("longTermDebtPrior", 0.1)];
    assert!(!down(&[&same[..], &[("averageAssetsCurrent", 3.0), ("averageAssetsPrior", 1.0)]].concat()));
    // Debt-free in both years is as good as it gets; debt after none is not.
    assert!(down(&[("longTermDebtCurrent", 0.0), ("longTermDebtPrior", 0.0)]));
    assert!(!down(&[("longTermDebtPrior", 0.0)]));
    for (given, missing) in
        [("averageAssetsCurrent", "averageAssetsPrior"), ("averageAssetsPrior", "averageAssetsCurrent")]
    {
        let text = refusal(name, with(&[(given, 10.0)]));
        assert!(text.contains(&format!("- {missing}: missing")), "{text}");
    }
    let whole = with(&[("averageAssetsCurrent", 10.0), ("averageAssetsPrior", 10.0)]);
    refused(
        name,
        &whole,
        &[
            ("averageAssetsCurrent", 0.0),
            ("averageAssetsPrior", -1.0),
            ("sharesCurrent", -1.0),
            ("sharesPrior", -1.0),
        ],
    );
}
