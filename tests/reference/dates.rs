//! Dates against QuantLib, ISDA's memoranda, Excel's manual and the NYSE's list of closings.
//!
//! The files under `dates/` were made once by the programs that their first lines name.

use super::close;
use businessmath_mcp::math::time::{
    Calendar, Convention, DayCount, Frequency, Market, Plan, Rule, Schedule, Stub, Terms, easter_sunday,
};
use jiff::civil::Date;

const CALENDARS: &str = include_str!("dates/quantlib-calendars.txt");
const NYSE: &str = include_str!("dates/nyse-1900-1979.txt");
const EASTER: &str = include_str!("dates/easter.txt");
const DAY_COUNTS: &str = include_str!("dates/day-counts.txt");
const SCHEDULES: &str = include_str!("dates/quantlib-schedules.txt");

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace().collect())
}

fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

fn market(name: &str) -> Market {
    match name {
        "none" => Market::None,
        "weekends_only" => Market::WeekendsOnly,
        "target" => Market::Target,
        "us_federal_reserve" => Market::UsFederalReserve,
        "us_government_bond" => Market::UsGovernmentBond,
        "us_nyse" => Market::UsNyse,
        "uk_settlement" => Market::UkSettlement,
        _ => panic!("{name}"),
    }
}

/// Where QuantLib 1.44 is not followed: calendar, years, month-day, why.
const DIFFERENCES: [(&str, i16, i16, &str, &str); 5] = [
    ("target", 1980, 1998, "0101", "TARGET began on 4 January 1999; the contract wants it from 1999"),
    ("target", 1980, 1998, "1225", "the same"),
    ("target", 1998, 1998, "1231", "the same"),
    ("uk_settlement", 1981, 1981, "0729", "the wedding of Charles and Diana, a bank holiday by proclamation"),
    (
        "us_federal_reserve us_government_bond",
        1983,
        1985,
        "MLK",
        "signed in 1983, first kept on 20 January 1986",
    ),
];

fn deliberate(calendar: &str, year: i16, month_day: &str) -> bool {
    DIFFERENCES.iter().any(|(calendars, first, last, which, _)| {
        let third_monday = *which == "MLK" && ("0115".."0122").contains(&month_day);
        let same = *which == month_day || third_monday;
        calendars.split(' ').any(|name| name == calendar) && (*first..=*last).contains(&year) && same
    })
}

/// Every day from 1980 to 2029: a day that is no weekend is closed here when it is closed there.
#[test]
fn calendars_agree_with_quantlib_day_by_day_over_50_years() {
    let (mut days, mut different) = (0, 0);
    for row in rows(CALENDARS) {
        let (name, year) = (row[0], row[1].parse::<i16>().unwrap());
        let calendar = Calendar::new(market(name));
        let mut date = Date::new(year, 1, 1).unwrap();
        while date.year() == year {
            let month_day = format!("{:02}{:02}", date.month(), date.day());
            let weekend = date.weekday().to_monday_one_offset() > 5;
            let open = !weekend && !row[2..].contains(&month_day.as_str());
            let differs = calendar.is_business_day(date) != open;
            assert!(!differs || deliberate(name, year, &month_day), "{name} {date}: open is {open} there");
            different += usize::from(differs);
            days += 1;
            date = date.tomorrow().unwrap();
        }
    }
    assert_eq!(days, 5 * 18_263);
    // 14 New Year's Days and 14 Christmas Days on weekdays, one New Year's Eve; one wedding; 3 days of 2 calendars.
    assert_eq!(different, 36);
}

#[test]
fn the_nyse_was_closed_when_its_list_says() {
    let calendar = Calendar::new(Market::UsNyse);
    for row in rows(NYSE) {
        let year: i16 = row[0].parse().unwrap();
        let (first, last) = (Date::new(year, 1, 1).unwrap(), Date::new(year, 12, 31).unwrap());
        let ours = calendar.holidays(first, last);
        let ours: Vec<String> =
            ours.map(|holiday| format!("{:02}{:02}", holiday.date.month(), holiday.date.day())).collect();
        assert_eq!(ours, row[1..], "{year}");
    }
}

#[test]
fn easter_for_300_years() {
    for row in rows(EASTER) {
        let century: i16 = row[0].parse().unwrap();
        assert_eq!(row.len(), 101);
        for (month_day, year) in row[1..].iter().zip(century..) {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(format!("{:02}{:02}", easter.month(), easter.day()), *month_day, "{year}");
        }
    }
}

