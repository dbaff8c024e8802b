//! Loans against spreadsheets' manuals, calculators' handbooks, and loans walked payment by payment in many digits.

use businessmath_mcp::math::finance::loan::{
    Accrual, Caps, Frequency, Level, Limit, Rounding, Schedule, Terms, schedule,
};
use businessmath_mcp::math::finance::tvm::Timing::{self, Due, Ordinary};
use jiff::civil::{Date, date};

use super::close;

/// The source prints cents.
const CENT: f64 = 0.005;

#[track_caller]
fn same(got: f64, want: f64) {
    assert!(close(got, want, 1e-9), "{got} is not {want}");
}

#[track_caller]
fn printed(got: f64, want: f64, half_digit: f64) {
    assert!((got - want).abs() <= half_digit * (1.0 + 1e-9), "{got} does not print as {want}");
}

fn level(amount: f64, rate: f64, n: u64) -> Level {
    Level::new(amount, rate, n, 0.0, Ordinary).unwrap()
}

/// Microsoft Excel documentation, "PPMT function", "IPMT function", "CUMIPMT function", "CUMPRINC function".
#[test]
fn excel_parts_of_payments() {
    // =PPMT(10%/12, 1, 24, 2000)  ($75.62);  =PPMT(8%, 10, 10, 200000)  ($27,598.05)
    printed(level(2_000.0, 0.1 / 12.0, 24).principal(1).unwrap(), 75.62, CENT);
    printed(level(200_000.0, 0.08, 10).principal(10).unwrap(), 27_598.05, CENT);
    // =IPMT(10%/12, 1, 36, 8000)  ($66.67);  =IPMT(10%, 3, 3, 8000)  ($292.45)
    printed(level(8_000.0, 0.1 / 12.0, 36).interest(1).unwrap(), 66.67, CENT);
    printed(level(8_000.0, 0.1, 3).interest(3).unwrap(), 292.45, CENT);
    // =CUMIPMT(9%/12, 360, 125000, 13, 24, 0)  -11135.23213, and 1 to 1  -937.5; CUMPRINC  -934.1071234, -68.27827118
    let loan = level(125_000.0, 0.09 / 12.0, 360);
    printed(loan.interest_between(13, 24).unwrap(), 11_135.232_13, 5e-6);
    printed(loan.interest_between(1, 1).unwrap(), 937.5, 1e-10);
    printed(loan.principal_between(13, 24).unwrap(), 934.107_123_4, 5e-8);
    printed(loan.principal_between(1, 1).unwrap(), 68.278_271_18, 5e-9);
}

/// L, r, n, B, when, k, from, to, then payment, balance after k, interest and principal of k, both from .. to, lifetime
/// interest.
type Row = (f64, f64, u64, f64, Timing, u64, u64, u64, [f64; 7]);

