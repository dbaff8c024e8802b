//! Risk-adjusted performance of a series of returns.

use crate::math::finance::performance::{self, Drawdown, Measures, Versus};
use crate::toolkit::{Context, Error, Example, Problem, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct PerformanceMetrics;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Returns in order of time, none below -1 [decimal per period].
    #[schemars(length(min = 2, max = 100_000))]
    returns: Vec<f64>,
    /// 12 for months, 52 for weeks, 252 for trading days.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    periods_per_year: f64,
    /// Risk-free rate [decimal per period].
    #[serde(default)]
    risk_free_rate: f64,
    /// Least acceptable return, for downside, Sortino and omega [decimal per period].
    #[serde(default)]
    minimum_acceptable_return: f64,
    /// Returns of the benchmark in the same periods [decimal per period].
    #[schemars(length(min = 2, max = 100_000))]
    benchmark_returns: Option<Vec<f64>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    /// First period that ends below the peak, from 0.
    start_index: usize,
    /// Period that ends lowest.
    trough_index: usize,
    /// First period back at the peak; null when there is none.
    recovery_index: Option<usize>,
    /// Distance below the peak, positive [decimal].
    depth: f64,
    /// Periods from start to recovery, or to the end [periods].
    length: usize,
}

/// Ratios are null where their denominator is zero, those against the benchmark without one; warnings say why.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// All returns compounded [decimal].
    cumulative_return: f64,
    /// Geometric [decimal per year].
    annualized_return: f64,
    /// Arithmetic mean times periodsPerYear [decimal per year].
    annualized_mean: f64,
    /// Sample standard deviation (n - 1) times the root of periodsPerYear [decimal].
    annualized_volatility: f64,
    /// Mean excess return over standard deviation [annualised].
    sharpe_ratio: Option<f64>,
    /// Its standard error for independent normal returns (Lo) [annualised].
    sharpe_standard_error: Option<f64>,
    /// Its standard error with skewness and kurtosis (Mertens) [annualised].
    sharpe_standard_error_mertens: Option<f64>,
    /// Probability that the true Sharpe ratio is above 0 [probability].
    probabilistic_sharpe: Option<f64>,
    /// Mean return above minimumAcceptableReturn over downsideDeviation [annualised].
    sortino_ratio: Option<f64>,
    /// Root mean square of the returns short of minimumAcceptableReturn, over all periods [decimal per period].
    downside_deviation: f64,
    /// Gains above minimumAcceptableReturn over losses below it [ratio].
    omega: Option<f64>,
    /// annualizedReturn / maxDrawdown [ratio].
    calmar_ratio: Option<f64>,
    /// Greatest distance below a peak, positive [decimal].
    max_drawdown: f64,
    /// Root mean square distance below the peak [decimal].
    ulcer_index: f64,
    /// Mean distance below the peak [decimal].
    pain_index: f64,
    /// Share of the periods with a return above 0 [decimal].
    hit_rate: f64,
    /// Population skewness [ratio].
    skewness: Option<f64>,
    /// Population kurtosis less 3 [ratio].
    excess_kurtosis: Option<f64>,
    /// The 10 deepest, deepest first.
    drawdowns: Vec<Row>,
    /// Slope of the returns on the benchmark's [ratio].
    beta: Option<f64>,
    /// Mean excess return beyond beta times the benchmark's [decimal per year].
    jensen_alpha: Option<f64>,
    /// Annualised mean excess return over beta [decimal per year].
    treynor_ratio: Option<f64>,
    /// Sample standard deviation of the difference to the benchmark [decimal per year].
    tracking_error: Option<f64>,
    /// Annualised mean difference over trackingError [ratio].
    information_ratio: Option<f64>,
    /// Geometric mean returns where the benchmark rose, quotient [ratio].
    up_capture: Option<f64>,
    /// Geometric mean returns where the benchmark fell, quotient [ratio].
    down_capture: Option<f64>,
    /// Return at the benchmark's volatility (Modigliani) [decimal per year].
    m_squared: Option<f64>,
    /// Number of returns.
    periods: usize,
}

