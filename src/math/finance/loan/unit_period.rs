//! Unit-periods of 12 CFR 1026 Appendix J: how an interval between dates is counted, and which unit a loan has.

use super::frequency::{Frequency, day_of_month};
use crate::math::Error;
use crate::math::time::{self, days_between, is_month_end};
use jiff::civil::Date;

/// A unit of time in which a loan's rate is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of days; more than one only as the term of a loan with one payment.
    Days(u32),
    /// A number of weeks.
    Weeks(u32),
    /// Half a month.
    HalfMonth,
    /// A number of months up to 12.
    Months(u32),
    /// A number of months as the term of a loan with one payment.
    Term(u32),
}

/// A payment or an advance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Its date.
    pub date: Date,
    /// The day of the month on which the payments of its series fall: 31 is the last day.
    pub day: i8,
    /// Currency.
    pub amount: f64,
    /// The interval to the payment before it, where its series says so.
    pub every: Option<Frequency>,
}

/// An interval in whole unit-periods and a fraction of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Whole unit-periods.
    pub whole: f64,
    /// What remains, in unit-periods.
    pub fraction: f64,
}

/// Whole months counted back from the later date, and the days that remain, in front of them.
pub(super) fn months_and_days(start: Date, end: &Flow) -> Result<(u32, f64), Error> {
    let apart = 12 * (i32::from(end.date.year()) - i32::from(start.year())) + i32::from(end.date.month())
        - i32::from(start.month());
    let months = u32::try_from(apart).unwrap_or(0);
    // A series on the last days of months runs from last day to last day.
    if is_month_end(start) && is_month_end(end.date) {
        return Ok((months, 0.0));
    }
    let mut whole = months;
    let mut from = back(end, whole)?;
    if from < start && whole > 0 {
        whole -= 1;
        from = back(end, whole)?;
    }
    Ok((whole, days(start, from)))
}

/// The same day some months earlier.
fn back(end: &Flow, months: u32) -> Result<Date, Error> {
    if months == 0 {
        return Ok(end.date);
    }
    let month = time::Frequency::Monthly.step(end.date.first_of_month(), -i64::from(months), false)?;
    Ok(day_of_month(month, end.day)?)
}

/// Days from one date to another.
fn days(from: Date, to: Date) -> f64 {
    days_between(from, to) as f64
}

impl Unit {
    /// Unit-periods per year.
    #[must_use]
    pub fn per_year(self) -> f64 {
        match self {
            Self::Days(days) => 365.0 / f64::from(days),
            Self::Weeks(weeks) => 52.0 / f64::from(weeks),
            Self::HalfMonth => 24.0,
            Self::Months(months) | Self::Term(months) => 12.0 / f64::from(months),
        }
    }

    /// The interval from the start of the loan to a flow.
    ///
    /// # Formula
    /// ```text
    /// months: whole months counted back from the flow, odd days / 30;  several months or half ones: 30 days a month
    /// year: whole years back, then months / 12 if no days are odd, else days / 365;  weeks, days: days / unit
    /// ```
    ///
    /// # Errors
    /// [`Error::Date`]
    ///
    /// Source: 12 CFR 1026 Appendix J (b)(5).
    pub fn between(self, start: Date, flow: &Flow) -> Result<Span, Error> {
        let divided = |length: f64, unit: f64| {
            let whole = (length / unit).floor();
            Span { whole, fraction: (length - whole * unit) / unit }
        };
        Ok(match self {
            Self::Days(unit) => divided(days(start, flow.date), unit.into()),
            Self::Weeks(weeks) => divided(days(start, flow.date), 7.0 * f64::from(weeks)),
            Self::Months(12) => years(start, flow)?,
            Self::HalfMonth => divided(thirties(start, flow)?, 15.0),
            Self::Months(1) => {
                let (months, odd) = months_and_days(start, flow)?;
                Span { whole: months.into(), fraction: odd / 30.0 }
            }
            Self::Months(months) | Self::Term(months) => {
                divided(thirties(start, flow)?, 30.0 * f64::from(months))
            }
        })
    }

    /// About how many days it has, to tell the smaller of two.
    fn size(self) -> f64 {
        match self {
            Self::Days(days) => days.into(),
            Self::Weeks(weeks) => 7.0 * f64::from(weeks),
            Self::HalfMonth => 15.0,
            Self::Months(months) | Self::Term(months) => 30.0 * f64::from(months),
        }
    }
}

/// Days at 30 a month.
fn thirties(start: Date, flow: &Flow) -> Result<f64, Error> {
    let (months, odd) = months_and_days(start, flow)?;
    Ok(30.0 * f64::from(months) + odd)
}

