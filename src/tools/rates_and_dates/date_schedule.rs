//! Coupon and payment date schedules.

use crate::math::time::{self, DateError, Frequency, Plan};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::dates::{CalendarName, Convention, Day, calendar};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DateSchedule;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// 1900 to 2199.
    start_date: Day,
    /// The last date.
    end_date: Day,
    /// zero: one period.
    frequency: Spacing,
    /// backward: from endDate, odd period first; forward: last; imm: third Wednesdays of quarters.
    #[serde(default)]
    rule: Rule,
    /// long: joins the odd period on.
    #[serde(default)]
    stub: Stub,
    /// Ends the first period.
    first_date: Option<Day>,
    /// Starts the last.
    next_to_last_date: Option<Day>,
    /// If the anchor ends its month, all do.
    #[serde(default)]
    end_of_month: bool,
    /// For closed days.
    #[serde(default = "unadjusted")]
    convention: Convention,
    /// Of endDate.
    #[serde(default = "unadjusted")]
    termination_convention: Convention,
    #[serde(default)]
    calendar: CalendarName,
    /// Further ones.
    #[serde(default)]
    #[schemars(length(max = 10_000))]
    holidays: Vec<Day>,
    /// Of moved dates.
    #[serde(default)]
    day_count: PeriodCount,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Spacing {
    Annual,
    SemiAnnual,
    Quarterly,
    Bimonthly,
    Monthly,
    Biweekly,
    Weekly,
    Zero,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
enum Rule {
    #[default]
    Backward,
    Forward,
    Imm,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
enum Stub {
    #[default]
    Short,
    Long,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
enum PeriodCount {
    #[serde(rename = "30/360US")]
    Thirty360Us,
    #[default]
    #[serde(rename = "30E/360")]
    ThirtyE360,
    #[serde(rename = "30E/360ISDA")]
    ThirtyE360Isda,
    #[serde(rename = "ACT/360")]
    Actual360,
    #[serde(rename = "ACT/365F")]
    Actual365Fixed,
    #[serde(rename = "ACT/ACT_ICMA")]
    ActualActualIcma,
    #[serde(rename = "ACT/ACT_ISDA")]
    ActualActualIsda,
}

fn unadjusted() -> Convention {
    Convention::Unadjusted
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// The periods, each from its start, included, to its end, excluded.
    periods: Vec<Row>,
    /// Number of periods.
    count: usize,
    /// The moved dates, start first.
    dates: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Row {
    /// From 1.
    index: usize,
    /// First date by the rule alone.
    unadjusted_start: String,
    /// Last date by the rule alone.
    unadjusted_end: String,
    /// First date, moved to a business day.
    start: String,
    /// Last date, moved to a business day.
    end: String,
    /// Days that the day count counts.
    days: i64,
    /// Part of a year [years].
    year_fraction: f64,
    /// Whether the period is shorter or longer than the frequency says.
    is_stub: bool,
}

impl Tool for DateSchedule {
    const NAME: &'static str = "generate_date_schedule";
    const TITLE: &'static str = "Coupon and payment date schedule";
    const DESCRIPTION: &'static str = "Coupon or payment dates of a bond, loan or swap with stubs, business-day adjustment and year fractions.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"startDate": "1996-08-22", "endDate": "1997-08-31", "frequency": "semiAnnual", "endOfMonth": true,
                "convention": "following", "terminationConvention": "following", "calendar": "us_government_bond"}"#,
            expect: r#"{"count": 3, "dates": ["1996-08-22", "1996-09-03", "1997-02-28", "1997-09-02"],
                "periods": [{"isStub": true, "unadjustedEnd": "1996-08-31"}, {"isStub": false}, {"isStub": false}]}"#,
            tolerance: 0.0,
            source: "QuantLib 1.44, Schedule, the dates of test-suite/schedule.cpp testDoubleFirstDateWithEomAdjustment",
        },
        Example {
            arguments: r#"{"startDate": "1999-01-30", "endDate": "2000-06-30", "frequency": "semiAnnual", "rule": "forward",
                "dayCount": "ACT/ACT_ICMA"}"#,
            expect: r#"{"dates": ["1999-01-30", "1999-07-30", "2000-01-30", "2000-06-30"],
                "periods": [{"yearFraction": 0.5}, {"yearFraction": 0.5}, {"days": 152, "yearFraction": 0.41758241758241758}]}"#,
            tolerance: 1e-14,
            source: "ISDA, The actual/actual day count fraction (1998), short final period: 152/(182*2)",
        },
    ];
    const FORMULA: &'static str = "\
        backward: endDate (or nextToLastDate) - k periods of frequency, down to startDate (or firstDate); forward: the other way round\n\
        each date counted from the anchor itself, cut to the month's length, then moved by convention, the last by terminationConvention\n\
        yearFraction by dayCount between moved dates; ACT/ACT_ICMA takes an odd period's notional period from its regular side\n\
        Source: ISDA Definitions 2006, sections 4.10, 4.12 and 4.16; ICMA Rule Book, rule 251";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let calendar = calendar(args.calendar, &args.holidays);
        let plan = plan(&args);
        let (convention, at_end) = (args.convention.into(), args.termination_convention.into());
        let schedule =
            time::Schedule::new(&plan, &calendar, convention, at_end).map_err(|e| told(e, &args))?;
        let rows: Result<Vec<Row>, DateError> = (0..schedule.periods.len())
            .map(|place| {
                let count = schedule.count(place, args.day_count.into())?;
                Ok(row(place + 1, &schedule.periods[place], &count))
            })
            .collect();
        let periods = rows.map_err(|e| told(e, &args))?;
        let dates = schedule.dates().iter().map(ToString::to_string).collect();
        Ok(Output { count: periods.len(), periods, dates })
    }
}

