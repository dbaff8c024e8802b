//! Where the predecessor's valuation was wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

/// D1, not D0: the predecessor's value was too low by the factor 1 + g.
#[test]
fn gordon_growth_values_the_next_dividend() {
    let call = |d: f64| json!({"dividendPerShare": d, "growthRate": 0.04, "requiredReturn": 0.09});
    // By hand: 2.5 · 1.04 / 0.05 = 52, not 50.
    let got = result("value_equity_gordon_growth", call(2.5));
    close(&got["intrinsicValue"], 52.0);
    close(&got["nextDividend"], 2.6);
    close(&got["currentDividendYield"], 2.5 / 52.0);
    close(&got["forwardDividendYield"], 0.05);
    let none = result("value_equity_gordon_growth", call(0.0));
    assert_eq!((&none["intrinsicValue"], &none["currentDividendYield"]), (&json!(0.0), &Value::Null));
    assert!(none["forwardDividendYield"].is_null());
}

#[test]
fn residual_income_charges_the_opening_book_value() {
    let call = |more: Value| {
        let mut call = json!({"currentBookValue": 1000, "netIncome": 150, "costOfEquity": 0.12, "terminalGrowthRate": 0.05});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    for more in [json!({}), json!({"futureBookValue": 1100}), json!({"futureBookValue": 900})] {
        let got = result("value_equity_residual_income", call(more));
        // By hand: 1000 + (150 - 120) / 0.07; the printed lines make up the printed figures.
        close(&got["equityValue"], 10_000.0 / 7.0);
        close(&got["residualIncome"], 150.0 - got["normalReturn"].as_f64().unwrap());
        close(&got["pvResidualIncome"], 3000.0 / 7.0);
    }
    let text = refusal("value_equity_residual_income", call(json!({"sharesOutstanding": 0})));
    assert!(text.contains("- sharesOutstanding: got 0"), "{text}");
    let low = result("value_equity_residual_income", call(json!({"currentBookValue": -10})));
    assert!(low["impliedPriceToBook"].is_null() && low["valuePerShare"].is_null());
}

#[test]
fn two_stages_are_shown_and_their_years_counted() {
    let call = |years: i64| {
        json!({"currentDividend": 1, "highGrowthRate": 0.1, "highGrowthPeriods": years, "stableGrowthRate": 0.05,
            "requiredReturn": 0.1})
    };
    // By hand: growth at the required return makes each dividend worth 1 today, and the rest 1.05 / 0.05 = 21.
    let got = result("value_equity_two_stage_ddm", call(3));
    close(&got["pvHighGrowth"], 3.0);
    close(&got["pvTerminalValue"], 21.0);
    close(&got["intrinsicValue"], 24.0);
    close(&got["terminalShare"], 0.875);
    close(&result("value_equity_two_stage_ddm", call(0))["intrinsicValue"], 21.0);
    assert!(refusal("value_equity_two_stage_ddm", call(-3)).contains("- highGrowthPeriods: got -3"));
}

#[test]
fn an_fcfe_valuation_has_years_and_a_finite_value() {
    let call = |years: i64, growth: f64| {
        json!({"currentFCFE": 50, "highGrowthRate": 0.2, "highGrowthPeriods": years, "terminalGrowthRate": growth,
            "costOfEquity": 0.1, "sharesOutstanding": 10})
    };
    for years in [0, -4] {
        assert!(refusal("value_equity_fcfe", call(years, 0.03)).contains("- highGrowthPeriods: got"));
    }
    for growth in [0.1, 0.2] {
        let text = refusal("value_equity_fcfe", call(5, growth));
        assert!(text.contains("- costOfEquity: got 0.1; wanted: a number > terminalGrowthRate"), "{text}");
    }
    // By hand: 60 / 1.1 and, at year 1, 60 · 1.04 / 0.06 = 1040.
    let got = result("value_equity_fcfe", call(1, 0.04));
    close(&got["pvHighGrowth"], 60.0 / 1.1);
    close(&got["terminalValue"], 1040.0);
    close(&got["pvTerminalValue"], 1040.0 / 1.1);
    close(&got["equityValue"], 1000.0);
    close(&got["valuePerShare"], 100.0);
}

#[test]
fn the_h_model_refuses_negative_years_and_splits_nothing_into_null() {
    let call = |dividend: f64, half: i64| {
        json!({"currentDividend": dividend, "initialGrowthRate": 0.1, "terminalGrowthRate": 0.04, "halfLife": half,
            "requiredReturn": 0.09})
    };
    assert!(refusal("value_equity_h_model", call(1.0, -2)).contains("- halfLife: got -2"));
    let none = result("value_equity_h_model", call(0.0, 3));
    assert_eq!((&none["intrinsicValue"], &none["terminalShare"]), (&json!(0.0), &Value::Null));
    // Odd numbers of transition years, H = 2.5, lie midway between H = 2 and H = 3: the model is linear in H.
    let at = |half| result("value_equity_h_model", call(1.0, half))["intrinsicValue"].as_f64().unwrap();
    // By hand: 1.04 / 0.05 + 2.5 · 0.06 / 0.05.
    close(&json!((at(2) + at(3)) / 2.0), 23.8);
}

#[test]
fn every_line_of_the_bridge_is_shown_and_foots() {
    let call = json!({"enterpriseValue": 500, "totalDebt": 100, "cash": 30, "nonOperatingAssets": -5,
        "minorityInterest": -7, "preferredStock": 40});
    let got = result("value_equity_ev_bridge", call);
    let line = |name: &str| got[name].as_f64().unwrap();
    let lines = 500.0 - line("netDebt") + line("nonOperatingAssets")
        - line("minorityInterest")
        - line("preferredStock");
    close(&got["equityValue"], lines);
    assert_eq!((lines, line("preferredStock"), line("minorityInterest")), (392.0, 40.0, -7.0));
    assert!(got["valuePerShare"].is_null());
    for (field, value) in [
        ("sharesOutstanding", json!(0)),
        ("totalDebt", json!(-1)),
        ("cash", json!(-1)),
        ("minorityInterest", json!(true)),
        ("preferredStock", json!([1])),
    ] {
        let mut call = json!({"enterpriseValue": 500, "totalDebt": 100, "cash": 30});
        call[field] = value;
        let text = refusal("value_equity_ev_bridge", call);
        assert!(text.contains(&format!("- {field}: got")), "{text}");
    }
}

#[test]
fn a_multiple_of_a_loss_is_null_in_the_usual_form() {
    for (earnings, status) in [(0.0, "zeroEarnings"), (-2.0, "negativeEarnings")] {
        let got =
            result("calculate_price_to_earnings", json!({"marketPrice": 10, "earningsPerShare": earnings}));
        assert_eq!(got["status"], status);
        assert!(got["priceToEarnings"].is_null() && got["assessment"].is_null());
    }
    for (ebitda, status) in [(0.0, "zeroEbitda"), (-2.0, "negativeEbitda")] {
        let got = result("calculate_ev_to_ebitda", json!({"enterpriseValue": 10, "ebitda": ebitda}));
        assert_eq!(got["status"], status);
        assert!(got["evToEbitda"].is_null() && got["assessment"].is_null());
    }
    // Cheap it only seems.
    let negative = result("calculate_ev_to_ebitda", json!({"enterpriseValue": -10, "ebitda": 2}));
    assert!(
        negative["warnings"][0].as_str().unwrap().starts_with("enterpriseValue is negative"),
        "{negative}"
    );
    let text = refusal("calculate_price_to_earnings", json!({"marketPrice": -10, "earningsPerShare": 2}));
    assert!(text.contains("- marketPrice: got -10"), "{text}");
}

#[test]
fn preferred_owners_come_before_common_ones() {
    let eps = result(
        "calculate_earnings_per_share",
        json!({"netIncome": 100, "sharesOutstanding": 20, "preferredDividends": 30}),
    );
    close(&eps["eps"], 3.5);
    let book = result(
        "calculate_book_value_per_share",
        json!({"totalEquity": 100, "sharesOutstanding": 20, "preferredEquity": 60}),
    );
    close(&book["bookValuePerShare"], 2.0);
    let catalog = crate::catalog::catalog();
    let said = |name: &str, word: &str| {
        assert!(catalog.get(name).unwrap().entry.description.contains(word), "{name}")
    };
    said("calculate_earnings_per_share", "weighted average");
    said("calculate_enterprise_value", "Minority interest");
    let ev = result(
        "calculate_enterprise_value",
        json!({"marketCap": 100, "totalDebt": 20, "cashAndEquivalents": 10, "minorityInterest": 3, "preferredStock": 4}),
    );
    close(&ev["enterpriseValue"], 117.0);
    assert!(
        refusal(
            "calculate_enterprise_value",
            json!({"marketCap": 1, "totalDebt": -1, "cashAndEquivalents": 0})
        )
        .contains("- totalDebt: got -1")
    );
}

#[test]
fn signs_and_zeros_are_what_they_are() {
    let flow = |cash: f64, spent: f64| json!({"operatingCashFlow": cash, "capitalExpenditures": spent});
    assert!(refusal("calculate_free_cash_flow", flow(10.0, -3.0)).contains("- capitalExpenditures: got -3"));
    assert_eq!(result("calculate_free_cash_flow", flow(10.0, 10.0))["assessment"], "zero");
    assert_eq!(result("calculate_free_cash_flow", flow(10.0, 13.0))["freeCashFlow"], -3.0);
    let capital = result("calculate_working_capital", json!({"currentAssets": 5, "currentLiabilities": 0}));
    assert_eq!((&capital["workingCapital"], &capital["currentRatio"]), (&json!(5.0), &Value::Null));
    let price = |price: f64, shares: f64| json!({"sharePrice": price, "sharesOutstanding": shares});
    assert!(refusal("calculate_market_cap", price(-1.0, 10.0)).contains("- sharePrice: got -1"));
    assert!(refusal("calculate_market_cap", price(1.0, -10.0)).contains("- sharesOutstanding: got -10"));
}

/// The bands are those of the contract, a bound itself in the higher one.
#[test]
fn bands_begin_at_their_bounds() {
    type Case<'a> = (&'a str, &'a str, &'a str, &'a str, &'a [(f64, &'a str)]);
    let cases: [Case<'_>; 4] = [
        (
            "calculate_price_to_book",
            "marketPrice",
            "bookValuePerShare",
            "assessment",
            &[(0.99, "belowBook"), (1.0, "moderate"), (3.0, "elevated"), (5.0, "high"), (10.0, "high")],
        ),
        (
            "calculate_price_to_sales",
            "marketCap",
            "totalRevenue",
            "assessment",
            &[(0.99, "low"), (1.0, "moderate"), (2.0, "elevated"), (5.0, "high")],
        ),
        (
            "calculate_debt_to_assets",
            "totalDebt",
            "totalAssets",
            "assessment",
            &[(0.29, "conservative"), (0.3, "moderate"), (0.5, "high"), (0.7, "veryHigh")],
        ),
        (
            "calculate_market_cap",
            "sharePrice",
            "sharesOutstanding",
            "sizeClass",
            &[
                (49e6, "nano"),
                (50e6, "micro"),
                (300e6, "small"),
                (2e9, "mid"),
                (10e9, "large"),
                (200e9, "mega"),
            ],
        ),
    ];
    for (tool, over, under, class, steps) in cases {
        for (figure, wanted) in steps {
            let got = result(tool, json!({over: figure, under: 1}));
            assert_eq!(got[class], *wanted, "{tool} {figure}");
        }
    }
}

fn dcf(more: Value) -> Value {
    let mut call = json!({"wacc": 0.1, "terminalMethod": "gordon", "terminalGrowth": 0.02});
    call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    call
}

/// What the contract of the enterprise model refuses.
#[test]
fn an_enterprise_has_one_set_of_flows_and_a_finite_end() {
    let drivers =
        json!({"baseRevenue": 100, "revenueGrowth": [0.1, 0.1], "ebitMargin": [0.2], "taxRate": 0.3});
    let with = |more: Value| {
        let mut call = dcf(drivers.clone());
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    let flows = |more: Value| {
        let mut call = dcf(json!({"freeCashFlows": [10, 11]}));
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    for (call, told) in [
        (dcf(json!({})), "- baseRevenue: missing; wanted: freeCashFlows, or all of"),
        (dcf(json!({"baseRevenue": 100, "revenueGrowth": [0.1], "ebitMargin": [0.2]})), "- taxRate: missing"),
        (with(json!({"freeCashFlows": [1]})), "- freeCashFlows: came beside baseRevenue"),
        (flows(json!({"capexShare": 0.1})), "- freeCashFlows: came beside capexShare"),
        (flows(json!({"terminalGrowth": 0.1})), "- wacc: got 0.1; wanted: a number > terminalGrowth"),
        (flows(json!({"terminalGrowth": null})), "- terminalGrowth: missing"),
        (flows(json!({"terminalMethod": "exit_multiple"})), "- exitMultiple: missing"),
        (flows(json!({"terminalMethod": "exit_multiple", "exitMultiple": 8})), "- finalEbitda: missing"),
        (flows(json!({"terminalMethod": "exit_multiple", "exitMultiple": 0})), "- exitMultiple: got 0"),
        (
            flows(json!({"terminalMethod": "exit_multiple", "exitMultiple": 8, "finalEbitda": -1})),
            "- finalEbitda: got",
        ),
        (
            with(json!({"ebitMargin": [-0.1], "terminalMethod": "exit_multiple", "exitMultiple": 8})),
            "- ebitMargin: got",
        ),
        (with(json!({"ebitMargin": [0.1, 0.1, 0.1]})), "- ebitMargin: got 3 values; wanted: 1, or 2"),
        (with(json!({"terminalMethod": "value_driver"})), "- terminalRoic: missing"),
        (with(json!({"terminalMethod": "value_driver", "terminalRoic": 0.02})), "- terminalRoic: got 0.02"),
        (flows(json!({"terminalMethod": "value_driver", "terminalRoic": 0.2})), "- finalNopat: missing"),
        (flows(json!({"wacc": 0})), "- wacc: got 0"),
        (dcf(json!({"freeCashFlows": [0]})), "the enterprise value is zero"),
    ] {
        let text = refusal("value_enterprise_dcf", call);
        assert!(text.contains(told), "{told}: {text}");
    }
}

/// A table cell without a value is null, not infinite; what has no part in a value is told.
#[test]
fn the_sensitivity_table_has_nulls_where_growth_reaches_the_cost() {
    let got = result(
        "value_enterprise_dcf",
        dcf(
            json!({"freeCashFlows": [10], "waccGrid": [0.1, 0.2], "terminalGrid": [0.0, 0.1, 0.15], "exitMultiple": 7,
            "dilutedShares": 2, "debt": 20}),
        ),
    );
    let cells: Vec<_> = got["sensitivity"].as_array().unwrap().iter().collect();
    // By hand: 10 / 0.1; 10 / 0.2, 10 / (0.2 - 0.1), 10 / (0.2 - 0.15) as a growing perpetuity of next year's 10.
    let wanted = [Some(100.0), None, None, Some(50.0), Some(100.0), Some(200.0)];
    assert_eq!(cells.len(), wanted.len());
    for (cell, wanted) in cells.iter().zip(wanted) {
        match wanted {
            None => assert!(cell["enterpriseValue"].is_null() && cell["valuePerShare"].is_null(), "{cell}"),
            Some(value) => {
                close(&cell["enterpriseValue"], value);
                close(&cell["valuePerShare"], (value - 20.0) / 2.0);
            }
        }
    }
    assert!(got["warnings"][0].as_str().unwrap().starts_with("exitMultiple has no part"), "{got}");
}
