//! Projects side by side: present values, rates of return, equivalent annuities, crossovers.

use crate::math::finance::{investment, tvm};
use crate::toolkit::{Context, Cost, Error, Example, Problem, Tool};
use crate::tools::shared::{Decision, Rate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

pub(super) struct CompareProjects;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Projects, each with a name of its own.
    #[schemars(length(min = 1, max = 20))]
    projects: Vec<Project>,
    /// Discount rate per period, 0.08 for 8 % [decimal per period].
    discount_rate: Rate,
    /// Rates of the profile; left out, 0 to 0.4 in steps of 0.02 [decimal per period].
    #[schemars(length(min = 1, max = 1000))]
    profile_rates: Option<Vec<Rate>>,
    /// Whether each project can be repeated at its end: then the annuity ranks them.
    #[serde(default)]
    repeatable: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Project {
    /// Name.
    #[schemars(length(min = 1, max = 200))]
    name: String,
    /// Flows at periods 0, 1, 2, …; outflows negative [currency].
    #[schemars(length(min = 2, max = 600))]
    cash_flows: Vec<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    /// Name.
    name: String,
    /// Net present value [currency].
    npv: f64,
    /// Taken by itself: accept an NPV above zero.
    decision: Decision,
    /// All internal rates of return, ascending [decimal per period].
    irrs: Vec<f64>,
    /// Changes of sign in the flows: at most so many rates.
    sign_changes: usize,
    /// Whether there is more than one rate.
    multiple_irrs: bool,
    /// Level amount over the project's life worth its NPV [currency per period].
    equivalent_annuity: f64,
    /// Number of flows less one [periods].
    life: usize,
    /// Present value of the later flows per unit of outlay at period 0; null without such an outlay [ratio].
    profitability_index: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProfileRow {
    /// Discount rate [decimal per period].
    rate: f64,
    /// Net present values in the order of the projects [currency].
    npvs: Vec<f64>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Crossing {
    /// The one listed first.
    first: String,
    /// The other.
    second: String,
    /// Rates at which both have one NPV, ascending [decimal per period].
    rates: Vec<f64>,
    /// NPV of the larger outlay less the smaller; with equal ones, first - second [currency].
    incremental_npv: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// One row a project, in the order given.
    projects: Vec<Row>,
    /// NPV of each project over a range of rates.
    profile: Vec<ProfileRow>,
    /// One row a pair of projects.
    crossovers: Vec<Crossing>,
    /// Highest NPV.
    best_by_npv: String,
    /// Highest equivalent annuity.
    best_by_annuity: String,
    /// The one to choose if only one can be; null when every NPV is below zero and some project has inflows.
    recommended: Option<String>,
}

impl Tool for CompareProjects {
    const NAME: &'static str = "compare_projects";
    const TITLE: &'static str = "NPV profile, all IRRs, incremental IRR, equivalent annuity";
    const DESCRIPTION: &'static str = "Ranks up to 20 projects by net present value and equivalent annuity, with all their rates of return, the rates \
        at which they cross, and a recommendation if only one can be chosen.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"projects": [{"name": "A", "cashFlows": [-15, -5, -5, -5]}, {"name": "B", "cashFlows": [-10, -6, -6]}],
                    "discountRate": 0.06, "repeatable": true, "profileRates": [0.06]}"#,
            expect: r#"{"projects": [{"name": "A", "npv": -28.3650597473081806, "equivalentAnnuity": -10.6116471918582737, "irrs": [], "life": 3},
                    {"name": "B", "npv": -21.0003559985760, "equivalentAnnuity": -11.4543689320388, "irrs": [], "life": 2}],
                    "bestByAnnuity": "A", "bestByNpv": "B", "recommended": "A"}"#,
            tolerance: 1e-12,
            source: "Brealey, Myers, Allen, Principles of Corporate Finance, 10th ed. (2011), section 6.3, two machines: annual costs \
                    10.61 and 11.45; further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"projects": [{"name": "Pump", "cashFlows": [-1000, 2500, -1540]}], "discountRate": 0.2, "profileRates": [0, 0.25]}"#,
            expect: r#"{"projects": [{"irrs": [0.1, 0.4], "signChanges": 2, "multipleIrrs": true, "npv": 13.8888888888888889}],
                    "profile": [{"rate": 0, "npvs": [-40]}, {"rate": 0.25, "npvs": [14.4]}], "crossovers": [], "recommended": "Pump"}"#,
            tolerance: 1e-11,
            source: "by hand: -1000 (1 - 1.1 v) (1 - 1.4 v); -1000 + 2500 / 1.25 - 1540 / 1.25^2 = 14.4",
        },
    ];
    const FORMULA: &'static str = "\
        npv = sum of CF_t / (1 + discountRate)^t over the cashFlows of projects, t = 0, 1, 2, ...; irrs: all r > -1 with sum of CF_t / (1 + r)^t = 0\n\
        equivalentAnnuity = npv * r / (1 - (1 + r)^-life), r = discountRate; for r = 0: npv / life\n\
        crossovers: irrs of the differences of the flows\n\
        Source: R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), chapters 5 and 6";
    const COST: Cost = Cost::Heavy;
    type Args = Args;
    type Output = Output;

    fn prepare(args: &Args, _: &Context) -> Result<(), Error> {
        let (mut problems, mut seen) = (vec![], HashSet::new());
        for (i, project) in args.projects.iter().enumerate() {
            if !seen.insert(&project.name) {
                let text = format!("{:?} is the name of another project already", project.name);
                problems.push(Problem::new(format!("projects[{i}].name"), text));
            }
            if project.cash_flows.iter().all(|flow| *flow == 0.0) {
                let text = "got zeros only; wanted: at least one flow other than 0";
                problems.push(Problem::new(format!("projects[{i}].cashFlows"), text));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
    }

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (projects, rate) = (&args.projects, args.discount_rate.0);
        let measured =
            projects.iter().map(|project| row(project, rate, cx)).collect::<Result<Vec<_>, _>>()?;
        let first_best = |value: fn(&Row) -> f64| {
            // The first of equals.
            let best = measured.iter().reduce(|best, row| if value(row) > value(best) { row } else { best });
            best.map(|row| row.name.clone()).unwrap_or_default()
        };
        let (best_by_npv, best_by_annuity) =
            (first_best(|row| row.npv), first_best(|row| row.equivalent_annuity));
        let by_annuity = by_annuity(&args, &measured);
        let recommended =
            by_annuity.map(|annuity| if annuity { &best_by_annuity } else { &best_by_npv }.clone());
        Ok(Output {
            profile: profile(&args)?,
            crossovers: crossings(projects, rate, cx)?,
            projects: measured,
            best_by_npv,
            best_by_annuity,
            recommended,
        })
    }
}