/// mpmath 1.4.1, mp.dps = 1500, every loan walked payment by payment: b -= pmt - r*b.
#[rustfmt::skip]
#[allow(clippy::unreadable_literal, clippy::excessive_precision)]
const ROWS: &[Row] = &[
    (200000.0, 0.0033333333333333335, 360, 0.0, Ordinary, 180, 1, 12,
        [954.830590930919, 129085.59919298923, 432.02800592664505, 522.802585004274, 7935.894224666915, 3522.072866504114, 143739.01273513085]),
    (200000.0, 0.0033333333333333335, 360, 0.0, Ordinary, 360, 349, 360,
        [954.830590930919, 0.0, 3.172194654255545, 951.6583962766634, 244.44195627451276, 11213.525134896516, 143739.01273513085]),
    (8000.0, 0.008333333333333333, 36, 0.0, Ordinary, 1, 13, 24,
        [258.1374975506999, 7808.529169115966, 66.66666666666667, 191.47083088403323, 439.77687462739243, 2657.8730959810064, 1292.949911825196]),
    (1000.0, 0.01, 12, 0.0, Due, 1, 1, 12,
        [87.96909770132842, 912.0309022986715, 0.0, 87.96909770132842, 55.62917241594108, 1000.0, 55.62917241594108]),
    (1000.0, 0.01, 12, 0.0, Due, 5, 3, 9,
        [87.96909770132842, 591.8732019003443, 6.731111877244284, 81.23798582408413, 41.317385322435285, 574.4662985868637, 55.62917241594108]),
    (50000.0, 0.005, 60, 15000.0, Ordinary, 30, 25, 36,
        [751.6480535299771, 33806.79251519457, 171.93254014290818, 579.715513387069, 2044.786997523648, 6974.989644836078, 10098.88321179863]),
    (50000.0, 0.005, 60, 15000.0, Due, 30, 1, 60,
        [747.9085109751016, 33638.59951760653, 171.0771543710529, 576.8313566040488, 9799.883792834456, 35074.62686567164, 9874.510658506098]),
    (1000.0, 0.01, 24, 5000.0, Ordinary, 10, 2, 20,
        [-138.29388889305883, 2551.4821841484827, 23.892953418370535, -162.18684231142936, 489.40595407902117, -3116.989843047139, 680.946666566588]),
    (1000.0, 0.01, 24, 5000.0, Due, 10, 2, 20,
        [-136.92464246837508, 2526.2199843054286, 23.656389523139143, -160.58103199151424, 484.5603505732883, -3086.1285574724147, 713.808580758998]),
    (1000.0, -0.02, 120, 40.0, Ordinary, 7, 5, 99,
        [1.0650551739570862, 861.1028540902994, -17.59526345437258, 18.660318628329666, -727.7740031378825, 828.9542446638056, -832.1933791251497]),
    (1000.0, -0.02, 120, 4000.0, Ordinary, 119, 5, 120,
        [-85.82829741861589, 3994.0527577361063, -79.75968286362226, -6.068614554993643, -7211.601093193164, -2744.48140736628, -7299.395690233908]),
    (1000000.0, 0.05, 1200, 0.0, Ordinary, 1, 1, 600,
        [50000.0, 1000000.0, 50000.0, 1.869868736404839e-21, 29999999.99999981, 1.9338400846006455e-07, 59000000.0]),
    (1000000.0, 0.05, 1200, 0.0, Ordinary, 1195, 1190, 1200,
        [50000.0, 216473.833531541, 12689.230168168619, 37310.769831831385, 134679.28908643752, 415320.7109135625, 59000000.0]),
    (1000.0, 1e-12, 360, 0.0, Ordinary, 200, 100, 300,
        [2.777777778279167, 444.4444444888889, 4.472222222667208e-10, 2.7777777778319446, 8.989166667467102e-08, 558.3333333442208, 1.8050000001079992e-07]),
    (1000.0, -1e-13, 100000, 7.0, Ordinary, 70000, 3, 99999,
        [0.009929999949649503, 304.89999895735, -3.049099289573301e-11, 0.009929999980140497, -5.034848941725e-06, 992.9702099999504, -5.035049641725e-06]),
    (1000.0, 1e-09, 100000, 0.0, Due, 70000, 60001, 99999,
        [0.010000500003332833, 300.0104997699824, 3.0002049996996524e-07, 0.010000199982832863, 0.008000493323732136, 400.00199913998625, 0.050000333283332365]),
    (1000.0, -0.5, 4000, 0.0, Ordinary, 3990, 3950, 4000,
        [0.0, 0.0, -0.0, 0.0, -0.0, 0.0, -1000.0]),
    (1000.0, -0.9999, 2000, 3.0, Ordinary, 2, 1, 2000,
        [-2.9997, 3.00000997, -3.0993900299999892, 0.09969002999998902, -6996.4, 997.0, -6996.4]),
    (1000.0, 0.3, 5000, 1000000.0, Ordinary, 4990, 10, 4999,
        [300.0, 73465.61213611932, 17022.83356987369, -16722.83356987369, 2265461.5384615385, -768461.5384615385, 2499000.0]),
    (1.0, 1000000.0, 50, 0.0, Ordinary, 49, 48, 50,
        [1000000.0, 0.999999000001, 999999.999999, 9.99998000003e-07, 2999999.0, 1.0, 49999999.0]),
    (1e+300, 0.02, 240, 1e+299, Ordinary, 100, 1, 200,
        [2.0156673323768757e+298, 9.510815268446875e+299, 1.9043886277812868e+298, 1.1127870459558898e+297, 3.628019164942972e+300, 4.033154998107791e+299, 3.937601597704502e+300]),
];

