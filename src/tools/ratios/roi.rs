//! Proceeds of an investment over its cost.

use super::grade;
use crate::math::finance::ratios::ratio;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Roi;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Gross proceeds, not profit [currency].
    gain_from_investment: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    cost_of_investment: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// gainFromInvestment / costOfInvestment [x].
    return_multiple: f64,
    /// returnMultiple - 1 [decimal].
    roi: f64,
    /// gainFromInvestment - costOfInvestment [currency].
    net_return: f64,
    /// By returnMultiple from 2, 1.5, 1.2, 1 on: excellent, strong, good, modest; below: loss.
    assessment: Assessment,
}

/// Grades of the multiple, whatever time it took.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Excellent,
    Strong,
    Good,
    Modest,
    Loss,
}

impl Tool for Roi {
    const NAME: &'static str = "calculate_roi";
    const TITLE: &'static str = "Return on investment";
    const DESCRIPTION: &'static str = "Gross proceeds over cost: a multiple, and less 1 the return. gainFromInvestment is everything that came \
        back, not the profit: 150 back from 100 is a multiple of 1.5 and a return of 0.5. No time value: see \
        calculate_irr.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"gainFromInvestment": 150, "costOfInvestment": 100}"#,
            expect: r#"{"returnMultiple": 1.5, "roi": 0.5, "netReturn": 50, "assessment": "strong"}"#,
            tolerance: 1e-15,
            source: "by hand: 150 / 100; 50 / 100",
        },
        Example {
            arguments: r#"{"gainFromInvestment": 60, "costOfInvestment": 80}"#,
            expect: r#"{"returnMultiple": 0.75, "roi": -0.25, "netReturn": -20, "assessment": "loss"}"#,
            tolerance: 1e-15,
            source: "by hand: 60 / 80; -20 / 80",
        },
    ];
    const FORMULA: &'static str = "\
        returnMultiple = gainFromInvestment / costOfInvestment; netReturn = gainFromInvestment - costOfInvestment\n\
        roi = netReturn / costOfInvestment = returnMultiple - 1\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 5";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (gain, cost) = (args.gain_from_investment, args.cost_of_investment);
        let return_multiple = ratio(gain, cost, "return multiple")?;
        let net_return = held(gain - cost, "net return")?;
        // The difference first: near a multiple of 1 the quotient has lost the digits of the return.
        let roi = ratio(net_return, cost, "return")?;
        if net_return < 0.0 {
            cx.warn("the proceeds are less than the cost: if gainFromInvestment is the profit alone, add the cost to it");
        }
        let assessment = grade(
            return_multiple,
            [
                (2.0, Assessment::Excellent),
                (1.5, Assessment::Strong),
                (1.2, Assessment::Good),
                (1.0, Assessment::Modest),
            ],
            Assessment::Loss,
        );
        Ok(Output { return_multiple, roi, net_return, assessment })
    }
}
