//! Brinson attribution: what allocation and selection add to a benchmark's return.

use super::linking::linked;
use super::within;
use crate::math::Error;
use crate::math::error::finite;
use crate::math::sum::Sum;

/// How allocation is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Against the benchmark's total: good is more of what beats it.
    BrinsonFachler,
    /// Against nothing: good is more of what rises.
    BrinsonHoodBeebower,
}

/// How effects of several periods are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linking {
    /// Scaled by logarithmic coefficients, so that they add up to the difference of the compounded returns.
    Carino,
    /// Added as they are.
    None,
}

/// A segment in one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Share of the portfolio, decimal.
    pub portfolio_weight: f64,
    /// Share of the benchmark, decimal.
    pub benchmark_weight: f64,
    /// Return in the portfolio, decimal.
    pub portfolio_return: f64,
    /// Return in the benchmark, decimal.
    pub benchmark_return: f64,
}

/// Effects of a segment or of all, decimal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effects {
    /// By the weights.
    pub allocation: f64,
    /// By the returns within segments.
    pub selection: f64,
    /// By both at once.
    pub interaction: f64,
}

impl Effects {
    /// All three together.
    ///
    /// # Formula
    /// ```text
    /// total = allocation + selection + interaction
    /// ```
    ///
    /// Source: see [`attribution`].
    #[must_use]
    pub fn total(self) -> f64 {
        [self.allocation, self.selection, self.interaction].into_iter().collect::<Sum>().total()
    }

    /// Every effect multiplied with a number.
    ///
    /// # Formula
    /// ```text
    /// k allocation, k selection, k interaction
    /// ```
    ///
    /// Source: see [`attribution`].
    #[must_use]
    pub fn times(self, k: f64) -> Self {
        Self {
            allocation: k * self.allocation,
            selection: k * self.selection,
            interaction: k * self.interaction,
        }
    }

    /// The sums of each kind.
    ///
    /// # Formula
    /// ```text
    /// sum of allocation_i, sum of selection_i, sum of interaction_i
    /// ```
    ///
    /// Source: see [`attribution`].
    #[must_use]
    pub fn sum(effects: impl Iterator<Item = Self>) -> Self {
        let mut sums = [Sum::default(); 3];
        for e in effects {
            for (sum, part) in sums.iter_mut().zip([e.allocation, e.selection, e.interaction]) {
                sum.add(part);
            }
        }
        let [allocation, selection, interaction] = sums.map(Sum::total);
        Self { allocation, selection, interaction }
    }
}

/// One period.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodEffects {
    /// Return of the portfolio, decimal.
    pub portfolio: f64,
    /// Return of the benchmark, decimal.
    pub benchmark: f64,
    /// Effects of each segment, in the order given, not linked.
    pub segments: Vec<Effects>,
    /// Their sum.
    pub effects: Effects,
    /// What the effects are multiplied with to add up over all periods.
    pub coefficient: f64,
}

/// An attribution over all periods.
///
/// # Formula
/// ```text
/// residual = (portfolio - benchmark) - sum of the linked effects
/// ```
///
/// Source: see [`attribution`].
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Compounded return of the portfolio, decimal.
    pub portfolio: f64,
    /// Compounded return of the benchmark, decimal.
    pub benchmark: f64,
    /// Each period.
    pub periods: Vec<PeriodEffects>,
    /// Sum of the linked effects.
    pub effects: Effects,
    /// What the effects leave unexplained, decimal.
    pub residual: f64,
}