fn years(start: Date, flow: &Flow) -> Result<Span, Error> {
    let (months, odd) = months_and_days(start, flow)?;
    let whole = f64::from(months / 12);
    let fraction = if odd == 0.0 {
        f64::from(months % 12) / 12.0
    } else {
        days(start, back(flow, months / 12 * 12)?) / 365.0
    };
    Ok(Span { whole, fraction })
}

/// The unit-period of a loan.
///
/// # Formula
/// ```text
/// one advance, one payment: the term, at most a year
/// else the interval of at most a year that occurs most often, the smaller of two equally frequent ones;
/// none that occurs twice: the mean interval, to the nearest day, week, half month, month or multiple
/// ```
/// `advances` and `payments` in order of date; the loan starts with the first advance.
///
/// # Errors
/// [`Error::Date`], [`Error::NoFlows`]
///
/// Source: 12 CFR 1026 Appendix J (b)(3) and (b)(4).
pub fn unit_period(advances: &[Flow], payments: &[Flow]) -> Result<Unit, Error> {
    let start = advances.first().ok_or(Error::NoFlows)?;
    if let ([_], [payment]) = (advances, payments) {
        return term(start.date, payment);
    }
    let mut intervals = intervals(start, &advances[1..])?;
    intervals.extend(self::intervals(start, payments)?);
    let mut kinds: Vec<(Unit, usize)> = Vec::new();
    for (unit, _) in &intervals {
        match kinds.iter_mut().find(|(kind, _)| kind == unit) {
            Some((_, count)) => *count += 1,
            None => kinds.push((*unit, 1)),
        }
    }
    let common = kinds.into_iter().filter(|(_, count)| *count > 1);
    let smaller_first =
        |a: &(Unit, usize), b: &(Unit, usize)| a.1.cmp(&b.1).then_with(|| b.0.size().total_cmp(&a.0.size()));
    Ok(common.max_by(smaller_first).map_or_else(|| mean(&intervals), |(unit, _)| unit))
}

/// Intervals between consecutive dates, each with its days; the first one from the start.
fn intervals(start: &Flow, flows: &[Flow]) -> Result<Vec<(Unit, f64)>, Error> {
    let mut found = Vec::with_capacity(flows.len());
    let mut before = start.date;
    for (i, flow) in flows.iter().enumerate() {
        if flow.date > before {
            found.push((interval(before, flow, i, flows)?, days(before, flow.date)));
            before = flow.date;
        }
    }
    Ok(found)
}

/// One interval: as its series says, or else in months, weeks, half months or days, whichever fits.
fn interval(before: Date, flow: &Flow, i: usize, flows: &[Flow]) -> Result<Unit, Error> {
    if let Some(every) = flow.every.filter(|_| i > 0 && flows[i - 1].date == before) {
        return Ok(of_frequency(every));
    }
    let (months, odd) = months_and_days(before, flow)?;
    let apart = days(before, flow.date);
    if odd == 0.0 && months > 0 {
        return Ok(Unit::Months(months.min(12)));
    }
    if is_half_month(before, flow, i, flows)? {
        return Ok(Unit::HalfMonth);
    }
    let weeks = apart / 7.0;
    Ok(match weeks.fract() == 0.0 {
        true if weeks <= 52.0 => Unit::Weeks(weeks as u32),
        _ if apart >= 365.0 => Unit::Months(12),
        _ => Unit::Days(apart as u32),
    })
}

fn of_frequency(every: Frequency) -> Unit {
    match (every.months(), every.weeks()) {
        (Some(months), _) => Unit::Months(months),
        (None, Some(weeks)) => Unit::Weeks(weeks),
        (None, None) => Unit::HalfMonth,
    }
}

/// Whether this interval and a neighbour make up a month.
fn is_half_month(before: Date, flow: &Flow, i: usize, flows: &[Flow]) -> Result<bool, Error> {
    if !(13.0..=16.0).contains(&days(before, flow.date)) {
        return Ok(false);
    }
    let month = |from: Date, to: &Flow| Ok::<_, Error>(months_and_days(from, to)? == (1, 0.0));
    let next = match flows.get(i + 1) {
        Some(next) => month(before, next)?,
        None => false,
    };
    let last = if i > 1 { month(flows[i - 2].date, flow)? } else { false };
    Ok(next || last)
}

/// The term of a loan with one payment.
fn term(start: Date, payment: &Flow) -> Result<Unit, Error> {
    let (months, odd) = months_and_days(start, payment)?;
    Ok(if months >= 12 {
        Unit::Months(12)
    } else if odd == 0.0 && months > 0 {
        Unit::Term(months)
    } else {
        Unit::Days((days(start, payment.date) as u32).max(1))
    })
}

