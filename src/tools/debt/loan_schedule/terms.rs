//! A loan's terms from the arguments of a call, and what to say about them.

use super::{Args, Compounding, Frequency, Method, Mode};
use crate::math::finance::loan::{self, Accrual, Caps, Rounding, Schedule, Terms};
use crate::toolkit::{Context, Error, Problem};
use crate::tools::shared::warn_of_idle;
use jiff::civil::Date;

/// What was asked for and did not come about.
pub(super) fn tell(cx: &Context, args: &Args, terms: &Terms, made: &Schedule) {
    let count = made.rows.len();
    if terms.extras.iter().any(|(number, amount)| *number as usize > count && *amount > 0.0) {
        cx.warn(format!("the loan is repaid with payment {count}: extraPayments after it are not needed"));
    }
    if terms.adjustments.len() > made.adjustments.len() {
        cx.warn(format!("the loan ends with payment {count}: rateAdjustments after it have no effect"));
    }
    let first = args.rate_adjustments.first();
    if first.is_some() && args.periodic_cap.is_some() && args.initial_cap.is_none() {
        cx.warn(
            "periodicCap holds from the second rate change on; the first one has no initialCap and so no cap",
        );
    }
    if args.first_payment_date.is_some() && args.interest_method == Method::Periodic {
        cx.warn("interestMethod periodic charges one whole period for the first payment, whatever its date");
    }
    idle(cx, args);
}

/// What is stated for a case that the other arguments exclude.
fn idle(cx: &Context, args: &Args) {
    let (fixed, changes) = (args.rate_adjustments.is_empty(), "rateAdjustments, which are not given");
    let no_extra = args.extra_payment == 0.0 && args.extra_payments.is_empty();
    let half_up = matches!(args.rounding_mode, Mode::HalfUp);
    warn_of_idle(
        cx,
        &[
            (fixed && args.margin != 0.0, "margin", changes),
            (fixed && args.initial_cap.is_some(), "initialCap", changes),
            (fixed && args.periodic_cap.is_some(), "periodicCap", changes),
            (fixed && args.lifetime_cap.is_some(), "lifetimeCap", changes),
            (fixed && args.floor_rate.is_some(), "floorRate", changes),
            (no_extra && args.recast, "recast", "extra payments, which are not given"),
            (half_up && !args.round_payments, "roundingMode", "roundPayments true"),
        ],
    );
}

/// The terms that the arguments state.
pub(super) fn terms(args: &Args) -> Result<Terms, Error> {
    let frequency = match args.payment_frequency {
        Frequency::Monthly => loan::Frequency::Monthly,
        Frequency::SemiMonthly => loan::Frequency::SemiMonthly,
        Frequency::Biweekly | Frequency::AcceleratedBiweekly => loan::Frequency::Biweekly,
        Frequency::Weekly => loan::Frequency::Weekly,
        Frequency::Quarterly => loan::Frequency::Quarterly,
        Frequency::SemiAnnual => loan::Frequency::SemiAnnual,
        Frequency::Annual => loan::Frequency::Annual,
    };
    check(args)?;
    let mut extras: Vec<(u32, f64)> =
        args.extra_payments.iter().map(|extra| (extra.payment_number, extra.amount)).collect();
    extras.sort_by_key(|(number, _)| *number);
    Ok(Terms {
        principal: args.principal,
        annual_rate: args.annual_rate,
        payments: args.number_of_payments,
        amortization: args.amortization_payments.unwrap_or(args.number_of_payments),
        interest_only: args.interest_only_payments,
        frequency,
        accelerated: args.payment_frequency == Frequency::AcceleratedBiweekly,
        compounding: match args.compounding {
            Compounding::MatchPayment => None,
            Compounding::SemiAnnual => Some(2.0),
            Compounding::Monthly => Some(12.0),
            Compounding::Annual => Some(1.0),
        },
        accrual: match args.interest_method {
            Method::Periodic => Accrual::Periodic,
            Method::Actual360 => Accrual::Actual360,
            Method::Actual365 => Accrual::Actual365,
            Method::Thirty360 => Accrual::Thirty360,
        },
        dates: dates(args)?,
        extra: args.extra_payment,
        extras,
        recast: args.recast,
        adjustments: args.rate_adjustments.iter().map(|a| (a.payment_number, a.index_rate)).collect(),
        caps: Caps {
            margin: args.margin,
            initial: args.initial_cap,
            periodic: args.periodic_cap,
            lifetime: args.lifetime_cap,
            floor: args.floor_rate,
        },
        rounding: match (args.round_payments, args.rounding_mode) {
            (false, _) => Rounding::None,
            (true, Mode::HalfEven) => Rounding::HalfEven,
            (true, Mode::HalfUp) => Rounding::HalfUp,
        },
    })
}

