//! Enterprise value over EBITDA.

use super::{Level, quotient, warn_of_negative};
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct EvToEbitda;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    enterprise_value: f64,
    /// Of the last or the next year [currency].
    ebitda: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// enterpriseValue / ebitda; null for zero or negative EBITDA [x].
    ev_to_ebitda: Option<f64>,
    /// Why there is no multiple.
    status: Status,
    /// From 8, 12, 15 on: moderate, elevated, high; below: low; null without a multiple.
    assessment: Option<Level>,
}

/// Whether the multiple means anything.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Status {
    Ok,
    ZeroEbitda,
    NegativeEbitda,
}

impl Tool for EvToEbitda {
    const NAME: &'static str = "calculate_ev_to_ebitda";
    const TITLE: &'static str = "EV / EBITDA";
    const DESCRIPTION: &'static str =
        "Enterprise value over EBITDA of a year. No multiple for EBITDA of zero or less: status says so.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"enterpriseValue": 5000000, "ebitda": 400000}"#,
            expect: r#"{"evToEbitda": 12.5, "status": "ok", "assessment": "elevated"}"#,
            tolerance: 1e-15,
            source: "by hand: 5000000 / 400000",
        },
        Example {
            arguments: r#"{"enterpriseValue": 5000000, "ebitda": 0}"#,
            expect: r#"{"evToEbitda": null, "status": "zeroEbitda", "assessment": null}"#,
            tolerance: 1e-15,
            source: "by hand: nothing is divided by zero",
        },
    ];
    const FORMULA: &'static str = "\
        evToEbitda = enterpriseValue / ebitda; null for EBITDA of zero or less\n\
        Source: CFA Program Curriculum, Equity Investments, «Market-Based Valuation: Price and Enterprise Value Multiples»";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        warn_of_negative(cx, args.enterprise_value);
        let (price, ebitda) = (args.enterprise_value, args.ebitda);
        if ebitda <= 0.0 {
            let status = if ebitda < 0.0 { Status::NegativeEbitda } else { Status::ZeroEbitda };
            return Ok(Output { ev_to_ebitda: None, status, assessment: None });
        }
        let multiple = quotient(price, ebitda, "EV/EBITDA multiple")?;
        let assessment = Some(Level::of(multiple, [8.0, 12.0, 15.0]));
        Ok(Output { ev_to_ebitda: Some(multiple), status: Status::Ok, assessment })
    }
}
