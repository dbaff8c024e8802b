//! Dividends and flows that grow: for ever, in two stages, at a growth that fades.

use super::spread;
use crate::math::Error;
use crate::math::error::{finite, held};
use crate::math::scaled::Scaled;
use crate::math::twofold::{Twofold, log_growth};

/// A share by [`gordon`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gordon {
    /// D1, currency per share.
    pub next_dividend: f64,
    /// V, currency per share.
    pub value: f64,
    /// D0 / V, decimal.
    pub current_yield: f64,
    /// D1 / V, decimal.
    pub forward_yield: f64,
}

/// The value of a share whose dividend grows for ever at one rate, next paid in a year.
///
/// # Formula
/// ```text
/// V = D1 / (r - g),  D1 = D0 (1 + g),  D1 / V = r - g,  D0 / V = (r - g) / (1 + g)
///   D0  dividend just paid, currency per share    g  growth, decimal per year, > -1
///   r   required return, decimal per year, > g
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::Invalid`] for r <= g, [`Error::NotFinite`], [`Error::Overflow`]
///
/// Source: M. J. Gordon, The Investment, Financing, and Valuation of the Corporation (1962); CFA Program Curriculum,
/// Equity Investments, «Discounted Dividend Valuation».
pub fn gordon(dividend: f64, growth: f64, required: f64) -> Result<Gordon, Error> {
    let growth = above_minus_one(growth)?;
    let spread = spread(required, growth)?;
    let next_dividend = held(finite(dividend, "dividend")? * (1.0 + growth), "next dividend")?;
    Ok(Gordon {
        next_dividend,
        value: held(next_dividend / spread, "value")?,
        current_yield: held(spread / (1.0 + growth), "dividend yield")?,
        forward_yield: spread,
    })
}

/// A value in its two stages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Staged {
    /// Present value of the flows of years 1 to n, unit of the flow.
    pub first: f64,
    /// Present value of all later ones.
    pub terminal: f64,
    /// Both.
    pub value: f64,
}

/// The value of flows that grow at one rate for n years and at another one for ever after; flows at year ends.
///
/// # Formula
/// ```text
/// first    = sum over t = 1 .. n of F0 (1+g)^t / (1+r)^t = F0 (1+g) (1 - q^n) / (r - g),  q = (1+g)/(1+r); r = g: n F0
/// terminal = F0 q^n (1+s) / (r - s)
///   F0  flow of year 0, any unit; its sign is kept    n  years of the first stage, >= 0
///   g   growth of the first stage, decimal per year, > -1; may be above r
///   s   growth after it, decimal per year, > -1       r  discount rate, decimal per year, > s
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::Invalid`] for r <= s, [`Error::NotFinite`], [`Error::Overflow`]
///
/// Source: CFA Program Curriculum, Equity Investments, «Discounted Dividend Valuation» (two-stage DDM) and «Free Cash
/// Flow Valuation» (two-stage FCFE).
pub fn two_stage(flow: f64, growth: f64, years: u64, stable: f64, rate: f64) -> Result<Staged, Error> {
    let (growth, stable) = (above_minus_one(growth)?, above_minus_one(stable)?);
    let spread = spread(rate, stable)?;
    let flow = Scaled::from(finite(flow, "flow")?);
    let power = ratio(growth, rate).times(years as f64);
    // The closed form: near r = g both numerator and denominator are exact differences of nearby numbers.
    let annuity = if growth == rate {
        Scaled::from(years as f64)
    } else {
        factor(growth) * Scaled::exp_m1(power) / (Scaled::from(growth) - Scaled::from(rate))
    };
    let (first, terminal) =
        (flow * annuity, flow * Scaled::exp(power) * factor(stable) / Scaled::from(spread));
    Ok(Staged {
        first: first.value("value of the first stage")?,
        terminal: terminal.value("terminal value")?,
        value: (first + terminal).value("value")?,
    })
}

/// What a flow that grows by then is worth today.
///
/// # Formula
/// ```text
/// PV = F0 ((1+g) / (1+r))^t        g, r > -1, decimal per year;  t  whole years
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::NotFinite`], [`Error::Overflow`]
///
/// Source: see [`two_stage`].
pub fn grown_present_value(flow: f64, growth: f64, rate: f64, years: u64) -> Result<f64, Error> {
    let (growth, rate) = (above_minus_one(growth)?, above_minus_one(rate)?);
    let factor = Scaled::exp(ratio(growth, rate).times(years as f64));
    (Scaled::from(finite(flow, "flow")?) * factor).value("present value")
}

/// The value, at the end of the first stage, of all that follows it.
///
/// # Formula
/// ```text
/// TV = F0 (1+g)^n (1+s) / (r - s)        symbols as in two_stage; TV at year n, not discounted
/// ```
///
/// # Errors
/// As [`two_stage`].
///
/// Source: see [`two_stage`].
pub fn terminal_value(flow: f64, growth: f64, years: u64, stable: f64, rate: f64) -> Result<f64, Error> {
    let (growth, stable) = (above_minus_one(growth)?, above_minus_one(stable)?);
    let grown = Scaled::exp(log_growth(growth).times(years as f64));
    let flow = Scaled::from(finite(flow, "flow")?);
    (flow * grown * factor(stable) / Scaled::from(spread(rate, stable)?)).value("terminal value")
}

