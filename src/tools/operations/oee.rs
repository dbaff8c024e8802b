//! Overall equipment effectiveness, takt time, and the capacity of a line.

use crate::math::sum::Sum;
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use crate::tools::shared::{held, ratio};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Oee;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// After scheduled breaks; any time unit, the same for all.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    planned_time: f64,
    /// Unplanned stops [time].
    #[serde(default)]
    #[schemars(range(min = 0))]
    downtime: f64,
    /// [time per unit]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    ideal_cycle_time: f64,
    /// Made, with rejects [units].
    #[schemars(range(min = 0))]
    total_count: f64,
    /// [units]
    #[schemars(range(min = 0))]
    good_count: f64,
    /// All time, for TEEP.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    calendar_time: Option<f64>,
    /// [units per plannedTime]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    demand: Option<f64>,
    /// Of the line.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    stations: Vec<Station>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Station {
    /// Name.
    #[schemars(length(max = 200))]
    name: String,
    /// Of one machine [time per unit].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    cycle_time: f64,
    /// Side by side.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 1_000_000))]
    machines: u32,
}

fn one() -> u32 {
    1
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// runTime / plannedTime [decimal].
    availability: f64,
    /// idealCycleTime * totalCount / runTime [decimal].
    performance: f64,
    /// goodCount / totalCount [decimal].
    quality: f64,
    /// The product of the three [decimal].
    oee: f64,
    /// oee * plannedTime / calendarTime; null without it [decimal].
    teep: Option<f64>,
    /// plannedTime - downtime [time].
    run_time: f64,
    /// downtime [time].
    availability_loss: f64,
    /// runTime less the ideal time of all units [time].
    performance_loss: f64,
    /// Ideal time of the rejects [time].
    quality_loss: f64,
    /// plannedTime / demand; null without demand [time per unit].
    takt_time: Option<f64>,
    /// The station of least capacity, the first of equal ones.
    bottleneck: Option<String>,
    /// As given.
    stations: Vec<Capacity>,
    /// Sum of the cycles / (stations * cycle of the bottleneck), cycle = cycleTime / machines [decimal].
    line_efficiency: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Capacity {
    /// Its name.
    name: String,
    /// plannedTime / cycleTime * machines [units].
    capacity: f64,
    /// demand / capacity; null without demand [decimal].
    utilization: Option<f64>,
}

impl Tool for Oee {
    const NAME: &'static str = "calculate_oee";
    const TITLE: &'static str = "OEE, takt time, capacity";
    const DESCRIPTION: &'static str = "Overall equipment effectiveness with its factors and losses in time, TEEP, takt time, station capacities, bottleneck and line balance.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"plannedTime": 25200, "downtime": 2820, "idealCycleTime": 1, "totalCount": 19271, "goodCount": 18848,
                "calendarTime": 86400}"#,
            expect: r#"{"availability": 0.88809523809523805, "performance": 0.86108132260947274, "quality": 0.97804991956826319,
                "oee": 0.74793650793650795, "teep": 0.21814814814814815, "runTime": 22380, "availabilityLoss": 2820,
                "performanceLoss": 3109, "qualityLoss": 423, "taktTime": null, "bottleneck": null, "lineEfficiency": null}"#,
            tolerance: 1e-14,
            source: "Vorne Industries, OEE Pocket Guide, worked example: 88.81 % · 86.11 % · 97.80 % = 74.79 %; by hand 373 / 420, 19271 / 22380, 18848 / 25200",
        },
        Example {
            arguments: r#"{"plannedTime": 480, "idealCycleTime": 5, "totalCount": 80, "goodCount": 80, "demand": 60, "stations": [
                {"name": "cut", "cycleTime": 6}, {"name": "weld", "cycleTime": 15, "machines": 2}, {"name": "paint", "cycleTime": 4.5}]}"#,
            expect: r#"{"oee": 0.83333333333333333, "taktTime": 8, "bottleneck": "weld", "lineEfficiency": 0.8, "stations": [
                {"name": "cut", "capacity": 80, "utilization": 0.75}, {"name": "weld", "capacity": 64, "utilization": 0.9375},
                {"name": "paint", "capacity": 106.666666666666667, "utilization": 0.5625}]}"#,
            tolerance: 1e-14,
            source: "by hand: 400 / 480; 480 / 60; (6 + 7.5 + 4.5) / (3 · 7.5)",
        },
    ];
    const FORMULA: &'static str = "\
        runTime = plannedTime - downtime; oee = availability * performance * quality = idealCycleTime * goodCount / plannedTime\n\
        quality = goodCount / totalCount; capacity = plannedTime / cycleTime * machines; \
        lineEfficiency = sum of cycleTime / machines over stations times the longest\n\
        Source: S. Nakajima, Introduction to TPM (1988), chapter 3; J. Heizer, B. Render, Operations Management, 10th ed. (2011), chapter 9";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        check(&args)?;
        let run = args.planned_time - args.downtime;
        let ideal = held(args.ideal_cycle_time * args.total_count, "ideal time")?;
        let performance = held(ideal / run, "performance")?;
        if performance > 1.0 + 1e-12 {
            cx.warn(format!("performance is {performance}, above 1: idealCycleTime is longer than what was achieved, or time is missing"));
        }
        let oee = held(args.ideal_cycle_time * args.good_count / args.planned_time, "OEE")?;
        let line = line(&args)?;
        Ok(Output {
            availability: run / args.planned_time,
            performance,
            quality: args.good_count / args.total_count,
            oee,
            teep: ratio(Some(oee * args.planned_time), args.calendar_time, "TEEP")?,
            run_time: run,
            availability_loss: args.downtime,
            performance_loss: run - ideal,
            quality_loss: args.ideal_cycle_time * (args.total_count - args.good_count),
            takt_time: ratio(Some(args.planned_time), args.demand, "takt time")?,
            bottleneck: line.bottleneck,
            stations: line.stations,
            line_efficiency: line.efficiency,
        })
    }
}

