//! SAFEs and waterfalls against published examples.

use serde_json::{Value, json};

use crate::pitfalls::result;

fn number(got: &Value, name: &str) -> f64 {
    got[name].as_f64().unwrap_or_else(|| panic!("{name} in {got}"))
}

/// Y Combinator, Safe Primer (2013), examples «cap, no discount», «discount, no cap», «cap and discount»: SAFEs with a
/// pre-money cap; whole shares. Its prices are cut to a few digits, hence 2 in 10,000.
#[test]
fn safe_primer() {
    // amount, cap, discount, price, shares before, then price paid and shares.
    for (amount, cap, discount, price, shares, paid, received, term) in [
        (1e5, 5e6, 0.0, 0.909, 11e6, 0.454_5, 220_022.0, "valuation_cap"),
        (2e4, 1e9, 0.2, 0.19, 10.5e6, 0.152, 131_578.0, "discount"),
        (1e5, 8e6, 0.15, 0.909, 11e6, 0.727_27, 137_500.0, "valuation_cap"),
    ] {
        let got = result(
            "model_safe_conversion",
            json!({"safeAmount": amount, "valuationCap": cap, "discountRate": discount, "pricedRoundValuation": 12e6,
                "pricedRoundPrice": price, "preMoneyShares": shares}),
        );
        assert!((number(&got, "conversionPrice") - paid).abs() <= 2e-4 * paid, "{got}");
        assert!((number(&got, "sharesReceived") - received).abs() <= 2e-4 * received, "{got}");
        assert_eq!(got["termUsed"], term);
    }
}

/// Y Combinator, Post-Money Safe User Guide (2018), quick start, section 1: 1 million at a post-money cap of 6.7
/// million is about 15 % of the company before the new money, whatever the number of shares.
#[test]
fn post_money_safe_guide() {
    for (amount, part) in [(5e5, 0.075), (8e5, 0.12), (1e6, 0.15)] {
        for shares in [1e6, 7.7e6] {
            // A round at the cap itself, without new money: ownership is what the guide calls ownership sold.
            let got = result(
                "model_safe_conversion",
                json!({"safeAmount": amount, "valuationCap": 6.7e6, "discountRate": 0, "pricedRoundValuation": 6.7e6,
                    "pricedRoundPrice": 6.7e6 / shares, "preMoneyShares": shares}),
            );
            // The guide says «about»: to half a percent of the company.
            assert!((number(&got, "ownership") - part).abs() <= 0.005, "{got}");
        }
    }
}

/// The alternatives of the model term sheet of the National Venture Capital Association, by hand: 8 million invested
/// for 25 %, exits of 4, 10, 24, 32 and 60 million; preferred gets (not participating, participating, capped at 2x).
#[test]
fn waterfalls_of_the_model_term_sheet() {
    for (exit, plain, full, capped) in [
        (4.0, 4.0, 4.0, 4.0),
        (10.0, 8.0, 8.5, 8.5),
        (24.0, 8.0, 12.0, 12.0),
        (32.0, 8.0, 14.0, 14.0),
        (60.0, 15.0, 21.0, 16.0),
        (80.0, 20.0, 26.0, 20.0),
    ] {
        for (participating, cap, wanted) in
            [(false, Value::Null, plain), (true, Value::Null, full), (true, json!(2), capped)]
        {
            let got = result(
                "run_liquidation_waterfall",
                json!({"exitProceeds": exit, "preferredInvestment": 8, "liquidationMultiple": 1,
                    "participating": participating, "commonOwnership": 0.75, "preferredOwnership": 0.25,
                    "participationCap": cap}),
            );
            assert!((number(&got, "preferredPayout") - wanted).abs() < 1e-12, "{exit}: {got}");
            assert_eq!(number(&got, "totalDistributed"), exit);
        }
    }
}
