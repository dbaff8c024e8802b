//! Net present value of dated cash flows.

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{DatedFlow, Decision, Rate, actual_365};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Xnpv;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Discount rate per year, 0.08 for 8 % [decimal per year].
    rate: Rate,
    /// The first listed flow is time 0; the others in any order, none before it.
    #[schemars(length(min = 1))]
    cash_flows: Vec<DatedFlow>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Sum of CF_i / (1 + rate)^(days_i / 365), Actual/365 fixed [currency].
    npv: f64,
    /// accept above zero, reject below, indifferent within 1e-12 of the sum of absolute present values.
    decision: Decision,
    /// Number of flows.
    cash_flow_count: usize,
}

impl Tool for Xnpv {
    const NAME: &'static str = "calculate_xnpv";
    const TITLE: &'static str = "Net present value of dated cash flows";
    const DESCRIPTION: &'static str = "Discounts cash flows on given dates to the first listed date, Actual/365 fixed, as Excel's XNPV. For \
        equally spaced flows use calculate_npv.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"rate": 0.09, "cashFlows": [
                {"date": "2008-01-01", "amount": -10000}, {"date": "2008-03-01", "amount": 2750},
                {"date": "2008-10-30", "amount": 4250}, {"date": "2009-02-15", "amount": 3250},
                {"date": "2009-04-01", "amount": 2750}]}"#,
        expect: r#"{"npv": 2086.64760203153662, "decision": "accept", "cashFlowCount": 5}"#,
        tolerance: 1e-12,
        source: "Microsoft Excel documentation of XNPV (2086.647602); further digits by mpmath 1.3.0",
    }];
    const FORMULA: &'static str = "\
        npv = sum over i of cashFlows[i].amount / (1 + rate)^(days_i / 365)\n\
        days_i: days from cashFlows[0].date to cashFlows[i].date\n\
        Source: Microsoft Excel documentation, XNPV function";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (amounts, times) = actual_365(&args.cash_flows)?;
        let value = tvm::xnpv(args.rate.0, &amounts, &times)?;
        Ok(Output { npv: value.npv, decision: value.decision().into(), cash_flow_count: amounts.len() })
    }
}
