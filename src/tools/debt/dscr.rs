//! Debt service coverage ratio.

use super::part;
use crate::math::finance::credit::reaches;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Dscr;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency per year]
    net_operating_income: f64,
    /// Interest and principal [currency per year].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_debt_service: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// netOperatingIncome / totalDebtService [ratio].
    dscr: f64,
    /// From 2.0, 1.5, 1.25, 1.0 on: excellent, good, adequate, marginal.
    assessment: Assessment,
    /// The risk that goes with the assessment.
    credit_risk: CreditRisk,
    /// Income left after debt service [currency].
    cushion: f64,
    /// Part of the income that debt service takes; null without income [decimal].
    debt_service_share_of_income: Option<f64>,
}

/// From 2.0, 1.5, 1.25, 1.0 on, and below.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Assessment {
    Excellent,
    Good,
    Adequate,
    Marginal,
    Poor,
}

/// By the same steps.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum CreditRisk {
    VeryLow,
    Low,
    Acceptable,
    Higher,
    High,
}

impl Tool for Dscr {
    const NAME: &'static str = "calculate_dscr";
    const TITLE: &'static str = "Debt service coverage ratio";
    const DESCRIPTION: &'static str =
        "Net operating income over debt service, with the usual lender's grading and the cushion in money.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netOperatingIncome": 150000, "totalDebtService": 120000}"#,
            expect: r#"{"dscr": 1.25, "assessment": "adequate", "creditRisk": "acceptable", "cushion": 30000,
                "debtServiceShareOfIncome": 0.8}"#,
            tolerance: 1e-15,
            source: "by hand: 150000 / 120000 = 1.25; 120000 / 150000 = 0.8",
        },
        Example {
            arguments: r#"{"netOperatingIncome": -5000, "totalDebtService": 120000}"#,
            expect: r#"{"dscr": -0.0416666666666666667, "assessment": "poor", "cushion": -125000,
                "debtServiceShareOfIncome": null}"#,
            tolerance: 1e-15,
            source: "by hand: -5000 / 120000 = -1 / 24",
        },
    ];
    const FORMULA: &'static str = "\
        dscr = netOperatingIncome / totalDebtService; cushion = netOperatingIncome - totalDebtService\n\
        Source: W. B. Brueggeman, J. D. Fisher, Real Estate Finance and Investments, 14th ed. (2011), chapter 11";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (income, service) = (args.net_operating_income, args.total_debt_service);
        let dscr = held(income / service, "coverage ratio")?;
        let (assessment, credit_risk) = match dscr {
            x if reaches(x, 2.0) => (Assessment::Excellent, CreditRisk::VeryLow),
            x if reaches(x, 1.5) => (Assessment::Good, CreditRisk::Low),
            x if reaches(x, 1.25) => (Assessment::Adequate, CreditRisk::Acceptable),
            x if reaches(x, 1.0) => (Assessment::Marginal, CreditRisk::Higher),
            _ => (Assessment::Poor, CreditRisk::High),
        };
        let cushion = held(income - service, "cushion")?;
        let share = if income > 0.0 { part(service, income) } else { None };
        Ok(Output { dscr, assessment, credit_risk, cushion, debt_service_share_of_income: share })
    }
}
