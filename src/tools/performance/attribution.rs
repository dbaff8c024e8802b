//! Brinson attribution of a portfolio's active return.

use crate::math::finance::performance::{self, Effects};
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

pub(super) struct AttributePerformance;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Segments of portfolio and benchmark; the weights of a period add up to 1.
    #[schemars(length(min = 1, max = 10_000))]
    segments: Vec<Segment>,
    #[serde(default)]
    model: Model,
    /// Whether interaction is counted as selection.
    #[serde(default)]
    merge_interaction: bool,
    #[serde(default)]
    linking: Linking,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Segment {
    /// Period, in order of first appearance; left out, all are one.
    #[schemars(length(max = 200))]
    period: Option<String>,
    /// Name.
    #[schemars(length(max = 200))]
    name: String,
    /// Weight in the portfolio [decimal].
    portfolio_weight: f64,
    /// Weight in the benchmark [decimal].
    benchmark_weight: f64,
    /// Return in the portfolio [decimal].
    portfolio_return: f64,
    /// Return in the benchmark [decimal].
    benchmark_return: f64,
}

/// Allocation against the benchmark's total return (Fachler), or against zero.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
enum Model {
    #[default]
    BrinsonFachler,
    BrinsonHoodBeebower,
}

/// How effects of several periods are put together.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Linking {
    #[default]
    Carino,
    None,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SegmentRow {
    /// Name.
    name: String,
    /// Of the weight [decimal].
    allocation: f64,
    /// Of the return within [decimal].
    selection: f64,
    /// Of both at once [decimal].
    interaction: f64,
    /// Sum of the three [decimal].
    total: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PeriodRow {
    /// Period.
    period: String,
    /// Return of the portfolio [decimal].
    portfolio_return: f64,
    /// Return of the benchmark [decimal].
    benchmark_return: f64,
    /// Of the weights, not linked [decimal].
    allocation: f64,
    /// Of the returns within segments, not linked [decimal].
    selection: f64,
    /// Of both at once, not linked [decimal].
    interaction: f64,
    /// What the period's effects are multiplied with in the totals [ratio].
    linking_coefficient: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// Compounded return of the portfolio [decimal].
    portfolio_return: f64,
    /// Compounded return of the benchmark [decimal].
    benchmark_return: f64,
    /// portfolioReturn - benchmarkReturn [decimal].
    active_return: f64,
    /// Of the weights, linked [decimal].
    allocation: f64,
    /// Of the returns within segments, linked [decimal].
    selection: f64,
    /// Of both at once, linked [decimal].
    interaction: f64,
    /// Linked effects of each segment.
    by_segment: Vec<SegmentRow>,
    /// Effects of each period.
    by_period: Vec<PeriodRow>,
    /// activeReturn less the effects; rounding only, unless periods are not linked [decimal].
    residual: f64,
}

impl Tool for AttributePerformance {
    const NAME: &'static str = "attribute_performance";
    const TITLE: &'static str = "Brinson attribution";
    const DESCRIPTION: &'static str = "Splits the return beyond a benchmark into allocation, selection and interaction by segment, over one period or \
        several linked ones.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"segments": [
                {"name": "UK", "portfolioWeight": 0.4, "benchmarkWeight": 0.4, "portfolioReturn": 0.20, "benchmarkReturn": 0.10},
                {"name": "Japan", "portfolioWeight": 0.3, "benchmarkWeight": 0.2, "portfolioReturn": -0.05, "benchmarkReturn": -0.04},
                {"name": "US", "portfolioWeight": 0.3, "benchmarkWeight": 0.4, "portfolioReturn": 0.06, "benchmarkReturn": 0.08}]}"#,
        expect: r#"{"portfolioReturn": 0.083, "benchmarkReturn": 0.064, "activeReturn": 0.019, "allocation": -0.012, "selection": 0.03,
                "interaction": 0.001, "bySegment": [
                    {"name": "UK", "allocation": 0, "selection": 0.04, "interaction": 0, "total": 0.04},
                    {"name": "Japan", "allocation": -0.0104, "selection": -0.002, "interaction": -0.001, "total": -0.0134},
                    {"name": "US", "allocation": -0.0016, "selection": -0.008, "interaction": 0.002, "total": -0.0076}],
                "residual": 0}"#,
        tolerance: 1e-12,
        source: "C. R. Bacon, Practical Portfolio Performance Measurement and Attribution, 2nd ed. (2008), chapter 5, the example of \
                UK, Japanese and US equities",
    }];
    const FORMULA: &'static str = "\
        of segments: allocation = (wp - wb)(rb - B), brinson_hood_beebower: (wp - wb) rb; selection = wb (rp - rb)\n\
        interaction = (wp - wb)(rp - rb); B = sum of wb rb of the period\n\
        carino: times k_t / k, k_t = (ln(1 + P_t) - ln(1 + B_t)) / (P_t - B_t), k of the compounded returns\n\
        Source: G. P. Brinson, N. Fachler (1985); G. P. Brinson, L. R. Hood, G. L. Beebower (1986); D. R. Carino, Journal of Performance \
        Measurement 3 (1999), pp. 5-14";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let table = Table::of(&args.segments)?;
        table.check_weights(cx)?;
        let cells: Vec<Vec<performance::Segment>> =
            table.rows.iter().map(|row| row.iter().map(|i| cell(&args.segments[*i])).collect()).collect();
        let (model, linking) = (args.model.into(), args.linking.into());
        let a = performance::attribution(&cells, model, args.merge_interaction, linking)?;
        if args.linking == Linking::None && cells.len() > 1 {
            cx.warn(
                "the periods are not linked: residual is what compounding adds beyond the sum of the effects",
            );
        }
        Ok(Output {
            portfolio_return: a.portfolio,
            benchmark_return: a.benchmark,
            active_return: a.portfolio - a.benchmark,
            allocation: a.effects.allocation,
            selection: a.effects.selection,
            interaction: a.effects.interaction,
            by_segment: by_segment(&args.segments, &table, &a),
            by_period: table.periods.iter().zip(&a.periods).map(period_row).collect(),
            residual: a.residual,
        })
    }
}

