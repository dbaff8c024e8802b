//! Laws of dates and of rates between bases.

use super::Numbers;
use crate::reference::close;
use businessmath_mcp::math::finance::rate::{Basis, convert};
use businessmath_mcp::math::time::{
    Calendar, Convention, DayCount, FIRST, Frequency, Market, Plan, Rule, Schedule, Stub, Terms, days_between,
};
use jiff::{Span, civil::Date};

const MARKETS: [Market; 7] = [
    Market::None,
    Market::WeekendsOnly,
    Market::Target,
    Market::UsFederalReserve,
    Market::UsGovernmentBond,
    Market::UsNyse,
    Market::UkSettlement,
];
const MOVING: [Convention; 4] = [
    Convention::Following,
    Convention::ModifiedFollowing,
    Convention::Preceding,
    Convention::ModifiedPreceding,
];
const FREQUENCIES: [Frequency; 7] = [
    Frequency::Annual,
    Frequency::SemiAnnual,
    Frequency::Quarterly,
    Frequency::Bimonthly,
    Frequency::Monthly,
    Frequency::Biweekly,
    Frequency::Weekly,
];

/// A date from 1900 to about 2190.
fn day(numbers: &mut Numbers) -> Date {
    later(FIRST, numbers.whole(1, 106_000) as i64)
}

fn later(date: Date, days: i64) -> Date {
    date.checked_add(Span::new().days(days)).unwrap()
}

fn one<T: Copy>(numbers: &mut Numbers, of: &[T]) -> T {
    of[numbers.whole(0, of.len() as u64 - 1) as usize]
}

#[test]
fn adjusting_twice_is_adjusting_once() {
    let mut numbers = Numbers(21);
    for market in MARKETS {
        let calendar = Calendar::new(market);
        for _ in 0..400 {
            let (date, convention) = (day(&mut numbers), one(&mut numbers, &MOVING));
            let moved = calendar.adjust(date, convention).unwrap();
            assert!(calendar.is_business_day(moved), "{market:?} {date}");
            assert_eq!(calendar.adjust(moved, convention), Ok(moved));
            assert!(moved == date || !calendar.is_business_day(date));
            let (low, high) = (date.min(moved), date.max(moved));
            let between = days_between(low, high) - 1;
            assert!(between < 100, "the longest closure, of 1914, with its weekends aside: {date}");
            match convention {
                Convention::Following => assert!(moved >= date),
                Convention::Preceding => assert!(moved <= date),
                _ => assert_eq!(moved.first_of_month(), date.first_of_month()),
            }
        }
    }
}

#[test]
fn adding_and_counting_are_inverse() {
    let mut numbers = Numbers(22);
    for market in MARKETS {
        let calendar = Calendar::new(market);
        for _ in 0..300 {
            let start = calendar.adjust(day(&mut numbers), Convention::Preceding).unwrap();
            let days = numbers.whole(1, 2_000) as i64;
            let Ok(end) = calendar.add(start, days, Convention::Following) else { continue };
            assert_eq!(calendar.count(start, end), days, "{market:?} {start}");
            assert_eq!(calendar.add(end, -days, Convention::Following), Ok(start));
            let middle = later(start, days_between(start, end) / 3);
            assert_eq!(calendar.count(start, middle) + calendar.count(middle, end), days);
            let one_by_one =
                (0..days_between(start, end)).filter(|i| calendar.is_business_day(later(start, *i)));
            assert_eq!(one_by_one.count() as i64, days);
        }
    }
}

