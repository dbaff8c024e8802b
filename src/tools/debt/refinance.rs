//! Refinancing a mortgage: when the costs have come back.

use super::part;
use crate::math::finance::loan::{self, NewLoan, break_even};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Refinance;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    current_balance: f64,
    /// Nominal [decimal per year].
    #[schemars(range(min = 0))]
    current_rate: f64,
    /// [months]
    #[schemars(range(min = 1, max = 600))]
    remaining_payments: u32,
    /// Nominal [decimal per year].
    #[schemars(range(min = 0))]
    new_rate: f64,
    /// [months]
    #[schemars(range(min = 1, max = 600))]
    new_payments: u32,
    /// [currency]
    #[serde(default)]
    #[schemars(range(min = 0))]
    closing_costs: f64,
    /// 0.02 for two points [decimal of the new loan].
    #[serde(default)]
    #[schemars(range(min = 0), extend("exclusiveMaximum" = 1.0))]
    points: f64,
    /// Add costs and points to the loan.
    #[serde(default)]
    finance_costs: bool,
    /// Default newRate [decimal per year].
    #[schemars(range(min = 0))]
    discount_rate: Option<f64>,
    /// Default remainingPayments [months].
    #[schemars(range(min = 1, max = 600))]
    horizon_months: Option<u32>,
    /// Relief on interest [decimal].
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    tax_rate: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Payment of the old loan [currency per month].
    old_payment: f64,
    /// Payment of the new loan [currency per month].
    new_payment: f64,
    /// oldPayment - newPayment [currency per month].
    monthly_saving: f64,
    /// Costs and points in cash at closing; 0 when financed [currency].
    upfront_cost: f64,
    /// upfrontCost / monthlySaving; null without saving [months].
    simple_break_even_months: Option<f64>,
    /// First month from which on npv is never below 0 up to the horizon; null where there is none.
    npv_break_even_month: Option<usize>,
    /// Present value of changing, if the loan is paid off at the horizon [currency].
    npv_at_horizon: f64,
    /// Interest left on the old loan [currency].
    interest_old: f64,
    /// Interest on the new loan [currency].
    interest_new: f64,
    /// Rate that equates what is received net of points and costs with the new payments [decimal per year].
    new_apr: f64,
    /// Every 12th month up to the horizon, and the break-even.
    by_month: Vec<Month>,
    /// refinance when npvAtHorizon > 0.
    recommendation: Recommendation,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Month {
    /// Months from now.
    month: usize,
    /// Owed on the old loan [currency].
    old_balance: f64,
    /// Owed on the new loan [currency].
    new_balance: f64,
    /// Present value of changing, if the loan is paid off then [currency].
    npv: f64,
}

/// By the present value at the horizon.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Recommendation {
    Refinance,
    Keep,
}

