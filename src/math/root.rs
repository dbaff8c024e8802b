//! Roots of functions of one variable: one bracketing solver, and all roots between turning points.

use super::Error;

/// A root and how it was found.
///
/// # Formula
/// ```text
/// f(x) = residual, |residual| as small as the digits of x allow
/// ```
///
/// Source: see [`solve`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Root {
    /// The root.
    pub x: f64,
    /// The function's value there.
    pub residual: f64,
    /// How often the function was evaluated.
    pub iterations: u32,
    /// Whether the function only touches zero here (or lies within the tolerance of it) at a turning point.
    pub touching: bool,
}

/// Far above what a bracket of floats can need (about 110 steps down to 1e-300 and 60 to the last bit).
const MOST_STEPS: u32 = 600;
/// From here on only halving, which is sure to end.
const PATIENCE: u32 = 120;

/// The state of Chandrupatla's method: `a` newest, `b` on the other side of the root, `c` the point before.
struct Search {
    a: (f64, f64),
    b: (f64, f64),
    c: (f64, f64),
}

impl Search {
    fn best(&self) -> (f64, f64) {
        if self.a.1.abs() <= self.b.1.abs() { self.a } else { self.b }
    }

    /// Two units in the last place of the better end: no further float to try.
    fn settled(&self) -> bool {
        let (x, value) = self.best();
        let gap = (self.b.0 - self.a.0).abs();
        value == 0.0 || gap <= 2.0 * f64::EPSILON * x.abs() || gap <= 1e-323
    }

    /// The next point: inverse quadratic interpolation where it is safe, else a halving.
    fn next(&self, step: u32) -> f64 {
        let ((xa, fa), (xb, fb), (xc, fc)) = (self.a, self.b, self.c);
        let xi = (xa - xb) / (xc - xb);
        let phi = (fa - fb) / (fc - fb);
        let curved = 1.0 - (1.0 - xi).sqrt() < phi && phi < xi.sqrt();
        if step >= PATIENCE || !curved {
            return middle(xa, xb);
        }
        let t = (fa / (fb - fa)) * (fc / (fb - fc))
            + ((xc - xa) / (xb - xa)) * (fa / (fc - fa)) * (fb / (fc - fb));
        if !t.is_finite() {
            return middle(xa, xb);
        }
        let edge = (f64::EPSILON * self.best().0.abs() / (xb - xa).abs()).min(0.5);
        xa + t.clamp(edge, 1.0 - edge) * (xb - xa)
    }

    fn take(&mut self, x: f64, value: f64) {
        if (value > 0.0) == (self.a.1 > 0.0) {
            self.c = self.a;
        } else {
            self.c = self.b;
            self.b = self.a;
        }
        self.a = (x, value);
    }
}

/// A point between two others that halves their distance on the scale on which it is large.
///
/// Halving 0 ... 700 arithmetically needs a thousand steps to reach 1e-300. Here an interval that spans a sign is
/// cut at zero, one that spans magnitudes at its geometric mean (at most ten bits down at once), else in the middle.
fn middle(a: f64, b: f64) -> f64 {
    if (a < 0.0 && b > 0.0) || (a > 0.0 && b < 0.0) {
        return 0.0;
    }
    let (small, large) = if a.abs() <= b.abs() { (a, b) } else { (b, a) };
    if large.abs() <= 2.0 * small.abs() || large.abs() < 1e-300 {
        return small + 0.5 * (large - small);
    }
    let low = small.abs().max(large.abs() / 1_048_576.0);
    (low.sqrt() * large.abs().sqrt()).copysign(large)
}

/// The root of a continuous function between two points where it has opposite signs, to the last bits of x.
///
/// # Formula
/// ```text
/// find x in [lower, upper] with f(x) = 0, given f(lower) f(upper) <= 0
///   x  argument, any unit;  f  any scale: the test for the end looks at the digits of x only
/// ```
/// Inverse quadratic interpolation where the three last points allow it, halving elsewhere and always after 120
/// evaluations: it ends for every continuous function. Roots near zero get full relative precision.
///
/// # Errors
/// [`Error::NotABracket`] when the signs at the ends agree; [`Error::Undefined`] when `f` is not finite somewhere;
/// [`Error::Stopped`]; [`Error::NoConvergence`] is kept for functions that are not functions.
///
/// Source: T. R. Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear
/// function without using derivatives", Advances in Engineering Software 28 (1997), pp. 145-149.
pub fn solve(
    f: &mut dyn FnMut(f64) -> f64,
    lower: f64,
    upper: f64,
    should_stop: &dyn Fn() -> bool,
) -> Result<Root, Error> {
    let (at_lower, at_upper) = (checked(f, lower)?, checked(f, upper)?);
    solve_between(f, (lower, at_lower), (upper, at_upper), should_stop)
}

