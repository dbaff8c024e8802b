//! The equation of value of a loan or savings plan, solved for any of its five quantities.

use super::annuity::{Factors, Timing, payment_over};
use super::single::growth;
use super::{checked_rate, solve_rate};
use crate::math::Error;
use crate::math::error::finite;
use crate::math::scaled::Scaled;
use crate::math::twofold::{Twofold, log_growth, log_ratio};

pub use super::solve_rate::RateSolution;

/// How far, relatively, the rounding of an amount may have moved it.
const NOISE: f64 = 8.0 * f64::EPSILON;

/// Level payments between a first and a last amount; cash received is positive, cash paid negative.
///
/// # Formula
/// ```text
/// PV + PMT (1 + i d) (1 - (1 + i)^-n) / i + FV (1 + i)^-n = 0;  i = 0: PV + n PMT + FV = 0
///   PV, PMT, FV  currency, signed        d  1 when payments fall at the start of their period, else 0
///   i  rate per period, decimal, > -1    n  number of payments, > 0, need not be whole
/// ```
/// The field of the quantity that is asked for is ignored.
///
/// Source: Microsoft Excel documentation, PV function; HP 12C User's Guide (2005), appendix E.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equation {
    /// Amount at the start, currency.
    pub present: f64,
    /// Payment per period, currency.
    pub payment: f64,
    /// Amount at the end, currency.
    pub future: f64,
    /// Rate per period, decimal.
    pub rate: f64,
    /// Number of payments.
    pub periods: f64,
    /// When in its period a payment falls.
    pub timing: Timing,
}

/// How many payments it takes.
///
/// # Formula
/// ```text
/// whole = n rounded up;  last = the payment at `whole` with which the equation holds exactly
/// ```
///
/// Source: see [`Equation::periods`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Periods {
    /// Number of payments, with its fraction.
    pub exact: f64,
    /// The same rounded up.
    pub whole: f64,
    /// The last of the whole ones, currency.
    pub last: f64,
}

impl Equation {
    fn factors(&self) -> Result<(Factors, Scaled), Error> {
        Ok((
            Factors::new(self.rate, self.periods, self.timing)?,
            growth(checked_rate(self.rate)?, self.periods),
        ))
    }

    /// The first amount.
    ///
    /// # Formula
    /// ```text
    /// PV = -(PMT (1 + i d) (1 - (1 + i)^-n) / i + FV (1 + i)^-n)
    /// ```
    ///
    /// # Errors
    /// [`Error::RateTooLow`], [`Error::NoPeriods`], [`Error::NotFinite`], [`Error::Overflow`].
    ///
    /// Source: see [`Equation`].
    pub fn present(&self) -> Result<f64, Error> {
        let (f, grown) = self.factors()?;
        let payments = Scaled::from(finite(self.payment, "payment")?) * f.discounted.value * f.timing;
        (-(payments + Scaled::from(finite(self.future, "future value")?) / grown)).value("present value")
    }

    /// The last amount.
    ///
    /// # Formula
    /// ```text
    /// FV = -(PV (1 + i)^n + PMT (1 + i d) ((1 + i)^n - 1) / i)
    /// ```
    ///
    /// # Errors
    /// As [`present`](Self::present).
    ///
    /// Source: see [`Equation`].
    pub fn future(&self) -> Result<f64, Error> {
        let (f, grown) = self.factors()?;
        let payments = Scaled::from(finite(self.payment, "payment")?) * f.accumulated.value * f.timing;
        (-(payments + Scaled::from(finite(self.present, "present value")?) * grown)).value("future value")
    }

    /// The payment.
    ///
    /// # Formula
    /// ```text
    /// PMT = -(PV + FV (1 + i)^-n) i / ((1 + i d) (1 - (1 + i)^-n))
    /// ```
    ///
    /// # Errors
    /// As [`present`](Self::present).
    ///
    /// Source: see [`Equation`].
    pub fn payment(&self) -> Result<f64, Error> {
        // A loan received, a balance paid at its end: the same payment with signs of the other convention.
        let p = payment_over(self.present, self.rate, self.periods, -self.future, self.timing)?;
        Ok(0.0 - p.payment)
    }

