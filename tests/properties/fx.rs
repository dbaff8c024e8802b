//! Laws of foreign exchange.

use super::Numbers;
use crate::reference::close;
use businessmath_mcp::math::finance::fx::{Compounding, Leg, Quote, Solve, arbitrages, cross, forward};

#[test]
fn implied_rates_give_the_forward_back() {
    let mut numbers = Numbers(61);
    for _ in 0..3_000 {
        let spot = numbers.magnitude(1e-4, 1e5).abs();
        let (base, quote) = (numbers.between(-0.05, 0.3), numbers.between(-0.05, 0.3));
        let time = Leg { base: numbers.between(0.003, 5.0), quote: numbers.between(0.003, 5.0) };
        for kind in [Compounding::Simple, Compounding::Annual, Compounding::Continuous] {
            let found = forward(spot, time, Solve::Forward { base, quote }, kind).unwrap();
            let known = found.forward;
            let b = forward(spot, time, Solve::BaseRate { quote, forward: known }, kind).unwrap();
            let q = forward(spot, time, Solve::QuoteRate { base, forward: known }, kind).unwrap();
            // A forward of 16 digits tells a rate over a day to 13.
            assert!(
                (b.base_rate - base).abs() <= 4e-16 / time.base * (1.0 + 5.0 * 0.3) + 1e-15,
                "{kind:?} {}",
                b.base_rate
            );
            assert!(
                (q.quote_rate - quote).abs() <= 4e-16 / time.quote * (1.0 + 5.0 * 0.3) + 1e-15,
                "{kind:?}"
            );
            assert!(
                close(found.points, known - spot, 1e-9)
                    || (found.points - (known - spot)).abs() < 1e-14 * spot
            );
        }
    }
}

/// Seen from the other currency the forward is the inverse one.
#[test]
fn parity_is_the_same_from_both_sides() {
    let mut numbers = Numbers(62);
    for _ in 0..1_000 {
        let spot = numbers.magnitude(1e-3, 1e3).abs();
        let (base, quote) = (numbers.between(-0.05, 0.3), numbers.between(-0.05, 0.3));
        let (t, u) = (numbers.between(0.01, 3.0), numbers.between(0.01, 3.0));
        for kind in [Compounding::Simple, Compounding::Annual, Compounding::Continuous] {
            let one = forward(spot, Leg { base: t, quote: u }, Solve::Forward { base, quote }, kind).unwrap();
            let other = Solve::Forward { base: quote, quote: base };
            let other = forward(1.0 / spot, Leg { base: u, quote: t }, other, kind).unwrap();
            assert!(close(one.forward * other.forward, 1.0, 1e-14), "{kind:?}");
        }
    }
}

/// Quotes made from one price for each currency, a spread around each: nothing can be gained.
fn consistent(numbers: &mut Numbers, count: usize) -> (Vec<f64>, Vec<Quote>) {
    let prices: Vec<f64> = (0..count).map(|_| numbers.magnitude(0.01, 100.0).abs()).collect();
    let mut quotes = Vec::new();
    for base in 0..count {
        for quote in (0..count).filter(|quote| *quote != base) {
            if quote == base + 1 || numbers.whole(0, 2) == 0 {
                let (mid, half) = (prices[base] / prices[quote], numbers.between(0.0, 0.01));
                quotes.push(Quote { base, quote, bid: mid * (1.0 - half), mid, ask: mid * (1.0 + half) });
            }
        }
    }
    (prices, quotes)
}

#[test]
fn consistent_markets_have_cross_rates_and_no_arbitrage() {
    let mut numbers = Numbers(63);
    for _ in 0..200 {
        let count = numbers.whole(2, 9) as usize;
        let (prices, quotes) = consistent(&mut numbers, count);
        assert!(arbitrages(&quotes, count, &|| false).unwrap().is_empty());
        for from in 0..count {
            for to in 0..count {
                let found = cross(&quotes, count, from, to).unwrap();
                assert!(close(found.mid, prices[from] / prices[to], 1e-13));
                assert!(found.bid <= found.mid * (1.0 + 1e-13) && found.mid <= found.ask * (1.0 + 1e-13));
                let back = cross(&quotes, count, to, from).unwrap();
                assert_eq!(back.path.len(), found.path.len());
            }
        }
    }
}

/// Whatever is found does gain, and one planted error is found.
#[test]
fn a_planted_error_is_found() {
    let mut numbers = Numbers(64);
    for _ in 0..200 {
        let count = numbers.whole(3, 8) as usize;
        let (_, mut quotes) = consistent(&mut numbers, count);
        quotes.iter_mut().for_each(|quote| (quote.bid, quote.ask) = (quote.mid, quote.mid));
        let (first, second) = (quotes[0].base, quotes[0].quote);
        let third = (0..count).find(|place| *place != first && *place != second).unwrap();
        let cross = |a, b| cross(&quotes, count, a, b).unwrap().mid;
        let close_triangle = [(second, third, cross(second, third)), (third, first, cross(third, first))];
        quotes[0] = Quote {
            bid: quotes[0].bid * 1.05,
            mid: quotes[0].mid * 1.05,
            ask: quotes[0].ask * 1.05,
            ..quotes[0]
        };
        for (base, quote, rate) in close_triangle {
            quotes.push(Quote { base, quote, bid: rate, mid: rate, ask: rate });
        }
        let found = arbitrages(&quotes, count, &|| false).unwrap();
        assert!(found[0].gain >= 0.05 * 0.99, "{}", found[0].gain);
        assert!(found.windows(2).all(|pair| pair[0].gain >= pair[1].gain));
    }
}
