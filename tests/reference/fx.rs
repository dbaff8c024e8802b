//! Foreign exchange against textbooks and arithmetic with 50 digits.

use super::close;
use businessmath_mcp::math::finance::fx::{Compounding, Leg, Quote, Solve, arbitrages, cross, forward};

fn same_time(years: f64) -> Leg {
    Leg { base: years, quote: years }
}

/// J. C. Hull, Options, Futures, and Other Derivatives, 9th ed. (2015), section 5.10: Australian dollar at 0.98, rates of
/// 3 % and 1 %, two years: 0.98 e^((0.01 - 0.03) 2) = 0.9416.
#[test]
fn hull_forward() {
    let solve = Solve::Forward { base: 0.03, quote: 0.01 };
    let got = forward(0.98, same_time(2.0), solve, Compounding::Continuous).unwrap();
    assert!((got.forward - 0.9416).abs() <= 0.000_05, "{}", got.forward);
    assert!(close(got.forward, 0.941_573_650_369_276_7, 1e-15));
}

/// Spot, base rate, quote rate, base time, quote time; then forward and difference by each compounding.
type Row = (f64, f64, f64, f64, f64, [(f64, f64); 3]);

/// mpmath 1.4.1, mp.dps = 50; columns spot, base rate, quote rate, base time, quote time, then F, F - S for each of
/// simple, annual and continuous.
const FORWARDS: &[Row] = &[
    (
        1.1,
        0.02,
        0.05,
        0.5055555555555555,
        0.4986301369863014,
        [
            (1.1161392495664086, 0.01613924956640845),
            (1.1158618855174915, 0.01586188551749152),
            (1.1164238385902039, 0.016423838590203788),
        ],
    ),
    (
        1.1,
        0.02,
        0.0200001,
        0.002777777777777778,
        0.002777777777777778,
        [
            (1.1000000003055386, 3.055385811881194e-10),
            (1.1000000002995642, 2.995642555069947e-10),
            (1.1000000003055557, 3.0555555559617924e-10),
        ],
    ),
    (
        150.0,
        0.053,
        -0.001,
        0.25,
        0.25,
        [
            (148.00148038490008, -1.9985196150999258),
            (148.03879395366886, -1.9612060463311465),
            (147.9886074476599, -2.0113925523401046),
        ],
    ),
    (
        0.98,
        0.03,
        0.01,
        2.0,
        2.0,
        [
            (0.9430188679245283, -0.0369811320754717),
            (0.942311245169196, -0.037688754830804035),
            (0.9415736503692768, -0.03842634963072325),
        ],
    ),
    (
        1e-06,
        0.4,
        0.9,
        1.5,
        1.5,
        [
            (1.46875e-06, 4.6874999999999996e-07),
            (1.5810235825290904e-06, 5.810235825290904e-07),
            (2.1170000166126745e-06, 1.1170000166126747e-06),
        ],
    ),
    (
        7200.0,
        -0.3,
        -0.2,
        1.0,
        1.0,
        [
            (8228.571428571428, 1028.5714285714282),
            (8228.571428571428, 1028.5714285714282),
            (7957.230610144663, 757.2306101446627),
        ],
    ),
    (
        1.25,
        1e-12,
        2e-12,
        1.0,
        1.0,
        [
            (1.25000000000125, 1.24999999999875e-12),
            (1.25000000000125, 1.24999999999875e-12),
            (1.25000000000125, 1.250000000000625e-12),
        ],
    ),
];

#[test]
fn forwards_and_points_to_the_last_digits() {
    let kinds = [Compounding::Simple, Compounding::Annual, Compounding::Continuous];
    for &(spot, base, quote, base_time, quote_time, wanted) in FORWARDS {
        for (kind, (rate, points)) in kinds.into_iter().zip(wanted) {
            let time = Leg { base: base_time, quote: quote_time };
            let got = forward(spot, time, Solve::Forward { base, quote }, kind).unwrap();
            assert!(close(got.forward, rate, 1e-14), "{spot} {base} {quote} {kind:?}: {}", got.forward);
            // The difference of two near rates loses digits by nature, that of the forwards would lose far more.
            let slack = 4.0 * f64::EPSILON * spot * (base * base_time).abs().max((quote * quote_time).abs());
            assert!((got.points - points).abs() <= slack + 1e-15 * points.abs(), "{kind:?}: {}", got.points);
        }
    }
}

fn quote(base: usize, quote: usize, bid: f64, ask: f64) -> Quote {
    Quote { base, quote, bid, mid: 0.5 * (bid + ask), ask }
}

/// By hand: EUR 0, USD 1, JPY 2; 1.0998 · 149.9 and 1.1002 · 150.1.
#[test]
fn a_cross_rate_by_hand() {
    let quotes = [quote(0, 1, 1.0998, 1.1002), quote(1, 2, 149.9, 150.1)];
    let found = cross(&quotes, 3, 0, 2).unwrap();
    assert!(close(found.bid, 164.860_02, 1e-15) && close(found.ask, 165.140_02, 1e-15));
    assert!(close(found.mid, 165.0, 1e-15));
    let back = cross(&quotes, 3, 2, 0).unwrap();
    assert!(close(back.bid, 1.0 / 165.140_02, 1e-15) && back.path == [2, 1, 0]);
}

/// By hand: GBP 0 at 1.25 USD 1, EUR 2 at 1.10 USD and 0.90 GBP: USD to EUR to GBP to USD earns 0.9 · 1.25 / 1.1 - 1.
#[test]
fn a_triangle_by_hand() {
    let quotes = [quote(0, 1, 1.25, 1.25), quote(2, 1, 1.1, 1.1), quote(2, 0, 0.9, 0.9)];
    let found = arbitrages(&quotes, 3, &|| false).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].cycle, [0, 1, 2]);
    assert!(close(found[0].gain, 0.9 * 1.25 / 1.1 - 1.0, 1e-13), "{}", found[0].gain);
}
