//! Piotroski's score of nine signals.

use crate::math::finance::ratios::{self, Figures, SIGNALS, Years};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Piotroski;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Before extraordinary items [currency].
    net_income: f64,
    /// [currency]
    operating_cash_flow: f64,
    /// Return on assets, same unit in both years.
    roa_current: f64,
    /// A year before.
    roa_prior: f64,
    /// Amounts in both years, or in both parts of assets.
    long_term_debt_current: f64,
    /// A year before.
    long_term_debt_prior: f64,
    /// [x]
    current_ratio_current: f64,
    /// A year before.
    current_ratio_prior: f64,
    /// Outstanding, adjusted for splits.
    #[schemars(range(min = 0))]
    shares_current: f64,
    /// A year before.
    #[schemars(range(min = 0))]
    shares_prior: f64,
    /// Gross profit / sales, same unit in both years.
    gross_margin_current: f64,
    /// A year before.
    gross_margin_prior: f64,
    /// Sales / assets [x].
    asset_turnover_current: f64,
    /// A year before.
    asset_turnover_prior: f64,
    /// With the next: divides the debt, as Piotroski has it [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    average_assets_current: Option<f64>,
    /// A year before [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    average_assets_prior: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Signals that are good, 0 to 9.
    f_score: u8,
    /// From 8, 5 on: strong, moderate; below: weak.
    assessment: Assessment,
    /// The nine signals, in Piotroski's order.
    criteria: Vec<Criterion>,
}

/// By the score.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Strong,
    Moderate,
    Weak,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Criterion {
    /// What is asked; up and down are strict.
    id: Signal,
    /// What the signal is about.
    group: Group,
    /// Whether it is so.
    passed: bool,
    /// 1 if passed, else 0.
    points: u8,
}

/// longTermDebtDown: also without debt in both years; sharesNotUp: the same number is good.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Signal {
    NetIncomePositive,
    OperatingCashFlowPositive,
    RoaUp,
    CashFlowAboveNetIncome,
    LongTermDebtDown,
    CurrentRatioUp,
    SharesNotUp,
    GrossMarginUp,
    AssetTurnoverUp,
}

/// Four of profitability, three of leverage and liquidity, two of efficiency.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Group {
    Profitability,
    LeverageLiquidity,
    Efficiency,
}

const ORDER: [(Signal, Group); SIGNALS] = [
    (Signal::NetIncomePositive, Group::Profitability),
    (Signal::OperatingCashFlowPositive, Group::Profitability),
    (Signal::RoaUp, Group::Profitability),
    (Signal::CashFlowAboveNetIncome, Group::Profitability),
    (Signal::LongTermDebtDown, Group::LeverageLiquidity),
    (Signal::CurrentRatioUp, Group::LeverageLiquidity),
    (Signal::SharesNotUp, Group::LeverageLiquidity),
    (Signal::GrossMarginUp, Group::Efficiency),
    (Signal::AssetTurnoverUp, Group::Efficiency),
];