    /// The number of payments.
    ///
    /// # Formula
    /// ```text
    /// n = ln(1 - i (PV + FV) / (p + i PV)) / ln(1 + i),  p = PMT (1 + i d);  i = 0: -(PV + FV) / PMT;
    ///     the same as ln((p - i FV) / (p + i PV)) / ln(1 + i), taken where that quotient is far from 1
    /// last = PMT + (FV* - FV) / (1 + i)^d,  FV* the future value of `whole` level payments
    /// ```
    ///
    /// # Errors
    /// [`Error::NoAnswer`] when no number, or every number, of payments solves the equation; [`Error::RateTooLow`],
    /// [`Error::NotFinite`], [`Error::Overflow`].
    ///
    /// Source: Microsoft Excel documentation, NPER function; HP 12C User's Guide (2005), section 3.
    pub fn periods(&self) -> Result<Periods, Error> {
        let rate = checked_rate(self.rate)?;
        for (value, name) in
            [(self.present, "present value"), (self.payment, "payment"), (self.future, "future value")]
        {
            finite(value, name)?;
        }
        let (exact, noise) = self.exact_periods(rate)?;
        if !(exact > 0.0 && exact.is_finite()) {
            return Err(Error::NoAnswer {
                why: "no number of payments above 0 balances these amounts: the payments do not cover the interest, \
                      work in the wrong direction, or nothing is left to pay; check the signs (cash received positive, paid negative)",
            });
        }
        // A whole number that rounding has lifted is no reason for one more payment.
        let whole = (exact - noise.clamp(1e-9, 0.5)).ceil().max(1.0);
        let level = Self { periods: whole, ..*self };
        let excess = Scaled::from(level.future()?) - Scaled::from(self.future);
        let step = if self.timing == Timing::Due { growth(rate, 1.0) } else { Scaled::ONE };
        let last = (Scaled::from(self.payment) + excess / step).value("final payment")?;
        Ok(Periods { exact, whole, last })
    }

    /// The number of payments, and how far the rounding of the amounts moves it; NaN where there is none.
    fn exact_periods(&self, rate: f64) -> Result<(f64, f64), Error> {
        let of = Scaled::from;
        let shift = if self.timing == Timing::Due { growth(rate, 1.0) } else { Scaled::ONE };
        let paid = of(self.payment) * shift;
        if rate == 0.0 {
            let both = of(self.present) + of(self.future);
            let exact =
                if self.payment == 0.0 { f64::NAN } else { (-(both / paid)).value("number of payments")? };
            return Ok((exact, NOISE * exact.abs()));
        }
        // Without payments the rate cancels: PV grows to -FV.
        let annuity = if self.payment == 0.0 { Scaled::ZERO } else { paid / of(rate) };
        self.growing_periods(annuity, log_growth(rate))
    }

    /// The same, `force` = ln(1 + i) not zero, for payments worth `annuity` = p / i if they went on for ever.
    fn growing_periods(&self, annuity: Scaled, force: Twofold) -> Result<(f64, f64), Error> {
        let (present, future) = (Scaled::from(self.present), Scaled::from(self.future));
        let (start, end) = (annuity + present, annuity - future);
        let grown = end / start;
        if start == Scaled::ZERO || end == Scaled::ZERO || grown != grown.size() {
            return Ok((f64::NAN, 0.0));
        }
        let lost = |sum: Scaled, amount: Scaled| {
            ((annuity.size() + amount.size()) / sum.size()).value("").unwrap_or(f64::MAX)
        };
        let change = (-((present + future) / start)).value("").unwrap_or(f64::INFINITY);
        if change.abs() <= 0.5 {
            let noise = NOISE * (change / (1.0 + change) / force.high).abs() * lost(start, present);
            return Ok((ratio(log_growth(change), force), noise));
        }
        // Far from 1, where 1 + change would lose the digits of a small quotient.
        let logarithm = log_ratio(end.size().value("future value")?, start.size().value("present value")?);
        let noise = NOISE * (lost(start, present) + lost(end, future)) / force.high.abs();
        Ok((ratio(logarithm, force), noise))
    }

