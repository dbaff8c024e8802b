//! Annual percentage rates: the actuarial method of Regulation Z, and the European one.

use super::frequency::Frequency;
use super::unit_period::{Flow, Span, Unit, months_and_days};
use crate::math::Error;
use crate::math::error::held;
use crate::math::finance::tvm;
use crate::math::root::all_roots;
use crate::math::sum::Sum;
use crate::math::time::days_between;
use jiff::civil::Date;

/// A rate that equates what is advanced with what is paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Apr {
    /// The rate per year, decimal: nominal in the United States, effective in Europe.
    pub apr: f64,
    /// The rate per unit-period, decimal; in Europe the unit is the year.
    pub per_unit: f64,
    /// How many other rates do the same, of which this is the one nearest 10 % a year.
    pub others: usize,
    /// How often the present value was computed.
    pub iterations: u32,
    /// The present value left, relative to the sum of the absolute present values.
    pub residual: f64,
}

/// A flow in unit-periods: positive advanced, negative paid.
struct Timed {
    amount: f64,
    span: Span,
}

/// ln(1 + i) at which the present value is looked at first: between two of them it changes sign once.
const POINTS: [f64; 29] = [
    -36.0, -12.0, -5.0, -3.0, -2.0, -1.2, -0.7, -0.4, -0.2, -0.1, -0.05, -0.02, -0.01, -0.004, 0.004, 0.01,
    0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.2, 2.0, 3.0, 6.0, 20.0, 100.0, 700.0,
];
/// Noise of the relative present value.
const ZERO: f64 = 8.0 * f64::EPSILON;

/// The annual percentage rate of Regulation Z.
///
/// # Formula
/// ```text
/// sum A_k / ((1 + e_k i) (1 + i)^q_k) = sum P_j / ((1 + f_j i) (1 + i)^t_j);  APR = i w
///   A, P  advances and payments, currency     q, t  whole unit-periods, e, f  fractions, from the first advance
///   i     rate per unit-period, decimal       w     unit-periods per year
/// ```
///
/// # Errors
/// [`Error::NoRate`] when no rate above -100 % per unit-period equates them; [`Error::Date`],
/// [`Error::Overflow`], [`Error::Stopped`].
///
/// Source: 12 CFR 1026 Appendix J (b)(8).
pub fn regulation_z(
    advances: &[Flow],
    payments: &[Flow],
    unit: Unit,
    should_stop: &dyn Fn() -> bool,
) -> Result<Apr, Error> {
    let start = advances.first().ok_or(Error::NoFlows)?.date;
    let timed =
        |flow: &Flow, sign: f64| Ok(Timed { amount: sign * flow.amount, span: unit.between(start, flow)? });
    let flows = advances.iter().map(|flow| timed(flow, 1.0));
    let flows =
        flows.chain(payments.iter().map(|flow| timed(flow, -1.0))).collect::<Result<Vec<_>, Error>>()?;
    let latest = flows.iter().map(|flow| flow.span.whole).fold(0.0, f64::max);
    let mut count = 0;
    let mut value = |x: f64| {
        count += 1;
        relative(&flows, x, if x < 0.0 { latest } else { 0.0 })
    };
    let roots = all_roots(&mut value, &POINTS, ZERO, should_stop)?;
    let rate = |x: f64| x.exp_m1() * unit.per_year();
    let nearest = roots.iter().min_by(|a, b| (rate(a.x) - 0.1).abs().total_cmp(&(rate(b.x) - 0.1).abs()));
    let root = nearest.ok_or(Error::NoRate)?;
    let per_unit = held(root.x.exp_m1(), "rate")?;
    Ok(Apr {
        apr: held(per_unit * unit.per_year(), "annual percentage rate")?,
        per_unit,
        others: roots.len() - 1,
        iterations: count,
        residual: root.residual.abs(),
    })
}

/// The present value at i = e^x - 1, times (1 + i)^reference, relative to the sum of the absolute terms.
fn relative(flows: &[Timed], x: f64, reference: f64) -> f64 {
    let (mut value, mut size) = (Sum::default(), 0.0);
    let rate = x.exp_m1();
    // Amounts up to the largest float: their sum must not overflow.
    let scale = flows.iter().map(|flow| flow.amount.abs()).fold(f64::MIN_POSITIVE, f64::max);
    for flow in flows {
        let factor = ((reference - flow.span.whole) * x).exp() / (1.0 + flow.span.fraction * rate);
        let present = flow.amount / scale * factor;
        value.add(present);
        size += present.abs();
    }
    if size > 0.0 { value.total() / size } else { 0.0 }
}

/// The annual percentage rate of charge of the European directive.
///
/// # Formula
/// ```text
/// sum C_k (1 + X)^-t_k = sum D_l (1 + X)^-s_l
///   C, D  advances and payments, currency    X  rate per year, effective, decimal    t, s  years, `years`
/// ```
///
/// # Errors
/// As [`tvm::xirr`]; [`Error::Date`].
///
/// Source: Directive 2008/48/EC, Annex I, part I.
pub fn european(advances: &[Flow], payments: &[Flow], should_stop: &dyn Fn() -> bool) -> Result<Apr, Error> {
    let start = advances.first().ok_or(Error::NoFlows)?.date;
    let all = || advances.iter().chain(payments);
    let times = all().map(|flow| years(start, flow)).collect::<Result<Vec<f64>, Error>>()?;
    let paid = payments.iter().map(|flow| -flow.amount);
    let amounts: Vec<f64> = advances.iter().map(|flow| flow.amount).chain(paid).collect();
    let found = tvm::xirr(&amounts, &times, 0.1, should_stop)?;
    Ok(Apr {
        apr: found.irr,
        per_unit: found.irr,
        others: found.other_roots.len(),
        iterations: found.iterations,
        residual: found.residual,
    })
}

/// The time to a flow in years.
///
/// # Formula
/// ```text
/// weekly series: whole weeks / 52 + odd days / 365;  else whole months / 12 + odd days / 365, counted back
/// ```
///
/// # Errors
/// [`Error::Date`]
///
/// Source: Directive 2008/48/EC, Annex I, part I, remark (c).
fn years(start: Date, flow: &Flow) -> Result<f64, Error> {
    if flow.every.and_then(Frequency::weeks).is_some() {
        let days = days_between(start, flow.date) as f64;
        let weeks = (days / 7.0).floor();
        return Ok(weeks / 52.0 + (days - 7.0 * weeks) / 365.0);
    }
    let (months, odd) = months_and_days(start, flow)?;
    Ok(f64::from(months) / 12.0 + odd / 365.0)
}
