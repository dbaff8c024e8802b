//! Venture financing: conversion of SAFEs, and who gets what at an exit.

use crate::math::Error;
use crate::math::error::held;

/// Which term of a SAFE sets its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// The valuation cap.
    Cap,
    /// The discount.
    Discount,
}

/// What a SAFE becomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conversion {
    /// Price by the cap, currency per share.
    pub cap_price: f64,
    /// Price by the discount, currency per share.
    pub discount_price: f64,
    /// The lower of the two.
    pub price: f64,
    /// Which one it is; the discount where they are equal.
    pub term: Term,
    /// Shares received.
    pub shares: f64,
}

/// Converts a SAFE at a round with a price.
///
/// # Formula
/// ```text
/// cap price = cap / shares;  discount price = price (1 - discount);  received = amount / min of the two
///   amount, cap  currency      shares  capitalisation by which the cap is divided      price  currency per share
/// ```
/// `shares`: a SAFE with a pre-money cap counts the shares before the SAFEs and the new money, one with a post-money
/// cap counts all converting SAFEs too, neither the new money.
///
/// # Errors
/// [`Error::Overflow`]
///
/// Source: Y Combinator, Safe Primer (2013) and Post-Money Safe User Guide (2018), «Safe Price», «Discount Price».
pub fn convert_safe(
    amount: f64,
    cap: f64,
    shares: f64,
    discount: f64,
    price: f64,
) -> Result<Conversion, Error> {
    let cap_price = held(cap / shares, "cap price")?;
    let discount_price = price * (1.0 - discount);
    let term = if cap_price < discount_price { Term::Cap } else { Term::Discount };
    let lower = cap_price.min(discount_price);
    let shares = held(amount / lower, "number of shares")?;
    Ok(Conversion { cap_price, discount_price, price: lower, term, shares })
}

/// Terms of preferred stock against common.
#[derive(Clone, Copy, Debug)]
pub struct Preferred {
    /// Invested, currency.
    pub investment: f64,
    /// Liquidation preference, times the investment.
    pub multiple: f64,
    /// Whether it takes part in what remains after its preference.
    pub participating: bool,
    /// Greatest payout before conversion, times the investment; participating stock only.
    pub cap: Option<f64>,
    /// Part of the shares, decimal.
    pub ownership: f64,
}

/// What preferred stock gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payout {
    /// Currency.
    pub preferred: f64,
    /// Whether it became common stock.
    pub converted: bool,
}

impl Preferred {
    /// The payout from proceeds that belong to the shareholders.
    ///
    /// # Formula
    /// ```text
    /// pref = multiple investment
    /// not participating: max(min(pref, X), w X), converted where w X > pref
    /// participating: min(pref, X) + w max(0, X - pref); with a cap: at most cap investment, converted where w X is more
    ///   X  proceeds, currency     w  ownership, decimal
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`]
    ///
    /// Source: National Venture Capital Association, model term sheet, «Liquidation Preference», alternatives 1 to 3.
    pub fn payout(&self, proceeds: f64) -> Result<Payout, Error> {
        let preference = held(self.multiple * self.investment, "liquidation preference")?;
        let as_common = self.ownership * proceeds;
        let first = preference.min(proceeds);
        let mut held_on = first;
        if self.participating {
            held_on += self.ownership * (proceeds - first);
            if let Some(cap) = self.cap {
                held_on = held_on.min(held(cap * self.investment, "participation cap")?.max(first));
            }
        }
        let converted = as_common > held_on && (!self.participating || self.cap.is_some());
        let preferred = if converted { as_common } else { held_on };
        Ok(Payout { preferred: preferred.min(proceeds), converted })
    }
}
