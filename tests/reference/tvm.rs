//! Time value of money against spreadsheets' manuals, a calculator's handbook, textbooks and 50-digit arithmetic.
//!
//! Spreadsheets write cash out as negative, so their PV, FV and PMT carry the opposite sign of ours; their NPV
//! discounts the first value by one period, so here a zero flow at time 0 is put before it.

use businessmath_mcp::math::finance::tvm::Timing::{Due, Ordinary};
use businessmath_mcp::math::finance::tvm::{
    annuity_fv, annuity_pv, future_value, irr, npv, payment, present_value, xirr, xnpv,
};

use super::close;

/// Default relative tolerance.
const TOLERANCE: f64 = 1e-9;
/// The source prints cents.
const CENT: f64 = 0.005;

#[track_caller]
fn same(got: f64, want: f64) {
    assert!(close(got, want, TOLERANCE), "{got} is not {want}");
}

#[track_caller]
fn printed(got: f64, want: f64, half_digit: f64) {
    assert!((got - want).abs() <= half_digit * (1.0 + 1e-9), "{got} does not print as {want}");
}

/// The rate nearest the guess, then the others; none where the flows have no rate.
fn rates(flows: &[f64], guess: f64) -> Vec<f64> {
    let found = irr(flows, guess, &|| false);
    found.map(|f| std::iter::once(f.irr).chain(f.other_roots).collect()).unwrap_or_default()
}

/// Microsoft Excel documentation, "PV function", "FV function", "PMT function": the example tables.
#[test]
fn excel_annuities() {
    // =PV(0.08/12, 12*20, 500, , 0)  ($59,777.15)
    printed(annuity_pv(500.0, 0.08 / 12.0, 240, Ordinary).unwrap().value, 59_777.15, CENT);
    // =FV(0.12/12, 12, -1000)  $12,682.50
    printed(annuity_fv(1000.0, 0.01, 12, Ordinary).unwrap().value, 12_682.50, CENT);
    // =FV(0.11/12, 35, -2000, , 1)  $82,846.25
    printed(annuity_fv(2000.0, 0.11 / 12.0, 35, Due).unwrap().value, 82_846.25, CENT);
    // =FV(0.06/12, 10, -200, -500, 1)  $2,581.40
    let both = annuity_fv(200.0, 0.005, 10, Due).unwrap().value + future_value(500.0, 0.005, 10).unwrap();
    printed(both, 2_581.40, CENT);
    // =FV(0.06/12, 12, -100, -1000, 1)  $2,301.40
    let both = annuity_fv(100.0, 0.005, 12, Due).unwrap().value + future_value(1000.0, 0.005, 12).unwrap();
    printed(both, 2_301.40, CENT);
    // =PMT(8%/12, 10, 10000)  ($1,037.03), and with type 1  ($1,030.16)
    printed(payment(10_000.0, 0.08 / 12.0, 10, 0.0, Ordinary).unwrap().payment, 1_037.03, CENT);
    printed(payment(10_000.0, 0.08 / 12.0, 10, 0.0, Due).unwrap().payment, 1_030.16, CENT);
    // =PMT(6%/12, 18*12, 0, 50000)  ($129.08): what is saved up is a negative balance owed
    printed(payment(0.0, 0.005, 216, -50_000.0, Ordinary).unwrap().payment, 129.08, CENT);
}

/// Microsoft Excel documentation, "NPV function": both examples.
#[test]
fn excel_npv() {
    // =NPV(10%, -10000, 3000, 4200, 6800)  $1,188.44
    printed(npv(0.1, &[0.0, -10_000.0, 3_000.0, 4_200.0, 6_800.0]).unwrap().npv, 1_188.44, CENT);
    // =NPV(8%, 8000, 9200, 10000, 12000, 14500) + -40000  $1,922.06
    let mut flows = vec![-40_000.0, 8_000.0, 9_200.0, 10_000.0, 12_000.0, 14_500.0];
    printed(npv(0.08, &flows).unwrap().npv, 1_922.06, CENT);
    // the same with a loss of 9000 in the sixth year  ($3,749.47)
    flows.push(-9_000.0);
    printed(npv(0.08, &flows).unwrap().npv, -3_749.47, CENT);
}

/// Microsoft Excel documentation, "IRR function": the example table prints tenths of a percent.
#[test]
fn excel_irr() {
    let flows = [-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0];
    printed(rates(&flows[..5], 0.1)[0], -0.021, 0.0005);
    printed(rates(&flows, 0.1)[0], 0.087, 0.0005);
    printed(rates(&flows[..3], -0.1)[0], -0.444, 0.0005);
}

