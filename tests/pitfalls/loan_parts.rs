//! Where the predecessor split payments wrongly; and what its successors' loans refuse.

use super::{close, refusal, result};
use serde_json::{Value, json};

const SINGLE: [&str; 2] = ["calculate_principal_payment", "calculate_interest_payment"];
const RANGES: [&str; 2] = ["calculate_cumulative_interest", "calculate_cumulative_principal"];

fn call(name: &str, rate: f64, k: u32, n: u32, amount: f64, more: Value) -> Value {
    let mut call = json!({"interestRate": rate, "totalPeriods": n, "loanAmount": amount});
    let which =
        if SINGLE.contains(&name) { json!({"period": k}) } else { json!({"startPeriod": 1, "endPeriod": k}) };
    for part in [which, more] {
        call.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    }
    call
}

#[test]
fn the_first_payment_in_advance_bears_no_interest() {
    let due = json!({"paymentTiming": "DUE"});
    for name in SINGLE {
        let first = result(name, call(name, 0.01, 1, 12, 1000.0, due.clone()));
        assert_eq!((&first["interest"], &first["principal"]), (&json!(0.0), &first["payment"]));
    }
    for name in RANGES {
        // Excel CUMIPMT and CUMPRINC, type 1: -55.63 and -1000.
        let all = result(name, call(name, 0.01, 12, 12, 1000.0, due.clone()));
        close(&all["principal"], 1000.0);
        assert!((all["interest"].as_f64().unwrap() - 55.63).abs() < 0.005);
    }
}

#[test]
fn a_rate_of_zero_repays_in_equal_parts() {
    for name in SINGLE {
        let got = result(name, call(name, 0.0, 4, 10, 500.0, json!({})));
        assert_eq!(
            (&got["principal"], &got["interest"], &got["interestToLoan"]),
            (&json!(50.0), &json!(0.0), &json!(0.0))
        );
    }
    close(&result(SINGLE[0], call(SINGLE[0], 0.0, 4, 10, 500.0, json!({})))["balanceAfter"], 300.0);
    close(&result(SINGLE[1], call(SINGLE[1], 0.0, 4, 10, 500.0, json!({})))["openingBalance"], 350.0);
    let got = result(RANGES[0], call(RANGES[0], 0.0, 4, 10, 500.0, json!({})));
    assert_eq!((&got["interest"], &got["shareOfLifetimeInterest"]), (&json!(0.0), &Value::Null));
    // A loan that is owed back without interest has no payment to have parts.
    for name in SINGLE {
        let got = result(name, call(name, 0.0, 4, 10, 500.0, json!({"balloonPayment": 500})));
        assert_eq!(
            (&got["payment"], &got["principalShare"], &got["interestShare"]),
            (&json!(0.0), &Value::Null, &Value::Null)
        );
    }
}

/// The figures that the contract gives in place of the predecessor's: 200,000 at 4 % over 30 years.
#[test]
fn the_sample_loan_has_its_right_figures() {
    let r = 0.04 / 12.0;
    let near = |got: &Value, wanted: f64, half: f64| {
        assert!((got.as_f64().unwrap() - wanted).abs() <= half, "{got} is not {wanted}");
    };
    let at = |k| result(SINGLE[1], call(SINGLE[1], r, k, 360, 200_000.0, json!({})));
    near(&at(180)["interest"], 432.03, 0.005);
    near(&at(120)["openingBalance"], 157_996.0, 0.5);
    near(&at(240)["openingBalance"], 94_947.0, 0.5);
    let range = |from, to| {
        result(
            RANGES[0],
            json!({"interestRate": r, "startPeriod": from, "endPeriod": to, "totalPeriods": 360, "loanAmount": 200_000}),
        )
    };
    near(&range(349, 360)["interest"], 244.0, 0.5);
    for (from, to, share, stage) in
        [(1, 120, 0.50, "early"), (121, 240, 0.36, "mid"), (241, 360, 0.14, "mid")]
    {
        near(&range(from, to)["shareOfLifetimeInterest"], share, 0.005);
        assert_eq!(range(from, to)["stage"], stage);
    }
    let year = result(RANGES[1], call(RANGES[1], r, 12, 360, 200_000.0, json!({})));
    near(&year["principal"], 3_522.07, 0.005);
    // Interest so far is what was paid less what was repaid.
    let paid = 180.0 * at(180)["payment"].as_f64().unwrap();
    let repaid = result(SINGLE[0], call(SINGLE[0], r, 180, 360, 200_000.0, json!({})));
    close(&at(180)["interestToDate"], paid - repaid["equityBuilt"].as_f64().unwrap());
}

