//! Present value of a level annuity.

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Payments, Rate, Timing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct AnnuityPv;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Level payment [currency per period].
    payment: f64,
    /// Discount rate per period, 0.05 for 5 % [decimal per period].
    rate: Rate,
    /// Number of payments.
    periods: Payments,
    #[serde(default)]
    r#type: Timing,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// PMT · (1 - (1 + rate)^-periods) / rate, times 1 + rate when due [currency].
    present_value: f64,
    /// periods · payment [currency].
    total_payments: f64,
}

impl Tool for AnnuityPv {
    const NAME: &'static str = "calculate_annuity_pv";
    const TITLE: &'static str = "Present value of a level annuity";
    const DESCRIPTION: &'static str = "Worth today of equal payments, one per period. For one amount use calculate_present_value, for unequal \
        ones calculate_npv.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"payment": 500, "rate": 0.006666666666666667, "periods": 240}"#,
        expect: r#"{"presentValue": 59777.1458511880200, "totalPayments": 120000}"#,
        tolerance: 1e-12,
        source: "Microsoft Excel documentation of PV, example (-59777.15); further digits by mpmath 1.3.0",
    }];
    const FORMULA: &'static str = "\
        presentValue = payment * (1 - (1 + rate)^-periods) / rate; for rate = 0: payment * periods\n\
        type due: presentValue times 1 + rate\n\
        totalPayments = periods * payment\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 3.2-3.3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let value = tvm::annuity_pv(args.payment, args.rate.0, args.periods.into(), args.r#type.into())?;
        Ok(Output { present_value: value.value, total_payments: value.total_payments })
    }
}
