//! Learning curves: times that fall by a fixed part with each doubling.

use crate::math::Error;
use crate::math::error::held;
use crate::math::sum::Sum;
use std::f64::consts::LN_2;

/// What the power law describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// The time of each unit (Crawford).
    Unit,
    /// The mean time of all units so far (Wright).
    CumulativeAverage,
}

/// A curve.
#[derive(Clone, Copy, Debug)]
pub struct Curve {
    /// What it describes.
    pub model: Model,
    /// Time of the first unit, > 0.
    pub first: f64,
    /// ln(rate) / ln 2, <= 0.
    pub exponent: f64,
}

/// A curve fitted to observations.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// Time of the first unit.
    pub first: f64,
    /// ln(rate) / ln 2.
    pub exponent: f64,
    /// Part of the variance of ln(time) that it explains; none where the times are all equal.
    pub r_squared: Option<f64>,
}

/// Terms added one by one before the series by derivatives takes over.
const PLAIN: u64 = 64;
/// B_2k / (2k)!, k = 1 to 6.
const BERNOULLI: [f64; 6] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -691.0 / 1_307_674_368_000.0,
];

impl Curve {
    /// The curve of a learning rate: 0.8 where each doubling cuts the time to 80 %.
    ///
    /// # Formula
    /// ```text
    /// b = ln(rate) / ln 2        rate  decimal, 0 < rate <= 1
    /// ```
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cumulative average that falls faster than units are added (rate < 0.5).
    ///
    /// Source: J. Heizer, B. Render, Operations Management, 10th ed. (2011), module E.
    pub fn new(model: Model, first: f64, rate: f64) -> Result<Self, Error> {
        if model == Model::CumulativeAverage && rate < 0.5 {
            return Err(Error::Invalid(
                "a cumulative average at a learning rate below 0.5 makes the total time fall with more units: \
                 give 0.5 to 1, or the model unit",
            ));
        }
        Ok(Self { model, first, exponent: rate.ln() / LN_2 })
    }

    /// The time of one unit.
    ///
    /// # Formula
    /// ```text
    /// unit: T_n = T_1 n^b        cumulative average: T_n = T_1 (n^(1+b) - (n-1)^(1+b))
    /// ```
    ///
    /// Source: [`Curve::new`].
    #[must_use]
    pub fn unit(&self, n: u64) -> f64 {
        let x = n as f64;
        match self.model {
            Model::Unit => self.first * x.powf(self.exponent),
            Model::CumulativeAverage if n == 1 => self.first,
            Model::CumulativeAverage => {
                let c = 1.0 + self.exponent;
                // Differences of large powers lose their digits; this form does not.
                // The zero added makes a time of -0 a time of 0.
                -self.first * x.powf(c) * (c * (-1.0 / x).ln_1p()).exp_m1() + 0.0
            }
        }
    }

