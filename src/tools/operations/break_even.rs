//! Break-even point and cost-volume-profit, of one product or a mix.

use crate::math::sum::Sum;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{held, ratio};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct BreakEven;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency per period]
    #[schemars(range(min = 0))]
    fixed_costs: f64,
    /// With unitVariableCost, or products.
    unit_price: Option<f64>,
    /// [currency per unit]
    #[schemars(range(min = 0))]
    unit_variable_cost: Option<f64>,
    /// Several, in a fixed mix.
    #[schemars(length(min = 1, max = 1000))]
    products: Option<Vec<Product>>,
    /// After tax [currency].
    #[serde(default)]
    target_profit: f64,
    /// [decimal]
    #[serde(default)]
    #[schemars(range(min = 0), extend("exclusiveMaximum" = 1.0))]
    tax_rate: f64,
    /// Sold, of all products [units].
    #[schemars(range(min = 0))]
    actual_units: Option<f64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Product {
    /// Name.
    #[schemars(length(max = 200))]
    name: String,
    /// [currency per unit]
    unit_price: f64,
    /// [currency per unit]
    unit_variable_cost: f64,
    /// Part of the units sold, on any scale.
    #[schemars(range(min = 0))]
    mix: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Price less variable cost; of an average unit of the mix [currency per unit].
    contribution_margin: f64,
    /// contributionMargin / price [decimal].
    contribution_ratio: f64,
    /// fixedCosts / contributionMargin [units].
    break_even_units: f64,
    /// The next whole number; one within 1e-9 of it is met [units].
    break_even_units_rounded: u64,
    /// fixedCosts / contributionRatio [currency].
    break_even_revenue: f64,
    /// For targetProfit after tax; null where no sales are that few [units].
    target_units: Option<f64>,
    /// The same in revenue [currency].
    target_revenue: Option<f64>,
    /// The units of each product of the mix.
    products: Vec<Share>,
    /// actualUnits * contributionMargin - fixedCosts, before tax [currency].
    operating_income: Option<f64>,
    /// marginOfSafetyRevenue / actual revenue; null without revenue [decimal].
    margin_of_safety: Option<f64>,
    /// Actual revenue - breakEvenRevenue [currency].
    margin_of_safety_revenue: Option<f64>,
    /// Contribution / operatingIncome; null at break-even [x].
    operating_leverage: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Share {
    /// Its name.
    name: String,
    /// Its part of breakEvenUnits [units].
    break_even_units: f64,
    /// Its part of targetUnits [units].
    target_units: Option<f64>,
}

impl Tool for BreakEven {
    const NAME: &'static str = "calculate_break_even";
    const TITLE: &'static str = "Break-even and cost-volume-profit";
    const DESCRIPTION: &'static str = "Units and revenue that cover fixed costs or earn a target profit, for one product or a fixed mix; margin of safety and operating leverage with actualUnits.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"fixedCosts": 2000, "unitPrice": 200, "unitVariableCost": 120, "targetProfit": 1200, "actualUnits": 40}"#,
            expect: r#"{"contributionMargin": 80, "contributionRatio": 0.4, "breakEvenUnits": 25, "breakEvenUnitsRounded": 25,
                "breakEvenRevenue": 5000, "targetUnits": 40, "targetRevenue": 8000, "operatingIncome": 1200,
                "marginOfSafety": 0.375, "marginOfSafetyRevenue": 3000, "operatingLeverage": 2.6666666666666667}"#,
            tolerance: 1e-14,
            source: "C. T. Horngren, S. M. Datar, M. V. Rajan, Cost Accounting, 14th ed. (2012), chapter 3, GMAT Success; margin and leverage there 37.5 % and 2.67",
        },
        Example {
            arguments: r#"{"fixedCosts": 4500, "targetProfit": 960, "taxRate": 0.4, "products": [
                {"name": "basic", "unitPrice": 200, "unitVariableCost": 120, "mix": 60},
                {"name": "premium", "unitPrice": 100, "unitVariableCost": 70, "mix": 40}]}"#,
            expect: r#"{"contributionMargin": 60, "contributionRatio": 0.375, "breakEvenUnits": 75, "breakEvenRevenue": 12000,
                "targetUnits": 101.66666666666667, "products": [{"name": "basic", "breakEvenUnits": 45, "targetUnits": 61},
                {"name": "premium", "breakEvenUnits": 30, "targetUnits": 40.666666666666667}], "marginOfSafety": null}"#,
            tolerance: 1e-14,
            source: "by hand: 0.6 · 80 + 0.4 · 30 = 60 of 160; 4500 / 60; (4500 + 960 / 0.6) / 60",
        },
    ];
    const FORMULA: &'static str = "\
        contributionMargin = unitPrice - unitVariableCost, weighted by mix / sum of mix; breakEvenUnits = fixedCosts / contributionMargin\n\
        targetUnits = (fixedCosts + targetProfit / (1 - taxRate)) / contributionMargin\n\
        marginOfSafety = (actual - break-even revenue) / actual revenue; operatingLeverage = contribution / operatingIncome\n\
        Source: C. T. Horngren, S. M. Datar, M. V. Rajan, Cost Accounting, 14th ed. (2012), chapter 3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let unit = Unit::of(&args)?;
        let contribution_ratio = held(unit.contribution / unit.price, "contribution ratio")?;
        let units = held(args.fixed_costs / unit.contribution, "break-even quantity")?;
        let break_even_revenue = held(units * unit.price, "break-even revenue")?;
        let profit = held(args.target_profit / (1.0 - args.tax_rate), "profit before tax")?;
        let target = held((args.fixed_costs + profit) / unit.contribution, "target quantity")?;
        let target_units = (target >= 0.0).then_some(target);
        let sold = args.actual_units.map(|sold| Sold::of(sold, &unit, args.fixed_costs, break_even_revenue));
        let sold = sold.transpose()?;
        let of_mix = |(name, weight): (String, f64)| Share {
            name,
            break_even_units: units * weight,
            target_units: target_units.map(|target| target * weight),
        };
        Ok(Output {
            contribution_margin: unit.contribution,
            contribution_ratio,
            break_even_units: units,
            break_even_units_rounded: whole(units)?,
            break_even_revenue,
            target_units,
            target_revenue: target_units
                .map(|target| held(target * unit.price, "target revenue"))
                .transpose()?,
            products: unit.mix.into_iter().map(of_mix).collect(),
            operating_income: sold.as_ref().map(|sold| sold.income),
            margin_of_safety: sold.as_ref().and_then(|sold| sold.safety),
            margin_of_safety_revenue: sold.as_ref().map(|sold| sold.above),
            operating_leverage: sold.and_then(|sold| sold.leverage),
        })
    }
}

