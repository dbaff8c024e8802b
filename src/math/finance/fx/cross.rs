//! Cross rates and arbitrage within a set of quotes.

use crate::math::Error;

/// A quoted pair: units of the quote currency for one unit of the base currency. Currencies are numbers of the
/// caller's, from 0 without gaps.
///
/// # Formula
/// ```text
/// 0 < bid <= mid <= ask        quote currency per base currency
/// ```
///
/// Source: market convention, e.g. J. C. Hull, Options, Futures, and Other Derivatives, 9th ed. (2015), section 5.10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quote {
    /// What is sold at the bid.
    pub base: usize,
    /// What it is paid in.
    pub quote: usize,
    /// What a seller of the base currency gets.
    pub bid: f64,
    /// The middle.
    pub mid: f64,
    /// What a buyer of the base currency pays.
    pub ask: f64,
}

/// A rate over one or more quotes.
///
/// # Formula
/// ```text
/// bid, mid, ask = products of those of the steps        currency at the end per currency at the start
/// ```
///
/// Source: see [`cross`].
#[derive(Clone, Debug, PartialEq)]
pub struct Cross {
    /// What a seller of the first currency gets.
    pub bid: f64,
    /// The middle.
    pub mid: f64,
    /// What a buyer of the first currency pays.
    pub ask: f64,
    /// The currencies passed, both ends included.
    pub path: Vec<usize>,
}

/// A round trip that ends with more than it started with.
///
/// # Formula
/// ```text
/// gain = product of the executable rates - 1        decimal of the amount at the start
/// ```
///
/// Source: see [`arbitrages`].
#[derive(Clone, Debug, PartialEq)]
pub struct Arbitrage {
    /// The currencies passed; the first comes again after the last.
    pub cycle: Vec<usize>,
    /// What one unit of the first earns.
    pub gain: f64,
}

impl Quote {
    /// The pair the other way round: a seller of the quote currency buys the base currency at the ask.
    fn inverse(self) -> Self {
        let Self { base, quote, bid, mid, ask } = self;
        Self { base: quote, quote: base, bid: 1.0 / ask, mid: 1.0 / mid, ask: 1.0 / bid }
    }
}

/// Both directions of every quote, in order.
fn steps(quotes: &[Quote]) -> impl Iterator<Item = Quote> {
    quotes.iter().flat_map(|quote| [*quote, quote.inverse()])
}

/// The rate from one currency to another over the fewest quotes; of equally short ways over the one with the smallest
/// spread, of those over the quotes that come first. `count` is the number of currencies.
///
/// # Formula
/// ```text
/// rate = product over the steps of the quote, or of 1/ask, 1/mid, 1/bid where it is passed backwards
/// spread of a way = product of ask/bid
/// ```
///
/// # Errors
/// [`Error::NoPath`]; [`Error::Invalid`] for a rate that no float holds.
///
/// Source: definition.
pub fn cross(quotes: &[Quote], count: usize, from: usize, to: usize) -> Result<Cross, Error> {
    let mut best: Vec<Option<Cross>> = vec![None; count];
    best[from] = Some(Cross { bid: 1.0, mid: 1.0, ask: 1.0, path: vec![from] });
    for length in 1..=count {
        if best[to].is_some() {
            break;
        }
        for step in steps(quotes) {
            let Some(way) = best[step.base].as_ref().filter(|way| way.path.len() == length) else { continue };
            let longer = way.then(step);
            // A spread that differs in the last bits only is the same, and the earlier quote stays.
            let better = best[step.quote].as_ref().is_none_or(|known| {
                known.path.len() > length && longer.spread() < known.spread() * (1.0 - 1e-12)
            });
            if better {
                best[step.quote] = Some(longer);
            }
        }
    }
    let found = best[to].take().ok_or(Error::NoPath)?;
    let fine = |rate: f64| rate.is_finite() && rate > 0.0;
    if fine(found.bid) && fine(found.mid) && fine(found.ask) {
        return Ok(found);
    }
    Err(Error::Invalid("the cross rate is too large or too small for a number: check the quotes"))
}

impl Cross {
    fn then(&self, step: Quote) -> Self {
        let path = self.path.iter().copied().chain([step.quote]).collect();
        Self { bid: self.bid * step.bid, mid: self.mid * step.mid, ask: self.ask * step.ask, path }
    }

    fn spread(&self) -> f64 {
        self.ask / self.bid
    }
}

/// What a product of rates must exceed 1 by to be a gain: rounding errors of four factors are smaller.
const NOISE: f64 = 1e-12;
/// Most currencies of a round trip.
const LONGEST: usize = 4;

/// All round trips of two to four currencies that gain at the executable rates, the largest gain first.
///
/// # Formula
/// ```text
/// gain = r_1 r_2 ... r_k - 1 > 1e-12,  k <= 4        r_i  best bid of the step, 1/ask backwards
/// ```
///
/// # Errors
/// [`Error::Stopped`]
///
/// Source: definition of triangular arbitrage, e.g. K. Cuthbertson, D. Nitzsche, Quantitative Financial Economics, 2nd
/// ed. (2004), chapter 24.
pub fn arbitrages(
    quotes: &[Quote],
    count: usize,
    should_stop: &dyn Fn() -> bool,
) -> Result<Vec<Arbitrage>, Error> {
    let mut search = Search { rates: best_rates(quotes, count), found: Vec::new() };
    for start in 0..count {
        if should_stop() {
            return Err(Error::Stopped);
        }
        search.extend(&mut vec![start], 1.0);
    }
    search.found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    Ok(search.found)
}

/// For each currency the others that it can be sold for, each at the best bid, in order of the quotes.
fn best_rates(quotes: &[Quote], count: usize) -> Vec<Vec<(usize, f64)>> {
    let mut rates: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    for step in steps(quotes) {
        match rates[step.base].iter_mut().find(|(currency, _)| *currency == step.quote) {
            Some((_, bid)) => *bid = bid.max(step.bid),
            None => rates[step.base].push((step.quote, step.bid)),
        }
    }
    rates
}

struct Search {
    rates: Vec<Vec<(usize, f64)>>,
    found: Vec<Arbitrage>,
}

impl Search {
    /// Goes on from a way that starts at its smallest currency, so that each round trip is found once.
    fn extend(&mut self, way: &mut Vec<usize>, product: f64) {
        let (start, at) = (way[0], way[way.len() - 1]);
        for i in 0..self.rates[at].len() {
            let (next, rate) = self.rates[at][i];
            let product = product * rate;
            if next == start && way.len() > 1 && product - 1.0 > NOISE && product.is_finite() {
                self.found.push(Arbitrage { cycle: way.clone(), gain: product - 1.0 });
            }
            if next > start && way.len() < LONGEST && !way.contains(&next) {
                way.push(next);
                self.extend(way, product);
                way.pop();
            }
        }
    }
}
