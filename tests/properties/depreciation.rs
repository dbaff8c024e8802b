//! Laws of depreciation.

use super::Numbers;
use crate::reference::close;
use businessmath_mcp::math::finance::depreciation::{
    Asset, Class, Convention, Disposal, FirstPeriod, Method, System, degressive, exact_rates, linear,
    printed_rates, schedule, slice, units_of_production,
};

fn asset(numbers: &mut Numbers) -> Asset {
    let cost = numbers.magnitude(1e-3, 1e9).abs();
    let salvage = if numbers.whole(0, 3) == 0 { 0.0 } else { cost * numbers.between(0.0, 1.0) };
    Asset { cost, salvage }
}

fn method(numbers: &mut Numbers) -> Method {
    let factor = numbers.between(0.1, 5.0);
    match numbers.whole(0, 4) {
        0 => Method::StraightLine,
        1 => Method::SumOfYearsDigits,
        2 => Method::DecliningBalance { first_months: numbers.whole(1, 12) as u32 },
        3 => Method::DoubleDeclining { factor },
        _ => Method::VariableDeclining { factor, switch: numbers.whole(0, 3) > 0 },
    }
}

#[test]
fn book_values_fall_and_never_below_the_salvage_value() {
    let mut numbers = Numbers(51);
    for _ in 0..3_000 {
        let (asset, method) = (asset(&mut numbers), method(&mut numbers));
        let whole = matches!(method, Method::SumOfYearsDigits | Method::DecliningBalance { .. });
        let life = numbers.between(0.2, 60.0);
        let life = if whole { life.ceil() } else { life };
        let found = schedule(asset, life, method).unwrap();
        let mut book = asset.cost;
        for amount in &found.amounts {
            assert!(*amount >= 0.0, "{method:?} {asset:?}");
            book -= amount;
            // The rate of the fixed balance is rounded, so that it may end a little below.
            let floor = if matches!(method, Method::DecliningBalance { .. }) { 0.0 } else { asset.salvage };
            assert!(book >= floor - 1e-9 * asset.cost, "{method:?} {asset:?} {life}: {book}");
        }
        if found.full {
            assert!((book - asset.salvage).abs() <= 1e-12 * asset.cost, "{method:?} {asset:?} {life}");
        }
        let end = found.amounts.len() as f64 - 1.0 + found.last;
        let (a, b) = (numbers.between(0.0, end), numbers.between(0.0, end));
        let cut = |from, to| slice(&found, from, to).unwrap();
        let (a, b) = (a.min(b), a.max(b));
        assert!(close(cut(0.0, a) + cut(a, b) + cut(b, end), cut(0.0, end), 1e-12), "{method:?}");
        assert!(close(cut(0.0, end), found.amounts.iter().sum(), 1e-12), "{method:?}");
    }
}

#[test]
fn a_switch_only_ever_speeds_things_up() {
    let mut numbers = Numbers(52);
    for _ in 0..500 {
        let (asset, life, factor) =
            (asset(&mut numbers), numbers.whole(2, 40) as f64, numbers.between(0.5, 4.0));
        let by = |switch| schedule(asset, life, Method::VariableDeclining { factor, switch }).unwrap();
        let (with, without) = (by(true), by(false));
        for t in 1..=with.amounts.len() {
            let sum = |amounts: &[f64]| amounts[..t].iter().sum::<f64>();
            assert!(
                sum(&with.amounts) >= sum(&without.amounts) - 1e-9 * asset.cost,
                "{asset:?} {life} {factor}"
            );
        }
        assert_eq!(
            without.amounts,
            schedule(asset, life, Method::DoubleDeclining { factor }).unwrap().amounts
        );
    }
}

#[test]
fn use_and_french_methods_write_off_the_whole() {
    let mut numbers = Numbers(53);
    for _ in 0..1_000 {
        let asset = asset(&mut numbers);
        let units: Vec<f64> = (0..numbers.whole(1, 20)).map(|_| numbers.between(0.0, 10.0)).collect();
        let rate = [0.31, 0.25, 0.2, 0.17, 0.15, 0.1, 0.05, 0.01][numbers.whole(0, 7) as usize];
        let first = FirstPeriod(numbers.between(0.0, 1.0));
        let all = [
            units_of_production(asset, &units).unwrap(),
            linear(asset, rate, first).unwrap(),
            degressive(asset, rate, first).unwrap(),
        ];
        for found in all {
            let total: f64 = found.amounts.iter().sum();
            assert!(
                (total - (asset.cost - asset.salvage)).abs() <= 1e-12 * asset.cost,
                "{asset:?} {rate} {first:?}"
            );
            assert!(found.amounts.iter().all(|amount| *amount >= 0.0));
        }
    }
}

const CLASSES: [Class; 8] = [
    Class::Three,
    Class::Five,
    Class::Seven,
    Class::Ten,
    Class::Fifteen,
    Class::Twenty,
    Class::Residential,
    Class::Nonresidential,
];

#[test]
fn tax_rates_recover_the_basis_and_tables_are_near_the_formula() {
    for class in CLASSES {
        let conventions: &[Convention] = if class.is_real() {
            &[Convention::MidMonth]
        } else {
            &[Convention::HalfYear, Convention::MidQuarter]
        };
        for &convention in conventions {
            for month in 1..=12 {
                for system in [System::Gds200, System::Gds150, System::GdsStraight, System::Ads(12.5)] {
                    let Ok(rates) = exact_rates(class, system, convention, month) else { continue };
                    assert!((rates.shares.iter().sum::<f64>() - 1.0).abs() < 1e-14, "{class:?} {system:?}");
                    assert_eq!(rates.totals.last(), Some(&1.0));
                }
                let exact = exact_rates(class, class.usual_system(), convention, month).unwrap();
                let printed = printed_rates(class, class.usual_system(), convention, month).unwrap();
                assert_eq!(exact.shares.len(), printed.shares.len());
                for (a, b) in exact.shares.iter().zip(&printed.shares) {
                    assert!((a - b).abs() <= 2e-4, "{class:?} {convention:?} {month}: {a} {b}");
                }
            }
        }
    }
}

#[test]
fn a_disposal_cuts_the_rates_and_only_its_own_year() {
    for month in 1..=12 {
        let whole = exact_rates(Class::Seven, System::Gds200, Convention::MidQuarter, 8).unwrap();
        for year in 2..=whole.shares.len() {
            let cut = whole.clone().until(Disposal { year, month }, Convention::MidQuarter).unwrap();
            assert_eq!(cut.shares[..year - 1], whole.shares[..year - 1]);
            assert!(cut.shares.len() == year && cut.shares[year - 1] <= whole.shares[year - 1]);
            assert!(close(*cut.totals.last().unwrap(), cut.shares.iter().sum(), 1e-14));
        }
        assert!(whole.clone().until(Disposal { year: 1, month }, Convention::MidQuarter).is_err());
    }
}
