//! Splitting an amount without losing a unit.

use crate::math::Error;
use crate::math::decimal::{Decimal, share};

/// Who gets the minor units that remain when every share has been cut to whole ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remainder {
    /// One each to those with the largest part cut off, the first of equals first (Hamilton).
    Largest,
    /// One each from the first on (Fowler).
    First,
    /// All to the last.
    Last,
}

/// One share of an amount.
///
/// # Formula
/// ```text
/// exact = total * weight / sum of weights;  difference = amount - exact        all in the unit of the total
/// ```
///
/// Source: see [`allocate`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// What is paid.
    pub amount: Decimal,
    /// The share before it was made payable.
    pub exact: f64,
    /// What it pays above that.
    pub difference: f64,
}

/// All shares.
///
/// # Formula
/// ```text
/// sum of amounts = total
/// ```
///
/// Source: see [`allocate`].
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    /// In the order of the weights.
    pub shares: Vec<Share>,
    /// Minor units handed out after the cut.
    pub distributed: u128,
}

/// Splits a total by weights into whole minor units, which are those of the total's decimals.
///
/// # Formula
/// ```text
/// q_i = floor(|T| w_i / W),  k = |T| - sum of q_i,  share_i = sign(T) (q_i + extra_i),  sum of extra_i = k
///   T  total in minor units;  w_i >= 0  weights, any one unit;  W  their sum
/// ```
/// A weight of zero gets nothing, whoever gets the rest.
///
/// # Errors
/// [`Error::NoWeight`] when all weights are zero, or there are none; [`Error::NegativeWeight`];
/// [`Error::DecimalRange`] when the weights together need more than 37 places.
///
/// Source: M. Fowler, Patterns of Enterprise Application Architecture (2003), Money (p. 488); largest remainders as
/// [`super::round_preserving`].
pub fn allocate(total: Decimal, weights: &[Decimal], remainder: Remainder) -> Result<Allocation, Error> {
    let (weights, whole) = whole_weights(weights)?;
    let size = total.units().unsigned_abs();
    let parts: Vec<(u128, u128)> = weights.iter().map(|weight| share(size, *weight, whole)).collect();
    let distributed = size - parts.iter().map(|(quotient, _)| quotient).sum::<u128>();
    let extra = extras(&parts, &weights, distributed, remainder);
    let unit = 10_f64.powi(total.decimals().cast_signed());
    let sign = if total.units() < 0 { -1 } else { 1 };
    let mut shares = Vec::with_capacity(parts.len());
    for (&(quotient, rest), &extra) in parts.iter().zip(&extra) {
        let units = i128::try_from(quotient + extra).map_err(|_| Error::DecimalRange)?;
        // extra - rest / whole; taken off in whole numbers first, or a rest near one unit would lose its digits.
        let fraction = rest as f64 / whole as f64;
        let above = match extra {
            0 => -fraction,
            _ => (extra - 1) as f64 + (whole - rest) as f64 / whole as f64,
        };
        shares.push(Share {
            amount: Decimal::new(sign * units, total.decimals())?,
            exact: sign as f64 * (quotient as f64 + fraction) / unit,
            difference: sign as f64 * above / unit,
        });
    }
    Ok(Allocation { shares, distributed })
}

/// The weights as whole numbers of one unit, and their sum.
fn whole_weights(weights: &[Decimal]) -> Result<(Vec<u128>, u128), Error> {
    if let Some(index) = weights.iter().position(|weight| weight.units() < 0) {
        return Err(Error::NegativeWeight { index });
    }
    let decimals = weights.iter().map(|weight| weight.decimals()).max().unwrap_or(0);
    let mut sum = Decimal::new(0, decimals)?;
    let mut whole = Vec::with_capacity(weights.len());
    for weight in weights {
        sum = sum.plus(*weight)?;
        whole.push(weight.units_at(decimals)?.unsigned_abs());
    }
    if sum.units() == 0 { Err(Error::NoWeight) } else { Ok((whole, sum.units().unsigned_abs())) }
}

/// The units beyond the cut that each share gets.
fn extras(parts: &[(u128, u128)], weights: &[u128], units: u128, remainder: Remainder) -> Vec<u128> {
    let mut extra = vec![0; parts.len()];
    let mut order: Vec<usize> = (0..parts.len()).filter(|i| weights[*i] > 0).collect();
    match remainder {
        Remainder::Last => {
            if let Some(last) = order.last() {
                extra[*last] = units;
            }
            return extra;
        }
        Remainder::Largest => order.sort_by(|a, b| parts[*b].1.cmp(&parts[*a].1)),
        Remainder::First => {}
    }
    // Fewer than one unit for each share that was cut.
    order.into_iter().take(usize::try_from(units).unwrap_or(usize::MAX)).for_each(|i| extra[i] = 1);
    extra
}
