//! Business days: tests, moves, counts, lists of holidays.

use super::needed;
use crate::math::time::{self, DateError, days_between};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::dates::{CalendarName, Convention, Day, calendar};
use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct BusinessDays;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// add: days after date (0 adjusts); count, list_holidays: to endDate.
    operation: Operation,
    /// 1900 to 2199.
    date: Day,
    /// Included; may be earlier.
    end_date: Option<Day>,
    /// For add; negative: back.
    #[schemars(range(min = -100_000, max = 100_000))]
    days: Option<i64>,
    /// For adjust.
    #[serde(default = "following")]
    convention: Convention,
    #[serde(default)]
    calendar: CalendarName,
    /// Further ones.
    #[serde(default)]
    #[schemars(length(max = 10_000))]
    holidays: Vec<Day>,
    /// Closed weekdays, 1 Monday to 7 Sunday; default 6, 7.
    #[schemars(length(max = 7))]
    weekend: Option<Vec<IsoWeekday>>,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Operation {
    IsBusinessDay,
    Adjust,
    Add,
    Count,
    ListHolidays,
}

fn following() -> Convention {
    Convention::Following
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(transparent)]
struct IsoWeekday(#[schemars(range(min = 1, max = 7))] i8);

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Result of adjust and add.
    date: Option<String>,
    /// Whether the argument date is one.
    is_business_day: Option<bool>,
    /// Of the resulting date; of the argument date where none results.
    weekday: WeekdayName,
    /// Of count, both ends included; negative when endDate is earlier.
    business_days: Option<i64>,
    /// Of count, date included and endDate not.
    business_days_end_excluded: Option<i64>,
    /// Days of the calendar to endDate, or to the resulting date.
    calendar_days: Option<i64>,
    /// Of list_holidays, both ends included, weekends left out.
    holidays: Vec<HolidayRow>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct HolidayRow {
    /// The day that is closed.
    date: String,
    /// What it is.
    name: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum WeekdayName {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Tool for BusinessDays {
    const NAME: &'static str = "calculate_business_days";
    const TITLE: &'static str = "Business-day arithmetic";
    const DESCRIPTION: &'static str = "Test, move, add (Excel's WORKDAY), count (NETWORKDAYS) business days, and list holidays, by market calendar or \
        your own.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"operation": "add", "date": "2008-10-01", "days": 151,
                "holidays": ["2008-11-26", "2008-12-04", "2009-01-21"]}"#,
            expect: r#"{"date": "2009-05-05", "weekday": "tuesday"}"#,
            tolerance: 0.0,
            source: "Microsoft Excel documentation of WORKDAY, second example",
        },
        Example {
            arguments: r#"{"operation": "count", "date": "2012-10-01", "endDate": "2013-03-01", "holidays": ["2012-11-22"]}"#,
            expect: r#"{"businessDays": 109, "date": null}"#,
            tolerance: 0.0,
            source: "Microsoft Excel documentation of NETWORKDAYS, second example",
        },
        Example {
            arguments: r#"{"operation": "list_holidays", "date": "2012-10-01", "endDate": "2012-12-31", "calendar": "us_nyse"}"#,
            expect: r#"{"holidays": [{"date": "2012-10-29"}, {"date": "2012-10-30"}, {"date": "2012-11-22"}, {"date": "2012-12-25"}]}"#,
            tolerance: 0.0,
            source: "QuantLib 1.44, UnitedStates(NYSE), holidayList",
        },
    ];
    const FORMULA: &'static str = "\
        A business day is neither weekend nor holiday of the calendar. By operation, from date:\n\
        adjust: following the next business day, preceding the one before, modified the other way where the month would be left;\n\
        add: the days-th business day after date; count: business days from date to endDate, both included\n\
        Source: ISDA Definitions 2006, section 4.12; Microsoft Excel documentation, WORKDAY and NETWORKDAYS functions";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let mut calendar = calendar(args.calendar, &args.holidays);
        if let Some(weekend) = &args.weekend {
            let closed: Vec<Weekday> =
                weekend.iter().filter_map(|day| Weekday::from_monday_one_offset(day.0).ok()).collect();
            calendar = calendar.with_weekend(&closed).map_err(|e| told("weekend", e))?;
        }
        warn_of_early_dates(&args, cx);
        let date = args.date.0;
        let convention = args.convention.into();
        let blank = Output::of(date, calendar.is_business_day(date));
        let end = |name| needed(args.end_date, "endDate", name).map(|day| day.0);
        Ok(match args.operation {
            Operation::IsBusinessDay => blank,
            Operation::Adjust => {
                blank.moved(date, calendar.adjust(date, convention).map_err(|e| told("date", e))?)
            }
            Operation::Add => {
                let days = needed(args.days, "days", "add")?;
                blank.moved(date, calendar.add(date, days, convention).map_err(|e| told("days", e))?)
            }
            Operation::Count => counted(blank, &calendar, date, end("count")?)?,
            Operation::ListHolidays => listed(blank, &calendar, date, end("list_holidays")?)?,
        })
    }
}