/// Conventions that count days by their own number add up; those that look at both ends do not.
#[test]
fn fractions_add_up_where_the_convention_says_so() {
    let mut numbers = Numbers(23);
    let nyse = Calendar::new(Market::UsNyse);
    for convention in [
        DayCount::Actual360,
        DayCount::Actual365Fixed,
        DayCount::NoLeap365,
        DayCount::ActualActualIsda,
        DayCount::ThirtyE360,
        DayCount::ThirtyE360Isda,
        DayCount::Business252,
    ] {
        for _ in 0..300 {
            let mut dates = [day(&mut numbers), day(&mut numbers), day(&mut numbers)];
            dates.sort();
            let terms = Terms { calendar: Some(&nyse), ..Terms::default() };
            let count = |a: usize, b: usize| convention.count(dates[a], dates[b], &terms).unwrap();
            let (whole, first, second) = (count(0, 2), count(0, 1), count(1, 2));
            assert_eq!(first.days + second.days, whole.days, "{convention:?} {dates:?}");
            assert!(
                close(first.fraction + second.fraction, whole.fraction, 1e-14),
                "{convention:?} {dates:?}"
            );
        }
    }
}

#[test]
fn every_fraction_is_near_the_plain_one_and_agrees_with_its_divisor() {
    let mut numbers = Numbers(24);
    let plain = Calendar::new(Market::None);
    for _ in 0..3_000 {
        let start = day(&mut numbers);
        let end = later(start, numbers.whole(0, 4_000) as i64);
        let frequency = Some(one(&mut numbers, &FREQUENCIES[..5]));
        let terms = Terms { frequency, calendar: Some(&plain), ..Terms::default() };
        for convention in [
            DayCount::Thirty360Us,
            DayCount::Thirty360,
            DayCount::ThirtyE360,
            DayCount::ThirtyE360Isda,
            DayCount::Actual365L,
            DayCount::NoLeap365,
            DayCount::ActualActualIsda,
            DayCount::ActualActualIcma,
            DayCount::ActualActualAfb,
            DayCount::ActualActualExcel,
        ] {
            let count = convention.count(start, end, &terms).unwrap();
            let plain = days_between(start, end) as f64 / 365.25;
            // Two 31sts and two ends of February at most, and a 366th of a long period.
            assert!(
                (count.fraction - plain).abs() <= 6.0 / 360.0 + plain * 0.003,
                "{convention:?} {start} {end}"
            );
            if let Some(denominator) = count.denominator {
                assert!(
                    close(count.days as f64 / denominator, count.fraction, 1e-15),
                    "{convention:?} {start}"
                );
            }
        }
    }
}

/// Each whole coupon period is one part of the year, wherever it lies and however long it is.
#[test]
fn icma_makes_equal_parts_of_a_year() {
    let mut numbers = Numbers(25);
    for _ in 0..1_000 {
        let (start, frequency) = (day(&mut numbers), one(&mut numbers, &FREQUENCIES));
        let periods = numbers.whole(1, 40) as i64;
        let reference = Some((start, frequency.step(start, 1, false).unwrap()));
        let terms = Terms { frequency: Some(frequency), reference, ..Terms::default() };
        let end = frequency.step(start, periods, false).unwrap();
        let got = DayCount::ActualActualIcma.fraction(start, end, &terms).unwrap();
        // A month's 31st comes back as its 30th after a step, so the last notional period may end a few days off.
        let exact = start.day() <= 28 || !frequency.is_in_months();
        let tolerance = if exact { 1e-14 } else { 4.0 / 30.0 };
        assert!(
            (got - periods as f64 / f64::from(frequency.per_year())).abs() <= tolerance,
            "{start} {frequency:?}"
        );
    }
}

