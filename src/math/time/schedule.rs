//! Coupon and payment dates: made by a rule, then moved to business days.

use super::calendar::{Calendar, Convention};
use super::civil::is_month_end;
use super::{DateError, DayCount, Frequency, Terms, YearFraction};
use jiff::civil::{Date, Weekday};

/// From which end the dates are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// From the end: an odd period comes first.
    Backward,
    /// From the start: an odd period comes last.
    Forward,
    /// Third Wednesdays of March, June, September and December, counted from the end; odd periods at both ends.
    ThirdWednesdays,
}

/// What becomes of an odd period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stub {
    /// It stays a period of its own.
    Short,
    /// It joins its regular neighbour.
    Long,
}

/// What a schedule is made of.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// First date.
    pub start: Date,
    /// Last date.
    pub end: Date,
    /// Distance of the dates; none for one period from start to end.
    pub frequency: Option<Frequency>,
    /// From which end the dates are counted.
    pub rule: Rule,
    /// What becomes of an odd period.
    pub stub: Stub,
    /// The end of the first period, from which the regular ones run.
    pub first: Option<Date>,
    /// The start of the last period, up to which the regular ones run.
    pub next_to_last: Option<Date>,
    /// When the date from which the others are counted ends a month, so do they all.
    pub month_ends: bool,
}

/// One period of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First date by the rule.
    pub unadjusted_start: Date,
    /// Last date by the rule.
    pub unadjusted_end: Date,
    /// First date, moved to a business day.
    pub start: Date,
    /// Last date, moved to a business day.
    pub end: Date,
    /// Whether it is shorter or longer than the frequency says.
    pub is_stub: bool,
}

/// Periods that follow one another without a gap.
#[derive(Clone, Debug)]
pub struct Schedule<'a> {
    /// In order of time.
    pub periods: Vec<Period>,
    plan: Plan,
    calendar: &'a Calendar,
    convention: Convention,
}

impl Plan {
    /// The dates by the rule alone, start first, strictly increasing.
    ///
    /// # Formula
    /// ```text
    /// backward: last, last - 1 period, last - 2 periods, ... while after first; then first
    /// forward: first, first + 1 period, ... while before last; then last
    /// before and after them start and end, where first = firstDate and last = nextToLastDate are given
    /// ```
    ///
    /// # Errors
    /// [`DateError::EndBeforeStart`], [`DateError::EmptySchedule`], [`DateError::OutOfOrder`],
    /// [`DateError::NotQuarterly`], [`DateError::TooManyPeriods`].
    ///
    /// Source: ISDA Definitions 2006, section 4.10; QuantLib 1.44, ql/time/schedule.cpp, for the roles of the two dates.
    pub fn dates(&self) -> Result<Vec<Date>, DateError> {
        let &Self { start, end, .. } = self;
        if end <= start {
            let empty = DateError::EmptySchedule { date: start };
            return Err(if end == start { empty } else { DateError::EndBeforeStart { start, end } });
        }
        let (first, last) = (self.first.unwrap_or(start), self.next_to_last.unwrap_or(end));
        for (earlier, later) in [(start, first), (first, last), (last, end)] {
            if earlier > later {
                let date = if later == end || earlier != start { earlier } else { later };
                return Err(DateError::OutOfOrder { date });
            }
        }
        let mut dates = vec![start, first];
        if let Some(frequency) = self.frequency {
            dates.extend(self.regular(frequency, first, last)?);
        }
        dates.extend([last, end]);
        dates.dedup();
        if dates.len() > Schedule::MOST + 1 { Err(DateError::TooManyPeriods) } else { Ok(dates) }
    }

    /// The dates strictly between the ends of the regular part.
    fn regular(&self, frequency: Frequency, first: Date, last: Date) -> Result<Vec<Date>, DateError> {
        let (anchor, direction) = match self.rule {
            Rule::Backward => (last, -1),
            Rule::Forward => (first, 1),
            Rule::ThirdWednesdays => return self.third_wednesdays(frequency, first, last),
        };
        let month_ends = self.month_ends && is_month_end(anchor);
        let (mut dates, mut count) = (vec![], direction);
        let exact = loop {
            let date = frequency.step(anchor, count, month_ends)?;
            if date <= first || date >= last {
                break date == first || date == last;
            }
            dates.push(date);
            if dates.len() > Schedule::MOST {
                return Err(DateError::TooManyPeriods);
            }
            count += direction;
        };
        if !exact && self.stub == Stub::Long {
            dates.pop();
        }
        if direction < 0 {
            dates.reverse();
        }
        Ok(dates)
    }

