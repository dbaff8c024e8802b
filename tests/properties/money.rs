//! Laws of rounding and splitting money.

use super::Numbers;
use businessmath_mcp::math::decimal::{self, Decimal, Rounding::*};
use businessmath_mcp::math::finance::money::{Grain, Remainder, allocate, round, round_preserving};

const MODES: [decimal::Rounding; 7] = [HalfEven, HalfUp, HalfDown, Up, Down, Ceiling, Floor];

/// Of any size up to 18 digits, with up to 9 decimals, often a half of some unit.
fn amount(numbers: &mut Numbers) -> Decimal {
    let digits = numbers.whole(1, 18);
    let units = i128::from(numbers.whole(0, 10_u64.pow(digits as u32)));
    let units = if numbers.whole(0, 3) == 0 { units * 10 + 5 } else { units };
    let sign = if numbers.whole(0, 1) == 0 { 1 } else { -1 };
    Decimal::new(sign * units, numbers.whole(0, 9) as u32).unwrap()
}

fn grain(numbers: &mut Numbers) -> Grain {
    Grain { step: [1, 1, 5, 25][numbers.whole(0, 3) as usize], decimals: numbers.whole(0, 5) as u32 }
}

#[test]
fn rounding_moves_less_than_a_grain_and_is_done_once() {
    let mut numbers = Numbers(41);
    for _ in 0..4_000 {
        let (x, g) = (amount(&mut numbers), grain(&mut numbers));
        let one = Decimal::new(g.step as i128, g.decimals).unwrap().to_f64();
        for mode in MODES {
            let r = round(x, g, mode).unwrap();
            let moved = r.minus(x).unwrap();
            assert_eq!(r.units() % g.step as i128, 0);
            let most = if matches!(mode, HalfEven | HalfUp | HalfDown) { one / 2.0 } else { one };
            assert!(moved.to_f64().abs() <= most, "{x} {mode:?} {r}");
            assert_eq!(round(r, g, mode).unwrap(), r, "{x} {mode:?}");
            assert!(mode != Ceiling || moved.units() >= 0);
            assert!(mode != Floor || moved.units() <= 0);
        }
        let negated = Decimal::new(-x.units(), x.decimals()).unwrap();
        for mode in [HalfEven, HalfUp, HalfDown, Up, Down] {
            let (r, mirrored) = (round(x, g, mode).unwrap(), round(negated, g, mode).unwrap());
            assert_eq!(r.units(), -mirrored.units(), "{x} {mode:?}");
        }
    }
}

#[test]
fn what_is_read_is_what_is_written() {
    let mut numbers = Numbers(42);
    for _ in 0..4_000 {
        let x = amount(&mut numbers);
        let back = Decimal::parse(&x.to_string()).unwrap();
        assert_eq!(back.minus(x).unwrap().units(), 0, "{x}");
        let float = x.to_f64();
        let nearest = Decimal::parse(&float.to_string()).unwrap().to_f64();
        assert_eq!(nearest, float, "{x}");
    }
}

#[test]
fn preserved_totals_add_up_and_every_part_is_next_to_its_amount() {
    let mut numbers = Numbers(43);
    for _ in 0..1_000 {
        let n = numbers.whole(1, 30);
        let amounts: Vec<Decimal> = (0..n).map(|_| amount(&mut numbers)).collect();
        let (total, g) = (decimal::sum(&amounts).unwrap(), grain(&mut numbers));
        let one = Decimal::new(g.step as i128, g.decimals).unwrap();
        for mode in MODES {
            let parts = round_preserving(&amounts, total, g, mode).unwrap();
            let sum = decimal::sum(&parts).unwrap();
            assert_eq!(sum.minus(round(total, g, mode).unwrap()).unwrap().units(), 0, "{amounts:?} {mode:?}");
            for (part, amount) in parts.iter().zip(&amounts) {
                let moved = part.minus(*amount).unwrap().to_f64().abs();
                assert!(moved <= one.to_f64(), "{amount} became {part}");
            }
        }
    }
}

#[test]
fn shares_add_up_exactly_and_follow_their_weights() {
    let mut numbers = Numbers(44);
    for _ in 0..2_000 {
        let n = numbers.whole(1, 40);
        let mut weights: Vec<Decimal> = (0..n)
            .map(|_| {
                Decimal::new(i128::from(numbers.whole(0, 1_000_000)), numbers.whole(0, 6) as u32).unwrap()
            })
            .collect();
        weights.push(Decimal::new(1, 20).unwrap());
        let total = amount(&mut numbers);
        for method in [Remainder::Largest, Remainder::First, Remainder::Last] {
            let split = allocate(total, &weights, method).unwrap();
            let sum: i128 = split.shares.iter().map(|share| share.amount.units()).sum();
            assert_eq!(sum, total.units(), "{total} {method:?}");
            assert!(split.distributed < weights.len() as u128);
            let whole = decimal::sum(&weights).unwrap().to_f64();
            for (share, weight) in split.shares.iter().zip(&weights) {
                let exact = total.to_f64() * weight.to_f64() / whole;
                assert!((share.exact - exact).abs() <= 1e-14 * exact.abs(), "{total} {weight}");
                let drift = share.amount.to_f64() - share.exact;
                assert!(
                    (share.difference - drift).abs() <= 1e-14 * total.to_f64().abs().max(1e-9),
                    "{total} {weight}"
                );
            }
        }
    }
}
