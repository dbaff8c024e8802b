//! Lease liability and right-of-use asset at the start of a lease.

use crate::math::finance::tvm;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{Timing, held};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Lease;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency per month]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    monthly_payment: f64,
    /// [months]
    #[schemars(range(min = 1, max = 100_000))]
    lease_term: u32,
    /// Nominal [decimal per year].
    #[schemars(range(min = 0))]
    discount_rate: f64,
    /// [currency]
    #[serde(default)]
    #[schemars(range(min = 0))]
    initial_direct_costs: f64,
    /// [currency]
    #[serde(default)]
    #[schemars(range(min = 0))]
    prepayments: f64,
    /// [currency]
    #[serde(default)]
    #[schemars(range(min = 0))]
    lease_incentives: f64,
    /// due: at the start.
    #[serde(default)]
    #[schemars(extend("x-foldCase" = true))]
    payment_timing: Timing,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Present value of the payments that are not made at the start itself [currency].
    lease_liability: f64,
    /// Liability, payment at the start, direct costs and prepayments less incentives [currency].
    rou_asset: f64,
    /// leaseTerm · monthlyPayment [currency].
    total_payments: f64,
    /// Payments less their present value [currency].
    total_interest: f64,
}

impl Tool for Lease {
    const NAME: &'static str = "analyze_lease_liability";
    const TITLE: &'static str = "Lease liability and right-of-use asset";
    const DESCRIPTION: &'static str = "Lease liability and right-of-use asset (IFRS 16, ASC 842); when due, the first payment counts in the asset only.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"monthlyPayment": 5000, "leaseTerm": 60, "discountRate": 0.06, "initialDirectCosts": 2000,
                "prepayments": 5000, "leaseIncentives": 1000}"#,
            expect: r#"{"leaseLiability": 258627.803755659629, "rouAsset": 264627.803755659629, "totalPayments": 300000,
                "totalInterest": 41372.1962443403715}"#,
            tolerance: 1e-13,
            source: "mpmath 1.4.1, 50 digits: 5000 (1 - 1.005^-60) / 0.005",
        },
        Example {
            arguments: r#"{"monthlyPayment": 5000, "leaseTerm": 60, "discountRate": 0.06, "paymentTiming": "due"}"#,
            expect: r#"{"leaseLiability": 254920.942774437927, "rouAsset": 259920.942774437927, "totalInterest": 40079.057225562073}"#,
            tolerance: 1e-13,
            source: "mpmath 1.4.1, 50 digits: 5000 (1 - 1.005^-59) / 0.005; IFRS 16, paragraphs 24 and 26",
        },
    ];
    const FORMULA: &'static str = "\
        leaseLiability = monthlyPayment * (1 - (1 + i)^-n) / i, i = discountRate / 12, n = leaseTerm (due: n - 1); i = 0: n payments\n\
        rouAsset = leaseLiability + initialDirectCosts + prepayments - leaseIncentives (due: + monthlyPayment)\n\
        Source: IFRS 16 Leases, paragraphs 23-28";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (payment, n) = (args.monthly_payment, u64::from(args.lease_term));
        let rate = args.discount_rate / 12.0;
        // Of payments in advance the first is made at once, and is neither owed nor bears interest.
        let (owed, at_start) = match args.payment_timing {
            Timing::Ordinary => (n, 0.0),
            Timing::Due => (n - 1, payment),
        };
        let (liability, interest) = if owed == 0 {
            (0.0, 0.0)
        } else {
            let later = tvm::annuity_pv(payment, rate, owed, tvm::Timing::Ordinary)?;
            (later.value, later.total_interest)
        };
        let asset =
            liability + at_start + args.initial_direct_costs + args.prepayments - args.lease_incentives;
        Ok(Output {
            lease_liability: liability,
            rou_asset: held(asset, "right-of-use asset")?,
            total_payments: held(payment * n as f64, "total of the payments")?,
            total_interest: interest,
        })
    }
}
