//! Level loan or annuity payment.

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Payments, Rate, Timing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Payment;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Loan; positive gives a positive payment [currency].
    present_value: f64,
    /// Interest rate per period, 0.005 for 6 % a year paid monthly [decimal per period].
    rate: Rate,
    /// Number of payments.
    periods: Payments,
    /// Balance still owed at the end (balloon); lowers the payment [currency].
    #[serde(default)]
    future_value: f64,
    #[serde(default)]
    r#type: Timing,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Payment per period [currency].
    payment: f64,
    /// periods · payment [currency].
    total_payments: f64,
    /// periods · payment + futureValue - presentValue [currency].
    total_interest: f64,
}

impl Tool for Payment {
    const NAME: &'static str = "calculate_payment";
    const TITLE: &'static str = "Level loan / annuity payment";
    const DESCRIPTION: &'static str = "Level payment each month or other period that repays a loan. Signs differ from Excel's PMT: a positive loan gives a positive \
        payment, and a positive futureValue is a balloon still owed.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"presentValue": 10000, "rate": 0.006666666666666667, "periods": 10}"#,
            expect: r#"{"payment": 1037.03208935915217, "totalPayments": 10370.3208935915218, "totalInterest": 370.320893591521775}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of PMT, example 1 (-1037.03); further digits by mpmath 1.3.0",
        },
        Example {
            arguments: r#"{"presentValue": 10000, "rate": 0.006666666666666667, "periods": 10, "type": "due"}"#,
            expect: r#"{"payment": 1030.16432717796574}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of PMT, example 2 (-1030.16); further digits by mpmath 1.3.0",
        },
    ];
    const FORMULA: &'static str = "\
        payment = rate * (presentValue * g - futureValue) / (g - 1), g = (1 + rate)^periods\n\
        for rate = 0: (presentValue - futureValue) / periods; type due: payment divided by 1 + rate\n\
        totalPayments = periods * payment; totalInterest = totalPayments + futureValue - presentValue\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 3.2-3.3 and 5.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (rate, periods) = (args.rate.0, args.periods.into());
        let p = tvm::payment(args.present_value, rate, periods, args.future_value, args.r#type.into())?;
        Ok(Output { payment: p.payment, total_payments: p.total_payments, total_interest: p.total_interest })
    }
}
