//! Day counts and year fractions.

use crate::math::time::{self, DateError, Frequency, Terms, days_between, is_month_end};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::dates::{CalendarName, Day, calendar};
use crate::tools::shared::warn_of_idle;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DayCount;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Included.
    start_date: Day,
    /// Excluded.
    end_date: Day,
    /// YEARFRAC basis 0: 30/360US, 1: ACT/ACT_EXCEL, 2: ACT/360, 3: ACT/365F, 4: 30E/360.
    day_count: Convention,
    /// For ACT/ACT_ICMA, ACT/365L.
    frequency: Option<CouponFrequency>,
    /// Of the regular coupon period; default startDate.
    reference_start: Option<Day>,
    /// Default endDate.
    reference_end: Option<Day>,
    /// 30E/360ISDA: endDate is the last.
    #[serde(default)]
    is_maturity: bool,
    /// For BUS/252.
    #[serde(default)]
    calendar: CalendarName,
    /// Further ones.
    #[serde(default)]
    #[schemars(length(max = 10_000))]
    holidays: Vec<Day>,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
enum Convention {
    #[serde(rename = "30/360US")]
    Thirty360Us,
    #[serde(rename = "30/360")]
    Thirty360,
    #[serde(rename = "30E/360")]
    ThirtyE360,
    #[serde(rename = "30E/360ISDA")]
    ThirtyE360Isda,
    #[serde(rename = "ACT/360")]
    Actual360,
    #[serde(rename = "ACT/365F")]
    Actual365Fixed,
    #[serde(rename = "ACT/365L")]
    Actual365L,
    #[serde(rename = "NL/365")]
    NoLeap365,
    #[serde(rename = "ACT/ACT_ISDA")]
    ActualActualIsda,
    #[serde(rename = "ACT/ACT_ICMA")]
    ActualActualIcma,
    #[serde(rename = "ACT/ACT_AFB")]
    ActualActualAfb,
    #[serde(rename = "ACT/ACT_EXCEL")]
    ActualActualExcel,
    #[serde(rename = "BUS/252")]
    Business252,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum CouponFrequency {
    Annual,
    SemiAnnual,
    Quarterly,
    Monthly,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Days that the convention counts.
    days: i64,
    /// Days of the calendar from startDate to endDate.
    calendar_days: i64,
    /// The period as a part of a year [years].
    year_fraction: f64,
    /// days / yearFraction; null where the period is split among years or coupon periods of several lengths [days].
    denominator: Option<f64>,
}

impl Tool for DayCount {
    const NAME: &'static str = "calculate_day_count";
    const TITLE: &'static str = "Day count and year fraction";
    const DESCRIPTION: &'static str = "Days between two dates (1900-2199) and their fraction of a year by a day-count convention. Excel's YEARFRAC, DAYS360.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"startDate": "2003-11-01", "endDate": "2004-05-01", "dayCount": "ACT/ACT_ISDA"}"#,
            expect: r#"{"days": 182, "calendarDays": 182, "yearFraction": 0.49772438056740772, "denominator": null}"#,
            tolerance: 1e-14,
            source: "ISDA, The actual/actual day count fraction (1998), first example: 61/365 + 121/366 = 0.497724380567",
        },
        Example {
            arguments: r#"{"startDate": "2002-08-15", "endDate": "2003-07-15", "dayCount": "ACT/ACT_ICMA",
                "frequency": "semiAnnual", "referenceStart": "2003-01-15", "referenceEnd": "2003-07-15"}"#,
            expect: r#"{"days": 334, "yearFraction": 0.91576086956521741, "denominator": null}"#,
            tolerance: 1e-14,
            source: "ISDA, The actual/actual day count fraction (1998), long first period: 153/(184*2) + 181/(181*2)",
        },
        Example {
            arguments: r#"{"startDate": "2012-01-01", "endDate": "2012-07-30", "dayCount": "30/360US"}"#,
            expect: r#"{"days": 209, "calendarDays": 211, "yearFraction": 0.58055555555555556, "denominator": 360}"#,
            tolerance: 1e-14,
            source: "Microsoft Excel documentation of YEARFRAC (0.58055556); 209/360",
        },
    ];
    const FORMULA: &'static str = "\
        yearFraction, startDate included, endDate excluded, by dayCount:\n\
        30/360: (360 years + 30 months + days, 31sts as 30ths) / 360; ACT/n: days / n; ACT/365L: 366 by the leap year; NL/365 without 29 Feb;\n\
        ACT/ACT: ISDA by calendar years of 365 or 366, ICMA days / (frequency * coupon period), AFB whole years back from the end,\n\
        EXCEL by the mean year; BUS/252: business days / 252\n\
        Source: ISDA Definitions 2006, section 4.16; ICMA Rule Book, rule 251; Mayle, Standard Securities Calculation Methods (1993)";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (start, end) = (args.start_date.0, args.end_date.0);
        let calendar = calendar(args.calendar, &args.holidays);
        let terms = Terms {
            frequency: args.frequency.map(Frequency::from),
            reference: reference(&args),
            is_maturity: args.is_maturity,
            calendar: Some(&calendar),
        };
        let count = time::DayCount::from(args.day_count).count(start, end, &terms).map_err(told)?;
        warn_of_readings(&args, &terms, cx);
        tell_idle(&args, cx);
        Ok(Output {
            days: count.days,
            calendar_days: days_between(start, end),
            year_fraction: count.fraction,
            denominator: count.denominator,
        })
    }
}

