//! Holidays as data: rules that return every year, and days that were closed once.

use super::super::civil::{FIRST, LAST, plus_days};
use super::{Holiday, easter_sunday};
use jiff::Span;
use jiff::civil::{Date, Weekday};

/// The last year of a rule that is still in force.
pub(super) const FOREVER: i16 = 2199;

/// The holidays of a market.
pub(super) struct Table {
    pub(super) rules: &'static [Rule],
    pub(super) once: &'static [Once],
}

/// Days of one year that were closed without a rule.
pub(super) struct Once(pub(super) i16, pub(super) Days, pub(super) &'static str);

/// Days of a year, as month and day.
pub(super) enum Days {
    /// Each of these.
    On(&'static [(i8, i8)]),
    /// All from the first to the last, both included.
    Span((i8, i8), (i8, i8)),
}

/// A holiday that returns every year from the first to the last, both included.
pub(super) struct Rule {
    name: &'static str,
    first: i16,
    last: i16,
    day: Day,
    moved: Moved,
}

/// The day of the year.
pub(super) enum Day {
    /// Month and day.
    Fixed(i8, i8),
    /// The n-th such weekday of a month (from its end when negative).
    Nth(i8, i8, Weekday),
    /// The given number of days after the n-th such weekday of a month.
    After(i64, i8, i8, Weekday),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// Good Friday, but not in the first week of April: there the US employment report comes out, and the bond market
    /// closes early instead of staying closed.
    GoodFridayWithoutReport,
}

/// Where the holiday goes when it falls on a weekend.
#[derive(Clone, Copy)]
pub(super) enum Moved {
    Never,
    SundayToMonday,
    /// Saturday to Friday, Sunday to Monday.
    ToNearest,
    ToMonday,
    /// Christmas and the day after it make room for one another.
    TwoDaysOn,
}

impl Moved {
    fn days(self, weekday: Weekday) -> i64 {
        match (self, weekday) {
            (Self::SundayToMonday | Self::ToNearest | Self::ToMonday, Weekday::Sunday) => 1,
            (Self::ToNearest, Weekday::Saturday) => -1,
            (Self::ToMonday, Weekday::Saturday) => 2,
            (Self::TwoDaysOn, Weekday::Saturday | Weekday::Sunday) => 2,
            _ => 0,
        }
    }
}

impl Day {
    fn in_year(&self, year: i16) -> Option<Date> {
        let nth = |month, n, weekday| Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok();
        match *self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Nth(n, month, weekday) => nth(month, n, weekday),
            Self::After(days, n, month, weekday) => plus_days(nth(month, n, weekday)?, days).ok(),
            Self::Easter(days) => plus_days(easter_sunday(year)?, days).ok(),
            Self::GoodFridayWithoutReport => Self::Easter(-2).in_year(year).filter(|friday| friday.day() > 7),
        }
    }
}

impl Rule {
    pub(super) const fn new(name: &'static str, first: i16, last: i16, day: Day, moved: Moved) -> Self {
        Self { name, first, last, day, moved }
    }

    fn in_year(&self, year: i16) -> Option<Holiday> {
        let day =
            if (self.first..=self.last).contains(&year) { self.day.in_year(year)? } else { return None };
        let date = plus_days(day, self.moved.days(day.weekday())).ok()?;
        Some(Holiday { date, name: self.name })
    }
}

impl Once {
    fn holidays(&self) -> Vec<Holiday> {
        let Self(year, days, name) = self;
        let date = |&(month, day): &(i8, i8)| Date::new(*year, month, day).ok();
        let dates: Vec<Date> = match days {
            Days::On(days) => days.iter().filter_map(date).collect(),
            Days::Span(first, last) => match (date(first), date(last)) {
                (Some(first), Some(last)) => {
                    first.series(Span::new().days(1)).take_while(|day| *day <= last).collect()
                }
                _ => vec![],
            },
        };
        dates.into_iter().map(|date| Holiday { date, name }).collect()
    }
}

impl Table {
    /// All holidays of the years that the calendars know, in no order.
    pub(super) fn holidays(&self) -> Vec<Holiday> {
        let years = FIRST.year()..=LAST.year();
        let yearly = years.flat_map(|year| self.rules.iter().filter_map(move |rule| rule.in_year(year)));
        yearly.chain(self.once.iter().flat_map(Once::holidays)).collect()
    }
}
