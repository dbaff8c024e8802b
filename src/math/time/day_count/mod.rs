//! Day counts: two dates as a fraction of a year.

mod actual;
mod coupon;
mod thirty;

use super::{Calendar, DateError, Frequency, days_between};
use jiff::civil::Date;

/// How the days between two dates become a fraction of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayCount {
    /// 30/360 US, also "30U/360": bond basis with the rule for the end of February.
    Thirty360Us,
    /// 30/360, "Bond Basis".
    Thirty360,
    /// 30E/360, "Eurobond Basis".
    ThirtyE360,
    /// 30E/360 (ISDA), which asks whether the end is the termination date.
    ThirtyE360Isda,
    /// Actual/360.
    Actual360,
    /// Actual/365 (Fixed).
    Actual365Fixed,
    /// Actual/365L: 366 in leap years.
    Actual365L,
    /// NL/365: without 29 February.
    NoLeap365,
    /// Actual/Actual (ISDA): each calendar year by its own length.
    ActualActualIsda,
    /// Actual/Actual (ICMA): by coupon periods.
    ActualActualIcma,
    /// Actual/Actual (AFB), "Euro": whole years back from the end.
    ActualActualAfb,
    /// Actual/actual as a spreadsheet's YEARFRAC, basis 1: by the mean length of the years.
    ActualActualExcel,
    /// Business/252.
    Business252,
}

/// What some conventions need beside the two dates.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms<'a> {
    /// How often the coupon comes: Actual/Actual (ICMA), Actual/365L.
    pub frequency: Option<Frequency>,
    /// The regular coupon period that the dates belong to, first and last date: Actual/Actual (ICMA), Actual/365L.
    pub reference: Option<(Date, Date)>,
    /// Whether the end is the termination date: 30E/360 (ISDA).
    pub is_maturity: bool,
    /// Which days are business days: Business/252.
    pub calendar: Option<&'a Calendar>,
}

/// A fraction of a year, and how it came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct YearFraction {
    /// Days that the convention counts.
    pub days: i64,
    /// Fraction, years.
    pub fraction: f64,
    /// days / fraction where one divisor serves the whole period; none where it is split.
    pub denominator: Option<f64>,
}

impl YearFraction {
    fn over(days: i64, denominator: f64) -> Self {
        Self { days, fraction: days as f64 / denominator, denominator: Some(denominator) }
    }
}

impl DayCount {
    /// The fraction of a year from one date, included, to another, excluded.
    ///
    /// # Formula
    /// ```text
    /// 30/360 family   (360 (Y2 - Y1) + 30 (M2 - M1) + D2 - D1) / 360, D1 and D2 cut to 30 by the convention's rules
    /// Actual/360, Actual/365 (Fixed)   days / 360, days / 365
    /// Actual/365L     days / 366 when the coupon period holds a 29 February (annual) or ends in a leap year (else)
    /// NL/365          (days - 29ths of February after the start up to the end) / 365
    /// ISDA            days in leap years / 366 + other days / 365
    /// ICMA            sum over (notional) coupon periods of days in it / (frequency · its length)
    /// AFB             whole years back from the end + days left / (366 when they hold a 29 February, else 365)
    /// Excel basis 1   days / mean length of the calendar years touched; within a year 366 by the 29 February
    /// Business/252    business days / 252
    /// ```
    ///
    /// # Errors
    /// [`DateError::EndBeforeStart`], [`DateError::NoFrequency`], [`DateError::EmptyReference`],
    /// [`DateError::NoCalendar`].
    ///
    /// Source: ISDA Definitions 2006, section 4.16; ISDA, "The actual/actual day count fraction" (1998); ICMA Rule Book,
    /// rule 251; J. J. Mayle, Standard Securities Calculation Methods, vol. 1, 3rd ed. (SIA 1993), for 30/360 US (the
    /// spreadsheet's basis 0 differs in one case: from the end of February to a 31st it counts one day more);
    /// D. A. Wheeler, "YEARFRAC incompatibilities" (2008), for basis 1; QuantLib 1.44, Business252.
    pub fn count(self, start: Date, end: Date, terms: &Terms<'_>) -> Result<YearFraction, DateError> {
        if end < start {
            return Err(DateError::EndBeforeStart { start, end });
        }
        if let Some((start, end)) = terms.reference.filter(|(start, end)| end <= start) {
            return Err(DateError::EmptyReference { start, end });
        }
        let days = days_between(start, end);
        Ok(match self {
            Self::Thirty360Us | Self::Thirty360 | Self::ThirtyE360 | Self::ThirtyE360Isda => {
                YearFraction::over(thirty::days(self, start, end, terms.is_maturity), 360.0)
            }
            Self::Actual360 => YearFraction::over(days, 360.0),
            Self::Actual365Fixed => YearFraction::over(days, 365.0),
            Self::Actual365L => YearFraction::over(days, coupon::year_of_365l(start, end, terms)?),
            Self::NoLeap365 => YearFraction::over(actual::without_leap_days(start, end), 365.0),
            Self::ActualActualIsda => actual::isda(start, end),
            Self::ActualActualIcma => coupon::icma(start, end, terms)?,
            Self::ActualActualAfb => actual::afb(start, end)?,
            Self::ActualActualExcel => YearFraction::over(days, actual::excel_year(start, end)),
            Self::Business252 => {
                let calendar = terms.calendar.ok_or(DateError::NoCalendar)?;
                YearFraction::over(calendar.count(start, end), 252.0)
            }
        })
    }

    /// The fraction alone, in years.
    ///
    /// # Formula
    /// ```text
    /// fraction of count(start, end, terms)
    /// ```
    ///
    /// # Errors
    /// As [`count`](Self::count).
    ///
    /// Source: see [`count`](Self::count).
    pub fn fraction(self, start: Date, end: Date, terms: &Terms<'_>) -> Result<f64, DateError> {
        self.count(start, end, terms).map(|count| count.fraction)
    }
}
