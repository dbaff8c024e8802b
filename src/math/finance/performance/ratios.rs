//! Risk-adjusted performance of a series of returns, alone and against a benchmark.

use super::linking::geometric_mean;
use super::within;
use crate::math::Error;
use crate::math::error::finite;
use crate::math::stats::{Moments, Pair, mean, normal_cdf};
use crate::math::sum::Sum;

/// A difference of two returns below this share of them is rounding.
const NOISE: f64 = 4.0 * f64::EPSILON;
/// A correlation, or a variance relative to its parts, below this is rounding.
const NOTHING: f64 = 1e-14;

/// Measures of one series of returns; none where a denominator is zero within rounding.
///
/// # Formula
/// ```text
/// S = mean(r - f) / s,  s = sample standard deviation of r;  sharpe = S sqrt(P)
/// error_iid = sqrt((1 + S^2/2) / n) sqrt(P);  error_mertens = sqrt(v / n) sqrt(P),  v = 1 - g1 S + (g2 + 2) S^2 / 4
/// probabilistic = N(S sqrt((n - 1) / v))
/// downside = sqrt(sum min(r - a, 0)^2 / n);  sortino = mean(r - a) / downside sqrt(P)
/// omega = sum max(r - a, 0) / sum max(a - r, 0)
/// ```
///
/// Source: see [`measures`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Arithmetic mean times P, decimal per year.
    pub mean: f64,
    /// Sample standard deviation times sqrt(P), decimal.
    pub volatility: f64,
    /// Sharpe ratio, annualised.
    pub sharpe: Option<f64>,
    /// Its standard error for independent normal returns, annualised.
    pub error_iid: Option<f64>,
    /// Its standard error with skewness and kurtosis, annualised.
    pub error_mertens: Option<f64>,
    /// Probability that the true ratio is above zero.
    pub probabilistic: Option<f64>,
    /// Sortino ratio, annualised.
    pub sortino: Option<f64>,
    /// Downside deviation over all periods, decimal per period.
    pub downside: f64,
    /// Omega ratio.
    pub omega: Option<f64>,
    /// Share of the periods with a return above zero.
    pub hit_rate: f64,
    /// Skewness, population.
    pub skewness: Option<f64>,
    /// Kurtosis less 3, population.
    pub excess_kurtosis: Option<f64>,
}

/// Measures of a series of returns.
///
/// # Formula
/// ```text
/// see [`Measures`]
///   r  returns, decimal per period, two at least    f  risk-free rate, decimal per period
///   a  least acceptable return, decimal per period  P  periods a year, > 0    g1, g2  skewness, excess kurtosis
/// ```
///
/// # Errors
/// [`Error::TooFewValues`], [`Error::NotFinite`]; [`Error::Overflow`] when a result is above the largest float.
///
/// Source: W. F. Sharpe, "The Sharpe ratio", Journal of Portfolio Management 21 (1994), pp. 49-58; A. W. Lo, "The
/// statistics of Sharpe ratios", Financial Analysts Journal 58 (2002), pp. 36-52; D. H. Bailey, M. Lopez de Prado, "The
/// Sharpe ratio efficient frontier", Journal of Risk 15 (2012), pp. 3-44 (v and the probability); C. R. Bacon,
/// Practical Portfolio Performance Measurement and Attribution, 2nd ed. (2008), chapter 4 (the others).
pub fn measures(returns: &[f64], per_year: f64, risk_free: f64, acceptable: f64) -> Result<Measures, Error> {
    let (n, root) = (returns.len() as f64, finite(per_year, "number of periods a year")?.sqrt());
    let m = Moments::of(returns)?;
    let Some(deviation) = m.standard_deviation()? else {
        return Err(Error::TooFewValues { count: 1, least: 2 });
    };
    let excess = less(returns, finite(risk_free, "risk-free rate")?)?;
    let sharpe = if m.is_constant() { None } else { Some(mean(&excess)? / deviation) };
    let variance =
        sharpe.zip(m.skewness().zip(m.excess_kurtosis())).map(|(s, (g1, g2))| sharpe_variance(s, g1, g2));
    let shortfall = Shortfall::of(returns, finite(acceptable, "minimum acceptable return")?);
    let yearly = |value: Option<f64>, name| value.map(|v| within(v * root, name)).transpose();
    let above = less(returns, acceptable)?;
    Ok(Measures {
        mean: within(m.mean * per_year, "annualised mean")?,
        volatility: within(deviation * root, "annualised volatility")?,
        sharpe: yearly(sharpe, "Sharpe ratio")?,
        error_iid: yearly(
            sharpe.map(|s| ((1.0 + 0.5 * s * s) / n).sqrt()),
            "standard error of the Sharpe ratio",
        )?,
        error_mertens: yearly(variance.map(|v| (v / n).sqrt()), "standard error of the Sharpe ratio")?,
        probabilistic: sharpe
            .zip(variance.filter(|v| *v > NOTHING))
            .map(|(s, v)| normal_cdf(s * ((n - 1.0) / v).sqrt())),
        sortino: yearly(
            (shortfall.deviation > 0.0).then_some(mean(&above)? / shortfall.deviation),
            "Sortino ratio",
        )?,
        downside: shortfall.deviation,
        omega: shortfall.omega()?,
        hit_rate: returns.iter().filter(|r| **r > 0.0).count() as f64 / n,
        skewness: m.skewness(),
        excess_kurtosis: m.excess_kurtosis(),
    })
}

