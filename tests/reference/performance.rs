//! Performance measures against the R package PerformanceAnalytics and numpy, attribution against its textbook.

use super::close;
use businessmath_mcp::math::finance::performance::{
    Linking, Model, Segment, annualized, attribution, drawdowns, linked, measures, versus,
};

/// R package PerformanceAnalytics, data set portfolio_bacon: C. R. Bacon, Practical Portfolio Performance Measurement and
/// Attribution, 2nd ed. (2008), monthly returns of a portfolio and its benchmark, per mille.
#[rustfmt::skip]
const PORTFOLIO: [i32; 24] =
    [3, 26, 11, -10, 15, 25, 16, 67, -14, 40, -5, 81, 40, -37, -61, 17, -49, -22, 70, 58, -65, 24, -5, -9];
#[rustfmt::skip]
const BENCHMARK: [i32; 24] =
    [2, 25, 18, -11, 14, 18, 14, 65, -15, 42, -6, 83, 39, -38, -62, 15, -48, 21, 60, 56, -67, 19, -3, 0];

fn returns() -> (Vec<f64>, Vec<f64>) {
    let decimal = |per_mille: &[i32]| per_mille.iter().map(|r| f64::from(*r) / 1000.0).collect();
    (decimal(&PORTFOLIO), decimal(&BENCHMARK))
}

#[track_caller]
fn same(got: Option<f64>, want: f64) {
    let got = got.unwrap();
    assert!(close(got, want, 1e-12), "{got} is not {want}");
}

#[track_caller]
fn printed(got: f64, want: f64, half_digit: f64) {
    assert!((got - want).abs() <= half_digit * (1.0 + 1e-6), "{got} does not print as {want}");
}

/// PerformanceAnalytics, printed: Return.annualized, DownsideDeviation(MAR = 0.5 %), maxDrawdown, UlcerIndex, PainIndex,
/// CAPM.beta.
#[test]
fn performance_analytics() {
    let (r, b) = returns();
    printed(annualized(&r, 12.0).unwrap(), 0.103_678_29, 5e-9);
    printed(measures(&r, 12.0, 0.0, 0.005).unwrap().downside, 0.025_536_74, 5e-9);
    let d = drawdowns(&r).unwrap();
    printed(d.maximum, 0.144_672_96, 5e-9);
    // Printed as 0.06118428, cut off rather than rounded: the index is 0.061184287.
    printed(d.ulcer, 0.061_184_28, 1e-8);
    printed(d.pain, 0.039_989_69, 5e-9);
    printed(versus(&r, &b, 12.0, 0.0, None).unwrap().beta.unwrap(), 0.998_85, 5e-6);
}

/// numpy 2.4.6 and scipy 1.17.1, run on the same data with a risk-free rate of 0.3 % and a least return of 0.5 % a month.
#[test]
fn numpy_on_the_same_data() {
    let (r, b) = returns();
    let m = measures(&r, 12.0, 0.003, 0.005).unwrap();
    same(Some(m.mean), 0.108);
    same(Some(m.volatility), 0.137_000_158_679_692_29);
    same(m.sharpe, 0.525_546_836_542_990_3);
    same(m.error_iid, 0.711_163_944_375_116_5);
    same(m.error_mertens, 0.714_411_751_919_987_4);
    same(m.probabilistic, 0.764_282_742_517_597);
    same(m.sortino, 0.542_606_746_784_560_6);
    same(m.omega, 1.291_793_313_069_908_6);
    same(m.skewness, -0.082_562_455_208_568_27);
    same(m.excess_kurtosis, -0.567_546_205_892_125_2);
    same(Some(m.hit_rate), 14.0 / 24.0);
    let v = versus(&r, &b, 12.0, 0.003, m.sharpe).unwrap();
    same(v.beta, 0.998_850_208_622_574_2);
    same(v.alpha, -0.012_402_842_628_607_521);
    same(v.treynor, 0.072_082_880_274_199_28);
    same(Some(v.tracking), 0.033_639_715_141_222_72);
    same(v.information, -0.371_584_597_179_964_4);
    same(v.up, 0.955_676_982_919_234_2);
    same(v.down, 0.983_813_722_544_460_6);
    same(v.m_squared, 0.105_876_121_633_163_69);
    same(linked(&r).ok(), 0.218_105_767_220_917);
}

