//! Returns of an account with money put in and taken out.

use super::within;
use crate::math::Error;
use crate::math::error::finite;
use crate::math::finance::growth::equivalent_rate;
use crate::math::sum::Sum;

/// Money put into an account, or taken out of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Put in, currency; taken out negative.
    pub amount: f64,
    /// Share of the whole time that it was there, 0 ... 1.
    pub weight: f64,
    /// Value of the account just before, currency, where it is known.
    pub before: Option<f64>,
}

/// An account at the start and at the end of a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Value at the start, currency.
    pub start: f64,
    /// Value at the end, currency.
    pub end: f64,
    /// What came and went between, in order of time.
    pub flows: Vec<Flow>,
}

/// Gain over average capital.
///
/// # Formula
/// ```text
/// gain = E - B - F;  capital = B + sum w_i F_i;  modified = gain / capital;  simple = gain / (B + F/2)
/// ```
///
/// Source: see [`dietz`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dietz {
    /// What was gained, currency.
    pub gain: f64,
    /// All flows together, currency.
    pub net_flow: f64,
    /// Capital at the start and the flows by their share of the time, currency.
    pub capital: f64,
    /// Return on that, decimal; none when it is not above zero.
    pub modified: Option<f64>,
    /// Return with all flows in the middle, decimal; none when that capital is not above zero.
    pub simple: Option<f64>,
}

/// Modified and simple Dietz return.
///
/// # Formula
/// ```text
/// modified = (E - B - F) / (B + sum w_i F_i);  simple = (E - B - F) / (B + F/2)
///   B, E  values at start and end, currency    F_i  flows, currency; F their sum    w_i  share of the time, 0 ... 1
/// ```
///
/// # Errors
/// [`Error::NotFinite`]; [`Error::Overflow`] when a result is above the largest float.
///
/// Source: P. O. Dietz, Pension Funds: Measuring Investment Performance (1966); C. R. Bacon, Practical Portfolio
/// Performance Measurement and Attribution, 2nd ed. (2008), chapter 2.
pub fn dietz(account: &Account) -> Result<Dietz, Error> {
    let (start, end) = (finite(account.start, "start value")?, finite(account.end, "end value")?);
    let total = |weight: &dyn Fn(&Flow) -> f64, first: f64| {
        let mut sum: Sum = account.flows.iter().map(|flow| flow.amount * weight(flow)).collect();
        sum.add(first);
        sum
    };
    let net_flow = within(total(&|_| 1.0, 0.0).total(), "net flow")?;
    let mut left = total(&|_| -1.0, end);
    left.add(-start);
    let gain = within(left.total(), "gain")?;
    let capital = within(total(&|flow| flow.weight, start).total(), "average capital")?;
    let on = |capital: f64| (capital > 0.0).then(|| within(gain / capital, "return")).transpose();
    Ok(Dietz { gain, net_flow, capital, modified: on(capital)?, simple: on(start + 0.5 * net_flow)? })
}

/// The returns between flows, of which the time-weighted return is made.
///
/// # Formula
/// ```text
/// r_k = V_k / (V_(k-1) + F_(k-1)) - 1        V_k  value just before flow k, at the end E;  V_0 + F_0 = B
/// ```
///
/// # Errors
/// [`Error::NoAnswer`] when a value before a flow is not known, or nothing or a debt is invested between two flows;
/// [`Error::NotFinite`]; [`Error::Overflow`].
///
/// Source: CFA Institute, Global Investment Performance Standards (2020); C. R. Bacon, Practical Portfolio Performance
/// Measurement and Attribution, 2nd ed. (2008), chapter 2.
pub fn sub_periods(account: &Account) -> Result<Vec<f64>, Error> {
    let mut invested = finite(account.start, "start value")?;
    let mut returns = Vec::with_capacity(account.flows.len() + 1);
    let ends = account.flows.iter().map(|flow| (flow.before, flow.amount));
    for (before, amount) in ends.chain([(Some(account.end), 0.0)]) {
        let Some(before) = before else {
            return Err(Error::NoAnswer {
                why: "a time-weighted return needs the value before every flow (valueBefore)",
            });
        };
        if before == 0.0 && invested == 0.0 && returns.is_empty() {
            // Nothing before the first deposit: no time to measure.
        } else if invested > 0.0 {
            returns.push(within((finite(before, "value before a flow")? - invested) / invested, "return")?);
        } else {
            return Err(Error::NoAnswer {
                why: "a time-weighted return needs something invested between any two flows: the value after one of them is not above zero",
            });
        }
        invested = within(before + amount, "value after a flow")?;
    }
    Ok(returns)
}

/// A return over some days, as a rate per year of 365 days; none below a year, and none for a loss of more than all.
///
/// # Formula
/// ```text
/// A = (1 + R)^(365 / days) - 1        R  decimal, >= -1;  days >= 365
/// ```
///
/// # Errors
/// [`Error::NotFinite`]; [`Error::Overflow`].
///
/// Source: CFA Institute, Global Investment Performance Standards (2020): returns for less than a year are not annualised.
pub fn annualized_from_days(total: f64, days: f64) -> Result<Option<f64>, Error> {
    if days < 365.0 || total < -1.0 {
        return Ok(None);
    }
    if total == -1.0 { Ok(Some(-1.0)) } else { equivalent_rate(total, 365.0 / days).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(amount: f64, weight: f64, before: f64) -> Flow {
        Flow { amount, weight, before: Some(before) }
    }

    #[test]
    fn an_account_opened_with_a_deposit_has_a_return() {
        let account = Account { start: 0.0, end: 110.0, flows: vec![flow(100.0, 1.0, 0.0)] };
        assert_eq!(dietz(&account).unwrap().modified, Some(0.1));
        assert_eq!(sub_periods(&account), Ok(vec![0.1]));
    }

    #[test]
    fn an_empty_account_between_has_none() {
        let account =
            Account { start: 100.0, end: 60.0, flows: vec![flow(-110.0, 0.6, 110.0), flow(50.0, 0.3, 0.0)] };
        assert!(matches!(sub_periods(&account), Err(Error::NoAnswer { .. })));
        let unknown = Account { flows: vec![Flow { before: None, ..flow(5.0, 0.5, 0.0) }], ..account };
        assert!(matches!(sub_periods(&unknown), Err(Error::NoAnswer { .. })));
    }

    #[test]
    fn capital_that_is_not_there_earns_no_rate() {
        let d = dietz(&Account { start: 100.0, end: 10.0, flows: vec![flow(-300.0, 0.5, 350.0)] }).unwrap();
        assert_eq!((d.modified, d.simple, d.gain, d.capital), (None, None, 210.0, -50.0));
        assert_eq!(annualized_from_days(0.5, 364.0), Ok(None));
        assert_eq!(annualized_from_days(-1.0, 730.0), Ok(Some(-1.0)));
        assert!((annualized_from_days(0.21, 730.0).unwrap().unwrap() - 0.1).abs() < 1e-15);
    }
}
