//! Depreciation against Excel's manual and IRS Publication 946.

use super::close;
use businessmath_mcp::math::finance::depreciation::{
    Asset, Class, Convention, Disposal, FirstPeriod, Method, System, degressive, exact_rates, linear,
    printed_rates, schedule, slice,
};
use businessmath_mcp::math::time::{DayCount, Terms};
use jiff::civil::date;

/// The source prints cents.
const CENT: f64 = 0.005;

#[track_caller]
fn printed(got: f64, want: f64, half_digit: f64) {
    assert!((got - want).abs() <= half_digit * (1.0 + 1e-9), "{got} does not print as {want}");
}

fn amounts(cost: f64, salvage: f64, life: f64, method: Method) -> Vec<f64> {
    schedule(Asset { cost, salvage }, life, method).unwrap().amounts
}

/// Microsoft Excel documentation of SLN, SYD and DB: the example tables.
#[test]
fn excel_straight_digits_and_fixed_declining() {
    printed(amounts(30_000.0, 7_500.0, 10.0, Method::StraightLine)[0], 2_250.0, CENT);
    let digits = amounts(30_000.0, 7_500.0, 10.0, Method::SumOfYearsDigits);
    printed(digits[0], 4_090.91, CENT);
    printed(digits[9], 409.09, CENT);
    let fixed = amounts(1_000_000.0, 100_000.0, 6.0, Method::DecliningBalance { first_months: 7 });
    let wanted = [186_083.33, 259_639.42, 176_814.44, 120_410.64, 81_999.64, 55_841.76, 15_845.10];
    assert_eq!(fixed.len(), wanted.len());
    fixed.into_iter().zip(wanted).for_each(|(got, want)| printed(got, want, CENT));
}

/// Microsoft Excel documentation of DDB and VDB: the example tables, but for those of 3650 days.
#[test]
fn excel_declining_balances() {
    let double = |life: f64, factor: f64| amounts(2_400.0, 300.0, life, Method::DoubleDeclining { factor });
    printed(double(120.0, 2.0)[0], 40.0, CENT);
    printed(double(10.0, 2.0)[0], 480.0, CENT);
    printed(double(10.0, 1.5)[1], 306.0, CENT);
    printed(double(10.0, 2.0)[9], 22.12, CENT);
    let variable = |life: f64, from: f64, to: f64, factor: f64| {
        let asset = Asset { cost: 2_400.0, salvage: 300.0 };
        let whole = schedule(asset, life, Method::VariableDeclining { factor, switch: true }).unwrap();
        slice(&whole, from, to).unwrap()
    };
    printed(variable(120.0, 0.0, 1.0, 2.0), 40.0, CENT);
    printed(variable(10.0, 0.0, 1.0, 2.0), 480.0, CENT);
    printed(variable(120.0, 6.0, 18.0, 2.0), 396.31, CENT);
    printed(variable(120.0, 6.0, 18.0, 1.5), 311.81, CENT);
    printed(variable(10.0, 0.0, 0.875, 1.5), 315.0, CENT);
}

/// Microsoft Excel documentation of AMORLINC and AMORDEGRC: bought on 2008-08-19, first period to 2008-12-31, basis 1.
#[test]
fn excel_french() {
    let (start, end) = (date(2008, 8, 19), date(2008, 12, 31));
    let first = FirstPeriod(DayCount::ActualActualExcel.fraction(start, end, &Terms::default()).unwrap());
    let asset = Asset { cost: 2_400.0, salvage: 300.0 };
    printed(linear(asset, 0.15, first).unwrap().amounts[1], 360.0, 1e-9);
    printed(degressive(asset, 0.15, first).unwrap().amounts[1], 776.0, 1e-9);
    // The manual's words: 50 % in the period before the last, 100 % in the last; by hand 98.5 of 197 rounds to 99.
    let all = degressive(Asset { salvage: 0.0, ..asset }, 0.15, first).unwrap().amounts;
    assert_eq!(all, [330.0, 776.0, 485.0, 303.0, 190.0, 119.0, 99.0, 98.0]);
}

const CLASSES: [Class; 6] =
    [Class::Three, Class::Five, Class::Seven, Class::Ten, Class::Fifteen, Class::Twenty];