/// As [`solve`], with the values at the ends already known.
fn solve_between(
    f: &mut dyn FnMut(f64) -> f64,
    lower: (f64, f64),
    upper: (f64, f64),
    should_stop: &dyn Fn() -> bool,
) -> Result<Root, Error> {
    let mut search = Search { a: upper, b: lower, c: lower };
    if lower.1 * upper.1.signum() > 0.0 {
        return Err(Error::NotABracket { lower: lower.0, upper: upper.0 });
    }
    for step in 0..MOST_STEPS {
        if search.settled() {
            let (x, residual) = search.best();
            return Ok(Root { x, residual, iterations: step + 2, touching: false });
        }
        if should_stop() {
            return Err(Error::Stopped);
        }
        let x = if step == 0 { middle(lower.0, upper.0) } else { search.next(step) };
        search.take(x, checked(f, x)?);
    }
    Err(Error::NoConvergence { iterations: MOST_STEPS })
}

fn checked(f: &mut dyn FnMut(f64) -> f64, x: f64) -> Result<f64, Error> {
    let value = f(x);
    if value.is_finite() { Ok(value) } else { Err(Error::Undefined { at: x }) }
}

/// All roots of a function between consecutive points of a list, given its turning points among them.
///
/// # Formula
/// ```text
/// all x in [p_1, p_k] with f(x) = 0;  p_1 < ... < p_k  ascending points;  |f(p_i)| <= zero counts as a root at p_i
/// ```
/// Complete when `f` is monotone between neighbouring points, that is when the points hold every turning point of
/// `f`: then each gap has one root or none, and the signs at its ends tell. More points do no harm; a turning point
/// left out can hide two roots between its neighbours. `zero` is the noise of `f`: a turning point within it is
/// reported once, as a touching (double) root, instead of the two roots or none that rounding would make of it.
///
/// # Errors
/// As [`solve`].
///
/// Source: the argument is Rolle's theorem; J. V. Uspensky, Theory of Equations (1948), chapter VI.
pub fn all_roots(
    f: &mut dyn FnMut(f64) -> f64,
    points: &[f64],
    zero: f64,
    should_stop: &dyn Fn() -> bool,
) -> Result<Vec<Root>, Error> {
    let mut roots: Vec<Root> = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for (i, &x) in points.iter().enumerate() {
        if should_stop() {
            return Err(Error::Stopped);
        }
        let value = checked(f, x)?;
        // The two outermost points are the ends of the search, not turning points: no tolerance there.
        let inner = i > 0 && i + 1 < points.len();
        let flat = value == 0.0 || (inner && value.abs() <= zero);
        if flat {
            push_touching(f, &mut roots, Root { x, residual: value, iterations: 1, touching: true }, zero)?;
        } else if let Some(start) = before
            && (start.1 > 0.0) != (value > 0.0)
        {
            roots.push(solve_between(f, start, (x, value), should_stop)?);
        }
        before = if flat { None } else { Some((x, value)) };
    }
    Ok(roots)
}

/// Adds a touching root unless the function stays within its noise back to the touching root before.
fn push_touching(
    f: &mut dyn FnMut(f64) -> f64,
    roots: &mut Vec<Root>,
    root: Root,
    zero: f64,
) -> Result<(), Error> {
    if let Some(last) = roots.last_mut()
        && last.touching
        && checked(f, last.x + 0.5 * (root.x - last.x))?.abs() <= zero
    {
        if root.residual.abs() < last.residual.abs() {
            *last = root;
        }
        return Ok(());
    }
    roots.push(root);
    Ok(())
}

