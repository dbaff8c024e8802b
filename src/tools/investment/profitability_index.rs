//! Profitability index.

use crate::math::finance::{investment, tvm};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Rate, exceeds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Profitability;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Discount rate per period, 0.08 for 8 % [decimal per period].
    discount_rate: Rate,
    /// Flows at periods 0, 1, 2, …; at least one outflow, negative [currency].
    #[schemars(length(min = 2, max = 100_000))]
    cash_flows: Vec<f64>,
}

/// strong_accept above 1.2, accept above 1, marginal above 0.9, else reject.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    StrongAccept,
    Accept,
    Marginal,
    Reject,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// pvInflows / pvOutflows; 1 breaks even [ratio].
    profitability_index: f64,
    /// pvInflows - pvOutflows [currency].
    npv: f64,
    /// Present value of the positive flows [currency].
    pv_inflows: f64,
    /// Present value of the negative flows, as a positive amount [currency].
    pv_outflows: f64,
    decision: Verdict,
}

impl Tool for Profitability {
    const NAME: &'static str = "calculate_profitability_index";
    const TITLE: &'static str = "Profitability index";
    const DESCRIPTION: &'static str = "Present value of all inflows per unit of present value of all outflows; above 1 the investment adds value.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"discountRate": 0.1, "cashFlows": [-10000, 3000, 4200, 6800]}"#,
        expect: r#"{"profitabilityIndex": 1.13072877535687453, "npv": 1307.28775356874530, "pvInflows": 11307.2877535687453, "pvOutflows": 10000,
                "decision": "accept"}"#,
        tolerance: 1e-12,
        source: "Microsoft Excel documentation of NPV, example 1: 1188.44 with the first flow discounted too, so times 1.1; \
                further digits by mpmath 1.3.0",
    }];
    const FORMULA: &'static str = "\
        pvInflows = sum over cashFlows[t] > 0 of cashFlows[t] / (1 + discountRate)^t, t = 0, 1, 2, ...\n\
        pvOutflows = -(the same sum over cashFlows[t] < 0); profitabilityIndex = pvInflows / pvOutflows; npv = pvInflows - pvOutflows\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.4";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let p = investment::profitability_index(args.discount_rate.0, &args.cash_flows)?;
        let decision = match p.index {
            index if exceeds(index, 1.2) => Verdict::StrongAccept,
            _ if p.npv.decision() == tvm::Decision::Accept => Verdict::Accept,
            index if exceeds(index, 0.9) => Verdict::Marginal,
            _ => Verdict::Reject,
        };
        Ok(Output {
            profitability_index: p.index,
            npv: p.npv.npv,
            pv_inflows: p.inflows,
            pv_outflows: p.outflows,
            decision,
        })
    }
}