#[test]
fn any_payment_of_any_loan_to_the_last_digits() {
    for &(amount, rate, n, balloon, timing, k, from, to, want) in ROWS {
        let loan = Level::new(amount, rate, n, balloon, timing).unwrap();
        let got = [
            loan.payment(),
            loan.balance(k).unwrap(),
            loan.interest(k).unwrap(),
            loan.principal(k).unwrap(),
            loan.interest_between(from, to).unwrap(),
            loan.principal_between(from, to).unwrap(),
            loan.lifetime_interest(),
        ];
        for (got, want) in got.into_iter().zip(want) {
            assert!(close(got, want, 2e-14), "{amount} {rate} {n} {balloon}: {got} is not {want}");
        }
    }
}

fn terms(principal: f64, annual_rate: f64, payments: u32) -> Terms {
    Terms {
        principal,
        annual_rate,
        payments,
        amortization: payments,
        interest_only: 0,
        frequency: Frequency::Monthly,
        accelerated: false,
        compounding: None,
        accrual: Accrual::Periodic,
        dates: None,
        extra: 0.0,
        extras: vec![],
        recast: false,
        adjustments: vec![],
        caps: Caps::default(),
        rounding: Rounding::None,
    }
}

fn walked(terms: &Terms) -> Schedule {
    schedule(terms, &|| false).unwrap()
}

/// Payments made, interest, balloon, last payment.
#[track_caller]
fn totals(got: &Schedule, count: usize, interest: f64, balloon: f64, last: f64) {
    assert_eq!(got.rows.len(), count);
    same(got.total_interest, interest);
    assert!(close(got.balloon, balloon, 1e-9) && (balloon > 0.0 || got.balloon == 0.0), "{}", got.balloon);
    same(got.rows[count - 1].payment, last);
}

/// Payment, interest, principal, extra, balance of one row.
#[track_caller]
fn row(got: &Schedule, number: usize, want: [f64; 5]) {
    let row = &got.rows[number - 1];
    let got = [row.payment, row.interest, row.principal, row.extra, row.balance];
    for (got, want) in got.into_iter().zip(want) {
        assert!(close(got, want, 1e-9), "{number}: {got} is not {want}");
    }
}

/// hp 12c platinum user's guide (2005), page 71: rounds to cents as the calculator's AMORT does; and HP's training aid
/// "HP 12C Loan Amortizations", examples 1 and 2.
#[test]
fn hp_12c_amortization_in_cents() {
    let cents =
        |principal, rate, n| walked(&Terms { rounding: Rounding::HalfEven, ..terms(principal, rate, n) });
    let house = cents(250_000.0, 0.0525, 360);
    row(&house, 1, [1_380.51, 1_093.75, 286.76, 0.0, 249_713.24]);
    let shorter = cents(250_000.0, 0.0525, 300);
    assert_eq!([shorter.rows[0].interest, shorter.rows[0].principal], [1_093.75, 404.37]);
    assert_eq!([shorter.rows[1].interest, shorter.rows[1].principal], [1_091.98, 406.14]);
    let aid = cents(180_000.0, 0.0775, 360);
    let year = |column: fn(&businessmath_mcp::math::finance::loan::Row) -> f64| -> f64 {
        aid.rows[..12].iter().map(column).sum()
    };
    printed(year(|row| row.interest), 13_894.66, 1e-9);
    printed(year(|row| row.principal), 1_579.82, 1e-9);
    assert_eq!(aid.rows[11].balance, 178_420.18);
    // Python 3.11, mpmath with rounding to cents: the last payment settles.
    totals(&aid, 360, 284_237.40, 0.0, 1_292.54);
}

