//! Future value of a level annuity.

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Payments, Rate, Timing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct AnnuityFv;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Level payment [currency per period].
    payment: f64,
    /// Interest rate per period, 0.05 for 5 % [decimal per period].
    rate: Rate,
    /// Number of payments.
    periods: Payments,
    #[serde(default)]
    r#type: Timing,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// PMT · ((1 + rate)^periods - 1) / rate, times 1 + rate when due, at the end of the last period [currency].
    future_value: f64,
    /// periods · payment [currency].
    total_payments: f64,
    /// futureValue - totalPayments [currency].
    total_interest: f64,
}

impl Tool for AnnuityFv {
    const NAME: &'static str = "calculate_annuity_fv";
    const TITLE: &'static str = "Future value of a level annuity";
    const DESCRIPTION: &'static str = "What equal payments, one per period, grow to by the end of the last period. For one amount use \
        calculate_future_value.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"payment": 1000, "rate": 0.01, "periods": 12}"#,
        expect: r#"{"futureValue": 12682.5030131969721, "totalPayments": 12000, "totalInterest": 682.503013196972066}"#,
        tolerance: 1e-12,
        source: "Microsoft Excel documentation of FV, example 2 (12682.50); further digits by mpmath 1.3.0",
    }];
    const FORMULA: &'static str = "\
        futureValue = payment * ((1 + rate)^periods - 1) / rate; for rate = 0: payment * periods\n\
        type due: futureValue times 1 + rate\n\
        totalPayments = periods * payment; totalInterest = futureValue - totalPayments\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 3.2-3.3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let a = tvm::annuity_fv(args.payment, args.rate.0, args.periods.into(), args.r#type.into())?;
        let (total_payments, total_interest) = (a.total_payments, a.total_interest);
        Ok(Output { future_value: a.value, total_payments, total_interest })
    }
}
