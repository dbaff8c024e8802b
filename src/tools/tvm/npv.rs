//! Net present value of equally spaced cash flows.

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Decision, Rate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Npv;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Discount rate per period, 0.08 for 8 % [decimal per period].
    rate: Rate,
    /// Flows at periods 0, 1, 2, …; outflows negative [currency].
    #[schemars(length(min = 1))]
    cash_flows: Vec<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Sum of CF_t / (1 + rate)^t, the first flow undiscounted [currency].
    npv: f64,
    /// accept above zero, reject below, indifferent within 1e-12 of the sum of absolute present values.
    decision: Decision,
    /// Number of flows less one.
    period_count: usize,
}

impl Tool for Npv {
    const NAME: &'static str = "calculate_npv";
    const TITLE: &'static str = "Net present value";
    const DESCRIPTION: &'static str = "Discounts equally spaced cash flows at one rate. The first flow is at time 0 and is not discounted, unlike \
        Excel's NPV. For dated flows use calculate_xnpv.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"rate": 0.1, "cashFlows": [-10000, 3000, 4200, 6800]}"#,
            expect: r#"{"npv": 1307.28775356874530, "decision": "accept", "periodCount": 3}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of NPV, example 1: 1188.44 with the first flow discounted too, so \
                times 1.1; further digits by mpmath 1.3.0",
        },
        Example {
            arguments: r#"{"rate": 0.1, "cashFlows": [-100, 110]}"#,
            expect: r#"{"npv": 0, "decision": "indifferent", "periodCount": 1}"#,
            tolerance: 1e-12,
            source: "by hand: 110 / 1.1 = 100",
        },
    ];
    const FORMULA: &'static str = "\
        npv = sum over t = 0, 1, 2, ... of cashFlows[t] / (1 + rate)^t\n\
        decision: indifferent when |npv| <= 1e-12 times the sum of |cashFlows[t]| / (1 + rate)^t\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapters 2 and 5";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let value = tvm::npv(args.rate.0, &args.cash_flows)?;
        let period_count = args.cash_flows.len().saturating_sub(1);
        Ok(Output { npv: value.npv, decision: value.decision().into(), period_count })
    }
}
