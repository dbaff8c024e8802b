//! Compound annual growth rate.

use crate::math::finance::growth;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Cagr;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Value at the start.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    beginning_value: f64,
    /// Value at the end.
    #[schemars(range(min = 0.0))]
    ending_value: f64,
    /// Years between the two; 2.5 is fine [years].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    periods: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// (endingValue / beginningValue)^(1 / periods) - 1 [decimal per year].
    cagr: f64,
    /// (endingValue - beginningValue) / beginningValue [decimal].
    total_growth: f64,
}

impl Tool for Cagr {
    const NAME: &'static str = "calculate_cagr";
    const TITLE: &'static str = "Compound annual growth rate";
    const DESCRIPTION: &'static str = "The constant yearly rate that leads from one positive value to another. For the plain change use \
        calculate_simple_growth_rate.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"beginningValue": 10000, "endingValue": 11000, "periods": 8}"#,
        expect: r#"{"cagr": 0.0119850241403995843, "totalGrowth": 0.1}"#,
        tolerance: 1e-12,
        source: "Microsoft Excel documentation of RRI, its amounts over 8 years; digits by mpmath 1.4.1: mpf('1.1')**(mpf(1)/8) - 1",
    }];
    const FORMULA: &'static str = "\
        cagr = (endingValue / beginningValue)^(1 / periods) - 1\n\
        totalGrowth = (endingValue - beginningValue) / beginningValue\n\
        Source: Microsoft Excel documentation, RRI function";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let cagr = growth::compound_rate(args.beginning_value, args.ending_value, args.periods)?;
        let total_growth = growth::change(args.beginning_value, args.ending_value)?.rate;
        Ok(Output { cagr, total_growth })
    }
}
