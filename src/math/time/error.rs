//! Why a question about dates has no answer.

use jiff::civil::Date;
use std::fmt;

/// The reasons for which the date layer refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateError {
    /// A period that ends before it starts.
    EndBeforeStart {
        /// First date.
        start: Date,
        /// Last date.
        end: Date,
    },
    /// A schedule needs at least a day between its ends.
    EmptySchedule {
        /// The date at which it starts and ends.
        date: Date,
    },
    /// The regular coupon period does not end after its start.
    EmptyReference {
        /// Its first date.
        start: Date,
        /// Its last date.
        end: Date,
    },
    /// The convention needs the number of coupons a year, and the dates do not tell it.
    NoFrequency,
    /// Business days are counted by a calendar.
    NoCalendar,
    /// A step left the years that the calendars know.
    OutOfRange,
    /// All seven days would be weekend.
    AllWeekend,
    /// A modified convention must not leave the month, which has no business day.
    NoBusinessDayInMonth {
        /// The date that was to be moved.
        date: Date,
    },
    /// The first and the next-to-last date of a schedule do not lie in order between its ends.
    OutOfOrder {
        /// The date that lies wrong.
        date: Date,
    },
    /// Third Wednesdays of quarter months can be a quarter, a half or a whole year apart.
    NotQuarterly,
    /// A schedule longer than [`Schedule::MOST`](super::Schedule::MOST).
    TooManyPeriods,
    /// Two neighbouring dates fall together, or change places, once they are moved to business days.
    NotIncreasing {
        /// The earlier one, moved.
        first: Date,
        /// The later one, moved.
        second: Date,
    },
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndBeforeStart { start, end } => write!(f, "the end, {end}, is before the start, {start}"),
            Self::EmptySchedule { date } => {
                write!(f, "the schedule starts and ends on {date}: give a later end")
            }
            Self::EmptyReference { start, end } => {
                write!(f, "the reference period from {start} to {end} must end after its start")
            }
            Self::NoBusinessDayInMonth { date } => {
                write!(
                    f,
                    "the month of {date} has no business day, and a modified convention must not leave it"
                )
            }
            Self::OutOfOrder { date } => {
                write!(
                    f,
                    "{date} is out of order: the start, the first date, the next-to-last and the end must follow one another"
                )
            }
            Self::NotIncreasing { first, second } => write!(
                f,
                "moved to business days, the dates {first} and {second} no longer follow one another: \
                 take a lower frequency or another convention"
            ),
            other => f.write_str(other.fixed_text()),
        }
    }
}

impl DateError {
    /// The sentences that carry no date.
    fn fixed_text(self) -> &'static str {
        match self {
            Self::NoFrequency => {
                "the number of coupons a year is needed, because the dates are not whole coupon periods apart"
            }
            Self::NoCalendar => "business days need a calendar",
            Self::AllWeekend => "a weekend of all seven days leaves no business day",
            Self::NotQuarterly => {
                "third Wednesdays of March, June, September and December can be annual, semiannual or quarterly"
            }
            Self::TooManyPeriods => {
                "the schedule has more than 5000 periods: shorten it or lower the frequency"
            }
            _ => "the dates leave the years 1900 to 2199, which the calendars know",
        }
    }
}

impl std::error::Error for DateError {}
