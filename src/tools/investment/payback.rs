//! Simple payback period.

use super::{Risk, warn_of_falling};
use crate::math::finance::investment;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct PaybackPeriod;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
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
    /// Sum of the flows so far [currency].
    cumulative: f64,
    /// Whether the payback period has been reached.
    recovered: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// First period from 1 on with a cumulative flow of zero or more; null when there is none [periods].
    payback_period: Option<usize>,
    /// The same with that period's flow spread evenly over it; null when not recovered [periods].
    interpolated_payback: Option<f64>,
    /// Whether the outlay comes back.
    recovered: bool,
    /// Sum of all flows [currency].
    final_cumulative: f64,
    /// One row a period, from period 0.
    table: Vec<Row>,
    risk: Risk,
}

impl Tool for PaybackPeriod {
    const NAME: &'static str = "calculate_payback_period";
    const TITLE: &'static str = "Simple payback period";
    const DESCRIPTION: &'static str = "When undiscounted flows have repaid the outlay, in whole periods and interpolated. For present values use \
        calculate_discounted_payback_period.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"cashFlows": [-1000, 300, 400, 500, 600]}"#,
        expect: r#"{"paybackPeriod": 3, "interpolatedPayback": 2.6, "recovered": true, "finalCumulative": 800, "risk": "good"}"#,
        tolerance: 1e-15,
        source: "by hand: 1000 - 300 - 400 = 300 are open after two periods, 300 / 500 = 0.6 of the third",
    }];
    const FORMULA: &'static str = "\
        cumulative_t = cashFlows[0] + ... + cashFlows[t]; paybackPeriod = first t >= 1 with cumulative_t >= 0\n\
        (-1e-9 times the sum of the absolute flows up to t counts as zero)\n\
        interpolatedPayback = paybackPeriod - 1 + what is short one period earlier / the flow of the period\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let payback = investment::payback(&args.cash_flows)?;
        warn_of_falling(cx, payback.falls_again());
        let reached = |period| payback.period.is_some_and(|first| period >= first);
        let row = |(period, row): (usize, &investment::Running)| Row {
            period,
            cash_flow: row.value,
            cumulative: row.total,
            recovered: reached(period),
        };
        Ok(Output {
            payback_period: payback.period,
            interpolated_payback: payback.interpolated,
            recovered: payback.period.is_some(),
            final_cumulative: payback.rows.last().map_or(0.0, |row| row.total),
            table: payback.rows.iter().enumerate().map(row).collect(),
            risk: Risk::of(payback.period),
        })
    }
}