    /// The time of the units after `prior`, `units` of them.
    ///
    /// # Formula
    /// ```text
    /// unit: T_1 (sum of n^b, n = prior + 1 .. prior + units)
    /// cumulative average: T_1 ((prior + units)^(1+b) - prior^(1+b))
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`]
    ///
    /// Source: [`Curve::new`]; the sum beyond its first terms by the Euler-Maclaurin formula, NIST Digital Library of
    /// Mathematical Functions, 2.10.1, whose remainder is below 1e-15 for rates above 0.01.
    pub fn total(&self, prior: u64, units: u64) -> Result<f64, Error> {
        let last = prior + units;
        let factor = match self.model {
            Model::Unit => powers(self.exponent, prior + 1, last),
            Model::CumulativeAverage => {
                let c = 1.0 + self.exponent;
                if prior == 0 {
                    (last as f64).powf(c)
                } else {
                    (prior as f64).powf(c) * (c * (units as f64 / prior as f64).ln_1p()).exp_m1()
                }
            }
        };
        held(self.first * factor, "total time")
    }

    /// The first unit whose time is at most `standard`; none where it never is, or beyond 2^53.
    ///
    /// # Formula
    /// ```text
    /// smallest n with T_n <= standard (1 + 1e-9)
    /// ```
    ///
    /// Source: [`Curve::new`].
    #[must_use]
    pub fn reached_at(&self, standard: f64) -> Option<u64> {
        let enough = |n: u64| self.unit(n) <= standard * (1.0 + 1e-9);
        let (mut low, mut high) = (0, 1_u64 << 53);
        if !enough(high) {
            return None;
        }
        // Times never rise, so halving finds the first.
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if enough(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }
}

/// Sum of n^b from `first` to `last`.
fn powers(b: f64, first: u64, last: u64) -> f64 {
    let power = |n: u64| (n as f64).powf(b);
    let plain = last.min(first.max(PLAIN));
    let mut sum: Sum = (first..=plain).map(power).collect();
    if plain < last {
        // From plain to last, whose ends the formula counts by half.
        let (m, n) = (plain as f64, last as f64);
        let (c, log) = (1.0 + b, (n / m).ln());
        sum.add(if c == 0.0 { log } else { m.powf(c) * ((c * log).exp_m1() / c) });
        sum.add((power(last) - power(plain)) / 2.0);
        // Odd derivatives of x^b: b (b-1) ... x^(b-k)
        let mut falling = b;
        for (i, bernoulli) in BERNOULLI.iter().enumerate() {
            let order = 2.0 * i as f64 + 1.0;
            sum.add(bernoulli * falling * (n.powf(b - order) - m.powf(b - order)));
            falling *= (b - order) * (b - order - 1.0);
        }
    }
    sum.total()
}

/// Fits T_1 and b to observed units and times by least squares of logarithms.
///
/// # Formula
/// ```text
/// ln time = ln T_1 + b ln unit;  R^2 = 1 - residual / total sum of squares
/// ```
///
/// # Errors
/// [`Error::Invalid`] when fewer than two different units were observed; [`Error::Overflow`]
///
/// Source: N. R. Draper, H. Smith, Applied Regression Analysis, 3rd ed. (1998), chapter 1.
pub fn fit(observed: &[(f64, f64)]) -> Result<Fit, Error> {
    let n = observed.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| observed.iter().map(of).collect::<Sum>().total() / n;
    let (x, y) = (mean(&|o| o.0.ln()), mean(&|o| o.1.ln()));
    let moment = |of: &dyn Fn(f64, f64) -> f64| mean(&|o| of(o.0.ln() - x, o.1.ln() - y));
    let (xx, xy, yy) = (moment(&|a, _| a * a), moment(&|a, b| a * b), moment(&|_, b| b * b));
    let same = observed.windows(2).all(|pair| pair[0].0 == pair[1].0);
    if observed.len() < 2 || same || xx == 0.0 {
        return Err(Error::Invalid(
            "the observations are all of one unit: a curve needs two different units",
        ));
    }
    let exponent = xy / xx;
    let first = held((y - exponent * x).exp(), "time of the first unit")?;
    let level = observed.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let residual = moment(&|a, b| (b - exponent * a).powi(2));
    let r_squared = (!level && yy > 0.0).then(|| (1.0 - residual / yy).clamp(0.0, 1.0));
    Ok(Fit { first, exponent: if level { 0.0 } else { exponent }, r_squared })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_agrees_with_plain_addition() {
        for b in [-0.05, -0.322, -0.999, -1.0, -1.7, -6.6] {
            for (first, last) in [(1, 65), (1, 3_000), (500, 700), (64, 66), (90_000, 100_000)] {
                let plain: Sum = (first..=last).map(|n| (n as f64).powf(b)).collect();
                let (got, want) = (powers(b, first, last), plain.total());
                assert!((got - want).abs() <= 2e-14 * want, "{b} {first} {last}: {got} {want}");
            }
        }
    }
}
