//! Growth from one value to another, with an assessment and two targets.

use super::usual_metric;
use crate::math::finance::growth;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::{exceeds, finite, not_zero};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct GrowthRate;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Value before; not 0.
    from_value: f64,
    /// Value after.
    to_value: f64,
    /// What the values measure.
    #[serde(default = "usual_metric")]
    #[schemars(length(max = 1000))]
    metric_name: String,
}

/// A value to reach.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Target {
    /// The value of that growth [unit of the values].
    value: f64,
    /// What is short of it; negative when exceeded [unit of the values].
    gap: f64,
}

/// strong above 50 %, significant 20, healthy 10, modest 0; declines slight to -10 %, moderate -20, significant -50.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Assessment {
    StrongGrowth,
    SignificantGrowth,
    HealthyGrowth,
    ModestGrowth,
    NoChange,
    SlightDecline,
    ModerateDecline,
    SignificantDecline,
    SevereDecline,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// What the values measure.
    metric_name: String,
    /// (toValue - fromValue) / |fromValue| [decimal].
    growth_rate: f64,
    /// toValue - fromValue [unit of the values].
    absolute_change: f64,
    /// toValue / fromValue; null for a negative start [ratio].
    multiple: Option<f64>,
    assessment: Assessment,
    /// Growth of 10 %.
    target10: Target,
    /// Growth of 20 %.
    target20: Target,
}

impl Tool for GrowthRate {
    const NAME: &'static str = "calculate_growth_rate";
    const TITLE: &'static str = "Growth rate with assessment";
    const DESCRIPTION: &'static str = "Growth between two values of any metric, rated from strong growth to severe decline, with the values of 10 % \
        and 20 % growth as targets.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"fromValue": 1000, "toValue": 1150, "metricName": "Customers"}"#,
            expect: r#"{"metricName": "Customers", "growthRate": 0.15, "absoluteChange": 150, "multiple": 1.15, "assessment": "healthy_growth",
                    "target10": {"value": 1100, "gap": -50}, "target20": {"value": 1200, "gap": 50}}"#,
            tolerance: 1e-15,
            source: "by hand: 150 / 1000, 1000 + 0.1 * 1000, 1000 + 0.2 * 1000",
        },
        Example {
            arguments: r#"{"fromValue": -100, "toValue": -50}"#,
            expect: r#"{"growthRate": 0.5, "multiple": null, "assessment": "significant_growth", "target10": {"value": -90, "gap": -40}}"#,
            tolerance: 1e-15,
            source: "by hand: 50 / |-100|, -100 + 0.1 * 100",
        },
    ];
    const FORMULA: &'static str = "\
        growthRate = (toValue - fromValue) / |fromValue|; absoluteChange = toValue - fromValue\n\
        multiple = toValue / fromValue\n\
        target10 = fromValue + 0.1 |fromValue|, target20 = fromValue + 0.2 |fromValue|; gap = target - toValue\n\
        Source: J. E. Hanke, D. W. Wichern, Business Forecasting, 9th ed. (2009), chapter 2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (from, to) =
            (not_zero(args.from_value, "fromValue", "growth from 0 is not defined")?, args.to_value);
        let change = growth::change(from, to)?;
        let target = |share: f64| -> Result<Target, Error> {
            let value = finite(from + share * from.abs(), "target")?;
            Ok(Target { value, gap: finite(value - to, "gap")? })
        };
        let multiple = if from > 0.0 { Some(finite(to / from, "multiple")?) } else { None };
        Ok(Output {
            metric_name: args.metric_name,
            growth_rate: change.rate,
            absolute_change: change.absolute,
            multiple,
            assessment: assessment(change.rate),
            target10: target(0.1)?,
            target20: target(0.2)?,
        })
    }
}

fn assessment(rate: f64) -> Assessment {
    let above = |bound| exceeds(rate, bound);
    match rate {
        _ if above(0.5) => Assessment::StrongGrowth,
        _ if above(0.2) => Assessment::SignificantGrowth,
        _ if above(0.1) => Assessment::HealthyGrowth,
        _ if above(0.0) => Assessment::ModestGrowth,
        _ if rate == 0.0 => Assessment::NoChange,
        _ if above(-0.1) => Assessment::SlightDecline,
        _ if above(-0.2) => Assessment::ModerateDecline,
        _ if above(-0.5) => Assessment::SignificantDecline,
        _ => Assessment::SevereDecline,
    }
}
