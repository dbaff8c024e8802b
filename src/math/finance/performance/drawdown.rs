//! Drawdowns: how far, and for how long, a compounded path lies below its peak.

use super::linking::log_return;
use crate::math::Error;
use crate::math::sum::Sum;

/// A depth below this is rounding: the path is back at its peak.
const ROUNDING: f64 = 1e-14;

/// One stay below a peak.
///
/// # Formula
/// ```text
/// depth = 1 - lowest value / peak;  length = periods from start to recovery, both counted, or to the end
/// ```
///
/// Source: see [`drawdowns`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawdown {
    /// The first period that ends below the peak, from 0.
    pub start: usize,
    /// The period that ends lowest.
    pub trough: usize,
    /// The first period that ends at the peak again or above; none when there is no such.
    pub recovery: Option<usize>,
    /// How far below the peak, decimal, positive.
    pub depth: f64,
    /// Number of periods.
    pub length: usize,
}

/// All drawdowns of a path, and what they come to.
///
/// # Formula
/// ```text
/// pain = sum D_i / n;  ulcer = sqrt(sum D_i^2 / n)        D_i  distance below the peak at the end of period i, decimal
/// ```
///
/// Source: see [`drawdowns`].
#[derive(Clone, Debug, PartialEq)]
pub struct Drawdowns {
    /// Every one, in order of time.
    pub all: Vec<Drawdown>,
    /// The greatest depth, decimal, positive; 0 without any.
    pub maximum: f64,
    /// Root mean square distance below the peak.
    pub ulcer: f64,
    /// Mean distance below the peak.
    pub pain: f64,
}

/// The drawdowns of a path that compounds returns from a first peak at its start.
///
/// # Formula
/// ```text
/// W_i = (1 + r_1) ... (1 + r_i), W_0 = 1;  D_i = 1 - W_i / max(W_0, ..., W_i), 0 when below 1e-14
///   r_i  return of period i, decimal, >= -1
/// ```
///
/// # Errors
/// [`Error::OutOfRange`] for a return below -1, [`Error::NotFinite`].
///
/// Source: C. R. Bacon, Practical Portfolio Performance Measurement and Attribution, 2nd ed. (2008), chapter 4;
/// P. G. Martin, B. B. McCann, The Investor's Guide to Fidelity Funds (1989) (Ulcer index).
pub fn drawdowns(returns: &[f64]) -> Result<Drawdowns, Error> {
    let depths = depths(returns)?;
    let mut all: Vec<Drawdown> = vec![];
    let mut open = false;
    for (i, &depth) in depths.iter().enumerate() {
        match (open, all.last_mut()) {
            (true, Some(last)) => {
                last.length += 1;
                if depth == 0.0 {
                    last.recovery = Some(i);
                } else if depth > last.depth {
                    (last.trough, last.depth) = (i, depth);
                }
            }
            _ if depth > 0.0 => all.push(Drawdown { start: i, trough: i, recovery: None, depth, length: 1 }),
            _ => {}
        }
        open = depth > 0.0;
    }
    let n = depths.len().max(1) as f64;
    let total: Sum = depths.iter().copied().collect();
    let squares: Sum = depths.iter().map(|d| d * d).collect();
    Ok(Drawdowns {
        maximum: depths.iter().copied().fold(0.0, f64::max),
        ulcer: (squares.total() / n).sqrt(),
        pain: total.total() / n,
        all,
    })
}

/// The distance below the peak at the end of each period.
fn depths(returns: &[f64]) -> Result<Vec<f64>, Error> {
    let (mut sum, mut peak) = (Sum::default(), 0.0f64);
    let step = |value: &f64| {
        let log = log_return(*value)?;
        sum.add(log.high);
        sum.add(log.low);
        let now = sum.total();
        peak = peak.max(now);
        let depth = -(now - peak).exp_m1();
        Ok(if depth > ROUNDING { depth } else { 0.0 })
    };
    returns.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawdown_ends_at_its_peak() {
        let d = drawdowns(&[0.1, -0.1, -0.2, 0.25, 1.0 / 9.0, -0.5, 0.1]).unwrap();
        let first = Drawdown { start: 1, trough: 2, recovery: Some(4), depth: 0.28, length: 4 };
        assert_eq!((d.all.len(), d.all[0].start, d.all[0].trough), (2, first.start, first.trough));
        assert_eq!((d.all[0].recovery, d.all[0].length), (first.recovery, first.length));
        assert!((d.all[0].depth - first.depth).abs() < 1e-15 && (d.maximum - 0.5).abs() < 1e-15);
        assert_eq!((d.all[1].start, d.all[1].recovery, d.all[1].length), (5, None, 2));
    }

    #[test]
    fn a_total_loss_stays() {
        let d = drawdowns(&[0.5, -1.0, 3.0]).unwrap();
        assert_eq!((d.maximum, d.all[0].recovery, d.pain), (1.0, None, 2.0 / 3.0));
        assert_eq!(drawdowns(&[0.1, 0.0]).unwrap().all, vec![]);
        assert!(drawdowns(&[-1.1]).is_err());
    }
}