/// 1 - g1 S + (g2 + 2) S^2 / 4, as a sum of two squares' worth: kurtosis is at least skewness squared and 1.
fn sharpe_variance(s: f64, g1: f64, g2: f64) -> f64 {
    let mean = 1.0 - 0.5 * g1 * s;
    mean * mean + 0.25 * (g2 + 2.0 - g1 * g1).max(0.0) * s * s
}

fn less(returns: &[f64], level: f64) -> Result<Vec<f64>, Error> {
    returns.iter().map(|r| within(r - level, "excess return")).collect()
}

/// Gains above a level and losses below it.
struct Shortfall {
    gains: f64,
    losses: f64,
    deviation: f64,
}

impl Shortfall {
    fn of(returns: &[f64], level: f64) -> Self {
        let gap = |r: &f64| {
            let gap = r - level;
            if gap.abs() <= NOISE * r.abs().max(level.abs()) { 0.0 } else { gap }
        };
        let gaps: Vec<f64> = returns.iter().map(gap).collect();
        let total = |sign: f64| gaps.iter().map(|g| (g * sign).max(0.0)).collect::<Sum>().total();
        let worst = gaps.iter().fold(0.0f64, |worst, g| worst.max(-g));
        // Relative to the worst, so that the squares stay within range.
        let squares: Sum = gaps.iter().map(|g| (g.min(0.0) / worst).powi(2)).collect();
        let deviation = if worst > 0.0 { worst * (squares.total() / gaps.len() as f64).sqrt() } else { 0.0 };
        Self { gains: total(1.0), losses: total(-1.0), deviation }
    }

    fn omega(&self) -> Result<Option<f64>, Error> {
        if self.losses > 0.0 { within(self.gains / self.losses, "Omega ratio").map(Some) } else { Ok(None) }
    }
}

/// Measures against a benchmark; none where a denominator is zero within rounding, or no period is of the kind.
///
/// # Formula
/// ```text
/// beta = s_rb / s_b^2;  alpha = (mean(r - f) - beta mean(b - f)) P;  treynor = mean(r - f) P / beta
/// tracking = sample standard deviation of (r - b) sqrt(P);  information = mean(r - b) P / tracking
/// up capture = geometric mean of r / geometric mean of b, over the periods with b > 0;  down: with b < 0
/// m_squared = f P + sharpe s_b sqrt(P)
/// ```
///
/// Source: see [`versus`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Versus {
    /// Slope of the returns on those of the benchmark.
    pub beta: Option<f64>,
    /// Jensen's alpha, decimal per year.
    pub alpha: Option<f64>,
    /// Treynor ratio, decimal per year.
    pub treynor: Option<f64>,
    /// Tracking error, decimal per year.
    pub tracking: f64,
    /// Information ratio.
    pub information: Option<f64>,
    /// Upside capture.
    pub up: Option<f64>,
    /// Downside capture.
    pub down: Option<f64>,
    /// M squared, decimal per year.
    pub m_squared: Option<f64>,
}