#[test]
fn a_balloon_is_still_owed_after_the_last_payment() {
    let got = result(RANGES[1], call(RANGES[1], 0.01, 24, 24, 1000.0, json!({"balloonPayment": 300})));
    close(&got["balanceAtEnd"], 300.0);
    close(&got["paidOffShare"], 0.7);
    assert_eq!((&got["stage"], &got["remainingPayments"]), (&json!("well_along"), &json!(0)));
    let due = json!({"balloonPayment": 300, "paymentTiming": "due"});
    close(&result(RANGES[1], call(RANGES[1], 0.01, 24, 24, 1000.0, due))["balanceAtEnd"], 300.0 / 1.01);
}

#[test]
fn twelve_periods_are_no_year_and_fewer_have_no_figure() {
    assert_eq!(
        result(SINGLE[1], call(SINGLE[1], 0.01, 1, 11, 100.0, json!({})))["first12PeriodsInterest"],
        Value::Null
    );
    for (k, stage) in [(3, "early"), (4, "mid"), (6, "mid"), (9, "later"), (10, "final")] {
        assert_eq!(result(SINGLE[0], call(SINGLE[0], 0.01, k, 12, 100.0, json!({})))["stage"], stage, "{k}");
    }
}

#[test]
fn payments_that_are_not_there_are_refused() {
    for name in SINGLE.into_iter().chain(RANGES) {
        let last = if SINGLE.contains(&name) { "period" } else { "endPeriod" };
        for (more, told) in [
            (json!({last: 13}), format!("- {last}: got 13; wanted: at most totalPeriods, 12")),
            (json!({last: 0}), format!("- {last}: got 0")),
            (json!({"totalPeriods": 100_001}), "- totalPeriods: got 100001".into()),
            (json!({"loanAmount": 0}), "- loanAmount: got 0".into()),
            (json!({"interestRate": -1}), "- interestRate: got -1".into()),
            (json!({"balloonPayment": -1}), "- balloonPayment: got -1".into()),
            (json!({"balloonPayment": true}), "- balloonPayment: got".into()),
            (json!({"paymentTiming": "beginning"}), "- paymentTiming: got".into()),
            (json!({"paymentTiming": 1}), "- paymentTiming: got 1".into()),
        ] {
            let text = refusal(name, call(name, 0.01, 5, 12, 1000.0, more));
            assert!(text.contains(&told), "{name}: {text}");
        }
    }
    for name in RANGES {
        let text = refusal(name, call(name, 0.01, 5, 12, 1000.0, json!({"startPeriod": 6})));
        assert!(text.contains("- startPeriod: got 6; wanted: at most endPeriod, 5"), "{text}");
    }
}

