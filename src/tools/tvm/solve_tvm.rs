//! Any one of the five quantities of a loan or savings plan from the other four.

use super::usual_guess;
use crate::math::finance::growth;
use crate::math::finance::tvm::Equation;
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use crate::tools::shared::{Timing, finite};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct SolveTvm;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    solve_for: Unknown,
    /// Number of payments, unless solved for; need not be whole.
    #[schemars(extend("exclusiveMinimum" = 0.0, "maximum" = 1e9))]
    periods: Option<f64>,
    /// Nominal rate, unless solved for; per period when paymentsPerYear is 1 [decimal per year].
    annual_rate: Option<f64>,
    /// Amount at the start, unless solved for [currency].
    present_value: Option<f64>,
    /// Payment per period [currency].
    #[serde(default)]
    payment: f64,
    /// Amount at the end [currency].
    #[serde(default)]
    future_value: f64,
    /// Payments a year.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 1_000_000))]
    payments_per_year: u32,
    /// Compounding periods a year; left out, paymentsPerYear.
    #[schemars(range(min = 1, max = 1_000_000))]
    compounding_per_year: Option<u32>,
    #[serde(default)]
    r#type: Timing,
    /// With several rates, the one nearest this is taken [decimal per year].
    #[serde(default = "usual_guess")]
    guess: f64,
}

fn one() -> u32 {
    1
}

/// The unknown.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
enum Unknown {
    Periods,
    Rate,
    PresentValue,
    Payment,
    FutureValue,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    solved_for: Unknown,
    /// The solution; a rate is annualRate [in the unit of solvedFor].
    value: f64,
    /// Number of payments [payments].
    periods: f64,
    /// Nominal rate [decimal per year].
    annual_rate: f64,
    /// (1 + annualRate / C)^(C / P) - 1, P payments and C compounding periods a year [decimal per period].
    rate_per_period: f64,
    /// (1 + ratePerPeriod)^P - 1 [decimal per year].
    effective_annual_rate: f64,
    /// Amount at the start [currency].
    present_value: f64,
    /// Payment per period [currency].
    payment: f64,
    /// Amount at the end [currency].
    future_value: f64,
    /// periods rounded up; null unless solved for [payments].
    whole_periods: Option<u64>,
    /// The last of wholePeriods payments, which settles the account; null unless periods is solved for [currency].
    final_payment: Option<f64>,
    /// periods · payment, signed [currency].
    total_payments: f64,
    /// Further rates that solve the equation, ascending [decimal per year].
    other_rates: Vec<f64>,
    /// Always true: what does not converge is refused.
    converged: bool,
    /// Evaluations of the equation; 0 for closed forms.
    iterations: u32,
}

impl Tool for SolveTvm {
    const NAME: &'static str = "solve_tvm";
    const TITLE: &'static str = "Solve any of n, rate, PV, PMT, FV";
    const DESCRIPTION: &'static str = "Solves for number of payments, rate, PV, PMT or FV, as Excel's NPER, RATE, PV, PMT, FV, PDURATION, RRI and a \
        financial calculator. Cash received is positive, cash paid negative (calculate_payment differs).";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"solveFor": "rate", "periods": 48, "payment": -200, "presentValue": 8000}"#,
            expect: r#"{"value": 0.00770147248820204, "ratePerPeriod": 0.00770147248820204, "otherRates": [], "converged": true,
                    "totalPayments": -9600, "wholePeriods": null}"#,
            tolerance: 1e-11,
            source: "Microsoft Excel documentation of RATE (1 % as shown); digits by mpmath 1.4.1 findroot, 40 digits",
        },
        Example {
            arguments: r#"{"solveFor": "periods", "annualRate": 0.12, "paymentsPerYear": 12, "payment": -100, "presentValue": -1000,
                    "futureValue": 10000, "type": "due"}"#,
            expect: r#"{"value": 59.6738656742946, "wholePeriods": 60, "ratePerPeriod": 0.01}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of NPER, example 1 (59.6738657)",
        },
    ];
    const FORMULA: &'static str = "\
        presentValue + payment * (1 + i d) * (1 - (1 + i)^-n) / i + futureValue * (1 + i)^-n = 0, n = periods, d = 1 for due\n\
        i = ratePerPeriod = (1 + annualRate / C)^(C / P) - 1; i = 0: presentValue + n payment + futureValue = 0; solveFor names the unknown\n\
        finalPayment: the equation holds with it at n = wholePeriods\n\
        Source: Microsoft Excel documentation, PV function; HP 12C User's Guide (2005), section 3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        args.check(cx)?;
        let year = Year::of(&args);
        let known = args.annual_rate.filter(|_| args.solve_for != Unknown::Rate);
        let mut e = Equation {
            present: args.present_value.unwrap_or_default(),
            payment: args.payment,
            future: args.future_value,
            rate: known.map_or(Ok(0.0), |rate| year.per_period(rate))?,
            periods: args.periods.unwrap_or(1.0),
            timing: args.r#type.into(),
        };
        let mut found =
            Found { value: 0.0, annual: args.annual_rate.unwrap_or_default(), ..Found::default() };
        found.value = found.solve(args.solve_for, &mut e, &year, args.guess, cx)?;
        output(args.solve_for, &e, &year, found)
    }
}

