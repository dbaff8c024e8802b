//! All rates at which a series of flows is worth nothing, as roots of an exponential sum.

use super::series::Series;
use crate::math::Error;
use crate::math::root::{Root, all_roots};
use crate::math::twofold::Twofold;

/// ln(2^-53): at smaller x, 1 + r is lost beside the 1 and r would round to -100 %.
const LOWEST: f64 = -36.736_800_569_677_1;
/// ln of the largest float.
const HIGHEST: f64 = 709.782_712_893_383_9;
/// Noise of the relative value: half a unit in the last place of each amount given, and as much of each factor.
const ZERO: f64 = 4.0 * f64::EPSILON;
/// Up to this many sign changes every turning point is computed (work grows with their square).
const COMPLETE: usize = 48;
/// Beyond, so many derivatives are taken and the last of them is scanned.
const SCANNED: usize = 3;
/// Scan points per factor of e in the distance from a centre.
const DENSITY: f64 = 6.0;
/// Terms this many bits below the largest do not show in a float.
const BITS: f64 = 120.0;

/// The roots found.
pub(super) struct Roots {
    /// x = ln(1 + r), ascending.
    pub(super) roots: Vec<Root>,
    /// Evaluations of the sum and its derivatives.
    pub(super) iterations: u32,
}

/// All roots of f(x) = sum c_i e^(-t_i x) with LOWEST <= x <= HIGHEST.
///
/// f has at most as many roots as its coefficients change sign (Descartes' rule for exponential sums: E. Laguerre,
/// Oeuvres I, pp. 3-47; G. Polya, G. Szego, Problems and Theorems in Analysis II, part V, no. 77). The proof is the
/// algorithm: e^(s x) f(x), with s between two flows of opposite sign, has the roots of f and a derivative with one
/// sign change fewer; after as many steps as there are sign changes nothing is left to vanish. Back from there, each
/// level's roots cut the line into pieces on which the level above is monotone.
///
/// With more than `COMPLETE` sign changes only the first `SCANNED` derivatives are taken, and the last is scanned on
/// a grid. Missed can be: pairs of roots of that derivative within one grid cell, and of what hangs on them, pairs of
/// roots of f closer to each other than the cell (a sixth of their distance from the nearest centre of the grid).
pub(super) fn roots(series: &Series, should_stop: &dyn Fn() -> bool) -> Result<Roots, Error> {
    let changes = series.sign_changes().len();
    let (levels, grid) =
        if changes <= COMPLETE { (changes, Vec::new()) } else { (SCANNED, scan_points(series)) };
    let chain = chain(series, levels, should_stop)?;
    let mut iterations = 0;
    let mut roots = Vec::new();
    for level in chain.iter().rev() {
        let points = points(&roots, &grid);
        let mut value = |x: f64| {
            iterations += 1;
            level.evaluate(Twofold { high: x, low: 0.0 }, BITS).relative()
        };
        roots = all_roots(&mut value, &points, ZERO, should_stop)?;
    }
    Ok(Roots { roots, iterations })
}

/// The series and its shifted derivatives, `levels` of them; the one without sign change is left out: it has no root.
fn chain(series: &Series, levels: usize, should_stop: &dyn Fn() -> bool) -> Result<Vec<Series>, Error> {
    let mut chain = vec![series.clone()];
    for _ in 1..levels {
        if should_stop() {
            return Err(Error::Stopped);
        }
        let last = &chain[chain.len() - 1];
        let changes = last.sign_changes();
        // A middle one keeps the factors s - t of both sides alike.
        let Some(&split) = changes.get(changes.len() / 2) else { break };
        chain.push(last.shifted_derivative(split));
    }
    Ok(chain)
}

/// The ends, the turning points and the grid, ascending.
fn points(turning: &[Root], grid: &[f64]) -> Vec<f64> {
    let mut points = vec![LOWEST, HIGHEST];
    points.extend(turning.iter().map(|root| root.x));
    points.extend(grid);
    points.sort_by(f64::total_cmp);
    points.dedup();
    points
}

/// Points that lie denser near the rates where many flows weigh alike.
///
/// The real roots of a random exponential sum crowd around the x at which its terms are of one size, as 1 / distance
/// (M. Kac, Bull. AMS 49 (1943), pp. 314-320), so the grid is even in the logarithm of the distance. Such x are 0 and
/// the long edges of the convex hull of (time, ln|flow|).
fn scan_points(series: &Series) -> Vec<f64> {
    let span = series.terms.iter().map(|t| t.time).fold(0.0, f64::max);
    let mut corners = series.corners();
    corners.sort_by(|a, b| b.1.total_cmp(&a.1));
    let centres = std::iter::once(0.0).chain(corners.iter().take(2).map(|corner| corner.0));
    let nearest = (0.02 / span.max(1e-9)).ln();
    let steps = ((HIGHEST.ln() - nearest) * DENSITY).ceil().clamp(1.0, 600.0) as u32;
    let distance = |i: u32| (nearest + f64::from(i) / DENSITY).exp();
    let around = |c: f64| (0..steps).flat_map(move |i| [c - distance(i), c + distance(i)]);
    // The corners themselves: near each edge's slope the leading flow changes hands.
    let edges = corners.iter().take(64).map(|corner| corner.0);
    let all = centres.flat_map(around).chain(edges);
    all.filter(|x| *x > LOWEST && *x < HIGHEST).collect()
}
