//! Rounding amounts to payable ones.

use crate::math::Error;
use crate::math::decimal::{Decimal, Rounding, grain};

/// What amounts are rounded to: multiples of `step` minor units of 10^-decimals.
///
/// # Formula
/// ```text
/// one grain = step * 10^(-decimals), in the unit of the amounts
/// ```
///
/// Source: ISO 4217 for the decimals; cash roundings such as CHF 0.05 are steps of several minor units.
#[derive(Clone, Copy, Debug)]
pub struct Grain {
    /// Minor units at a time; 1 but for cash. Not zero.
    pub step: u128,
    /// Decimals of the minor unit.
    pub decimals: u32,
}

impl Grain {
    /// Multiples of this increment.
    ///
    /// # Formula
    /// ```text
    /// step = increment * 10^decimals, which must be a whole number above 0
    /// ```
    ///
    /// # Errors
    /// [`Error::NotAMultiple`] of the minor unit.
    ///
    /// Source: definition.
    pub fn of(increment: Decimal, decimals: u32) -> Result<Self, Error> {
        let fits = increment.decimals() <= decimals && increment.units() > 0;
        let units = if fits { increment.units_at(decimals)? } else { 0 };
        match u128::try_from(units) {
            Ok(step) if step > 0 => Ok(Self { step, decimals }),
            _ => Err(Error::NotAMultiple),
        }
    }
}

/// Rounds one amount.
///
/// # Formula
/// ```text
/// rounded = grain * rounding(amount / grain)
/// ```
///
/// # Errors
/// [`Error::DecimalRange`]
///
/// Source: see [`Decimal::round`].
pub fn round(amount: Decimal, grain: Grain, rounding: Rounding) -> Result<Decimal, Error> {
    amount.round(grain.step, grain.decimals, rounding)
}

/// Rounds amounts so that they add up to their rounded total: each is cut to its grain, and what the total lacks goes
/// to those with the largest part cut off, the first of equals first. A negative total is treated as its mirror image.
///
/// # Formula
/// ```text
/// T = rounding(sum of a_i / g),  f_i = floor(a_i / g),  r_i = a_i / g - f_i
/// rounded_i = g (f_i + 1) for the T - sum of f_i amounts with the largest r_i, else g f_i
///   a_i  amounts;  g  one grain, same unit;  T  total in grains
/// ```
///
/// # Errors
/// [`Error::DecimalRange`] when the amounts together need more than 37 places.
///
/// Source: A. Hamilton's method of largest remainders, e.g. M. L. Balinski, H. P. Young, Fair Representation, 2nd ed.
/// (2001), chapter 3.
pub fn round_preserving(
    amounts: &[Decimal],
    total: Decimal,
    to: Grain,
    rounding: Rounding,
) -> Result<Vec<Decimal>, Error> {
    let fine = amounts.iter().map(|a| a.decimals()).max().unwrap_or(0).max(to.decimals);
    let grain = i128::try_from(grain(to.step, fine - to.decimals)).unwrap_or(i128::MAX);
    let step = i128::try_from(to.step).map_err(|_| Error::DecimalRange)?;
    let mirror = if total.units() < 0 { -1 } else { 1 };
    let mut parts = Vec::with_capacity(amounts.len());
    for amount in amounts {
        let units = mirror * amount.units_at(fine)?;
        parts.push((units.div_euclid(grain), units.rem_euclid(grain)));
    }
    let target = mirror * round(total, to, rounding)?.units() / step;
    let lacking = target - parts.iter().map(|(whole, _)| whole).sum::<i128>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| -parts[*i].1);
    for i in order.into_iter().take(usize::try_from(lacking).unwrap_or(0)) {
        parts[i].0 += 1;
    }
    parts.into_iter().map(|(whole, _)| Decimal::new(mirror * whole * step, to.decimals)).collect()
}
