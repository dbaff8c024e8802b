//! Cash flows as an exponential sum, evaluated to the last digit at any rate.

use crate::math::Error;
use crate::math::error::finite;
use crate::math::scaled::{parts, power_of_two};
use crate::math::sum::Sum;
use crate::math::twofold::{Twofold, exp_parts, split};

/// Times above this are refused: their product with a force of interest must stay exact.
const LAST_TIME: f64 = 1e15;
/// The largest term of an evaluation is brought near 2^1000, so that terms down to 2^-2074 of it still count.
const TOP: f64 = 1000.0;
/// The moment is kept smaller by this factor: times reach 2^50.
const MOMENT: f64 = 1.0 / (1u128 << 100) as f64;

/// One flow: amount = mantissa 2^exponent at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) time: f64,
    mantissa: f64,
    exponent: f64,
}

/// Flows in order of time, no two at one time, none zero: f(x) = sum c_i e^(-t_i x), x = ln(1 + r).
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) terms: Vec<Term>,
}

/// A value of the sum; value and magnitude are to be multiplied by 2^exponent e^(-reference x).
#[derive(Clone, Copy, Debug)]
pub(super) struct Evaluated {
    /// sum c_i e^(-t_i x)
    pub(super) value: f64,
    /// 2^-100 sum t_i c_i e^(-t_i x)
    moment: f64,
    /// sum |c_i| e^(-t_i x)
    pub(super) magnitude: f64,
    pub(super) exponent: i64,
    /// The time of the largest term.
    pub(super) reference: f64,
}

impl Evaluated {
    /// The value relative to the sum of the absolute terms, between -1 and 1.
    pub(super) fn relative(&self) -> f64 {
        if self.magnitude > 0.0 { self.value / self.magnitude } else { 0.0 }
    }

    /// Newton's step for x: the value over minus its derivative.
    pub(super) fn step(&self) -> f64 {
        self.value * MOMENT / self.moment
    }
}

impl Term {
    fn new(time: f64, amount: f64) -> Self {
        let (mantissa, exponent) = parts(amount);
        Self { time, mantissa, exponent: exponent as f64 }
    }

    /// log2 of the present amount, to about one bit.
    #[inline]
    fn level(&self, scale: f64) -> f64 {
        self.exponent + self.time * scale
    }

    /// -(t - reference) x, exactly, in two floats; the high part of x comes split too.
    #[inline]
    fn power(&self, reference: f64, x: Twofold, xs: (f64, f64)) -> (f64, f64) {
        let time = Twofold::sum(self.time, -reference);
        let high = time.high * x.high;
        let (th, tl) = split(time.high);
        let low = ((th * xs.0 - high) + th * xs.1 + tl * xs.0) + tl * xs.1;
        (-high, -(low + time.high * x.low + time.low * x.high))
    }
}

impl Series {
    /// The flows in the order given, each a term of its own.
    pub(super) fn unmerged(amounts: &[f64], times: &[f64]) -> Result<Self, Error> {
        if amounts.len() != times.len() {
            return Err(Error::LengthMismatch { amounts: amounts.len(), times: times.len() });
        }
        let mut terms = Vec::with_capacity(amounts.len());
        for (index, (&amount, &time)) in amounts.iter().zip(times).enumerate() {
            finite(amount, "cash flow")?;
            finite(time, "time of a cash flow")?;
            if !(0.0..=LAST_TIME).contains(&time) {
                return Err(Error::TimeOutOfRange { index, time });
            }
            if amount != 0.0 {
                terms.push(Term::new(time, amount));
            }
        }
        Ok(Self { terms })
    }

    /// Sorted by time, flows at equal times added, zeros dropped.
    pub(super) fn new(amounts: &[f64], times: &[f64]) -> Result<Self, Error> {
        let mut terms = Self::unmerged(amounts, times)?.terms;
        terms.sort_by(|a, b| a.time.total_cmp(&b.time));
        let merged = terms.chunk_by(|a, b| a.time == b.time).map(total);
        Ok(Self { terms: merged.filter(|term| term.mantissa != 0.0).collect() })
    }

    /// The sum at x, leaving out terms below 2^-bits of the largest (never keeping more than 2100 bits).
    pub(super) fn evaluate(&self, x: Twofold, bits: f64) -> Evaluated {
        let scale = -x.high * std::f64::consts::LOG2_E;
        let (top, reference) = self.top(scale);
        let floor = top - bits.min(2100.0);
        // Powers are taken from the largest term's time on: (1 + r)^-t itself may be e^(-7 10^6).
        let shift = TOP - (top - reference * scale).round();
        let xs = split(x.high);
        let (mut value, mut moment, mut magnitude) = (Sum::default(), 0.0, 0.0);
        for term in self.terms.iter().filter(|term| term.level(scale) >= floor) {
            let (high, low) = term.power(reference, x, xs);
            let (factor, k) = exp_parts(high, low);
            let present = times_power_of_two(term.mantissa * factor, term.exponent + k + shift);
            value.add(present);
            moment += term.time * (present * MOMENT);
            magnitude += present.abs();
        }
        let exponent = if self.terms.is_empty() { 0 } else { -shift as i64 };
        Evaluated { value: value.total(), moment, magnitude, exponent, reference }
    }

    /// The size of the largest term at x, in bits, and its time; `scale` is -x / ln 2.
    fn top(&self, scale: f64) -> (f64, f64) {
        let (mut top, mut reference) = (f64::NEG_INFINITY, 0.0);
        for term in &self.terms {
            let level = term.level(scale);
            if level > top {
                (top, reference) = (level, term.time);
            }
        }
        (top, reference)
    }

