//! Laws of loans, annual percentage rates and waterfalls.

use businessmath_mcp::math::finance::loan::{
    Accrual, Caps, Frequency, Level, Refinance, Rounding, Schedule, Terms, break_even, schedule,
};
use businessmath_mcp::math::finance::tvm::Timing::{Due, Ordinary};
use businessmath_mcp::math::finance::tvm::npv;
use businessmath_mcp::math::finance::venture::Preferred;
use jiff::civil::date;
use serde_json::{Value, json};

use super::Numbers;
use crate::pitfalls::result;
use crate::reference::close;

/// Rates per period from far below zero to 50 %, the usual ones and the tiny.
fn rate(numbers: &mut Numbers) -> f64 {
    match numbers.whole(0, 3) {
        0 => numbers.between(-0.05, 0.5),
        1 => numbers.magnitude(1e-14, 1e-3),
        2 => 0.0,
        _ => numbers.between(0.0, 0.02),
    }
}

#[test]
fn parts_of_level_payments_add_up() {
    let mut numbers = Numbers(31);
    for _ in 0..300 {
        let (r, n) = (rate(&mut numbers), numbers.whole(1, 400));
        let amount = numbers.magnitude(1.0, 1e9).abs();
        let balloon = if numbers.whole(0, 1) == 0 { 0.0 } else { amount * numbers.between(0.0, 2.0) };
        for timing in [Ordinary, Due] {
            let loan = Level::new(amount, r, n, balloon, timing).unwrap();
            let size = amount + balloon + loan.payment().abs();
            let (mut interest, mut principal) = (0.0, 0.0);
            for k in 1..=n {
                let (i, p) = (loan.interest(k).unwrap(), loan.principal(k).unwrap());
                assert!((i + p - loan.payment()).abs() <= 1e-12 * size, "{amount} {r} {n} {balloon} {k}");
                let step = loan.balance(k - 1).unwrap() - loan.balance(k).unwrap();
                assert!((step - p).abs() <= 1e-12 * size, "{amount} {r} {n} {balloon} {k}");
                interest += i;
                principal += p;
            }
            let left = if timing == Due { balloon / (1.0 + r) } else { balloon };
            assert!((principal - (amount - left)).abs() <= 1e-11 * size);
            let whole = loan.interest_between(1, n).unwrap();
            assert!((whole - interest).abs() <= 1e-11 * (size + interest.abs()), "{whole} {interest}");
            assert!((loan.principal_between(1, n).unwrap() - principal).abs() <= 1e-11 * size);
        }
    }
}

#[test]
fn ranges_add_up_to_longer_ranges() {
    let mut numbers = Numbers(32);
    for _ in 0..500 {
        let (r, n) = (rate(&mut numbers), numbers.whole(3, 100_000));
        let loan = Level::new(1e6, r, n, numbers.between(0.0, 2e6), Ordinary).unwrap();
        let cut = numbers.whole(1, n - 1);
        for part in [Level::interest_between, Level::principal_between] {
            let (a, b) = (part(&loan, 1, cut).unwrap(), part(&loan, cut + 1, n).unwrap());
            let whole = part(&loan, 1, n).unwrap();
            assert!((a + b - whole).abs() <= 1e-12 * (a.abs() + b.abs()), "{r} {n} {cut}: {a} {b} {whole}");
        }
    }
}

fn terms(numbers: &mut Numbers) -> Terms {
    let payments = numbers.whole(1, 480) as u32;
    let frequency = [
        Frequency::Monthly,
        Frequency::SemiMonthly,
        Frequency::Biweekly,
        Frequency::Weekly,
        Frequency::Quarterly,
        Frequency::Annual,
    ][numbers.whole(0, 5) as usize];
    let at = |numbers: &mut Numbers| numbers.whole(1, payments.into()) as u32;
    let mut extras = vec![(at(numbers), numbers.between(0.0, 20_000.0)), (at(numbers), 5_000.0)];
    extras.sort_by_key(|(number, _)| *number);
    let some = |numbers: &mut Numbers| numbers.whole(0, 2) == 0;
    let cents = some(numbers);
    let whole = |amount: f64| if cents { (amount * 100.0).round() / 100.0 } else { amount };
    extras.iter_mut().for_each(|(_, amount)| *amount = whole(*amount));
    Terms {
        principal: whole(numbers.between(1_000.0, 900_000.0)),
        annual_rate: numbers.between(0.0, 0.4),
        payments,
        amortization: payments + if some(numbers) { numbers.whole(0, 200) as u32 } else { 0 },
        interest_only: if some(numbers) { payments / 3 } else { 0 },
        frequency,
        accelerated: frequency == Frequency::Biweekly,
        compounding: if some(numbers) { Some(2.0) } else { None },
        accrual: [Accrual::Periodic, Accrual::Actual360, Accrual::Thirty360][numbers.whole(0, 2) as usize],
        dates: Some((date(2024, 1, 31), None)),
        extra: if some(numbers) { whole(numbers.between(0.0, 300.0)) } else { 0.0 },
        extras: if some(numbers) { extras } else { vec![] },
        recast: some(numbers),
        adjustments: if some(numbers) && payments > 2 { vec![(payments / 2 + 1, 0.05)] } else { vec![] },
        caps: Caps { margin: 0.02, initial: Some(0.02), ..Caps::default() },
        rounding: if cents { Rounding::HalfEven } else { Rounding::None },
    }
}

