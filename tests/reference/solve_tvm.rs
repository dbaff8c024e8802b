//! The five quantities of a plan against spreadsheets' manuals, a calculator's handbook and 50-digit arithmetic.

use super::close;
use businessmath_mcp::math::finance::growth::compound_rate;
use businessmath_mcp::math::finance::tvm::Timing::{Due, Ordinary};
use businessmath_mcp::math::finance::tvm::{Equation, Stream};

fn plan(rate: f64, periods: f64, present: f64, payment: f64, future: f64) -> Equation {
    Equation { present, payment, future, rate, periods, timing: Ordinary }
}

fn due(plan: Equation) -> Equation {
    Equation { timing: Due, ..plan }
}

fn rate(plan: Equation) -> f64 {
    let found = plan.rates(&|| false).unwrap();
    assert_eq!(found.rates.len(), 1, "{found:?}");
    found.rates[0]
}

#[track_caller]
fn same(got: f64, want: f64) {
    assert!(close(got, want, 1e-9), "{got} is not {want}");
}

#[track_caller]
fn printed(got: f64, want: f64, half_digit: f64) {
    assert!((got - want).abs() <= half_digit * (1.0 + 1e-9), "{got} does not print as {want}");
}

/// Microsoft Excel documentation: RATE, NPER, PMT, PV, FV, PDURATION, RRI, the example tables.
#[test]
fn excel() {
    // =RATE(4*12, -200, 8000)  1%, shown without decimals, times 12  9.24%
    printed(12.0 * rate(plan(0.0, 48.0, 8000.0, -200.0, 0.0)), 0.0924, 0.000_05);
    // =NPER(12%/12, -100, -1000, 10000, 1)  59.6738657; type 0  60.0821229
    let saved = plan(0.01, 1.0, -1000.0, -100.0, 10_000.0);
    printed(due(saved).periods().unwrap().exact, 59.673_865_7, 5e-8);
    printed(saved.periods().unwrap().exact, 60.082_122_9, 5e-8);
    // =PMT(8%/12, 10, 10000)  ($1,037.03), type 1  ($1,030.16)
    let loan = plan(0.08 / 12.0, 10.0, 10_000.0, 0.0, 0.0);
    printed(loan.payment().unwrap(), -1_037.03, 0.005);
    printed(due(loan).payment().unwrap(), -1_030.16, 0.005);
    // =PV(0.08/12, 12*20, 500)  ($59,777.15)
    printed(plan(0.08 / 12.0, 240.0, 0.0, 500.0, 0.0).present().unwrap(), -59_777.15, 0.005);
    // =FV(0.06/12, 10, -200, -500, 1)  $2,581.40
    printed(due(plan(0.005, 10.0, -500.0, -200.0, 0.0)).future().unwrap(), 2_581.40, 0.005);
    // =PDURATION(2.5%, 2000, 2200)  3.86;  =PDURATION(0.025/12, 1000, 1200)  87.6
    printed(plan(0.025, 1.0, -2000.0, 0.0, 2200.0).periods().unwrap().exact, 3.86, 0.005);
    printed(plan(0.025 / 12.0, 1.0, -1000.0, 0.0, 1200.0).periods().unwrap().exact, 87.6, 0.05);
    // =RRI(96, 10000, 11000)  0.0009933
    printed(rate(plan(0.0, 96.0, -10_000.0, 0.0, 11_000.0)), 0.000_993_3, 5e-8);
    printed(compound_rate(10_000.0, 11_000.0, 96.0).unwrap(), 0.000_993_3, 5e-8);
}

