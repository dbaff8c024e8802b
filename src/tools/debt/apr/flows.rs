//! Advances and payments of a call as single flows.

use super::{Args, Frequency};
use crate::math;
use crate::math::finance::loan::{self, Flow};
use crate::toolkit::{Error, Problem};
use jiff::civil::Date;

/// Payments that a call may have, rows repeated.
const MOST: usize = 2000;

impl From<Frequency> for loan::Frequency {
    fn from(frequency: Frequency) -> Self {
        match frequency {
            Frequency::Weekly => Self::Weekly,
            Frequency::Biweekly => Self::Biweekly,
            Frequency::SemiMonthly => Self::SemiMonthly,
            Frequency::Monthly => Self::Monthly,
            Frequency::Quarterly => Self::Quarterly,
            Frequency::SemiAnnual => Self::SemiAnnual,
            Frequency::Annual => Self::Annual,
        }
    }
}

/// Advances and payments in order of date, the charge taken off.
pub(super) fn flows(args: &Args) -> Result<(Vec<Flow>, Vec<Flow>), Error> {
    let mut advances = Vec::with_capacity(args.advances.len());
    for advance in &args.advances {
        let date = advance.date.0;
        advances.push(Flow { date, day: date.day(), amount: advance.amount, every: None });
    }
    advances.sort_by_key(|flow| flow.date);
    check_rows(args, advances[0].date)?;
    let mut payments = Vec::new();
    for row in &args.payments {
        let first = row.date.0;
        let every = row.frequency.map(loan::Frequency::from);
        let series = day_of_series(advances[0].date, first);
        for k in 0..row.count {
            let date = every.map_or(Ok(first), |every| every.date(first, k)).map_err(math::Error::from)?;
            payments.push(match every.and_then(loan::Frequency::months) {
                Some(_) => Flow {
                    date: loan::day_of_month(date, series).map_err(math::Error::from)?,
                    day: series,
                    amount: row.amount,
                    every,
                },
                None => Flow { date, day: date.day(), amount: row.amount, every },
            });
        }
    }
    payments.sort_by_key(|flow| flow.date);
    advances[0].amount -= args.prepaid_finance_charge;
    if advances[0].amount <= 0.0 {
        let (got, first) = (args.prepaid_finance_charge, advances[0].amount + args.prepaid_finance_charge);
        let message = format!("got {got}; wanted: less than the first advance, {first}");
        return Err(Error::at("prepaidFinanceCharge", message));
    }
    Ok((advances, payments))
}

/// The day of the month on which a row falls: a first payment on the last of a short month, for a loan that began on a
/// later day, stands for that day.
fn day_of_series(start: Date, first: Date) -> i8 {
    if first.day() == first.days_in_month() { first.day().max(start.day()) } else { first.day() }
}

/// What the schema cannot say of the rows.
fn check_rows(args: &Args, start: Date) -> Result<(), Error> {
    let mut problems: Vec<Problem> = Vec::new();
    for (i, row) in args.payments.iter().enumerate() {
        let mut refuse =
            |field: &str, message| problems.push(Problem::new(format!("payments[{i}].{field}"), message));
        if row.date.0 < start {
            refuse("date", format!("got {}; wanted: not before the first advance, {start}", row.date.0));
        }
        if row.count > 1 && row.frequency.is_none() {
            let message =
                format!("missing; wanted: how often the {} payments fall, such as monthly", row.count);
            refuse("frequency", message);
        }
    }
    let count: usize = args.payments.iter().map(|row| row.count as usize).sum();
    if count > MOST {
        let message = format!("got {count} in all; wanted: at most {MOST}");
        problems.push(Problem::new("payments", message));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}
