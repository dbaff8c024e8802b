//! A time series checked, put in order and summarised.

use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::Points;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Create;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Points in any order.
    data: Points,
    /// Name of the series.
    #[serde(default = "unnamed")]
    #[schemars(length(max = 1000))]
    name: String,
    /// What it measures.
    #[schemars(length(max = 10_000))]
    description: Option<String>,
    /// Unit of the values.
    #[schemars(length(max = 1000))]
    unit: Option<String>,
}

fn unnamed() -> String {
    "Unnamed".into()
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Name of the series.
    name: String,
    /// What it measures; null when not told.
    description: Option<String>,
    /// Unit of the values; null when not told.
    unit: Option<String>,
    /// Number of points.
    data_points: usize,
    /// Earliest period: 2024, 2024-Q1, 2024-01 or 2024-01-15.
    first_period: String,
    /// Latest period.
    last_period: String,
    /// Periods between the two that have no value.
    missing_periods: i64,
}

impl Tool for Create {
    const NAME: &'static str = "create_time_series";
    const TITLE: &'static str = "Check and summarise a time series";
    const DESCRIPTION: &'static str = "Checks dated points, puts them in order and tells count, first and last period and gaps. Stores nothing: give \
        the points to the next tool again.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"data": [
                {"period": {"year": 2024, "month": 3, "type": "monthly"}, "value": 130},
                {"period": {"year": 2023, "month": 12, "type": "monthly"}, "value": 110}], "name": "Sales", "unit": "EUR"}"#,
        expect: r#"{"name": "Sales", "description": null, "unit": "EUR", "dataPoints": 2, "firstPeriod": "2023-12",
                "lastPeriod": "2024-03", "missingPeriods": 2}"#,
        tolerance: 0.0,
        source: "by hand: from 2023-12 to 2024-03 are four months, of which January and February have no value",
    }];
    const FORMULA: &'static str = "\
        dataPoints = number of points in data\n\
        missingPeriods = periods from firstPeriod to lastPeriod, both counted, less dataPoints\n\
        Source: ISO 8601-1:2019 (calendar dates)";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let series = args.data.series()?;
        series.warn_of_gaps(cx, "what takes one value a period will take the next value for the missing one");
        let data_points = series.values.len();
        Ok(Output {
            name: args.name,
            description: args.description,
            unit: args.unit,
            data_points,
            first_period: series.label(0),
            last_period: series.label(data_points.saturating_sub(1)),
            missing_periods: series.missing(),
        })
    }
}