/// A share by [`h_model`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HModel {
    /// Value of the dividends if they grew at the long-run rate at once, currency per share.
    pub stable: f64,
    /// What the other growth until then adds, currency per share; below zero when growth rises to the long-run rate.
    pub premium: f64,
    /// Both.
    pub value: f64,
}

/// The value of a share whose dividend growth falls on a straight line to its long-run rate.
///
/// # Formula
/// ```text
/// V = D0 (1 + gL) / (r - gL) + D0 H (gS - gL) / (r - gL)
///   D0  dividend just paid, currency per share    H  half of the years of the fall, >= 0
///   gS  growth at first, gL  in the long run, decimal per year, > -1
///   r   required return, decimal per year, > gL
/// ```
/// An approximation, good for short falls; for a long fall from below it can go below zero.
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::Invalid`] for r <= gL, [`Error::NotFinite`], [`Error::Overflow`]
///
/// Source: R. J. Fuller, C.-C. Hsia, "A Simplified Common Stock Valuation Model", Financial Analysts Journal 40:5
/// (1984), pp. 49-56.
pub fn h_model(
    dividend: f64,
    initial: f64,
    stable: f64,
    half_life: f64,
    required: f64,
) -> Result<HModel, Error> {
    let (initial, stable) = (above_minus_one(initial)?, above_minus_one(stable)?);
    let spread = Scaled::from(spread(required, stable)?);
    let dividend = Scaled::from(finite(dividend, "dividend")?);
    let fade = Scaled::from(initial) - Scaled::from(stable);
    let level = dividend * factor(stable) / spread;
    let premium = dividend * Scaled::from(finite(half_life, "half-life")?) * fade / spread;
    Ok(HModel {
        stable: level.value("value at the long-run growth")?,
        premium: premium.value("growth premium")?,
        value: (level + premium).value("value")?,
    })
}

pub(super) fn above_minus_one(rate: f64) -> Result<f64, Error> {
    let rate = finite(rate, "rate")?;
    if rate > -1.0 { Ok(rate) } else { Err(Error::RateTooLow { rate }) }
}

/// 1 + g
fn factor(growth: f64) -> Scaled {
    Scaled::ONE + Scaled::from(growth)
}

/// ln((1+g) / (1+r)) in two floats, so that nearby rates keep the digits of their difference.
fn ratio(growth: f64, rate: f64) -> Twofold {
    let (up, down) = (log_growth(growth), log_growth(rate));
    let difference = Twofold::sum(up.high, -down.high);
    Twofold::sum(difference.high, difference.low + (up.low - down.low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rate_in_both_stages_is_gordon() {
        let whole = gordon(2.0, 0.03, 0.08).unwrap().value;
        for years in [0, 1, 7, 1_000_000_000] {
            let staged = two_stage(2.0, 0.03, years, 0.03, 0.08).unwrap();
            assert!((staged.value - whole).abs() < 1e-13 * whole, "{years}: {staged:?}");
        }
    }

    #[test]
    fn growth_at_the_discount_rate_and_beside_it() {
        let at = two_stage(1.0, 0.1, 20, 0.0, 0.1).unwrap();
        assert_eq!(at.first, 20.0);
        let beside = two_stage(1.0, 0.1 + 1e-15, 20, 0.0, 0.1).unwrap();
        assert!((beside.first - 20.0).abs() < 1e-12, "{beside:?}");
        assert_eq!(two_stage(1.0, 0.5, 0, 0.0, 0.1).unwrap().first, 0.0);
    }

    #[test]
    fn only_results_can_overflow() {
        assert!(two_stage(1.0, 9.0, 400, 0.0, 9.5).unwrap().value.is_finite());
        assert!(terminal_value(1.0, 9.0, 400, 0.0, 9.5).is_err());
        assert!(two_stage(1.0, 9.0, 400, 0.0, 0.1).is_err());
    }

    #[test]
    fn refusals() {
        assert!(gordon(1.0, 0.05, 0.05).is_err());
        assert!(gordon(1.0, -1.0, 0.05).is_err());
        assert!(two_stage(1.0, 0.1, 1, 0.08, 0.07).is_err());
        assert!(h_model(1.0, 0.1, 0.07, 2.0, 0.07).is_err());
        assert!(h_model(f64::NAN, 0.1, 0.03, 2.0, 0.07).is_err());
    }
}