impl Tool for PerformanceMetrics {
    const NAME: &'static str = "calculate_performance_metrics";
    const TITLE: &'static str = "Risk-adjusted performance of a return series";
    const DESCRIPTION: &'static str = "Sharpe with standard errors, Sortino, omega, Calmar, drawdowns of a series of returns, and against a benchmark \
        beta, alpha, tracking error, information ratio, capture, M2.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"returns": [0.003, 0.026, 0.011, -0.010, 0.015, 0.025, 0.016, 0.067, -0.014, 0.040, -0.005, 0.081,
                0.040, -0.037, -0.061, 0.017, -0.049, -0.022, 0.070, 0.058, -0.065, 0.024, -0.005, -0.009],
                "periodsPerYear": 12, "minimumAcceptableReturn": 0.005,
                "benchmarkReturns": [0.002, 0.025, 0.018, -0.011, 0.014, 0.018, 0.014, 0.065, -0.015, 0.042, -0.006, 0.083,
                0.039, -0.038, -0.062, 0.015, -0.048, 0.021, 0.060, 0.056, -0.067, 0.019, -0.003, 0]}"#,
        expect: r#"{"annualizedReturn": 0.10367829, "downsideDeviation": 0.02553674, "maxDrawdown": 0.14467296,
                "ulcerIndex": 0.06118428, "painIndex": 0.03998969, "beta": 0.99885, "periods": 24}"#,
        tolerance: 5e-6,
        source: "R package PerformanceAnalytics, data portfolio_bacon (Bacon, 2nd ed., 2008), printed digits of Return.annualized, \
                DownsideDeviation, maxDrawdown, UlcerIndex, PainIndex, CAPM.beta",
    }];
    const FORMULA: &'static str = "\
        S = mean(returns - f) / sd; sharpeRatio = S * sqrt(P), P = periodsPerYear, f = riskFreeRate, n = periods\n\
        errors: sqrt((1 + S^2/2) / n), sqrt(v / n), v = 1 - skewness S + (excessKurtosis + 2) S^2 / 4; both * sqrt(P)\n\
        probabilisticSharpe = N(S sqrt((n - 1) / v)); downsideDeviation = sqrt(sum of min(r - mar, 0)^2 / n)\n\
        jensenAlpha = (mean(r - f) - beta mean(b - f)) * P\n\
        Source: C. R. Bacon, Practical Portfolio Performance Measurement and Attribution, 2nd ed. (2008), chapters 3-4; \
        Lo (2002); Bailey, Lopez de Prado (2012)";
    type Args = Args;
    type Output = Output;

    fn prepare(args: &Args, _: &Context) -> Result<(), Error> {
        let mut problems = vec![];
        let benchmark = args.benchmark_returns.as_deref().unwrap_or_default();
        for (name, returns) in [("returns", args.returns.as_slice()), ("benchmarkReturns", benchmark)] {
            let low = returns.iter().enumerate().filter(|(_, r)| **r < -1.0);
            problems.extend(low.map(|(i, r)| {
                Problem::new(
                    format!("{name}[{i}]"),
                    format!("got {r}; wanted: a number >= -1, a total loss at most"),
                )
            }));
        }
        if args.benchmark_returns.is_some() && benchmark.len() != args.returns.len() {
            let text = format!(
                "got {} returns; wanted: {}, as many as returns",
                benchmark.len(),
                args.returns.len()
            );
            problems.push(Problem::new("benchmarkReturns", text));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
    }

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (returns, per_year, risk_free) = (&args.returns, args.periods_per_year, args.risk_free_rate);
        let m = performance::measures(returns, per_year, risk_free, args.minimum_acceptable_return)?;
        let against = |b: &Vec<f64>| performance::versus(returns, b, per_year, risk_free, m.sharpe);
        let versus = args.benchmark_returns.as_ref().map(against).transpose()?;
        let d = performance::drawdowns(returns)?;
        let annualized = performance::annualized(returns, per_year)?;
        let calmar = (d.maximum > 0.0).then_some(annualized / d.maximum);
        tell_of_nulls(cx, &m, versus.as_ref(), calmar.is_none());
        let v = versus.as_ref();
        Ok(Output {
            cumulative_return: performance::linked(returns)?,
            annualized_return: annualized,
            annualized_mean: m.mean,
            annualized_volatility: m.volatility,
            sharpe_ratio: m.sharpe,
            sharpe_standard_error: m.error_iid,
            sharpe_standard_error_mertens: m.error_mertens,
            probabilistic_sharpe: m.probabilistic,
            sortino_ratio: m.sortino,
            downside_deviation: m.downside,
            omega: m.omega,
            calmar_ratio: calmar,
            max_drawdown: d.maximum,
            ulcer_index: d.ulcer,
            pain_index: d.pain,
            hit_rate: m.hit_rate,
            skewness: m.skewness,
            excess_kurtosis: m.excess_kurtosis,
            drawdowns: deepest(d.all),
            beta: v.and_then(|v| v.beta),
            jensen_alpha: v.and_then(|v| v.alpha),
            treynor_ratio: v.and_then(|v| v.treynor),
            tracking_error: v.map(|v| v.tracking),
            information_ratio: v.and_then(|v| v.information),
            up_capture: v.and_then(|v| v.up),
            down_capture: v.and_then(|v| v.down),
            m_squared: v.and_then(|v| v.m_squared),
            periods: returns.len(),
        })
    }
}

/// The ten deepest, of equals the earlier first.
fn deepest(mut all: Vec<Drawdown>) -> Vec<Row> {
    all.sort_by(|a, b| b.depth.total_cmp(&a.depth));
    let row = |d: Drawdown| Row {
        start_index: d.start,
        trough_index: d.trough,
        recovery_index: d.recovery,
        depth: d.depth,
        length: d.length,
    };
    all.into_iter().take(10).map(row).collect()
}

/// Says why a figure is null.
fn tell_of_nulls(cx: &Context, m: &Measures, versus: Option<&Versus>, no_drawdown: bool) {
    let tell = |is_null: bool, text: &str| {
        if is_null {
            cx.warn(text);
        }
    };
    tell(m.sharpe.is_none(), "the returns do not vary, so there is no Sharpe ratio, skewness or kurtosis");
    tell(
        m.sharpe.is_some() && m.probabilistic.is_none(),
        "the variance of the Sharpe ratio is zero, so there is no probability for it",
    );
    tell(
        m.sortino.is_none(),
        "no return is below minimumAcceptableReturn, so there is no Sortino ratio and no omega",
    );
    tell(no_drawdown, "there is no drawdown, so there is no Calmar ratio");
    let Some(v) = versus else { return };
    tell(v.beta.is_none(), "the benchmark does not vary, so there is no beta, alpha or Treynor ratio");
    tell(v.beta.is_some() && v.treynor.is_none(), "beta is zero, so there is no Treynor ratio");
    tell(
        v.information.is_none(),
        "the difference to the benchmark does not vary, so there is no information ratio",
    );
    tell(v.up.is_none(), "the benchmark never rose, so there is no upCapture");
    tell(v.down.is_none(), "the benchmark never fell, so there is no downCapture");
}
