//! Discounted payback period.

use super::{Risk, warn_of_falling};
use crate::math::finance::investment;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::Rate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DiscountedPayback;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Discount rate per period, 0.08 for 8 % [decimal per period].
    discount_rate: Rate,
    /// Flows at periods 0, 1, 2, …; at least one outflow, negative [currency].
    #[schemars(length(min = 2, max = 100_000))]
    cash_flows: Vec<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    /// Period, from 0.
    period: usize,
    /// Flow of the period [currency].
    cash_flow: f64,
    /// The flow discounted to period 0 [currency].
    present_value: f64,
    /// Sum of the present values so far [currency].
    cumulative_present_value: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// First period from 1 on with a cumulative present value of zero or more; null when there is none [periods].
    discounted_payback_period: Option<usize>,
    /// The same with the last flow spread evenly over its period; null when not recovered [periods].
    interpolated_payback: Option<f64>,
    /// The payback period without discounting; null when not recovered [periods].
    simple_payback_period: Option<usize>,
    /// discountedPaybackPeriod - simplePaybackPeriod; null unless both are recovered [periods].
    difference: Option<i64>,
    /// Sum of all present values: the net present value [currency].
    final_cumulative_pv: f64,
    /// One row a period, from period 0.
    table: Vec<Row>,
    risk: Risk,
}

impl Tool for DiscountedPayback {
    const NAME: &'static str = "calculate_discounted_payback_period";
    const TITLE: &'static str = "Discounted payback period";
    const DESCRIPTION: &'static str = "When the present values of the flows have repaid the outlay, beside the payback period without discounting.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"discountRate": 0.1, "cashFlows": [-1000, 550, 605, 100]}"#,
        expect: r#"{"discountedPaybackPeriod": 2, "simplePaybackPeriod": 2, "difference": 0, "finalCumulativePv": 75.1314800901577761,
                "risk": "excellent"}"#,
        tolerance: 1e-12,
        source: "by hand: 550 / 1.1 = 500, 605 / 1.21 = 500, so exactly repaid; 100 / 1.331 = 75.13148",
    }];
    const FORMULA: &'static str = "\
        presentValue_t = cashFlows[t] / (1 + discountRate)^t\n\
        discountedPaybackPeriod = first t >= 1 with presentValue_0 + ... + presentValue_t >= 0\n\
        (-1e-9 times the sum of the absolute present values up to t counts as zero)\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let flows = &args.cash_flows;
        let payback = investment::discounted_payback(args.discount_rate.0, flows)?;
        warn_of_falling(cx, payback.falls_again());
        let simple = investment::payback(flows)?.period;
        let row = |(period, row): (usize, &investment::Running)| Row {
            period,
            cash_flow: flows[period],
            present_value: row.value,
            cumulative_present_value: row.total,
        };
        Ok(Output {
            discounted_payback_period: payback.period,
            interpolated_payback: payback.interpolated,
            simple_payback_period: simple,
            difference: payback.period.zip(simple).map(|(a, b)| a as i64 - b as i64),
            final_cumulative_pv: payback.rows.last().map_or(0.0, |row| row.total),
            table: payback.rows.iter().enumerate().map(row).collect(),
            risk: Risk::of(payback.period),
        })
    }
}
