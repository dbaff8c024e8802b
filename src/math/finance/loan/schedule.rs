//! A loan payment by payment: extra payments, interest-only start, balloon, changing rates, dates, cents.

use super::adjust::{Caps, Limit};
use super::cents::Rounding;
use super::frequency::Frequency;
use super::level::{Level, payment_over};
use crate::math::Error;
use crate::math::error::held;
use crate::math::finance::tvm::{self, Timing};
use crate::math::sum::Sum;
use crate::math::time::{DayCount, Terms as CountTerms};
use crate::math::twofold::log_growth;
use jiff::civil::Date;

/// How a period's interest follows from the rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accrual {
    /// Every period is alike.
    Periodic,
    /// Calendar days over 360.
    Actual360,
    /// Calendar days over 365.
    Actual365,
    /// 30/360 US.
    Thirty360,
}

/// What a loan's contract says. Counts are of payments; rates decimal per year, nominal.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The loan, currency.
    pub principal: f64,
    /// The rate at the start.
    pub annual_rate: f64,
    /// Payments until the balloon falls due.
    pub payments: u32,
    /// Payments over which the level payment would repay everything; at least `payments`.
    pub amortization: u32,
    /// Payments of interest alone at the start.
    pub interest_only: u32,
    /// How often it is paid.
    pub frequency: Frequency,
    /// Half the monthly payment every two weeks, instead of a level payment of its own.
    pub accelerated: bool,
    /// How often a year interest is compounded; as often as it is paid where absent.
    pub compounding: Option<f64>,
    /// How interest is counted.
    pub accrual: Accrual,
    /// The date of the loan, and that of the first payment where it is not one period later.
    pub dates: Option<(Date, Option<Date>)>,
    /// Paid in addition with every payment, currency.
    pub extra: f64,
    /// Paid in addition with one payment: its number and the amount; ascending.
    pub extras: Vec<(u32, f64)>,
    /// Whether the payment is computed anew after a payment in addition.
    pub recast: bool,
    /// From which payment on which index counts; ascending.
    pub adjustments: Vec<(u32, f64)>,
    /// Bounds of those rates.
    pub caps: Caps,
    /// Whether payments and interest are whole cents.
    pub rounding: Rounding,
}

/// One payment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// From 1.
    pub number: u32,
    /// Its date.
    pub date: Option<Date>,
    /// Interest and principal, currency.
    pub payment: f64,
    /// Interest, currency.
    pub interest: f64,
    /// Repayment, currency; negative where the payment does not cover the interest.
    pub principal: f64,
    /// Repayment in addition, currency.
    pub extra: f64,
    /// Owed afterwards, currency.
    pub balance: f64,
    /// The rate in force, decimal per year.
    pub rate: f64,
}

/// One change of the rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adjusted {
    /// The first payment at the new rate.
    pub payment_number: u32,
    /// Index plus margin, decimal per year.
    pub indexed: f64,
    /// The rate that applies, decimal per year.
    pub applied: f64,
    /// What held it back.
    pub limit: Limit,
    /// The payment from then on, currency.
    pub payment: f64,
}

/// A loan's payments and what they come to.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The first level payment, currency; none where the loan is repaid before.
    pub payment: Option<f64>,
    /// All payments in order.
    pub rows: Vec<Row>,
    /// All changes of the rate in order.
    pub adjustments: Vec<Adjusted>,
    /// All interest, currency.
    pub total_interest: f64,
    /// Owed after the last payment, currency.
    pub balloon: f64,
}

impl Terms {
    /// The interest on 1 over a part of a year, at a rate.
    ///
    /// # Formula
    /// ```text
    /// (1 + R / C)^(C t) - 1;  R t where C = 1 / t        R  nominal rate, C  compoundings per year, t  years
    /// ```
    ///
    /// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), section 1.8 (nominal rates).
    #[must_use]
    pub fn interest_over(&self, rate: f64, years: f64) -> f64 {
        match self.compounding {
            Some(per_year) if per_year * years != 1.0 => {
                let y = log_growth(rate / per_year).times(per_year * years);
                y.high.exp_m1() + y.high.exp() * y.low
            }
            Some(per_year) => rate / per_year,
            None => rate * years,
        }
    }

    /// The rate that the nominal rate comes to over a year, decimal.
    ///
    /// # Errors
    /// [`Error::Overflow`]
    pub fn effective_rate(&self) -> Result<f64, Error> {
        let per_year = self.compounding.unwrap_or(self.frequency.per_year());
        held((per_year * (self.annual_rate / per_year).ln_1p()).exp_m1(), "effective rate")
    }