/// Microsoft Excel documentation, "XNPV function" and "XIRR function": one schedule for both.
#[test]
fn excel_dated_flows() {
    let flows = [-10_000.0, 2_750.0, 4_250.0, 3_250.0, 2_750.0];
    // 2008-01-01, 2008-03-01, 2008-10-30, 2009-02-15, 2009-04-01
    let times = [0.0, 60.0, 303.0, 411.0, 456.0].map(|days| days / 365.0);
    same(xnpv(0.09, &flows, &times).unwrap().npv, 2_086.647_602);
    let rate = xirr(&flows, &times, 0.1, &|| false).unwrap().irr;
    // Printed as 0.373362535: Excel stops within 1e-8 of the root, whose ninth digit is 3.
    printed(rate, 0.373_362_535, 1e-8);
    // mpmath 1.4.1, mp.dps = 50: findroot on sum of c e^(-t x), expm1 of it
    assert!(close(rate, 0.373_362_533_518_831_5, 1e-15), "{rate}");
}

/// numpy-financial 1.0.0, run; the arguments are those of its docstrings and tests.
#[test]
fn numpy_financial() {
    // fv(0.05/12, 10*12, -100, -100)
    let r = 0.05 / 12.0;
    let fv = annuity_fv(100.0, r, 120, Ordinary).unwrap().value + future_value(100.0, r, 120).unwrap();
    same(fv, 15_692.928_894_335_748);
    // pv(0.05/12, 10*12, -100, 15692.93); relative to the two parts of 9528.1, of which the difference is 100
    let pv = annuity_pv(100.0, r, 120, Ordinary).unwrap().value - present_value(15_692.93, r, 120).unwrap();
    same(pv, -100.000_671_316_258_19);
    // pmt(0.075/12, 12*15, 200000); pmt(0.08/12, 5*12, 15000); pmt(0, 60, 15000); pmt(0.01, 24, 5000, -1000, 1)
    same(payment(200_000.0, 0.075 / 12.0, 180, 0.0, Ordinary).unwrap().payment, 1_854.024_720_005_461_9);
    same(payment(15_000.0, 0.08 / 12.0, 60, 0.0, Ordinary).unwrap().payment, 304.145_914_326_207_73);
    same(payment(15_000.0, 0.0, 60, 0.0, Ordinary).unwrap().payment, 250.0);
    same(payment(5_000.0, 0.01, 24, 1_000.0, Due).unwrap().payment, 196.330_583_062_434_3);
    // fv(0.075, 20, -2000, 0, 0) and due; pv(0.07, 20, 12000, 0)
    same(annuity_fv(2_000.0, 0.075, 20, Ordinary).unwrap().value, 86_609.362_673_042_92);
    same(annuity_fv(2_000.0, 0.075, 20, Due).unwrap().value, 93_105.064_873_521_13);
    same(annuity_pv(12_000.0, 0.07, 20, Ordinary).unwrap().value, 127_128.170_946_193_98);
}

/// numpy-financial 1.0.0, run: npv (the first flow is not discounted, as here) and irr of its docstrings.
#[test]
fn numpy_financial_flows() {
    let value = |rate: f64, flows: &[f64]| npv(rate, flows).unwrap().npv;
    same(value(0.05, &[-15_000.0, 1_500.0, 2_500.0, 3_500.0, 4_500.0, 6_000.0]), 122.894_854_950_939_59);
    same(value(0.08, &[-40_000.0, 5_000.0, 8_000.0, 12_000.0, 30_000.0]), 3_065.222_668_179_525_5);
    same(rates(&[-100.0, 39.0, 59.0, 55.0, 20.0], 0.1)[0], 0.280_948_421_159_960_66);
    same(rates(&[-100.0, 0.0, 0.0, 74.0], 0.1)[0], -0.095_495_830_348_972_8);
    same(rates(&[-100.0, 100.0, 0.0, -7.0], 0.1)[0], -0.083_299_666_184_932_56);
    same(rates(&[-100.0, 100.0, 0.0, 7.0], 0.1)[0], 0.062_058_485_629_929_55);
    same(rates(&[-5.0, 10.5, 1.0, -8.0, 1.0], 0.1)[0], 0.088_598_338_527_755_34);
}

/// HP 12C User's Guide (HDPMBF12E44, 2005), section 4, page 60, and HP 12C learning module "Net Present Value",
/// example 5.
#[test]
fn hp_12c() {
    let duplex = [-80_000.0, -500.0, 4_500.0, 5_500.0, 4_500.0, 130_000.0];
    printed(npv(0.13, &duplex).unwrap().npv, 212.18, CENT);
    let module = [-130e3, 7e3, -9.5e3, 20e3, 20e3, 12e3, 12e3, -8e3, 178.5e3];
    printed(npv(0.08, &module).unwrap().npv, 6_413.11, CENT);
}

