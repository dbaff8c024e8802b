//! Laws of the time value of money.

use businessmath_mcp::math::finance::tvm::Timing::{Due, Ordinary};
use businessmath_mcp::math::finance::tvm::{
    annuity_fv, annuity_pv, future_value, irr, npv, payment, present_value, xirr, xnpv,
};

use super::Numbers;
use crate::reference::close;

fn rate(numbers: &mut Numbers) -> f64 {
    match numbers.whole(0, 3) {
        0 => numbers.between(-0.9, 2.0),
        1 => numbers.magnitude(1e-16, 0.3),
        2 => 0.0,
        _ => numbers.between(0.0, 0.02),
    }
}

#[test]
fn present_and_future_value_are_inverse() {
    let mut numbers = Numbers(1);
    for _ in 0..2_000 {
        let (r, n, amount) = (rate(&mut numbers), numbers.whole(0, 280), numbers.magnitude(1e-9, 1e12));
        let back = present_value(future_value(amount, r, n).unwrap(), r, n).unwrap();
        assert!(close(back, amount, 1e-15), "{amount} {r} {n}: {back}");
    }
}

#[test]
fn payment_and_annuity_are_inverse_and_due_is_one_period_earlier() {
    let mut numbers = Numbers(2);
    for _ in 0..2_000 {
        let (r, n, amount) = (rate(&mut numbers), numbers.whole(1, 280), numbers.magnitude(1e-9, 1e12));
        for timing in [Ordinary, Due] {
            let pmt = payment(amount, r, n, 0.0, timing).unwrap().payment;
            assert!(close(annuity_pv(pmt, r, n, timing).unwrap().value, amount, 2e-15), "{amount} {r} {n}");
        }
        let ordinary = annuity_fv(amount, r, n, Ordinary).unwrap().value;
        assert!(close(annuity_fv(amount, r, n, Due).unwrap().value, ordinary * (1.0 + r), 2e-15));
        let ordinary = annuity_pv(amount, r, n, Ordinary).unwrap().value;
        assert!(close(annuity_pv(amount, r, n, Due).unwrap().value, ordinary * (1.0 + r), 2e-15));
    }
}

#[test]
fn a_loan_with_a_balloon_balances() {
    let mut numbers = Numbers(3);
    for _ in 0..2_000 {
        let (r, n) = (numbers.between(-0.02, 0.1), numbers.whole(1, 200));
        let (pv, fv) = (numbers.magnitude(1.0, 1e9), numbers.magnitude(1.0, 1e9));
        let loan = payment(pv, r, n, fv, Ordinary).unwrap();
        let owed = present_value(fv, r, n).unwrap();
        let paid = annuity_pv(loan.payment, r, n, Ordinary).unwrap().value;
        let size = pv.abs() + owed.abs() + paid.abs();
        assert!((paid + owed - pv).abs() <= 2e-15 * size, "{pv} {fv} {r} {n}");
        let size = loan.total_payments.abs() + pv.abs() + fv.abs();
        assert!((loan.total_interest - (loan.total_payments + fv - pv)).abs() <= 4e-15 * size);
    }
}

#[test]
fn net_present_value_is_linear_in_the_flows() {
    let mut numbers = Numbers(4);
    for _ in 0..500 {
        let r = rate(&mut numbers);
        let n = numbers.whole(1, 40) as usize;
        let a: Vec<f64> = (0..n).map(|_| numbers.magnitude(1.0, 1e6)).collect();
        let b: Vec<f64> = (0..n).map(|_| numbers.magnitude(1.0, 1e6)).collect();
        let k = numbers.between(-3.0, 3.0);
        let mixed: Vec<f64> = a.iter().zip(&b).map(|(x, y)| x + k * y).collect();
        let (va, vb, vm) = (npv(r, &a).unwrap(), npv(r, &b).unwrap(), npv(r, &mixed).unwrap());
        let size = va.sum_of_absolute + k.abs() * vb.sum_of_absolute;
        assert!((vm.npv - (va.npv + k * vb.npv)).abs() <= 1e-15 * size);
    }
}

