//! Annual percentage rates against the regulations' own examples, and refinancing against loans walked month by month.

use serde_json::{Value, json};

use super::close;
use crate::pitfalls::result;

/// What the issue asks of the rate: 0.00005 %, in decimals.
const RATE: f64 = 5e-7;

fn us(advances: Value, payments: Value) -> Value {
    result("calculate_loan_apr", json!({"method": "us_reg_z", "advances": advances, "payments": payments}))
}

fn one(date: &str, amount: f64) -> Value {
    json!([{"date": date, "amount": amount}])
}

fn row(date: &str, amount: f64, count: u32, frequency: &str) -> Value {
    json!({"date": date, "amount": amount, "count": count, "frequency": frequency})
}

fn single(date: &str, amount: f64) -> Value {
    json!({"date": date, "amount": amount})
}

/// The rate printed by the regulation, to two decimals, and the digits after them.
#[track_caller]
fn rate(got: &Value, printed: f64, exact: f64, unit: &str) {
    let apr = 100.0 * got["apr"].as_f64().unwrap();
    assert!((apr - printed).abs() <= 0.005, "{apr} does not print as {printed}");
    assert!(
        (apr - exact).abs() <= 100.0 * RATE && (apr - exact).abs() <= 1e-9 * exact,
        "{apr} is not {exact}"
    );
    assert_eq!(got["unitPeriod"], unit);
    assert!(got["residual"].as_f64().unwrap() <= 1e-14 && got["converged"] == true);
}

/// 12 CFR 1026 Appendix J (c)(1): single advance, odd first periods. The digits after the second by mpmath 1.4.1 from
/// the general equation with exact fractions; so below.
#[test]
fn appendix_j_odd_first_periods() {
    let got = us(one("1978-01-10", 5000.0), json!([row("1978-02-10", 230.0, 24, "monthly")]));
    rate(&got, 9.69, 9.685_708_062_28, "month");
    let got = us(one("1978-02-10", 6000.0), json!([row("1978-04-01", 200.0, 36, "monthly")]));
    rate(&got, 11.82, 11.816_508_290_8, "month");
    let got = us(one("1978-02-23", 5000.0), json!([row("1978-03-01", 219.17, 24, "semiMonthly")]));
    rate(&got, 10.34, 10.337_902_911_1, "half_month");
    let got = us(one("1978-05-23", 10_000.0), json!([row("1978-10-01", 385.0, 40, "quarterly")]));
    rate(&got, 8.97, 8.970_769_647_8, "quarter");
    let got = us(one("1978-03-20", 500.0), json!([row("1978-04-21", 17.60, 30, "weekly")]));
    rate(&got, 14.96, 14.962_222_692_8, "week");
    assert!(close(got["firstPeriodUnitPeriods"].as_f64().unwrap(), 32.0 / 7.0, 1e-14));
}

/// Payments every four weeks or every two months, one by one.
fn every(first: jiff::civil::Date, step: jiff::Span, amounts: &[f64]) -> Value {
    let date = |k: usize| first.checked_add(step.checked_mul(k as i64).unwrap()).unwrap().to_string();
    amounts.iter().enumerate().map(|(k, amount)| single(&date(k), *amount)).collect()
}

/// 12 CFR 1026 Appendix J (c)(2) to (c)(4): odd first and last payments.
#[test]
fn appendix_j_odd_payments() {
    use jiff::ToSpan;
    use jiff::civil::date;
    let january = || one("1978-01-10", 5000.0);
    let (first, last) = (single("1978-02-10", 250.0), single("1980-01-10", 280.0));
    let got = us(january(), json!([first, row("1978-03-10", 230.0, 23, "monthly")]));
    rate(&got, 10.08, 10.082_890_027_2, "month");
    let got = us(january(), json!([row("1978-02-10", 230.0, 23, "monthly"), last]));
    rate(&got, 10.50, 10.500_468_857_9, "month");
    let got = us(january(), json!([last, row("1978-03-10", 230.0, 22, "monthly"), first]));
    rate(&got, 10.90, 10.895_548_703_5, "month");
    let amounts: Vec<f64> = std::iter::once(39.50).chain([38.31; 11]).collect();
    let got = us(one("1978-03-18", 400.0), every(date(1978, 4, 20), 4.weeks(), &amounts));
    rate(&got, 28.50, 28.497_939_851_9, "4 weeks");
    let got = us(
        one("1978-04-03", 200.0),
        json!([row("1978-04-11", 9.50, 19, "biweekly"), single("1979-01-02", 30.0)]),
    );
    rate(&got, 12.22, 12.224_856_542_1, "two_weeks");
    let amounts: Vec<f64> = std::iter::once(449.36).chain([465.0; 18]).chain([200.0]).collect();
    let got = us(one("1978-01-10", 8000.0), every(date(1978, 3, 1), 2.months(), &amounts));
    rate(&got, 7.30, 7.301_765_159_24, "2 months");
}

/// 12 CFR 1026 Appendix J (c)(5): one advance, one payment.
#[test]
fn appendix_j_single_payment() {
    let got = us(one("1978-01-03", 1000.0), json!([single("1978-09-15", 1080.0)]));
    rate(&got, 11.45, 8.0 * 365.0 / 255.0, "255 days");
    let got = us(one("1978-07-15", 1000.0), json!([single("1979-01-15", 1044.0)]));
    rate(&got, 8.80, 8.8, "half_year");
    let got = us(one("1978-01-17", 1000.0), json!([single("1979-07-17", 1135.19)]));
    rate(&got, 8.76, 8.757_047_087_68, "year");
    let got = us(one("1978-01-03", 1000.0), json!([single("1980-01-03", 1240.0)]));
    rate(&got, 11.36, 100.0 * (1.24_f64.sqrt() - 1.0), "year");
}

