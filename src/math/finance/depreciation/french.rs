//! The French methods that spreadsheets have: linear and degressive, by the date of purchase.

use super::book::{Asset, Schedule};
use crate::math::Error;

/// The first period, which the purchase cuts short.
///
/// # Formula
/// ```text
/// fraction = year fraction from the purchase to the end of the first period        years, by any day count
/// ```
///
/// Source: see [`linear`].
#[derive(Clone, Copy, Debug)]
pub struct FirstPeriod(pub f64);

/// Rates below give schedules of more than a thousand years.
const LEAST_RATE: f64 = 0.001;

/// Linear depreciation with a first period pro rata (a spreadsheet's AMORLINC).
///
/// # Formula
/// ```text
/// amount_0 = c r y,  amount_t = min(c r, what is left of c - s)
///   c  cost, s  salvage value: currency;  r  rate per year;  y  year fraction of the first period
/// ```
///
/// # Errors
/// [`Error::Invalid`] for a rate outside 0.001 to 1 and a cost or salvage value without meaning.
///
/// Source: Microsoft Excel documentation of AMORLINC.
pub fn linear(asset: Asset, rate: f64, first: FirstPeriod) -> Result<Schedule, Error> {
    let base = checked(asset, rate, first)?;
    let yearly = asset.cost * rate;
    let mut left = base;
    let mut amounts = Vec::new();
    let mut take = |amount: f64| {
        // A hair that rounding leaves is no period of its own.
        let amount = if left - amount <= 1e-12 * base { left } else { amount };
        left -= amount;
        amounts.push(amount);
        left > 0.0
    };
    let mut more = take(yearly * first.0);
    while more {
        more = take(yearly);
    }
    Ok(Schedule { amounts, rate: Some(rate), switch: None, last: 1.0, full: true })
}

/// Degressive depreciation in whole units of currency (a spreadsheet's AMORDEGRC).
///
/// # Formula
/// ```text
/// k = 1.5, 2 or 2.5 for a life 1/r of 3 to 4, 5 to 6 or above 6 years
/// amount_0 = [c r k y],  amount_t = [b r k],  last but one [b / 2],  last all that is left; never below s
///   c  cost, s  salvage value, b  book value before the period: currency;  [ ]  rounded to a whole unit
///   r  rate per year;  y  year fraction of the first period;  the last period is number ceil(1/r - y)
/// ```
///
/// # Errors
/// As [`linear`], and [`Error::Invalid`] for a life below 3 or between 4 and 5 years, for which the method has no
/// coefficient.
///
/// Source: Microsoft Excel documentation of AMORDEGRC.
pub fn degressive(asset: Asset, rate: f64, first: FirstPeriod) -> Result<Schedule, Error> {
    let base = checked(asset, rate, first)?;
    let applied = rate * coefficient(1.0 / rate)?;
    let last = (1.0 / rate - first.0 - 1e-9).ceil().max(1.0);
    let (mut book, mut amounts) = (asset.cost, Vec::new());
    let (mut left, mut period) = (base, 0.0);
    while left > 0.0 && period <= last {
        let amount = match last - period {
            _ if period == 0.0 => (book * applied * first.0).round(),
            0.0 => left,
            1.0 => (book * 0.5).round(),
            _ => (book * applied).round(),
        };
        let amount = amount.min(left);
        (left, book, period) = (left - amount, book - amount, period + 1.0);
        amounts.push(amount);
    }
    Ok(Schedule { amounts, rate: Some(applied), switch: None, last: 1.0, full: true })
}

fn checked(asset: Asset, rate: f64, FirstPeriod(first): FirstPeriod) -> Result<f64, Error> {
    let base = asset.checked_base()?;
    if !(LEAST_RATE..=1.0).contains(&rate) {
        return Err(Error::Invalid("the rate must be from 0.001 to 1 per year"));
    }
    if !(0.0..=1.02).contains(&first) {
        return Err(Error::Invalid("the first period must be at most a year long"));
    }
    Ok(base)
}

fn coefficient(life: f64) -> Result<f64, Error> {
    // 1/0.2 may come out a hair off 5.
    let life = (life * 1e9).round() / 1e9;
    match life {
        3.0..=4.0 => Ok(1.5),
        5.0..=6.0 => Ok(2.0),
        _ if life > 6.0 => Ok(2.5),
        _ => Err(Error::Invalid(
            "the method has no coefficient for a life (1 / rate) below 3 or between 4 and 5 years: \
             give a rate of 0.2 or less, or from 0.25 to 1/3",
        )),
    }
}
