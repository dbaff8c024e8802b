//! Conventions that look at the coupon period.

use super::{Terms, YearFraction};
use crate::math::time::civil::leap_days;
use crate::math::time::{DateError, Frequency, days_between, is_month_end};
use jiff::civil::Date;

/// The year of Actual/365L: by the coupon period, which is the period itself unless another is given. Without a
/// frequency it is known only where the rules for annual and for other coupons agree.
pub(super) fn year_of_365l(start: Date, end: Date, terms: &Terms<'_>) -> Result<f64, DateError> {
    let (first, last) = terms.reference.unwrap_or((start, end));
    let annual = leap_days(first, last) > 0;
    let other = last.in_leap_year();
    let long = match terms.frequency {
        Some(Frequency::Annual) => annual,
        Some(_) => other,
        None if annual == other => annual,
        None => return Err(DateError::NoFrequency),
    };
    Ok(if long { 366.0 } else { 365.0 })
}

/// Actual/Actual (ICMA): each part of the period by the notional coupon period that it lies in.
pub(super) fn icma(start: Date, end: Date, terms: &Terms<'_>) -> Result<YearFraction, DateError> {
    if start == end {
        return Ok(YearFraction { days: 0, fraction: 0.0, denominator: None });
    }
    let (first, last) = terms.reference.unwrap_or((start, end));
    let told = terms.frequency.or_else(|| Frequency::between(first, last));
    let frequency = told.ok_or(DateError::NoFrequency)?;
    // An odd period without a reference is one that leads up to a regular coupon date.
    let first = match terms.reference {
        None if !frequency.is_regular(start, end) => frequency.step(last, -1, false)?,
        _ => first,
    };
    Notional { first, last, frequency, month_ends: is_month_end(first) && is_month_end(last) }
        .count(start, end)
}

/// Notional coupon periods, before and after the reference period.
struct Notional {
    first: Date,
    last: Date,
    frequency: Frequency,
    month_ends: bool,
}

impl Notional {
    /// The period so many places after the reference period.
    fn period(&self, place: i64) -> Result<(Date, Date), DateError> {
        let from_first = |count| self.frequency.step(self.first, count, self.month_ends);
        let from_last = |count| self.frequency.step(self.last, count, self.month_ends);
        Ok(match place {
            0 => (self.first, self.last),
            1.. => (if place == 1 { self.last } else { from_last(place - 1)? }, from_last(place)?),
            _ => (from_first(place)?, if place == -1 { self.first } else { from_first(place + 1)? }),
        })
    }

    fn count(&self, start: Date, end: Date) -> Result<YearFraction, DateError> {
        let mut place = 0;
        while self.period(place)?.0 > start {
            place -= 1;
        }
        while self.period(place)?.1 <= start {
            place += 1;
        }
        let (mut whole, mut parts, mut at, mut divisor, mut touched) = (0_i64, 0.0, start, 0.0, 0);
        while at < end {
            let (from, to) = self.period(place)?;
            let until = to.min(end);
            let length = days_between(from, to) as f64;
            if at == from && until == to {
                whole += 1;
            } else {
                parts += days_between(at, until) as f64 / length;
            }
            divisor = length * f64::from(self.frequency.per_year());
            (at, place, touched) = (until, place + 1, touched + 1);
        }
        let fraction = (whole as f64 + parts) / f64::from(self.frequency.per_year());
        let denominator = (touched == 1).then_some(divisor);
        Ok(YearFraction { days: days_between(start, end), fraction, denominator })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_odd_period_without_reference_leads_up_to_its_end() {
        let terms = Terms { frequency: Some(Frequency::SemiAnnual), ..Terms::default() };
        // By hand: 15 August to 15 January is 153 of the 184 days from 15 July, then a whole period.
        let long = icma(date(2002, 8, 15), date(2003, 7, 15), &terms).unwrap();
        assert_eq!(long.fraction, (153.0 / 184.0 + 1.0) / 2.0);
        assert_eq!(long.denominator, None);
        assert_eq!(
            icma(date(2002, 8, 15), date(2003, 7, 15), &Terms::default()),
            Err(DateError::NoFrequency)
        );
    }
}
