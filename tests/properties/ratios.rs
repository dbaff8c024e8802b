//! Laws of ratios: DuPont's factors multiply to the return, turns and days to the year, shares to one.

use businessmath_mcp::math::finance::ratios::{
    Figures, Years, cash_cycle, five_factors, piotroski, three_factors, turnover,
};
use serde_json::json;

use super::Numbers;
use crate::pitfalls::result;
use crate::reference::close;

#[test]
fn factors_multiply_to_the_return_on_equity_to_the_last_bit() {
    let mut numbers = Numbers(71);
    for _ in 0..20_000 {
        let mut size = || numbers.magnitude(1e-12, 1e15);
        let (net, ebt, ebit) = (size(), size(), size());
        let [sales, assets, equity] = [size(), size(), size()].map(f64::abs);
        let three = three_factors(net, sales, assets, equity).unwrap();
        assert_eq!(three.roe.to_bits(), three.direct.to_bits(), "{net} {sales} {assets} {equity}");
        let shown = three.margin * three.turnover * three.multiplier;
        assert!(close(shown, three.direct, 1e-15), "{three:?}");
        let five = five_factors(net, ebt, ebit, sales, assets, equity).unwrap();
        assert_eq!(
            five.roe.to_bits(),
            three.direct.to_bits(),
            "{net} {ebt} {ebit} {sales} {assets} {equity}"
        );
        assert_eq!(five.rest, three);
        let shown = five.tax_burden * five.interest_burden * five.ebit_margin;
        assert!(close(shown, three.margin, 1e-15), "{five:?}");
        // One less a burden far above one has the rounding of the burden.
        let rate = 1.0 - five.tax_burden;
        assert!((five.tax_rate - rate).abs() <= 1e-15 * (1.0 + five.tax_burden.abs()), "{five:?}");
    }
}

#[test]
fn factors_do_not_depend_on_the_currency() {
    let mut numbers = Numbers(72);
    for _ in 0..2_000 {
        let mut size = || numbers.magnitude(1e-3, 1e9);
        let (net, sales, assets, equity) = (size(), size().abs(), size().abs(), size().abs());
        let unit = 2.0_f64.powi(300);
        let same = three_factors(net * unit, sales * unit, assets * unit, equity * unit).unwrap();
        assert_eq!(same, three_factors(net, sales, assets, equity).unwrap());
    }
}

#[test]
fn turns_times_days_are_the_year() {
    let mut numbers = Numbers(73);
    for _ in 0..5_000 {
        let (flow, balance) = (numbers.magnitude(1e-6, 1e12).abs(), numbers.magnitude(1e-6, 1e12).abs());
        for year in [360.0, 365.0] {
            let got = turnover(flow, balance, year).unwrap();
            assert!(close(got.turns.unwrap() * got.days.unwrap(), year, 1e-15), "{flow} {balance}");
        }
    }
}

#[test]
fn the_tools_of_a_balance_agree_with_each_other() {
    let mut numbers = Numbers(74);
    for _ in 0..200 {
        let (flow, balance) = (numbers.between(1.0, 1e9), numbers.between(1.0, 1e9));
        let turns = result(
            "calculate_inventory_turnover",
            json!({"costOfGoodsSold": flow, "averageInventory": balance}),
        );
        let days = result(
            "calculate_days_inventory_outstanding",
            json!({"costOfGoodsSold": flow, "averageInventory": balance}),
        );
        for name in ["inventoryTurnover", "daysInventoryOutstanding"] {
            assert_eq!(turns[name], days[name]);
        }
    }
}

#[test]
fn cycles_add_up() {
    let mut numbers = Numbers(75);
    for _ in 0..2_000 {
        let mut days = || numbers.between(0.0, 400.0);
        let (inventory, sales, payables) = (days(), days(), days());
        let cycle = cash_cycle(inventory, sales, payables).unwrap();
        assert!((cycle.cash + payables - cycle.operating).abs() <= 1e-12);
        assert!((cycle.operating - inventory - sales).abs() <= 1e-12);
    }
}

#[test]
fn shares_of_capital_add_up_to_one() {
    let mut numbers = Numbers(76);
    for _ in 0..200 {
        let (debt, equity) = (numbers.between(0.0, 1e9), numbers.magnitude(1e-3, 1e9).abs());
        let got = result(
            "calculate_debt_to_equity",
            json!({"totalLiabilities": debt, "shareholderEquity": equity}),
        );
        let (debt_share, equity_share) =
            (got["debtShare"].as_f64().unwrap(), got["equityShare"].as_f64().unwrap());
        assert!((debt_share + equity_share - 1.0).abs() <= 1e-15, "{got}");
        assert!(close(debt_share / equity_share, got["debtToEquity"].as_f64().unwrap(), 1e-14), "{got}");
    }
}

/// What is better for one signal is never worse for the score.
#[test]
fn the_score_rises_with_each_signal() {
    let mut numbers = Numbers(77);
    for _ in 0..5_000 {
        let mut pair = || Years { current: numbers.between(0.0, 1.0), prior: numbers.between(0.0, 1.0) };
        let figures = Figures {
            net_income: pair().current - 0.5,
            operating_cash_flow: pair().current - 0.5,
            roa: pair(),
            long_term_debt: pair(),
            average_assets: None,
            current_ratio: pair(),
            shares: pair(),
            gross_margin: pair(),
            asset_turnover: pair(),
        };
        let score = |figures: &Figures| piotroski(figures).unwrap().iter().filter(|good| **good).count();
        let before = score(&figures);
        let flip = |years: Years| Years { current: years.prior, prior: years.current };
        // Two years exchanged turn every strict comparison round.
        let turned = Figures { roa: flip(figures.roa), gross_margin: flip(figures.gross_margin), ..figures };
        let (a, b) = (piotroski(&figures).unwrap(), piotroski(&turned).unwrap());
        assert!(a[2] != b[2] && a[7] != b[7] && a[8] == b[8]);
        let better = Figures { operating_cash_flow: figures.operating_cash_flow + 1.0, ..figures };
        assert!(score(&better) >= before);
        // Parts of equal assets order debts as the amounts do.
        let same = Years { current: 7.0, prior: 7.0 };
        assert_eq!(score(&Figures { average_assets: Some(same), ..figures }), before);
    }
}
