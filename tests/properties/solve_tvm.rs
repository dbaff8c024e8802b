//! Laws of the equation of value and of streams of payments.

use super::Numbers;
use crate::reference::close;
use businessmath_mcp::math::finance::tvm::Timing::{Due, Ordinary};
use businessmath_mcp::math::finance::tvm::{Equation, Stream, annuity_pv};

fn plan(numbers: &mut Numbers) -> Equation {
    Equation {
        present: numbers.magnitude(1.0, 1e6),
        payment: numbers.magnitude(1.0, 1e4),
        future: if numbers.whole(0, 1) == 0 { 0.0 } else { numbers.magnitude(1.0, 1e6) },
        rate: numbers.between(-0.01, 0.2),
        periods: numbers.between(0.5, 60.0),
        timing: if numbers.whole(0, 1) == 0 { Ordinary } else { Due },
    }
}

/// What is left of the equation, relative to its terms, by plain arithmetic.
fn left(e: &Equation) -> f64 {
    let (i, n) = (e.rate, e.periods);
    let v = (-n * i.ln_1p()).exp();
    let shift = if e.timing == Due { 1.0 + i } else { 1.0 };
    let paid = e.payment * shift * -(-n * i.ln_1p()).exp_m1() / i;
    (e.present + paid + e.future * v).abs() / (e.present.abs() + paid.abs() + (e.future * v).abs())
}

#[test]
fn every_solution_solves_the_equation() {
    let mut numbers = Numbers(31);
    let mut counts = [0, 0];
    for _ in 0..3_000 {
        let e = plan(&mut numbers);
        assert!(left(&Equation { present: e.present().unwrap(), ..e }) < 1e-14);
        assert!(left(&Equation { payment: e.payment().unwrap(), ..e }) < 1e-14);
        assert!(left(&Equation { future: e.future().unwrap(), ..e }) < 1e-14);
        if let Ok(n) = e.periods() {
            assert!(left(&Equation { periods: n.exact, ..e }) < 1e-11, "{e:?} {n:?}");
            counts[0] += 1;
        }
        for rate in e.rates(&|| false).map(|found| found.rates).unwrap_or_default() {
            // One unit in the last place of a rate near -100 % is a large part of 1 + rate.
            let noise = 1e-13 + 4e-15 * e.periods / (1.0 + rate);
            assert!(rate == 0.0 || left(&Equation { rate, ..e }) < noise, "{e:?} {rate}");
            counts[1] += 1;
        }
    }
    assert!(counts[0] > 500 && counts[1] > 1_000, "{counts:?}");
}

#[test]
fn planted_rates_are_recovered_at_every_scale() {
    let mut numbers = Numbers(32);
    for _ in 0..1_000 {
        let mut e = plan(&mut numbers);
        e.rate = match numbers.whole(0, 2) {
            0 => numbers.between(-0.9, 0.5),
            1 => numbers.between(1e-4, 0.02),
            _ => numbers.between(5.0, 50.0),
        };
        e.future = 0.0;
        let scale = numbers.magnitude(1e-250, 1e250);
        e.present *= scale;
        e.payment = e.payment().unwrap();
        let found = e.rates(&|| false).unwrap();
        assert_eq!(found.rates.len(), 1, "{e:?} {found:?}");
        // The amounts are rounded; what that moves the rate grows as payments tell less of it.
        let tolerance = 1e-11 * (1.0 + e.rate) + 1e-12 / e.periods * (1.0 + e.rate).powf(e.periods.min(20.0));
        assert!((found.rates[0] - e.rate).abs() <= tolerance, "{e:?} {found:?}");
    }
}

#[test]
fn whole_payments_and_the_last_one_settle_the_account() {
    let mut numbers = Numbers(33);
    let mut count = 0;
    for _ in 0..2_000 {
        let e = plan(&mut numbers);
        let Ok(n) = e.periods() else { continue };
        if n.whole > 500.0 || e.rate == 0.0 {
            continue;
        }
        let shift = if e.timing == Due { 1.0 } else { 0.0 };
        let term = |amount: f64, t: f64| amount * (-t * e.rate.ln_1p()).exp();
        let mut terms = vec![e.present, term(e.future, n.whole), term(n.last, n.whole - shift)];
        terms.extend((1..n.whole as u32).map(|t| term(e.payment, f64::from(t) - shift)));
        let (sum, size) = terms.iter().fold((0.0, 0.0), |(sum, size), t| (sum + t, size + t.abs()));
        assert!(f64::abs(sum) <= 1e-12 * size, "{e:?} {n:?}: {sum}");
        count += 1;
    }
    assert!(count > 300, "{count}");
}

#[test]
fn streams_are_sums_of_their_payments_and_perpetuities_their_limit() {
    let mut numbers = Numbers(34);
    for _ in 0..1_000 {
        let (rate, growth) = (numbers.between(-0.3, 0.5), numbers.between(-0.3, 0.5));
        let (n, deferral) = (numbers.whole(1, 60), numbers.whole(0, 20));
        let stream = Stream { rate, growth, periods: Some(n), deferral, timing: Ordinary };
        let got = stream.value(100.0).unwrap();
        let pay = |k: u64| 100.0 * (1.0 + growth).powi(k as i32);
        let worth = |k: u64| pay(k) / (1.0 + rate).powi((deferral + k + 1) as i32);
        let want: f64 = (0..n).map(worth).sum();
        assert!(close(got.present, want, 1e-12), "{stream:?}: {got:?}");
        assert!(close(got.total.unwrap(), (0..n).map(pay).sum(), 1e-12), "{stream:?}: {got:?}");
        assert!(close(got.last.unwrap(), pay(n - 1), 1e-12));
        let future = want * (1.0 + rate).powi((deferral + n) as i32);
        assert!(close(got.future.unwrap(), future, 1e-12), "{stream:?}: {got:?}");
        if growth < rate - 0.05 {
            let for_ever = Stream { periods: None, ..stream }.value(100.0).unwrap().present;
            let long = Stream { periods: Some(1_000_000), ..stream }.value(100.0);
            assert!(long.is_err() || close(for_ever, long.unwrap().present, 1e-12), "{stream:?}");
        }
        let level = Stream { growth: 0.0, deferral: 0, ..stream }.value(100.0).unwrap().present;
        assert!(close(level, annuity_pv(100.0, rate, n, Ordinary).unwrap().value, 1e-14));
    }
}