/// Measures of a series of returns against its benchmark's.
///
/// # Formula
/// ```text
/// see [`Versus`]
///   r, b  returns of portfolio and benchmark, decimal per period    f  risk-free rate, decimal per period
///   P  periods a year, > 0    sharpe  annualised Sharpe ratio of r, where there is one
/// ```
///
/// # Errors
/// [`Error::UnequalLengths`], [`Error::TooFewValues`], [`Error::NotFinite`], [`Error::OutOfRange`] for a return below
/// -1; [`Error::Overflow`] when a result is above the largest float.
///
/// Source: C. R. Bacon, Practical Portfolio Performance Measurement and Attribution, 2nd ed. (2008), chapters 3-4;
/// F. Modigliani, L. Modigliani, "Risk-adjusted performance", Journal of Portfolio Management 23 (1997), pp. 45-54.
pub fn versus(
    returns: &[f64],
    benchmark: &[f64],
    per_year: f64,
    risk_free: f64,
    sharpe: Option<f64>,
) -> Result<Versus, Error> {
    let pair = Pair::of(benchmark, returns)?;
    let (excess, market) = (mean(&less(returns, risk_free)?)?, mean(&less(benchmark, risk_free)?)?);
    let deviation = |m: &Moments| Ok::<f64, Error>(m.standard_deviation()?.unwrap_or_default());
    let (own, its) = (deviation(&pair.y)?, deviation(&pair.x)?);
    let beta = pair.slope()?;
    let sensitive = beta.filter(|b| (b * its).abs() > NOTHING * own && *b != 0.0);
    let optional = |value: Option<f64>, name| value.map(|v| within(v, name)).transpose();
    let active = Active::of(returns, benchmark, per_year)?;
    Ok(Versus {
        beta,
        alpha: optional(beta.map(|b| (excess - b * market) * per_year), "Jensen's alpha")?,
        treynor: optional(sensitive.map(|b| excess * per_year / b), "Treynor ratio")?,
        tracking: active.tracking,
        information: active.information,
        up: capture(returns, benchmark, |b| b > 0.0)?,
        down: capture(returns, benchmark, |b| b < 0.0)?,
        m_squared: optional(sharpe.map(|s| risk_free * per_year + s * its * per_year.sqrt()), "M squared")?,
    })
}

/// Returns less those of the benchmark.
struct Active {
    tracking: f64,
    information: Option<f64>,
}

impl Active {
    fn of(returns: &[f64], benchmark: &[f64], per_year: f64) -> Result<Self, Error> {
        let differences: Vec<f64> = returns.iter().zip(benchmark).map(|(r, b)| r - b).collect();
        let largest = returns.iter().chain(benchmark).fold(0.0f64, |most, r| most.max(r.abs()));
        let m = Moments::of(&differences)?;
        let deviation = m.standard_deviation()?.unwrap_or_default();
        if m.is_constant() || deviation <= NOISE * largest {
            return Ok(Self { tracking: 0.0, information: None });
        }
        let root = per_year.sqrt();
        let information = within(m.mean / deviation * root, "information ratio")?;
        Ok(Self { tracking: within(deviation * root, "tracking error")?, information: Some(information) })
    }
}

fn capture(returns: &[f64], benchmark: &[f64], keep: impl Fn(f64) -> bool) -> Result<Option<f64>, Error> {
    let kept = returns.iter().zip(benchmark).filter(|(_, b)| keep(**b));
    let (own, its): (Vec<f64>, Vec<f64>) = kept.map(|(r, b)| (*r, *b)).unzip();
    if own.is_empty() {
        return Ok(None);
    }
    within(geometric_mean(&own)? / geometric_mean(&its)?, "capture ratio").map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_vary_has_no_ratio() {
        let m = measures(&[0.1; 5], 12.0, 0.02, 0.1).unwrap();
        assert_eq!(
            (m.sharpe, m.error_mertens, m.probabilistic, m.sortino, m.omega),
            (None, None, None, None, None)
        );
        assert_eq!((m.downside, m.skewness, m.hit_rate), (0.0, None, 1.0));
        let v = versus(&[0.1, 0.2], &[0.1, 0.1], 12.0, 0.0, None).unwrap();
        assert_eq!((v.beta, v.alpha, v.treynor, v.down, v.m_squared), (None, None, None, None, None));
        // A constant lead is not a tracking error, though its parts are rounded.
        let v = versus(&[0.11, 0.21, 0.31], &[0.1, 0.2, 0.3], 12.0, 0.0, None).unwrap();
        assert_eq!((v.tracking, v.information), (0.0, None));
    }

    #[test]
    fn tiny_returns_keep_their_ratios() {
        let at = |scale: f64| {
            let returns = [0.01, -0.02, 0.03, 0.015].map(|r| r * scale);
            let m = measures(&returns, 12.0, 0.0, 0.0).unwrap();
            [m.sharpe, m.sortino, m.omega, m.probabilistic].map(Option::unwrap)
        };
        for (a, b) in at(1.0).into_iter().zip(at(1e-250)) {
            assert!((a / b - 1.0).abs() < 1e-13, "{a} {b}");
        }
    }
}