/// R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.3.
#[test]
fn brealey_myers() {
    // The mine with a clean-up: 3.50 % and 19.54 %.
    let mut mine = vec![-3.0];
    mine.extend([1.0; 9]);
    mine.push(-6.5);
    let found = rates(&mine, 0.1);
    printed(found[0], 0.035_0, 0.000_05);
    printed(found[1], 0.195_4, 0.000_05);
    // -4,000, +2,000, +4,000: 28.08 %
    printed(rates(&[-4_000.0, 2_000.0, 4_000.0], 0.1)[0], 0.280_8, 0.000_05);
    // +1,000, -3,000, +2,500: no rate at all, NPV at 10 % is +339
    let none = [1_000.0, -3_000.0, 2_500.0];
    assert!(irr(&none, 0.1, &|| false).is_err());
    printed(npv(0.1, &none).unwrap().npv, 339.0, 0.5);
}

/// mpmath 1.4.1, mp.dps = 50: pv * exp(n*log1p(mpf(r))); columns PV, r, n, FV.
const SINGLE: &[(f64, f64, u64, f64)] = &[
    (1.0, 0.08, 30, 10.06265688907343),
    (1.0, 0.000333, 1000000, 3.944469276054771e+144),
    (1.0, -0.999, 100, 1.0000000000000889e-300),
    (1.0, 1e-09, 1000000000, 2.7182818270999043),
    (1e-300, 1.0, 1990, 1.1212213821037642e+299),
    (1e300, -0.5, 1990, 8.91884525180643e-300),
    (123.45, 0.00019178082191780824, 3650, 248.58108773051347),
];

#[test]
fn single_amounts_to_the_last_digits() {
    for &(pv, rate, n, fv) in SINGLE {
        assert!(close(future_value(pv, rate, n).unwrap(), fv, 4e-16), "{rate} {n}");
        assert!(close(present_value(fv, rate, n).unwrap(), pv, 6e-16), "{rate} {n}");
    }
}

/// mpmath 1.4.1, mp.dps = 50: -expm1(-n*log1p(mpf(r)))/r, expm1(n*log1p(mpf(r)))/r (0 where it is above 1.8e308) and
/// one over the first; columns r, n, PV of 1, FV of 1, payment for 1.
const ANNUITIES: &[(f64, u64, f64, f64, f64)] = &[
    (1e-300, 360, 360.0, 360.0, 0.002777777777777778),
    (-1e-300, 360, 360.0, 360.0, 0.002777777777777778),
    (1e-15, 360, 359.999999999935, 360.00000000006463, 0.0027777777777782792),
    (-1e-12, 360, 360.00000006498, 359.99999993538, 0.002777777777276389),
    (1e-10, 1000000000, 951625819.5951624, 1051709180.7012177, 1.0508331945274634e-09),
    (0.005, 360, 166.7916143923353, 1004.5150424526432, 0.0059955052515275244),
    (0.1, 10000, 10.0, 0.0, 0.1),
    (-0.5, 10, 2046.0, 1.998046875, 0.0004887585532746823),
    (-0.5, 1000, 2.1430172143725346e+301, 2.0, 4.6663180925160944e-302),
    (-0.999, 5, 1001001001000995.5, 1.001001001001, 9.990000000000054e-16),
    (-0.999999999, 3, 1.0000000858457993e+27, 1.000000001, 9.999999141542081e-28),
    (0.29, 1, 0.7751937984496124, 1.0, 1.29),
    (1e12, 7, 1e-12, 1.000000000007e+72, 1e12),
];

#[test]
fn annuities_to_the_last_digits() {
    for &(rate, n, pv, fv, pmt) in ANNUITIES {
        assert!(close(annuity_pv(1.0, rate, n, Ordinary).unwrap().value, pv, 6e-16), "{rate} {n}");
        if fv > 0.0 {
            assert!(close(annuity_fv(1.0, rate, n, Ordinary).unwrap().value, fv, 6e-16), "{rate} {n}");
        } else {
            assert!(annuity_fv(1.0, rate, n, Ordinary).is_err());
        }
        assert!(close(payment(1.0, rate, n, 0.0, Ordinary).unwrap().payment, pmt, 6e-16), "{rate} {n}");
    }
}

/// A loan: PV, r, n, FV, then payment, payment when due, total interest.
type Loan = (f64, f64, u64, f64, f64, f64, f64);

