//! Learning curves, given or fitted.

use crate::math::operations::learning::{self, Curve};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct LearningCurve;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// unit: Crawford; cumulative_average: Wright.
    #[serde(default)]
    model: Model,
    /// With learningRate, or observations [time].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    first_unit_time: Option<f64>,
    /// 0.8: each doubling cuts to 80 % [decimal].
    #[schemars(extend("exclusiveMinimum" = 0.0), range(max = 1))]
    learning_rate: Option<f64>,
    /// To fit, at least 2.
    #[schemars(length(min = 2, max = 10_000))]
    observations: Option<Vec<Observation>>,
    /// To be made.
    #[schemars(range(min = 1, max = 1_000_000))]
    units: u32,
    /// Made before.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1_000_000_000))]
    prior_units: u32,
    /// [currency per time]
    #[schemars(range(min = 0))]
    labour_rate: Option<f64>,
    /// To be reached [time].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    standard_time: Option<f64>,
    /// Units to list; default powers of two.
    #[schemars(length(max = 200))]
    report: Option<Vec<Unit>>,
}

/// The number of a unit, from 1.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(transparent)]
struct Unit(#[schemars(range(min = 1, max = 2_000_000_000))] u32);

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
enum Model {
    #[default]
    Unit,
    CumulativeAverage,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Observation {
    /// Number.
    #[schemars(range(min = 1))]
    unit: f64,
    /// Of that unit; cumulative_average: mean so far.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    time: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// b = ln(learningRate) / ln 2 [number].
    exponent: f64,
    /// Given or fitted [decimal].
    learning_rate: f64,
    /// Given or fitted [time].
    first_unit_time: f64,
    /// Of unit priorUnits + units [time].
    last_unit_time: f64,
    /// Of the units after priorUnits [time].
    total_time: f64,
    /// totalTime / units [time].
    average_time: f64,
    /// totalTime * labourRate; null without it [currency].
    total_cost: Option<f64>,
    /// First unit of the whole curve within standardTime, to 1e-9; null if none is.
    standard_reached_at: Option<u64>,
    /// Of the fit, in logarithms; null without one [fraction].
    r_squared: Option<f64>,
    /// Units of the whole curve, from its first.
    table: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Row {
    /// Its number.
    unit: u32,
    /// Of this unit [time].
    unit_time: f64,
    /// Of all units up to it [time].
    cumulative_time: f64,
    /// cumulativeTime / unit [time].
    average_time: f64,
}

impl Tool for LearningCurve {
    const NAME: &'static str = "calculate_learning_curve";
    const TITLE: &'static str = "Learning curve";
    const DESCRIPTION: &'static str = "Unit times, total time and cost when each doubling of output cuts the time by a fixed part; Crawford's or Wright's curve, given or fitted to observations.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"firstUnitTime": 100, "learningRate": 0.8, "units": 10, "labourRate": 20, "standardTime": 64, "report": [4]}"#,
            expect: r#"{"exponent": -0.32192809488736235, "learningRate": 0.8, "firstUnitTime": 100, "totalTime": 631.537302,
                "totalCost": 12630.74604, "standardReachedAt": 4, "rSquared": null, "table": [{"unit": 4, "unitTime": 64}]}"#,
            tolerance: 1e-8,
            source: "J. Heizer, B. Render, Operations Management, 10th ed. (2011), module E, table E.3: 0.640 and 6.315 for 80 %; six more digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"model": "cumulative_average", "observations": [{"unit": 1, "time": 50}, {"unit": 4, "time": 40.5}], "units": 2,
                "priorUnits": 2}"#,
            expect: r#"{"learningRate": 0.9, "firstUnitTime": 50, "totalTime": 72, "averageTime": 36, "rSquared": 1, "totalCost": null,
                "standardReachedAt": null}"#,
            tolerance: 1e-12,
            source: "by hand: 40.5 = 50 · 0.9²; four units take 4 · 40.5 = 162, the first two 2 · 45 = 90",
        },
    ];
    const FORMULA: &'static str = "\
        unit: time of unit n = firstUnitTime n^exponent; cumulative_average: mean of the first n = firstUnitTime n^exponent\n\
        totalTime: sum over units priorUnits + 1 .. priorUnits + units; fit: least squares of ln time on ln unit\n\
        Source: J. Heizer, B. Render, Operations Management, 10th ed. (2011), module E";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (curve, r_squared) = curve(&args)?;
        let (prior, units) = (u64::from(args.prior_units), u64::from(args.units));
        let total_time = curve.total(prior, units)?;
        let standard_reached_at = args.standard_time.and_then(|standard| curve.reached_at(standard));
        if args.standard_time.is_some() && standard_reached_at.is_none() {
            cx.warn("standardTime is not reached within 2^53 units");
        }
        let total_cost = args.labour_rate.map(|rate| held(total_time * rate, "total cost")).transpose()?;
        Ok(Output {
            exponent: curve.exponent,
            learning_rate: args.learning_rate.unwrap_or_else(|| curve.exponent.exp2()),
            first_unit_time: curve.first,
            last_unit_time: curve.unit(prior + units),
            total_time,
            average_time: total_time / units as f64,
            total_cost,
            standard_reached_at,
            r_squared,
            table: table(&curve, args.report, prior + units)?,
        })
    }
}

/// The curve, and how well it fits where it is fitted.
fn curve(args: &Args) -> Result<(Curve, Option<f64>), Error> {
    let model = match args.model {
        Model::Unit => learning::Model::Unit,
        Model::CumulativeAverage => learning::Model::CumulativeAverage,
    };
    let wanted = "wanted: either firstUnitTime with learningRate, or at least two observations";
    match (args.first_unit_time, args.learning_rate, &args.observations) {
        (Some(first), Some(rate), None) => Ok((Curve::new(model, first, rate)?, None)),
        (None, None, Some(observed)) => {
            let observed: Vec<_> = observed.iter().map(|o| (o.unit, o.time)).collect();
            let fit = learning::fit(&observed)?;
            // The slope of level times is zero but for rounding.
            if fit.exponent > 1e-12 {
                let rate = fit.exponent.exp2();
                return Err(Error::Domain(format!(
                    "the times rise with the units (fitted learning rate {rate}, above 1): there is no learning in these observations"
                )));
            }
            let curve = Curve::new(model, fit.first, fit.exponent.min(0.0).exp2())?;
            Ok((Curve { exponent: fit.exponent.min(0.0), ..curve }, fit.r_squared))
        }
        (_, _, Some(_)) => Err(Error::at("observations", format!("given with a curve; {wanted}"))),
        (None, ..) => Err(Error::at("firstUnitTime", format!("missing; {wanted}"))),
        _ => Err(Error::at("learningRate", format!("missing; {wanted}"))),
    }
}

fn table(curve: &Curve, report: Option<Vec<Unit>>, last: u64) -> Result<Vec<Row>, Error> {
    let doubled = |n: &u32| n.checked_mul(2).filter(|n| u64::from(*n) <= last);
    let units = match report {
        Some(report) => report.iter().map(|unit| unit.0).collect(),
        None => std::iter::successors(Some(1), doubled).collect::<Vec<u32>>(),
    };
    let row = |unit: u32| {
        let cumulative_time = curve.total(0, unit.into())?;
        let average_time = cumulative_time / f64::from(unit);
        Ok(Row { unit, unit_time: curve.unit(unit.into()), cumulative_time, average_time })
    };
    units.into_iter().map(row).collect()
}
