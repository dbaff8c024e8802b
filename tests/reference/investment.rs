//! Growth and capital budgeting against spreadsheets' manuals, textbooks and 40-digit arithmetic.

use super::close;
use businessmath_mcp::math::finance::growth::{
    compound_rate, compounded, compounded_continuously, equivalent_rate,
};
use businessmath_mcp::math::finance::investment::{
    crossover, discounted_payback, measures, mirr, payback, profitability_index,
};

#[track_caller]
fn printed(got: f64, want: f64, half_digit: f64) {
    assert!((got - want).abs() <= half_digit * (1.0 + 1e-9), "{got} does not print as {want}");
}

const VENTURE: [f64; 6] = [-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0];

/// Microsoft Excel documentation, "MIRR function": 13 % after five years, -5 % after three, 13 % reinvested at 14 %.
#[test]
fn excel_mirr() {
    printed(mirr(&VENTURE, 0.1, 0.12).unwrap().rate, 0.13, 0.005);
    printed(mirr(&VENTURE[..4], 0.1, 0.12).unwrap().rate, -0.05, 0.005);
    printed(mirr(&VENTURE, 0.1, 0.14).unwrap().rate, 0.13, 0.005);
}

/// numpy-financial 1.0.0, run: mirr; the first and the last rows are its docstrings' and tests'.
#[test]
fn numpy_financial_mirr() {
    let rows: [(&[f64], f64, f64, f64); 5] = [
        (&VENTURE, 0.1, 0.12, 0.126_094_130_365_905_1),
        (&VENTURE[..4], 0.1, 0.12, -0.048_044_655_249_980_917),
        (
            &[-4500.0, -800.0, 800.0, 800.0, 600.0, 600.0, 800.0, 800.0, 700.0, 3000.0],
            0.08,
            0.055,
            0.066_597_175_031_553_49,
        ),
        (&[100.0, 200.0, -50.0, 300.0, -200.0], 0.05, 0.06, 0.342_823_387_842_176_9),
        (&[39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0, -1.0], 0.1, 0.12, 12.141_569_423_802_93),
    ];
    for (flows, finance, reinvestment, want) in rows {
        let got = mirr(flows, finance, reinvestment).unwrap().rate;
        assert!(close(got, want, 1e-12), "{flows:?}: {got} is not {want}");
    }
}

/// mpmath 1.4.1, mp.dps = 40: the formula of the documentation; flows of 1e-300 to 1e250, rates from -90 % to 900 %.
#[test]
fn mirr_of_every_size() {
    let mut late = vec![0.0; 402];
    (late[0], late[401]) = (-1.0, 1e250);
    let steady: Vec<f64> = std::iter::once(-1e9).chain(std::iter::repeat_n(1.0, 100)).collect();
    let rows: [(&[f64], f64, f64, f64); 4] = [
        (&[-1e-300, 3e-300], 0.1, 0.1, 2.0),
        (&steady, -0.5, 0.02, -0.139_115_718_376_493_78),
        (&late, 5.0, 9.0, 3.201_858_241_759_323),
        (&[-7.0, 3.0, -2.0, 9.0], -0.3, -0.9, -0.065_968_907_287_026_52),
    ];
    for (flows, finance, reinvestment, want) in rows {
        let got = mirr(flows, finance, reinvestment).unwrap().rate;
        assert!(close(got, want, 4e-15), "{got} is not {want}");
    }
}

/// mpmath 1.4.1, mp.dps = 40: expm1(log(e/b)/n).
#[test]
fn compound_rates_to_the_last_digits() {
    for (begin, end, periods, want) in [
        (500.0, 720.0, 4.0, 0.095_445_115_010_332_23),
        (1e-300, 1e300, 600.0, 9.0),
        (3.7, 3.700_000_000_1, 12.5, 2.162_162_341_033_380_6e-12),
        (1000.0, 1e-9, 1e6, -2.763_063_938_278_049_4e-5),
        (2.0, 5.0, 1.0 / 3.0, 14.625),
    ] {
        let got = compound_rate(begin, end, periods).unwrap();
        assert!(close(got, want, 4e-15), "{begin} {end}: {got} is not {want}");
    }
    // 10 % nominal: 1.1^2, 1.05^4, e^0.2 (mpmath 1.4.1).
    assert!(close(compounded(100.0, 0.1, 2.0).unwrap(), 121.0, 1e-15));
    assert!(close(equivalent_rate(0.05, 4.0).unwrap(), 0.215_506_25, 1e-15));
    assert!(close(compounded_continuously(100.0, 0.1, 2.0).unwrap(), 122.140_275_816_016_98, 1e-15));
}

