//! How often a loan is paid: payments per year, and the dates on which they fall.

use crate::math::time::{self, DateError};
use jiff::civil::Date;

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
    /// [`DateError::OutOfRange`]
    ///
    /// Source: 12 CFR 1026 Appendix J (b)(3)(iv) (the last day of February stands for the 29th and 30th).
    pub fn date(self, first: Date, index: u32) -> Result<Date, DateError> {
        let k = i64::from(index);
        let step = |frequency: time::Frequency, k| frequency.step(first, k, false);
        match self {
            Self::Weekly => step(time::Frequency::Weekly, k),
            Self::Biweekly => step(time::Frequency::Biweekly, k),
            Self::Monthly => step(time::Frequency::Monthly, k),
            Self::Quarterly => step(time::Frequency::Quarterly, k),
            Self::SemiAnnual => step(time::Frequency::SemiAnnual, k),
            Self::Annual => step(time::Frequency::Annual, k),
            Self::SemiMonthly if index.is_multiple_of(2) => step(time::Frequency::Monthly, k / 2),
            Self::SemiMonthly => other_half(first, k / 2),
        }
    }
}

/// The other semi-monthly date after `first`, some months on.
fn other_half(first: Date, months: i64) -> Result<Date, DateError> {
    let later = first.day() > 15;
    let month = time::Frequency::Monthly.step(first.first_of_month(), months + i64::from(later), false)?;
    let day = if later { first.day().min(30) - 15 } else { first.day() + 15 };
    day_of_month(month, day)
}

/// A day of the date's month, or its last day where it has no such day.
///
/// # Errors
/// [`DateError::OutOfRange`] for days below 1.
pub fn day_of_month(date: Date, day: i8) -> Result<Date, DateError> {
    Date::new(date.year(), date.month(), day.min(date.days_in_month())).map_err(|_| DateError::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn two_days_a_month() {
        let dates = |first: Date| -> Vec<String> {
            (0..4).map(|k| Frequency::SemiMonthly.date(first, k).unwrap().to_string()).collect()
        };
        assert_eq!(dates(date(1978, 3, 1)), ["1978-03-01", "1978-03-16", "1978-04-01", "1978-04-16"]);
        assert_eq!(dates(date(2023, 1, 15)), ["2023-01-15", "2023-01-30", "2023-02-15", "2023-02-28"]);
        assert_eq!(dates(date(2023, 1, 31)), ["2023-01-31", "2023-02-15", "2023-02-28", "2023-03-15"]);
        assert!(Frequency::Annual.date(date(9990, 1, 1), 10).is_err());
    }
}