/// The mean interval, to the nearest standard one; of two equally near the shorter.
fn mean(intervals: &[(Unit, f64)]) -> Unit {
    let count = intervals.len().max(1) as f64;
    let months = |unit: &Unit| if let Unit::Months(months) = unit { Some(f64::from(*months)) } else { None };
    if let Some(all) = intervals.iter().map(|(unit, _)| months(unit)).collect::<Option<Vec<f64>>>()
        && !all.is_empty()
    {
        let mean = all.iter().sum::<f64>() / count;
        return Unit::Months(((mean - 0.5).ceil() as u32).clamp(1, 12));
    }
    let mean = intervals.iter().map(|(_, days)| days).sum::<f64>() / count;
    let weeks = (1..=51).map(Unit::Weeks);
    let months = (1..=12).map(Unit::Months);
    let all = [Unit::Days(1), Unit::HalfMonth].into_iter().chain(weeks).chain(months);
    let distance = |unit: &Unit| (unit.size() - mean).abs();
    let nearer = |a: Unit, b: Unit| match distance(&b).total_cmp(&distance(&a)) {
        std::cmp::Ordering::Less => b,
        std::cmp::Ordering::Equal if b.size() < a.size() => b,
        _ => a,
    };
    all.reduce(nearer).unwrap_or(Unit::Months(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn flow(date: Date) -> Flow {
        Flow { date, day: date.day(), amount: 1.0, every: None }
    }

    fn unit(start: Date, dates: &[Date]) -> Unit {
        let payments: Vec<Flow> = dates.iter().map(|d| flow(*d)).collect();
        unit_period(&[flow(start)], &payments).unwrap()
    }

    #[test]
    fn spans_of_the_appendix() {
        let span = |unit: Unit, start, end| {
            let span = unit.between(start, &flow(end)).unwrap();
            (span.whole, (span.fraction * 1e9).round() / 1e9)
        };
        // (c)(1)(ii), (iii), (iv), (v); (c)(5)(iii)
        assert_eq!(span(Unit::Months(1), date(1978, 2, 10), date(1978, 4, 1)), (1.0, 0.633_333_333));
        assert_eq!(span(Unit::HalfMonth, date(1978, 2, 23), date(1978, 3, 1)), (0.0, 0.4));
        assert_eq!(span(Unit::Months(3), date(1978, 5, 23), date(1978, 10, 1)), (1.0, 0.433_333_333));
        assert_eq!(span(Unit::Weeks(1), date(1978, 3, 20), date(1978, 4, 21)), (4.0, 0.571_428_571));
        assert_eq!(span(Unit::Months(12), date(1978, 1, 17), date(1979, 7, 17)), (1.0, 0.5));
        // Last day to last day; and a year with odd days.
        assert_eq!(span(Unit::Months(1), date(2023, 1, 31), date(2023, 2, 28)), (1.0, 0.0));
        assert_eq!(
            span(Unit::Months(12), date(2022, 1, 10), date(2023, 2, 15)),
            (1.0, (36e9_f64 / 365.0).round() / 1e9)
        );
    }

    #[test]
    fn the_most_frequent_interval_is_the_unit() {
        let months: Vec<Date> = (1..=6).map(|m| date(2024, m, 15)).collect();
        assert_eq!(unit(date(2024, 1, 3), &months), Unit::Months(1));
        let halves: Vec<Date> = (1..=4).flat_map(|m| [date(2024, m, 1), date(2024, m, 16)]).collect();
        assert_eq!(unit(date(2023, 12, 20), &halves), Unit::HalfMonth);
        let fortnights: Vec<Date> =
            (0..8).map(|k| Frequency::Biweekly.date(date(2024, 1, 5), k).unwrap()).collect();
        assert_eq!(unit(date(2024, 1, 1), &fortnights), Unit::Weeks(2));
        // A month and two months, twice each: the smaller.
        let tie = [date(2024, 2, 1), date(2024, 3, 1), date(2024, 5, 1), date(2024, 7, 1)];
        assert_eq!(unit(date(2024, 1, 1), &tie), Unit::Months(1));
    }

    #[test]
    fn without_a_common_interval_the_mean_counts() {
        // 3 and 6 months: 4.5, equally near 4 and 5, so 4.
        assert_eq!(unit(date(2024, 1, 1), &[date(2024, 4, 1), date(2024, 10, 1)]), Unit::Months(4));
        // 10 and 24 days: 17, nearest 15.
        assert_eq!(unit(date(2024, 1, 1), &[date(2024, 1, 11), date(2024, 2, 4)]), Unit::HalfMonth);
    }

    #[test]
    fn one_payment_is_the_term() {
        assert_eq!(unit(date(1978, 1, 3), &[date(1978, 9, 15)]), Unit::Days(255));
        assert_eq!(unit(date(1978, 7, 15), &[date(1979, 1, 15)]), Unit::Term(6));
        assert_eq!(unit(date(1978, 1, 17), &[date(1979, 7, 17)]), Unit::Months(12));
    }
}
