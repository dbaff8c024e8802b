//! Enterprise value over sales.

use super::{Level, quotient, warn_of_negative};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct EvToSales;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    enterprise_value: f64,
    /// Of the year [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_revenue: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// enterpriseValue / totalRevenue [x].
    ev_to_sales: f64,
    /// From 1, 2, 5 on: moderate, elevated, high; below: low.
    assessment: Level,
}

impl Tool for EvToSales {
    const NAME: &'static str = "calculate_ev_to_sales";
    const TITLE: &'static str = "EV / sales";
    const DESCRIPTION: &'static str = "Enterprise value over revenue of a year.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"enterpriseValue": 1200000, "totalRevenue": 800000}"#,
        expect: r#"{"evToSales": 1.5, "assessment": "moderate"}"#,
        tolerance: 1e-15,
        source: "by hand: 1200000 / 800000",
    }];
    const FORMULA: &'static str = "\
        evToSales = enterpriseValue / totalRevenue\n\
        Source: CFA Program Curriculum, Equity Investments, «Market-Based Valuation: Price and Enterprise Value Multiples»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        warn_of_negative(cx, args.enterprise_value);
        let ev_to_sales = quotient(args.enterprise_value, args.total_revenue, "EV/sales multiple")?;
        Ok(Output { ev_to_sales, assessment: Level::of(ev_to_sales, [1.0, 2.0, 5.0]) })
    }
}
