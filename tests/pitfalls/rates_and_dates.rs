//! The predecessor knew neither dates nor bases of rates: here is what these tools refuse, and where others go wrong.

use super::{close, refusal, result};
use serde_json::{Value, json};

/// The result of a call, its arguments merged into a good one.
fn merged(base: &Value, with: &Value) -> Value {
    let mut arguments = base.clone();
    for (name, value) in with.as_object().unwrap() {
        arguments[name] = value.clone();
    }
    arguments
}

#[track_caller]
fn refused(tool: &str, arguments: Value, told: &[&str]) {
    let text = refusal(tool, arguments);
    told.iter().for_each(|part| assert!(text.contains(part), "{part:?} is not in: {text}"));
}

#[test]
fn rates_that_leave_nothing_are_refused() {
    let base = json!({"rate": 0.05, "fromBasis": "continuous", "toBasis": "effective_annual"});
    for (with, told) in [
        (json!({"fromBasis": "nominal"}), "- fromCompoundingPerYear: missing"),
        (json!({"toBasis": "nominal"}), "- toCompoundingPerYear: missing"),
        (json!({"fromBasis": "effective_annual", "rate": -1}), "- rate: 1 + rate is 0"),
        (json!({"fromBasis": "simple", "rate": -0.5, "termYears": 2}), "- rate: 1 + rate * term is 0"),
        (
            json!({"fromBasis": "discount", "rate": 2, "days": 180, "fromDaysPerYear": 360}),
            "- rate: 1 - rate * term is 0",
        ),
        (
            json!({"fromBasis": "nominal", "fromCompoundingPerYear": 12, "rate": -12}),
            "- rate: 1 + rate / compoundings",
        ),
        (json!({"days": 30, "termYears": 1}), "- days: termYears is given too"),
        (json!({"termYears": 0}), "- termYears: got 0"),
        (
            json!({"days": 30, "fromDaysPerYear": 364}),
            "- fromDaysPerYear: got 364; wanted: a whole number, one of 360, 365, 366",
        ),
        (json!({"rate": 800}), "is larger than the largest number"),
    ] {
        refused("convert_interest_rate", merged(&base, &with), &[told]);
    }
    let unused = result("convert_interest_rate", merged(&base, &json!({"toCompoundingPerYear": 4})));
    assert!(unused["warnings"][0].as_str().unwrap().contains("toCompoundingPerYear is not used"));
    let quarter = json!({"fromDaysPerYear": "360", "days": 90, "fromBasis": "simple", "toBasis": "simple"});
    // Money market on 360 days is more on 365: 5 % · 365/360.
    close(&result("convert_interest_rate", merged(&base, &quarter))["rate"], 0.05 * 365.0 / 360.0);
}

#[test]
fn impossible_periods_are_refused() {
    let base = json!({"startDate": "2024-01-15", "endDate": "2024-07-20", "dayCount": "ACT/ACT_ICMA"});
    for (with, told) in [
        (
            json!({"endDate": "2024-01-14", "dayCount": "ACT/360"}),
            "- endDate: the end, 2024-01-14, is before the start",
        ),
        (
            json!({"startDate": "2024-02-30"}),
            "- startDate: got the text \"2024-02-30\"; wanted: an ISO 8601 date",
        ),
        (json!({}), "- frequency: the number of coupons a year is needed"),
        (
            json!({"frequency": "annual", "referenceStart": "2024-07-20"}),
            "- referenceEnd: the reference period",
        ),
        (json!({"startDate": "1899-12-31"}), "- startDate: got"),
        (json!({"endDate": "2200-01-01"}), "from 1900-01-01 to 2199-12-31"),
        (json!({"dayCount": "ACT/365L", "endDate": "2025-01-15"}), "- frequency: "),
    ] {
        refused("calculate_day_count", merged(&base, &with), &[told]);
    }
}

/// What an irregular period is a part of cannot be told without its side, so it is said what was taken.
#[test]
fn an_odd_coupon_period_warns_of_its_side() {
    let arguments = json!({"startDate": "2000-01-30", "endDate": "2000-06-30", "dayCount": "ACT/ACT_ICMA",
        "frequency": "semiAnnual"});
    let front = result("calculate_day_count", arguments.clone());
    assert!(front["warnings"][0].as_str().unwrap().contains("back from endDate"));
    // 152 of the 183 days from 30 December 1999.
    close(&front["yearFraction"], 152.0 / 366.0);
    let back = result("calculate_day_count", merged(&arguments, &json!({"referenceEnd": "2000-07-30"})));
    assert_eq!(back["warnings"], json!([]));
    close(&back["yearFraction"], 152.0 / 364.0);
    close(&back["denominator"], 364.0);
    let regular = result("calculate_day_count", merged(&arguments, &json!({"endDate": "2000-07-30"})));
    assert_eq!((&regular["yearFraction"], &regular["warnings"]), (&json!(0.5), &json!([])));
}