    /// The date of a payment; none where the loan has no dates.
    ///
    /// # Errors
    /// [`Error::Date`]
    pub fn date(&self, number: u32) -> Result<Option<Date>, Error> {
        let date = |(start, first): (Date, Option<Date>)| match first {
            Some(first) => self.frequency.date(first, number - 1),
            None => self.frequency.date(start, number),
        };
        Ok(self.dates.map(date).transpose()?)
    }

    /// The interest on 1 over a period between payments.
    fn periodic(&self, rate: f64) -> f64 {
        match self.compounding {
            Some(_) => self.interest_over(rate, 1.0 / self.frequency.per_year()),
            None => rate / self.frequency.per_year(),
        }
    }

    /// The level payment that repays an amount over so many payments, before rounding.
    fn level_payment(&self, amount: f64, rate: f64, payments: u32) -> Result<f64, Error> {
        if self.accelerated {
            let monthly = match self.compounding {
                Some(_) => self.interest_over(rate, 1.0 / 12.0),
                None => rate / 12.0,
            };
            let months = f64::from(payments) * 12.0 / self.frequency.per_year();
            return Ok(0.5 * payment_over(amount, monthly, months)?);
        }
        Ok(tvm::payment(amount, self.periodic(rate), payments.into(), 0.0, Timing::Ordinary)?.payment)
    }
}

/// The payments of a loan.
///
/// # Formula
/// ```text
/// interest_k = f_k balance_(k-1);  payment = level, interest alone, or at the end what settles the loan
/// balance_k = balance_(k-1) + interest_k - payment_k - extra_k;  sum of principal and extra + balloon = loan
///   f_k  (1 + R/C)^(C/P) - 1 periodic, or by days; R rate per year, C compoundings and P payments a year
/// ```
/// Where periods are alike and nothing is rounded, balances are the closed form of [`Level`] less what extra payments
/// have grown to: walked payment by payment, the rounding of the payment would grow with every period's interest.
///
/// # Errors
/// [`Error::RateTooLow`] for a rate that would lose everything within a period, [`Error::Date`],
/// [`Error::Overflow`], [`Error::Stopped`].
///
/// Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), chapter 5; Interest Act (Canada), section 6.
pub fn schedule(terms: &Terms, should_stop: &dyn Fn() -> bool) -> Result<Schedule, Error> {
    let mut walk = Walk::new(terms)?;
    for number in 1..=terms.payments {
        if number % 256 == 0 && should_stop() {
            return Err(Error::Stopped);
        }
        walk.step(number)?;
        if walk.balance == 0.0 {
            break;
        }
    }
    let total_interest = held(walk.interest.total(), "total interest")?;
    let Walk { rows, adjustments, first_payment, balance, .. } = walk;
    Ok(Schedule { payment: first_payment, rows, adjustments, total_interest, balloon: balance })
}

/// The state between two payments.
struct Walk<'a> {
    terms: &'a Terms,
    rate: f64,
    balance: f64,
    payment: f64,
    first_payment: Option<f64>,
    /// The closed form since the payment was computed last.
    path: Option<Path>,
    before: Option<Date>,
    extras: std::iter::Peekable<std::slice::Iter<'a, (u32, f64)>>,
    rows: Vec<Row>,
    adjustments: Vec<Adjusted>,
    interest: Sum,
}

/// A level loan, and how far below it the balance lies.
struct Path {
    level: Level,
    /// Payments made on it.
    made: u64,
    /// Paid beyond the level payment, with its interest, currency.
    ahead: f64,
}

impl<'a> Walk<'a> {
    fn new(terms: &'a Terms) -> Result<Self, Error> {
        Ok(Self {
            terms,
            rate: terms.annual_rate,
            balance: terms.principal,
            payment: 0.0,
            first_payment: None,
            path: None,
            before: terms.dates.map(|(start, _)| start),
            extras: terms.extras.iter().peekable(),
            rows: Vec::with_capacity(terms.payments as usize),
            adjustments: Vec::new(),
            interest: Sum::default(),
        })
    }

    fn step(&mut self, number: u32) -> Result<(), Error> {
        let terms = self.terms;
        let changed = self.change_rate(number);
        let amortizing = number > terms.interest_only;
        if amortizing && (changed || self.first_payment.is_none()) {
            self.compute_payment(number - 1)?;
        }
        let date = terms.date(number)?;
        let factor = self.factor(date)?;
        let interest = terms.rounding.round(held(self.balance * factor, "interest")?);
        if changed {
            let payment = if amortizing { self.payment } else { interest };
            self.adjustments.last_mut().into_iter().for_each(|adjusted| adjusted.payment = payment);
        }
        let (payment, principal) = self.pay(number, factor, interest);
        let extra = self.extra(number).min(self.balance);
        self.repay_extra(extra);
        if terms.recast && extra > 0.0 && amortizing && number < terms.amortization && self.balance > 0.0 {
            self.compute_payment(number)?;
        }
        self.interest.add(interest);
        self.before = date;
        let balance = held(self.balance, "balance")?;
        self.rows.push(Row { number, date, payment, interest, principal, extra, balance, rate: self.rate });
        Ok(())
    }