    /// The rate per period, and all others that solve the equation too.
    ///
    /// # Formula
    /// ```text
    /// f(x) = PV + PMT (1 + i d) (1 - e^(-n x)) / i + FV e^(-n x) = 0,  x = ln(1 + i)
    /// ```
    /// Signs of the three amounts allow at most two rates (Descartes' rule). With PV and FV of one sign the payment
    /// that solves the equation has one least value over all rates: it parts the line into two brackets.
    ///
    /// # Errors
    /// [`Error::NoSignChange`] when all amounts have one sign, [`Error::NoAnswer`] without a rate,
    /// [`Error::EveryRate`], [`Error::NoPeriods`], [`Error::NotFinite`], [`Error::Stopped`].
    ///
    /// Source: Microsoft Excel documentation, RATE function; E. Laguerre, Oeuvres I (1898), pp. 3-47.
    pub fn rates(&self, should_stop: &dyn Fn() -> bool) -> Result<RateSolution, Error> {
        solve_rate::rates(self, should_stop)
    }
}

/// The quotient of two logarithms.
fn ratio(a: Twofold, b: Twofold) -> f64 {
    let quotient = a.high / b.high;
    // To first order; what is left is below the last digit.
    quotient + (a.low - quotient * b.low) / b.high
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOAN: Equation = Equation {
        present: 8000.0,
        payment: -200.0,
        future: 0.0,
        rate: 0.01,
        periods: 48.0,
        timing: Timing::Ordinary,
    };

    fn close(got: f64, want: f64, tolerance: f64) {
        assert!((got - want).abs() <= tolerance * want.abs(), "{got} is not {want}");
    }

    #[test]
    fn whole_counts_are_not_rounded_up_by_noise() {
        for n in [1.0, 12.0, 360.0, 1e5, 1e6] {
            for rate in [0.0, 1e-12, 1e-5, -1e-7] {
                let plan = Equation { rate, periods: n, future: 0.0, ..LOAN };
                let plan = Equation { payment: plan.payment().unwrap(), ..plan };
                let found = plan.periods().unwrap();
                assert_eq!(found.whole, n, "{found:?} {rate}");
                close(found.last, plan.payment, 1e-9 * (rate * n).exp());
            }
        }
    }

    #[test]
    fn the_last_payment_settles_the_account() {
        for timing in [Timing::Ordinary, Timing::Due] {
            let plan = Equation { payment: -777.0, future: -500.0, timing, ..LOAN };
            let found = plan.periods().unwrap();
            let shift = |t: f64| if timing == Timing::Due { t - 1.0 } else { t };
            let value = |amount: f64, t: f64| amount * 1.01f64.powf(-t);
            let mut sum =
                plan.present + value(plan.future, found.whole) + value(found.last, shift(found.whole));
            for t in 1..found.whole as u32 {
                sum += value(plan.payment, shift(f64::from(t)));
            }
            assert!(sum.abs() < 1e-9, "{sum}");
        }
    }

    #[test]
    fn no_number_of_payments() {
        let none =
            |plan: Equation| assert!(matches!(plan.periods(), Err(Error::NoAnswer { .. })), "{plan:?}");
        none(Equation { payment: -80.0, ..LOAN });
        none(Equation { payment: -10.0, ..LOAN });
        none(Equation { payment: 0.0, rate: 0.0, ..LOAN });
        none(Equation { payment: 200.0, ..LOAN });
        none(Equation { future: -8000.0, payment: 0.0, ..LOAN });
        // Interest only: every number of payments does.
        none(Equation { future: -8000.0, payment: -80.0, ..LOAN });
    }
}
