//! The family in which every month has 30 days.

use super::DayCount;
use crate::math::time::is_month_end;
use jiff::civil::Date;

/// Days by one of the four 30/360 conventions.
pub(super) fn days(convention: DayCount, start: Date, end: Date, is_maturity: bool) -> i64 {
    let (first, last) = match convention {
        DayCount::Thirty360Us => us(start, end),
        DayCount::Thirty360 => bond(start.day(), end.day()),
        DayCount::ThirtyE360Isda => {
            let first = if is_month_end(start) { 30 } else { start.day() };
            let kept = !is_month_end(end) || (is_maturity && end.month() == 2);
            (first, if kept { end.day() } else { 30 })
        }
        _ => (start.day().min(30), end.day().min(30)),
    };
    let years = i64::from(end.year()) - i64::from(start.year());
    let months = i64::from(end.month()) - i64::from(start.month());
    360 * years + 30 * months + i64::from(last) - i64::from(first)
}

/// A 31st at the end becomes a 30th only when the period starts on a 30th or 31st.
fn bond(first: i8, last: i8) -> (i8, i8) {
    let first = first.min(30);
    (first, if first == 30 { last.min(30) } else { last })
}

/// As [`bond`], with the last day of February as a 30th: at the start, and at the end when both are such days.
fn us(start: Date, end: Date) -> (i8, i8) {
    let ends_february = |date: Date| date.month() == 2 && is_month_end(date);
    match (ends_february(start), ends_february(end)) {
        (true, true) => (30, 30),
        (true, false) => bond(30, end.day()),
        (false, _) => bond(start.day(), end.day()),
    }
}
