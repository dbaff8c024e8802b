//! Level payments: the loan payment, and the present and future value of an annuity.

use super::checked_rate;
use crate::math::Error;
use crate::math::error::finite;
use crate::math::scaled::Scaled;
use crate::math::twofold::{Twofold, log_growth};

/// When in its period a payment falls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timing {
    /// At the period's end (annuity-immediate).
    #[default]
    Ordinary,
    /// At the period's start (annuity-due).
    Due,
}

/// A level payment and what all payments come to.
///
/// # Formula
/// ```text
/// total_payments = n PMT;  total_interest = n PMT + FV - PV        currency
/// ```
///
/// Source: see [`payment`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payment {
    /// Payment per period, currency.
    pub payment: f64,
    /// All payments added, currency.
    pub total_payments: f64,
    /// All payments plus the balloon less the loan, currency.
    pub total_interest: f64,
}

/// The value of an annuity and what all payments come to.
///
/// # Formula
/// ```text
/// total_payments = n PMT
/// total_interest = n PMT - PV for a present value, FV - n PMT for a future value
/// ```
///
/// Source: see [`annuity_pv`] and [`annuity_fv`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Annuity {
    /// Present or future value, currency.
    pub value: f64,
    /// All payments added, currency.
    pub total_payments: f64,
    /// Interest contained in the value, currency.
    pub total_interest: f64,
}

/// The factors of an annuity of n payments at rate r.
pub(super) struct Factors {
    rate: Scaled,
    periods: Scaled,
    /// 1 + r for payments at the start, else 1.
    pub(super) timing: Scaled,
    due: bool,
    /// Interest is a small part of the payments: a difference of totals would lose its digits.
    pub(super) small: bool,
    /// Payments accumulated to the end, and discounted to the start.
    pub(super) accumulated: Factor,
    pub(super) discounted: Factor,
}

/// An annuity factor, and the same as a deviation from the number of payments.
pub(super) struct Factor {
    /// ((1 + r)^n - 1) / r, or (1 - (1 + r)^-n) / r; n at r = 0.
    pub(super) value: Scaled,
    /// value / n - 1, to full relative precision: the interest per unit paid.
    pub(super) excess: Scaled,
}

impl Factor {
    /// For n payments accumulated (n > 0) or discounted (n < 0); y = n ln(1 + r).
    fn new(rate: f64, n: f64, y: Twofold) -> Self {
        let count = Scaled::from(n.abs());
        let excess = relative_excess(rate, n, y);
        // Not n (1 + excess): a factor of 10 for a billion payments would be lost beside the excess of -1.
        let value = if rate == 0.0 {
            count
        } else {
            Scaled::exp_m1(y) / Scaled::from(if n > 0.0 { rate } else { -rate })
        };
        Self { value, excess }
    }

    /// The part of n / value that is not 1, with its sign: 1 - n / value = excess / (1 + excess).
    fn shortfall(&self, periods: Scaled) -> Scaled {
        self.excess * periods / self.value
    }
}

impl Factors {
    /// The number of payments need not be whole: the closed forms have a value between.
    pub(super) fn new(rate: f64, n: f64, timing: Timing) -> Result<Self, Error> {
        let rate = checked_rate(rate)?;
        if finite(n, "number of periods")? <= 0.0 {
            return Err(Error::NoPeriods);
        }
        let y = log_growth(rate).times(n);
        let due = timing == Timing::Due;
        Ok(Self {
            rate: Scaled::from(rate),
            periods: Scaled::from(n),
            timing: if due { Scaled::from(1.0) + Scaled::from(rate) } else { Scaled::ONE },
            due,
            small: is_small(rate, n),
            accumulated: Factor::new(rate, n, y),
            discounted: Factor::new(rate, -n, Twofold { high: -y.high, low: -y.low }),
        })
    }

    /// (1 + e) (1 + r) - 1 when due, else e.
    pub(super) fn shifted(&self, excess: Scaled) -> Scaled {
        if self.due { excess + self.rate + excess * self.rate } else { excess }
    }
}

/// Whether the binomial series in r converges at once.
fn is_small(rate: f64, n: f64) -> bool {
    (n * rate).abs() < 1.0 && rate.abs() < 0.1
}