    fn third_wednesdays(
        &self,
        frequency: Frequency,
        first: Date,
        last: Date,
    ) -> Result<Vec<Date>, DateError> {
        let quarters = match frequency {
            Frequency::Annual => 4,
            Frequency::SemiAnnual => 2,
            Frequency::Quarterly => 1,
            _ => return Err(DateError::NotQuarterly),
        };
        let months = (first.year()..=last.year()).flat_map(|year| [3, 6, 9, 12].map(|month| (year, month)));
        let wednesday = |(year, month)| {
            Date::new(year, month, 1).and_then(|day| day.nth_weekday_of_month(3, Weekday::Wednesday)).ok()
        };
        let all: Vec<Date> =
            months.filter_map(wednesday).filter(|day| (first..=last).contains(day)).collect();
        let mut dates: Vec<Date> = all.into_iter().rev().step_by(quarters).collect();
        dates.reverse();
        let (odd_front, odd_back) = (dates.first() != Some(&first), dates.last() != Some(&last));
        dates.retain(|date| *date != first && *date != last);
        if self.stub == Stub::Long {
            let back = usize::from(odd_back && dates.len() > usize::from(odd_front));
            dates.truncate(dates.len() - back);
            dates.drain(..usize::from(odd_front && !dates.is_empty()));
        }
        Ok(dates)
    }
}

impl<'a> Schedule<'a> {
    /// The most periods of a schedule.
    pub const MOST: usize = 5000;

    /// The plan's dates moved to business days, the last one by a convention of its own.
    ///
    /// # Formula
    /// ```text
    /// start and end of a period = adjust(unadjusted date, convention); of the last date: adjust(end, at_end)
    /// ```
    ///
    /// # Errors
    /// As [`Plan::dates`] and [`Calendar::adjust`]; [`DateError::NotIncreasing`].
    ///
    /// Source: ISDA Definitions 2006, sections 4.10 and 4.12.
    pub fn new(
        plan: &Plan,
        calendar: &'a Calendar,
        convention: Convention,
        at_end: Convention,
    ) -> Result<Self, DateError> {
        let dates = plan.dates()?;
        let moved = |&date: &Date| calendar.adjust(date, if date == plan.end { at_end } else { convention });
        let adjusted: Vec<Date> = dates.iter().map(moved).collect::<Result<_, _>>()?;
        if let Some(pair) = adjusted.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(DateError::NotIncreasing { first: pair[0], second: pair[1] });
        }
        let period = |(dates, moved): (&[Date], &[Date])| Period {
            unadjusted_start: dates[0],
            unadjusted_end: dates[1],
            start: moved[0],
            end: moved[1],
            is_stub: plan.frequency.is_some() && !plan.is_regular(dates[0], dates[1]),
        };
        let periods = dates.windows(2).zip(adjusted.windows(2)).map(period).collect();
        Ok(Self { periods, plan: *plan, calendar, convention })
    }

    /// The moved dates, start first.
    #[must_use]
    pub fn dates(&self) -> Vec<Date> {
        let ends = self.periods.iter().map(|period| period.end);
        self.periods.first().map(|period| period.start).into_iter().chain(ends).collect()
    }

    /// The fraction of a year of the period at a place, between its moved dates. A regular period is its own notional
    /// coupon period; an odd one takes the regular period that touches it, both its dates moved to business days.
    ///
    /// # Formula
    /// ```text
    /// fraction = day count from start to end; reference of an odd first period: [end - 1 period, end], else
    /// [start, start + 1 period]
    /// ```
    ///
    /// # Errors
    /// As [`DayCount::count`]; [`DateError::NoFrequency`] for Actual/Actual (ICMA) of a schedule without frequency.
    ///
    /// Source: ICMA Rule Book, rule 251.1(iii); ISDA Definitions 2006, section 4.16.
    pub fn count(&self, place: usize, day_count: DayCount) -> Result<YearFraction, DateError> {
        let Some(period) = self.periods.get(place) else { return Err(DateError::OutOfRange) };
        let terms = Terms {
            frequency: self.plan.frequency,
            reference: self.reference(place, period)?,
            is_maturity: place + 1 == self.periods.len(),
            calendar: Some(self.calendar),
        };
        day_count.count(period.start, period.end, &terms)
    }

    fn reference(&self, place: usize, period: &Period) -> Result<Option<(Date, Date)>, DateError> {
        let Some(frequency) = self.plan.frequency else { return Ok(None) };
        if !period.is_stub {
            return Ok(Some((period.start, period.end)));
        }
        let (is_first, is_last) = (place == 0, place + 1 == self.periods.len());
        // An odd period in the midst, or alone, lies where the counting ended.
        let at_back = if is_first == is_last { self.plan.rule == Rule::Forward } else { is_last };
        let (near, direction) =
            if at_back { (period.unadjusted_start, 1) } else { (period.unadjusted_end, -1) };
        let far = frequency.step(near, direction, self.plan.month_ends && is_month_end(near))?;
        let far = self.calendar.adjust(far, self.convention)?;
        Ok(Some(if at_back { (period.start, far) } else { (far, period.end) }))
    }
}

impl Plan {
    fn is_regular(&self, start: Date, end: Date) -> bool {
        let Some(frequency) = self.frequency else { return true };
        match self.rule {
            Rule::ThirdWednesdays => {
                is_third_wednesday(start) && is_third_wednesday(end) && {
                    let months =
                        i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month());
                    months.unsigned_abs() * frequency.per_year() == 12
                }
            }
            _ => frequency.is_regular(start, end),
        }
    }
}

fn is_third_wednesday(date: Date) -> bool {
    date.weekday() == Weekday::Wednesday && (15..=21).contains(&date.day()) && date.month() % 3 == 0
}