/// The periods by name, each with the positions of its segments.
struct Table {
    periods: Vec<String>,
    rows: Vec<Vec<usize>>,
    sums: Vec<(f64, f64)>,
}

impl Table {
    fn of(segments: &[Segment]) -> Result<Self, Error> {
        let mut table = Self { periods: vec![], rows: vec![], sums: vec![] };
        let (mut known, mut seen, mut problems) = (HashMap::new(), HashMap::new(), vec![]);
        for (i, segment) in segments.iter().enumerate() {
            let period = segment.period.as_deref().unwrap_or("1");
            let row = *known.entry(period).or_insert_with(|| {
                table.periods.push(period.to_owned());
                table.rows.push(vec![]);
                table.periods.len() - 1
            });
            table.rows[row].push(i);
            if let Some(first) = seen.insert((row, segment.name.as_str()), i) {
                let text = format!("{:?} is in period {period} already, in segments[{first}]", segment.name);
                problems.push(Problem::new(format!("segments[{i}].name"), text));
            }
        }
        if !problems.is_empty() {
            return Err(Error::Arguments(problems));
        }
        let total =
            |row: &Vec<usize>, weight: fn(&Segment) -> f64| row.iter().map(|i| weight(&segments[*i])).sum();
        let sums = |row| (total(row, |s| s.portfolio_weight), total(row, |s| s.benchmark_weight));
        table.sums = table.rows.iter().map(sums).collect();
        Ok(table)
    }

    /// Weights must add up to 1; a small difference is spread over them, and told.
    fn check_weights(&self, cx: &Context) -> Result<(), Error> {
        let mut problems = vec![];
        for (period, (portfolio, benchmark)) in self.periods.iter().zip(&self.sums) {
            for (kind, sum) in [("portfolioWeight", portfolio), ("benchmarkWeight", benchmark)] {
                let off = (sum - 1.0).abs();
                if off > 1e-6 || off.is_nan() {
                    let text =
                        format!("{kind} of period {period} adds up to {sum}; wanted: 1 within 0.000001");
                    problems.push(Problem::new("segments", text));
                } else if off > 1e-12 {
                    cx.warn(format!("{kind} of period {period} adds up to {sum}: each was divided by that"));
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
    }
}

fn cell(segment: &Segment) -> performance::Segment {
    performance::Segment {
        portfolio_weight: segment.portfolio_weight,
        benchmark_weight: segment.benchmark_weight,
        portfolio_return: segment.portfolio_return,
        benchmark_return: segment.benchmark_return,
    }
}

/// The linked effects of each segment over all periods, in order of first appearance.
fn by_segment(segments: &[Segment], table: &Table, a: &performance::Attribution) -> Vec<SegmentRow> {
    let mut names: Vec<&str> = vec![];
    let mut effects: HashMap<&str, Vec<Effects>> = HashMap::new();
    for (row, period) in table.rows.iter().zip(&a.periods) {
        for (i, own) in row.iter().zip(&period.segments) {
            let name = segments[*i].name.as_str();
            let of_name = effects.entry(name).or_insert_with(|| {
                names.push(name);
                vec![]
            });
            of_name.push(own.times(period.coefficient));
        }
    }
    let row = |name: &str| {
        let sum = Effects::sum(effects.get(name).into_iter().flatten().copied());
        SegmentRow {
            name: name.to_owned(),
            allocation: sum.allocation,
            selection: sum.selection,
            interaction: sum.interaction,
            total: sum.total(),
        }
    };
    names.into_iter().map(row).collect()
}

fn period_row((period, p): (&String, &performance::PeriodEffects)) -> PeriodRow {
    PeriodRow {
        period: period.clone(),
        portfolio_return: p.portfolio,
        benchmark_return: p.benchmark,
        allocation: p.effects.allocation,
        selection: p.effects.selection,
        interaction: p.effects.interaction,
        linking_coefficient: p.coefficient,
    }
}

impl From<Model> for performance::Model {
    fn from(model: Model) -> Self {
        match model {
            Model::BrinsonFachler => Self::BrinsonFachler,
            Model::BrinsonHoodBeebower => Self::BrinsonHoodBeebower,
        }
    }
}

impl From<Linking> for performance::Linking {
    fn from(linking: Linking) -> Self {
        match linking {
            Linking::Carino => Self::Carino,
            Linking::None => Self::None,
        }
    }
}
