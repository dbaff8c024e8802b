//! Valuation against published examples and sums made flow by flow.

use crate::pitfalls::{close, result};
use serde_json::json;

/// A. Damodaran, The Dividend Discount Model (slides to Investment Valuation, chapter 13): Con Ed at the end of 2000.
#[test]
fn con_ed() {
    let got = result(
        "value_equity_gordon_growth",
        json!({"dividendPerShare": 2.18, "growthRate": 0.03, "requiredReturn": 0.083}),
    );
    // Printed to the cent.
    assert!((got["intrinsicValue"].as_f64().unwrap() - 42.37).abs() <= 0.005, "{got}");
}

/// Dividend by dividend with mpmath 1.4.1 and 50 digits, from the floats as they are: D0, gH, n, gS, r; first stage, terminal value today.
const STAGES: [(f64, f64, u32, f64, f64, f64, f64); 5] = [
    (1.37, 0.1358, 5, 0.05, 0.094, 7.6763475026096915, 39.434823510251874),
    (2.0, -0.3, 4, 0.02, 0.07, 3.0907037930333647, 7.47338252883452),
    (0.5, 0.25, 12, 0.03, 0.09, 16.30355929863105, 44.407687632191966),
    (3.1, 0.0800001, 60, 0.01, 0.08, 186.00052527873433, 44.72881992131368),
    (10.0, 0.02, 30, 0.0199, 0.02, 300.0, 101990.00000000061),
];

#[test]
fn stages_year_by_year() {
    for (dividend, high, years, stable, rate, first, terminal) in STAGES {
        let got = result(
            "value_equity_two_stage_ddm",
            json!({"currentDividend": dividend, "highGrowthRate": high, "highGrowthPeriods": years,
                "stableGrowthRate": stable, "requiredReturn": rate}),
        );
        close(&got["pvHighGrowth"], first);
        close(&got["pvTerminalValue"], terminal);
        let same = result(
            "value_equity_fcfe",
            json!({"currentFCFE": dividend, "highGrowthRate": high, "highGrowthPeriods": years,
                "terminalGrowthRate": stable, "costOfEquity": rate}),
        );
        close(&same["pvHighGrowth"], first);
        close(&same["pvTerminalValue"], terminal);
        let rows = same["projections"].as_array().unwrap();
        let sum: f64 = rows.iter().map(|row| row["presentValue"].as_f64().unwrap()).sum();
        // Plain addition of up to 60 numbers.
        assert!((sum - first).abs() <= 1e-14 * first, "{sum} {first}");
    }
}

/// The dividends themselves, growth falling by equal steps, with mpmath 1.4.1: what the H-model approximates.
/// It is within half a percent of that here; the model is no better, hence the tolerance.
#[test]
fn the_h_model_is_near_the_dividends_it_stands_for() {
    for (initial, stable, half, rate, dividends) in [
        (0.12, 0.05, 5, 0.1, 28.059057287934404),
        (0.1, 0.04, 4, 0.09, 25.559826038362676),
        (0.14, 0.06, 3, 0.12, 21.673235230883737),
    ] {
        let got = result(
            "value_equity_h_model",
            json!({"currentDividend": 1, "initialGrowthRate": initial, "terminalGrowthRate": stable, "halfLife": half,
                "requiredReturn": rate}),
        );
        let value = got["intrinsicValue"].as_f64().unwrap();
        assert!((value / dividends - 1.0_f64).abs() < 0.005, "{value} {dividends}");
    }
}

/// Flows 100, 110, 121 at 10 %, with mpmath 1.4.1: method, whether mid-year, first period, flows today, terminal value today.
#[test]
fn enterprise_values_flow_by_flow() {
    for (more, mid_year, first, flows, terminal) in [
        (
            json!({"terminalMethod": "gordon", "terminalGrowth": 0.03}),
            false,
            1.0,
            272.72727272727275,
            1337.6623376623377,
        ),
        (
            json!({"terminalMethod": "gordon", "terminalGrowth": 0.03}),
            false,
            0.25,
            219.70217017716988,
            1436.7824462379997,
        ),
        (
            json!({"terminalMethod": "gordon", "terminalGrowth": 0.03}),
            true,
            1.0,
            286.0387767736777,
            1402.9520956042286,
        ),
        (
            json!({"terminalMethod": "gordon", "terminalGrowth": 0.03}),
            true,
            0.25,
            229.52666070471585,
            1506.9101425099693,
        ),
        (
            json!({"terminalMethod": "value_driver", "terminalGrowth": 0.03, "terminalRoic": 0.12}),
            false,
            1.0,
            272.72727272727275,
            1243.6943222067189,
        ),
        (
            json!({"terminalMethod": "value_driver", "terminalGrowth": 0.03, "terminalRoic": 0.12}),
            false,
            0.25,
            219.70217017716988,
            1335.8514479485536,
        ),
        (
            json!({"terminalMethod": "value_driver", "terminalGrowth": 0.03, "terminalRoic": 0.12}),
            true,
            1.0,
            286.0387767736777,
            1304.3976095493863,
        ),
        (
            json!({"terminalMethod": "value_driver", "terminalGrowth": 0.03, "terminalRoic": 0.12}),
            true,
            0.25,
            229.52666070471585,
            1401.0528184493517,
        ),
        (
            json!({"terminalMethod": "exit_multiple", "exitMultiple": 7.5}),
            false,
            1.0,
            272.72727272727275,
            1126.9722013523667,
        ),
        (
            json!({"terminalMethod": "exit_multiple", "exitMultiple": 7.5}),
            false,
            0.25,
            219.70217017716988,
            1210.4802764582362,
        ),
        (
            json!({"terminalMethod": "exit_multiple", "exitMultiple": 7.5}),
            true,
            1.0,
            286.0387767736777,
            1126.9722013523667,
        ),
        (
            json!({"terminalMethod": "exit_multiple", "exitMultiple": 7.5}),
            true,
            0.25,
            229.52666070471585,
            1210.4802764582362,
        ),
    ] {
        let mut call = json!({"wacc": 0.1, "freeCashFlows": [100, 110, 121], "midYear": mid_year,
            "firstPeriodFraction": first, "finalEbitda": 200, "finalNopat": 150});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let got = result("value_enterprise_dcf", call);
        close(&got["pvOfFlows"], flows);
        close(&got["pvOfTerminalValue"], terminal);
        close(&got["enterpriseValue"], flows + terminal);
    }
}