/// mpmath 1.4.1, mp.dps = 50: p = pv*r/(-expm1(-n*log1p(r))) - fv*r/expm1(n*log1p(r)), p/(1+r), n*p + fv - pv.
const LOANS: &[Loan] = &[
    (250000.0, 0.00375, 360, 0.0, 1266.7132745647018, 1261.9808463907364, 206016.77884329262),
    (100.0, 0.05, 10000, 100.0, 5.0, 4.761904761904762, 50000.0),
    (100.0, 1e-12, 10, 99.9999999, 1.0099999406273238e-08, 1.0099999406263138e-08, 9.9999999955e-10),
    (100.0, -0.02, 120, 40.0, -0.6834340516276821, -0.6973816853343695, -142.01208619532184),
    (1e300, 0.03, 10, -1e300, 2.044610132103192e+299, 1.9850583806827105e+299, 4.46101321031919e+298),
    (1e-300, 0.01, 24, 0.0, 4.707347222326471e-302, 4.660739824085615e-302, 1.2976333335835303e-301),
    (5.0, -0.999, 4, 0.0, 4.995000000005013e-12, 4.995000000005008e-09, -4.99999999998002),
];

#[test]
fn loans_to_the_last_digits() {
    for &(pv, rate, n, fv, pmt, due, interest) in LOANS {
        let loan = payment(pv, rate, n, fv, Ordinary).unwrap();
        // 4e-15: the loan with almost the whole sum as balloon and the shrinking one cancel digits by nature.
        assert!(close(loan.payment, pmt, 4e-15), "{rate} {n}: {} {pmt}", loan.payment);
        assert!(close(payment(pv, rate, n, fv, Due).unwrap().payment, due, 4e-15), "{rate} {n}");
        assert!(close(loan.total_interest, interest, 4e-15), "{rate} {n}: {}", loan.total_interest);
    }
}

/// mpmath 1.4.1, mp.dps = 50: sum(mpf(c)*exp(-t*log1p(mpf(r)))).
#[test]
fn npv_to_the_last_digits() {
    let rows: &[(f64, &[f64], f64)] = &[
        // The value is 1/250 of the flows.
        (0.1, &[-1e300, 1.05e300, 6e298], 4.1322314049586677e+297),
        (-0.3, &[-1.0, -1.0, -1.0, -1.0, -1.0, 2.0, 2.0, 2.0, 2.0, 2.0], 125.89023536359461),
        (-0.9, &[1e-300, 0.0, 0.0, 0.0, 1e-300], 1.0001000000000009e-296),
    ];
    for &(rate, flows, want) in rows {
        let got = npv(rate, flows).unwrap();
        assert!((got.npv - want).abs() <= 4e-16 * got.sum_of_absolute, "{rate}: {}", got.npv);
    }
}

/// mpmath 1.4.1, mp.dps = 50: polyroots of the flows, 1/v - 1 of the positive real roots v, ascending.
#[test]
fn irr_to_the_last_digits() {
    let level: Vec<f64> = std::iter::once(-1e5).chain(std::iter::repeat_n(1e3, 150)).collect();
    let rows: &[(&[f64], &[f64])] = &[
        (&[-0.00001, 0.00002], &[1.0]),
        (&[-3e12, 1.1e12, 1.3e12, 1.7e12], &[0.1606621021828172]),
        (&[-100.0, 10.0, 10.0], &[-0.6298437881283576]),
        (&[-100.0, 230.0, -132.0], &[0.1, 0.2]),
        (&[-1.0, 1e-6], &[-0.999999]),
        (&[-1.0, 0.0, 0.0, 1e36], &[999999999999.0]),
        (&[-1e-300, 0.4e-300, 0.9e-300], &[0.16953597148326582]),
        (&[10.0, -47.0, 82.3, -63.79, 18.487], &[-0.014283915507939221, 0.5229920117622372]),
        (&level, &[0.005799844255839816]),
    ];
    for &(flows, want) in rows {
        let mut got = rates(flows, 0.1);
        got.sort_by(f64::total_cmp);
        assert_eq!(got.len(), want.len(), "{flows:?}");
        for (g, w) in got.iter().zip(want) {
            // Relative to 1 + r; -100, 230, -132 multiplies every rounding by 42, hence not 1e-15.
            assert!((g - w).abs() <= 1e-14 * (1.0 + w), "{flows:?}: {g} is not {w}");
        }
    }
    // A tiny rate to its own ninth digit: the flows determine no more (1000.0000001 has 16 digits in all).
    same(rates(&[-1000.0, 0.0, 0.0, 0.0, 1000.0000001], 0.1)[0], 2.499999140943074e-11);
}

/// Closed forms: two flows, (1 + r)^t = ratio; mpmath 1.4.1, mp.dps = 50.
#[test]
fn xirr_of_two_flows() {
    let rate = |a: f64, b: f64, days: f64| xirr(&[a, b], &[0.0, days / 365.0], 0.1, &|| false).unwrap().irr;
    // sqrt(mpf('0.0002')) - 1
    same(rate(-5.0, 0.001, 730.0), -0.985_857_864_376_269);
    // mpf('1.1')**365 - 1; the time 1/365 is rounded, which x = 35 multiplies
    same(rate(-100.0, 110.0, 1.0), 1.283_305_580_313_351e15);
}
