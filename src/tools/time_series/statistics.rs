//! Descriptive statistics of a time series.

use crate::math::stats;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::Points;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Statistics;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Points in any order.
    data: Points,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Number of points.
    count: usize,
    /// Arithmetic mean [unit of the values].
    mean: f64,
    /// Middle value, or the mean of the two middle ones [unit of the values].
    median: f64,
    /// Sample standard deviation (n - 1); null for a single point [unit of the values].
    standard_deviation: Option<f64>,
    /// Least value [unit of the values].
    min: f64,
    /// Greatest value [unit of the values].
    max: f64,
    /// max - min [unit of the values].
    range: f64,
    /// Correlation with the series one point earlier; null when it does not vary [ratio].
    autocorrelation: Option<f64>,
}

impl Tool for Statistics {
    const NAME: &'static str = "time_series_statistics";
    const TITLE: &'static str = "Descriptive statistics of a series";
    const DESCRIPTION: &'static str = "Mean, median, sample standard deviation, range and lag-1 autocorrelation of dated values. For plain lists of \
        numbers use descriptive_stats_extended.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"data": [
                {"period": {"year": 2021, "type": "annual"}, "value": 10000001},
                {"period": {"year": 2022, "type": "annual"}, "value": 10000003},
                {"period": {"year": 2023, "type": "annual"}, "value": 10000002}]}"#,
        expect: r#"{"count": 3, "mean": 10000002, "median": 10000002, "standardDeviation": 1, "min": 10000001, "max": 10000003,
                "range": 2, "autocorrelation": -0.5}"#,
        tolerance: 1e-12,
        source: "NIST Statistical Reference Datasets, NumAcc1: certified mean 10000002, standard deviation 1, lag-1 \
                autocorrelation -0.5",
    }];
    const FORMULA: &'static str = "\
        v_1, v_2, ...: the values of data in order of time\n\
        mean = sum of v / count; standardDeviation = sqrt(sum of (v - mean)^2 / (count - 1)); range = max - min\n\
        autocorrelation = sum of (v_i - mean)(v_(i-1) - mean) / sum of (v_i - mean)^2\n\
        Source: NIST/SEMATECH e-Handbook of Statistical Methods, sections 1.3.5.1, 1.3.5.6 and 1.3.5.12";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let series = args.data.series()?;
        series.warn_of_gaps(cx, "autocorrelation compares neighbouring points across them");
        let values = &series.values;
        let (moments, spread) = (stats::Moments::of(values)?, stats::spread(values)?);
        Ok(Output {
            count: values.len(),
            mean: moments.mean,
            median: stats::median(values)?,
            standard_deviation: moments.standard_deviation()?,
            min: spread.min,
            max: spread.max,
            range: spread.range,
            autocorrelation: if values.len() > 1 { stats::autocorrelation(values, 1)? } else { None },
        })
    }
}