/// The unit that is sold: the one product, or an average one of the mix.
struct Unit {
    price: f64,
    contribution: f64,
    mix: Vec<(String, f64)>,
}

impl Unit {
    fn of(args: &Args) -> Result<Self, Error> {
        let wanted = "wanted: either unitPrice with unitVariableCost, or products";
        let unit = match (args.unit_price, args.unit_variable_cost, &args.products) {
            (Some(price), Some(cost), None) => Self { price, contribution: price - cost, mix: vec![] },
            (None, None, Some(products)) => Self::average(products)?,
            (None, None, None) => return Err(Error::at("unitPrice", format!("missing; {wanted}"))),
            (_, _, Some(_)) => {
                return Err(Error::at("products", format!("given with the figures of a unit; {wanted}")));
            }
            (None, ..) => return Err(Error::at("unitPrice", format!("missing; {wanted}"))),
            _ => return Err(Error::at("unitVariableCost", format!("missing; {wanted}"))),
        };
        if unit.contribution > 0.0 {
            return Ok(unit);
        }
        Err(Error::Domain(format!(
            "a unit contributes {} (price less variable cost): no quantity covers the fixed costs unless that is above zero",
            unit.contribution
        )))
    }

    fn average(products: &[Product]) -> Result<Self, Error> {
        let total = products.iter().map(|product| product.mix).collect::<Sum>().total();
        let total = held(total, "sum of the mix")?;
        if total == 0.0 {
            return Err(Error::at(
                "products",
                "the mix is all zero; wanted: a part above zero for at least one product",
            ));
        }
        let weighted = |of: &dyn Fn(&Product) -> f64| {
            products.iter().map(|product| of(product) * (product.mix / total)).collect::<Sum>().total()
        };
        let price = held(weighted(&|product| product.unit_price), "average price")?;
        let contribution = weighted(&|product| product.unit_price - product.unit_variable_cost);
        let mix = products.iter().map(|product| (product.name.clone(), product.mix / total)).collect();
        Ok(Self { price, contribution: held(contribution, "average contribution")?, mix })
    }
}

/// What the units sold come to.
struct Sold {
    income: f64,
    above: f64,
    safety: Option<f64>,
    leverage: Option<f64>,
}

impl Sold {
    fn of(units: f64, unit: &Unit, fixed: f64, break_even: f64) -> Result<Self, Error> {
        let revenue = held(units * unit.price, "revenue")?;
        let contribution = units * unit.contribution;
        let income = held(contribution - fixed, "operating income")?;
        let above = revenue - break_even;
        let safety = ratio(Some(above), Some(revenue), "margin of safety")?;
        Ok(Self {
            income,
            above,
            safety,
            leverage: ratio(Some(contribution), Some(income), "operating leverage")?,
        })
    }
}

/// Up to a whole number; what is above one by rounding only is that one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "guarded: whole, 0 to 2^53")]
fn whole(units: f64) -> Result<u64, Error> {
    let nearest = units.round();
    let up = if (units - nearest).abs() <= 1e-9 * nearest.max(1.0) { nearest } else { units.ceil() };
    if up <= 9_007_199_254_740_992.0 {
        return Ok(up as u64);
    }
    Err(Error::Domain(format!(
        "{units} units are more than can be counted exactly (2^53): a unit contributes too little"
    )))
}