#[test]
fn net_present_value_vanishes_at_every_rate_of_return() {
    let mut numbers = Numbers(5);
    let mut found = 0;
    for _ in 0..400 {
        let n = numbers.whole(2, 60) as usize;
        let flows: Vec<f64> = (0..n).map(|_| numbers.magnitude(1e-3, 1e3)).collect();
        let mut times: Vec<f64> = (0..n).map(|_| numbers.whole(0, 4_000) as f64 / 365.0).collect();
        times[0] = 0.0;
        let Ok(got) = xirr(&flows, &times, 0.1, &|| false) else { continue };
        let mut last = f64::NEG_INFINITY;
        for &r in &got.other_roots {
            assert!(r > last, "ascending");
            last = r;
        }
        for r in got.other_roots.into_iter().chain([got.irr]) {
            // One unit in the last place of a rate near -100 % is a large part of 1 + r.
            let noise = 1e-13 + 4e-15 / (1.0 + r);
            assert!(xnpv(r, &flows, &times).unwrap().relative.abs() <= noise, "{r}: {flows:?} {times:?}");
            found += 1;
        }
    }
    assert!(found > 200, "{found} rates tried");
}

#[test]
fn one_change_of_sign_means_one_rate() {
    let mut numbers = Numbers(6);
    for _ in 0..300 {
        let n = numbers.whole(2, 600) as usize;
        let turn = numbers.whole(1, n as u64 - 1) as usize;
        let flows: Vec<f64> =
            (0..n).map(|i| numbers.magnitude(1e-3, 1e3).abs() * if i < turn { -1.0 } else { 1.0 }).collect();
        let got = irr(&flows, numbers.between(-0.9, 9.0), &|| false).unwrap();
        assert!(got.other_roots.is_empty() && got.residual <= 1e-13, "{got:?}");
    }
}

#[test]
fn all_planted_rates_are_recovered() {
    let mut numbers = Numbers(7);
    for _ in 0..300 {
        let count = numbers.whole(1, 5) as usize;
        let mut planted: Vec<f64> = Vec::new();
        while planted.len() < count {
            let r = numbers.between(-0.8, 3.0);
            // Apart enough to survive the rounding of the coefficients.
            if planted.iter().all(|p| (p - r).abs() > 0.15 * (1.0 + r)) {
                planted.push(r);
            }
        }
        planted.sort_by(f64::total_cmp);
        let scale = numbers.magnitude(1e-250, 1e250);
        let flows: Vec<f64> = product(&planted).iter().map(|c| c * scale).collect();
        let got = irr(&flows, 0.1, &|| false).unwrap();
        let mut all = got.other_roots.clone();
        all.push(got.irr);
        all.sort_by(f64::total_cmp);
        assert_eq!(all.len(), count, "{planted:?} {all:?}");
        for (g, p) in all.iter().zip(&planted) {
            assert!((g - p).abs() <= 1e-9 * (1.0 + p), "{planted:?} {all:?}");
        }
        let nearest = planted.iter().map(|p| (p - 0.1).abs()).fold(f64::INFINITY, f64::min);
        assert!((got.irr - 0.1).abs() <= nearest + 1e-8);
    }
}

/// The flows of the product of (1 - (1 + r_k) v), v = 1 / (1 + r).
fn product(rates: &[f64]) -> Vec<f64> {
    let mut flows = vec![1.0];
    for r in rates {
        flows.push(0.0);
        for i in (1..flows.len()).rev() {
            flows[i] -= flows[i - 1] * (1.0 + r);
        }
    }
    flows
}

#[test]
fn long_mixed_series_end_soon_and_can_be_stopped() {
    let mut numbers = Numbers(8);
    let flows: Vec<f64> = (0..3_000).map(|_| numbers.magnitude(0.1, 10.0)).collect();
    let got = irr(&flows, 0.1, &|| false);
    assert!(got.is_err() || got.unwrap().residual < 1e-12);
    assert!(irr(&flows, 0.1, &|| true).is_err());
}
