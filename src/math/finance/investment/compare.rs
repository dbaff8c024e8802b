//! Measures of one project, and what lies between two.

use crate::math::Error;
use crate::math::finance::tvm::{Decision, Timing, irr, npv, payment};

/// What the flows of a project say of it at one rate.
///
/// # Formula
/// ```text
/// npv = sum of CF_t / (1 + r)^t;  annuity = npv r / (1 - (1 + r)^-n), n = flows - 1
/// index = (npv - CF_0) / -CF_0
/// ```
///
/// Source: see [`measures`].
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Net present value, currency.
    pub npv: f64,
    /// What it says.
    pub decision: Decision,
    /// All internal rates of return, ascending, decimal per period.
    pub rates: Vec<f64>,
    /// How often consecutive flows other than zero differ in sign.
    pub sign_changes: usize,
    /// The level amount per period, over the project's life, of the same present value, currency.
    pub annuity: f64,
    /// Present value of the flows after time zero per unit of the outlay there; none without an outlay.
    pub index: Option<f64>,
}

/// Net present value, rates of return, equivalent annuity and profitability of a project.
///
/// # Formula
/// ```text
/// see [`Measures`]
///   CF_t  flow at the end of period t, currency, outflow negative, two flows at least
///   r     rate per period, decimal, > -1
/// ```
///
/// # Errors
/// [`Error::TooFewFlows`], [`Error::RateTooLow`], [`Error::NotFinite`], [`Error::Stopped`]; [`Error::Overflow`] when a
/// result is above the largest float.
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapters 5 and 6.
pub fn measures(flows: &[f64], rate: f64, should_stop: &dyn Fn() -> bool) -> Result<Measures, Error> {
    if flows.len() < 2 {
        return Err(Error::TooFewFlows { count: flows.len() });
    }
    let total = npv(rate, flows)?;
    let outlay = -flows[0];
    let index = (outlay > 0.0).then(|| -> Result<f64, Error> {
        let mut later = flows.to_vec();
        later[0] = 0.0;
        let index = npv(rate, &later)?.npv / outlay;
        if index.is_finite() { Ok(index) } else { Err(Error::Overflow { name: "profitability index" }) }
    });
    Ok(Measures {
        npv: total.npv,
        decision: total.decision(),
        rates: all_rates(flows, should_stop)?,
        sign_changes: sign_changes(flows),
        annuity: payment(total.npv, rate, flows.len() as u64 - 1, 0.0, Timing::Ordinary)?.payment,
        index: index.transpose()?,
    })
}

/// Where two projects are worth the same, and what the larger brings beyond the smaller.
///
/// # Formula
/// ```text
/// D_t = flow of the project with the larger outlay at time 0, less that of the other; first - second with equal outlays
/// rates: sum of D_t / (1 + r)^t = 0;  incremental = sum of D_t / (1 + r)^t at the discount rate
/// ```
///
/// Source: see [`crossover`].
#[derive(Clone, Debug, PartialEq)]
pub struct Crossover {
    /// All rates at which both have one net present value, ascending, decimal per period.
    pub rates: Vec<f64>,
    /// Net present value of the difference, currency.
    pub incremental: f64,
}

/// The crossover of two projects; the shorter one has flows of zero at its end.
///
/// # Formula
/// ```text
/// see [`Crossover`]        r  rate per period, decimal, > -1
/// ```
///
/// # Errors
/// As [`measures`].
///
/// Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.3.
pub fn crossover(
    first: &[f64],
    second: &[f64],
    rate: f64,
    should_stop: &dyn Fn() -> bool,
) -> Result<Crossover, Error> {
    let at = |flows: &[f64], t: usize| flows.get(t).copied().unwrap_or(0.0);
    let (more, less) = if at(second, 0) < at(first, 0) { (second, first) } else { (first, second) };
    let difference: Vec<f64> =
        (0..first.len().max(second.len())).map(|t| at(more, t) - at(less, t)).collect();
    if difference.iter().any(|flow| !flow.is_finite()) {
        return Err(Error::Overflow { name: "difference of the flows" });
    }
    Ok(Crossover { rates: all_rates(&difference, should_stop)?, incremental: npv(rate, &difference)?.npv })
}

/// All internal rates of return, ascending; none where there is no such rate.
fn all_rates(flows: &[f64], should_stop: &dyn Fn() -> bool) -> Result<Vec<f64>, Error> {
    match irr(flows, 0.0, should_stop) {
        Ok(found) => {
            let mut rates = found.other_roots;
            rates.push(found.irr);
            rates.sort_by(f64::total_cmp);
            Ok(rates)
        }
        Err(Error::NoSignChange | Error::NoRate | Error::EveryRate | Error::RateOutOfRange) => Ok(vec![]),
        Err(other) => Err(other),
    }
}

fn sign_changes(flows: &[f64]) -> usize {
    let signs: Vec<bool> = flows.iter().filter(|flow| **flow != 0.0).map(|flow| *flow > 0.0).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}
