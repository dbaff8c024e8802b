//! Modified internal rate of return.

use crate::math;
use crate::math::finance::{investment, tvm};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Rate, exceeds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Mirr;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Flows at periods 0, 1, 2, …; at least one positive and one negative [currency].
    #[schemars(length(min = 2, max = 100_000))]
    cash_flows: Vec<f64>,
    /// Rate paid for the money of the outflows [decimal per period].
    finance_rate: Rate,
    /// Rate earned on the inflows until the end [decimal per period].
    reinvestment_rate: Rate,
}

/// Of the rate alone: excellent above 15 %, good 10, moderate 5, marginal 0, else reject; see exceedsFinanceRate too.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Excellent,
    Good,
    Moderate,
    Marginal,
    Reject,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// (fvInflows / pvOutflows)^(1 / periods) - 1 [decimal per period].
    mirr: f64,
    /// Internal rate of return nearest 0.1; null when there is none [decimal per period].
    irr: Option<f64>,
    /// mirr - irr; null without irr [decimal].
    difference: Option<f64>,
    /// Outflows discounted at financeRate, as a positive amount [currency].
    pv_outflows: f64,
    /// Inflows compounded at reinvestmentRate to the end [currency].
    fv_inflows: f64,
    /// Number of flows less one.
    periods: usize,
    decision: Verdict,
    /// Whether mirr is above financeRate.
    exceeds_finance_rate: bool,
    /// Whether mirr is above reinvestmentRate.
    exceeds_reinvestment_rate: bool,
}

impl Tool for Mirr {
    const NAME: &'static str = "calculate_mirr";
    const TITLE: &'static str = "Modified internal rate of return";
    const DESCRIPTION: &'static str = "Rate of return with outflows financed at one rate and inflows reinvested at another, as Excel's MIRR; always \
        one rate, unlike calculate_irr.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"cashFlows": [-120000, 39000, 30000, 21000, 37000, 46000], "financeRate": 0.1, "reinvestmentRate": 0.12}"#,
        expect: r#"{"mirr": 0.126094130365905141, "irr": 0.130735539470837752, "pvOutflows": 120000, "fvInflows": 217297.49504, "periods": 5,
                "decision": "good", "exceedsFinanceRate": true, "exceedsReinvestmentRate": true}"#,
        tolerance: 1e-12,
        source: "Microsoft Excel documentation of MIRR (12.61 %); further digits and the IRR by mpmath 1.4.1",
    }];
    const FORMULA: &'static str = "\
        fvInflows = sum over cashFlows[t] > 0 of cashFlows[t] * (1 + reinvestmentRate)^(periods - t)\n\
        pvOutflows = -(sum over cashFlows[t] < 0 of cashFlows[t] / (1 + financeRate)^t)\n\
        mirr = (fvInflows / pvOutflows)^(1 / periods) - 1; periods = number of cashFlows - 1\n\
        Source: Microsoft Excel documentation, MIRR function";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (flows, finance, reinvestment) =
            (&args.cash_flows, args.finance_rate.0, args.reinvestment_rate.0);
        let found = investment::mirr(flows, finance, reinvestment)?;
        let irr = irr(flows, cx)?;
        let rate = found.rate;
        if rate > 0.05 && !exceeds(rate, finance) {
            cx.warn("mirr does not exceed financeRate: at that cost of money the investment adds no value, whatever the decision by fixed bands");
        }
        Ok(Output {
            mirr: rate,
            irr,
            difference: irr.map(|irr| rate - irr),
            pv_outflows: found.outflows,
            fv_inflows: found.inflows,
            periods: flows.len() - 1,
            decision: verdict(rate),
            exceeds_finance_rate: exceeds(rate, finance),
            exceeds_reinvestment_rate: exceeds(rate, reinvestment),
        })
    }
}

/// The rate nearest 0.1, as calculate_irr gives it; several are told, none is no failure here.
fn irr(flows: &[f64], cx: &Context) -> Result<Option<f64>, Error> {
    match tvm::irr(flows, 0.1, &|| cx.should_stop()) {
        Ok(found) => {
            if !found.other_roots.is_empty() {
                let count = found.other_roots.len() + 1;
                cx.warn(format!(
                    "{count} internal rates of return exist; irr is the one nearest 0.1, mirr is not affected"
                ));
            }
            Ok(Some(found.irr))
        }
        Err(math::Error::Stopped) => Err(Error::Stopped),
        Err(_) => Ok(None),
    }
}

fn verdict(rate: f64) -> Verdict {
    match rate {
        _ if exceeds(rate, 0.15) => Verdict::Excellent,
        _ if exceeds(rate, 0.1) => Verdict::Good,
        _ if exceeds(rate, 0.05) => Verdict::Moderate,
        _ if exceeds(rate, 0.0) => Verdict::Marginal,
        _ => Verdict::Reject,
    }
}