fn total(got: &Schedule, column: fn(&businessmath_mcp::math::finance::loan::Row) -> f64) -> f64 {
    got.rows.iter().map(column).sum()
}

#[test]
fn every_schedule_adds_up_whatever_its_terms() {
    let mut numbers = Numbers(33);
    for _ in 0..400 {
        let terms = terms(&mut numbers);
        let got = schedule(&terms, &|| false).unwrap();
        let repaid = total(&got, |row| row.principal) + total(&got, |row| row.extra) + got.balloon;
        let size = terms.principal + got.rows.iter().map(|row| row.balance).fold(0.0, f64::max);
        assert!((repaid - terms.principal).abs() <= 1e-11 * size, "{repaid}: {terms:?}");
        let paid = total(&got, |row| row.payment) - total(&got, |row| row.interest);
        assert!((paid - total(&got, |row| row.principal)).abs() <= 1e-11 * (size + paid.abs()));
        let mut before = terms.principal;
        for row in &got.rows {
            assert!((before - row.principal - row.extra - row.balance).abs() <= 1e-11 * size, "{terms:?}");
            assert!(row.balance >= 0.0 && row.payment >= 0.0 && row.extra >= 0.0);
            before = row.balance;
        }
        if terms.amortization == terms.payments {
            assert_eq!(got.balloon, 0.0);
        }
        if terms.rounding == Rounding::HalfEven {
            for amount in got.rows.iter().flat_map(|row| [row.payment, row.interest, row.balance]) {
                assert_eq!(amount, Rounding::HalfEven.round(amount), "{terms:?}");
            }
        }
    }
}

#[test]
fn extra_payments_never_cost_interest() {
    let mut numbers = Numbers(34);
    for _ in 0..200 {
        // Computed anew, the payment falls, and with it the pace.
        let terms = Terms { recast: false, adjustments: vec![], ..terms(&mut numbers) };
        let with = schedule(&terms, &|| false).unwrap();
        let plain = Terms { extra: 0.0, extras: vec![], recast: false, ..terms.clone() };
        let without = schedule(&plain, &|| false).unwrap();
        assert!(with.total_interest <= without.total_interest * (1.0 + 1e-9), "{terms:?}");
        assert!(with.rows.len() <= without.rows.len());
    }
}

#[test]
fn a_plain_schedule_is_the_level_loan() {
    let mut numbers = Numbers(35);
    for _ in 0..100 {
        let plain = Terms {
            extra: 0.0,
            extras: vec![],
            adjustments: vec![],
            interest_only: 0,
            accelerated: false,
            compounding: None,
            accrual: Accrual::Periodic,
            rounding: Rounding::None,
            ..terms(&mut numbers)
        };
        let got = schedule(&plain, &|| false).unwrap();
        let rate = plain.annual_rate / plain.frequency.per_year();
        let loan = Level::new(plain.principal, rate, plain.amortization.into(), 0.0, Ordinary).unwrap();
        for row in &got.rows {
            assert!(close(row.balance, loan.balance(row.number.into()).unwrap(), 1e-10), "{plain:?}");
            assert!(close(row.interest, loan.interest(row.number.into()).unwrap(), 1e-10), "{plain:?}");
        }
    }
}

/// A loan without charges has its own rate as its annual percentage rate, whatever the unit.
#[test]
fn without_charges_the_rate_is_the_rate() {
    let mut numbers = Numbers(36);
    for (frequency, per_year, dates) in [
        ("weekly", 52.0, ["2024-01-01", "2024-01-08"]),
        ("biweekly", 26.0, ["2024-01-01", "2024-01-15"]),
        ("semiMonthly", 24.0, ["2024-01-01", "2024-01-16"]),
        ("monthly", 12.0, ["2024-01-31", "2024-02-29"]),
        ("quarterly", 4.0, ["2024-01-31", "2024-04-30"]),
        ("semiAnnual", 2.0, ["2024-01-31", "2024-07-31"]),
        ("annual", 1.0, ["2024-01-31", "2025-01-31"]),
    ] {
        for _ in 0..20 {
            let (apr, count) = (numbers.between(0.0, 0.9), numbers.whole(2, 120));
            let loan = Level::new(10_000.0, apr / per_year, count, 0.0, Ordinary).unwrap();
            let got = result(
                "calculate_loan_apr",
                json!({"method": "us_reg_z", "advances": [{"date": dates[0], "amount": 10_000}],
                    "payments": [{"date": dates[1], "amount": loan.payment(), "count": count, "frequency": frequency}]}),
            );
            let found = got["apr"].as_f64().unwrap();
            assert!((found - apr).abs() <= 1e-11, "{frequency} {count}: {found} is not {apr}");
        }
    }
}

