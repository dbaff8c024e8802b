//! Conventions on actual days that need no coupon period.

use super::YearFraction;
use crate::math::time::DateError;
use crate::math::time::civil::{days_between, leap_days, plus_days, plus_months};
use jiff::civil::Date;

/// Days but for 29ths of February, each of which is the same day as the 28th before it.
pub(super) fn without_leap_days(start: Date, end: Date) -> i64 {
    days_between(start, end) - leap_days(start, end)
}

/// Each calendar year by its own length.
pub(super) fn isda(start: Date, end: Date) -> YearFraction {
    let within = |year: i16| {
        let from = Date::new(year, 1, 1).unwrap_or(start).max(start);
        let to = year.checked_add(1).and_then(|next| Date::new(next, 1, 1).ok()).unwrap_or(end).min(end);
        days_between(from, to)
    };
    let leap = (start.year()..=end.year()).filter(|year| is_leap(*year)).map(within).sum::<i64>();
    let days = days_between(start, end);
    match (leap, days - leap) {
        (0, _) if days > 0 || !start.in_leap_year() => YearFraction::over(days, 365.0),
        (_, 0) => YearFraction::over(days, 366.0),
        (leap, other) => {
            YearFraction { days, fraction: leap as f64 / 366.0 + other as f64 / 365.0, denominator: None }
        }
    }
}

fn is_leap(year: i16) -> bool {
    Date::new(year, 1, 1).is_ok_and(Date::in_leap_year)
}

/// Whole years back from the end; the year of the days that are left has 366 when they hold a 29 February.
pub(super) fn afb(start: Date, end: Date) -> Result<YearFraction, DateError> {
    let (mut whole, mut at) = (0, end);
    loop {
        let earlier = plus_months(at, -12)?;
        // From a 28 February back to a 29th where there is one.
        let leap_end = earlier.month() == 2 && earlier.day() == 28 && earlier.in_leap_year();
        let earlier = if leap_end { plus_days(earlier, 1)? } else { earlier };
        if earlier < start {
            break;
        }
        (whole, at) = (whole + 1, earlier);
    }
    // The start belongs to the period, its end does not.
    let has_leap_day = plus_days(start, -1).and_then(|a| Ok(leap_days(a, plus_days(at, -1)?)))? > 0;
    let year = if has_leap_day { 366.0 } else { 365.0 };
    let rest = YearFraction::over(days_between(start, at), year);
    let days = days_between(start, end);
    Ok(match whole {
        0 => YearFraction { days, ..rest },
        _ => YearFraction { days, fraction: f64::from(whole) + rest.fraction, denominator: None },
    })
}

/// The length of a year for YEARFRAC's basis 1: the mean over the calendar years touched; for at most a year, 366 when
/// the dates share a leap year, hold a 29 February or end on one.
pub(super) fn excel_year(start: Date, end: Date) -> f64 {
    let years = f64::from(end.year()) - f64::from(start.year()) + 1.0;
    let next = (end.month(), end.day()) <= (start.month(), start.day());
    if start.year() == end.year() {
        return if start.in_leap_year() { 366.0 } else { 365.0 };
    }
    if years == 2.0 && next {
        let from = start.yesterday().unwrap_or(start);
        return if leap_days(from, end) > 0 { 366.0 } else { 365.0 };
    }
    let leap = (start.year()..=end.year()).filter(|year| is_leap(*year)).count();
    365.0 + leap as f64 / years
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_that_ends_with_the_period_is_one() {
        assert_eq!(isda(date(2024, 1, 1), date(2025, 1, 1)), YearFraction::over(366, 366.0));
        assert_eq!(isda(date(2023, 1, 1), date(2024, 1, 1)).fraction, 1.0);
        assert_eq!(afb(date(2023, 2, 28), date(2024, 2, 29)).unwrap().fraction, 1.0 + 0.0);
        assert_eq!(afb(date(2024, 2, 29), date(2025, 2, 28)).unwrap().fraction, 1.0);
        assert_eq!(without_leap_days(date(2024, 2, 28), date(2024, 3, 1)), 1);
    }
}
