//! Leasing against buying, by present values.

use crate::math::finance::tvm::{self, Timing};
use crate::math::sum::sum;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{held, ratio};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct LeaseOrBuy;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// In arrears [currency per month].
    #[schemars(range(min = 0))]
    lease_payment: f64,
    /// [months]
    #[schemars(range(min = 1, max = 1_000_000))]
    lease_periods: u32,
    /// [currency]
    #[schemars(range(min = 0))]
    purchase_price: f64,
    /// At the end of holdingPeriod [currency].
    #[schemars(range(min = 0))]
    salvage_value: f64,
    /// [months]
    #[schemars(range(min = 1, max = 1_000_000))]
    holding_period: u32,
    /// Nominal, compounded monthly [decimal per year].
    #[schemars(range(min = 0))]
    discount_rate: f64,
    /// Of the buyer [currency per month].
    #[serde(default)]
    #[schemars(range(min = 0))]
    maintenance_cost: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Of all lease payments [currency].
    lease_pv: f64,
    /// purchasePrice + maintenancePv - salvagePv [currency].
    buy_pv: f64,
    /// Over holdingPeriod [currency].
    maintenance_pv: f64,
    /// [currency]
    salvage_pv: f64,
    /// buyPv - leasePv [currency].
    net_advantage_to_leasing: f64,
    /// lease when the advantage is above zero.
    recommendation: Choice,
    /// 100 |netAdvantageToLeasing| / the larger present value; null where that is not positive [percent].
    savings_percent: Option<f64>,
    /// discountRate / 12 [decimal per month].
    periodic_rate: f64,
}

/// The cheaper way.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Lease,
    Buy,
}

impl Tool for LeaseOrBuy {
    const NAME: &'static str = "analyze_lease_vs_buy";
    const TITLE: &'static str = "Lease versus buy (NPV)";
    const DESCRIPTION: &'static str = "Present value of leasing against buying, in months, before tax: lease payments in arrears against price, maintenance and salvage.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"leasePayment": 500, "leasePeriods": 36, "purchasePrice": 20000, "salvageValue": 8000, "holdingPeriod": 36,
                "discountRate": 0.06, "maintenanceCost": 50}"#,
            expect: r#"{"leasePv": 16435.508119632632, "buyPv": 14958.391461533876, "maintenancePv": 1643.5508119632632,
                "salvagePv": 6685.15935042939, "netAdvantageToLeasing": -1477.1166580987556, "recommendation": "buy",
                "savingsPercent": 8.98735011626627, "periodicRate": 0.005}"#,
            tolerance: 1e-12,
            source: "numpy-financial 1.0.0: pv(0.005, 36, -500), pv(0.005, 36, -50), pv(0.005, 36, 0, -8000)",
        },
        Example {
            arguments: r#"{"leasePayment": 100, "leasePeriods": 12, "purchasePrice": 2000, "salvageValue": 500, "holdingPeriod": 12,
                "discountRate": 0}"#,
            expect: r#"{"leasePv": 1200, "buyPv": 1500, "netAdvantageToLeasing": 300, "recommendation": "lease", "savingsPercent": 20}"#,
            tolerance: 0.0,
            source: "by hand: 12 · 100 against 2000 - 500",
        },
    ];
    const FORMULA: &'static str = "\
        i = discountRate / 12; leasePv = leasePayment (1 - (1 + i)^-leasePeriods) / i\n\
        buyPv = purchasePrice + maintenanceCost (1 - (1 + i)^-holdingPeriod) / i - salvageValue (1 + i)^-holdingPeriod; plain sums at i = 0\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapter 25, without taxes";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let rate = args.discount_rate / 12.0;
        let holding = u64::from(args.holding_period);
        let annuity =
            |payment, periods| tvm::annuity_pv(payment, rate, periods, Timing::Ordinary).map(|a| a.value);
        let lease_pv = annuity(args.lease_payment, args.lease_periods.into())?;
        let maintenance_pv = annuity(args.maintenance_cost, holding)?;
        let salvage_pv = tvm::present_value(args.salvage_value, rate, holding)?;
        let buy_pv = sum(&[args.purchase_price, maintenance_pv, -salvage_pv])?;
        let advantage = held(buy_pv - lease_pv, "advantage")?;
        if args.lease_periods != args.holding_period {
            cx.warn("leasePeriods and holdingPeriod differ and are compared as they stand: the longer one buys more use");
        }
        let larger = lease_pv.max(buy_pv);
        let savings =
            ratio(Some(100.0 * advantage.abs()), Some(larger).filter(|larger| *larger > 0.0), "savings")?;
        Ok(Output {
            lease_pv,
            buy_pv,
            maintenance_pv,
            salvage_pv,
            net_advantage_to_leasing: advantage,
            recommendation: if advantage > 0.0 { Choice::Lease } else { Choice::Buy },
            savings_percent: savings,
            periodic_rate: rate,
        })
    }
}
