//! The rate in the equation of value: all solutions, between brackets.

use super::annuity::{Factors, Timing};
use super::single::growth;
use super::solve::Equation;
use crate::math::Error;
use crate::math::error::finite;
use crate::math::root::{all_roots, valley};
use crate::math::scaled::{Scaled, parts};
use crate::math::sum::Sum;
use crate::math::twofold::Twofold;

/// ln(2^-53): below, 1 + i is lost beside the 1 and i would round to -100 %.
const LOWEST: f64 = -36.736_800_569_677_1;
/// ln of the largest float.
const HIGHEST: f64 = 709.782_712_893_383_9;
/// Noise of the relative value.
const ZERO: f64 = 4.0 * f64::EPSILON;

/// All rates that solve an equation of value.
///
/// # Formula
/// ```text
/// residual = |f| / (|PV| + |PMT a| + |FV v^n|) at the worst of the rates
/// ```
///
/// Source: see [`Equation::rates`].
#[derive(Clone, Debug, PartialEq)]
pub struct RateSolution {
    /// The rates, ascending, decimal per period; at least one.
    pub rates: Vec<f64>,
    /// How often the equation was evaluated.
    pub iterations: u32,
    /// What is left of the equation, relative to its terms.
    pub residual: f64,
}

/// The equation with its amounts brought near 1 by a power of two.
struct Scales {
    present: f64,
    payment: f64,
    future: f64,
    periods: f64,
    timing: Timing,
}

pub(super) fn rates(equation: &Equation, should_stop: &dyn Fn() -> bool) -> Result<RateSolution, Error> {
    let scaled = Scales::new(equation)?;
    if scaled.cancels() {
        return Err(Error::EveryRate);
    }
    let mut points = vec![LOWEST, HIGHEST];
    let mut iterations = 0;
    if scaled.present * scaled.future > 0.0 {
        let mut payment = |x: f64| {
            iterations += 1;
            scaled.payment_at(x).unwrap_or(f64::MAX)
        };
        points.insert(1, valley(&mut payment, LOWEST, HIGHEST, should_stop)?);
    }
    let mut value = |x: f64| {
        iterations += 1;
        scaled.relative(x).unwrap_or(f64::NAN)
    };
    let found = all_roots(&mut value, &points, ZERO, should_stop)?;
    let rates: Vec<f64> = found.iter().map(|root| root.x.exp_m1()).filter(|rate| *rate > -1.0).collect();
    if rates.is_empty() {
        let why = "no rate above -100 % balances these amounts: the payments together with the final amount are out of reach of \
                   interest on the first; check amounts and signs (cash received positive, paid negative)";
        return Err(Error::NoAnswer { why });
    }
    let residual = found.iter().fold(0.0, |most: f64, root| most.max(root.residual.abs()));
    Ok(RateSolution { rates, iterations, residual })
}

impl Scales {
    fn new(e: &Equation) -> Result<Self, Error> {
        let amounts = [
            finite(e.present, "present value")?,
            finite(e.payment, "payment")?,
            finite(e.future, "future value")?,
        ];
        if finite(e.periods, "number of periods")? <= 0.0 {
            return Err(Error::NoPeriods);
        }
        if !(amounts.iter().any(|a| *a > 0.0) && amounts.iter().any(|a| *a < 0.0)) {
            return Err(Error::NoSignChange);
        }
        let exponent = amounts.iter().filter(|a| **a != 0.0).map(|a| parts(*a).1).max().unwrap_or(0);
        let near_one = |amount: f64| Scaled::new(amount, -exponent).value("amount");
        let [present, payment, future] = amounts;
        Ok(Self {
            present: near_one(present)?,
            payment: near_one(payment)?,
            future: near_one(future)?,
            periods: e.periods,
            timing: e.timing,
        })
    }

    /// Whether a single payment meets an equal amount on the same day.
    fn cancels(&self) -> bool {
        let (met, other) = if self.timing == Timing::Due {
            (self.present, self.future)
        } else {
            (self.future, self.present)
        };
        self.periods == 1.0 && other == 0.0 && met == -self.payment
    }

    fn factors(&self, x: f64) -> Result<(Factors, Scaled), Error> {
        let rate = x.exp_m1();
        Ok((Factors::new(rate, self.periods, self.timing)?, growth(rate, -self.periods)))
    }

    /// The size of the payment that solves the equation at this rate, as a multiple of a unit of PV and FV.
    fn payment_at(&self, x: f64) -> Result<f64, Error> {
        let (f, v) = self.factors(x)?;
        let both = Scaled::from(self.present.abs()) + Scaled::from(self.future.abs()) * v;
        (both / (f.discounted.value * f.timing)).value("payment")
    }

