//! Interest rates from one compounding basis to another.

use super::needed;
use crate::math::Error as MathError;
use crate::math::finance::rate;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct ConvertRate;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// 0.05: 5 % [decimal per year].
    rate: f64,
    /// simple: on the start amount; discount: on the end amount.
    from_basis: Basis,
    /// Bond-equivalent: nominal, 2.
    to_basis: Basis,
    /// For nominal.
    from_compounding_per_year: Option<Compounding>,
    /// For nominal.
    to_compounding_per_year: Option<Compounding>,
    /// For simple, discount [years].
    #[schemars(extend("exclusiveMinimum" = 0.0, "default" = 1))]
    term_years: Option<f64>,
    /// Instead of termYears.
    #[schemars(range(min = 1, max = 1_000_000))]
    days: Option<u32>,
    /// With days.
    #[serde(default)]
    from_days_per_year: DaysPerYear,
    /// With days.
    #[serde(default)]
    to_days_per_year: DaysPerYear,
}

#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Basis {
    EffectiveAnnual,
    Nominal,
    Continuous,
    Simple,
    Discount,
}

/// Compounding periods in a year.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(transparent)]
struct Compounding(#[schemars(range(min = 1, max = 1_000_000))] u32);

/// Days that make a year.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy)]
#[serde(transparent)]
struct DaysPerYear(#[schemars(extend("enum" = [360, 365, 366]))] u16);

impl Default for DaysPerYear {
    fn default() -> Self {
        Self(365)
    }
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// On toBasis, the same growth over the term [decimal per year].
    rate: f64,
    /// Compounded once a year, in the target's years [decimal per year].
    effective_annual_rate: f64,
    /// Compounded continuously, in the target's years [decimal per year].
    continuous_rate: f64,
    /// rate / toCompoundingPerYear; null unless toBasis is nominal [decimal per compounding period].
    rate_per_compounding_period: Option<f64>,
    /// What 1 grows to over the term [1].
    growth_factor: f64,
}

impl Tool for ConvertRate {
    const NAME: &'static str = "convert_interest_rate";
    const TITLE: &'static str = "Convert interest rates between bases";
    const DESCRIPTION: &'static str = "The rate on another basis with the same growth: effective, nominal, continuous, simple (money market), bank \
        discount. Excel's EFFECT, NOMINAL.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"rate": 0.0525, "fromBasis": "nominal", "fromCompoundingPerYear": 4, "toBasis": "effective_annual"}"#,
            expect: r#"{"rate": 0.0535426673707584, "growthFactor": 1.0535426673707584, "ratePerCompoundingPeriod": null}"#,
            tolerance: 1e-14,
            source: "Microsoft Excel documentation of EFFECT (0.0535427); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"rate": 0.05, "fromBasis": "discount", "toBasis": "nominal", "toCompoundingPerYear": 2, "days": 180,
                "fromDaysPerYear": 360, "toDaysPerYear": 365}"#,
            expect: r#"{"rate": 0.0520034831861897373, "growthFactor": 1.02564102564102564}"#,
            tolerance: 1e-13,
            source: "mpmath 1.4.1: growth g = 1/(1 - 0.05*180/360), rate 2 (g^(365/360) - 1), half a year being 182.5 days",
        },
    ];
    const FORMULA: &'static str = "\
        Both rates give the same growth over the term T (termYears, or days / daysPerYear of each side):\n\
        effective_annual (1 + rate)^T; nominal (1 + rate/m)^(m T); continuous e^(rate T); simple 1 + rate T; discount 1/(1 - rate T)\n\
        m: fromCompoundingPerYear for fromBasis, toCompoundingPerYear for toBasis\n\
        Source: J. C. Hull, Options, Futures, and Other Derivatives, 8th ed. (2012), section 4.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let from = basis(args.from_basis, args.from_compounding_per_year, "fromCompoundingPerYear", cx)?;
        let to = basis(args.to_basis, args.to_compounding_per_year, "toCompoundingPerYear", cx)?;
        let (from_term, to_term) = terms(&args)?;
        let converted = rate::convert(args.rate, (from, from_term), (to, to_term)).map_err(at_rate)?;
        let per_period = |m: u32| converted.rate / f64::from(m);
        Ok(Output {
            rate: converted.rate,
            effective_annual_rate: converted.effective_annual,
            continuous_rate: converted.continuous,
            rate_per_compounding_period: if let rate::Basis::Nominal(m) = to {
                Some(per_period(m))
            } else {
                None
            },
            growth_factor: converted.growth,
        })
    }
}

/// The basis with its number of compoundings, which nominal rates need and others do not use.
fn basis(basis: Basis, count: Option<Compounding>, name: &str, cx: &Context) -> Result<rate::Basis, Error> {
    if count.is_some() && basis != Basis::Nominal {
        cx.warn(format!("{name} is not used: that basis is not nominal"));
    }
    Ok(match basis {
        Basis::EffectiveAnnual => rate::Basis::EffectiveAnnual,
        Basis::Nominal => rate::Basis::Nominal(needed(count, name, "a nominal rate")?.0),
        Basis::Continuous => rate::Basis::Continuous,
        Basis::Simple => rate::Basis::Simple,
        Basis::Discount => rate::Basis::Discount,
    })
}

/// The term in the years of each side.
fn terms(args: &Args) -> Result<(f64, f64), Error> {
    let in_years = |days: u32, year: DaysPerYear| f64::from(days) / f64::from(year.0);
    match (args.term_years, args.days) {
        (Some(_), Some(_)) => Err(Error::at("days", "termYears is given too: the term is one or the other")),
        (_, Some(days)) => {
            Ok((in_years(days, args.from_days_per_year), in_years(days, args.to_days_per_year)))
        }
        (years, None) => Ok((years.unwrap_or(1.0), years.unwrap_or(1.0))),
    }
}

fn at_rate(error: MathError) -> Error {
    match error {
        MathError::NothingLeft { .. } => Error::at("rate", error.to_string()),
        other => other.into(),
    }
}