#[test]
fn day_counts_agree_with_quantlib() {
    let nyse = Calendar::new(Market::UsNyse);
    let conventions = [
        DayCount::Thirty360Us,
        DayCount::Thirty360,
        DayCount::ThirtyE360,
        DayCount::ThirtyE360Isda,
        DayCount::ThirtyE360Isda,
        DayCount::NoLeap365,
        DayCount::ActualActualIsda,
        DayCount::ActualActualAfb,
        DayCount::ActualActualExcel,
        DayCount::Business252,
    ];
    let mut count = 0;
    for row in rows(DAY_COUNTS) {
        let (start, end) = (day(row[0]), day(row[1]));
        for (i, (convention, want)) in conventions.iter().zip(&row[2..]).enumerate() {
            // pycel has no rule for a year of 366 days from anniversary to anniversary; see the next test.
            if *convention == DayCount::ActualActualExcel && (end - start).get_days() == 366 {
                continue;
            }
            let terms = Terms { is_maturity: i == 4, calendar: Some(&nyse), ..Terms::default() };
            let got = convention.fraction(start, end, &terms).unwrap();
            assert!(
                close(got, want.parse().unwrap(), 1e-14),
                "{convention:?} {start} {end}: {got} is not {want}"
            );
            count += 1;
        }
    }
    assert!(count > 2_300, "{count}");
}

/// D. A. Wheeler, "YEARFRAC incompatibilities" (2008), whose rules OpenFormula 1.2 gives: within a year from its date to
/// the same date, a 29 February makes it 366 days.
#[test]
fn excel_counts_one_year_as_one() {
    for (start, end) in
        [("2000-01-01", "2001-01-01"), ("2003-06-30", "2004-06-30"), ("2004-02-28", "2005-02-28")]
    {
        let got = DayCount::ActualActualExcel.fraction(day(start), day(end), &Terms::default());
        assert_eq!(got, Ok(1.0), "{start}");
    }
    // OASIS, office-formula list, September 2010, "Reformulation of Day Count Bases": what Excel gives for three years.
    let got = DayCount::ActualActualExcel.fraction(day("2001-01-01"), day("2004-01-01"), &Terms::default());
    assert!((got.unwrap() - 2.997_946_612).abs() <= 5e-10);
}

/// Microsoft Excel documentation, "YEARFRAC function": the example table, 1 January to 30 July 2012.
#[test]
fn excel_yearfrac() {
    let (start, end) = (day("2012-01-01"), day("2012-07-30"));
    for (convention, want) in [
        (DayCount::Thirty360Us, 0.580_555_56),
        (DayCount::ActualActualExcel, 0.576_502_73),
        (DayCount::Actual365Fixed, 0.578_082_19),
    ] {
        let got = convention.fraction(start, end, &Terms::default()).unwrap();
        // The table prints 8 decimals.
        assert!((got - want).abs() <= 5e-9, "{convention:?}: {got}");
    }
}

