//! Laws of growth, of capital budgeting and of descriptive statistics.

use super::Numbers;
use crate::reference::close;
use businessmath_mcp::math::finance::growth::{change, compound_rate, compounded, equivalent_rate};
use businessmath_mcp::math::finance::investment::{
    crossover, discounted_payback, measures, mirr, payback, profitability_index,
};
use businessmath_mcp::math::finance::tvm::{Timing, annuity_pv, npv};
use businessmath_mcp::math::stats::{
    Moments, Pair, autocorrelation, mean, median, moving_average, quantile, spread,
};

fn flows(numbers: &mut Numbers, count: usize) -> Vec<f64> {
    let mut flows: Vec<f64> = (0..count).map(|_| numbers.magnitude(0.1, 1e4)).collect();
    flows[0] = -flows[0].abs();
    flows
}

#[test]
fn index_payback_and_annuity_agree_with_the_net_present_value() {
    let mut numbers = Numbers(51);
    for _ in 0..500 {
        let count = numbers.whole(2, 40) as usize;
        let (flows, rate) = (flows(&mut numbers, count), numbers.between(-0.3, 0.5));
        let value = npv(rate, &flows).unwrap();
        let p = profitability_index(rate, &flows).unwrap();
        assert!((p.inflows - p.outflows - value.npv).abs() <= 1e-14 * value.sum_of_absolute);
        assert!(close(p.index * p.outflows, p.inflows, 1e-14));
        let d = discounted_payback(rate, &flows).unwrap();
        assert!((d.rows.last().unwrap().total - value.npv).abs() <= 1e-13 * value.sum_of_absolute);
        assert_eq!(discounted_payback(0.0, &flows).unwrap(), payback(&flows).unwrap());
        let m = measures(&flows, rate, &|| false).unwrap();
        let back = annuity_pv(m.annuity, rate, count as u64 - 1, Timing::Ordinary).unwrap().value;
        assert!(close(back, m.npv, 1e-13), "{back} {}", m.npv);
        assert!(m.rates.len() <= m.sign_changes && m.rates.is_sorted());
    }
}

#[test]
fn payback_is_the_first_time_the_total_is_back() {
    let mut numbers = Numbers(52);
    for _ in 0..500 {
        let count = numbers.whole(2, 40) as usize;
        let flows = flows(&mut numbers, count);
        let p = payback(&flows).unwrap();
        let totals: Vec<f64> = (0..count).map(|t| flows[..=t].iter().sum()).collect();
        let first = (1..count).find(|t| totals[*t] >= 0.0);
        assert_eq!(p.period, first, "{flows:?}");
        if let (Some(t), Some(at)) = (p.period, p.interpolated) {
            assert!(at >= t as f64 - 1.0 && at <= t as f64);
            // The total along the straight line is zero there.
            let line = totals[t - 1] + (at - (t as f64 - 1.0)) * flows[t];
            assert!(totals[t - 1] >= 0.0 || line.abs() < 1e-9, "{flows:?}");
        }
    }
}

#[test]
fn modified_rates_grow_the_outflows_into_the_inflows() {
    let mut numbers = Numbers(53);
    for _ in 0..500 {
        let count = numbers.whole(2, 60) as usize;
        let flows = flows(&mut numbers, count);
        let (finance, reinvestment) = (numbers.between(-0.5, 1.0), numbers.between(-0.5, 1.0));
        let Ok(m) = mirr(&flows, finance, reinvestment) else { continue };
        let grown = compounded(m.outflows, m.rate, count as f64 - 1.0).unwrap();
        assert!(close(grown, m.inflows, 1e-12), "{grown} {}", m.inflows);
    }
}

