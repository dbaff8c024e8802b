//! Civil dates: differences, steps, ends of months.

use super::DateError;
use jiff::Span;
use jiff::civil::{Date, date};

/// The first day that the calendars know.
pub const FIRST: Date = date(1900, 1, 1);
/// The last day that the calendars know.
pub const LAST: Date = date(2199, 12, 31);

/// Days from one date to another, negative when the second is earlier.
///
/// # Formula
/// ```text
/// days = day number of b - day number of a        days
/// ```
///
/// Source: proleptic Gregorian calendar, ISO 8601:2004, section 3.2.1.
#[must_use]
pub fn days_between(a: Date, b: Date) -> i64 {
    i64::from((b - a).get_days())
}

/// The last day of the date's month.
///
/// # Formula
/// ```text
/// month_end = first day of the next month - 1 day
/// ```
///
/// Source: proleptic Gregorian calendar, ISO 8601:2004, section 3.2.1.
#[must_use]
pub fn month_end(date: Date) -> Date {
    date.last_of_month()
}

/// Whether the date is the last day of its month.
///
/// # Formula
/// ```text
/// date = month_end(date)
/// ```
///
/// Source: see [`month_end`].
#[must_use]
pub fn is_month_end(date: Date) -> bool {
    date.day() == date.days_in_month()
}

/// So many days later, or earlier when negative.
pub(super) fn plus_days(date: Date, days: i64) -> Result<Date, DateError> {
    let span = Span::new().try_days(days).map_err(|_| DateError::OutOfRange)?;
    date.checked_add(span).map_err(|_| DateError::OutOfRange)
}

/// The same day so many months later, or the month's last day where it has no such day.
pub(super) fn plus_months(date: Date, months: i64) -> Result<Date, DateError> {
    let span = Span::new().try_months(months).map_err(|_| DateError::OutOfRange)?;
    date.checked_add(span).map_err(|_| DateError::OutOfRange)
}

/// How many 29ths of February lie after `start` and not after `end`.
pub(super) fn leap_days(start: Date, end: Date) -> i64 {
    let leap_day = |year: i16| Date::new(year, 2, 29).ok();
    let counted = (start.year()..=end.year()).filter_map(leap_day).filter(|day| start < *day && *day <= end);
    counted.map(|_| 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_they_are_shorter() {
        assert_eq!(plus_months(date(2024, 1, 31), 1), Ok(date(2024, 2, 29)));
        assert_eq!(plus_months(date(2024, 3, 31), -13), Ok(date(2023, 2, 28)));
        assert_eq!(plus_days(date(2024, 2, 28), 2), Ok(date(2024, 3, 1)));
        assert_eq!(plus_days(LAST, i64::MAX), Err(DateError::OutOfRange));
        assert!(is_month_end(date(2024, 2, 29)) && !is_month_end(date(2024, 2, 28)));
        assert_eq!(month_end(date(1900, 2, 1)), date(1900, 2, 28));
    }

    #[test]
    fn leap_days_count_the_end_but_not_the_start() {
        assert_eq!(leap_days(date(2024, 2, 28), date(2024, 2, 29)), 1);
        assert_eq!(leap_days(date(2024, 2, 29), date(2028, 2, 28)), 0);
        assert_eq!(leap_days(date(1900, 1, 1), date(2199, 12, 31)), 73);
        assert_eq!(days_between(date(1900, 1, 1), date(2199, 12, 31)), 109_572);
    }
}
