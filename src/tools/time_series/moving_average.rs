//! Trailing simple moving average of a time series.

use crate::math::stats;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::Points;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct MovingAverage;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Points in any order.
    data: Points,
    /// Points averaged, at most as many as there are.
    #[schemars(range(min = 1, max = 100_000))]
    window: usize,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    /// Last period of the window.
    period: String,
    /// Mean of the window [unit of the values].
    value: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// One row a window, oldest first.
    moving_average: Vec<Row>,
    /// Number of points given.
    original_points: usize,
    /// Number of averages: originalPoints - window + 1.
    result_points: usize,
}

impl Tool for MovingAverage {
    const NAME: &'static str = "calculate_moving_average";
    const TITLE: &'static str = "Trailing simple moving average";
    const DESCRIPTION: &'static str =
        "Mean of the last points up to each period, as many as window says, all of them returned.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"data": [
                {"period": {"year": 2024, "month": 1, "type": "quarterly"}, "value": 145},
                {"period": {"year": 2024, "month": 4, "type": "quarterly"}, "value": 182},
                {"period": {"year": 2024, "month": 7, "type": "quarterly"}, "value": 218}], "window": 2}"#,
        expect: r#"{"movingAverage": [{"period": "2024-Q2", "value": 163.5}, {"period": "2024-Q3", "value": 200}],
                "originalPoints": 3, "resultPoints": 2}"#,
        tolerance: 1e-15,
        source: "by hand: (145 + 182) / 2, (182 + 218) / 2",
    }];
    const FORMULA: &'static str = "\
        movingAverage at point i of data = mean of the points i - window + 1 ... i, for i = window ... originalPoints\n\
        Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 6.4.2.1";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let series = args.data.series()?;
        let points = series.values.len();
        if args.window > points {
            let text =
                format!("got {}, but there are {points} points; wanted: from 1 to {points}", args.window);
            return Err(Error::at("window", text));
        }
        series.warn_of_gaps(cx, "a window counts points, so some windows span more periods than others");
        let means = stats::moving_average(&series.values, args.window)?;
        let row = |(i, value)| Row { period: series.label(i + args.window - 1), value };
        let moving_average: Vec<Row> = means.into_iter().enumerate().map(row).collect();
        Ok(Output { result_points: moving_average.len(), moving_average, original_points: points })
    }
}