/// Excel has a rule of its own there, which ISDA's and the bond market's tables do not have.
#[test]
fn the_end_of_february_warns_of_excel() {
    let arguments = json!({"startDate": "2007-02-28", "endDate": "2007-08-31", "dayCount": "30/360US"});
    let got = result("calculate_day_count", arguments.clone());
    assert_eq!((&got["days"], got["warnings"].as_array().unwrap().len()), (&json!(180), 1));
    let got = result("calculate_day_count", merged(&arguments, &json!({"endDate": "2007-08-30"})));
    assert_eq!((&got["days"], &got["warnings"]), (&json!(180), &json!([])));
}

#[test]
fn business_day_questions_without_what_they_need_are_refused() {
    let base = json!({"operation": "add", "date": "2024-01-15", "days": 3});
    for (with, told) in [
        (json!({"date": "2023-02-29"}), "- date: got"),
        (json!({"operation": "count"}), "- endDate: missing; count needs it"),
        (json!({"operation": "list_holidays"}), "- endDate: missing; list_holidays needs it"),
        (json!({"days": null}), "- days: missing; add needs it"),
        (json!({"weekend": [1, 2, 3, 4, 5, 6, 7]}), "- weekend: a weekend of all seven days"),
        (json!({"weekend": [0]}), "- weekend[0]: got 0"),
        (json!({"operation": "count", "date": "1900-01-01", "endDate": "2100-01-02"}), "more than 200 years"),
        (json!({"date": "2199-12-30"}), "- days: the dates leave the years 1900 to 2199"),
        (json!({"holidays": ["2024-01-16", "1.1.2025"]}), "- holidays[1]: got"),
    ] {
        refused("calculate_business_days", merged(&base, &with), &[told]);
    }
    let longest =
        json!({"operation": "count", "date": "1900-01-01", "endDate": "2100-01-01", "calendar": "none"});
    assert_eq!(result("calculate_business_days", longest)["businessDays"], 73_050);
}

/// Microsoft Excel documentation, "WORKDAY function" and "NETWORKDAYS function": the examples.
#[test]
fn excel_workday_and_networkdays() {
    let add = |with| {
        result(
            "calculate_business_days",
            merged(&json!({"operation": "add", "date": "2008-10-01", "days": 151}), &with),
        )
    };
    assert_eq!(add(json!({}))["date"], "2009-04-30");
    assert_eq!(add(json!({"holidays": ["2008-11-26", "2008-12-04", "2009-01-21"]}))["date"], "2009-05-05");
    let base = json!({"operation": "count", "date": "2012-10-01", "endDate": "2013-03-01"});
    for (holidays, want) in [
        (json!([]), 110),
        (json!(["2012-11-22"]), 109),
        (json!(["2012-11-22", "2012-12-04", "2013-01-21"]), 107),
    ] {
        let got = result("calculate_business_days", merged(&base, &json!({"holidays": holidays})));
        assert_eq!(got["businessDays"], want);
    }
    let back = json!({"date": "2013-03-01", "endDate": "2012-10-01"});
    let back = result("calculate_business_days", merged(&base, &back));
    assert_eq!((&back["businessDays"], &back["businessDaysEndExcluded"]), (&json!(-110), &json!(-109)));
    assert_eq!(back["calendarDays"], -151);
}