impl Output {
    fn of(date: Date, is_business_day: bool) -> Self {
        Self {
            date: None,
            is_business_day: Some(is_business_day),
            weekday: date.weekday().into(),
            business_days: None,
            business_days_end_excluded: None,
            calendar_days: None,
            holidays: vec![],
        }
    }

    fn moved(self, from: Date, to: Date) -> Self {
        let calendar_days = Some(days_between(from, to));
        Self { date: Some(to.to_string()), weekday: to.weekday().into(), calendar_days, ..self }
    }
}

fn counted(blank: Output, calendar: &time::Calendar, date: Date, end: Date) -> Result<Output, Error> {
    let (low, high, sign) = if date <= end { (date, end, 1) } else { (end, date, -1) };
    let (low, high) = within_reach(low, high)?;
    let between = calendar.count(low, high);
    let is = |day| i64::from(calendar.is_business_day(day));
    // The end that is left out is endDate, which is the earlier one when the count runs back.
    let end_excluded = if sign > 0 { between } else { between - is(low) + is(high) };
    Ok(Output {
        business_days: Some(sign * (between + is(high))),
        business_days_end_excluded: Some(sign * end_excluded),
        calendar_days: Some(days_between(date, end)),
        ..blank
    })
}

fn listed(blank: Output, calendar: &time::Calendar, date: Date, end: Date) -> Result<Output, Error> {
    let (low, high) = within_reach(date.min(end), date.max(end))?;
    let row = |holiday: &time::Holiday| HolidayRow { date: holiday.date.to_string(), name: holiday.name };
    let holidays = calendar.holidays(low, high).map(row).collect();
    Ok(Output { calendar_days: Some(days_between(date, end)), holidays, ..blank })
}

/// No more than 200 years.
fn within_reach(low: Date, high: Date) -> Result<(Date, Date), Error> {
    let years = high.year() - low.year() - i16::from((high.month(), high.day()) <= (low.month(), low.day()));
    let message = || format!("{low} to {high} is more than 200 years: shorten the range");
    if years < 200 { Ok((low, high)) } else { Err(Error::at("endDate", message())) }
}

/// TARGET's table is empty before its first day, which is no statement about banks.
fn warn_of_early_dates(args: &Args, cx: &Context) {
    let first = [Some(args.date), args.end_date].into_iter().flatten().map(|day| day.0.year()).min();
    if args.calendar == CalendarName::Target && first.is_some_and(|year| year < 1999) {
        cx.warn("TARGET began in 1999: before, only weekends are closed here");
    }
}

fn told(field: &str, error: DateError) -> Error {
    Error::at(field, error.to_string())
}

impl From<Weekday> for WeekdayName {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}