#[test]
fn schedules_refuse_what_contradicts_itself() {
    let name = "generate_loan_schedule";
    let loan = |more: Value| {
        let mut call = json!({"principal": 1000, "annualRate": 0.06, "numberOfPayments": 12});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    for (more, told) in [
        (json!({"principal": 0}), "- principal: got 0"),
        (json!({"annualRate": -0.01}), "- annualRate: got"),
        (json!({"numberOfPayments": 0}), "- numberOfPayments: got 0"),
        (json!({"interestOnlyPayments": 12}), "- interestOnlyPayments: got 12"),
        (json!({"amortizationPayments": 11}), "- amortizationPayments: got 11"),
        (json!({"interestMethod": "actual_360"}), "- startDate: missing"),
        (json!({"firstPaymentDate": "2024-01-31"}), "- startDate: missing"),
        (
            json!({"startDate": "2024-01-31", "firstPaymentDate": "2024-01-31"}),
            "- firstPaymentDate: got 2024-01-31",
        ),
        (json!({"startDate": "2024-02-30"}), "- startDate: got"),
        (
            json!({"rateAdjustments": [{"paymentNumber": 5, "indexRate": 0.1}, {"paymentNumber": 5, "indexRate": 0.1}]}),
            "- rateAdjustments[1].paymentNumber: got 5",
        ),
        (json!({"initialCap": -0.01}), "- initialCap: got"),
        (
            json!({"extraPayments": [{"paymentNumber": 13, "amount": 1}]}),
            "- extraPayments[0].paymentNumber: got 13",
        ),
        (
            json!({"roundPayments": true, "principal": 1000.005}),
            "- principal: got 1000.005; wanted: whole cents",
        ),
        (json!({"startDate": "9999-06-01"}), "- startDate: got"),
        (json!({"rateAdjustments": [{"paymentNumber": 5, "indexRate": -13}]}), "-100 % or less"),
    ] {
        let text = refusal(name, loan(more));
        assert!(text.contains(told), "{text}");
    }
    // What cannot come about is said.
    let got = result(
        name,
        loan(
            json!({"extraPayments": [{"paymentNumber": 2, "amount": 5000}, {"paymentNumber": 9, "amount": 1}],
            "rateAdjustments": [{"paymentNumber": 6, "indexRate": 0.1}], "periodicCap": 0.01,
            "startDate": "2024-01-31", "firstPaymentDate": "2024-03-15"}),
        ),
    );
    assert_eq!((&got["paymentsMade"], &got["paymentsSaved"]), (&json!(2), &json!(10)));
    assert_eq!((&got["payoffDate"], &got["adjustments"]), (&json!("2024-04-15"), &json!([])));
    assert_eq!(got["warnings"].as_array().unwrap().len(), 4);
}

#[test]
fn rates_refuse_what_is_no_loan() {
    let name = "calculate_loan_apr";
    let loan = |advances: Value, payments: Value, more: Value| {
        let mut call = json!({"method": "us_reg_z", "advances": advances, "payments": payments});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    let advance = json!([{"date": "2024-01-15", "amount": 1000}]);
    let pay = |date: &str, amount: f64| json!([{"date": date, "amount": amount}]);
    for (call, told) in [
        (loan(json!([]), pay("2024-02-15", 1.0), json!({})), "- advances: got"),
        (loan(advance.clone(), json!([]), json!({})), "- payments: got"),
        (loan(advance.clone(), pay("2024-02-15", 0.0), json!({})), "payments[0].amount: got 0"),
        (loan(advance.clone(), pay("2024-01-14", 5.0), json!({})), "- payments[0].date: got 2024-01-14"),
        (loan(advance.clone(), pay("2024-02-30", 5.0), json!({})), "- payments[0].date: got"),
        (
            loan(advance.clone(), json!([{"date": "2024-02-15", "amount": 5, "count": 2}]), json!({})),
            "- payments[0].frequency: missing",
        ),
        (
            loan(
                advance.clone(),
                json!([{"date": "2024-02-15", "amount": 5, "count": 1500, "frequency": "weekly"},
            {"date": "2024-02-15", "amount": 5, "count": 501, "frequency": "weekly"}]),
                json!({}),
            ),
            "got 2001 in all",
        ),
        (
            loan(advance.clone(), pay("2025-01-15", 1100.0), json!({"prepaidFinanceCharge": 1000})),
            "- prepaidFinanceCharge: got 1000",
        ),
        // Half a unit-period away, 1 + f i stays above one half: 1000 never falls to 100.
        (
            loan(advance.clone(), pay("2024-07-15", 100.0), json!({"unitPeriod": "year"})),
            "no rate makes it zero",
        ),
        (loan(advance.clone(), pay("2024-01-15", 1100.0), json!({"method": "eu_aprc"})), "same date"),
    ] {
        let text = refusal(name, call);
        assert!(text.contains(told), "{text}");
    }
    // Less paid than advanced is a rate below zero: by hand, 900 / 1000 after one year.
    close(&result(name, loan(advance.clone(), pay("2025-01-15", 900.0), json!({})))["apr"], -0.1);
    close(&result(name, loan(advance, pay("2025-01-15", 900.0), json!({"method": "eu_aprc"})))["apr"], -0.1);
}

#[test]
fn refinancing_refuses_what_leaves_no_loan() {
    let name = "analyze_mortgage_refinance";
    let loan = |more: Value| {
        let mut call = json!({"currentBalance": 1000, "currentRate": 0.07, "remainingPayments": 100, "newRate": 0.05,
            "newPayments": 120});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    for (more, told) in [
        (json!({"currentBalance": 0}), "- currentBalance: got 0"),
        (json!({"newRate": -0.01}), "- newRate: got"),
        (json!({"remainingPayments": 0}), "- remainingPayments: got 0"),
        (json!({"points": 1}), "- points: got 1"),
        (
            json!({"horizonMonths": 121}),
            "- horizonMonths: got 121; wanted: at most the longer of the two loans, 120",
        ),
        (json!({"closingCosts": 1000}), "- closingCosts: costs and points take the whole loan"),
        // One payment of r / 12 times what is left: twice the rate, more than a float holds.
        (
            json!({"currentBalance": 0.5, "newRate": 1.7e308, "newPayments": 1, "points": 0.5}),
            "APR of the new loan",
        ),
    ] {
        let text = refusal(name, loan(more));
        assert!(text.contains(told), "{text}");
    }
    // Costs above all savings: no break-even, keep.
    let dear = result(name, loan(json!({"closingCosts": 900})));
    assert_eq!((&dear["npvBreakEvenMonth"], &dear["recommendation"]), (&Value::Null, &json!("keep")));
    // A dearer loan over the same time saves nothing.
    let same = result(name, loan(json!({"newRate": 0.08, "newPayments": 100})));
    assert_eq!(same["simpleBreakEvenMonths"], Value::Null);
}
