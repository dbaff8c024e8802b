//! Who gets what of a company with several classes of stock when it is sold.

use crate::math::Error;
use crate::math::error::held;
use crate::math::sum::Sum;

/// A holder of one class of stock.
#[derive(Clone, Copy, Debug)]
pub struct Holder {
    /// Shares, as converted.
    pub shares: f64,
    /// Liquidation preference per share, currency; none for common stock.
    pub preference: Option<f64>,
}

/// What a holder gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proceeds {
    /// Currency.
    pub amount: f64,
    /// The part of it received as preference.
    pub via_preference: f64,
}

/// Splits proceeds between common and non-participating preferred stock of equal rank.
///
/// # Formula
/// ```text
/// converters: in order of preference per share p, while X - (preferences after i) > p_i (common + converted shares with i)
/// others get p_i n_i, or X p_i n_i / (all preferences) where X is less; the rest goes by shares to common and converted
///   X  proceeds      n  shares      p  preference per share
/// ```
/// No holder gains by switching: a converter's common share is worth more than its preference, the others' less.
///
/// # Errors
/// [`Error::Overflow`]
///
/// Source: A. Metrick, A. Yasuda, Venture Capital and the Finance of Innovation, 2nd ed. (2010), chapter 9
/// (conversion-order shortcut).
pub fn distribute(holders: &[Holder], proceeds: f64) -> Result<Vec<Proceeds>, Error> {
    let claims =
        holders.iter().map(|h| held(h.preference.unwrap_or(0.0) * h.shares, "liquidation preference"));
    let claims = claims.collect::<Result<Vec<f64>, _>>()?;
    let converted = converters(holders, &claims, proceeds);
    let keeps = |i: usize| holders[i].preference.is_some() && !converted[i];
    let all = 0..holders.len();
    let preferred =
        held(all.clone().filter(|i| keeps(*i)).map(|i| claims[i]).collect::<Sum>().total(), "preferences")?;
    let common = all.clone().filter(|i| !keeps(*i)).map(|i| holders[i].shares).collect::<Sum>().total();
    let rest = (proceeds - preferred).max(0.0);
    let one = |i: usize| {
        if !keeps(i) {
            let amount = if common > 0.0 { rest * (holders[i].shares / common) } else { 0.0 };
            return Proceeds { amount, via_preference: 0.0 };
        }
        let amount = if preferred > proceeds { proceeds * (claims[i] / preferred) } else { claims[i] };
        Proceeds { amount, via_preference: amount }
    };
    Ok(all.map(one).collect())
}

/// Which preferred holders become common.
fn converters(holders: &[Holder], claims: &[f64], proceeds: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..holders.len()).filter(|i| holders[*i].preference.is_some()).collect();
    let price = |i: &usize| holders[*i].preference.unwrap_or(0.0);
    order.sort_by(|a, b| price(a).total_cmp(&price(b)));
    let mut after: Sum = order.iter().map(|i| claims[*i]).collect();
    let mut shares: Sum = holders.iter().filter(|h| h.preference.is_none()).map(|h| h.shares).collect();
    let mut converted = vec![false; holders.len()];
    for i in order {
        after.add(-claims[i]);
        shares.add(holders[i].shares);
        let worth = proceeds - after.total();
        // Indifferent within rounding: the preference is kept.
        if worth <= price(&i) * shares.total() * (1.0 + 1e-12) {
            break;
        }
        converted[i] = true;
    }
    converted
}
