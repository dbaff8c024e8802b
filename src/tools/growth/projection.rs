//! Growth projected at a constant rate, under any compounding.

use super::usual_metric;
use crate::math::finance::growth::{compounded, compounded_continuously, equivalent_rate};
use crate::math::stats;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{finite, not_zero};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Projection;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Value at the start; not 0.
    base_value: f64,
    /// Nominal rate, above -1 per compounding period [decimal per year].
    annual_growth_rate: f64,
    /// Compounding periods (12 monthly ones are a year); years when continuous.
    #[schemars(range(min = 1, max = 100))]
    periods: u32,
    #[serde(default)]
    #[schemars(extend("x-foldCase" = true))]
    compounding: Compounding,
    /// What the value measures.
    #[serde(default = "usual_metric")]
    #[schemars(length(max = 1000))]
    metric_name: String,
}

/// How often growth is added.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
enum Compounding {
    #[default]
    Annual,
    Semiannual,
    Quarterly,
    Monthly,
    Daily,
    Continuous,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    /// Periods gone by.
    period: u32,
    /// Value then [unit of the value].
    value: f64,
    /// Growth over the row before; null at period 0 [decimal].
    growth: Option<f64>,
}

/// Final values over the same time; null where the rate is -100 % or less a period.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Comparison {
    /// Once a year [unit of the value].
    annual: Option<f64>,
    /// Twice a year [unit of the value].
    semiannual: Option<f64>,
    /// Four times a year [unit of the value].
    quarterly: Option<f64>,
    /// Twelve times a year [unit of the value].
    monthly: Option<f64>,
    /// 365 times a year [unit of the value].
    daily: Option<f64>,
    /// At every moment [unit of the value].
    continuous: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// What the value measures.
    metric_name: String,
    /// One row a period, from period 0.
    projection: Vec<Row>,
    /// Value in the last row [unit of the value].
    final_value: f64,
    /// growthMultiple - 1 [decimal].
    total_growth: f64,
    /// Mean of all rows, period 0 included [unit of the value].
    average_value: f64,
    /// finalValue / baseValue [ratio].
    growth_multiple: f64,
    /// Growth in one period; in one year when continuous [decimal per period].
    rate_per_period: f64,
    /// Length of the projection [years].
    years: f64,
    comparison: Comparison,
}

impl Tool for Projection {
    const NAME: &'static str = "apply_growth_projection";
    const TITLE: &'static str = "Compound growth projection";
    const DESCRIPTION: &'static str = "Projects a value at a constant nominal yearly rate, period by period, and compares compounding frequencies over \
        the same time.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"baseValue": 1000, "annualGrowthRate": 0.12, "periods": 12, "compounding": "monthly"}"#,
        expect: r#"{"finalValue": 1126.8250301319697, "totalGrowth": 0.12682503013196972, "growthMultiple": 1.1268250301319697,
                "ratePerPeriod": 0.01, "years": 1, "comparison": {"annual": 1120, "semiannual": 1123.6, "quarterly": 1125.50881,
                "monthly": 1126.8250301319697, "daily": 1127.4746156384026, "continuous": 1127.4968515793757}}"#,
        tolerance: 1e-12,
        source: "mpmath 1.4.1, 50 digits: 1000*(1 + mpf('0.12')/m)**m for m = 1, 2, 4, 12, 365, and 1000*exp(mpf('0.12'))",
    }];
    const FORMULA: &'static str = "\
        value after k periods = baseValue * (1 + ratePerPeriod)^k; ratePerPeriod = annualGrowthRate / n, n = 1, 2, 4, 12, 365 periods a year\n\
        continuous: baseValue * e^(annualGrowthRate * k), k in years; ratePerPeriod = e^annualGrowthRate - 1\n\
        years = periods / n; comparison: baseValue * (1 + annualGrowthRate / m)^(m * years)\n\
        Source: S. G. Kellison, The Theory of Interest, 3rd ed. (2009), sections 1.5, 1.8 and 1.9";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let base = not_zero(args.base_value, "baseValue", "0 does not grow at any rate")?;
        let law = Law::new(args.annual_growth_rate, args.compounding)?;
        let row = |k: u32| -> Result<Row, Error> {
            Ok(Row { period: k, value: law.after(base, k.into())?, growth: (k > 0).then_some(law.rate) })
        };
        let projection = (0..=args.periods).map(row).collect::<Result<Vec<_>, _>>()?;
        let values: Vec<f64> = projection.iter().map(|row| row.value).collect();
        let (periods, years) = (args.periods.into(), f64::from(args.periods) / law.per_year.unwrap_or(1.0));
        Ok(Output {
            metric_name: args.metric_name,
            projection,
            final_value: law.after(base, periods)?,
            total_growth: law.total(periods)?,
            average_value: stats::mean(&values)?,
            growth_multiple: law.after(1.0, periods)?,
            rate_per_period: law.rate,
            years,
            comparison: comparison(base, args.annual_growth_rate, years)?,
        })
    }
}

/// The rate of one period, and how many of them a year has; none when growth is continuous.
struct Law {
    nominal: f64,
    per_year: Option<f64>,
    rate: f64,
}

impl Law {
    fn new(nominal: f64, compounding: Compounding) -> Result<Self, Error> {
        let per_year = compounding.per_year();
        let rate = match per_year {
            Some(n) if nominal / n > -1.0 => nominal / n,
            Some(n) => return Err(too_low(nominal, n)),
            None => finite(nominal.exp_m1(), "growth of a year")?,
        };
        Ok(Self { nominal, per_year, rate })
    }

    fn after(&self, base: f64, periods: f64) -> Result<f64, Error> {
        Ok(match self.per_year {
            Some(_) => compounded(base, self.rate, periods)?,
            None => compounded_continuously(base, self.nominal, periods)?,
        })
    }

    /// The multiple less one, to full precision for tiny rates.
    fn total(&self, periods: f64) -> Result<f64, Error> {
        match self.per_year {
            Some(_) => Ok(equivalent_rate(self.rate, periods)?),
            None => finite((self.nominal * periods).exp_m1(), "total growth"),
        }
    }
}

impl Compounding {
    /// Periods of a year; none when there is no period.
    fn per_year(self) -> Option<f64> {
        match self {
            Self::Annual => Some(1.0),
            Self::Semiannual => Some(2.0),
            Self::Quarterly => Some(4.0),
            Self::Monthly => Some(12.0),
            Self::Daily => Some(365.0),
            Self::Continuous => None,
        }
    }
}

fn too_low(nominal: f64, per_year: f64) -> Error {
    let text = format!(
        "got {nominal}; wanted: a number > {}, or with {per_year} periods a year nothing is left after one of them",
        -per_year
    );
    Error::at("annualGrowthRate", text)
}

fn comparison(base: f64, nominal: f64, years: f64) -> Result<Comparison, Error> {
    let at = |n: f64| match nominal / n > -1.0 {
        true => compounded(base, nominal / n, n * years).map(Some),
        false => Ok(None),
    };
    Ok(Comparison {
        annual: at(1.0)?,
        semiannual: at(2.0)?,
        quarterly: at(4.0)?,
        monthly: at(12.0)?,
        daily: at(365.0)?,
        continuous: compounded_continuously(base, nominal, years)?,
    })
}