#[test]
fn calendars_differ_where_the_markets_do() {
    let open = |date: &str, calendar: &str| {
        let arguments = json!({"operation": "is_business_day", "date": date, "calendar": calendar});
        result("calculate_business_days", arguments)["isBusinessDay"].as_bool().unwrap()
    };
    // Good Friday 2024 and 2023 (in the week of the employment report), Columbus Day, Veterans Day.
    for (date, federal_reserve, bonds, nyse) in [
        ("2024-03-29", true, false, false),
        ("2023-04-07", true, true, false),
        ("2024-10-14", false, false, true),
        ("2024-11-11", false, false, true),
        ("2021-06-18", true, true, true),
        ("2022-06-20", false, false, false),
        ("2020-07-03", true, false, false),
    ] {
        let got =
            ["us_federal_reserve", "us_government_bond", "us_nyse"].map(|calendar| open(date, calendar));
        assert_eq!(got, [federal_reserve, bonds, nyse], "{date}");
    }
    assert!(
        open("2024-12-26", "us_nyse")
            && !open("2024-12-26", "target")
            && !open("2024-12-26", "uk_settlement")
    );
    assert!(open("2024-06-15", "none") && !open("2024-06-15", "weekends_only"));
    let friday = json!({"operation": "is_business_day", "date": "2024-06-14", "weekend": [5, 6]});
    assert_eq!(result("calculate_business_days", friday)["isBusinessDay"], false);
    let early = json!({"operation": "is_business_day", "date": "1998-12-25", "calendar": "target"});
    assert!(result("calculate_business_days", early)["warnings"][0].as_str().unwrap().contains("1999"));
}

#[test]
fn schedules_that_cannot_be_are_refused() {
    let base = json!({"startDate": "2024-01-15", "endDate": "2026-01-15", "frequency": "quarterly"});
    for (with, told) in [
        (json!({"endDate": "2024-01-15"}), "- endDate: the schedule starts and ends on 2024-01-15"),
        (json!({"endDate": "2023-01-15"}), "- endDate: the end, 2023-01-15, is before"),
        (json!({"firstDate": "2023-12-31"}), "- firstDate: 2023-12-31 is out of order"),
        (json!({"nextToLastDate": "2026-01-16"}), "- nextToLastDate: 2026-01-16 is out of order"),
        (json!({"firstDate": "2025-07-01", "nextToLastDate": "2025-01-01"}), "is out of order"),
        (
            json!({"endDate": "2199-12-31", "frequency": "weekly"}),
            "- frequency: the schedule has more than 5000 periods",
        ),
        (json!({"rule": "imm", "frequency": "monthly"}), "- frequency: third Wednesdays"),
        (
            json!({"frequency": "zero", "endDate": "2025-07-20", "dayCount": "ACT/ACT_ICMA"}),
            "- frequency: the number of coupons",
        ),
    ] {
        refused("generate_date_schedule", merged(&base, &with), &[told]);
    }
    // A week of holidays makes two weekly dates one.
    let closed: Vec<String> = (8..=19).map(|day| format!("2024-01-{day:02}")).collect();
    let weekly = json!({"endDate": "2024-02-12", "frequency": "weekly", "convention": "following", "holidays": closed});
    refused(
        "generate_date_schedule",
        merged(&base, &weekly),
        &["- convention: moved to business days", "2024-01-22"],
    );
}

/// A 31st stays one: dates counted from one another instead of from the anchor would drift to the 28th.
#[test]
fn month_ends_do_not_drift() {
    let arguments = json!({"startDate": "2024-01-31", "endDate": "2024-05-31", "frequency": "monthly", "rule": "forward"});
    let schedule = result("generate_date_schedule", arguments);
    assert_eq!(
        schedule["dates"],
        json!(["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"])
    );
    assert!(schedule["periods"].as_array().unwrap().iter().all(|period| period["isStub"] == false));
}

#[test]
fn stubs_are_kept_or_joined_at_their_end() {
    let base = json!({"startDate": "2024-02-10", "endDate": "2025-01-15", "frequency": "quarterly"});
    let dates = |with| result("generate_date_schedule", merged(&base, &with))["dates"].clone();
    assert_eq!(
        dates(json!({})),
        json!(["2024-02-10", "2024-04-15", "2024-07-15", "2024-10-15", "2025-01-15"])
    );
    assert_eq!(
        dates(json!({"stub": "long"})),
        json!(["2024-02-10", "2024-07-15", "2024-10-15", "2025-01-15"])
    );
    let forward = json!({"rule": "forward", "stub": "long"});
    assert_eq!(dates(forward), json!(["2024-02-10", "2024-05-10", "2024-08-10", "2025-01-15"]));
    // CME: third Wednesdays of 2024 are 20 March, 19 June, 18 September, 18 December.
    assert_eq!(
        dates(json!({"rule": "imm"})),
        json!(["2024-02-10", "2024-03-20", "2024-06-19", "2024-09-18", "2024-12-18", "2025-01-15"])
    );
    assert_eq!(
        dates(json!({"rule": "imm", "stub": "long"})),
        json!(["2024-02-10", "2024-06-19", "2024-09-18", "2025-01-15"])
    );
}