/// IRS Publication 946, appendix A, tables A-1 (half-year) and A-2, A-4 (mid-quarter, first and third quarter), line by
/// line as printed, and the first five years of 3- to 7-year property of A-3 and A-5.
const PRINTED: [(&str, Convention, u32, &str); 5] = [
    (
        "A-1",
        Convention::HalfYear,
        1,
        "33.33 20.00 14.29 10.00 5.00 3.750
         44.45 32.00 24.49 18.00 9.50 7.219
         14.81 19.20 17.49 14.40 8.55 6.677
         7.41 11.52 12.49 11.52 7.70 6.177
         - 11.52 8.93 9.22 6.93 5.713
         - 5.76 8.92 7.37 6.23 5.285
         - - 8.93 6.55 5.90 4.888
         - - 4.46 6.55 5.90 4.522
         - - - 6.56 5.91 4.462
         - - - 6.55 5.90 4.461
         - - - 3.28 5.91 4.462
         - - - - 5.90 4.461
         - - - - 5.91 4.462
         - - - - 5.90 4.461
         - - - - 5.91 4.462
         - - - - 2.95 4.461
         - - - - - 4.462
         - - - - - 4.461
         - - - - - 4.462
         - - - - - 4.461
         - - - - - 2.231",
    ),
    (
        "A-2",
        Convention::MidQuarter,
        2,
        "58.33 35.00 25.00 17.50 8.75 6.563
         27.78 26.00 21.43 16.50 9.13 7.000
         12.35 15.60 15.31 13.20 8.21 6.482
         1.54 11.01 10.93 10.56 7.39 5.996
         - 11.01 8.75 8.45 6.65 5.546
         - 1.38 8.74 6.76 5.99 5.130
         - - 8.75 6.55 5.90 4.746
         - - 1.09 6.55 5.91 4.459
         - - - 6.56 5.90 4.459
         - - - 6.55 5.91 4.459
         - - - 0.82 5.90 4.459
         - - - - 5.91 4.460
         - - - - 5.90 4.459
         - - - - 5.91 4.460
         - - - - 5.90 4.459
         - - - - 0.74 4.460
         - - - - - 4.459
         - - - - - 4.460
         - - - - - 4.459
         - - - - - 4.460
         - - - - - 0.565",
    ),
    (
        "A-3",
        Convention::MidQuarter,
        4,
        "41.67 25.00 17.85\n38.89 30.00 23.47\n14.14 18.00 16.76\n5.30 11.37 11.97\n- 11.37 8.87",
    ),
    (
        "A-4",
        Convention::MidQuarter,
        9,
        "25.00 15.00 10.71 7.50 3.75 2.813
         50.00 34.00 25.51 18.50 9.63 7.289
         16.67 20.40 18.22 14.80 8.66 6.742
         8.33 12.24 13.02 11.84 7.80 6.237
         - 11.30 9.30 9.47 7.02 5.769
         - 7.06 8.85 7.58 6.31 5.336
         - - 8.86 6.55 5.90 4.936
         - - 5.53 6.55 5.90 4.566
         - - - 6.56 5.91 4.460
         - - - 6.55 5.90 4.460
         - - - 4.10 5.91 4.460
         - - - - 5.90 4.460
         - - - - 5.91 4.461
         - - - - 5.90 4.460
         - - - - 5.91 4.461
         - - - - 3.69 4.460
         - - - - - 4.461
         - - - - - 4.460
         - - - - - 4.461
         - - - - - 4.460
         - - - - - 2.788",
    ),
    (
        "A-5",
        Convention::MidQuarter,
        12,
        "8.33 5.00 3.57\n61.11 38.00 27.55\n20.37 22.80 19.68\n10.19 13.68 14.06\n- 10.94 10.04",
    ),
];

#[test]
fn irs_tables_of_personal_property() {
    for (table, convention, month, lines) in PRINTED {
        let whole = lines.lines().count() > 5;
        for (place, class) in CLASSES.into_iter().enumerate() {
            let rates = printed_rates(class, class.usual_system(), convention, month).unwrap();
            assert_eq!(rates.table, Some(table));
            let column: Vec<f64> = lines
                .lines()
                .filter_map(|line| line.split_whitespace().nth(place)?.parse::<f64>().ok())
                .collect();
            assert!(!whole || column.len() == rates.shares.len(), "{table} {class:?}");
            assert!(close(rates.shares.iter().sum(), 1.0, 1e-14), "{table} {class:?}: all is recovered");
            for (got, want) in rates.shares.iter().zip(column) {
                assert!(close(*got, want / 100.0, 1e-15), "{table} {class:?}: {got} is not {want} %");
            }
        }
    }
}

/// IRS Publication 946, tables A-6 and A-7a: the columns of the months 1, 6, 7 and 12, and every first year.
#[test]
fn irs_tables_of_real_property() {
    let rates = |class: Class, month: u32| {
        printed_rates(class, class.usual_system(), Convention::MidMonth, month).unwrap().shares
    };
    let first = "3.485 3.182 2.879 2.576 2.273 1.970 1.667 1.364 1.061 0.758 0.455 0.152";
    let first_39 = "2.461 2.247 2.033 1.819 1.605 1.391 1.177 0.963 0.749 0.535 0.321 0.107";
    for (class, line) in [(Class::Residential, first), (Class::Nonresidential, first_39)] {
        for (month, want) in (1..).zip(line.split(' ')) {
            assert!(
                close(rates(class, month)[0], want.parse::<f64>().unwrap() / 100.0, 1e-15),
                "{class:?} {month}"
            );
        }
    }
    for (month, tenth, eleventh, tail) in [
        (1, 3.637, 3.636, &[1.97][..]),
        (6, 3.637, 3.636, &[3.485]),
        (7, 3.636, 3.637, &[3.636, 0.152]),
        (12, 3.636, 3.637, &[3.636, 1.667]),
    ] {
        let column = rates(Class::Residential, month);
        let wanted = std::iter::repeat_n(3.636, 8).chain([tenth, eleventh].into_iter().cycle().take(18));
        let wanted: Vec<f64> = wanted.chain(tail.iter().copied()).collect();
        assert_eq!(column.len(), 1 + wanted.len());
        assert!(
            column[1..].iter().zip(wanted).all(|(got, want)| close(*got, want / 100.0, 1e-15)),
            "{month}"
        );
    }
    let column = rates(Class::Nonresidential, 4);
    assert_eq!((column.len(), column[1], column[39]), (40, 0.025_64, 0.007_49));
    for class in [Class::Residential, Class::Nonresidential] {
        for month in 1..=12 {
            let total: f64 = rates(class, month).iter().sum();
            assert!((total - 1.0).abs() < 2e-5, "{class:?} {month}: {total}");
        }
    }
}