/// The attribution of one or more periods, each with its segments; weights are divided by their sum.
///
/// # Formula
/// ```text
/// allocation = (wp - wb)(rb - B), or (wp - wb) rb (Brinson, Hood, Beebower);  selection = wb (rp - rb)
/// interaction = (wp - wb)(rp - rb), or added to the selection
///   wp, wb  weights of a segment, decimal    rp, rb  its returns, decimal    P, B  weighted sums of them
/// linked: k_t / k times, k_t = (ln(1 + P_t) - ln(1 + B_t)) / (P_t - B_t), 1 / (1 + P_t) when equal;  k of the compounded
/// ```
///
/// # Errors
/// [`Error::TooFewValues`] without a period, [`Error::OutOfRange`] when weights do not add up to 1 within 1e-6 or a
/// period's return is -1 or below, [`Error::NotFinite`]; [`Error::Overflow`].
///
/// Source: G. P. Brinson, N. Fachler, "Measuring non-US equity portfolio performance", Journal of Portfolio Management
/// 11 (1985), pp. 73-76; G. P. Brinson, L. R. Hood, G. L. Beebower, "Determinants of portfolio performance", Financial
/// Analysts Journal 42 (1986), pp. 39-44; D. R. Carino, "Combining attribution effects over time", Journal of Performance
/// Measurement 3 (1999), pp. 5-14.
pub fn attribution(
    periods: &[Vec<Segment>],
    model: Model,
    merged: bool,
    linking: Linking,
) -> Result<Attribution, Error> {
    if periods.is_empty() {
        return Err(Error::TooFewValues { count: 0, least: 1 });
    }
    let mut done =
        periods.iter().map(|segments| period(segments, model, merged)).collect::<Result<Vec<_>, _>>()?;
    let compounded = |value: fn(&PeriodEffects) -> f64| linked(&done.iter().map(value).collect::<Vec<_>>());
    let (portfolio, benchmark) = (compounded(|p| p.portfolio)?, compounded(|p| p.benchmark)?);
    let whole = coefficient(portfolio, benchmark);
    // One period needs no linking, and its quotient need not be exactly 1.
    if linking == Linking::Carino && done.len() > 1 {
        for p in &mut done {
            p.coefficient = within(coefficient(p.portfolio, p.benchmark) / whole, "linking coefficient")?;
        }
    }
    let effects = Effects::sum(done.iter().map(|p| p.effects.times(p.coefficient)));
    within(effects.total(), "sum of the effects")?;
    let mut left = Sum::default();
    left.extend([portfolio, -benchmark, -effects.allocation, -effects.selection, -effects.interaction]);
    Ok(Attribution { portfolio, benchmark, periods: done, effects, residual: left.total() })
}

fn period(segments: &[Segment], model: Model, merged: bool) -> Result<PeriodEffects, Error> {
    let weights = (normal(segments, |s| s.portfolio_weight)?, normal(segments, |s| s.benchmark_weight)?);
    let total = |weights: &[f64], value: fn(&Segment) -> f64| -> Result<f64, Error> {
        let sum: Sum = weights.iter().zip(segments).map(|(w, s)| w * value(s)).collect();
        let total = within(sum.total(), "return of a period")?;
        let low = Error::OutOfRange { name: "return of a period", value: total, wanted: "above -1" };
        if total > -1.0 { Ok(total) } else { Err(low) }
    };
    let portfolio = total(&weights.0, |s| s.portfolio_return)?;
    let benchmark = total(&weights.1, |s| s.benchmark_return)?;
    let base = if model == Model::BrinsonFachler { benchmark } else { 0.0 };
    let effects = |((wp, wb), s): ((&f64, &f64), &Segment)| {
        let (more, better) = (wp - wb, s.portfolio_return - s.benchmark_return);
        let allocation = more * (s.benchmark_return - base);
        // Merged by one product: the weight of the portfolio times what its segment did better.
        let (selection, interaction) = if merged { (wp * better, 0.0) } else { (wb * better, more * better) };
        Effects { allocation, selection, interaction }
    };
    let segments: Vec<Effects> = weights.0.iter().zip(&weights.1).zip(segments).map(effects).collect();
    let effects = Effects::sum(segments.iter().copied());
    Ok(PeriodEffects { portfolio, benchmark, segments, effects, coefficient: 1.0 })
}

/// Weights divided by their sum, which must be 1 but for rounding.
fn normal(segments: &[Segment], weight: fn(&Segment) -> f64) -> Result<Vec<f64>, Error> {
    for s in segments {
        finite(weight(s), "weight")?;
        finite(s.portfolio_return, "return of a segment")?;
        finite(s.benchmark_return, "return of a segment")?;
    }
    let sum = segments.iter().map(weight).collect::<Sum>().total();
    if (sum - 1.0).abs() > 1e-6 || !sum.is_finite() {
        return Err(Error::OutOfRange {
            name: "sum of the weights of a period",
            value: sum,
            wanted: "1 within 0.000001",
        });
    }
    Ok(segments.iter().map(|s| weight(s) / sum).collect())
}

/// (ln(1 + P) - ln(1 + B)) / (P - B), at P = B its limit.
fn coefficient(portfolio: f64, benchmark: f64) -> f64 {
    let z = (portfolio - benchmark) / (1.0 + benchmark);
    let slope = if z == 0.0 { 1.0 } else { z.ln_1p() / z };
    slope / (1.0 + benchmark)
}