/// HP 12c support page "Calculating Canadian Mortgages", HP-17BII+ manual, page 198.
#[test]
fn canadian_mortgages() {
    let canadian = |rate| Terms { compounding: Some(2.0), ..terms(30_000.0, rate, 360) };
    printed(walked(&canadian(0.09)).payment.unwrap(), 237.85, CENT);
    printed(walked(&canadian(0.12)).payment.unwrap(), 301.92, CENT);
    // mpmath 1.4.1, walked: a five-year term of 25 years.
    let term = walked(&Terms { compounding: Some(2.0), amortization: 300, ..terms(100_000.0, 0.06, 60) });
    totals(&term, 60, 28_225.101_589_016_213, 89_836.704_168_411_74, 639.806_623_676_741_2);
    row(
        &term,
        60,
        [639.806_623_676_741_2, 444.633_413_133_730_8, 195.173_210_543_010_4, 0.0, 89_836.704_168_411_74],
    );
    let accelerated = Terms {
        compounding: Some(2.0),
        frequency: Frequency::Biweekly,
        accelerated: true,
        ..terms(250_000.0, 0.05, 650)
    };
    totals(&walked(&accelerated), 559, 155_985.810_142_579_46, 0.0, 316.333_079_259_349_06);
}

/// mpmath 1.4.1, mp.dps = 400, walked payment by payment; so are the other schedules below.
#[test]
fn interest_only_and_balloon() {
    let full = walked(&Terms { interest_only: 60, ..terms(300_000.0, 0.055, 360) });
    totals(&full, 360, 335_178.743_053_332_24, 0.0, 1_842.262_476_844_410_7);
    row(&full, 60, [1_375.0, 1_375.0, 0.0, 0.0, 300_000.0]);
    row(&full, 61, [1_842.262_476_844_410_7, 1_375.0, 467.262_476_844_410_74, 0.0, 299_532.737_523_155_6]);
    let short = walked(&Terms { interest_only: 24, amortization: 360, ..terms(300_000.0, 0.055, 120) });
    totals(&short, 120, 155_860.130_454_304_86, 254_677.974_231_656_47, 1_751.897_460_652_587_4);
}

#[test]
fn adjustable_rate() {
    let arm = walked(&Terms {
        adjustments: vec![(61, 0.05), (73, 0.06), (85, 0.01), (97, -0.03)],
        caps: Caps {
            margin: 0.0225,
            initial: Some(0.02),
            periodic: Some(0.02),
            lifetime: Some(0.05),
            floor: Some(0.03),
        },
        ..terms(300_000.0, 0.04, 360)
    });
    totals(&arm, 360, 240_185.181_274_131_93, 0.0, 1_466.577_831_540_198);
    row(
        &arm,
        73,
        [
            2_084.272_278_702_296_3,
            1_776.750_243_666_886_3,
            307.522_035_035_410_06,
            0.0,
            266_205.014_514_997_54,
        ],
    );
    let got: Vec<_> = arm.adjustments.iter().map(|a| (a.payment_number, a.limit)).collect();
    let (initial, periodic) = (Limit::InitialCap, Limit::PeriodicCap);
    assert_eq!(got, [(61, initial), (73, periodic), (85, periodic), (97, periodic)]);
    for (adjusted, (indexed, applied, payment)) in arm.adjustments.iter().zip([
        (0.0725, 0.06, 1_748.263_784_233_870_6),
        (0.0825, 0.08, 2_084.272_278_702_296_3),
        (0.0325, 0.06, 1_756.953_984_041_908_4),
        (-0.0075, 0.04, 1_466.577_831_540_198),
    ]) {
        same(adjusted.indexed, indexed);
        same(adjusted.applied, applied);
        same(adjusted.payment, payment);
    }
}

