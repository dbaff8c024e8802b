//! NIST Statistical Reference Datasets, univariate summary statistics: certified mean, sample standard deviation and
//! lag-1 autocorrelation coefficient (https://www.itl.nist.gov/div898/strd/univ/homepage.html).

use super::close;
use businessmath_mcp::math::stats::{Moments, autocorrelation};

struct Certified {
    mean: f64,
    deviation: f64,
    autocorrelation: f64,
}

#[track_caller]
fn certified(values: &[f64], want: &Certified, tolerance: f64) {
    let m = Moments::of(values).unwrap();
    let deviation = m.standard_deviation().unwrap().unwrap();
    let r = autocorrelation(values, 1).unwrap().unwrap();
    assert!(close(m.mean, want.mean, 1e-15), "{} is not {}", m.mean, want.mean);
    assert!(close(deviation, want.deviation, tolerance), "{deviation} is not {}", want.deviation);
    assert!(close(r, want.autocorrelation, tolerance), "{r} is not {}", want.autocorrelation);
}

/// `first`, then `low` and `high` in turn, `pairs` times.
fn alternating(first: f64, low: f64, high: f64, pairs: usize) -> Vec<f64> {
    std::iter::once(first).chain((0..pairs).flat_map(|_| [low, high])).collect()
}

#[test]
fn num_acc_1() {
    let want = Certified { mean: 10_000_002.0, deviation: 1.0, autocorrelation: -0.5 };
    certified(&[10_000_001.0, 10_000_003.0, 10_000_002.0], &want, 1e-15);
}

/// The data are decimal tenths, which floats round: by 1e-16 of a deviation here, by 1e-9 in the next two.
#[test]
fn num_acc_2() {
    let want = Certified { mean: 1.2, deviation: 0.1, autocorrelation: -0.999 };
    certified(&alternating(1.2, 1.1, 1.3, 500), &want, 1e-14);
}

#[test]
fn num_acc_3() {
    let want = Certified { mean: 1_000_000.2, deviation: 0.1, autocorrelation: -0.999 };
    certified(&alternating(1_000_000.2, 1_000_000.1, 1_000_000.3, 500), &want, 1e-9);
}

#[test]
fn num_acc_4() {
    let want = Certified { mean: 10_000_000.2, deviation: 0.1, autocorrelation: -0.999 };
    certified(&alternating(10_000_000.2, 10_000_000.1, 10_000_000.3, 500), &want, 1e-8);
}

/// Filter transmittance; the data are 2 and these hundred-thousandths.
#[rustfmt::skip]
const MAVRO: [i32; 50] = [
    180, 170, 180, 190, 180, 170, 150, 140, 150, 150, 170, 180, 180, 190, 190, 210, 200, 160, 140, 130, 130, 150, 150, 160, 150,
    140, 130, 140, 150, 140, 150, 160, 150, 160, 190, 200, 200, 210, 220, 230, 240, 250, 270, 260, 260, 260, 270, 260, 250, 240,
];

/// Floats of about 2 carry twelve digits of these deviations.
#[test]
fn mavro() {
    let want = Certified {
        mean: 2.001_856,
        deviation: 0.000_429_123_454_003_053,
        autocorrelation: 0.937_989_183_438_248,
    };
    certified(&MAVRO.map(|v| f64::from(200_000 + v) / 1e5), &want, 1e-12);
}

/// Michelson's speed of light, 1879; the data are 299 and these hundredths, in millions of metres per second.
#[rustfmt::skip]
const MICHELSON: [i32; 100] = [
    85, 74, 90, 107, 93, 85, 95, 98, 98, 88, 100, 98, 93, 65, 76, 81, 100, 100, 96, 96, 96, 94, 96, 94, 88,
    80, 85, 88, 90, 84, 83, 79, 81, 88, 88, 83, 80, 79, 76, 80, 88, 88, 88, 86, 72, 72, 62, 86, 97, 95,
    88, 91, 85, 87, 84, 84, 85, 84, 84, 84, 89, 81, 81, 82, 80, 77, 76, 74, 75, 76, 91, 92, 89, 86, 88,
    72, 84, 85, 85, 78, 89, 84, 78, 81, 76, 81, 79, 81, 82, 85, 87, 87, 81, 74, 81, 94, 95, 80, 81, 87,
];

#[test]
fn michelson() {
    let want = Certified {
        mean: 299.8524,
        deviation: 0.079_010_547_819_051_8,
        autocorrelation: 0.535_199_668_621_283,
    };
    certified(&MICHELSON.map(|v| f64::from(29_900 + v) / 100.0), &want, 1e-12);
}
