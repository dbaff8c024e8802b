//! Internal rate of return of dated cash flows.

use super::{usual_guess, warn_of_other_roots};
use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{DatedFlow, actual_365};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Xirr;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// The first listed flow is time 0; the others in any order, none before it.
    #[schemars(length(min = 2, max = 100_000))]
    cash_flows: Vec<DatedFlow>,
    /// With several rates, the one nearest this becomes irr [decimal per year].
    #[serde(default = "usual_guess")]
    #[schemars(extend("exclusiveMinimum" = -1.0))]
    guess: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// The annual rate that makes the net present value zero, Actual/365 fixed [decimal per year].
    irr: f64,
    /// Further such rates, ascending; empty when irr is the only one [decimal per year].
    other_roots: Vec<f64>,
    /// Number of flows.
    cash_flow_count: usize,
}

impl Tool for Xirr {
    const NAME: &'static str = "calculate_xirr";
    const TITLE: &'static str = "Internal rate of return of dated cash flows";
    const DESCRIPTION: &'static str = "Finds every annual rate that makes the net present value of dated cash flows zero, Actual/365 fixed, as \
        Excel's XIRR. For equally spaced flows use calculate_irr.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"cashFlows": [
                {"date": "2008-01-01", "amount": -10000}, {"date": "2008-03-01", "amount": 2750},
                {"date": "2008-10-30", "amount": 4250}, {"date": "2009-02-15", "amount": 3250},
                {"date": "2009-04-01", "amount": 2750}]}"#,
        expect: r#"{"irr": 0.373362533518831510, "otherRoots": [], "cashFlowCount": 5}"#,
        tolerance: 1e-12,
        source: "Microsoft Excel documentation of XIRR (0.373362535, where Excel's iteration stops); the root itself by mpmath \
                1.3.0 findroot",
    }];
    const FORMULA: &'static str = "\
        0 = sum over i of cashFlows[i].amount / (1 + irr)^(days_i / 365), irr > -1\n\
        days_i: days from cashFlows[0].date to cashFlows[i].date\n\
        Of several solutions irr is the one nearest guess, otherRoots has the rest.\n\
        Source: Microsoft Excel documentation, XIRR function";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (amounts, times) = actual_365(&args.cash_flows)?;
        let found = tvm::xirr(&amounts, &times, args.guess, &|| cx.should_stop())?;
        warn_of_other_roots(cx, found.other_roots.len());
        Ok(Output { irr: found.irr, other_roots: found.other_roots, cash_flow_count: amounts.len() })
    }
}
