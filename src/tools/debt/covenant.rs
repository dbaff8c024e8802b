//! One covenant against its limit.

use crate::math::finance::credit::reaches;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Covenant;

/// A label only.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Leverage,
    Coverage,
    CurrentRatio,
    TangibleNetWorth,
}

/// The threshold itself complies.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Comparison {
    LessThan,
    GreaterThan,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    covenant_type: Kind,
    /// What the borrower has.
    actual_value: f64,
    /// What the contract allows; not 0.
    covenant_threshold: f64,
    comparison_type: Comparison,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Whether the covenant is kept; exactly at the limit it is.
    compliant: bool,
    /// Distance to the limit on the safe side [unit of the covenant].
    cushion: f64,
    /// 100 · cushion / |covenantThreshold| [percent].
    cushion_percent: f64,
    /// Below 10 % cushion high, below 20 % moderate.
    risk_level: RiskLevel,
}

/// From 20 % on low.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RiskLevel {
    Violation,
    High,
    Moderate,
    Low,
}

impl Tool for Covenant {
    const NAME: &'static str = "check_debt_covenant";
    const TITLE: &'static str = "Check one covenant";
    const DESCRIPTION: &'static str =
        "Whether one figure keeps its covenant, and how far it is from the limit.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"covenantType": "leverage", "actualValue": 2.7, "covenantThreshold": 3, "comparisonType": "less_than"}"#,
            expect: r#"{"compliant": true, "cushion": 0.3, "cushionPercent": 10, "riskLevel": "moderate"}"#,
            tolerance: 1e-14,
            source: "by hand: 3 - 2.7 = 0.3, a tenth of 3, so not below 10 %",
        },
        Example {
            arguments: r#"{"covenantType": "coverage", "actualValue": 1.25, "covenantThreshold": 1.25,
                "comparisonType": "greater_than"}"#,
            expect: r#"{"compliant": true, "cushion": 0, "cushionPercent": 0, "riskLevel": "high"}"#,
            tolerance: 1e-15,
            source: "by hand: equality complies",
        },
    ];
    const FORMULA: &'static str = "\
        cushion = covenantThreshold - actualValue (comparisonType less_than) or actualValue - covenantThreshold (greater_than)\n\
        compliant when cushion >= 0, whatever the covenantType; cushionPercent = 100 * cushion / |covenantThreshold|\n\
        Source: definition";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let limit = args.covenant_threshold;
        if limit == 0.0 {
            return Err(Error::at(
                "covenantThreshold",
                "got 0; wanted: another number, of which the cushion is a part",
            ));
        }
        let usual =
            if args.covenant_type == Kind::Leverage { Comparison::LessThan } else { Comparison::GreaterThan };
        if args.comparison_type != usual {
            cx.warn("covenants of this covenantType usually have the other comparisonType: check which one the contract has");
        }
        let distance = match args.comparison_type {
            Comparison::LessThan => limit - args.actual_value,
            Comparison::GreaterThan => args.actual_value - limit,
        };
        let cushion = held(distance, "cushion")?;
        let percent = held(100.0 * (cushion / limit.abs()), "cushion")?;
        let compliant = cushion >= 0.0;
        let risk_level = match percent {
            _ if !compliant => RiskLevel::Violation,
            x if !reaches(x, 10.0) => RiskLevel::High,
            x if !reaches(x, 20.0) => RiskLevel::Moderate,
            _ => RiskLevel::Low,
        };
        Ok(Output { compliant, cushion, cushion_percent: percent, risk_level })
    }
}
