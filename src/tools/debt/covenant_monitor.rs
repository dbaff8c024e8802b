//! All covenants of a borrower, from its figures.

mod figures;

use crate::math::finance::credit::reaches;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CovenantMonitor;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Borrower.
    #[schemars(length(max = 200))]
    entity: String,
    /// Reporting period.
    #[schemars(length(max = 200))]
    period: String,
    /// What the covenants need.
    financials: Financials,
    /// Agreed limits.
    #[schemars(length(min = 1, max = 1000))]
    covenants: Vec<Agreed>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Financials {
    /// [currency]
    #[schemars(range(min = 0))]
    current_assets: Option<f64>,
    /// [currency]
    #[schemars(range(min = 0))]
    current_liabilities: Option<f64>,
    /// [currency]
    #[schemars(range(min = 0))]
    inventory: Option<f64>,
    /// Gross debt [currency].
    #[schemars(range(min = 0))]
    total_debt: Option<f64>,
    /// [currency]
    equity: Option<f64>,
    /// [currency]
    #[schemars(range(min = 0))]
    intangibles: Option<f64>,
    /// [currency]
    ebitda: Option<f64>,
    /// [currency]
    ebit: Option<f64>,
    /// [currency]
    #[schemars(range(min = 0))]
    interest_expense: Option<f64>,
    /// [currency]
    #[schemars(range(min = 0))]
    principal_payment: Option<f64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Agreed {
    #[schemars(extend("x-foldCase" = true, "x-aliases" = {
        "current ratio": "current_ratio", "quick ratio": "quick_ratio", "debt to equity": "debt_to_equity",
        "interest coverage": "interest_coverage", "debt service coverage": "debt_service_coverage",
        "debt to ebitda": "debt_to_ebitda", "minimum ebitda": "minimum_ebitda",
        "tangible net worth": "tangible_net_worth", "net worth": "net_worth"
    }))]
    r#type: Kind,
    /// Ratio or [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    threshold: f64,
    #[schemars(extend("x-foldCase" = true))]
    direction: Direction,
}

/// Also other words for the one before.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Kind {
    CurrentRatio,
    QuickRatio,
    DebtToEquity,
    #[serde(rename = "debt/equity")]
    DebtOverEquity,
    InterestCoverage,
    DebtServiceCoverage,
    Dscr,
    DebtToEbitda,
    #[serde(rename = "debt/ebitda")]
    DebtOverEbitda,
    MinimumEbitda,
    Ebitda,
    TangibleNetWorth,
    NetWorth,
}

/// The limit itself complies.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Direction {
    Minimum,
    Maximum,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// The borrower, as given.
    entity: String,
    /// The reporting period, as given.
    period: String,
    /// compliant when every covenant is kept.
    overall_status: Overall,
    /// Covenants kept.
    compliant_count: usize,
    /// Covenants in all.
    total_count: usize,
    /// Covenants violated.
    violated_count: usize,
    /// Violated, or kept with headroom below 0.10.
    at_risk_count: usize,
    /// In the order of the call.
    covenants: Vec<Checked>,
}

/// Over all covenants.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Overall {
    Compliant,
    Violated,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Checked {
    /// Canonical type.
    name: &'static str,
    /// What the figures give; null where a denominator of zero or less leaves the ratio without bound [ratio or currency].
    actual: Option<f64>,
    /// The limit [ratio or currency].
    threshold: f64,
    /// As agreed.
    direction: Direction,
    /// Whether it is kept.
    compliant: bool,
    /// Distance to the limit on the safe side over the limit; null with actual [decimal].
    headroom: Option<f64>,
    /// Headroom below 0.10 warning, below 0.20 caution.
    status: Status,
    /// Headroom below 0.05 critical, below 0.10 high, below 0.20 moderate.
    risk: Risk,
}

/// From 0.20 on comfortable.
#[derive(Serialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Status {
    Comfortable,
    Caution,
    Warning,
    Violated,
}

/// From 0.20 on none.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Risk {
    None,
    Moderate,
    High,
    Critical,
    Violated,
}

