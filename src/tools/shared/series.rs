//! A series of values, each for a calendar period: argument, check, order of time, labels.

use crate::toolkit::{Context, Error, Problem};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::HashMap;

/// The points of a series, in any order; the form `{data, metadata}` of old clients is unwrapped.
#[derive(Deserialize, JsonSchema)]
#[serde(transparent)]
pub(in crate::tools) struct Points(
    #[schemars(length(min = 1, max = 100_000), extend("x-unwrap" = "data", "x-lift" = "metadata"))]
    Vec<Point>,
);

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Point {
    /// Calendar period.
    period: Period,
    /// Value in it.
    value: f64,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Period {
    /// Calendar year.
    #[schemars(range(min = 1, max = 9999))]
    year: i16,
    /// Unless annual; any month of a quarter.
    #[schemars(range(min = 1, max = 12))]
    month: Option<i8>,
    /// When daily.
    #[schemars(range(min = 1, max = 31))]
    day: Option<i8>,
    #[schemars(extend("x-foldCase" = true, "x-aliases" = {"4": "daily", "5": "monthly", "6": "quarterly", "7": "annual"}))]
    r#type: Step,
}

/// The same for all points.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
enum Step {
    Annual,
    Quarterly,
    Monthly,
    Daily,
}

/// A series in order of time: one kind of period, no period twice.
pub(in crate::tools) struct Series {
    step: Step,
    starts: Vec<Date>,
    pub(in crate::tools) values: Vec<f64>,
}

impl Points {
    /// Puts the points in order of time.
    ///
    /// # Errors
    /// Every point whose period is incomplete, no date, of another kind than the first one's, or there already.
    pub(in crate::tools) fn series(self) -> Result<Series, Error> {
        let (mut problems, mut seen) = (vec![], HashMap::new());
        let Some(step) = self.0.first().map(|point| point.period.r#type) else {
            return Err(Error::at("data", "there are no points; give at least one"));
        };
        let mut rows = Vec::with_capacity(self.0.len());
        for (i, point) in self.0.iter().enumerate() {
            let place = format!("data[{i}].period");
            match point.period.start(step) {
                Err((part, text)) => problems.push(Problem::new(format!("{place}{part}"), text)),
                Ok(start) => match seen.insert(start, i) {
                    Some(first) => {
                        let text = format!("{} is there already, in data[{first}]", step.label(start));
                        problems.push(Problem::new(place, text));
                    }
                    None => rows.push((start, point.value)),
                },
            }
        }
        if !problems.is_empty() {
            return Err(Error::Arguments(problems));
        }
        rows.sort_by_key(|row| row.0);
        let (starts, values) = rows.into_iter().unzip();
        Ok(Series { step, starts, values })
    }
}

impl Period {
    /// Its first day; or which part of it is wrong, and how.
    fn start(self, step: Step) -> Result<Date, (&'static str, String)> {
        if self.r#type != step {
            return Err((".type", "differs from the first point's; a series has one kind of period".into()));
        }
        let missing = |part, kind: &str| (part, format!("missing; a {kind} period needs it"));
        let month = match step {
            Step::Annual => 1,
            _ => self.month.ok_or_else(|| missing(".month", step.name()))?,
        };
        let (month, day) = match step {
            Step::Quarterly => ((month - 1) / 3 * 3 + 1, 1),
            Step::Daily => (month, self.day.ok_or_else(|| missing(".day", step.name()))?),
            Step::Annual | Step::Monthly => (month, 1),
        };
        let none = |_| (".day", format!("got {day}; month {month} of {} has no such day", self.year));
        Date::new(self.year, month, day).map_err(none)
    }
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Annual => "annual",
            Self::Quarterly => "quarterly",
            Self::Monthly => "monthly",
            Self::Daily => "daily",
        }
    }

    fn label(self, start: Date) -> String {
        let (year, month) = (start.year(), start.month());
        match self {
            Self::Annual => format!("{year:04}"),
            Self::Quarterly => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Self::Monthly => format!("{year:04}-{month:02}"),
            Self::Daily => start.to_string(),
        }
    }

    /// A number that counts up by one from period to period.
    fn ordinal(self, start: Date) -> i64 {
        let months = i64::from(start.year()) * 12 + i64::from(start.month()) - 1;
        match self {
            Self::Annual => months / 12,
            Self::Quarterly => months / 3,
            Self::Monthly => months,
            Self::Daily => start.duration_since(Date::constant(1, 1, 1)).as_hours() / 24,
        }
    }
}

impl Series {
    /// How a period is written: 2024, 2024-Q1, 2024-01, 2024-01-15.
    pub(in crate::tools) fn label(&self, index: usize) -> String {
        self.starts.get(index).map(|start| self.step.label(*start)).unwrap_or_default()
    }

    /// Periods between the first and the last that have no value.
    pub(in crate::tools) fn missing(&self) -> i64 {
        let [first, .., last] = self.starts.as_slice() else { return 0 };
        let span = self.step.ordinal(*last) - self.step.ordinal(*first) + 1;
        span - i64::try_from(self.starts.len()).unwrap_or(span)
    }

    /// Tells of gaps where they change what a result means.
    pub(in crate::tools) fn warn_of_gaps(&self, cx: &Context, meaning: &str) {
        let (missing, last) = (self.missing(), self.starts.len() - 1);
        if missing > 0 {
            let (first, last, step) = (self.label(0), self.label(last), self.step.name());
            cx.warn(format!("{missing} {step} periods between {first} and {last} have no value: {meaning}"));
        }
    }
}