/// R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, 10th ed. (2011), section 5.2: three projects
/// with paybacks of 3, 2 and 2 years and net present values at 10 % of 2,624, -58 and 50; discounted, only the first
/// and the last come back.
#[test]
fn brealey_payback() {
    let rows: [(&[f64], usize, f64, Option<usize>); 3] = [
        (&[-2000.0, 500.0, 500.0, 5000.0], 3, 2624.0, Some(3)),
        (&[-2000.0, 500.0, 1800.0, 0.0], 2, -58.0, None),
        (&[-2000.0, 1800.0, 500.0, 0.0], 2, 50.0, Some(2)),
    ];
    for (flows, period, value, discounted) in rows {
        assert_eq!(payback(flows).unwrap().period, Some(period));
        let d = discounted_payback(0.1, flows).unwrap();
        assert_eq!(d.period, discounted);
        printed(d.rows[3].total, value, 0.5);
    }
}

/// The same book, section 5.3: projects D and E with rates of 100 % and 75 %, values of 8,182 and 11,818 at 10 %, and 50 %
/// on what E costs more; F and G with rates of 33 % and 20 %, which cross at 15.6 %.
#[test]
fn brealey_rates() {
    let (d, e) = ([-10_000.0, 20_000.0], [-20_000.0, 35_000.0]);
    let of = |flows: &[f64]| measures(flows, 0.1, &|| false).unwrap();
    printed(of(&d).npv, 8_182.0, 0.5);
    printed(of(&e).npv, 11_818.0, 0.5);
    assert!(close(of(&d).rates[0], 1.0, 1e-15) && close(of(&e).rates[0], 0.75, 1e-15));
    let more = crossover(&d, &e, 0.1, &|| false).unwrap();
    assert!(close(more.rates[0], 0.5, 1e-15));
    printed(more.incremental, 11_818.0 - 8_182.0, 1.0);
    // G pays 1,800 for ever: 1,000 years of it are the same to the last digit.
    let f = [-9_000.0, 6_000.0, 5_000.0, 4_000.0];
    let g: Vec<f64> = std::iter::once(-9_000.0).chain(std::iter::repeat_n(1_800.0, 1_000)).collect();
    printed(of(&f).rates[0], 0.33, 0.005);
    printed(of(&g).rates[0], 0.2, 1e-12);
    printed(of(&f).npv, 3_592.0, 0.5);
    printed(of(&g).npv, 9_000.0, 1e-9);
    printed(crossover(&f, &g, 0.1, &|| false).unwrap().rates[0], 0.156, 0.000_5);
}

/// The same book, section 5.4: three projects with net present values of 21, 16 and 12 at 10 %, which are 2.1, 3.2 and
/// 2.4 times their investment.
#[test]
fn brealey_profitability() {
    // There the index is net present value over investment, here it is 1 more.
    let rows =
        [([-10.0, 30.0, 5.0], 21.0, 2.1), ([-5.0, 5.0, 20.0], 16.0, 3.2), ([-5.0, 5.0, 15.0], 12.0, 2.4)];
    for (flows, value, index) in rows {
        let p = profitability_index(0.1, &flows).unwrap();
        printed(p.npv.npv, value, 0.5);
        printed(p.index - 1.0, index, 0.05);
        let of = measures(&flows, 0.1, &|| false).unwrap();
        assert!(close(of.index.unwrap(), p.index, 1e-15));
    }
}
