//! Money: what binary floats, cut shares and vague currencies get wrong.

use super::{refusal, result};
use businessmath_mcp::toolkit::arguments;
use serde_json::{Value, json};

/// As it comes over the wire: numbers keep their text.
fn wire(name: &str, arguments: &str) -> Value {
    result(name, arguments::parse(arguments).unwrap())
}

fn texts<'a>(result: &'a Value, rows: &str) -> Vec<&'a str> {
    result[rows].as_array().unwrap().iter().map(|row| row["text"].as_str().unwrap()).collect()
}

#[test]
fn amounts_are_the_decimals_that_are_written() {
    let half_up = |amounts: &str| format!(r#"{{"amounts": {amounts}, "mode": "half_up"}}"#);
    let rounded = wire("round_money", &half_up("[1.005, 2.675, -1.005, 8.345, 1e-3, 12E1]"));
    assert_eq!(texts(&rounded, "results"), ["1.01", "2.68", "-1.01", "8.35", "0.00", "120.00"]);
    let long = wire("round_money", &half_up("[9007199254740993.005, 0.1, 0.2]"));
    assert_eq!(texts(&long, "results"), ["9007199254740993.01", "0.10", "0.20"]);
    assert_eq!(long["roundedTotalText"], "9007199254740993.31");
    assert_eq!(long["roundingDifference"], 0.005);
    let quoted = wire("round_money", &half_up(r#"["9007199254740993.005"]"#));
    assert_eq!(texts(&quoted, "results"), ["9007199254740993.01"]);
    let inner = r#"{"calls": [{"tool": "round_money", "arguments": {"amounts": [9007199254740993.125]}}]}"#;
    let catalog = crate::catalog::catalog();
    let outcome =
        crate::catalog::run(catalog.get("batch_calculate").unwrap(), arguments::parse(inner).unwrap());
    let inner = outcome.structured.unwrap();
    assert_eq!(texts(&inner["results"][0]["result"], "results"), ["9007199254740993.12"]);
}

#[test]
fn a_rounded_nothing_has_no_sign() {
    let result = wire("round_money", r#"{"amounts": [-0.001, -0.0]}"#);
    assert_eq!(texts(&result, "results"), ["0.00", "0.00"]);
    assert!(result["results"][0]["rounded"].as_f64().unwrap().is_sign_positive());
}

#[test]
fn what_cannot_be_rounded_is_refused_with_the_reason() {
    for (arguments, told) in [
        (
            r#"{"amounts": [1], "currency": "USX"}"#,
            r#"- currency: "USX" is no currency code of ISO 4217 in force; did you mean U"#,
        ),
        (r#"{"amounts": [1], "currency": "usd"}"#, "did you mean USD?"),
        (r#"{"amounts": [1], "currency": "XAU"}"#, "has no minor unit in ISO 4217; give decimals"),
        (
            r#"{"amounts": [1], "currency": "USD", "decimals": 2}"#,
            "- decimals: give either currency or decimals",
        ),
        (
            r#"{"amounts": [1, 12345678901234567890123456789]}"#,
            "- amounts[1]: has 29 significant digits: give at most 28",
        ),
        (r#"{"amounts": [1e300]}"#, "- amounts[0]: exact decimals hold 37 places"),
        (r#"{"amounts": [1e20, 1e-20]}"#, "exact decimals hold 37 places"),
        (r#"{"amounts": []}"#, "an array of 1 to 10000"),
        (
            r#"{"amounts": [1], "currency": "CHF", "cashIncrement": 0.005}"#,
            "- cashIncrement: 0.005 is no multiple of the minor unit",
        ),
        (r#"{"amounts": [1], "cashIncrement": 0}"#, "a number > 0"),
        (r#"{"amounts": [1], "decimals": 9}"#, "a whole number >= 0 and <= 8"),
    ] {
        let text = refusal("round_money", arguments::parse(arguments).unwrap());
        assert!(text.contains(told), "{arguments}: {text}");
    }
    assert!(refusal("round_money", json!({"amounts": vec![1; 10_001]})).contains("got an array of 10001"));
}

#[test]
fn what_cannot_be_split_is_refused_with_the_reason() {
    for (arguments, told) in [
        (json!({"total": 1}), "- weights: give weights, or parts"),
        (json!({"total": 1, "weights": [1], "parts": 1}), "- parts: give either weights or parts"),
        (json!({"total": 1, "weights": [1, -1]}), "- weights[1]: got -1; wanted: a number >= 0"),
        (json!({"total": 1, "weights": [0, 0]}), "the weights are all zero"),
        (json!({"total": 0.055, "weights": [1]}), "- total: 0.055 is finer than 2 decimals"),
        (json!({"total": 5.5, "parts": 2, "currency": "JPY"}), "- total: 5.5 is finer than 0 decimals"),
        (json!({"total": 1, "parts": 2, "currency": "EURO"}), "did you mean EUR?"),
        (json!({"total": 1, "parts": 2, "names": ["a"]}), "- names: 1 names came for 2 shares"),
        (json!({"total": 1, "parts": 100_001}), "a whole number >= 1 and <= 100000"),
    ] {
        let text = refusal("allocate_money", arguments.clone());
        assert!(text.contains(told), "{arguments}: {text}");
    }
    let rounded = result("allocate_money", json!({"total": 0.055, "parts": 2, "roundTotal": true}));
    assert_eq!(texts(&rounded, "shares"), ["0.03", "0.03"]);
}

/// The last non-zero weight is the last share that may get anything.
#[test]
fn a_weight_of_zero_gets_nothing_by_any_method() {
    for method in ["largest_remainder", "first_parts", "last_part"] {
        let call = json!({"total": 1.00, "weights": [0, 1, 1, 1, 0], "method": method});
        let split = result("allocate_money", call);
        assert_eq!(
            (&split["shares"][0]["text"], &split["shares"][4]["text"]),
            (&json!("0.00"), &json!("0.00"))
        );
        assert_eq!(split["shares"][if method == "last_part" { 3 } else { 1 }]["text"], "0.34");
    }
}