/// The printed figures are the formula on the balance that the rounded ones leave, by which all of can be
/// computed but for two columns, which are printed otherwise.
#[test]
fn irs_tables_follow_from_the_formula() {
    let mut different = vec![];
    for (convention, month) in
        [(Convention::HalfYear, 1), (Convention::MidQuarter, 1), (Convention::MidQuarter, 5)]
            .into_iter()
            .chain([(Convention::MidQuarter, 8), (Convention::MidQuarter, 11)])
    {
        for class in CLASSES {
            let rates = printed_rates(class, class.usual_system(), convention, month).unwrap();
            let percent = if class == Class::Twenty { 100_000.0 } else { 10_000.0 };
            let factor = if class.usual_system() == System::Gds200 { 2.0 } else { 1.5 };
            let (life, mut left, mut before) = (class.life(), percent, 0.0);
            for (year, share) in rates.shares.iter().enumerate() {
                let length =
                    if year == 0 { 1.0 - convention.elapsed(month) } else { (life - before).min(1.0) };
                let rate = f64::max(factor / life, 1.0 / (life - before)) * length;
                let wanted = (left * rate + 1e-7).round();
                if (share * percent - wanted).abs() > 1e-6 {
                    different.push(format!("{} {class:?} {}", rates.table.unwrap(), year + 1));
                }
                (left, before) = (left - wanted, before + length);
            }
        }
    }
    assert_eq!(different, ["A-2 Twenty 2", "A-2 Twenty 21", "A-3 Seven 1", "A-3 Seven 8"]);
}

/// IRS Publication 946 (2023), chapter 4, "Figuring the Deduction Without Using the Tables": dollars as printed.
#[test]
fn irs_examples_of_the_formula() {
    let shares = |class: Class, convention, month| {
        exact_rates(class, class.usual_system(), convention, month).unwrap().shares
    };
    // 5-year property of 1,000, half-year: 200, 320, 192, 115.20, 115.20, 57.60.
    let computer = shares(Class::Five, Convention::HalfYear, 2);
    for (got, want) in computer.iter().zip([200.0, 320.0, 192.0, 115.2, 115.2, 57.6]) {
        printed(1_000.0 * got, want, 1e-9);
    }
    // A building of 100,000 in January, 39 years: 2,457 and 2,564.
    let building = shares(Class::Nonresidential, Convention::MidMonth, 1);
    printed(100_000.0 * building[0], 2_457.0, 0.5);
    printed(100_000.0 * building[1], 2_564.0, 0.5);
    // Mid-quarter: a safe of 4,000 in January, furniture of 1,000 in September, a computer of 5,000 in October.
    let safe = shares(Class::Seven, Convention::MidQuarter, 1);
    printed(4_000.0 * safe[0], 1_000.0, 0.5);
    printed(4_000.0 * safe[1], 857.0, 0.5);
    let furniture = shares(Class::Seven, Convention::MidQuarter, 9);
    printed(1_000.0 * furniture[0], 107.0, 0.5);
    printed(1_000.0 * furniture[1], 255.0, 0.5);
    let computer = shares(Class::Five, Convention::MidQuarter, 10);
    printed(5_000.0 * computer[0], 250.0, 0.5);
    printed(5_000.0 * computer[1], 1_900.0, 0.5);
}

/// IRS Publication 946 (2023), chapter 4, "Sale or Other Disposition Before the Recovery Period Ends": the parts of the
/// year of disposal.
#[test]
fn irs_parts_of_the_year_of_disposal() {
    let part = |class: Class, convention, month| {
        let whole = printed_rates(class, class.usual_system(), convention, 6).unwrap();
        let cut = whole.clone().until(Disposal { year: 3, month }, convention).unwrap();
        cut.shares[2] / whole.shares[2]
    };
    assert!(close(part(Class::Five, Convention::HalfYear, 9), 0.5, 1e-15));
    for (month, want) in [(1, 0.125), (6, 0.375), (7, 0.625), (12, 0.875)] {
        assert!(close(part(Class::Five, Convention::MidQuarter, month), want, 1e-15));
    }
    // Real property sold in March: two and a half months of twelve.
    assert!(close(part(Class::Residential, Convention::MidMonth, 3), 2.5 / 12.0, 1e-15));
}