/// The rules across arguments.
fn check(args: &Args) -> Result<(), Error> {
    let mut problems = vec![];
    let planned = args.planned_time;
    if args.downtime >= planned {
        let message = format!(
            "got {}; wanted: below plannedTime, {planned}, so that there is time to run",
            args.downtime
        );
        problems.push(Problem::new("downtime", message));
    }
    if args.good_count > args.total_count {
        let message = format!("got {}; wanted: at most totalCount, {}", args.good_count, args.total_count);
        problems.push(Problem::new("goodCount", message));
    }
    if args.total_count == 0.0 {
        problems
            .push(Problem::new("totalCount", "got 0; wanted: above 0, since nothing made has no quality"));
    }
    if let Some(calendar) = args.calendar_time.filter(|calendar| *calendar < planned) {
        let message = format!("got {calendar}; wanted: at least plannedTime, {planned}");
        problems.push(Problem::new("calendarTime", message));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}

struct Line {
    stations: Vec<Capacity>,
    bottleneck: Option<String>,
    efficiency: Option<f64>,
}

fn line(args: &Args) -> Result<Line, Error> {
    let mut stations = vec![];
    let (mut cycles, mut longest, mut bottleneck) = (Sum::default(), 0.0, None);
    for station in &args.stations {
        let cycle = station.cycle_time / f64::from(station.machines);
        let capacity = held(args.planned_time / cycle, "capacity")?;
        let utilization = ratio(args.demand, Some(capacity), "utilization")?;
        cycles.add(cycle);
        if cycle > longest {
            (longest, bottleneck) = (cycle, Some(station.name.clone()));
        }
        stations.push(Capacity { name: station.name.clone(), capacity, utilization });
    }
    let most = held(longest * stations.len() as f64, "cycle of the line")?;
    let efficiency = ratio(Some(cycles.total()), Some(most), "line efficiency")?;
    Ok(Line { stations, bottleneck, efficiency })
}