/// The tests of another implementation (FSharp.Finance.Personal, AprUsActuarialTests), which its author confirmed with
/// a spreadsheet; to two decimals.
#[test]
fn another_implementation_agrees() {
    let week = |advance: &str| us(one(advance, 1000.0), json!([row("2023-11-30", 250.0, 5, "weekly")]));
    let quarter =
        |advance: &str| us(one(advance, 10_000.0), json!([row("1978-10-01", 385.0, 40, "quarterly")]));
    for (got, wanted) in [
        (week("2023-10-28"), 176.52),
        (week("2023-11-23"), 412.40),
        (week("2023-11-24"), 434.30),
        (quarter("1978-06-23"), 9.15),
        (quarter("1978-07-23"), 9.32),
        (us(one("2023-10-26", 1000.0), json!([row("2023-11-30", 500.0, 5, "annual")])), 78.34),
    ] {
        let apr = 100.0 * got["apr"].as_f64().unwrap();
        assert!((apr - wanted).abs() <= 0.005, "{apr} does not print as {wanted}");
    }
}

/// Directive 98/7/EC, Annex III: the four worked examples, to two decimals.
#[test]
fn european_examples() {
    let eu = |charge: f64, payments: Value| {
        let advance = one("2023-01-15", 1000.0);
        let call = json!({"method": "eu_aprc", "advances": advance, "payments": payments, "prepaidFinanceCharge": charge});
        100.0 * result("calculate_loan_apr", call)["apr"].as_f64().unwrap()
    };
    let quarters =
        json!([single("2023-04-15", 272.0), single("2023-07-15", 272.0), single("2024-01-15", 544.0)]);
    for (got, wanted) in [
        (eu(0.0, json!([single("2024-07-15", 1200.0)])), 12.92),
        (eu(50.0, json!([single("2024-07-15", 1200.0)])), 16.85),
        (eu(0.0, json!([row("2024-01-15", 600.0, 2, "annual")])), 13.07),
        (eu(0.0, quarters), 13.19),
    ] {
        assert!((got - wanted).abs() <= 0.005, "{got} does not print as {wanted}");
    }
    // Weeks: 1000 now, 1100 after 26 whole weeks, so after half a year.
    let weeks = eu(0.0, json!([row("2023-07-16", 1100.0, 1, "weekly")]));
    assert!(close(weeks, 21.0, 1e-12), "{weeks}");
}

/// hp 12c user's guide (2005), page 125: 11.76 % with two points, 11.53 % with a fee of 150.
#[test]
fn hp_12c_rate_with_fees() {
    for (points, costs, wanted) in [(0.02, 0.0, 11.76), (0.0, 150.0, 11.53)] {
        let got = result(
            "analyze_mortgage_refinance",
            json!({"currentBalance": 60_000, "currentRate": 0.115, "remainingPayments": 360, "newRate": 0.115,
                "newPayments": 360, "points": points, "closingCosts": costs}),
        );
        let apr = 100.0 * got["newApr"].as_f64().unwrap();
        assert!((apr - wanted).abs() <= 0.005, "{apr}");
        assert!((got["newPayment"].as_f64().unwrap() - 594.17).abs() <= 0.005);
    }
}

/// mpmath 1.4.1, 40 digits, both loans walked month by month.
#[test]
fn refinancing() {
    let financed = result(
        "analyze_mortgage_refinance",
        json!({"currentBalance": 200_000, "currentRate": 0.07, "remainingPayments": 300, "newRate": 0.055,
            "newPayments": 360, "closingCosts": 4000, "points": 0.01, "financeCosts": true, "discountRate": 0.05,
            "horizonMonths": 120, "taxRate": 0.25}),
    );
    let number = |got: &Value, at: &str| got.pointer(at).unwrap().as_f64().unwrap();
    for (at, wanted) in [
        ("/newPayment", 1_169.989_457_321_097),
        ("/upfrontCost", 0.0),
        ("/simpleBreakEvenMonths", 0.0),
        ("/npvBreakEvenMonth", 35.0),
        ("/npvAtHorizon", 10_687.624_411_892_176),
        ("/interestNew", 215_135.598_574_988_84),
        ("/newApr", 0.057_723_702_365_677_18),
        ("/byMonth/0/npv", -3_832.726_131_848_588),
        ("/byMonth/2/month", 35.0),
        ("/byMonth/2/npv", 54.933_435_854_378_48),
        ("/byMonth/3/oldBalance", 190_141.588_441_063_7),
        ("/byMonth/3/newBalance", 197_254.577_366_832_9),
    ] {
        assert!(close(number(&financed, at), wanted, 1e-9), "{at}: {}", number(&financed, at));
    }
    // The old loan ends before the horizon.
    let longer = result(
        "analyze_mortgage_refinance",
        json!({"currentBalance": 200_000, "currentRate": 0.06, "remainingPayments": 120, "newRate": 0.055,
            "newPayments": 360, "closingCosts": 3000, "horizonMonths": 240}),
    );
    for (at, wanted) in [
        ("/simpleBreakEvenMonths", 2.765_405_058_166_677),
        ("/npvBreakEvenMonth", 47.0),
        ("/npvAtHorizon", 1_596.534_642_194_163),
        ("/byMonth/20/oldBalance", 0.0),
        ("/byMonth/20/newBalance", 104_636.224_888_088_43),
    ] {
        // The value is a small difference of 200,000: 1e-9 of those.
        assert!(
            (number(&longer, at) - wanted).abs() <= 1e-9 * wanted.max(1e3),
            "{at}: {}",
            number(&longer, at)
        );
    }
}
