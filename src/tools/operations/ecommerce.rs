//! Metrics of a shop.

use super::{Benchmark, Better, benchmark};
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use crate::tools::shared::{held, ratio};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Ecommerce;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    /// Label.
    #[schemars(length(max = 200))]
    #[expect(dead_code, reason = "a label for the caller's own use")]
    entity: String,
    /// Label.
    #[schemars(length(max = 200))]
    #[expect(dead_code, reason = "a label for the caller's own use")]
    period: String,
    /// Count.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    orders: f64,
    /// Merchandise sold [currency].
    #[schemars(range(min = 0))]
    gmv: f64,
    /// Net; default gmv [currency].
    #[schemars(range(min = 0))]
    revenue: Option<f64>,
    /// Count.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    sessions: Option<f64>,
    /// Count.
    #[schemars(range(min = 0))]
    new_customers: Option<f64>,
    /// Count.
    #[schemars(range(min = 0))]
    repeat_customers: Option<f64>,
    /// Count.
    #[schemars(range(min = 0))]
    total_customers: Option<f64>,
    /// [currency]
    #[schemars(range(min = 0))]
    cogs: Option<f64>,
    /// Average [currency].
    #[schemars(range(min = 0))]
    inventory: Option<f64>,
    /// [currency]
    #[schemars(range(min = 0))]
    marketing_spend: Option<f64>,
    /// A customer's; for LTV.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    orders_per_year: Option<f64>,
    /// Length of the period, to rate the turnover [months].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    period_months: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// gmv / orders [currency].
    aov: f64,
    /// revenue, or gmv [currency].
    net_revenue: f64,
    /// orders / sessions [decimal].
    conversion_rate: Option<f64>,
    /// netRevenue - cogs [currency].
    gross_profit: Option<f64>,
    /// grossProfit / netRevenue [decimal].
    gross_margin: Option<f64>,
    /// cogs / inventory [x per period].
    inventory_turnover: Option<f64>,
    /// repeat_customers / total_customers [decimal].
    repeat_purchase_rate: Option<f64>,
    /// netRevenue / total_customers [currency].
    revenue_per_customer: Option<f64>,
    /// marketing_spend / new_customers [currency].
    cac: Option<f64>,
    /// aov * orders_per_year: revenue of one year, no margin [currency].
    estimated_ltv: Option<f64>,
    /// estimatedLtv / cac [x].
    ltv_to_cac: Option<f64>,
    /// Figures that exist, against usual standards.
    benchmarks: Vec<Benchmark>,
}

