//! Value of an annuity that grows, starts later, or never ends.

use crate::math::finance::tvm::{self, Stream};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Payments, Periods, Rate, Timing, not_zero};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct AnnuityStream;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// First payment; not 0 [currency].
    payment: f64,
    /// Discount rate per period, 0.05 for 5 % [decimal per period].
    rate: Rate,
    /// Growth from payment to payment [decimal per period].
    #[serde(default = "no_growth")]
    growth_rate: Rate,
    /// Number of payments; left out, they never end.
    periods: Option<Payments>,
    /// Periods before the one of the first payment.
    #[serde(default)]
    deferral: Periods,
    #[serde(default)]
    r#type: Timing,
}

fn no_growth() -> Rate {
    Rate(0.0)
}

/// What the payments are called.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Annuity,
    GrowingAnnuity,
    Perpetuity,
    GrowingPerpetuity,
    DeferredAnnuity,
    DeferredGrowingAnnuity,
    DeferredPerpetuity,
    DeferredGrowingPerpetuity,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    kind: Kind,
    /// Value at time 0 [currency].
    present_value: f64,
    /// Value at the end of the last period, presentValue · (1 + rate)^(deferral + periods); null for a perpetuity [currency].
    future_value: Option<f64>,
    /// The last payment; null for a perpetuity [currency].
    last_payment: Option<f64>,
    /// Sum of all payments; null for a perpetuity [currency].
    total_payments: Option<f64>,
    /// presentValue / payment [ratio].
    annuity_factor: f64,
}

impl Tool for AnnuityStream {
    const NAME: &'static str = "value_annuity_stream";
    const TITLE: &'static str = "Perpetuity, growing, deferred annuity";
    const DESCRIPTION: &'static str = "Present and future value of payments that grow, start later or never end. For plain level payments \
        calculate_annuity_pv is simpler.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"payment": 1000, "rate": 0.1, "growthRate": 0.05, "periods": 20}"#,
            expect: r#"{"kind": "growing_annuity", "presentValue": 12112.0840575839748, "annuityFactor": 12.1120840575839748}"#,
            tolerance: 1e-12,
            source: "mpmath 1.4.1, 40 digits: sum of 1000 * 1.05^(k-1) / 1.1^k for k = 1 ... 20; closed form in Ross, Westerfield, \
                    Jaffe, Corporate Finance, 9th ed. (2010), section 4.4",
        },
        Example {
            arguments: r#"{"payment": 5, "rate": 0.1, "growthRate": 0.05, "deferral": 1}"#,
            expect: r#"{"kind": "deferred_growing_perpetuity", "presentValue": 90.9090909090909, "futureValue": null, "totalPayments": null}"#,
            tolerance: 1e-14,
            source: "by hand: 5 / (0.1 - 0.05) = 100 one period later, 100 / 1.1",
        },
    ];
    const FORMULA: &'static str = "\
        presentValue = payment * (1 - ((1 + growthRate) / (1 + rate))^periods) / (rate - growthRate) / (1 + rate)^deferral\n\
        growthRate = rate: payment * periods / (1 + rate)^(deferral + 1); without end: payment / (rate - growthRate) / (1 + rate)^deferral\n\
        type due: times 1 + rate\n\
        Source: S. A. Ross, R. W. Westerfield, J. Jaffe, Corporate Finance, 9th ed. (2010), section 4.4";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let payment = not_zero(args.payment, "payment", "payments of 0 have no value to compare with")?;
        let deferral: u64 = args.deferral.into();
        let stream = Stream {
            rate: args.rate.0,
            growth: args.growth_rate.0,
            periods: args.periods.map(u64::from),
            deferral,
            timing: args.r#type.into(),
        };
        let value: tvm::StreamValue = stream.value(payment)?;
        Ok(Output {
            kind: Kind::of(&stream),
            present_value: value.present,
            future_value: value.future,
            last_payment: value.last,
            total_payments: value.total,
            annuity_factor: value.factor,
        })
    }
}

impl Kind {
    fn of(stream: &Stream) -> Self {
        match (stream.deferral > 0, stream.growth != 0.0, stream.periods.is_some()) {
            (false, false, true) => Self::Annuity,
            (false, true, true) => Self::GrowingAnnuity,
            (false, false, false) => Self::Perpetuity,
            (false, true, false) => Self::GrowingPerpetuity,
            (true, false, true) => Self::DeferredAnnuity,
            (true, true, true) => Self::DeferredGrowingAnnuity,
            (true, false, false) => Self::DeferredPerpetuity,
            (true, true, false) => Self::DeferredGrowingPerpetuity,
        }
    }
}