fn row(project: &Project, rate: f64, cx: &Context) -> Result<Row, Error> {
    let (flows, name) = (&project.cash_flows, project.name.clone());
    let m = investment::measures(flows, rate, &|| cx.should_stop())?;
    if m.rates.len() > 1 {
        cx.warn(format!(
            "{name} has {} internal rates of return: none of them alone describes it, so judge it by npv",
            m.rates.len()
        ));
    }
    Ok(Row {
        name,
        npv: m.npv,
        decision: m.decision.into(),
        multiple_irrs: m.rates.len() > 1,
        irrs: m.rates,
        sign_changes: m.sign_changes,
        equivalent_annuity: m.annuity,
        life: flows.len() - 1,
        profitability_index: m.index,
    })
}

/// Which measure recommends, the annuity or the net present value; none when nothing is worth doing.
///
/// Where all projects are costs, something must be done, and the cheapest is chosen: by annuity, unless all have one
/// life and are done once.
fn by_annuity(args: &Args, rows: &[Row]) -> Option<bool> {
    let costs = args.projects.iter().all(|project| project.cash_flows.iter().all(|flow| *flow <= 0.0));
    let one_life = rows.windows(2).all(|pair| pair[0].life == pair[1].life);
    let worth = rows.iter().any(|row| !matches!(row.decision, Decision::Reject));
    if costs { Some(args.repeatable || !one_life) } else { worth.then_some(args.repeatable) }
}

fn profile(args: &Args) -> Result<Vec<ProfileRow>, Error> {
    let usual = || (0..=20).map(|i| f64::from(i) / 50.0).collect();
    let rates: Vec<f64> =
        args.profile_rates.as_ref().map_or_else(usual, |rates| rates.iter().map(|r| r.0).collect());
    let at = |rate: f64| -> Result<ProfileRow, Error> {
        let values =
            args.projects.iter().map(|project| tvm::npv(rate, &project.cash_flows).map(|value| value.npv));
        Ok(ProfileRow { rate, npvs: values.collect::<Result<_, _>>()? })
    };
    rates.into_iter().map(at).collect()
}

fn crossings(projects: &[Project], rate: f64, cx: &Context) -> Result<Vec<Crossing>, Error> {
    let mut all = vec![];
    for (i, first) in projects.iter().enumerate() {
        for second in &projects[i + 1..] {
            let c = investment::crossover(&first.cash_flows, &second.cash_flows, rate, &|| cx.should_stop())?;
            all.push(Crossing {
                first: first.name.clone(),
                second: second.name.clone(),
                rates: c.rates,
                incremental_npv: c.incremental,
            });
        }
    }
    Ok(all)
}