/// numpy-financial 1.0.0, run: nper, rate, fv; the arguments are those of its docstrings and tests.
#[test]
fn numpy_financial() {
    // nper(0.07/12, -150, 8000); nper(0.075/12, -2000, 0, 100000); nper(0, -2000, 0, 100000)
    same(plan(0.07 / 12.0, 1.0, 8000.0, -150.0, 0.0).periods().unwrap().exact, 64.073_348_770_661_85);
    same(plan(0.075 / 12.0, 1.0, 0.0, -2000.0, 100_000.0).periods().unwrap().exact, 43.645_220_143_836_63);
    assert_eq!(plan(0.0, 1.0, 0.0, -2000.0, 100_000.0).periods().unwrap().exact, 50.0);
    // rate(10, 0, -3500, 10000), which stops within 1e-6 of the root: 0.11069085371426901
    printed(rate(plan(0.0, 10.0, -3500.0, 0.0, 10_000.0)), 0.110_690_853_714, 1e-11);
    // fv(0.05/12, 10*12, -100, -100)
    same(plan(0.05 / 12.0, 120.0, -100.0, -100.0, 0.0).future().unwrap(), 15_692.928_894_335_748);
}

/// HP 12C User's Guide (2005), section 3, the worked examples.
#[test]
fn hp_12c() {
    // The log cabin: 35,000 at 10.5 %, 325 a month: 328 payments, the last of them 143.11.
    let cabin = plan(0.105 / 12.0, 1.0, 35_000.0, -325.0, 0.0).periods().unwrap();
    assert_eq!(cabin.whole, 328.0);
    printed(cabin.last, -143.11, 0.005);
    // 775 and 50 twice a month at 6.25 %, until there are 4,000: 58 deposits.
    assert_eq!(plan(0.0625 / 24.0, 1.0, -775.0, -50.0, 4000.0).periods().unwrap().whole, 58.0);
    // 6,000 to 10,000 in 8 years, quarterly: 6.44 % a year.
    printed(400.0 * rate(plan(0.0, 32.0, -6000.0, 0.0, 10_000.0)), 6.44, 0.005);
    // The car: 48 months of 150 at 15 %; the condominiums at 12 %.
    printed(plan(0.15 / 12.0, 48.0, 0.0, -150.0, 0.0).present().unwrap(), 5_389.72, 0.005);
    printed(plan(0.12, 5.0, 0.0, 17_500.0, 540_000.0).present().unwrap(), -369_494.09, 0.005);
    // A 29-year mortgage of 43,400 at 14.25 %, and its balloon after five years.
    let mortgage = plan(0.1425 / 12.0, 348.0, 43_400.0, 0.0, 0.0);
    printed(mortgage.payment().unwrap(), -523.99, 0.005);
    let balloon = Equation { payment: -523.99, periods: 60.0, ..mortgage };
    printed(balloon.future().unwrap(), -42_652.37, 0.005);
    // 60,000 after 15 years at 9.75 %, half-yearly, 3,200 to begin with.
    printed(plan(0.0975 / 2.0, 30.0, -3200.0, 0.0, 60_000.0).payment().unwrap(), -717.44, 0.005);
    // 50 at the start of each of 24 months at 6.25 %; a property of 32,000 that loses 2 % a year.
    printed(due(plan(0.0625 / 12.0, 24.0, 0.0, -50.0, 0.0)).future().unwrap(), 1_281.34, 0.005);
    printed(plan(-0.02, 6.0, -32_000.0, 0.0, 0.0).future().unwrap(), 28_346.96, 0.005);
}

/// mpmath 1.4.1, mp.dps = 50: bisection on pv + pmt*(1 + i*d)*(1 - (1 + i)**-n)/i + fv*(1 + i)**-n; columns n, PV, PMT,
/// FV, whether due, rate.
#[rustfmt::skip]
const RATES: [(f64, f64, f64, f64, bool, f64); 12] = [
    (360.0, 250_000.0, -1_266.713_274_564_701_8, 0.0, false, 0.003_75),
    (48.0, 8000.0, -200.0, 0.0, true, 0.008_052_981_923_906_034),
    (10.0, -3500.0, 0.0, 10_000.0, false, 0.110_690_853_710_752_81),
    (2.0, 1.0, -11.0, 0.0, false, 10.922_616_289_332_565),
    (1e6, 1.0, -1.5e-6, 0.0, false, 8.742_168_267_881_339e-7),
    (120.0, 100.0, -0.833_333_333_3, -0.5, false, 8.210_783_792_379_353e-5),
    (30.0, 1.0, -1000.0, 0.0, false, 1000.0),
    (12.5, 1000.0, -90.0, -10.0, false, 0.019_148_372_755_575_176),
    (600.0, 1e-12, -2.5e-15, 0.0, false, 0.001_455_256_089_805_697_4),
    (24.0, 1e15, -4.5e13, 0.0, true, 0.006_811_336_060_172_901),
    (5.0, 100.0, -10.0, -10.0, false, -0.136_096_968_166_046_88),
    (3.0, 100.0, -1e-3, 0.0, false, -0.978_297_578_497_257_8),
];