    /// Takes a new rate where one is due.
    fn change_rate(&mut self, number: u32) -> bool {
        let Some(&(at, index)) = self.terms.adjustments.get(self.adjustments.len()) else { return false };
        if at != number {
            return false;
        }
        let first = self.adjustments.is_empty();
        let (indexed, applied, limit) =
            self.terms.caps.apply(index, self.rate, self.terms.annual_rate, first);
        self.rate = applied;
        self.adjustments.push(Adjusted { payment_number: number, indexed, applied, limit, payment: 0.0 });
        true
    }

    /// The level payment on what is owed, after so many payments.
    fn compute_payment(&mut self, made: u32) -> Result<(), Error> {
        let terms = self.terms;
        let left = terms.amortization - made;
        self.payment = terms.rounding.round(terms.level_payment(self.balance, self.rate, left)?);
        self.first_payment = self.first_payment.or(Some(self.payment));
        let alike = terms.accrual == Accrual::Periodic && terms.rounding == Rounding::None;
        self.path = None;
        if alike {
            let rate = terms.periodic(self.rate);
            let level = Level::new(self.balance, rate, left.into(), 0.0, Timing::Ordinary)?;
            self.path = Some(Path { level, made: 0, ahead: 0.0 });
        }
        Ok(())
    }

    /// The interest on 1 until this payment.
    fn factor(&self, date: Option<Date>) -> Result<f64, Error> {
        let (terms, rate) = (self.terms, self.rate);
        let convention = match terms.accrual {
            Accrual::Periodic => None,
            Accrual::Actual360 => Some(DayCount::Actual360),
            Accrual::Actual365 => Some(DayCount::Actual365Fixed),
            Accrual::Thirty360 => Some(DayCount::Thirty360Us),
        };
        let factor = match (convention, self.before, date) {
            (Some(convention), Some(from), Some(to)) => {
                terms.interest_over(rate, convention.fraction(from, to, &CountTerms::default())?)
            }
            _ => terms.periodic(rate),
        };
        if factor > -1.0 { Ok(factor) } else { Err(Error::RateTooLow { rate }) }
    }

    /// Makes the payment; what it is, and the repayment in it.
    fn pay(&mut self, number: u32, factor: f64, interest: f64) -> (f64, f64) {
        let (terms, before) = (self.terms, self.balance);
        if number <= terms.interest_only {
            return (interest, 0.0);
        }
        let owed = terms.rounding.round(before + interest);
        // Within rounding the payment is all that is owed: no row for the last digit.
        if number == terms.amortization || owed <= self.payment * (1.0 + 1e-12) {
            (self.balance, self.path) = (0.0, None);
            return (owed, before);
        }
        let principal = match &mut self.path {
            Some(path) => path.pay(self.payment, factor, &mut self.balance),
            None => {
                self.balance = terms.rounding.round(before + interest - self.payment);
                terms.rounding.round(self.payment - interest)
            }
        };
        (self.payment, principal)
    }

    /// What is paid in addition with this payment.
    fn extra(&mut self, number: u32) -> f64 {
        let mut extra = self.terms.extra;
        while let Some((_, amount)) = self.extras.next_if(|(at, _)| *at <= number) {
            extra += amount;
        }
        extra
    }

    fn repay_extra(&mut self, extra: f64) {
        if extra == 0.0 {
            return;
        }
        self.balance = self.terms.rounding.round(self.balance - extra);
        if let Some(path) = &mut self.path {
            path.ahead += extra;
        }
    }
}

impl Path {
    /// One payment of this amount: the repayment in it, and the balance afterwards.
    fn pay(&mut self, payment: f64, factor: f64, balance: &mut f64) -> f64 {
        self.made += 1;
        let beyond = payment - self.level.payment();
        // Neither can overflow where the loan itself did not.
        let principal = self.level.principal(self.made).unwrap_or(0.0) + beyond + factor * self.ahead;
        self.ahead += factor * self.ahead + beyond;
        *balance = (self.level.balance(self.made).unwrap_or(0.0) - self.ahead).max(0.0);
        principal
    }
}
