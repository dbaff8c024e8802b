//! 6 for 6 % is a rate of 600 %: computed as it was written, and said.

use super::result;
use serde_json::{Value, json};

#[test]
fn rates_above_one_are_named() {
    let told = |name: &str, arguments: Value| result(name, arguments)["warnings"].clone();
    let loan = |rate: f64| json!({"principal": 1000, "annualRate": rate, "years": 1, "frequency": "annual"});
    assert_eq!(
        told("create_amortization_schedule", loan(6.0)),
        json!(["annualRate is read as 600 %: write 0.05 for 5 %"])
    );
    assert_eq!(told("create_amortization_schedule", loan(1.0)), json!([]));
    assert_eq!(
        told("calculate_npv", json!({"rate": 8, "cashFlows": [-1, 20]})),
        json!(["rate is read as 800 %: write 0.05 for 5 %"])
    );
    // One of a list stands for all of them, and each list speaks for itself.
    let performance =
        json!({"returns": [0.5, 2, -1, 3], "periodsPerYear": 12, "benchmarkReturns": [0.1, 0.2, 0.1, 1.5]});
    assert_eq!(
        told("calculate_performance_metrics", performance)[1],
        "benchmarkReturns[3] is read as 150 %: write 0.05 for 5 %"
    );
}