impl Tool for CovenantMonitor {
    const NAME: &'static str = "monitor_debt_covenants";
    const TITLE: &'static str = "Covenant monitor with headroom";
    const DESCRIPTION: &'static str = "Checks covenants against a borrower's figures, with headroom.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"entity": "Acme", "period": "2024 Q4", "financials": {"current_assets": 300, "current_liabilities": 200,
            "total_debt": 500, "ebitda": 150, "interest_expense": 0, "ebit": 120},
            "covenants": [{"type": "current_ratio", "threshold": 1.25, "direction": "minimum"},
            {"type": "debt_to_ebitda", "threshold": 3.5, "direction": "maximum"},
            {"type": "interest_coverage", "threshold": 3, "direction": "minimum"}]}"#,
        expect: r#"{"overallStatus": "compliant", "compliantCount": 3, "totalCount": 3, "violatedCount": 0, "atRiskCount": 1,
            "covenants": [
            {"name": "current_ratio", "actual": 1.5, "headroom": 0.2, "status": "comfortable", "risk": "none"},
            {"name": "debt_to_ebitda", "actual": 3.33333333333333333, "headroom": 0.0476190476190476190, "status": "warning", "risk": "critical"},
            {"name": "interest_coverage", "actual": null, "compliant": true, "headroom": null, "status": "comfortable"}]}"#,
        tolerance: 1e-14,
        source: "by hand: 1.5 is 1/5 above 1.25; 500 / 150 = 10/3 is 1/21 below 3.5; no interest to cover",
    }];
    const FORMULA: &'static str = "\
        covenants on financials: CA / CL; (CA - inventory) / CL; debt / equity; EBIT / interest; EBITDA / (interest + principal);\n\
        debt / EBITDA; EBITDA; equity - intangibles; headroom = signed distance to the threshold / threshold\n\
        entity and period are repeated\n\
        Source: definitions; S. Penman, Financial Statement Analysis and Security Valuation, 5th ed. (2013), chapter 20";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        figures::refuse_gaps(&args)?;
        let checked = args.covenants.iter().map(|agreed| check(agreed, &args.financials));
        let covenants = checked.collect::<Result<Vec<_>, _>>()?;
        let count = |wanted: &dyn Fn(&Checked) -> bool| covenants.iter().filter(|c| wanted(c)).count();
        let violated_count = count(&|c| !c.compliant);
        Ok(Output {
            overall_status: if violated_count == 0 { Overall::Compliant } else { Overall::Violated },
            compliant_count: covenants.len() - violated_count,
            total_count: covenants.len(),
            violated_count,
            at_risk_count: count(&|c| matches!(c.status, Status::Violated | Status::Warning)),
            covenants,
            entity: args.entity,
            period: args.period,
        })
    }
}

fn check(agreed: &Agreed, financials: &Financials) -> Result<Checked, Error> {
    let Agreed { threshold, direction, .. } = *agreed;
    let (name, figures) = agreed.r#type.needs(financials);
    let figures: Vec<f64> = figures.iter().filter_map(|(_, value)| *value).collect();
    let actual = agreed.r#type.actual(&figures).map(|actual| held(actual, name)).transpose()?;
    let headroom = actual.map(|actual| {
        let distance = if direction == Direction::Minimum { actual - threshold } else { threshold - actual };
        held(distance / threshold, "headroom")
    });
    let headroom = headroom.transpose()?;
    let compliant = headroom.map_or(direction == Direction::Minimum, |h| reaches(1.0 + h, 1.0));
    let (status, risk) = grade(compliant, headroom);
    Ok(Checked { name, actual, threshold, direction, compliant, headroom, status, risk })
}

fn grade(compliant: bool, headroom: Option<f64>) -> (Status, Risk) {
    let below = |limit: f64| headroom.is_some_and(|h| !reaches(1.0 + h, 1.0 + limit));
    match compliant {
        false => (Status::Violated, Risk::Violated),
        true if below(0.05) => (Status::Warning, Risk::Critical),
        true if below(0.10) => (Status::Warning, Risk::High),
        true if below(0.20) => (Status::Caution, Risk::Moderate),
        true => (Status::Comfortable, Risk::None),
    }
}