/// Refinancing agrees with the schedules and with the net present value of the differences.
#[test]
fn refinancing_is_the_difference_of_two_schedules() {
    let mut numbers = Numbers(37);
    for _ in 0..50 {
        let (old_n, new_n) = (numbers.whole(1, 400), numbers.whole(1, 400));
        let (old_rate, new_rate) = (numbers.between(0.0, 0.12), numbers.between(0.0, 0.12));
        let discount = numbers.between(0.0, 0.01);
        let case = Refinance {
            old: Refinance::loan(200_000.0, old_rate, old_n).unwrap(),
            new: Refinance::loan(205_000.0, new_rate, new_n).unwrap(),
            cash: 3_000.0,
            discount,
            relief: 0.0,
        };
        let horizon = numbers.whole(1, old_n.max(new_n));
        let got = *case.values(horizon).unwrap().last().unwrap();
        let plain = |principal, annual_rate, n: u64| {
            let n = n as u32;
            let all = Terms { principal, annual_rate, payments: n, amortization: n, ..monthly() };
            schedule(&all, &|| false).unwrap()
        };
        let (old, new) = (plain(200_000.0, old_rate, old_n), plain(205_000.0, new_rate, new_n));
        let paid = |s: &Schedule, k: usize| s.rows.get(k).map_or(0.0, |row| row.payment);
        let mut flows = vec![-3_000.0];
        flows.extend((0..horizon as usize).map(|k| paid(&old, k) - paid(&new, k)));
        let owed = |s: &Schedule| s.rows.get(horizon as usize - 1).map_or(0.0, |row| row.balance);
        flows[horizon as usize] += owed(&old) - owed(&new);
        let want = npv(discount, &flows).unwrap().npv;
        assert!((got - want).abs() <= 1e-9 * 200_000.0, "{got} is not {want}");
    }
    assert_eq!(break_even(&[-1.0, 2.0, -0.5, 0.0, 3.0]), Some(4));
    assert_eq!((break_even(&[1.0, 2.0]), break_even(&[1.0, -2.0])), (Some(1), None));
}

/// A plain loan by months.
fn monthly() -> Terms {
    Terms {
        principal: 0.0,
        annual_rate: 0.0,
        payments: 1,
        amortization: 1,
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

#[test]
fn waterfalls_pay_out_the_proceeds_and_grow_with_them() {
    let mut numbers = Numbers(38);
    for _ in 0..500 {
        let multiple = numbers.between(0.0, 3.0);
        let stock = Preferred {
            investment: numbers.between(0.0, 50.0),
            multiple,
            participating: numbers.whole(0, 1) == 0,
            cap: if numbers.whole(0, 1) == 0 { None } else { Some(multiple + numbers.between(0.0, 3.0)) },
            ownership: numbers.between(0.0, 1.0),
        };
        let stock = Preferred { cap: stock.cap.filter(|_| stock.participating), ..stock };
        let mut before = 0.0;
        for exit in 0..60 {
            let proceeds = f64::from(exit) * 3.7;
            let got = stock.payout(proceeds).unwrap();
            assert!(
                (0.0..=proceeds).contains(&got.preferred) && got.preferred >= before - 1e-12,
                "{stock:?}"
            );
            // Never worse off than either right alone.
            let floor = (stock.multiple * stock.investment).min(proceeds).max(stock.ownership * proceeds);
            assert!(got.preferred >= floor - 1e-12, "{stock:?}");
            before = got.preferred;
        }
    }
}

#[test]
fn owners_hold_the_whole_company() {
    let mut numbers = Numbers(39);
    for _ in 0..200 {
        let (a, b) = (numbers.magnitude(1e-9, 1e12).abs(), numbers.magnitude(1e-9, 1e12).abs());
        let sum =
            |got: &Value, one: &str, other: &str| got[one].as_f64().unwrap() + got[other].as_f64().unwrap();
        let got =
            result("calculate_post_money_valuation", json!({"preMoneyValuation": a, "investmentAmount": b}));
        assert!((sum(&got, "newInvestorOwnership", "existingOwnership") - 1.0).abs() <= 4e-16);
        let got = result("calculate_dilution_percentage", json!({"existingShares": a, "newShares": b}));
        assert!((sum(&got, "dilution", "existingOwnershipAfter") - 1.0).abs() <= 4e-16);
        let lever = result(
            "calculate_beta_levering",
            json!({"unleveredBeta": a, "debtToEquityRatio": b.min(1e6), "taxRate": 0.3}),
        );
        let back = result(
            "calculate_beta_unlevering",
            json!({"leveredBeta": lever["leveredBeta"], "debtToEquityRatio": b.min(1e6), "taxRate": 0.3}),
        );
        assert!(close(back["unleveredBeta"].as_f64().unwrap(), a, 1e-14));
    }
}