#[test]
fn rates_to_the_last_digits() {
    for (n, pv, pmt, fv, is_due, want) in RATES {
        let plan = plan(0.0, n, pv, pmt, fv);
        let got = rate(if is_due { due(plan) } else { plan });
        // A rate of 8e-5 over 120 periods changes the payments by 5e-3 only: two digits fewer are there to find.
        assert!(close(got, want, 1e-12), "{n} {pv} {pmt} {fv}: {got} is not {want}");
    }
}

/// mpmath 1.4.1, mp.dps = 50: log((A - fv)/(A + pv))/log1p(i), A = pmt*(1 + i*d)/i; columns i, PV, PMT, FV, whether due, n.
#[rustfmt::skip]
const COUNTS: [(f64, f64, f64, f64, bool, f64); 7] = [
    (-0.25, 1000.0, 0.0, -8.127_492_615_804_416e-9, false, 88.763_851_127_906_72),
    (-0.25, 1000.0, -1e-10, -8e-9, true, 88.690_843_275_967_04),
    (0.05, -1e-200, 0.0, 1e200, false, 18_877.453_127_625_756),
    (0.5, -1e-200, -1e-3, 1e200, false, 1_151.101_826_923_966),
    (-0.25, 1e200, 0.0, -1e-200, false, 3_201.569_111_860_437_4),
    (0.01, 1e6, -10_000.000_001, 0.0, false, 2_314.078_912_495_692),
    (0.1, 1e15, -2e14, -1e-3, false, 7.272_540_897_341_719),
];

/// Amounts of very different size: what is left of a fund that decays, and one cent that grows for centuries.
#[test]
fn counts_to_the_last_digits() {
    for (i, pv, pmt, fv, is_due, want) in COUNTS {
        let plan = plan(i, 1.0, pv, pmt, fv);
        let got = if is_due { due(plan) } else { plan }.periods().unwrap().exact;
        // Near the interest itself one rounding of the payment moves the count by 1e-8.
        let tolerance = if i == 0.01 { 1e-6 } else { 1e-13 };
        assert!(close(got, want, tolerance), "{i} {pv} {pmt} {fv}: {got} is not {want}");
    }
}

/// mpmath 1.4.1, mp.dps = 40: nsum or a plain sum of pmt*(1+g)**k*(1+r)**-(m+k+1); columns r, g, n (0 for ever), m, PV.
#[rustfmt::skip]
const STREAMS: [(f64, f64, u64, u64, f64); 7] = [
    (0.1, 0.05, 20, 0, 12.112_084_057_583_974),
    (0.1, 0.1, 20, 0, 18.181_818_181_818_183),
    (0.05, 0.1, 30, 4, 49.977_499_951_887_204),
    (0.03, -0.2, 15, 0, 4.249_636_914_839_702),
    (-0.5, 0.0, 5, 2, 248.0),
    (0.08, 0.03, 0, 10, 9.263_869_761_693_69),
    (0.001, 0.001_000_000_1, 360, 0, 359.640_366_089_455_1),
];

#[test]
fn streams() {
    for (rate, growth, n, deferral, want) in STREAMS {
        let periods = (n > 0).then_some(n);
        let stream = Stream { rate, growth, periods, deferral, timing: Ordinary };
        let got = stream.value(1.0).unwrap().present;
        assert!(close(got, want, 4e-15), "{rate} {growth} {n}: {got} is not {want}");
        let early = Stream { timing: Due, ..stream }.value(1.0).unwrap().present;
        assert!(close(early, want * (1.0 + rate), 4e-15), "{rate} {growth} {n}: {early}");
    }
}