/// Three drawdowns before the great one from 2001-02 on, which does not recover; the path by hand from the data.
#[test]
fn drawdowns_of_the_same_data() {
    let d = drawdowns(&returns().0).unwrap();
    let rows: Vec<_> = d.all.iter().map(|d| (d.start, d.trough, d.recovery, d.length)).collect();
    assert_eq!(rows, [(3, 3, Some(4), 2), (8, 8, Some(9), 2), (10, 10, Some(11), 2), (13, 17, None, 11)]);
}

fn segment(weights: (f64, f64), returns: (f64, f64)) -> Segment {
    Segment {
        portfolio_weight: weights.0,
        benchmark_weight: weights.1,
        portfolio_return: returns.0,
        benchmark_return: returns.1,
    }
}

/// C. R. Bacon, Practical Portfolio Performance Measurement and Attribution, 2nd ed. (2008), chapter 5: UK, Japan, US.
fn bacon() -> Vec<Segment> {
    vec![
        segment((0.4, 0.4), (0.2, 0.1)),
        segment((0.3, 0.2), (-0.05, -0.04)),
        segment((0.3, 0.4), (0.06, 0.08)),
    ]
}

#[test]
fn brinson_of_one_period() {
    let rows = [
        (
            Model::BrinsonFachler,
            false,
            [(0.0, 0.04, 0.0), (-0.010_4, -0.002, -0.001), (-0.001_6, -0.008, 0.002)],
        ),
        (
            Model::BrinsonHoodBeebower,
            false,
            [(0.0, 0.04, 0.0), (-0.004, -0.002, -0.001), (-0.008, -0.008, 0.002)],
        ),
        (Model::BrinsonFachler, true, [(0.0, 0.04, 0.0), (-0.010_4, -0.003, 0.0), (-0.001_6, -0.006, 0.0)]),
    ];
    for (model, merged, wanted) in rows {
        let a = attribution(&[bacon()], model, merged, Linking::Carino).unwrap();
        for (got, (allocation, selection, interaction)) in a.periods[0].segments.iter().zip(wanted) {
            assert!((got.allocation - allocation).abs() < 1e-16, "{got:?}");
            assert!((got.selection - selection).abs() < 1e-16, "{got:?}");
            assert!((got.interaction - interaction).abs() < 1e-16, "{got:?}");
        }
        assert!((a.portfolio - 0.083).abs() < 1e-15 && (a.benchmark - 0.064).abs() < 1e-15);
        assert!((a.effects.allocation + 0.012).abs() < 1e-16, "both models agree on the total");
    }
}

/// Four periods, Carino's coefficients and linked sums by numpy 2.4.6 (logarithms by math.log1p).
#[test]
fn carino_over_four_periods() {
    let periods = [
        bacon(),
        vec![
            segment((0.4, 0.4), (-0.05, -0.07)),
            segment((0.3, 0.3), (0.03, 0.04)),
            segment((0.3, 0.3), (0.05, 0.025)),
        ],
        vec![
            segment((0.3, 0.5), (-0.2, -0.25)),
            segment((0.4, 0.4), (0.08, 0.05)),
            segment((0.3, 0.1), (-0.15, -0.2)),
        ],
        vec![
            segment((0.3, 0.4), (0.1, 0.05)),
            segment((0.5, 0.4), (-0.07, -0.05)),
            segment((0.2, 0.2), (0.25, 0.1)),
        ],
    ];
    let a = attribution(&periods, Model::BrinsonFachler, false, Linking::Carino).unwrap();
    let coefficients =
        [0.928_190_963_616_165_4, 0.998_646_976_018_982_4, 1.106_175_022_387_629_9, 0.965_070_868_275_952_3];
    for (period, want) in a.periods.iter().zip(coefficients) {
        same(Some(period.coefficient), want);
    }
    same(Some(a.effects.allocation), -0.009_727_250_022_277_206);
    same(Some(a.effects.selection), 0.127_321_143_516_592_68);
    same(Some(a.effects.interaction), -0.005_827_305_114_315_498);
    assert!(a.residual.abs() < 1e-16, "{}", a.residual);
}