    /// The sum near x = 0, where it is the plain total and a small rest, without losing the rest.
    pub(super) fn evaluate_near_zero(&self, x: f64) -> Evaluated {
        let shift = TOP - self.terms.iter().map(|t| t.exponent).fold(0.0, f64::max);
        let (mut value, mut moment, mut magnitude) = (Sum::default(), 0.0, 0.0);
        for term in &self.terms {
            let amount = times_power_of_two(term.mantissa, term.exponent + shift);
            let y = -term.time * x;
            value.add(amount);
            value.add(amount * y.exp_m1());
            moment += term.time * (amount * MOMENT) * y.exp();
            magnitude += amount.abs() * y.exp();
        }
        Evaluated { value: value.total(), moment, magnitude, exponent: -shift as i64, reference: 0.0 }
    }

    /// Positions i where the sign changes between terms i and i + 1.
    pub(super) fn sign_changes(&self) -> Vec<usize> {
        let signs = self.terms.windows(2).enumerate();
        signs.filter(|(_, w)| (w[0].mantissa > 0.0) != (w[1].mantissa > 0.0)).map(|(i, _)| i).collect()
    }

    /// The derivative of e^(s x) f(x), over e^(s x), with s between terms `split` and `split + 1`.
    ///
    /// Its coefficients are (s - t_i) c_i: one sign change fewer, and its roots are the turning points of
    /// e^(s x) f(x), which has the roots of f.
    pub(super) fn shifted_derivative(&self, split: usize) -> Self {
        let (before, after) = (self.terms[split].time, self.terms[split + 1].time);
        let s = before + 0.5 * (after - before);
        let term = |t: &Term| {
            let (mantissa, own) = parts(t.mantissa * (s - t.time));
            Term { mantissa, exponent: t.exponent + own as f64, ..*t }
        };
        // Times so close that s falls on one of them lose that term; it is the smallest of all.
        Self { terms: self.terms.iter().map(term).filter(|t| t.mantissa != 0.0).collect() }
    }

    /// The corners of the curve x -> max ln|c_i| - t_i x, each with the time it spans: where the leading flow changes.
    pub(super) fn corners(&self) -> Vec<(f64, f64)> {
        let log = |t: &Term| (t.mantissa.abs().log2() + t.exponent) * std::f64::consts::LN_2;
        let slope = |a: &(f64, f64), b: &(f64, f64)| (b.1 - a.1) / (b.0 - a.0);
        let mut hull: Vec<(f64, f64)> = Vec::new();
        for point in self.terms.iter().map(|t| (t.time, log(t))) {
            while let [.., a, b] = hull[..]
                && slope(&a, &b) <= slope(&b, &point)
            {
                hull.pop();
            }
            hull.push(point);
        }
        hull.windows(2).map(|w| (slope(&w[0], &w[1]), w[1].0 - w[0].0)).collect()
    }
}

/// value 2^k for whole k <= 1023, in two steps where one factor cannot hold 2^k.
#[inline]
fn times_power_of_two(value: f64, k: f64) -> f64 {
    let k = k as i64;
    if k >= -1022 { value * power_of_two(k) } else { value * power_of_two(k + 1000) * power_of_two(-1000) }
}

/// The sum of the flows of one time, whatever their size.
fn total(group: &[Term]) -> Term {
    if let [term] = group {
        return *term;
    }
    let top = group.iter().map(|t| t.exponent).fold(f64::NEG_INFINITY, f64::max);
    let sum: Sum = group.iter().map(|t| times_power_of_two(t.mantissa, t.exponent - top + TOP)).collect();
    let (mantissa, own) = parts(sum.total());
    Term { time: group[0].time, mantissa, exponent: own as f64 + top - TOP }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::scaled::Scaled;

    fn at(series: &Series, x: f64) -> f64 {
        let e = series.evaluate(Twofold { high: x, low: 0.0 }, 1e9);
        assert_eq!(x, 0.0, "the reference time counts elsewhere");
        Scaled::new(e.value, e.exponent).value("value").unwrap()
    }

    #[test]
    fn flows_of_one_time_are_added_and_zeros_dropped() {
        let s = Series::new(&[5.0, 1e308, 0.0, 1e308, -1e308, 2.0], &[2.0, 1.0, 3.0, 1.0, 1.0, 0.0]).unwrap();
        assert_eq!(s.terms.iter().map(|t| t.time).collect::<Vec<_>>(), [0.0, 1.0, 2.0]);
        assert!((at(&s, 0.0) / 1e308 - 1.0).abs() < 1e-15);
    }

    #[test]
    fn terms_far_below_the_largest_survive_its_cancellation() {
        let s = Series::new(&[1e200, -1e200, 5.0, 1e-300], &[0.0, 1.0, 2.0, 3.0]).unwrap();
        assert_eq!(at(&s, 0.0), 5.0);
    }

    #[test]
    fn each_derivative_has_one_sign_change_fewer() {
        let mut s = Series::new(&[-1.0, 3.0, -3.0, 1.0, 0.5, -7.0], &[0.0, 1.0, 2.5, 3.0, 4.0, 9.0]).unwrap();
        for left in (0..4).rev() {
            s = s.shifted_derivative(s.sign_changes()[0]);
            assert_eq!(s.sign_changes().len(), left);
        }
    }

    #[test]
    fn bad_times_are_named() {
        assert_eq!(
            Series::new(&[1.0, 2.0], &[0.0, -1.0]).unwrap_err(),
            Error::TimeOutOfRange { index: 1, time: -1.0 }
        );
        assert!(Series::new(&[1.0], &[0.0, 1.0]).is_err());
        assert!(Series::new(&[1.0], &[f64::NAN]).is_err());
    }
}