fn plan(args: &Args) -> Plan {
    Plan {
        start: args.start_date.0,
        end: args.end_date.0,
        frequency: args.frequency.into(),
        rule: match args.rule {
            Rule::Backward => time::Rule::Backward,
            Rule::Forward => time::Rule::Forward,
            Rule::Imm => time::Rule::ThirdWednesdays,
        },
        stub: match args.stub {
            Stub::Short => time::Stub::Short,
            Stub::Long => time::Stub::Long,
        },
        first: args.first_date.map(|day| day.0),
        next_to_last: args.next_to_last_date.map(|day| day.0),
        month_ends: args.end_of_month,
    }
}

fn row(index: usize, period: &time::Period, count: &time::YearFraction) -> Row {
    Row {
        index,
        unadjusted_start: period.unadjusted_start.to_string(),
        unadjusted_end: period.unadjusted_end.to_string(),
        start: period.start.to_string(),
        end: period.end.to_string(),
        days: count.days,
        year_fraction: count.fraction,
        is_stub: period.is_stub,
    }
}

/// The refusal with the argument that is to be changed.
fn told(error: DateError, args: &Args) -> Error {
    let field = match error {
        DateError::EndBeforeStart { .. } | DateError::EmptySchedule { .. } => "endDate",
        DateError::OutOfOrder { date } if args.first_date.is_some_and(|first| first.0 == date) => "firstDate",
        DateError::OutOfOrder { .. } => "nextToLastDate",
        DateError::NotQuarterly | DateError::TooManyPeriods | DateError::NoFrequency => "frequency",
        DateError::NotIncreasing { .. } | DateError::NoBusinessDayInMonth { .. } => "convention",
        _ => "calendar",
    };
    Error::at(field, error.to_string())
}

impl From<Spacing> for Option<Frequency> {
    fn from(spacing: Spacing) -> Self {
        Some(match spacing {
            Spacing::Annual => Frequency::Annual,
            Spacing::SemiAnnual => Frequency::SemiAnnual,
            Spacing::Quarterly => Frequency::Quarterly,
            Spacing::Bimonthly => Frequency::Bimonthly,
            Spacing::Monthly => Frequency::Monthly,
            Spacing::Biweekly => Frequency::Biweekly,
            Spacing::Weekly => Frequency::Weekly,
            Spacing::Zero => return None,
        })
    }
}

impl From<PeriodCount> for time::DayCount {
    fn from(count: PeriodCount) -> Self {
        match count {
            PeriodCount::Thirty360Us => Self::Thirty360Us,
            PeriodCount::ThirtyE360 => Self::ThirtyE360,
            PeriodCount::ThirtyE360Isda => Self::ThirtyE360Isda,
            PeriodCount::Actual360 => Self::Actual360,
            PeriodCount::Actual365Fixed => Self::Actual365Fixed,
            PeriodCount::ActualActualIcma => Self::ActualActualIcma,
            PeriodCount::ActualActualIsda => Self::ActualActualIsda,
        }
    }
}
