//! Forward exchange rates by covered interest parity.

use crate::math::Error;
use crate::math::error::finite;

/// How a rate turns into growth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compounding {
    /// 1 + r T, as money markets quote.
    Simple,
    /// (1 + r)^T
    Annual,
    /// e^(r T)
    Continuous,
}

/// What is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Solve {
    /// The forward rate, from both interest rates.
    Forward {
        /// Interest rate of the base currency, decimal per year.
        base: f64,
        /// Interest rate of the quote currency, decimal per year.
        quote: f64,
    },
    /// The base currency's interest rate.
    BaseRate {
        /// Interest rate of the quote currency, decimal per year.
        quote: f64,
        /// Forward rate, quote currency per base currency.
        forward: f64,
    },
    /// The quote currency's interest rate.
    QuoteRate {
        /// Interest rate of the base currency, decimal per year.
        base: f64,
        /// Forward rate, quote currency per base currency.
        forward: f64,
    },
}

/// The time from spot to forward date, as each currency counts it.
///
/// # Formula
/// ```text
/// base, quote > 0        years
/// ```
///
/// Source: see [`forward`].
#[derive(Clone, Copy, Debug)]
pub struct Leg {
    /// By the base currency's day count.
    pub base: f64,
    /// By the quote currency's day count.
    pub quote: f64,
}

/// A forward and the rates that it goes with.
///
/// # Formula
/// ```text
/// premium = F / S - 1        decimal, not annualised
/// ```
///
/// Source: see [`forward`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forward {
    /// Quote currency per base currency.
    pub forward: f64,
    /// F - S without the cancellation of digits.
    pub points: f64,
    /// F / S - 1 likewise.
    pub premium: f64,
    /// Decimal per year.
    pub base_rate: f64,
    /// Decimal per year.
    pub quote_rate: f64,
}

/// The forward rate, or the interest rate that a forward rate implies.
///
/// # Formula
/// ```text
/// F = S g_q / g_b,  g = 1 + r T (simple), (1 + r)^T (annual), e^(r T) (continuous), each with its own r and T
///   S, F  spot and forward, quote currency per base currency;  r  decimal per year;  T  years
/// ```
/// Differences of growth are formed before digits cancel, so that the points of a day have all theirs.
///
/// # Errors
/// [`Error::Invalid`] where money would shrink to nothing: 1 + r T or 1 + r not above 0, given or implied;
/// [`Error::Overflow`]; [`Error::NotFinite`].
///
/// Source: J. C. Hull, Options, Futures, and Other Derivatives, 9th ed. (2015), section 5.10; simple rates as in
/// money markets, e.g. ACI, The Model Code, and R. Steiner, Mastering Financial Calculations, 3rd ed. (2012), chapter 7.
pub fn forward(spot: f64, time: Leg, solve: Solve, compounding: Compounding) -> Result<Forward, Error> {
    let spot = positive(spot, "spot rate")?;
    let time = Leg { base: positive(time.base, "time")?, quote: positive(time.quote, "time")? };
    let premium = |forward| positive(forward, "forward rate").map(|forward| (forward - spot) / spot);
    let (forward, premium, base_rate, quote_rate) = match solve {
        Solve::Forward { base, quote } => {
            let premium = compounding.premium(base, quote, time)?;
            (spot * (1.0 + premium), premium, base, quote)
        }
        Solve::BaseRate { quote, forward } => {
            let premium = premium(forward)?;
            (forward, premium, compounding.implied_base(quote, premium, time)?, quote)
        }
        Solve::QuoteRate { base, forward } => {
            let premium = premium(forward)?;
            (forward, premium, base, compounding.implied_quote(base, premium, time)?)
        }
    };
    checked(Forward { forward, points: spot * premium, premium, base_rate, quote_rate })
}

fn checked(found: Forward) -> Result<Forward, Error> {
    if found.forward <= 0.0 {
        return Err(Error::Invalid("the forward rate is too small for a number: check rates and time"));
    }
    for (value, name) in [(found.forward, "forward rate"), (found.points, "forward points")] {
        if !value.is_finite() {
            return Err(Error::Overflow { name });
        }
    }
    for value in [found.base_rate, found.quote_rate] {
        if !value.is_finite() {
            return Err(Error::Overflow { name: "implied rate" });
        }
    }
    Ok(found)
}

fn positive(value: f64, name: &'static str) -> Result<f64, Error> {
    if finite(value, name)? > 0.0 {
        Ok(value)
    } else {
        Err(Error::Invalid("spot rate, forward rate and time must be above 0"))
    }
}

/// r T, when 1 + r T is above 0.
fn simple(rate: f64, time: f64) -> Result<f64, Error> {
    let growth = finite(rate, "rate")? * time;
    if growth > -1.0 { Ok(growth) } else { Err(SHRUNK) }
}

const SHRUNK: Error = Error::Invalid(
    "a rate of -100 % or less over the time leaves nothing: 1 + rate · time (annual: 1 + rate) must be above 0",
);

impl Compounding {
    /// F / S - 1
    fn premium(self, base: f64, quote: f64, time: Leg) -> Result<f64, Error> {
        if self == Self::Simple {
            let (g_base, g_quote) = (simple(base, time.base)?, simple(quote, time.quote)?);
            return Ok((g_quote - g_base) / (1.0 + g_base));
        }
        Ok((self.log_growth(quote, time.quote)? - self.log_growth(base, time.base)?).exp_m1())
    }

    fn implied_base(self, quote: f64, premium: f64, time: Leg) -> Result<f64, Error> {
        if self == Self::Simple {
            return Ok((simple(quote, time.quote)? - premium) / (1.0 + premium) / time.base);
        }
        Ok(self.rate(self.log_growth(quote, time.quote)? - premium.ln_1p(), time.base))
    }

    fn implied_quote(self, base: f64, premium: f64, time: Leg) -> Result<f64, Error> {
        if self == Self::Simple {
            let growth = simple(base, time.base)?;
            return Ok((growth + premium * (1.0 + growth)) / time.quote);
        }
        Ok(self.rate(self.log_growth(base, time.base)? + premium.ln_1p(), time.quote))
    }

    /// ln g
    fn log_growth(self, rate: f64, time: f64) -> Result<f64, Error> {
        let rate = finite(rate, "rate")?;
        match self {
            Self::Continuous => Ok(rate * time),
            Self::Annual if rate > -1.0 => Ok(rate.ln_1p() * time),
            Self::Annual => Err(SHRUNK),
            Self::Simple => simple(rate, time).map(f64::ln_1p),
        }
    }

    /// The rate of a growth.
    fn rate(self, log_growth: f64, time: f64) -> f64 {
        match self {
            Self::Continuous => log_growth / time,
            Self::Annual => (log_growth / time).exp_m1(),
            Self::Simple => log_growth.exp_m1() / time,
        }
    }
}