/// ((1 + r)^n - 1) / (n r) - 1 without cancellation, for n of either sign; 0 at r = 0.
pub(crate) fn relative_excess(rate: f64, n: f64, y: Twofold) -> Scaled {
    if !is_small(rate, n) {
        return Scaled::exp_m1(y) / (Scaled::from(n) * Scaled::from(rate)) - Scaled::ONE;
    }
    // The binomial series, whose first term the -1 takes away: sum over k >= 1 of (n-1)...(n-k) r^k / (k+1)!
    let (mut term, mut sum) = (1.0, crate::math::sum::Sum::default());
    for k in 1..=60 {
        let k = f64::from(k);
        term *= (n - k) * rate / (k + 1.0);
        sum.add(term);
        if term.abs() <= 1e-19 * sum.total().abs() {
            break;
        }
    }
    Scaled::from(sum.total())
}

/// The level payment that repays a loan, leaving a balloon.
///
/// # Formula
/// ```text
/// PMT = (PV r (1+r)^n - FV r) / ((1+r)^n - 1), divided by 1 + r when due;  r = 0: (PV - FV) / n
///   PMT  payment per period, currency; positive for a positive PV
///   PV   loan, currency                  FV  balance still owed at the end (balloon), currency
///   r    rate per period, decimal, > -1  n   number of payments, >= 1
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::NoPeriods`], [`Error::NotFinite`]; [`Error::Overflow`] when a result is above the
/// largest float.
///
/// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 3.2-3.3 and 5.2; S. A. Ross,
/// R. W. Westerfield, J. Jaffe, Corporate Finance, 9th ed. (2010), chapter 4.
pub fn payment(
    present_value: f64,
    rate: f64,
    periods: u64,
    future_value: f64,
    timing: Timing,
) -> Result<Payment, Error> {
    payment_over(present_value, rate, periods as f64, future_value, timing)
}

/// As [`payment`], over a number of periods that need not be whole.
pub(super) fn payment_over(
    present_value: f64,
    rate: f64,
    periods: f64,
    future_value: f64,
    timing: Timing,
) -> Result<Payment, Error> {
    let pv = Scaled::from(finite(present_value, "present value")?);
    let fv = Scaled::from(finite(future_value, "future value")?);
    let f = Factors::new(rate, periods, timing)?;
    let repaid = pv - fv;
    // PV r g - FV r = r kept + (PV - FV) r g^(0 or 1), so nothing cancels that is not equal by nature: at r > 0 the
    // loan bears interest for ever and PV - FV goes into a sinking fund; at r < 0 the same with the roles exchanged,
    // or r PV would cancel against a fund of almost the same size.
    let (kept, fund) = if rate >= 0.0 { (pv, &f.accumulated) } else { (fv, &f.discounted) };
    let ordinary = f.rate * kept + repaid / fund.value;
    let total = f.periods * (ordinary / f.timing);
    Ok(Payment {
        payment: (ordinary / f.timing).value("payment")?,
        total_payments: total.value("total of the payments")?,
        total_interest: loan_interest(&f, kept, repaid, fund, total).value("total interest")?,
    })
}

/// n PMT - (PV - FV), split as the payment is, so that tiny rates keep the digits of the interest.
fn loan_interest(f: &Factors, kept: Scaled, repaid: Scaled, fund: &Factor, total: Scaled) -> Scaled {
    if !f.small {
        return total - repaid;
    }
    let ordinary = f.periods * f.rate * kept - repaid * fund.shortfall(f.periods);
    if f.due { ordinary - total * f.rate } else { ordinary }
}

/// The present value of level payments.
///
/// # Formula
/// ```text
/// PV = PMT (1 - (1+r)^-n) / r, times 1 + r when due;  r = 0: n PMT
///   PV  present value, currency          PMT  payment per period, currency
///   r   rate per period, decimal, > -1   n    number of payments, >= 1
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::NoPeriods`], [`Error::NotFinite`]; [`Error::Overflow`] when a result is above the
/// largest float.
///
/// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 3.2-3.3.
pub fn annuity_pv(payment: f64, rate: f64, periods: u64, timing: Timing) -> Result<Annuity, Error> {
    let f = Factors::new(rate, periods as f64, timing)?;
    let amount = Scaled::from(finite(payment, "payment")?);
    let total = f.periods * amount;
    let value = amount * f.discounted.value * f.timing;
    let interest = if f.small { -(total * f.shifted(f.discounted.excess)) } else { total - value };
    Ok(Annuity {
        value: value.value("present value")?,
        total_payments: total.value("total of the payments")?,
        total_interest: interest.value("total interest")?,
    })
}

/// The future value of level payments, at the end of the last period.
///
/// # Formula
/// ```text
/// FV = PMT ((1+r)^n - 1) / r, times 1 + r when due;  r = 0: n PMT
///   FV  future value, currency           PMT  payment per period, currency
///   r   rate per period, decimal, > -1   n    number of payments, >= 1
/// ```
///
/// # Errors
/// [`Error::RateTooLow`], [`Error::NoPeriods`], [`Error::NotFinite`]; [`Error::Overflow`] when a result is above the
/// largest float.
///
/// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 3.2-3.3.
pub fn annuity_fv(payment: f64, rate: f64, periods: u64, timing: Timing) -> Result<Annuity, Error> {
    let f = Factors::new(rate, periods as f64, timing)?;
    let amount = Scaled::from(finite(payment, "payment")?);
    let total = f.periods * amount;
    let value = amount * f.accumulated.value * f.timing;
    let interest = if f.small { total * f.shifted(f.accumulated.excess) } else { value - total };
    Ok(Annuity {
        value: value.value("future value")?,
        total_payments: total.value("total of the payments")?,
        total_interest: interest.value("total interest")?,
    })
}

