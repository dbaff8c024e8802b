//! Time value of money: single amounts, annuities, net present value, rates of return.

mod annuity_fv;
mod annuity_pv;
mod future_value;
mod irr;
mod npv;
mod payment;
mod present_value;
mod solve_tvm;
mod value_annuity_stream;
mod xirr;
mod xnpv;

use crate::toolkit::{Context, Entry, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "tvm",
    title: "Time value of money",
    description: "Present and future values, annuities, loan payments, net present value, internal rate of return, and a solver for \
        any quantity of a plan.",
    tools: &[
        Entry::of::<present_value::PresentValue>(),
        Entry::of::<future_value::FutureValue>(),
        Entry::of::<npv::Npv>(),
        Entry::of::<irr::Irr>(),
        Entry::of::<payment::Payment>(),
        Entry::of::<annuity_pv::AnnuityPv>(),
        Entry::of::<annuity_fv::AnnuityFv>(),
        Entry::of::<xnpv::Xnpv>(),
        Entry::of::<xirr::Xirr>(),
        Entry::of::<solve_tvm::SolveTvm>(),
        Entry::of::<value_annuity_stream::AnnuityStream>(),
    ],
};

/// A guess at a rate of return, when none is given (as Excel's IRR).
fn usual_guess() -> f64 {
    0.1
}

/// Several rates are told, because each of them alone misleads.
fn warn_of_other_roots(cx: &Context, count: usize) {
    if count > 0 {
        cx.warn(format!(
            "{} rates make the present value zero: irr is the one nearest the guess, otherRoots has the rest; \
             no single rate describes these flows, so judge them by net present value",
            count + 1
        ));
    }
}
