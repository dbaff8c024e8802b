//! One figure for a whole time series.

use crate::math::{stats, sum};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::Points;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Aggregate;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Points in any order.
    data: Points,
    method: Method,
}

/// What is made of all values.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Method {
    Sum,
    Mean,
    Min,
    Max,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// The sum, mean, least or greatest value of the whole series [unit of the values].
    value: f64,
    method: Method,
    /// Number of points.
    count: usize,
}

impl Tool for Aggregate {
    const NAME: &'static str = "aggregate_time_series";
    const TITLE: &'static str = "Aggregate a series to one number";
    const DESCRIPTION: &'static str =
        "Sum, mean, minimum or maximum over all points of a series: one number, not a coarser series.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"data": [
                {"period": {"year": 2023, "type": "annual"}, "value": 120.5},
                {"period": {"year": 2024, "type": "annual"}, "value": 130}], "method": "sum"}"#,
        expect: r#"{"value": 250.5, "method": "sum", "count": 2}"#,
        tolerance: 1e-15,
        source: "by hand: 120.5 + 130",
    }];
    const FORMULA: &'static str = "\
        method sum: value = sum of the values of data; mean: that over count; min, max: the least, the greatest of them\n\
        Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let series = args.data.series()?;
        let values = &series.values;
        let extreme = |pick: fn(f64, f64) -> f64| values.iter().copied().reduce(pick).unwrap_or_default();
        let value = match args.method {
            Method::Sum => sum::sum(values)?,
            Method::Mean => stats::mean(values)?,
            Method::Min => extreme(f64::min),
            Method::Max => extreme(f64::max),
        };
        Ok(Output { value, method: args.method, count: values.len() })
    }
}
