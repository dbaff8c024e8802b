//! Free cash flow.

use super::Sign;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct FreeCashFlow;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    operating_cash_flow: f64,
    /// Spent, as a positive number [currency].
    #[schemars(range(min = 0))]
    capital_expenditures: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// operatingCashFlow - capitalExpenditures [currency].
    free_cash_flow: f64,
    /// The sign of freeCashFlow.
    assessment: Sign,
}

impl Tool for FreeCashFlow {
    const NAME: &'static str = "calculate_free_cash_flow";
    const TITLE: &'static str = "Free cash flow";
    const DESCRIPTION: &'static str = "Operating cash flow less capital expenditure. Expenditure is a positive number here; create_cash_flow_statement wants it negative.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"operatingCashFlow": 87582, "capitalExpenditures": 28107}"#,
        expect: r#"{"freeCashFlow": 59475, "assessment": "positive"}"#,
        tolerance: 1e-15,
        source: "Microsoft Corporation, Form 10-K for fiscal year 2023, cash flow statements, in millions: 87,582 and 28,107, subtracted by hand",
    }];
    const FORMULA: &'static str = "\
        freeCashFlow = operatingCashFlow - capitalExpenditures\n\
        Source: CFA Program Curriculum, Equity Investments, «Free Cash Flow Valuation»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let flow = held(args.operating_cash_flow - args.capital_expenditures, "free cash flow")?;
        Ok(Output { free_cash_flow: flow, assessment: Sign::of(flow) })
    }
}
