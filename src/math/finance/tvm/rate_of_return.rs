//! Internal rate of return of periodic and of dated cash flows: all of them.

use super::checked_rate;
use super::isolate::roots;
use super::npv::periods;
use super::series::{Evaluated, Series};
use crate::math::Error;
use crate::math::root::Root;
use crate::math::twofold::Twofold;

/// The rates at which a series of flows is worth nothing.
///
/// # Formula
/// ```text
/// sum over i of CF_i / (1 + r)^(t_i) = 0 for r = irr and each of other_roots
/// residual = |sum of the PV_i| / sum of the |PV_i| at irr
/// ```
///
/// Source: see [`irr`] and [`xirr`].
#[derive(Clone, Debug, PartialEq)]
pub struct RateOfReturn {
    /// The rate nearest the guess (the lower of two equally near), decimal per unit of time.
    pub irr: f64,
    /// All other rates, ascending, decimal per unit of time.
    pub other_roots: Vec<f64>,
    /// How often the present value was computed, for all rates together.
    pub iterations: u32,
    /// The present value left at `irr`, relative to the sum of the absolute present values.
    pub residual: f64,
}

/// All internal rates of return of equally spaced flows, the first one at time zero.
///
/// # Formula
/// ```text
/// sum over t = 0 .. N-1 of CF_t / (1 + r)^t = 0,  -1 < r < infinity
///   CF_t   flow at the end of period t, currency    N  number of flows, >= 2
///   r      rate per period, decimal                 guess  which rate becomes `irr`, decimal, > -1
/// ```
/// As [`xirr`] with the times 0, 1, 2, ...
///
/// # Errors
/// As [`xirr`].
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 5.
pub fn irr(flows: &[f64], guess: f64, should_stop: &dyn Fn() -> bool) -> Result<RateOfReturn, Error> {
    xirr(flows, &periods(flows.len()), guess, should_stop)
}

/// All internal rates of return of flows at any times.
///
/// # Formula
/// ```text
/// sum over i of CF_i / (1 + r)^(t_i) = 0,  -1 < r < infinity;  solved for x = ln(1 + r)
///   CF_i  flow i, currency    t_i  its time in years (days / 365), 0 ... 1e15, in any order
///   r     rate per year, decimal    guess  which rate becomes `irr`, decimal, > -1
/// ```
/// With one change of sign in order of time the rate is unique and always found. With up to 48 changes all rates are
/// found: every turning point of the present value is computed, by the argument that proves Descartes' rule. With
/// more changes the second derivative is scanned, and a pair of rates closer together than a sixth of their distance
/// from zero growth (or from the growth of the flows) may be missed. A double rate, where the present value touches
/// zero within the rounding of the amounts, is reported once. A single rate is exact to the last digits of 1 + r,
/// and of r itself as far as the amounts determine it; scale of the amounts and guess do not matter.
///
/// # Errors
/// [`Error::NoFlows`], [`Error::TooFewFlows`], [`Error::LengthMismatch`], [`Error::TimeOutOfRange`],
/// [`Error::NotFinite`], [`Error::RateTooLow`] (the guess), [`Error::AllTimesEqual`], [`Error::EveryRate`],
/// [`Error::NoSignChange`] (also when flows of one date cancel to one sign), [`Error::NoRate`],
/// [`Error::RateOutOfRange`] when a rate exists beyond the range of floats, [`Error::Stopped`].
///
/// Source: Microsoft Excel documentation, XIRR function (the equation); E. Laguerre, Oeuvres I (1898), pp. 3-47 (the
/// number of roots).
pub fn xirr(
    amounts: &[f64],
    times: &[f64],
    guess: f64,
    should_stop: &dyn Fn() -> bool,
) -> Result<RateOfReturn, Error> {
    let guess = checked_rate(guess)?;
    match amounts.len() {
        0 => return Err(Error::NoFlows),
        1 => return Err(Error::TooFewFlows { count: 1 }),
        _ => {}
    }
    let series = Series::new(amounts, times)?;
    check_signs(amounts, times, &series)?;
    let found = roots(&series, should_stop)?;
    let mut rates: Vec<(f64, f64)> = found.roots.iter().filter_map(|root| rate_at(&series, root)).collect();
    rates.dedup_by(|a, b| a.0 == b.0);
    let Some(nearest) = nearest(&rates, guess) else {
        let odd = series.sign_changes().len() % 2 == 1;
        return Err(if odd { Error::RateOutOfRange } else { Error::NoRate });
    };
    let (irr, residual) = rates.remove(nearest);
    let other_roots = rates.into_iter().map(|rate| rate.0).collect();
    Ok(RateOfReturn { irr, other_roots, iterations: found.iterations, residual })
}

