//! Internal rate of return of equally spaced cash flows.

use super::{usual_guess, warn_of_other_roots};
use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Irr;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Flows at periods 0, 1, 2, …; at least one positive and one negative [currency].
    #[schemars(length(min = 2, max = 100_000))]
    cash_flows: Vec<f64>,
    /// With several rates, the one nearest this becomes irr [decimal per period].
    #[serde(default = "usual_guess")]
    #[schemars(extend("exclusiveMinimum" = -1.0))]
    guess: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// The rate that makes the net present value zero [decimal per period].
    irr: f64,
    /// Further such rates, ascending; empty when irr is the only one [decimal per period].
    other_roots: Vec<f64>,
}

impl Tool for Irr {
    const NAME: &'static str = "calculate_irr";
    const TITLE: &'static str = "Internal rate of return";
    const DESCRIPTION: &'static str = "Finds every rate that makes the net present value of equally spaced cash flows zero, per period (not \
        annualised). For dated flows use calculate_xirr.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"cashFlows": [-70000, 12000, 15000, 18000, 21000, 26000]}"#,
            expect: r#"{"irr": 0.0866309480365316143, "otherRoots": []}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of IRR (8.7 %); further digits by mpmath 1.3.0 findroot",
        },
        Example {
            arguments: r#"{"cashFlows": [-100, 230, -132]}"#,
            expect: r#"{"irr": 0.1, "otherRoots": [0.2]}"#,
            tolerance: 1e-12,
            source: "by hand: -100 (1 - 1.1 v) (1 - 1.2 v)",
        },
    ];
    const FORMULA: &'static str = "\
        0 = sum over t = 0, 1, 2, ... of cashFlows[t] / (1 + irr)^t, irr > -1\n\
        Of several solutions irr is the one nearest guess, otherRoots has the rest.\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 5";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let found = tvm::irr(&args.cash_flows, args.guess, &|| cx.should_stop())?;
        warn_of_other_roots(cx, found.other_roots.len());
        Ok(Output { irr: found.irr, other_roots: found.other_roots })
    }
}