impl Tool for Piotroski {
    const NAME: &'static str = "calculate_piotroski_f_score";
    const TITLE: &'static str = "Piotroski F-Score";
    const DESCRIPTION: &'static str = "Nine signals of two years' accounts, each passed or not, and how many pass. Leverage compares the debts as \
        given; Piotroski compares parts of average assets: give such parts, or amounts with averageAssetsCurrent and averageAssetsPrior.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netIncome": 96995, "operatingCashFlow": 110543, "roaCurrent": 0.2751, "roaPrior": 0.2829,
                "longTermDebtCurrent": 95281, "longTermDebtPrior": 98959, "currentRatioCurrent": 0.988, "currentRatioPrior": 0.879,
                "sharesCurrent": 15550.061, "sharesPrior": 15943.425, "grossMarginCurrent": 0.441, "grossMarginPrior": 0.433,
                "assetTurnoverCurrent": 1.087, "assetTurnoverPrior": 1.118}"#,
            expect: r#"{"fScore": 7, "assessment": "moderate", "criteria": [
                {"id": "netIncomePositive", "group": "profitability", "passed": true, "points": 1},
                {"id": "operatingCashFlowPositive", "group": "profitability", "passed": true, "points": 1},
                {"id": "roaUp", "group": "profitability", "passed": false, "points": 0},
                {"id": "cashFlowAboveNetIncome", "group": "profitability", "passed": true, "points": 1},
                {"id": "longTermDebtDown", "group": "leverageLiquidity", "passed": true, "points": 1},
                {"id": "currentRatioUp", "group": "leverageLiquidity", "passed": true, "points": 1},
                {"id": "sharesNotUp", "group": "leverageLiquidity", "passed": true, "points": 1},
                {"id": "grossMarginUp", "group": "efficiency", "passed": true, "points": 1},
                {"id": "assetTurnoverUp", "group": "efficiency", "passed": false, "points": 0}]}"#,
            tolerance: 0.0,
            source: "Apple Inc., form 10-K for fiscal 2023 and 2022, millions; signals by hand from the definitions of Piotroski (2000)",
        },
        Example {
            arguments: r#"{"netIncome": -5, "operatingCashFlow": 3, "roaCurrent": -0.05, "roaPrior": -0.08, "longTermDebtCurrent": 110,
                "longTermDebtPrior": 100, "averageAssetsCurrent": 1200, "averageAssetsPrior": 1000, "currentRatioCurrent": 1.2,
                "currentRatioPrior": 1.2, "sharesCurrent": 10, "sharesPrior": 10, "grossMarginCurrent": 0.3,
                "grossMarginPrior": 0.31, "assetTurnoverCurrent": 0.8, "assetTurnoverPrior": 0.7}"#,
            expect: r#"{"fScore": 6, "assessment": "moderate"}"#,
            tolerance: 0.0,
            source: "by hand: cash flow, rising return, cash flow above income, 110 / 1200 below 100 / 1000, shares, turnover",
        },
    ];
    const FORMULA: &'static str = "\
        fScore = number of: netIncome > 0; operatingCashFlow > 0; roaCurrent > roaPrior; operatingCashFlow > netIncome;\n\
        longTermDebtCurrent < longTermDebtPrior (each over its average assets, if given), or both 0;\n\
        currentRatioCurrent > currentRatioPrior; sharesCurrent <= sharesPrior; grossMarginCurrent > grossMarginPrior;\n\
        assetTurnoverCurrent > assetTurnoverPrior\n\
        Source: J. D. Piotroski, J. of Accounting Research 38 supplement (2000), 1-41, section 3.1; the grades are ours";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let passed = ratios::piotroski(&figures(&args)?)?;
        let signals = ORDER.into_iter().zip(passed);
        let criteria: Vec<_> = signals
            .map(|((id, group), passed)| Criterion { id, group, passed, points: passed.into() })
            .collect();
        let f_score = criteria.iter().map(|criterion| criterion.points).sum();
        let assessment = match f_score {
            8.. => Assessment::Strong,
            5.. => Assessment::Moderate,
            _ => Assessment::Weak,
        };
        Ok(Output { f_score, assessment, criteria })
    }
}

fn figures(args: &Args) -> Result<Figures, Error> {
    let years = |current, prior| Years { current, prior };
    let average_assets = match (args.average_assets_current, args.average_assets_prior) {
        (Some(current), Some(prior)) => Some(years(current, prior)),
        (None, None) => None,
        (Some(_), None) => return Err(lone("averageAssetsPrior", "averageAssetsCurrent")),
        (None, Some(_)) => return Err(lone("averageAssetsCurrent", "averageAssetsPrior")),
    };
    Ok(Figures {
        net_income: args.net_income,
        operating_cash_flow: args.operating_cash_flow,
        roa: years(args.roa_current, args.roa_prior),
        long_term_debt: years(args.long_term_debt_current, args.long_term_debt_prior),
        average_assets,
        current_ratio: years(args.current_ratio_current, args.current_ratio_prior),
        shares: years(args.shares_current, args.shares_prior),
        gross_margin: years(args.gross_margin_current, args.gross_margin_prior),
        asset_turnover: years(args.asset_turnover_current, args.asset_turnover_prior),
    })
}

fn lone(missing: &str, given: &str) -> Error {
    Error::at(missing, format!("missing; wanted: the assets of both years, since {given} is given"))
}