/// Start, end, frequency, reference period, fractions.
type MemoRow = (&'static str, &'static str, Frequency, [&'static str; 2], [f64; 3]);

/// ISDA, "EMU and market conventions: recent developments" and "The actual/actual day count fraction" (November 1998), in
/// the figures of QuantLib 1.44, test-suite/daycounters.cpp, testActualActual: ISDA, ICMA, AFB.
const MEMO: [MemoRow; 8] = [
    (
        "2003-11-01",
        "2004-05-01",
        Frequency::SemiAnnual,
        ["2003-11-01", "2004-05-01"],
        [0.497724380567, 0.5, 0.497267759563],
    ),
    (
        "1999-02-01",
        "1999-07-01",
        Frequency::Annual,
        ["1998-07-01", "1999-07-01"],
        [0.410958904110, 0.410958904110, 0.410958904110],
    ),
    ("1999-07-01", "2000-07-01", Frequency::Annual, ["1999-07-01", "2000-07-01"], [1.001377348600, 1.0, 1.0]),
    (
        "2002-08-15",
        "2003-07-15",
        Frequency::SemiAnnual,
        ["2003-01-15", "2003-07-15"],
        [0.915068493151, 0.915760869565, 0.915068493151],
    ),
    (
        "2003-07-15",
        "2004-01-15",
        Frequency::SemiAnnual,
        ["2003-07-15", "2004-01-15"],
        [0.504004790778, 0.5, 0.504109589041],
    ),
    (
        "1999-07-30",
        "2000-01-30",
        Frequency::SemiAnnual,
        ["1999-07-30", "2000-01-30"],
        [0.503892506924, 0.5, 0.504109589041],
    ),
    (
        "2000-01-30",
        "2000-06-30",
        Frequency::SemiAnnual,
        ["2000-01-30", "2000-07-30"],
        [0.415300546448, 0.417582417582, 0.41530054644],
    ),
    // The long final period, quarterly at ends of months, from testActualActualIsma; ISDA and AFB by hand.
    (
        "1999-11-30",
        "2000-04-30",
        Frequency::Quarterly,
        ["1999-11-30", "2000-02-29"],
        [32.0 / 365.0 + 120.0 / 366.0, 0.25 + 61.0 / 368.0, 152.0 / 366.0],
    ),
];

#[test]
fn isda_memo_on_actual_actual() {
    for (start, end, frequency, reference, want) in MEMO {
        let reference = Some((day(reference[0]), day(reference[1])));
        let terms = Terms { frequency: Some(frequency), reference, ..Terms::default() };
        let conventions = [DayCount::ActualActualIsda, DayCount::ActualActualIcma, DayCount::ActualActualAfb];
        for (convention, want) in conventions.iter().zip(want) {
            let got = convention.fraction(day(start), day(end), &terms).unwrap();
            // Printed to 12 decimals, once to 11.
            assert!((got - want).abs() <= 1e-11, "{convention:?} {start}: {got} is not {want}");
        }
    }
}

/// ISDA, "30/360 day count conventions" (22 December 2008), the examples of its table, as QuantLib 1.44 has them in
/// test-suite/daycounters.cpp, testThirty360_*: days by 30/360, 30E/360, 30E/360 (ISDA) and 30/360 US; -1
/// where the example is not in that convention's table.
const THIRTY: [(&str, &str, [i64; 4]); 24] = [
    ("2006-08-20", "2007-02-20", [180, 180, 180, 180]),
    ("2008-02-20", "2008-08-20", [180, 180, 180, 180]),
    ("2006-08-31", "2007-02-28", [178, 178, 180, 178]),
    ("2007-02-28", "2007-08-31", [183, 182, 180, 180]),
    ("2007-08-31", "2008-02-29", [179, 179, 180, 179]),
    ("2008-02-29", "2008-08-31", [182, 181, 180, 180]),
    ("2008-08-31", "2009-02-28", [178, 178, 180, 178]),
    ("2009-02-28", "2009-08-31", [183, 182, 180, 180]),
    ("2006-01-31", "2006-02-28", [28, 28, 30, 28]),
    ("2006-01-30", "2006-02-28", [28, 28, 30, 28]),
    ("2006-02-28", "2006-03-03", [5, 5, 3, 3]),
    ("2006-02-14", "2006-02-28", [14, 14, 16, 14]),
    ("2006-09-30", "2006-10-31", [30, 30, 30, 30]),
    ("2006-10-31", "2006-11-28", [28, 28, 28, 28]),
    ("2007-08-31", "2008-02-28", [178, 178, 178, 178]),
    ("2008-02-28", "2008-08-28", [180, 180, 180, 180]),
    ("2008-02-28", "2008-08-30", [182, 182, 182, 182]),
    ("2008-02-28", "2008-08-31", [183, 182, 182, 183]),
    ("2007-02-26", "2008-02-28", [362, 362, -1, 362]),
    ("2007-02-26", "2008-02-29", [363, 363, -1, 363]),
    ("2007-02-28", "2008-02-28", [-1, -1, 358, -1]),
    ("2008-02-29", "2009-02-28", [359, 359, 360, 360]),
    ("2008-02-28", "2008-03-31", [33, 32, -1, 33]),
    ("2008-02-29", "2008-03-31", [-1, -1, 30, -1]),
];

#[test]
fn isda_table_of_30_360() {
    let conventions =
        [DayCount::Thirty360, DayCount::ThirtyE360, DayCount::ThirtyE360Isda, DayCount::Thirty360Us];
    let days = |convention: DayCount, start, end, is_maturity| {
        let terms = Terms { is_maturity, ..Terms::default() };
        convention.count(day(start), day(end), &terms).unwrap().days
    };
    for (start, end, want) in THIRTY {
        for (convention, want) in conventions.into_iter().zip(want).filter(|(_, want)| *want >= 0) {
            assert_eq!(days(convention, start, end, false), want, "{convention:?} {start} {end}");
        }
    }
    // The last periods of the second and third table end on the termination date.
    assert_eq!(days(DayCount::ThirtyE360Isda, "2011-08-31", "2012-02-29", true), 179);
    assert_eq!(days(DayCount::ThirtyE360Isda, "2007-02-28", "2008-02-29", true), 359);
}

/// ICMA Rule Book, rule 251.1(i), by hand: an annual coupon looks for a 29 February, any other at the year of its end.
#[test]
fn actual_365l() {
    for (start, end, frequency, want) in [
        ("2011-10-01", "2012-10-01", Frequency::Annual, 366.0 / 366.0),
        ("2012-03-01", "2013-03-01", Frequency::Annual, 365.0 / 365.0),
        ("2011-08-15", "2012-02-15", Frequency::SemiAnnual, 184.0 / 366.0),
        ("2012-08-15", "2013-02-15", Frequency::SemiAnnual, 184.0 / 365.0),
    ] {
        let terms = Terms { frequency: Some(frequency), ..Terms::default() };
        assert_eq!(DayCount::Actual365L.fraction(day(start), day(end), &terms), Ok(want), "{start}");
    }
}

fn frequency(name: &str) -> Frequency {
    match name {
        "annual" => Frequency::Annual,
        "semiAnnual" => Frequency::SemiAnnual,
        "quarterly" => Frequency::Quarterly,
        "bimonthly" => Frequency::Bimonthly,
        "monthly" => Frequency::Monthly,
        "biweekly" => Frequency::Biweekly,
        "weekly" => Frequency::Weekly,
        _ => panic!("{name}"),
    }
}

fn convention(name: &str) -> Convention {
    match name {
        "unadjusted" => Convention::Unadjusted,
        "following" => Convention::Following,
        "modified_following" => Convention::ModifiedFollowing,
        "preceding" => Convention::Preceding,
        "modified_preceding" => Convention::ModifiedPreceding,
        _ => panic!("{name}"),
    }
}

fn day_count(name: &str) -> DayCount {
    match name {
        "30/360US" => DayCount::Thirty360Us,
        "30E/360" => DayCount::ThirtyE360,
        "ACT/360" => DayCount::Actual360,
        "ACT/365F" => DayCount::Actual365Fixed,
        "ACT/ACT_ISDA" => DayCount::ActualActualIsda,
        "ACT/ACT_ICMA" => DayCount::ActualActualIcma,
        _ => panic!("{name}"),
    }
}

#[test]
fn schedules_agree_with_quantlib() {
    let mut count = 0;
    for line in SCHEDULES.lines().filter(|line| !line.starts_with('#')) {
        let [arguments, dates, fractions] = line.split(" | ").collect::<Vec<_>>().try_into().unwrap();
        let row: Vec<&str> = arguments.split(' ').collect();
        let given = |text: &str| (text != "-").then(|| day(text));
        let plan = Plan {
            start: day(row[0]),
            end: day(row[1]),
            frequency: Some(frequency(row[2])),
            rule: if row[3] == "backward" { Rule::Backward } else { Rule::Forward },
            stub: Stub::Short,
            first: given(row[9]),
            next_to_last: given(row[10]),
            month_ends: row[4] == "true",
        };
        let calendar = Calendar::new(market(row[7]));
        let schedule = Schedule::new(&plan, &calendar, convention(row[5]), convention(row[6])).unwrap();
        let ours: Vec<String> = schedule.dates().iter().map(ToString::to_string).collect();
        assert_eq!(ours, dates.split(' ').collect::<Vec<_>>(), "{arguments}");
        for (place, want) in fractions.split(' ').enumerate() {
            let got = schedule.count(place, day_count(row[8])).unwrap().fraction;
            assert!(close(got, want.parse().unwrap(), 1e-14), "{arguments} {place}: {got} is not {want}");
        }
        count += 1;
    }
    assert_eq!(count, 120);
}