fn dates(args: &Args) -> Result<Option<(Date, Option<Date>)>, Error> {
    let (start, first) = (args.start_date.map(|day| day.0), args.first_payment_date.map(|day| day.0));
    match (start, first) {
        (Some(start), Some(first)) if first <= start => Err(Error::at(
            "firstPaymentDate",
            format!("got {first}; wanted: a date after startDate, {start}"),
        )),
        (None, Some(first)) => {
            Err(Error::at("startDate", format!("missing; wanted: a date before firstPaymentDate, {first}")))
        }
        (start, first) => Ok(start.map(|start| (start, first))),
    }
}

/// The rules across arguments.
fn check(args: &Args) -> Result<(), Error> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut refuse = |path: String, message: String| problems.push(Problem::new(path, message));
    let count = args.number_of_payments;
    if args.interest_only_payments >= count {
        let got = args.interest_only_payments;
        refuse(
            "interestOnlyPayments".into(),
            format!("got {got}; wanted: fewer than numberOfPayments, {count}"),
        );
    }
    if let Some(got) = args.amortization_payments.filter(|got| *got < count) {
        refuse(
            "amortizationPayments".into(),
            format!("got {got}; wanted: at least numberOfPayments, {count}"),
        );
    }
    if args.interest_method != Method::Periodic && args.start_date.is_none() {
        refuse("startDate".into(), "missing; wanted: a date, which interestMethod needs".into());
    }
    for (i, extra) in args.extra_payments.iter().enumerate().filter(|(_, e)| e.payment_number > count) {
        let got = extra.payment_number;
        let path = format!("extraPayments[{i}].paymentNumber");
        refuse(path, format!("got {got}; wanted: at most numberOfPayments, {count}"));
    }
    for (i, pair) in args.rate_adjustments.windows(2).enumerate() {
        if pair[1].payment_number <= pair[0].payment_number {
            let path = format!("rateAdjustments[{}].paymentNumber", i + 1);
            let (got, before) = (pair[1].payment_number, pair[0].payment_number);
            refuse(path, format!("got {got}; wanted: ascending numbers, so above {before}"));
        }
    }
    for (path, amount) in fractions(args) {
        refuse(path, format!("got {amount}; wanted: whole cents, because roundPayments is true"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}

/// Amounts that are no whole cents although payments are to be.
fn fractions(args: &Args) -> Vec<(String, f64)> {
    if !args.round_payments {
        return Vec::new();
    }
    let amounts = [("principal".to_owned(), args.principal), ("extraPayment".to_owned(), args.extra_payment)];
    let single = args.extra_payments.iter().enumerate();
    let single = single.map(|(i, extra)| (format!("extraPayments[{i}].amount"), extra.amount));
    let off =
        |amount: f64| (Rounding::HalfEven.round(amount) - amount).abs() > 4.0 * f64::EPSILON * amount.abs();
    amounts.into_iter().chain(single).filter(|(_, amount)| off(*amount)).collect()
}
