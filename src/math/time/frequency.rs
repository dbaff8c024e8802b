//! How often a coupon or payment comes, and the step from one date to the next.

use super::DateError;
use super::civil::{is_month_end, month_end, plus_days, plus_months};
use jiff::civil::Date;

/// How often a coupon or payment comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Once a year.
    Annual,
    /// Every six months.
    SemiAnnual,
    /// Every three months.
    Quarterly,
    /// Every two months.
    Bimonthly,
    /// Every month.
    Monthly,
    /// Every 14 days.
    Biweekly,
    /// Every 7 days.
    Weekly,
}

impl Frequency {
    /// Those that a coupon period's length can tell, longest first.
    const OF_MONTHS: [Self; 5] =
        [Self::Annual, Self::SemiAnnual, Self::Quarterly, Self::Bimonthly, Self::Monthly];

    /// Periods in a year, as the conventions count them.
    #[must_use]
    pub fn per_year(self) -> u32 {
        match self {
            Self::Annual => 1,
            Self::SemiAnnual => 2,
            Self::Quarterly => 4,
            Self::Bimonthly => 6,
            Self::Monthly => 12,
            Self::Biweekly => 26,
            Self::Weekly => 52,
        }
    }

    /// Whether the step is in months, not in days.
    #[must_use]
    pub fn is_in_months(self) -> bool {
        !matches!(self, Self::Biweekly | Self::Weekly)
    }

    /// The date `count` periods from an anchor (before it when negative), always counted from the anchor itself, so that
    /// a 31st does not become a 28th for good; with `month_ends`, the last day of its month.
    ///
    /// # Formula
    /// ```text
    /// date = anchor + count · 12 / per_year months, its day cut to the month's length
    /// biweekly, weekly: anchor + count · 14 or 7 days
    /// ```
    ///
    /// # Errors
    /// [`DateError::OutOfRange`] beyond the years -9999 to 9999.
    ///
    /// Source: ICMA Rule Book, rule 251.1(iii) on notional coupon dates; ISDA Definitions 2006, section 4.10.
    pub fn step(self, anchor: Date, count: i64, month_ends: bool) -> Result<Date, DateError> {
        if !self.is_in_months() {
            return plus_days(anchor, count * if self == Self::Weekly { 7 } else { 14 });
        }
        let date = plus_months(anchor, count * 12 / i64::from(self.per_year()))?;
        Ok(if month_ends { month_end(date) } else { date })
    }

    /// Whether two dates are one regular period apart; ends of months are so whatever their day.
    ///
    /// # Formula
    /// ```text
    /// start + 1 period = end, or end - 1 period = start, or both are ends of months that far apart
    /// ```
    ///
    /// Source: see [`step`](Self::step).
    #[must_use]
    pub fn is_regular(self, start: Date, end: Date) -> bool {
        let ends = is_month_end(start) && is_month_end(end) && self.is_in_months();
        let forth = |ends: bool| self.step(start, 1, ends) == Ok(end);
        forth(false) || self.step(end, -1, false) == Ok(start) || (ends && forth(true))
    }

    /// The frequency whose regular period lies between two dates, where there is one.
    ///
    /// # Formula
    /// ```text
    /// the frequency in months for which start and end are one period apart
    /// ```
    ///
    /// Source: see [`is_regular`](Self::is_regular).
    #[must_use]
    pub fn between(start: Date, end: Date) -> Option<Self> {
        Self::OF_MONTHS.into_iter().find(|frequency| frequency.is_regular(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn regular_periods_are_seen_at_ends_of_months() {
        let half = Frequency::SemiAnnual;
        assert!(half.is_regular(date(2023, 8, 31), date(2024, 2, 29)));
        assert!(half.is_regular(date(2024, 2, 29), date(2024, 8, 31)));
        assert!(half.is_regular(date(2024, 2, 29), date(2024, 8, 29)));
        assert!(!half.is_regular(date(2024, 2, 28), date(2024, 8, 31)));
        assert_eq!(Frequency::between(date(2024, 1, 15), date(2024, 2, 15)), Some(Frequency::Monthly));
        assert_eq!(Frequency::between(date(2024, 1, 15), date(2024, 2, 16)), None);
        assert!(Frequency::Weekly.is_regular(date(2024, 1, 31), date(2024, 2, 7)));
    }
}
