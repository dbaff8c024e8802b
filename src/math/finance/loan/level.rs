//! The level-payment loan in closed form: any payment's parts without walking there, and without losing digits.

use crate::math::Error;
use crate::math::error::{finite, held};
use crate::math::finance::tvm::{self, Timing, relative_excess};
use crate::math::scaled::Scaled;
use crate::math::twofold::{Twofold, log_growth};

/// A loan repaid by level payments down to a balloon.
///
/// # Formula
/// ```text
/// PMT = (L g^n - B) r / (g^n - 1), over 1 + r when due; r = 0: (L - B) / n;  g = 1 + r
/// ordinary: balance after payment k = B + (L - B) a(n-k) / a(n);  a(m) = (1 - g^-m) / r
/// due:      that over 1 + r for k >= 1, because B is owed at the end of period n; payment 1 bears no interest
/// interest_k = r balance_(k-1);  principal_k = PMT - interest_k = (L - B) g^(k-1) / s(n);  s(n) = (g^n - 1) / r
///   L  loan, currency     B  balance still owed at the end, currency
///   r  rate per period, decimal, > -1    n  number of payments, >= 1
/// ```
/// The textbook's L g^k - PMT s(k) is the same number, and cancels to nothing after some hundred payments.
///
/// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 5.2-5.4.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    amount: f64,
    balloon: f64,
    rate: f64,
    periods: u64,
    timing: Timing,
    /// |ln(1 + r)|: every power below is taken of a number between 0 and 1.
    decay: Twofold,
    payment: tvm::Payment,
}

impl Level {
    /// The loan with its payment.
    ///
    /// # Errors
    /// As [`tvm::payment`].
    pub fn new(amount: f64, rate: f64, periods: u64, balloon: f64, timing: Timing) -> Result<Self, Error> {
        let payment = tvm::payment(amount, rate, periods, balloon, timing)?;
        let log = log_growth(rate);
        let decay = if rate < 0.0 { Twofold { high: -log.high, low: -log.low } } else { log };
        Ok(Self { amount, balloon, rate, periods, timing, decay, payment })
    }

    /// The level payment, currency.
    #[must_use]
    pub fn payment(&self) -> f64 {
        self.payment.payment
    }

    /// All payments and the balloon less the loan, currency.
    #[must_use]
    pub fn lifetime_interest(&self) -> f64 {
        self.payment.total_interest
    }

    /// All payments and the balloon, currency.
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn lifetime_payments(&self) -> Result<f64, Error> {
        held(self.payment.total_payments + self.balloon, "total of the payments")
    }

    /// What is owed after payment k, currency; the loan itself for k = 0.
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn balance(&self, k: u64) -> Result<f64, Error> {
        if k == 0 {
            return Ok(self.amount);
        }
        let ordinary = self.ordinary_balance(k.min(self.periods));
        held(self.at_start(ordinary), "balance")
    }

    /// The interest in payment k, currency, 1 <= k <= n.
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn interest(&self, k: u64) -> Result<f64, Error> {
        if self.timing == Timing::Due && k <= 1 {
            return Ok(0.0);
        }
        held(self.rate * self.balance(k.saturating_sub(1))?, "interest")
    }

    /// The repayment in payment k, currency, 1 <= k <= n.
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn principal(&self, k: u64) -> Result<f64, Error> {
        self.principal_between(k, k)
    }

    /// The repayments in payments `first` to `last`, both included, currency; 1 <= first <= last <= n.
    ///
    /// # Formula
    /// ```text
    /// (L - B) (g^last - g^(first-1)) / (g^n - 1)
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn principal_between(&self, first: u64, last: u64) -> Result<f64, Error> {
        let repaid = |first: u64| (self.amount - self.balloon) * self.share(first, last);
        let principal = match self.timing {
            Timing::Ordinary => repaid(first),
            Timing::Due if first > 1 => self.at_start(repaid(first)),
            // Payment 1 is repayment as a whole.
            Timing::Due if last > 1 => self.payment() + self.at_start(repaid(2)),
            Timing::Due => self.payment(),
        };
        held(principal, "principal")
    }

    /// The interest in payments `first` to `last`, both included, currency; 1 <= first <= last <= n.
    ///
    /// # Formula
    /// ```text
    /// r (balance_(first-1) + ... + balance_(last-1)), in closed form
    /// ```
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn interest_between(&self, first: u64, last: u64) -> Result<f64, Error> {
        let first = if self.timing == Timing::Due { first.max(2) } else { first };
        if first > last || self.rate == 0.0 {
            return Ok(0.0);
        }
        let count = (last - first + 1) as f64;
        let (low, gap) = (self.amount.min(self.balloon), (self.amount - self.balloon).abs());
        let ordinary = self.rate * count * (low + gap * self.mean_share(first, last));
        held(self.at_start(ordinary), "interest")
    }