impl Tool for Refinance {
    const NAME: &'static str = "analyze_mortgage_refinance";
    const TITLE: &'static str = "Refinance break-even, points";
    const DESCRIPTION: &'static str =
        "Whether replacing a mortgage pays: break-even in cash and in present value, APR of the new loan.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"currentBalance": 200000, "currentRate": 0.07, "remainingPayments": 300, "newRate": 0.055,
                "newPayments": 360, "closingCosts": 4000, "points": 0.01, "horizonMonths": 84}"#,
            expect: r#"{"oldPayment": 1413.5583945501836, "newPayment": 1135.5780026940059, "monthlySaving": 277.98039185617768,
                "upfrontCost": 6000, "simpleBreakEvenMonths": 21.584256212950077, "npvBreakEvenMonth": 26,
                "npvAtHorizon": 10418.766355211952, "interestOld": 224067.51836505507, "interestNew": 208808.08096984211,
                "newApr": 0.057779478164994032, "recommendation": "refinance"}"#,
            tolerance: 1e-11,
            source: "mpmath 1.4.1, 40 digits, both loans walked payment by payment",
        },
        Example {
            arguments: r#"{"currentBalance": 60000, "currentRate": 0.115, "remainingPayments": 360, "newRate": 0.115,
                "newPayments": 360, "points": 0.02}"#,
            expect: r#"{"newPayment": 594.17, "newApr": 0.1176, "simpleBreakEvenMonths": null, "recommendation": "keep"}"#,
            tolerance: 4e-4,
            source: "hp 12c user's guide (2005), page 125, example 1: 11.76 %, printed to two decimals",
        },
    ];
    const FORMULA: &'static str = "\
        new loan = currentBalance, or (currentBalance + closingCosts) / (1 - points) if financed; level payments, currentRate or newRate / 12\n\
        npv_k = sum over j <= k of after-tax payment differences v^j + balance difference_k v^k - upfrontCost, v = 1 / (1 + discountRate / 12)\n\
        old loan over remainingPayments, new one over newPayments; newApr = 12 i: net proceeds = payment (1 - (1 + i)^-n) / i\n\
        Source: W. B. Brueggeman, J. D. Fisher, Real Estate Finance and Investments, 14th ed. (2011), chapter 6";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let horizon = horizon(&args)?;
        let new = NewLoan::new(args.current_balance, args.closing_costs, args.points, args.finance_costs)?;
        if new.received <= 0.0 {
            let message = format!("costs and points take the whole loan: {} is left of it", new.received);
            return Err(Error::at("closingCosts", message));
        }
        let case = loan::Refinance {
            old: loan::Refinance::loan(
                args.current_balance,
                args.current_rate,
                args.remaining_payments.into(),
            )?,
            new: loan::Refinance::loan(new.amount, args.new_rate, args.new_payments.into())?,
            cash: new.cash,
            discount: args.discount_rate.unwrap_or(args.new_rate) / 12.0,
            relief: args.tax_rate,
        };
        let values = case.values(horizon.into())?;
        let even = break_even(&values);
        let (old_payment, new_payment) = (case.old.0.payment(), case.new.0.payment());
        let monthly_saving = old_payment - new_payment;
        let simple = if monthly_saving > 0.0 { part(new.cash, monthly_saving) } else { None };
        let npv_at_horizon = values.last().copied().unwrap_or_default();
        let rate = new.rate(&case.new.0, args.new_payments.into(), &|| cx.should_stop())?;
        Ok(Output {
            old_payment,
            new_payment,
            monthly_saving,
            upfront_cost: new.cash,
            simple_break_even_months: simple,
            npv_break_even_month: even,
            npv_at_horizon,
            interest_old: case.old.0.lifetime_interest(),
            interest_new: case.new.0.lifetime_interest(),
            new_apr: held(12.0 * rate, "APR of the new loan")?,
            by_month: months(&case, &values, even)?,
            recommendation: if npv_at_horizon > 0.0 {
                Recommendation::Refinance
            } else {
                Recommendation::Keep
            },
        })
    }
}

fn horizon(args: &Args) -> Result<u32, Error> {
    let horizon = args.horizon_months.unwrap_or(args.remaining_payments);
    let longest = args.remaining_payments.max(args.new_payments);
    if horizon <= longest {
        return Ok(horizon);
    }
    let message = format!("got {horizon}; wanted: at most the longer of the two loans, {longest}");
    Err(Error::at("horizonMonths", message))
}

/// Every 12th month and the break-even, in order.
fn months(case: &loan::Refinance, values: &[f64], even: Option<usize>) -> Result<Vec<Month>, Error> {
    let shown = values.iter().zip(1..).filter(|(_, month)| month % 12 == 0 || even == Some(*month));
    let row = |(npv, month): (&f64, usize)| {
        let (old_balance, new_balance) = case.balances(month as u64)?;
        Ok(Month { month, old_balance, new_balance, npv: *npv })
    };
    shown.map(row).collect()
}