/// Refuses flows that cannot have a rate of return, saying why.
fn check_signs(amounts: &[f64], times: &[f64], series: &Series) -> Result<(), Error> {
    if !(amounts.iter().any(|a| *a > 0.0) && amounts.iter().any(|a| *a < 0.0)) {
        return Err(Error::NoSignChange);
    }
    if times.iter().all(|t| *t == times[0]) {
        return Err(Error::AllTimesEqual);
    }
    if series.terms.is_empty() {
        return Err(Error::EveryRate);
    }
    if series.sign_changes().is_empty() { Err(Error::NoSignChange) } else { Ok(()) }
}

/// The rate of a root x = ln(1 + r), with its residual; none when it rounds to -100 % or to infinity.
fn rate_at(series: &Series, root: &Root) -> Option<(f64, f64)> {
    let (x, rest) = if root.touching { (root.x, 0.0) } else { polished(series, root.x) };
    // The last correction is applied to r: at r = 1e12 a unit in the last place of x is 30 of r.
    let rate = x.exp_m1() + x.exp() * rest;
    let residual = series.evaluate(Twofold { high: x, low: rest }, f64::INFINITY).relative().abs();
    (rate > -1.0 && rate.is_finite()).then_some((rate, residual))
}

/// Two Newton steps from a root that is right to its noise, the second one kept apart as a correction.
fn polished(series: &Series, start: f64) -> (f64, f64) {
    let span = series.terms.last().map_or(0.0, |term| term.time);
    let step = |x: f64| {
        let e = evaluate_at(series, x, span);
        let step = e.step();
        // A step larger than the noise of the value explains comes from a slope that is noise itself.
        let small = step.abs() <= 1e-4 * (x.abs() + 1.0 / span.max(1e-300));
        if small && e.relative().abs() <= 1e-10 { step } else { 0.0 }
    };
    let x = start + step(start);
    (x, step(x))
}

/// The sum near a root; for small exponents in the form that gives tiny rates their digits.
fn evaluate_at(series: &Series, x: f64, span: f64) -> Evaluated {
    if (x * span).abs() < 0.5 {
        series.evaluate_near_zero(x)
    } else {
        series.evaluate(Twofold { high: x, low: 0.0 }, 200.0)
    }
}