    fn at_start(&self, ordinary: f64) -> f64 {
        if self.timing == Timing::Due { ordinary / (1.0 + self.rate) } else { ordinary }
    }

    /// From the end that makes it a sum of two numbers of one sign.
    fn ordinary_balance(&self, k: u64) -> f64 {
        if self.amount >= self.balloon {
            let rest = if k < self.periods { self.share(k + 1, self.periods) } else { 0.0 };
            return self.balloon + (self.amount - self.balloon) * rest;
        }
        self.amount + (self.balloon - self.amount) * self.share(1, k)
    }

    /// The part of L - B that the ordinary payments `first` to `last` repay, between 0 and 1.
    fn share(&self, first: u64, last: u64) -> f64 {
        let (count, n) = ((last - first + 1) as f64, self.periods as f64);
        if self.rate == 0.0 {
            return count / n;
        }
        let shift = if self.rate > 0.0 { self.periods - last } else { first - 1 };
        self.decayed(shift as f64) * self.lost(count) / self.lost(n)
    }

    /// The part of |L - B| that stands beside the lower of the two, averaged over the balances before the payments.
    fn mean_share(&self, first: u64, last: u64) -> f64 {
        let falling = self.amount >= self.balloon;
        let (count, n) = ((last - first + 1) as f64, self.periods as f64);
        let lead = (if falling { self.periods - last } else { first - 1 }) as f64;
        let excess = self.excess(count);
        let sum = if falling == (self.rate > 0.0) {
            self.lost(lead) - self.decayed(lead) * excess
        } else {
            let rest = self.decayed(n - lead - count) * (excess + self.lost(count));
            self.decayed(n - lead) * self.lost(lead) + rest
        };
        sum / self.lost(n)
    }

    /// e^(-m |ln g|)
    fn decayed(&self, m: f64) -> f64 {
        Scaled::exp(self.decay.times(-m)).value("factor").unwrap_or(0.0)
    }

    /// 1 - e^(-m |ln g|)
    fn lost(&self, m: f64) -> f64 {
        -Scaled::exp_m1(self.decay.times(-m)).value("factor").unwrap_or(-1.0)
    }

    /// The mean of e^(-j |ln g|), j = 1 .. m at r > 0 and 0 .. m - 1 at r < 0, less one.
    fn excess(&self, m: f64) -> f64 {
        let periods = if self.rate > 0.0 { -m } else { m };
        relative_excess(self.rate, periods, self.decay.times(-m)).value("factor").unwrap_or(-1.0)
    }
}

/// The payment that repays an amount in a number of payments that need not be whole, currency.
///
/// # Formula
/// ```text
/// PMT = L r / (1 - (1+r)^-n);  r = 0: L / n        L  amount, currency;  r  rate per period, decimal;  n > 0
/// ```
///
/// # Errors
/// [`Error::NotFinite`], [`Error::RateTooLow`]; [`Error::Overflow`]
///
/// Source: as [`Level`], chapter 3 (a term that is not whole: the formula as it stands).
pub fn payment_over(amount: f64, rate: f64, periods: f64) -> Result<f64, Error> {
    finite(amount, "amount")?;
    // Written so that a rate that is no number fails too.
    if !(rate > -1.0 && rate.is_finite()) {
        return Err(Error::RateTooLow { rate });
    }
    if rate == 0.0 {
        return held(amount / periods, "payment");
    }
    let discount = -Scaled::exp_m1(log_growth(rate).times(-periods));
    (Scaled::from(amount) * Scaled::from(rate) / discount).value("payment")
}

#[cfg(test)]
mod tests {
    use super::Timing::{Due, Ordinary};
    use super::*;

    #[test]
    fn ends_are_exact() {
        for (balloon, timing) in [(0.0, Ordinary), (300.0, Ordinary), (5000.0, Ordinary), (0.0, Due)] {
            for rate in [0.0, 0.01, -0.02, 3.0] {
                let loan = Level::new(1000.0, rate, 360, balloon, timing).unwrap();
                assert_eq!(loan.balance(0), Ok(1000.0));
                let end = if timing == Due { balloon / (1.0 + rate) } else { balloon };
                assert!((loan.balance(360).unwrap() - end).abs() <= 1e-12 * end, "{rate} {balloon}");
            }
        }
    }

    #[test]
    fn a_payment_over_a_whole_term_is_the_level_payment() {
        let whole = Level::new(100_000.0, 0.005, 360, 0.0, Ordinary).unwrap().payment();
        assert!((payment_over(100_000.0, 0.005, 360.0).unwrap() - whole).abs() < 1e-12 * whole);
        assert_eq!(payment_over(100.0, 0.0, 4.0), Ok(25.0));
    }
}