impl Tool for Ecommerce {
    const NAME: &'static str = "calculate_ecommerce_metrics";
    const TITLE: &'static str = "E-commerce metrics";
    const DESCRIPTION: &'static str = "Order value, conversion, margin, turnover, repeat rate, CAC, a year's LTV; what lacks an input or divides by 0 is null.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"entity": "Shop", "period": "2025", "orders": 5000, "gmv": 400000, "revenue": 380000, "sessions": 125000,
            "new_customers": 1600, "repeat_customers": 900, "total_customers": 2500, "cogs": 228000, "inventory": 38000,
            "marketing_spend": 64000, "orders_per_year": 2, "period_months": 12}"#,
        expect: r#"{"aov": 80, "netRevenue": 380000, "conversionRate": 0.04, "grossProfit": 152000, "grossMargin": 0.4,
            "inventoryTurnover": 6, "repeatPurchaseRate": 0.36, "revenuePerCustomer": 152, "cac": 40, "estimatedLtv": 160,
            "ltvToCac": 4, "benchmarks": [{"metric": "conversionRate", "rating": "good"},
            {"metric": "repeatPurchaseRate", "rating": "good"}, {"metric": "grossMargin", "rating": "watch"},
            {"metric": "inventoryTurnover", "rating": "watch"}, {"metric": "ltvToCac", "rating": "good"}]}"#,
        tolerance: 1e-14,
        source: "by hand: 400000 / 5000, 5000 / 125000, 152000 / 380000, 228000 / 38000, 64000 / 1600, 80 · 2 / 40; limits are not above themselves",
    }];
    const FORMULA: &'static str = "\
        aov = gmv / orders; netRevenue = revenue or gmv; estimatedLtv = aov * orders_per_year; entity and period are labels\n\
        good above the first, watch above the second: conversion 0.03, 0.02; repeat rate 0.30, 0.20; margin 0.40, 0.25; \
        turnover * 12 / period_months 6, 4; ltvToCac 3, 1.5\n\
        Source: P. W. Farris et al., Marketing Metrics, 3rd ed. (2015), chapters 3, 5 and 10; the limits are rules of thumb";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        check(&args)?;
        let revenue = args.revenue.unwrap_or(args.gmv);
        let aov = held(args.gmv / args.orders, "average order value")?;
        let gross_profit = args.cogs.map(|cogs| revenue - cogs);
        let cac = ratio(args.marketing_spend, args.new_customers, "acquisition cost")?;
        let ltv = args.orders_per_year.map(|n| held(aov * n, "lifetime value")).transpose()?;
        let mut output = Output {
            aov,
            net_revenue: revenue,
            conversion_rate: ratio(Some(args.orders), args.sessions, "conversion rate")?,
            gross_profit,
            gross_margin: ratio(gross_profit, Some(revenue), "gross margin")?,
            inventory_turnover: ratio(args.cogs, args.inventory, "inventory turnover")?,
            repeat_purchase_rate: ratio(args.repeat_customers, args.total_customers, "repeat rate")?,
            revenue_per_customer: ratio(Some(revenue), args.total_customers, "revenue per customer")?,
            cac,
            estimated_ltv: ltv,
            ltv_to_cac: ratio(ltv, cac, "ratio of LTV to CAC")?,
            benchmarks: vec![],
        };
        output.benchmarks = rate(&output, args.period_months, cx)?;
        Ok(output)
    }
}

/// The rules across arguments.
fn check(args: &Args) -> Result<(), Error> {
    let mut problems = vec![];
    if let Some(sessions) = args.sessions.filter(|sessions| args.orders > *sessions) {
        problems.push(Problem::new(
            "orders",
            format!("got {}; wanted: at most sessions, {sessions}", args.orders),
        ));
    }
    if let (Some(repeat), Some(total)) = (args.repeat_customers, args.total_customers)
        && repeat > total
    {
        let message = format!("got {repeat}; wanted: at most total_customers, {total}");
        problems.push(Problem::new("repeat_customers", message));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}

fn rate(figures: &Output, months: Option<f64>, cx: &Context) -> Result<Vec<Benchmark>, Error> {
    let yearly = match (figures.inventory_turnover, months) {
        (Some(turnover), Some(months)) => {
            Some(held(turnover * (12.0 / months), "yearly inventory turnover")?)
        }
        (Some(_), None) => {
            cx.warn(
                "the inventory turnover is rated as that of a year: give period_months for another period",
            );
            figures.inventory_turnover
        }
        _ => None,
    };
    if figures.ltv_to_cac.is_some() {
        cx.warn(
            "estimatedLtv is one year of revenue before any margin: the rule of 3 to 1 is meant for margin",
        );
    }
    let rows = [
        benchmark("conversionRate", figures.conversion_rate, Better::Above, 0.03, 0.02),
        benchmark("repeatPurchaseRate", figures.repeat_purchase_rate, Better::Above, 0.30, 0.20),
        benchmark("grossMargin", figures.gross_margin, Better::Above, 0.40, 0.25),
        benchmark("inventoryTurnover", yearly, Better::Above, 6.0, 4.0),
        benchmark("ltvToCac", figures.ltv_to_cac, Better::Above, 3.0, 1.5),
    ];
    Ok(rows.into_iter().flatten().collect())
}