/// What a solution says beside the equation itself.
#[derive(Default)]
struct Found {
    value: f64,
    annual: f64,
    others: Vec<f64>,
    whole: Option<u64>,
    last: Option<f64>,
    iterations: u32,
}

impl Found {
    /// Solves the equation, and puts the solution where it belongs in it.
    fn solve(
        &mut self,
        unknown: Unknown,
        e: &mut Equation,
        year: &Year,
        guess: f64,
        cx: &Context,
    ) -> Result<f64, Error> {
        let (place, value) = match unknown {
            Unknown::Rate => return self.rate(e, year, guess, cx),
            Unknown::PresentValue => {
                let value = e.present()?;
                (&mut e.present, value)
            }
            Unknown::Payment => {
                let value = e.payment()?;
                (&mut e.payment, value)
            }
            Unknown::FutureValue => {
                let value = e.future()?;
                (&mut e.future, value)
            }
            Unknown::Periods => {
                let n = e.periods()?;
                (self.whole, self.last) = (Some(n.whole as u64), Some(n.last));
                (&mut e.periods, n.exact)
            }
        };
        *place = value;
        Ok(value)
    }

    fn rate(&mut self, e: &mut Equation, year: &Year, guess: f64, cx: &Context) -> Result<f64, Error> {
        let solution = e.rates(&|| cx.should_stop())?;
        let annual = solution.rates.iter().map(|rate| year.nominal(*rate)).collect::<Result<Vec<_>, _>>()?;
        let far = |i: usize| (annual[i] - guess).abs();
        let nearest = (0..annual.len()).fold(0, |best, i| if far(i) < far(best) { i } else { best });
        self.iterations = solution.iterations;
        self.others =
            annual.iter().copied().enumerate().filter(|(i, _)| *i != nearest).map(|(_, r)| r).collect();
        if !self.others.is_empty() {
            cx.warn(
                "two rates solve the equation: value is the one nearest the guess, otherRates has the other",
            );
        }
        e.rate = solution.rates[nearest];
        self.annual = annual[nearest];
        Ok(self.annual)
    }
}

/// How rates of a year and of a payment period belong together.
struct Year {
    payments: f64,
    compounding: f64,
}

impl Year {
    fn of(args: &Args) -> Self {
        let payments = args.payments_per_year;
        let compounding = args.compounding_per_year.unwrap_or(payments);
        Self { payments: payments.into(), compounding: compounding.into() }
    }

    fn per_period(&self, nominal: f64) -> Result<f64, Error> {
        let part = nominal / self.compounding;
        if part <= -1.0 {
            let text = format!(
                "got {nominal}; wanted: a number > {}, so that a rate above -100 % is left per period",
                -self.compounding
            );
            return Err(Error::at("annualRate", text));
        }
        if self.payments == self.compounding {
            return Ok(part);
        }
        Ok(growth::equivalent_rate(part, self.compounding / self.payments)?)
    }

    fn nominal(&self, rate: f64) -> Result<f64, Error> {
        let part = if self.payments == self.compounding {
            rate
        } else {
            growth::equivalent_rate(rate, self.payments / self.compounding)?
        };
        finite(part * self.compounding, "annual rate")
    }
}

impl Args {
    /// The known quantities must be there; the one that is asked for is passed over if it is.
    fn check(&self, cx: &Context) -> Result<(), Error> {
        let rows = [
            (Unknown::Periods, "periods", self.periods.is_some(), true),
            (Unknown::Rate, "annualRate", self.annual_rate.is_some(), true),
            (Unknown::PresentValue, "presentValue", self.present_value.is_some(), true),
            (Unknown::Payment, "payment", self.payment != 0.0, false),
            (Unknown::FutureValue, "futureValue", self.future_value != 0.0, false),
        ];
        let mut problems = vec![];
        for (unknown, name, given, needed) in rows {
            if unknown == self.solve_for && given {
                cx.warn(format!("{name} is what solveFor asks for: the value given for it was not used"));
            } else if unknown != self.solve_for && needed && !given {
                let text = "missing; wanted: a number, because it is not what solveFor asks for";
                problems.push(Problem::new(name, text));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
    }
}

fn output(solved_for: Unknown, e: &Equation, year: &Year, found: Found) -> Result<Output, Error> {
    Ok(Output {
        solved_for,
        value: found.value,
        periods: e.periods,
        annual_rate: found.annual,
        rate_per_period: e.rate,
        effective_annual_rate: growth::equivalent_rate(e.rate, year.payments)?,
        present_value: e.present,
        payment: e.payment,
        future_value: e.future,
        whole_periods: found.whole,
        final_payment: found.last,
        total_payments: finite(e.periods * e.payment, "total of the payments")?,
        other_rates: found.others,
        converged: true,
        iterations: found.iterations,
    })
}