    /// The equation's value relative to the sum of its absolute terms, between -1 and 1.
    fn relative(&self, x: f64) -> Result<f64, Error> {
        let (f, v) = self.factors(x)?;
        let of = Scaled::from;
        let annuity = f.discounted.value * f.timing;
        let size = of(self.present.abs()) + of(self.payment.abs()) * annuity + of(self.future.abs()) * v;
        let value = if f.small {
            self.near_zero(&f, x)
        } else {
            of(self.present) + of(self.payment) * annuity + of(self.future) * v
        };
        (value / size).value("value")
    }

    /// The plain total and a small rest: where the total vanishes, the rest keeps its digits.
    fn near_zero(&self, f: &Factors, x: f64) -> Scaled {
        let paid = Twofold::product(self.payment, self.periods);
        let plain: Sum = [self.present, self.future, paid.high, paid.low].into_iter().collect();
        let interest = Scaled::from(paid.high) * f.shifted(f.discounted.excess);
        let discount = Scaled::from(self.future) * Scaled::exp_m1(Twofold::product(x, -self.periods));
        Scaled::from(plain.total()) + interest + discount
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(n: f64, present: f64, payment: f64, future: f64, timing: Timing) -> RateSolution {
        let e = Equation { present, payment, future, rate: 0.0, periods: n, timing };
        let found = rates(&e, &|| false).unwrap();
        // A rate near -100 % leaves 1 + i few digits.
        let noise = 1e-15 + 4e-16 * n / (1.0 + found.rates[0]);
        assert!(found.residual <= noise && found.iterations < 500, "{found:?}");
        found
    }

    fn one(n: f64, (present, payment, future): (f64, f64, f64), want: f64, tolerance: f64) {
        // Powers of two: others would round the amounts apart.
        for scale in [1.0, -(2f64.powi(-960)), 2f64.powi(960)] {
            let found = solve(n, present * scale, payment * scale, future * scale, Timing::Ordinary).rates;
            assert!(
                found.len() == 1 && (found[0] - want).abs() <= tolerance * want.abs(),
                "{found:?} {want}"
            );
        }
    }

    #[test]
    fn rates_of_every_size() {
        one(1.0, (1.0, 0.0, -1.1), 0.1, 1e-14);
        one(1.0, (1.0, 0.0, -1e12), 1e12 - 1.0, 1e-14);
        one(2.0, (1.0, -11.0, 0.0), 2.0 / ((15.0f64 / 11.0).sqrt() - 1.0) - 1.0, 1e-14);
        one(1.0, (1.0, 0.0, -1e-12), -1.0 + 1e-12, 1e-15);
        one(360.0, (360.0, -1.0, 0.0), 0.0, 0.0);
        one(10.0, (1e15, 0.0, -1e15 - 1.0), 1e-16, 1e-6);
        // To first order: 100 (1 + 50.5 i) = 100 + 101e-9 / 2, so i = 1e-11.
        one(100.0, (100.0, -1.0 - 50.5e-11, 0.0), 1e-11, 1e-4);
    }

    #[test]
    fn two_rates_are_both_found() {
        // -100 + 230 v - 132 v^2 as n = 2: PV -100, PMT 230, FV -362.
        let two = solve(2.0, -100.0, 230.0, -362.0, Timing::Ordinary).rates;
        assert!((two[0] - 0.1).abs() < 1e-13 && (two[1] - 0.2).abs() < 1e-13, "{two:?}");
        // One payment for both: double at 10 %.
        let double = solve(2.0, -100.0, 220.0, -341.0, Timing::Ordinary).rates;
        assert!(double.len() == 1 && (double[0] - 0.1).abs() < 1e-7, "{double:?}");
    }

    #[test]
    fn no_rate() {
        let e = |present, payment, future| Equation {
            present,
            payment,
            future,
            rate: 0.0,
            periods: 2.0,
            timing: Timing::Due,
        };
        assert_eq!(rates(&e(1.0, 1.0, 0.0), &|| false), Err(Error::NoSignChange));
        assert!(matches!(rates(&e(100.0, -1.0, 100.0), &|| false), Err(Error::NoAnswer { .. })));
        assert_eq!(rates(&e(100.0, -60.0, 0.0), &|| true), Err(Error::Stopped));
        let same_day = Equation { periods: 1.0, ..e(5.0, -5.0, 0.0) };
        assert_eq!(rates(&same_day, &|| false), Err(Error::EveryRate));
    }
}