#[test]
fn extra_payments() {
    let every = walked(&Terms { extra: 100.0, ..terms(200_000.0, 0.06, 360) });
    totals(&every, 295, 182_537.969_797_561_32, 0.0, 602.261_007_742_923_9);
    row(
        &every,
        294,
        [
            1_199.101_050_305_504_7,
            9.444_605_644_909_563,
            1_189.656_444_660_595_3,
            100.0,
            599.264_684_321_317_3,
        ],
    );
    let lump = Terms { extras: vec![(12, 20_000.0), (24, 5_000.0)], ..terms(200_000.0, 0.06, 360) };
    totals(&walked(&lump), 268, 146_022.816_783_536_78, 0.0, 862.836_351_966_991_2);
    let recast = walked(&Terms { recast: true, ..lump });
    totals(&recast, 360, 204_094.773_573_128_04, 0.0, 1_046.943_926_895_058);
    row(
        &recast,
        13,
        [1_077.700_127_726_876_9, 887.719_882_877_232_9, 189.980_244_849_643_95, 0.0, 177_353.996_330_596_9],
    );
    let fortnights =
        Terms { frequency: Frequency::Biweekly, accelerated: true, ..terms(100_000.0, 0.06, 780) };
    totals(&walked(&fortnights), 638, 91_026.182_576_283_83, 0.0, 69.340_315_132_196_7);
}

#[test]
fn interest_by_days() {
    let dated = |accrual, start: Date, first: Option<Date>, terms: Terms| {
        walked(&Terms { accrual, dates: Some((start, first)), ..terms })
    };
    let long = Terms { amortization: 360, ..terms(1e6, 0.07, 120) };
    let got = dated(Accrual::Actual360, date(2024, 1, 31), None, long);
    totals(&got, 120, 670_388.287_815_524_5, 872_025.293_600_504_8, 6_653.024_951_791_832);
    row(
        &got,
        2,
        [6_653.024_951_791_832, 6_021.664_790_954_168, 631.360_160_837_663_1, 0.0, 998_354.503_776_259_4],
    );
    assert_eq!(got.rows[119].date, Some(date(2034, 1, 31)));
    let got = dated(Accrual::Actual360, date(2024, 1, 15), None, terms(1e6, 0.07, 36));
    totals(&got, 36, 113_395.121_974_927_8, 0.0, 32_696.731_686_909_57);
    let canadian = Terms { compounding: Some(2.0), amortization: 300, ..terms(100_000.0, 0.06, 12) };
    let got = dated(Accrual::Actual365, date(2023, 3, 31), Some(date(2023, 5, 15)), canadian);
    totals(&got, 12, 6_152.779_338_328_035, 98_475.099_854_207_15, 639.806_623_676_741_2);
    row(
        &got,
        1,
        [639.806_623_676_741_2, 731.509_734_330_508_9, -91.703_110_653_767_71, 0.0, 100_091.703_110_653_76],
    );
    let quarterly = Terms { frequency: Frequency::Quarterly, ..terms(100_000.0, 0.08, 8) };
    let got = dated(Accrual::Thirty360, date(2022, 11, 30), None, quarterly);
    totals(&got, 8, 9_144.539_783_802_524, 0.0, 13_587.680_390_168_658);
}

#[test]
fn other_frequencies() {
    let weekly = walked(&Terms { frequency: Frequency::Weekly, ..terms(10_000.0, 0.09, 104) });
    totals(&weekly, 104, 935.613_482_515_949_6, 0.0, 105.150_129_639_576_43);
    let half =
        Terms { frequency: Frequency::SemiMonthly, compounding: Some(1.0), ..terms(10_000.0, 0.09, 48) };
    totals(&walked(&half), 48, 906.088_764_381_138_6, 0.0, 227.210_182_591_273_74);
}

/// mpmath 1.4.1, mp.dps = 400: at 600 % a year hardly anything is repaid for decades, and still it comes out even.
#[test]
fn enormous_rates_settle_with_the_level_payment() {
    let got = walked(&terms(1_000.0, 6.0, 600));
    totals(&got, 600, 299_000.0, 0.0, 500.0);
    row(&got, 300, [500.0, 500.0, 4.960_221_021_652_371e-51, 0.0, 1_000.0]);
    row(&got, 600, [500.0, 500.0 / 3.0, 1_000.0 / 3.0, 0.0, 0.0]);
}
