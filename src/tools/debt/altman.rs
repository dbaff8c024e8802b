//! Altman's Z-score and its two variants.

use crate::math::finance::credit::{self, Balance};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Altman;

/// private: Z', nonManufacturer: Z'', both with book equity.
#[derive(Deserialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
enum Model {
    #[default]
    Public,
    Private,
    NonManufacturer,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Current assets - current liabilities [currency].
    working_capital: f64,
    /// [currency]
    retained_earnings: f64,
    /// [currency]
    ebit: f64,
    /// Book value for other models than public [currency].
    market_value_equity: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_liabilities: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_assets: f64,
    /// [currency]
    sales: f64,
    #[serde(default)]
    model: Model,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// The score [number].
    z_score: f64,
    /// Above the upper bound of the model (public: 2.99) safe, above the lower one (1.81) gray.
    zone: Zone,
    /// The risk of failure that goes with the zone.
    risk: Risk,
    /// workingCapital / totalAssets [ratio].
    x1: f64,
    /// retainedEarnings / totalAssets [ratio].
    x2: f64,
    /// ebit / totalAssets [ratio].
    x3: f64,
    /// marketValueEquity / totalLiabilities [ratio].
    x4: f64,
    /// sales / totalAssets [ratio].
    x5: f64,
}

/// A bound itself belongs to the lower zone.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Zone {
    Safe,
    Gray,
    Distress,
}

/// By zone.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Risk {
    Low,
    Medium,
    High,
}

impl From<Model> for credit::Altman {
    fn from(model: Model) -> Self {
        match model {
            Model::Public => Self::Public,
            Model::Private => Self::Private,
            Model::NonManufacturer => Self::NonManufacturer,
        }
    }
}

impl Tool for Altman {
    const NAME: &'static str = "calculate_altman_z_score";
    const TITLE: &'static str = "Altman Z-score (1968, public manufacturers)";
    const DESCRIPTION: &'static str =
        "Bankruptcy score from five ratios; model: Altman's variants for unlisted and for other firms.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"workingCapital": 200, "retainedEarnings": 300, "ebit": 150, "marketValueEquity": 900,
                "totalLiabilities": 600, "totalAssets": 1000, "sales": 1200}"#,
            expect: r#"{"zScore": 3.255, "zone": "safe", "risk": "low", "x1": 0.2, "x2": 0.3, "x3": 0.15, "x4": 1.5, "x5": 1.2}"#,
            tolerance: 1e-14,
            source: "by hand with the coefficients of Altman (1968): 0.24 + 0.42 + 0.495 + 0.9 + 1.2",
        },
        Example {
            arguments: r#"{"workingCapital": 200, "retainedEarnings": 300, "ebit": 150, "marketValueEquity": 400,
                "totalLiabilities": 600, "totalAssets": 1000, "sales": 1200, "model": "private"}"#,
            expect: r#"{"zScore": 2.34115, "zone": "gray", "risk": "medium"}"#,
            tolerance: 1e-14,
            source: "by hand with the coefficients of Altman's Z': 0.1434 + 0.2541 + 0.46605 + 0.28 + 1.1976",
        },
    ];
    const FORMULA: &'static str = "\
        Z = 1.2 x1 + 1.4 x2 + 3.3 x3 + 0.6 x4 + 1.0 x5; x1 = workingCapital / totalAssets, x2 = retainedEarnings / totalAssets,\n\
        x3 = ebit / totalAssets, x4 = marketValueEquity / totalLiabilities, x5 = sales / totalAssets; bounds 2.99, 1.81\n\
        private: 0.717, 0.847, 3.107, 0.420, 0.998; 2.90, 1.23. nonManufacturer: 6.56, 3.26, 6.72, 1.05; 2.60, 1.10\n\
        Source: E. I. Altman, J. of Finance 23 (1968), 589-609; Altman and Hotchkiss, Corporate Financial Distress and Bankruptcy (2006)";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let balance = Balance {
            working_capital: args.working_capital,
            retained_earnings: args.retained_earnings,
            ebit: args.ebit,
            equity: args.market_value_equity,
            liabilities: args.total_liabilities,
            assets: args.total_assets,
            sales: args.sales,
        };
        let score = credit::altman(args.model.into(), &balance)?;
        let (zone, risk) = match score.zone {
            credit::Zone::Safe => (Zone::Safe, Risk::Low),
            credit::Zone::Gray => (Zone::Gray, Risk::Medium),
            credit::Zone::Distress => (Zone::Distress, Risk::High),
        };
        let [x1, x2, x3, x4, x5] = score.ratios;
        Ok(Output { z_score: score.z, zone, risk, x1, x2, x3, x4, x5 })
    }
}
