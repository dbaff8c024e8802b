//! Which days are business days, and how dates are moved to them.

mod easter;
mod rule;
mod uk;
mod us;

pub use easter::easter_sunday;

use super::DateError;
use super::civil::{FIRST, LAST, days_between, plus_days};
use jiff::civil::{Date, Weekday};
use rule::{Day, Days, FOREVER, Moved, Once, Rule, Table};

/// Whose holidays a calendar keeps. Saturdays and Sundays are closed in all but [`Market::None`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Market {
    /// Every day is a business day.
    None,
    /// Saturdays and Sundays only.
    WeekendsOnly,
    /// The Eurosystem's TARGET services, which began in 1999; no holidays before.
    Target,
    /// The Federal Reserve Banks of the US.
    UsFederalReserve,
    /// US government bonds, as SIFMA recommends; days of early close are business days.
    UsGovernmentBond,
    /// The New York Stock Exchange.
    UsNyse,
    /// Bank holidays of England and Wales.
    UkSettlement,
}

impl Market {
    fn table(self) -> &'static Table {
        match self {
            Self::None | Self::WeekendsOnly => &Table { rules: &[], once: &[] },
            Self::Target => &TARGET,
            Self::UsFederalReserve => &us::FEDERAL_RESERVE,
            Self::UsGovernmentBond => &us::GOVERNMENT_BOND,
            Self::UsNyse => &us::NYSE,
            Self::UkSettlement => &uk::SETTLEMENT,
        }
    }
}

/// European Central Bank, press releases of 3 September 1998 (1999), 15 July 1999 (31 December 1999), 25 May 2000 (2000
/// and 2001, 31 December 2001) and 14 December 2000 (from 2002 on).
static TARGET: Table = Table {
    rules: &[
        Rule::new("New Year's Day", 1999, FOREVER, Day::Fixed(1, 1), Moved::Never),
        Rule::new("Good Friday", 2000, FOREVER, Day::Easter(-2), Moved::Never),
        Rule::new("Easter Monday", 2000, FOREVER, Day::Easter(1), Moved::Never),
        Rule::new("Labour Day", 2000, FOREVER, Day::Fixed(5, 1), Moved::Never),
        Rule::new("Christmas Day", 1999, FOREVER, Day::Fixed(12, 25), Moved::Never),
        Rule::new("26 December", 2000, FOREVER, Day::Fixed(12, 26), Moved::Never),
    ],
    once: &[
        Once(1999, Days::On(&[(12, 31)]), "Change to the year 2000"),
        Once(2001, Days::On(&[(12, 31)]), "Introduction of euro banknotes"),
    ],
};

/// How a date that is no business day is moved (ISDA Definitions 2006, section 4.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// It stays.
    Unadjusted,
    /// To the next business day.
    Following,
    /// To the next business day, or to the one before where that would leave the month.
    ModifiedFollowing,
    /// To the business day before.
    Preceding,
    /// To the business day before, or to the next where that would leave the month.
    ModifiedPreceding,
}

/// A closed day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day, after it was moved off a weekend where the calendar does so.
    pub date: Date,
    /// What it is.
    pub name: &'static str,
}

/// Weekend and holidays from [`FIRST`] to [`LAST`].
#[derive(Clone, Debug)]
pub struct Calendar {
    /// By weekday, Monday first.
    closed: [bool; 7],
    /// In order of time, each day once, those on weekends too.
    holidays: Vec<Holiday>,
}

impl Calendar {
    /// The calendar of a market.
    #[must_use]
    pub fn new(market: Market) -> Self {
        let weekend = market != Market::None;
        let mut calendar = Self { closed: [false; 7], holidays: market.table().holidays() };
        calendar.closed[5..].fill(weekend);
        calendar.sort();
        calendar
    }

    /// With further holidays.
    #[must_use]
    pub fn with_holidays(mut self, dates: &[Date]) -> Self {
        self.holidays.extend(dates.iter().map(|&date| Holiday { date, name: "Given by the caller" }));
        self.sort();
        self
    }