#[cfg(test)]
mod tests {
    use super::Timing::{Due, Ordinary};
    use super::*;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 4e-16 * want.abs(), "{got} is not {want}");
    }

    #[test]
    fn payment_of_a_plain_loan() {
        let p = payment(200_000.0, 0.06 / 12.0, 360, 0.0, Ordinary).unwrap();
        assert!((p.payment - 1_199.101_050_305_52).abs() < 1e-9);
        assert!((p.total_interest - (p.total_payments - 200_000.0)).abs() < 1e-8);
    }

    #[test]
    fn payment_does_not_overflow() {
        close(payment(5.0, 0.1, 10_000, 0.0, Ordinary).unwrap().payment, 0.5);
        close(payment(5.0, 0.1, 1_000_000_000, 7.0, Due).unwrap().payment, 0.5 / 1.1);
        close(payment(1e308, 0.0, 1, -0.5e308, Ordinary).unwrap().payment, 1.5e308);
        assert!(payment(1e308, 0.0, 1, -1e308, Ordinary).is_err());
    }

    #[test]
    fn tiny_rates_keep_their_digits() {
        for rate in [0.0, 5e-324, 1e-300, -1e-300, 1e-20, -1e-18] {
            close(annuity_pv(1.0, rate, 360, Ordinary).unwrap().value, 360.0);
            close(annuity_fv(1.0, rate, 360, Due).unwrap().value, 360.0);
            close(payment(360.0, rate, 360, 0.0, Ordinary).unwrap().payment, 1.0);
        }
        // First order in r: interest of an ordinary annuity is n (n-1)/2 r.
        close(annuity_fv(1.0, 1e-200, 10, Ordinary).unwrap().total_interest, 45e-200);
        close(annuity_pv(1.0, 1e-200, 10, Ordinary).unwrap().total_interest, 55e-200);
        close(payment(10.0, 1e-200, 10, 0.0, Ordinary).unwrap().total_interest, 55e-200);
    }

    #[test]
    fn a_balloon_as_large_as_the_loan_leaves_the_interest() {
        for rate in [0.05, -0.05, 1e-12, -0.999] {
            close(payment(100.0, rate, 10_000, 100.0, Ordinary).unwrap().payment, 100.0 * rate);
        }
    }

    #[test]
    fn a_single_payment_at_the_start_bears_no_interest() {
        let p = payment(100.0, 0.25, 1, 0.0, Due).unwrap();
        assert_eq!((p.payment, p.total_interest), (100.0, 0.0));
    }

    #[test]
    fn enormous_rates_keep_the_interest() {
        close(payment(-123.45, 1e300, 360, 1000.0, Due).unwrap().total_interest, -43_318.55);
        close(annuity_pv(2.0, 1e300, 100, Due).unwrap().total_interest, 198.0);
    }

    #[test]
    fn refusals() {
        assert_eq!(payment(1.0, 0.1, 0, 0.0, Ordinary), Err(Error::NoPeriods));
        assert!(annuity_pv(1.0, -1.0, 3, Ordinary).is_err());
        assert!(annuity_fv(f64::NAN, 0.1, 3, Ordinary).is_err());
        assert_eq!(annuity_fv(1.0, 1.0, 2000, Due), Err(Error::Overflow { name: "future value" }));
    }
}