#[test]
fn schedules_cover_the_span_without_a_gap() {
    let mut numbers = Numbers(26);
    let calendars = MARKETS.map(Calendar::new);
    let mut made = 0;
    for _ in 0..1_500 {
        let start = day(&mut numbers);
        let frequency = one(&mut numbers, &FREQUENCIES);
        let plan = Plan {
            start,
            end: later(start, numbers.whole(1, 2_000) as i64),
            frequency: Some(frequency),
            rule: one(&mut numbers, &[Rule::Backward, Rule::Forward, Rule::ThirdWednesdays]),
            stub: Stub::Short,
            first: None,
            next_to_last: None,
            month_ends: numbers.whole(0, 1) == 1,
        };
        let calendar = &calendars[numbers.whole(0, 6) as usize];
        let convention = one(&mut numbers, &MOVING);
        let Ok(schedule) = Schedule::new(&plan, calendar, convention, Convention::Unadjusted) else {
            continue;
        };
        let periods = &schedule.periods;
        assert_eq!(
            (periods[0].unadjusted_start, periods[periods.len() - 1].unadjusted_end),
            (plan.start, plan.end)
        );
        assert!(periods.iter().all(|p| p.start < p.end && p.unadjusted_start < p.unadjusted_end));
        for pair in periods.windows(2) {
            assert_eq!((pair[0].end, pair[0].unadjusted_end), (pair[1].start, pair[1].unadjusted_start));
        }
        let stubs = periods.iter().filter(|period| period.is_stub).count();
        assert!(stubs <= 1 + usize::from(plan.rule == Rule::ThirdWednesdays), "{plan:?}");
        long_stubs_only_join(&plan);
        made += 1;
    }
    assert!(made > 1_000, "{made}");
}

/// The long form leaves out one date at an odd end, and adds none.
fn long_stubs_only_join(plan: &Plan) {
    let (short, long) = (plan.dates().unwrap(), Plan { stub: Stub::Long, ..*plan }.dates().unwrap());
    assert!(long.iter().all(|date| short.contains(date)) && short.len() - long.len() <= 2, "{plan:?}");
    let frequency = plan.frequency.unwrap();
    let whole =
        |pair: &[Date]| days_between(pair[0], pair[1]) as f64 * f64::from(frequency.per_year()) > 330.0;
    assert!(long.len() == 2 || long.windows(2).all(whole), "{plan:?}: {long:?}");
}

fn basis(numbers: &mut Numbers) -> Basis {
    match numbers.whole(0, 4) {
        0 => Basis::EffectiveAnnual,
        1 => Basis::Nominal(one(numbers, &[1, 2, 4, 12, 365])),
        2 => Basis::Continuous,
        3 => Basis::Simple,
        _ => Basis::Discount,
    }
}

#[test]
fn rates_come_back_from_every_basis() {
    let mut numbers = Numbers(27);
    for _ in 0..5_000 {
        let (from, to) = (basis(&mut numbers), basis(&mut numbers));
        let terms = (numbers.between(0.01, 3.0), numbers.between(0.01, 3.0));
        let rate = if numbers.whole(0, 1) == 0 {
            numbers.between(-0.25, 0.3)
        } else {
            numbers.magnitude(1e-15, 0.1)
        };
        let there = convert(rate, (from, terms.0), (to, terms.1)).unwrap();
        let back = convert(there.rate, (to, terms.1), (from, terms.0)).unwrap();
        assert!(close(back.rate, rate, 1e-13), "{rate} {from:?} {to:?} {terms:?}: {}", back.rate);
        assert!(close(back.growth, there.growth, 1e-14));
        // Near -100 % the effective rate is -1 and a remnant, and has lost the digits of that.
        if there.effective_annual > -0.9 {
            let effective = (Basis::EffectiveAnnual, terms.1);
            let again = convert(there.effective_annual, effective, (to, terms.1)).unwrap();
            assert!(close(again.rate, there.rate, 1e-13), "{rate} {from:?} {to:?} {terms:?}: {}", again.rate);
        }
    }
}

/// More compounding needs a lower nominal rate: discount < continuous < nominal < effective for a term of a year.
#[test]
fn bases_are_in_order() {
    let mut numbers = Numbers(28);
    for _ in 0..500 {
        let rate = numbers.between(1e-6, 2.0);
        let order = [
            Basis::Discount,
            Basis::Continuous,
            Basis::Nominal(12),
            Basis::Nominal(2),
            Basis::EffectiveAnnual,
        ];
        let rates = order.map(|to| convert(rate, (Basis::EffectiveAnnual, 1.0), (to, 1.0)).unwrap().rate);
        assert!(rates.is_sorted_by(|a, b| a < b), "{rates:?}");
    }
}
