//! Arguments that many tools take, with their wording and bounds in one place.

pub(super) mod dates;
mod series;

pub(super) use series::Points;

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, format};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Refuses a result that has left the range of floats, naming it.
pub(super) fn held(value: f64, name: &'static str) -> Result<f64, Error> {
    Ok(crate::math::error::held(value, name)?)
}

/// A quotient; null where a part is missing or the denominator is zero.
pub(super) fn ratio(part: Option<f64>, whole: Option<f64>, name: &'static str) -> Result<Option<f64>, Error> {
    match (part, whole) {
        (Some(part), Some(whole)) if whole != 0.0 => held(part / whole, name).map(Some),
        _ => Ok(None),
    }
}

/// A rate per period that leaves something to discount: above -100 %.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy)]
#[serde(transparent)]
pub(super) struct Rate(#[schemars(extend("exclusiveMinimum" = -1.0))] pub f64);

/// A number of whole periods. Closed forms cost nothing, so the bound only keeps it a count.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(transparent)]
pub(super) struct Periods(#[schemars(range(max = 1_000_000_000))] u32);

impl From<Periods> for u64 {
    fn from(periods: Periods) -> Self {
        periods.0.into()
    }
}

/// A number of payments, of which there is at least one.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(transparent)]
pub(super) struct Payments(#[schemars(range(min = 1, max = 1_000_000_000))] u32);

impl From<Payments> for u64 {
    fn from(payments: Payments) -> Self {
        payments.0.into()
    }
}

/// ordinary: at the end of each period; due: at its start.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
pub(super) enum Timing {
    #[default]
    Ordinary,
    Due,
}

impl From<Timing> for tvm::Timing {
    fn from(timing: Timing) -> Self {
        match timing {
            Timing::Ordinary => Self::Ordinary,
            Timing::Due => Self::Due,
        }
    }
}

/// A cash flow on a date.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DatedFlow {
    /// 2024-01-31 (midnight UTC), or a date-time with offset.
    #[schemars(extend("x-format" = "instant"))]
    pub date: String,
    /// Outflow negative [currency].
    pub amount: f64,
}

/// Amounts and their times in years of 365 days since the first listed flow.
///
/// # Errors
/// When a flow lies before the first listed one, as Excel's XNPV and XIRR refuse it.
pub(super) fn actual_365(flows: &[DatedFlow]) -> Result<(Vec<f64>, Vec<f64>), Error> {
    let mut times = Vec::with_capacity(flows.len());
    let mut first = None;
    for (i, flow) in flows.iter().enumerate() {
        let at = instant(&flow.date, &format!("cashFlows[{i}].date"))?;
        let days = at.duration_since(*first.get_or_insert(at)).as_secs_f64() / 86_400.0;
        if days < 0.0 {
            let first = &flows[0].date;
            let message = format!(
                "{} is before the first listed date, {first}; list the earliest flow first",
                flow.date
            );
            return Err(Error::at(format!("cashFlows[{i}].date"), message));
        }
        times.push(days / 365.0);
    }
    Ok((flows.iter().map(|flow| flow.amount).collect(), times))
}

fn instant(text: &str, path: &str) -> Result<Timestamp, Error> {
    format::instant(text).ok_or_else(|| Error::at(path, "is no date"))
}

/// What an investment's net present value says about it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) enum Decision {
    Accept,
    Reject,
    Indifferent,
}

impl From<tvm::Decision> for Decision {
    fn from(decision: tvm::Decision) -> Self {
        match decision {
            tvm::Decision::Accept => Self::Accept,
            tvm::Decision::Reject => Self::Reject,
            tvm::Decision::Indifferent => Self::Indifferent,
        }
    }
}

/// Refuses an argument of 0, saying what it would mean.
///
/// # Errors
/// With the argument's name and `why`.
pub(super) fn not_zero(value: f64, name: &str, why: &str) -> Result<f64, Error> {
    if value == 0.0 {
        Err(Error::at(name, format!("got 0; wanted: a number other than 0, because {why}")))
    } else {
        Ok(value)
    }
}

/// Whether a figure is above a bound by more than its rounding: 11 against 10 is no growth of more than 10 %.
pub(super) fn exceeds(figure: f64, bound: f64) -> bool {
    figure > bound + 1e-12 * bound.abs()
}

/// Tells which arguments were given beside the choice that would use them: a caller who states one expects an effect.
///
/// Each is whether it was given, its name, and where it is used.
pub(in crate::tools) fn warn_of_idle(cx: &Context, arguments: &[(bool, &str, &str)]) {
    for (_, name, used) in arguments.iter().filter(|(given, ..)| *given) {
        cx.warn(format!("{name} is not used: it belongs to {used}"));
    }
}

/// Refuses a result beyond the range of floats, naming it.
///
/// # Errors
/// In the words of [`crate::math::Error::Overflow`].
pub(super) fn finite(value: f64, name: &'static str) -> Result<f64, Error> {
    if value.is_finite() { Ok(value) } else { Err(crate::math::Error::Overflow { name }.into()) }
}
