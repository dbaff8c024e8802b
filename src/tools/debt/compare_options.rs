//! Two or three loan offers side by side.

use crate::math::finance::loan::Level;
use crate::math::finance::tvm::Timing;
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CompareOptions;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    amount: f64,
    /// [decimal per year]
    #[schemars(range(min = 0))]
    option1_rate: f64,
    /// [years]
    #[schemars(range(min = 1, max = 100))]
    option1_years: u32,
    /// Name.
    #[schemars(length(max = 200))]
    option1_name: String,
    /// [decimal per year]
    #[schemars(range(min = 0))]
    option2_rate: f64,
    /// [years]
    #[schemars(range(min = 1, max = 100))]
    option2_years: u32,
    /// Name.
    #[schemars(length(max = 200))]
    option2_name: String,
    /// All three of option3 or none.
    #[schemars(range(min = 0))]
    option3_rate: Option<f64>,
    /// [years]
    #[schemars(range(min = 1, max = 100))]
    option3_years: Option<u32>,
    /// Name.
    #[schemars(length(max = 200))]
    option3_name: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// By total interest, lowest first.
    options: Vec<Offer>,
    /// The name of the first.
    best: String,
    /// Highest less lowest total interest [currency].
    savings: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Offer {
    /// 1 for the lowest total interest.
    rank: usize,
    /// Its name.
    name: String,
    /// Nominal rate [decimal per year].
    annual_rate: f64,
    /// Term in years.
    years: u32,
    /// Level payment at the end of each month [currency per month].
    monthly_payment: f64,
    /// All payments [currency].
    total_payments: f64,
    /// All payments less the loan [currency].
    total_interest: f64,
    /// (1 + annualRate / 12)^12 - 1 [decimal per year].
    effective_annual_rate: f64,
}

impl Tool for CompareOptions {
    const NAME: &'static str = "compare_financing_options";
    const TITLE: &'static str = "Compare two or three loan offers";
    const DESCRIPTION: &'static str =
        "Ranks monthly loans by total interest, which favours short terms; gives effective rates too.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"amount": 300000, "option1Rate": 0.065, "option1Years": 30, "option1Name": "A",
            "option2Rate": 0.0575, "option2Years": 15, "option2Name": "B",
            "option3Rate": 0.06, "option3Years": 20, "option3Name": "C"}"#,
        expect: r#"{"options": [
            {"rank": 1, "name": "B", "annualRate": 0.0575, "years": 15, "monthlyPayment": 2491.23026105899763,
             "totalPayments": 448421.446990619574, "totalInterest": 148421.446990619574, "effectiveAnnualRate": 0.0590398312815968222},
            {"rank": 2, "name": "C", "monthlyPayment": 2149.29317543449463, "totalInterest": 215830.362104278712},
            {"rank": 3, "name": "A", "monthlyPayment": 1896.2040704788912, "effectiveAnnualRate": 0.066971852002543818}],
            "best": "B", "savings": 234212.018381781257}"#,
        tolerance: 1e-12,
        source: "mpmath 1.4.1, 50 digits",
    }];
    const FORMULA: &'static str = "\
        i = rate / 12, n = 12 years; payment = amount * i / (1 - (1 + i)^-n); total interest = n * payment - amount\n\
        effectiveAnnualRate = (1 + i)^12 - 1; of option1Rate, option1Years, option1Name; option2Rate, option2Years, option2Name; option3\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 1.8 and 3.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let mut given = vec![
            (args.option1_name, args.option1_rate, args.option1_years),
            (args.option2_name, args.option2_rate, args.option2_years),
        ];
        given.extend(third(args.option3_name, args.option3_rate, args.option3_years)?);
        let offers = given.into_iter().map(|(name, rate, years)| offer(args.amount, name, rate, years));
        let mut options = offers.collect::<Result<Vec<_>, _>>()?;
        // A stable sort: ties stay in the order of the call.
        options.sort_by(|a, b| a.total_interest.total_cmp(&b.total_interest));
        options.iter_mut().zip(1..).for_each(|(option, rank)| option.rank = rank);
        if options.iter().any(|option| option.years != options[0].years) {
            cx.warn(
                "the terms differ: total interest favours the shorter one whatever its rate; effectiveAnnualRate compares the rates",
            );
        }
        let savings = options[options.len() - 1].total_interest - options[0].total_interest;
        Ok(Output { best: options[0].name.clone(), options, savings })
    }
}

/// The third offer, whole or not at all.
fn third(
    name: Option<String>,
    rate: Option<f64>,
    years: Option<u32>,
) -> Result<Option<(String, f64, u32)>, Error> {
    let given =
        [("option3Name", name.is_some()), ("option3Rate", rate.is_some()), ("option3Years", years.is_some())];
    if let (Some(name), Some(rate), Some(years)) = (name, rate, years) {
        return Ok(Some((name, rate, years)));
    }
    let message = "missing; wanted: all three of option3Name, option3Rate and option3Years, or none";
    let missing = |(field, is): &(&str, bool)| (!is).then(|| Problem::new(*field, message));
    let problems: Vec<Problem> = given.iter().filter_map(missing).collect();
    if problems.len() == 3 { Ok(None) } else { Err(Error::Arguments(problems)) }
}

fn offer(amount: f64, name: String, rate: f64, years: u32) -> Result<Offer, Error> {
    let monthly = rate / 12.0;
    let loan = Level::new(amount, monthly, u64::from(years) * 12, 0.0, Timing::Ordinary)?;
    Ok(Offer {
        rank: 0,
        name,
        annual_rate: rate,
        years,
        monthly_payment: loan.payment(),
        total_payments: loan.lifetime_payments()?,
        total_interest: loan.lifetime_interest(),
        effective_annual_rate: held((12.0 * monthly.ln_1p()).exp_m1(), "effective rate")?,
    })
}
