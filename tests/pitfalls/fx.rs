//! Foreign exchange: sides of the market, broken sets of quotes, parity with its conventions.

use super::{close, refusal, result};
use serde_json::{Value, json};

fn convert(rates: &Value, more: Value) -> Value {
    let mut call = json!({"amount": 100, "fromCurrency": "EUR", "toCurrency": "JPY", "rates": rates});
    call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    call
}

#[test]
fn broken_quotes_are_refused_by_place() {
    let eurusd = json!({"base": "EUR", "quote": "USD", "mid": 1.1});
    for (rates, told) in [
        (json!([eurusd]), "no chain of the quotes joins the two currencies"),
        (json!([{"base": "EUR", "quote": "JPY", "mid": 0}]), "- rates[0].mid: got 0; wanted: a number > 0"),
        (
            json!([{"base": "EUR", "quote": "JPY", "bid": 2, "ask": 1}]),
            "- rates[0]: bid 2, mid 1.5 and ask 1 are out of order",
        ),
        (json!([{"base": "EUR", "quote": "JPY"}]), "- rates[0]: wants mid, or both bid and ask"),
        (json!([{"base": "EUR", "quote": "JPY", "bid": 1}]), "- rates[0]: wants mid, or both bid and ask"),
        (json!([{"base": "EUR", "quote": "JPY", "bid": 1, "mid": 3, "ask": 2}]), "out of order"),
        (json!([{"base": "EUR", "quote": "EUR", "mid": 1}]), "- rates[0].quote: is the base currency too"),
        (
            json!([eurusd, {"base": "EUR", "quote": "USD", "mid": 1.2}]),
            "- rates[1]: quotes EUR/USD a second time",
        ),
        (
            json!([{"base": "EURO", "quote": "USD", "mid": 1.2}]),
            "- rates[0].base: got \"EURO\"; wanted: three capital letters",
        ),
        (json!([]), "an array of 1 to 500"),
        (json!(vec![eurusd.clone(); 501]), "got an array of 501"),
    ] {
        let text = refusal("convert_currency", convert(&rates, json!({})));
        assert!(text.contains(told), "{rates}: {text}");
    }
    let call = convert(&json!([eurusd, eurusd]), json!({"toCurrency": "USD"}));
    close(&result("convert_currency", call)["rate"], 1.1);
    let call = convert(&json!([eurusd]), json!({"fromCurrency": "eur"}));
    assert!(refusal("convert_currency", call).contains("- fromCurrency: got \"eur\""));
}

#[test]
fn the_side_that_is_hit_is_the_one_that_counts() {
    let rates = json!([{"base": "USD", "quote": "EUR", "bid": 0.9, "ask": 0.92}]);
    let sold = result("convert_currency", convert(&rates, json!({"toCurrency": "USD"})));
    close(&sold["rate"], 1.0 / 0.92);
    close(&sold["ask"], 1.0 / 0.9);
    let bought = result("convert_currency", convert(&rates, json!({"toCurrency": "USD", "amount": -100})));
    close(&bought["convertedAmount"], -100.0 / 0.9);
    assert!(bought["warnings"][0].as_str().unwrap().contains("the ask applies"));
    let same = result("convert_currency", convert(&rates, json!({"toCurrency": "EUR"})));
    assert_eq!((&same["convertedAmount"], &same["path"]), (&json!(100.0), &json!(["EUR"])));
}

#[test]
fn the_way_has_fewest_quotes_then_the_smallest_spread() {
    let rates = json!([
        {"base": "EUR", "quote": "GBP", "mid": 0.85}, {"base": "GBP", "quote": "CHF", "mid": 1.1}, {"base": "CHF", "quote": "JPY", "mid": 170},
        {"base": "EUR", "quote": "USD", "bid": 1.09, "ask": 1.11}, {"base": "USD", "quote": "JPY", "mid": 150},
        {"base": "EUR", "quote": "AUD", "bid": 1.649, "ask": 1.651}, {"base": "AUD", "quote": "JPY", "mid": 100},
    ]);
    let found = result("convert_currency", convert(&rates, json!({"checkArbitrage": false})));
    assert_eq!(found["path"], json!(["EUR", "AUD", "JPY"]));
    assert_eq!(found["arbitrage"], json!([]));
}

