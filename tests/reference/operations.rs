//! Queues, learning curves and break-even against tables and arithmetic with 40 digits.

use super::close;
use crate::pitfalls::result;
use businessmath_mcp::math::operations::learning::{Curve, Model, fit};
use businessmath_mcp::math::operations::queue::{System, erlang_b, erlang_c, served_within};
use serde_json::json;

/// mpmath 1.4.1, 40 digits, from the sums that define them; 10 erlang also in any Erlang table.
#[test]
#[allow(clippy::excessive_precision, clippy::unreadable_literal)]
fn erlang_formulas() {
    for (load, servers, want) in [
        (10.0, 10, 0.214582343107347341),
        (1.0, 1, 0.5),
        (5.0, 10, 0.0183845703366481331),
        (100.0, 120, 0.0056900546068699323),
        (0.5, 3, 0.0126582278481012658),
        (200.0, 190, 0.0886968438692356149),
    ] {
        assert!(close(erlang_b(load, servers), want, 1e-13), "B({load}, {servers})");
    }
    for (load, servers, want) in [
        (10.0, 12, 0.449388224298270869),
        (1.6, 2, 0.711111111111111173),
        (9.5, 10, 0.825585578125698645),
        (50.0, 55, 0.384547317932928544),
        (0.01, 4, 4.1355465068878978e-10),
    ] {
        assert!(close(erlang_c(load, servers), want, 1e-13), "C({load}, {servers})");
    }
    // Calls of 180 s, 200 an hour, 20 s: the usual staffing example, to its three decimals of a per cent.
    for (agents, want) in [(13, 0.79559), (14, 0.88835)] {
        assert!(close(served_within(1.0 / 18.0, 1.0 / 180.0, agents, 20.0), want, 1e-5));
    }
}

/// mpmath 1.4.1, 40 digits: normalised birth and death chains.
#[test]
#[allow(clippy::excessive_precision, clippy::unreadable_literal)]
fn birth_and_death() {
    let limited =
        System { arrival: 10.0, service: 3.0, servers: Some(4), capacity: Some(7), abandonment: 0.0 };
    let got = limited.steady(&|| false).unwrap();
    assert!(close(got.probabilities[0], 0.0312094555945482157, 1e-13));
    assert!(close(got.full, 0.0929065202836488092, 1e-13));
    assert!(close(got.waiting, 0.635480598740157855, 1e-13));
    assert!(close(got.present, 3.65912553112799516, 1e-13));
    let impatient =
        json!({"model": "erlang_a", "arrivalRate": 100, "serviceRate": 1, "servers": 95, "patience": 2});
    let got = result("analyze_queue", impatient);
    for (name, want) in [
        ("probabilityAbandon", 0.0627108459993449447),
        ("probabilityWait", 0.807124377269515708),
        ("queueLength", 12.5421691998689889),
        ("systemLength", 106.271084599934494),
    ] {
        assert!(close(got[name].as_f64().unwrap(), want, 1e-12), "{name}: {got}");
    }
}

/// Pollaczek-Khinchine, by hand: rho = 0.8; constant service halves the queue of exponential service.
#[test]
fn general_service() {
    let queue = |deviation: f64| {
        let call = json!({"model": "mg1", "arrivalRate": 4, "serviceRate": 5, "serviceTimeSd": deviation});
        result("analyze_queue", call)["queueLength"].as_f64().unwrap()
    };
    assert!(close(queue(0.2), 3.2, 1e-14) && close(queue(0.0), 1.6, 1e-14));
}

/// Heizer & Render, Operations Management, 10th ed. (2011), module E, table E.3, to three decimals; digits after them
/// and sums of later units by mpmath 1.4.1.
#[test]
#[allow(clippy::excessive_precision, clippy::unreadable_literal)]
fn learning_curves() {
    for (rate, ten, later, hundredth) in [
        (0.8, 6.31537301761590159, 378.162969070317015, 0.154213058275368439),
        (0.9, 7.9944785504392649, 1472.96707610106493, 0.42142403363759075),
        (0.7, 4.93177107448229165, 81.6556296055002987, 0.0455091828075080517),
    ] {
        let unit = Curve::new(Model::Unit, 1.0, rate).unwrap();
        assert!(close(unit.total(0, 10).unwrap(), ten, 1e-14), "{rate}");
        assert!(close(unit.total(1000, 5000).unwrap(), later, 1e-13), "{rate}");
        let average = Curve::new(Model::CumulativeAverage, 1.0, rate).unwrap();
        assert!(close(average.unit(100), hundredth, 1e-13), "{rate}");
    }
    let fitted = fit(&[(1.0, 100.0), (2.0, 80.0), (4.0, 64.0), (8.0, 51.2)]).unwrap();
    assert!(close(fitted.first, 100.0, 1e-13) && close(fitted.exponent.exp2(), 0.8, 1e-13));
    assert!(close(fitted.r_squared.unwrap(), 1.0, 1e-13));
}

/// Horngren, Cost Accounting, 14th ed. (2012), chapter 3: target net income of 960 at 40 % tax is 1,600 before, 45 units.
#[test]
fn break_even_after_tax() {
    let got = result(
        "calculate_break_even",
        json!({"fixedCosts": 2000, "unitPrice": 200, "unitVariableCost": 120, "targetProfit": 960, "taxRate": 0.4}),
    );
    assert_eq!((&got["targetUnits"], &got["targetRevenue"]), (&json!(45.0), &json!(9000.0)));
}