#[test]
fn crossovers_are_where_both_projects_are_worth_the_same() {
    let mut numbers = Numbers(54);
    let mut found = 0;
    for _ in 0..200 {
        let (a, b) = (numbers.whole(2, 20) as usize, numbers.whole(2, 20) as usize);
        let (first, second) = (flows(&mut numbers, a), flows(&mut numbers, b));
        for rate in crossover(&first, &second, 0.1, &|| false).unwrap().rates {
            if !(-0.9..1e3).contains(&rate) {
                continue;
            }
            let (a, b) = (npv(rate, &first).unwrap(), npv(rate, &second).unwrap());
            let size = a.sum_of_absolute + b.sum_of_absolute;
            assert!((a.npv - b.npv).abs() <= 1e-11 * size, "{rate}: {} {}", a.npv, b.npv);
            found += 1;
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn growth_and_compounding_are_inverse() {
    let mut numbers = Numbers(55);
    for _ in 0..1_000 {
        let (base, rate) = (numbers.magnitude(1e-9, 1e12).abs(), numbers.between(-0.9, 3.0));
        let periods = numbers.between(0.1, 60.0);
        let end = compounded(base, rate, periods).unwrap();
        // Where little is left, its rounding is a large part of 1 + rate: not so with 60 periods.
        assert!(
            (compound_rate(base, end, periods).unwrap() - rate).abs()
                <= 1e-14 * (1.0 + rate) / periods.min(1.0)
        );
        assert!(close(1.0 + change(base, end).unwrap().rate, end / base, 1e-14) || end < base);
        // Near -100 % a float no longer tells how much is left.
        if let Some(there) = equivalent_rate(rate, periods).ok().filter(|there| *there > -0.999) {
            let back = equivalent_rate(there, 1.0 / periods).unwrap();
            assert!(
                (back - rate).abs() <= 1e-12 * (1.0 + rate) * (1.0 + 1.0 / periods),
                "{rate} {periods}: {back}"
            );
        }
    }
}

#[test]
fn statistics_follow_shift_and_scale() {
    let mut numbers = Numbers(56);
    for _ in 0..300 {
        let count = numbers.whole(2, 80) as usize;
        let values: Vec<f64> = (0..count).map(|_| numbers.between(-5.0, 5.0)).collect();
        let (shift, scale) = (numbers.between(-100.0, 100.0), numbers.between(0.1, 10.0));
        let moved: Vec<f64> = values.iter().map(|v| shift + scale * v).collect();
        let (a, b) = (Moments::of(&values).unwrap(), Moments::of(&moved).unwrap());
        let (s, t) = (a.standard_deviation().unwrap().unwrap(), b.standard_deviation().unwrap().unwrap());
        assert!((b.mean - (shift + scale * a.mean)).abs() < 1e-12 && close(t, scale * s, 1e-11));
        let near = |x: Option<f64>, y: Option<f64>| (x.unwrap() - y.unwrap()).abs() < 1e-9;
        assert!(near(a.skewness(), b.skewness()) && near(a.excess_kurtosis(), b.excess_kurtosis()));
        assert!(near(autocorrelation(&values, 1).unwrap(), autocorrelation(&moved, 1).unwrap()));
        assert!(close(Pair::of(&values, &moved).unwrap().slope().unwrap().unwrap(), scale, 1e-12));
        assert!((median(&moved).unwrap() - (shift + scale * median(&values).unwrap())).abs() < 1e-12);
        let range = spread(&values).unwrap();
        assert_eq!((quantile(&values, 0.0), quantile(&values, 1.0)), (Ok(range.min), Ok(range.max)));
        assert!(range.min <= a.mean && a.mean <= range.max && s <= range.range);
    }
}

#[test]
fn moving_averages_are_means_of_their_windows() {
    let mut numbers = Numbers(57);
    for _ in 0..200 {
        let count = numbers.whole(1, 60) as usize;
        let values: Vec<f64> = (0..count).map(|_| numbers.magnitude(1e-6, 1e6)).collect();
        let window = numbers.whole(1, count as u64) as usize;
        let got = moving_average(&values, window).unwrap();
        let want: Vec<f64> = values.windows(window).map(|w| mean(w).unwrap()).collect();
        assert_eq!(got.len(), want.len());
        for (a, b) in got.iter().zip(&want) {
            assert!((a - b).abs() <= 1e-15 * b.abs().max(1e-9), "{a} {b}");
        }
    }
}