/// Where a function that first falls and then rises is least.
///
/// # Formula
/// ```text
/// x in [lower, upper] with f(x) least, by golden sections: as near as the digits of f tell, about sqrt(eps) of the scale
/// ```
/// Good enough to part two roots from each other, which is what it is for: a turning point for [`all_roots`].
///
/// # Errors
/// [`Error::Undefined`] when `f` is not finite somewhere, [`Error::Stopped`].
///
/// Source: J. Kiefer, "Sequential minimax search for a maximum", Proceedings of the AMS 4 (1953), pp. 502-506.
pub fn valley(
    f: &mut dyn FnMut(f64) -> f64,
    lower: f64,
    upper: f64,
    should_stop: &dyn Fn() -> bool,
) -> Result<f64, Error> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut low, mut high) = (lower, upper);
    let inner = |low: f64, high: f64| (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut left, mut right) = inner(low, high);
    let (mut at_left, mut at_right) = (checked(f, left)?, checked(f, right)?);
    while high - low > 1e-9 * (low.abs() + high.abs()) && high - low > 1e-18 {
        if should_stop() {
            return Err(Error::Stopped);
        }
        if at_left < at_right {
            (high, right, at_right) = (right, left, at_left);
            left = inner(low, high).0;
            at_left = checked(f, left)?;
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = inner(low, high).1;
            at_right = checked(f, right)?;
        }
    }
    Ok(if at_left < at_right { left } else { right })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root_of(mut f: impl FnMut(f64) -> f64, a: f64, b: f64) -> Root {
        solve(&mut f, a, b, &|| false).unwrap()
    }

    #[test]
    fn roots_are_exact_to_the_last_bits_on_every_scale() {
        for target in [1e-300, 3e-20, 0.1, 1.0, 12345.678, 1e200] {
            for sign in [1.0, -1.0] {
                let root = root_of(|x| (x - sign * target) / (x.abs() + target), -1e201, 1e250);
                assert!((root.x - sign * target).abs() <= 4.0 * f64::EPSILON * target, "{target}: {root:?}");
            }
        }
    }

    #[test]
    fn hard_classics_need_few_steps() {
        type Case = (fn(f64) -> f64, f64, f64, f64);
        let cases: [Case; 4] = [
            (|x| x.powi(3) - 2.0 * x - 5.0, 2.0, 3.0, 2.094_551_481_542_326_5),
            (|x| x.cos() - x, 0.0, 1.0, 0.739_085_133_215_160_6),
            (|x| (x - 1.0).powi(9), 0.0, 3.0, 1.0),
            (|x| x.exp() - 1e-9, -50.0, 50.0, -20.723_265_836_946_41),
        ];
        for (f, a, b, want) in cases {
            let root = root_of(f, a, b);
            assert!((root.x - want).abs() <= 1e-15 * want.abs().max(1.0), "{root:?}");
            assert!(root.iterations < 100, "{root:?}");
        }
    }

    #[test]
    fn overflowing_differences_fall_back_to_halving() {
        let root = root_of(|x| if x < 0.3 { -f64::MAX } else { f64::MAX }, 0.0, 1.0);
        assert!((root.x - 0.3).abs() < 1e-15);
    }

    #[test]
    fn refusals() {
        let never = || false;
        assert!(matches!(solve(&mut |x| x * x + 1.0, -1.0, 1.0, &never), Err(Error::NotABracket { .. })));
        assert!(matches!(solve(&mut |x| 1.0 / x, -1.0, 1.0, &never), Err(Error::Undefined { .. })));
        assert_eq!(solve(&mut |x| x - 0.3, 0.0, 1.0, &|| true), Err(Error::Stopped));
    }

    #[test]
    fn a_valley_is_found_to_half_the_digits() {
        for least in [-30.0, 0.0, 1e-3, 500.0] {
            let mut f = |x: f64| ((x - least) / 100.0).cosh();
            let found = valley(&mut f, -36.0, 700.0, &|| false).unwrap();
            assert!((found - least).abs() < 1e-5, "{found} is not {least}");
        }
    }

    #[test]
    fn all_roots_between_turning_points() {
        // (x-1)^2 (x-3) turns at 1 and 7/3.
        let mut f = |x: f64| (x - 1.0) * (x - 1.0) * (x - 3.0);
        let roots = all_roots(&mut f, &[-5.0, 1.0, 7.0 / 3.0, 10.0], 1e-15, &|| false).unwrap();
        let xs: Vec<f64> = roots.iter().map(|r| r.x).collect();
        assert_eq!(xs, [1.0, 3.0]);
        assert!(roots[0].touching && !roots[1].touching);
    }
}