/// What is stated for another convention.
fn tell_idle(args: &Args, cx: &Context) {
    let icma = matches!(args.day_count, Convention::ActualActualIcma);
    let frequent = icma || matches!(args.day_count, Convention::Actual365L);
    let isda = matches!(args.day_count, Convention::ThirtyE360Isda);
    let business = matches!(args.day_count, Convention::Business252);
    warn_of_idle(
        cx,
        &[
            (args.frequency.is_some() && !frequent, "frequency", "ACT/ACT_ICMA and ACT/365L"),
            (args.reference_start.is_some() && !icma, "referenceStart", "ACT/ACT_ICMA"),
            (args.reference_end.is_some() && !icma, "referenceEnd", "ACT/ACT_ICMA"),
            (args.is_maturity && !isda, "isMaturity", "30E/360ISDA"),
            (!args.holidays.is_empty() && !business, "holidays", "BUS/252"),
        ],
    );
}

/// Where another reading of the same words gives another number.
fn warn_of_readings(args: &Args, terms: &Terms<'_>, cx: &Context) {
    let (start, end) = (args.start_date.0, args.end_date.0);
    let odd = terms.frequency.is_some_and(|frequency| !frequency.is_regular(start, end));
    match args.day_count {
        Convention::ActualActualIcma if terms.reference.is_none() && odd && start < end => cx.warn(
            "the period is no regular coupon period: notional periods were counted back from endDate; for an odd last \
             period give referenceStart and referenceEnd",
        ),
        Convention::Thirty360Us if start.month() == 2 && is_month_end(start) && end.day() == 31 => cx.warn(
            "from the end of February to a 31st Excel's basis 0 counts one day more than the bond market's rule, used here",
        ),
        _ => {}
    }
}

/// The regular coupon period; an end that is not given is the period's own.
fn reference(args: &Args) -> Option<(Date, Date)> {
    let given = args.reference_start.is_some() || args.reference_end.is_some();
    let (start, end) =
        (args.reference_start.unwrap_or(args.start_date), args.reference_end.unwrap_or(args.end_date));
    given.then_some((start.0, end.0))
}

fn told(error: DateError) -> Error {
    let field = match error {
        DateError::EndBeforeStart { .. } => "endDate",
        DateError::EmptyReference { .. } => "referenceEnd",
        DateError::NoFrequency => "frequency",
        _ => return crate::math::Error::from(error).into(),
    };
    Error::at(field, error.to_string())
}

impl From<CouponFrequency> for Frequency {
    fn from(frequency: CouponFrequency) -> Self {
        match frequency {
            CouponFrequency::Annual => Self::Annual,
            CouponFrequency::SemiAnnual => Self::SemiAnnual,
            CouponFrequency::Quarterly => Self::Quarterly,
            CouponFrequency::Monthly => Self::Monthly,
        }
    }
}

impl From<Convention> for time::DayCount {
    fn from(convention: Convention) -> Self {
        match convention {
            Convention::Thirty360Us => Self::Thirty360Us,
            Convention::Thirty360 => Self::Thirty360,
            Convention::ThirtyE360 => Self::ThirtyE360,
            Convention::ThirtyE360Isda => Self::ThirtyE360Isda,
            Convention::Actual360 => Self::Actual360,
            Convention::Actual365Fixed => Self::Actual365Fixed,
            Convention::Actual365L => Self::Actual365L,
            Convention::NoLeap365 => Self::NoLeap365,
            Convention::ActualActualIsda => Self::ActualActualIsda,
            Convention::ActualActualIcma => Self::ActualActualIcma,
            Convention::ActualActualAfb => Self::ActualActualAfb,
            Convention::ActualActualExcel => Self::ActualActualExcel,
            Convention::Business252 => Self::Business252,
        }
    }
}