#[test]
fn amounts_are_rounded_to_the_currency_and_only_there() {
    let rates = json!([{"base": "EUR", "quote": "KWD", "mid": 0.33345}, {"base": "XAU", "quote": "EUR", "mid": 2000}]);
    let dinars = result("convert_currency", convert(&rates, json!({"toCurrency": "KWD", "amount": 10})));
    assert_eq!(
        (&dinars["convertedAmount"], &dinars["roundedAmount"]),
        (&json!(3.334_500_000_000_000_2), &json!(3.334))
    );
    let gold = result("convert_currency", convert(&rates, json!({"toCurrency": "XAU", "amount": 1})));
    assert_eq!(gold["roundedAmount"], 0.0005);
    assert!(gold["warnings"][0].as_str().unwrap().contains("XAU has no minor unit"));
}

/// Quotes that do not fit together at all: every round trip of a random market gains or its reverse does.
#[test]
fn a_large_market_that_fits_nowhere_is_answered() {
    let letter = |i: u32| char::from_digit(10 + i, 36).unwrap().to_ascii_uppercase();
    let code = |i: u32| format!("{}{}{}", 'Q', letter(i / 26), letter(i % 26));
    let pairs = (0..32).flat_map(|i| (0..i).map(move |j| (i, j)));
    let rates: Vec<Value> = pairs
        .map(|(i, j)| json!({"base": code(i), "quote": code(j), "mid": 1.0 + f64::from((i * 7 + j * 13) % 11) / 10.0}))
        .collect();
    let call = json!({"amount": 1, "fromCurrency": code(0), "toCurrency": code(31), "rates": rates});
    let found = result("convert_currency", call);
    assert_eq!(found["arbitrage"].as_array().unwrap().len(), 100);
    let warnings = found["warnings"].to_string();
    assert!(warnings.contains("round trips gain; the 100 largest gains are listed"), "{warnings}");
}

#[test]
fn a_forward_needs_one_time_and_two_knowns() {
    for (more, told) in [
        (json!({"spot": 0}), "- spot: got 0; wanted: a number > 0"),
        (json!({"timeYears": null}), "- timeYears: missing; give it, or spotDate and forwardDate"),
        (json!({"spotDate": "2024-01-01"}), "- timeYears: give either timeYears or the dates"),
        (json!({"timeYears": null, "spotDate": "2024-01-01"}), "- forwardDate: missing beside spotDate"),
        (json!({"timeYears": null, "forwardDate": "2024-01-01"}), "- spotDate: missing beside forwardDate"),
        (
            json!({"timeYears": null, "spotDate": "2024-01-02", "forwardDate": "2024-01-02"}),
            "- forwardDate: 2024-01-02 is not after spotDate",
        ),
        (
            json!({"timeYears": null, "spotDate": "2024-01-02", "forwardDate": "2024-01-01"}),
            "- forwardDate: 2024-01-01 is not after spotDate",
        ),
        (json!({"baseRate": null}), "- baseRate: missing; needed to solve for forward"),
        (json!({"forward": 1.1}), "- forward: is what solveFor computes"),
        (
            json!({"solveFor": "quoteRate", "quoteRate": null}),
            "- forward: missing; needed to solve for quoteRate",
        ),
        (json!({"baseRate": -1.5}), "a rate of -100 % or less over the time leaves nothing"),
        (json!({"baseRate": -1, "compounding": "annual"}), "a rate of -100 % or less"),
    ] {
        let mut call = json!({"spot": 1.1, "baseRate": 0.02, "quoteRate": 0.05, "timeYears": 1});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let text = refusal("calculate_fx_forward", call);
        assert!(text.contains(told), "{more}: {text}");
    }
}

/// Points of one day: the difference of two rates of 1.1 would keep ten digits, the formula keeps all.
#[test]
fn points_keep_their_digits_over_a_day() {
    let call = json!({"spot": 1.1, "baseRate": 0.02, "quoteRate": 0.020_000_1, "spotDate": "2024-01-02", "forwardDate": "2024-01-03"});
    let got = result("calculate_fx_forward", call);
    // By hand: 1.1e4 · 1e-7/360 / (1 + 0.02/360); 0.0200001 - 0.02 has ten digits itself.
    let wanted = 1.1e4 * (0.020_000_1 - 0.02) / 360.0 / (1.0 + 0.02 / 360.0);
    let points = got["forwardPoints"].as_f64().unwrap();
    assert!((points - wanted).abs() < 1e-9 * wanted, "{points} is not {wanted}");
}