    /// With these days of the week closed instead of the market's own.
    ///
    /// # Errors
    /// [`DateError::AllWeekend`]
    pub fn with_weekend(mut self, weekend: &[Weekday]) -> Result<Self, DateError> {
        self.closed = [false; 7];
        weekend.iter().for_each(|day| self.closed[place(*day)] = true);
        if self.closed.contains(&false) { Ok(self) } else { Err(DateError::AllWeekend) }
    }

    /// Stable, so that of two names for one day the market's own stays.
    fn sort(&mut self) {
        self.holidays.sort_by_key(|holiday| holiday.date);
        self.holidays.dedup_by_key(|holiday| holiday.date);
    }

    fn is_weekend(&self, date: Date) -> bool {
        self.closed[place(date.weekday())]
    }

    /// Whether the day is neither weekend nor holiday.
    #[must_use]
    pub fn is_business_day(&self, date: Date) -> bool {
        !self.is_weekend(date) && self.holidays.binary_search_by_key(&date, |holiday| holiday.date).is_err()
    }

    /// The holidays from one date to another, both included, that are not on a weekend.
    pub fn holidays(&self, from: Date, to: Date) -> impl Iterator<Item = &Holiday> {
        let start = self.holidays.partition_point(|holiday| holiday.date < from);
        let rest = self.holidays[start..].iter().take_while(move |holiday| holiday.date <= to);
        rest.filter(|holiday| !self.is_weekend(holiday.date))
    }

    /// Business days from one date, included, to a later one, excluded; none when it is not later.
    ///
    /// # Formula
    /// ```text
    /// count = open days of the week in the whole weeks and in the rest - holidays on open days of the week
    /// ```
    ///
    /// Source: QuantLib 1.44, Calendar::businessDaysBetween with the first date and without the last.
    #[must_use]
    pub fn count(&self, from: Date, to: Date) -> i64 {
        let days = days_between(from, to).max(0);
        let first = place(from.weekday());
        let open =
            |length: i64| (0..length).filter(|i| !self.closed[(first + *i as usize) % 7]).count() as i64;
        let before = to.yesterday().unwrap_or(to);
        days / 7 * open(7) + open(days % 7) - self.holidays(from, before).count() as i64
    }

    /// The date itself when it is a business day, else the one to which the convention moves it.
    ///
    /// # Formula
    /// ```text
    /// following: the least business day >= date; preceding: the greatest <= date
    /// modified: as the plain convention while that stays in the month of date, else the other one
    /// ```
    ///
    /// # Errors
    /// [`DateError::OutOfRange`]; [`DateError::NoBusinessDayInMonth`] for the modified conventions.
    ///
    /// Source: ISDA Definitions 2006, section 4.12.
    pub fn adjust(&self, date: Date, convention: Convention) -> Result<Date, DateError> {
        let forth = || self.nearest(date, 1);
        let back = || self.nearest(date, -1);
        match convention {
            Convention::Unadjusted => Ok(date),
            Convention::Following => forth(),
            Convention::Preceding => back(),
            Convention::ModifiedFollowing => within_month(date, forth(), back()),
            Convention::ModifiedPreceding => within_month(date, back(), forth()),
        }
    }

    /// The first business day on or after (`step` 1), or on or before (-1), a date.
    fn nearest(&self, date: Date, step: i64) -> Result<Date, DateError> {
        let mut day = date;
        while !self.is_business_day(day) {
            day = known(plus_days(day, step)?)?;
        }
        Ok(day)
    }

