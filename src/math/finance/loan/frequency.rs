//! How often a loan is paid: payments per year, and the dates on which they fall.

use crate::math::Error;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// How often payments fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// 52 a year, every 7 days.
    Weekly,
    /// 26 a year, every 14 days.
    Biweekly,
    /// 24 a year, on two days of each month.
    SemiMonthly,
    /// 12 a year.
    Monthly,
    /// 4 a year.
    Quarterly,
    /// 2 a year.
    SemiAnnual,
    /// 1 a year.
    Annual,
}

impl Frequency {
    /// Payments per year.
    #[must_use]
    pub fn per_year(self) -> f64 {
        match self {
            Self::Weekly => 52.0,
            Self::Biweekly => 26.0,
            Self::SemiMonthly => 24.0,
            Self::Monthly => 12.0,
            Self::Quarterly => 4.0,
            Self::SemiAnnual => 2.0,
            Self::Annual => 1.0,
        }
    }

    /// Whole months from one payment to the next, where that is how they are counted.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Monthly => Some(1),
            Self::Quarterly => Some(3),
            Self::SemiAnnual => Some(6),
            Self::Annual => Some(12),
            _ => None,
        }
    }

    /// Whole weeks from one payment to the next, where that is how they are counted.
    #[must_use]
    pub fn weeks(self) -> Option<u32> {
        match self {
            Self::Weekly => Some(1),
            Self::Biweekly => Some(2),
            _ => None,
        }
    }

    /// The date of payment `index`, counted from 0 at `first`.
    ///
    /// # Formula
    /// ```text
    /// weeks: first + 7 k days;  months: first + k months, the day held at the month's length
    /// semi-monthly: days d and d + 15 of each month for d <= 15, d and d - 15 of the next for d > 15 (31 as 30)
    /// ```
    /// Counted from `first` each time, so that a short month does not shift the ones after it.
    ///
    /// # Errors
    /// [`Error::DateOutOfRange`]
    ///
    /// Source: 12 CFR 1026 Appendix J (b)(3)(iv) (the last day of February stands for the 29th and 30th).
    pub fn date(self, first: Date, index: u32) -> Result<Date, Error> {
        let k = i64::from(index);
        match (self.months(), self.weeks()) {
            (Some(months), _) => after(first, (k * i64::from(months)).months()),
            (None, Some(weeks)) => after(first, (7 * k * i64::from(weeks)).days()),
            (None, None) if index.is_multiple_of(2) => after(first, (k / 2).months()),
            (None, None) => other_half(first, k / 2),
        }
    }
}

/// The other semi-monthly date after `first`, some months on.
fn other_half(first: Date, months: i64) -> Result<Date, Error> {
    let later = first.day() > 15;
    let start = Date::new(first.year(), first.month(), 1).map_err(|_| Error::DateOutOfRange)?;
    let month = after(start, (months + i64::from(later)).months())?;
    let day = if later { first.day().min(30) - 15 } else { first.day() + 15 };
    Date::new(month.year(), month.month(), day.min(month.days_in_month())).map_err(|_| Error::DateOutOfRange)
}

/// A date some time after another.
pub(super) fn after(date: Date, span: Span) -> Result<Date, Error> {
    date.checked_add(span).map_err(|_| Error::DateOutOfRange)
}

/// Calendar days from one date to another; negative backwards.
#[must_use]
pub fn days(from: Date, to: Date) -> f64 {
    from.duration_until(to).as_hours() as f64 / 24.0
}

/// Days of 30/360 US from one date to another.
///
/// # Formula
/// ```text
/// 360 (Y2 - Y1) + 30 (M2 - M1) + D2 - D1; D1 = 31 or the last of February -> 30;
/// D2 = 31 -> 30 if D1 is then 30; both the last of February: D2 -> 30 too
/// ```
///
/// Source: SIA, Standard Securities Calculation Methods (1993), 30/360 with the end-of-February rule.
#[must_use]
pub fn days_360(from: Date, to: Date) -> f64 {
    let last_of_february = |d: Date| d.month() == 2 && d.day() == d.days_in_month();
    let (mut d1, mut d2) = (f64::from(from.day()), f64::from(to.day()));
    if last_of_february(from) {
        d1 = 30.0;
        d2 = if last_of_february(to) { 30.0 } else { d2 };
    }
    d1 = d1.min(30.0);
    if d1 == 30.0 {
        d2 = d2.min(30.0);
    }
    let months = f64::from(to.month()) - f64::from(from.month());
    360.0 * (f64::from(to.year()) - f64::from(from.year())) + 30.0 * months + d2 - d1
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn short_months_do_not_shift_what_follows() {
        let dates: Vec<String> =
            (0..4).map(|k| Frequency::Monthly.date(date(2024, 1, 31), k).unwrap().to_string()).collect();
        assert_eq!(dates, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]);
    }

    #[test]
    fn two_days_a_month() {
        let dates = |first: Date| -> Vec<String> {
            (0..4).map(|k| Frequency::SemiMonthly.date(first, k).unwrap().to_string()).collect()
        };
        assert_eq!(dates(date(1978, 3, 1)), ["1978-03-01", "1978-03-16", "1978-04-01", "1978-04-16"]);
        assert_eq!(dates(date(2023, 1, 15)), ["2023-01-15", "2023-01-30", "2023-02-15", "2023-02-28"]);
        assert_eq!(dates(date(2023, 1, 31)), ["2023-01-31", "2023-02-15", "2023-02-28", "2023-03-15"]);
    }

    #[test]
    fn days_are_counted_by_rule() {
        assert_eq!(days(date(2024, 2, 1), date(2024, 3, 1)), 29.0);
        assert_eq!(days(date(2024, 3, 1), date(2024, 2, 1)), -29.0);
        for (from, to, want) in [
            (date(2023, 1, 31), date(2023, 2, 28), 28.0),
            (date(2023, 2, 28), date(2023, 3, 31), 30.0),
            (date(2024, 2, 28), date(2024, 3, 31), 33.0),
            (date(2023, 1, 15), date(2024, 1, 15), 360.0),
            (date(2023, 1, 29), date(2023, 1, 31), 2.0),
        ] {
            assert_eq!(days_360(from, to), want, "{from} {to}");
        }
        assert!(Frequency::Annual.date(date(9990, 1, 1), 10).is_err());
    }
}