/// The position of the rate nearest the guess; of two equally near the lower one.
fn nearest(rates: &[(f64, f64)], guess: f64) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (i, (rate, _)) in rates.iter().enumerate() {
        let distance = (rate - guess).abs();
        // 0.1 and 0.2 are equally near 0.15, whatever the last digits say.
        let tie = 1e-14 * (rate.abs() + guess.abs());
        if best.is_none_or(|(_, least)| distance < least - tie) {
            best = Some((i, distance));
        }
    }
    best.map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::super::never;
    use super::*;

    fn rates(flows: &[f64], guess: f64) -> (f64, Vec<f64>) {
        let got = irr(flows, guess, &never).unwrap();
        assert!(got.residual < 1e-14, "{got:?}");
        (got.irr, got.other_roots)
    }

    fn one(flows: &[f64], want: f64, tolerance: f64) {
        let (rate, others) = rates(flows, 0.1);
        assert!(others.is_empty() && (rate - want).abs() <= tolerance, "{flows:?}: {rate}, {others:?}");
    }

    #[test]
    fn scale_does_not_matter() {
        one(&[-0.00001, 0.00002], 1.0, 1e-15);
        one(&[-3e12, 1.1e12, 1.3e12, 1.7e12], 0.160_66, 1e-5);
        one(&[-100.0, 10.0, 10.0], -0.629_844, 1e-6);
        one(&[-1e-300, 1.1e-300], 0.1, 1e-15);
        one(&[-1e300, 1.1e300], 0.1, 1e-15);
        one(&[-100.0, 110.0], 0.1, 3e-17);
    }

    #[test]
    fn far_rates_are_found() {
        one(&[-1.0, 1e-9], 1e-9 - 1.0, 0.0);
        one(&[-1.0, 1e12], 1e12 - 1.0, 2e-4);
        one(&[-1e-150, 1e150], 1e300, 1e285);
        one(&[-1.0, 0.0, 0.0, 1.0 + 3e-15], 1e-15, 4e-17);
        one(&[-1e200, 1.0, 1e200], 5e-201, 1e-215);
    }

    #[test]
    fn all_rates_are_reported_and_the_nearest_chosen() {
        let flows = [-100.0, 230.0, -132.0];
        for (guess, first, other) in [(0.1, 0.1, 0.2), (0.15, 0.1, 0.2), (0.151, 0.2, 0.1), (1e9, 0.2, 0.1)] {
            let (rate, others) = rates(&flows, guess);
            assert!((rate - first).abs() < 1e-13 && (others[0] - other).abs() < 1e-13, "{rate} {others:?}");
        }
    }

    #[test]
    fn a_double_rate_is_reported_once() {
        one(&[1.0, -2.2, 1.21], 0.1, 1e-8);
        one(&[-1.0, 3.3, -3.63, 1.331], 0.1, 1e-5);
        one(&[1.0, -2.0, 1.0], 0.0, 1e-16);
    }

    #[test]
    fn order_and_merging_of_dates() {
        let got = xirr(&[60.0, -100.0, 60.0, 1.0], &[1.0, 0.0, 1.0, 0.0], 0.1, &never).unwrap();
        assert!((got.irr - (120.0 / 99.0 - 1.0)).abs() < 1e-15);
        // One day at 10 % a day.
        let got = xirr(&[-100.0, 110.0], &[0.0, 1.0 / 365.0], 0.1, &never).unwrap();
        assert!((got.irr / 1283305580313351.2 - 1.0).abs() < 1e-12, "{}", got.irr);
    }

    #[test]
    fn zeros_at_the_ends_change_nothing() {
        one(&[0.0, 0.0, -100.0, 110.0, 0.0], 0.1, 1e-15);
    }

    #[test]
    fn refusals() {
        let error = |flows: &[f64]| irr(flows, 0.1, &never).unwrap_err();
        assert_eq!(error(&[]), Error::NoFlows);
        assert_eq!(error(&[-1.0]), Error::TooFewFlows { count: 1 });
        assert_eq!(error(&[1.0, 2.0]), Error::NoSignChange);
        assert_eq!(error(&[100.0, -100.0, 100.0]), Error::NoRate);
        assert_eq!(error(&[-1e300, 1.0]), Error::RateOutOfRange);
        assert_eq!(error(&[-1e-300, 1e300]), Error::RateOutOfRange);
        assert_eq!(irr(&[-1.0, 2.0], -1.0, &never), Err(Error::RateTooLow { rate: -1.0 }));
        assert_eq!(irr(&[-1.0, 2.0], 0.1, &|| true), Err(Error::Stopped));
        let dated = |a: &[f64], t: &[f64]| xirr(a, t, 0.1, &never).unwrap_err();
        assert_eq!(dated(&[-1.0, 2.0], &[3.0, 3.0]), Error::AllTimesEqual);
        assert_eq!(dated(&[-1.0, 1.0, 2.0, -2.0], &[0.0, 0.0, 1.0, 1.0]), Error::EveryRate);
        assert_eq!(dated(&[-1.0, 2.0, 2.0], &[0.0, 0.0, 1.0]), Error::NoSignChange);
    }
}