    /// The business day so many business days after a date, which is not counted; before it when negative. Zero days
    /// move the date by the convention.
    ///
    /// # Formula
    /// ```text
    /// add(date, n) = the n-th business day after date;  add(date, -n) = the n-th before it
    /// add(date, 0) = adjust(date, convention)
    /// ```
    ///
    /// # Errors
    /// [`DateError::OutOfRange`] when the years end first; as [`adjust`](Self::adjust) for zero days.
    ///
    /// Source: Microsoft Excel documentation, WORKDAY function.
    pub fn add(&self, date: Date, days: i64, convention: Convention) -> Result<Date, DateError> {
        if days == 0 {
            return self.adjust(date, convention);
        }
        let (mut at, mut left) =
            (date, i64::try_from(days.unsigned_abs()).map_err(|_| DateError::OutOfRange)?);
        // So many days pass at most so many business days, hence never too many; a few rounds leave nothing.
        while left > 0 {
            let to = known(plus_days(at, left * days.signum())?)?;
            let (from, until) = if days > 0 { (at, to) } else { (to, at) };
            // The far end counts, the near one was there before.
            let near = i64::from(self.is_business_day(at));
            let far = i64::from(self.is_business_day(to));
            let passed = self.count(from, until);
            left -= if days > 0 { passed - near + far } else { passed };
            at = to;
        }
        Ok(at)
    }
}

fn place(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
}

fn known(date: Date) -> Result<Date, DateError> {
    if (FIRST..=LAST).contains(&date) { Ok(date) } else { Err(DateError::OutOfRange) }
}

/// The first of the two that stays in the month.
fn within_month(
    date: Date,
    first: Result<Date, DateError>,
    second: Result<Date, DateError>,
) -> Result<Date, DateError> {
    let stays =
        |moved: &Result<Date, DateError>| moved.is_ok_and(|d| d.first_of_month() == date.first_of_month());
    [first, second].into_iter().find(stays).unwrap_or(Err(DateError::NoBusinessDayInMonth { date }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn modified_conventions_stay_in_the_month_or_refuse() {
        let plain = Calendar::new(Market::WeekendsOnly);
        // 31 August 2024 was a Saturday, 1 June 2024 too.
        assert_eq!(plain.adjust(date(2024, 8, 31), Convention::ModifiedFollowing), Ok(date(2024, 8, 30)));
        assert_eq!(plain.adjust(date(2024, 6, 1), Convention::ModifiedPreceding), Ok(date(2024, 6, 3)));
        let february: Vec<Date> = (1..=28).map(|day| date(2023, 2, day)).collect();
        let closed = plain.with_holidays(&february);
        let refused = closed.adjust(date(2023, 2, 10), Convention::ModifiedFollowing);
        assert_eq!(refused, Err(DateError::NoBusinessDayInMonth { date: date(2023, 2, 10) }));
        assert_eq!(closed.adjust(date(2023, 2, 10), Convention::Following), Ok(date(2023, 3, 1)));
    }

    #[test]
    fn days_are_added_from_weekends_and_backward_too() {
        let plain = Calendar::new(Market::WeekendsOnly);
        let saturday = date(2024, 8, 31);
        assert_eq!(plain.add(saturday, 1, Convention::Unadjusted), Ok(date(2024, 9, 2)));
        assert_eq!(plain.add(saturday, -1, Convention::Unadjusted), Ok(date(2024, 8, 30)));
        assert_eq!(plain.add(date(2024, 9, 2), -6, Convention::Unadjusted), Ok(date(2024, 8, 23)));
        assert_eq!(plain.add(saturday, 100_000, Convention::Unadjusted), Err(DateError::OutOfRange));
        assert_eq!(
            Calendar::new(Market::None).add(saturday, -31, Convention::Following),
            Ok(date(2024, 7, 31))
        );
    }

    #[test]
    fn a_week_needs_a_business_day() {
        let all = [Weekday::Monday; 7].map(|_| Weekday::Monday);
        assert!(Calendar::new(Market::None).with_weekend(&all).is_ok());
        let week: Vec<Weekday> = Weekday::Monday.cycle_forward().take(7).collect();
        assert_eq!(Calendar::new(Market::None).with_weekend(&week).unwrap_err(), DateError::AllWeekend);
    }
}
