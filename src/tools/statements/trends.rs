//! Growth, margins and returns over several periods.

use super::named;
use crate::math::finance::credit::reaches;
use crate::math::finance::statements::{compound_growth, growth};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::ratio;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Trends;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    /// Label.
    #[schemars(length(max = 200))]
    #[expect(dead_code, reason = "a label for the caller's own use")]
    entity: String,
    /// Oldest first.
    #[schemars(length(min = 2, max = 1000))]
    periods: Vec<Period>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Period {
    /// Label.
    #[schemars(length(min = 1, max = 200))]
    period: String,
    /// [currency]
    revenue: f64,
    /// [currency]
    net_income: f64,
    /// No effect.
    #[expect(dead_code, reason = "accepted from clients of the predecessor")]
    ebitda: Option<f64>,
    /// At the end [currency].
    assets: Option<f64>,
    /// At the end [currency].
    equity: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// From each period to the next.
    revenue_growth: Vec<Step>,
    /// Null from a base that is not positive, or to a loss [decimal per period].
    revenue_cagr: Option<f64>,
    /// From each period to the next.
    net_income_growth: Vec<Step>,
    /// Null from a base that is not positive, or to a loss [decimal per period].
    net_income_cagr: Option<f64>,
    /// net_income / revenue.
    net_margin: Vec<Figure>,
    /// Last against first; null when one is missing.
    net_margin_trend: Option<Trend>,
    /// net_income / equity; empty unless each period has equity.
    roe: Vec<Figure>,
    /// net_income / assets; empty unless each period has assets.
    roa: Vec<Figure>,
    /// Last against first; null when one is missing.
    roe_trend: Option<Trend>,
    /// Last against first; null when one is missing.
    roa_trend: Option<Trend>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Step {
    /// Label of the earlier period.
    from: String,
    /// Label of the later period.
    to: String,
    /// On the size of the earlier figure; null from 0 [decimal].
    growth: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Figure {
    /// Its label.
    period: String,
    /// Null where the base is not positive; for margins, where it is 0 [decimal].
    value: Option<f64>,
}

/// Higher, equal or lower at the end.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Trend {
    Improving,
    Stable,
    Declining,
}

impl Tool for Trends {
    const NAME: &'static str = "analyze_financial_trends";
    const TITLE: &'static str = "Trend analysis over several periods";
    const DESCRIPTION: &'static str = "Growth of revenue and net income step by step and compounded per period of the list, net margin, ROE and ROA with their direction.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"entity": "Mill", "periods": [{"period": "2022", "revenue": 100, "net_income": -10, "assets": 200},
            {"period": "2023", "revenue": 110, "net_income": 5, "assets": 200}, {"period": "2024", "revenue": 121, "net_income": 12.1, "assets": 242}]}"#,
        expect: r#"{"revenueGrowth": [{"from": "2022", "to": "2023", "growth": 0.1}, {"from": "2023", "to": "2024", "growth": 0.1}],
            "revenueCagr": 0.1, "netIncomeGrowth": [{"growth": 1.5}, {"growth": 1.42}], "netIncomeCagr": null,
            "netMargin": [{"period": "2022", "value": -0.1}, {"value": 0.045454545454545455}, {"value": 0.1}], "netMarginTrend": "improving",
            "roe": [], "roa": [{"value": -0.05}, {"value": 0.025}, {"value": 0.05}], "roeTrend": null, "roaTrend": "improving"}"#,
        tolerance: 1e-14,
        source: "by hand: (5 + 10) / 10, 7.1 / 5; sqrt(1.21) - 1; 5 / 110; 12.1 / 242",
    }];
    const FORMULA: &'static str = "\
        growth = (current - previous) / |previous|; cagr = (last / first)^(1 / (count of periods - 1)) - 1, per period of the list, not per year\n\
        Balances are those at the end of each period; a trend compares the last figure with the first; entity is a label\n\
        Source: S. H. Penman, Financial Statement Analysis and Security Valuation, 5th ed. (2013), chapter 10";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let periods = &args.periods;
        named(periods.iter().map(|p| p.period.as_str()), "periods", "period")?;
        let net_margin = figures(periods, |p| Some(p.revenue), |_| true)?;
        let (roe, roa) =
            (figures(periods, |p| p.equity, |x| x > 0.0)?, figures(periods, |p| p.assets, |x| x > 0.0)?);
        Ok(Output {
            revenue_growth: steps(periods, |p| p.revenue)?,
            revenue_cagr: compounded(periods, |p| p.revenue)?,
            net_income_growth: steps(periods, |p| p.net_income)?,
            net_income_cagr: compounded(periods, |p| p.net_income)?,
            net_margin_trend: trend(&net_margin),
            net_margin,
            roe_trend: trend(&roe),
            roa_trend: trend(&roa),
            roe,
            roa,
        })
    }
}

fn steps(periods: &[Period], of: impl Fn(&Period) -> f64) -> Result<Vec<Step>, Error> {
    let step = |pair: &[Period]| {
        let growth = growth(of(&pair[0]), of(&pair[1]))?;
        Ok(Step { from: pair[0].period.clone(), to: pair[1].period.clone(), growth })
    };
    periods.windows(2).map(step).collect()
}

fn compounded(periods: &[Period], of: impl Fn(&Period) -> f64) -> Result<Option<f64>, Error> {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Ok(None) };
    let steps = u32::try_from(periods.len() - 1).unwrap_or(u32::MAX);
    Ok(compound_growth(of(first), of(last), steps)?)
}

/// Net income over a base that every period has; nothing otherwise.
fn figures(
    periods: &[Period],
    base: impl Fn(&Period) -> Option<f64>,
    counts: impl Fn(f64) -> bool,
) -> Result<Vec<Figure>, Error> {
    if periods.iter().any(|p| base(p).is_none()) {
        return Ok(vec![]);
    }
    let figure = |p: &Period| {
        let value = ratio(Some(p.net_income), base(p).filter(|base| counts(*base)), "return")?;
        Ok(Figure { period: p.period.clone(), value })
    };
    periods.iter().map(figure).collect()
}

/// The last against the first; a last digit of rounding is no trend.
fn trend(figures: &[Figure]) -> Option<Trend> {
    let (first, last) = (figures.first()?.value?, figures.last()?.value?);
    Some(match (reaches(last, first), reaches(first, last)) {
        (true, true) => Trend::Stable,
        (true, false) => Trend::Improving,
        _ => Trend::Declining,
    })
}
