//! Valuation against sums made flow by flow; published examples are those of the tools.

use crate::pitfalls::{close, result};
use serde_json::json;

/// Flow by flow with mpmath 1.4.1 and 50 digits, from the floats as they are: FCFE0, gH, n, gT, k; first stage, terminal value today.
const STAGES: [(f64, f64, u32, f64, f64, f64, f64); 5] = [
    (1.37, 0.1358, 5, 0.05, 0.094, 7.6763475026096915, 39.434823510251874),
    (2.0, -0.3, 4, 0.02, 0.07, 3.0907037930333647, 7.47338252883452),
    (0.5, 0.25, 12, 0.03, 0.09, 16.30355929863105, 44.407687632191966),
    (3.1, 0.0800001, 60, 0.01, 0.08, 186.00052527873433, 44.72881992131368),
    (10.0, 0.02, 30, 0.0199, 0.02, 300.0, 101990.00000000061),
];

#[test]
fn stages_year_by_year() {
    for (flow, high, years, stable, rate, first, terminal) in STAGES {
        let got = result(
            "value_equity_fcfe",
            json!({"currentFCFE": flow, "highGrowthRate": high, "highGrowthPeriods": years,
                "terminalGrowthRate": stable, "costOfEquity": rate}),
        );
        close(&got["pvHighGrowth"], first);
        close(&got["pvTerminalValue"], terminal);
        let rows = got["projections"].as_array().unwrap();
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
