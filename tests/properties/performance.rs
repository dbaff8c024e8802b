//! Laws of performance measurement.

use super::Numbers;
use crate::reference::close;
use businessmath_mcp::math::finance::performance::{
    Account, Effects, Flow, Linking, Model, Segment, annualized, attribution, dietz, drawdowns, linked,
    measures, sub_periods, versus,
};

fn returns(numbers: &mut Numbers, count: usize) -> Vec<f64> {
    (0..count).map(|_| numbers.between(-0.15, 0.17)).collect()
}

fn weights(numbers: &mut Numbers, count: usize) -> Vec<f64> {
    let raw: Vec<f64> = (0..count).map(|_| numbers.between(0.0, 1.0)).collect();
    let sum: f64 = raw.iter().sum();
    raw.iter().map(|w| w / sum).collect()
}

#[test]
fn attributed_effects_add_up_under_both_models_and_linking() {
    let mut numbers = Numbers(41);
    for _ in 0..300 {
        let (segments, periods) = (numbers.whole(1, 8) as usize, numbers.whole(1, 12) as usize);
        let table: Vec<Vec<Segment>> = (0..periods)
            .map(|_| {
                let (p, b) = (weights(&mut numbers, segments), weights(&mut numbers, segments));
                let (rp, rb) = (returns(&mut numbers, segments), returns(&mut numbers, segments));
                let cell = |i: usize| Segment {
                    portfolio_weight: p[i],
                    benchmark_weight: b[i],
                    portfolio_return: rp[i],
                    benchmark_return: rb[i],
                };
                (0..segments).map(cell).collect()
            })
            .collect();
        for model in [Model::BrinsonFachler, Model::BrinsonHoodBeebower] {
            for merged in [false, true] {
                let a = attribution(&table, model, merged, Linking::Carino).unwrap();
                assert!(a.residual.abs() < 1e-13, "{}", a.residual);
                for p in &a.periods {
                    assert!((p.effects.total() - (p.portfolio - p.benchmark)).abs() < 1e-15);
                }
                let linked = Effects::sum(a.periods.iter().map(|p| p.effects.times(p.coefficient)));
                assert_eq!(linked, a.effects);
                let plain = attribution(&table, model, merged, Linking::None).unwrap();
                assert!(plain.periods.iter().all(|p| p.coefficient == 1.0));
            }
        }
    }
}

#[test]
fn time_weighted_return_does_not_depend_on_the_flows() {
    let mut numbers = Numbers(42);
    for _ in 0..500 {
        let count = numbers.whole(1, 12) as usize;
        let path = returns(&mut numbers, count + 1);
        let mut value = numbers.between(10.0, 1e6);
        let start = value;
        let mut flows = vec![];
        for (i, r) in path[..count].iter().enumerate() {
            value *= 1.0 + r;
            let amount = numbers.between(-0.9, 3.0) * value;
            flows.push(Flow {
                amount,
                weight: 1.0 - (i + 1) as f64 / (count + 1) as f64,
                before: Some(value),
            });
            value += amount;
        }
        let account = Account { start, end: value * (1.0 + path[count]), flows };
        let got = linked(&sub_periods(&account).unwrap()).unwrap();
        assert!((got - linked(&path).unwrap()).abs() < 1e-13, "{account:?}");
        let d = dietz(&account).unwrap();
        let size = account.flows.iter().map(|f| f.amount.abs()).sum::<f64>() + start + account.end;
        assert!((account.start + d.net_flow + d.gain - account.end).abs() < 1e-14 * size);
    }
}

#[test]
fn drawdowns_cover_what_lies_below_the_peak() {
    let mut numbers = Numbers(43);
    for _ in 0..500 {
        let count = numbers.whole(1, 60) as usize;
        let path = returns(&mut numbers, count);
        let d = drawdowns(&path).unwrap();
        // By plain compounding.
        let (mut value, mut peak, mut worst, mut below) = (1.0f64, 1.0f64, 0.0f64, 0.0);
        for r in &path {
            value *= 1.0 + r;
            peak = peak.max(value);
            worst = worst.max(1.0 - value / peak);
            below += 1.0 - value / peak;
        }
        assert!((d.maximum - worst).abs() < 1e-14 && (d.pain - below / path.len() as f64).abs() < 1e-14);
        let deepest = d.all.iter().map(|d| d.depth).fold(0.0, f64::max);
        assert_eq!(deepest, d.maximum);
        assert!(d.ulcer >= d.pain && d.ulcer <= d.maximum + 1e-15);
        for pair in d.all.windows(2) {
            assert!(pair[0].recovery.unwrap() < pair[1].start);
        }
        let last = d.all.last();
        assert!(last.is_none_or(|d| d.start <= d.trough && d.start + d.length <= path.len()));
    }
}

#[test]
fn ratios_follow_leverage_and_shift() {
    let mut numbers = Numbers(44);
    for _ in 0..300 {
        let b = returns(&mut numbers, 36);
        let (beta, lead) = (numbers.between(0.2, 2.0), numbers.between(-0.01, 0.01));
        let r: Vec<f64> = b.iter().map(|b| lead + beta * b).collect();
        let v = versus(&r, &b, 12.0, 0.0, measures(&r, 12.0, 0.0, 0.0).unwrap().sharpe).unwrap();
        assert!(close(v.beta.unwrap(), beta, 1e-12), "{v:?}");
        assert!((v.alpha.unwrap() - 12.0 * lead).abs() < 1e-13, "{v:?}");
        let (own, levered) = (measures(&b, 12.0, 0.0, 0.0).unwrap(), measures(&r, 12.0, lead, lead).unwrap());
        let near = |a: Option<f64>, b: Option<f64>| {
            (a.unwrap() - b.unwrap()).abs() < 1e-10 * (1.0 + a.unwrap().abs())
        };
        // Excess returns are a multiple: every ratio of them is the same.
        assert!(
            near(own.sharpe, levered.sharpe)
                && near(own.sortino, levered.sortino)
                && near(own.omega, levered.omega)
        );
        let again = annualized(&r, 12.0).unwrap();
        assert!(close((1.0 + again).powf(3.0) - 1.0, linked(&r).unwrap(), 1e-11), "{again}");
    }
}
