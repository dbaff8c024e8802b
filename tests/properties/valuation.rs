//! Laws of valuation: models that describe one company agree on its value.

use super::Numbers;
use crate::pitfalls::result;
use crate::reference::close;
use businessmath_mcp::math::finance::tvm::npv;
use businessmath_mcp::math::finance::valuation::{
    Claims, Drivers, Terminal, Timing, enterprise, equity, free_cash_flows, gordon, h_model, residual_income,
    two_stage,
};
use serde_json::json;

const YEAR_END: Timing = Timing { first: 1.0, mid_year: false };

/// A company in steady growth: book value, return on it, payout, cost of equity.
struct Company {
    book: f64,
    income: f64,
    growth: f64,
    cost: f64,
}

impl Company {
    fn any(numbers: &mut Numbers) -> Self {
        let book = numbers.magnitude(1e-3, 1e9).abs();
        let (profit, retained) = (numbers.between(0.02, 0.3), numbers.between(0.0, 0.9));
        let growth = profit * retained;
        Self { book, income: profit * book, growth, cost: growth + numbers.between(0.01, 0.2) }
    }

    /// Next year's dividend by clean surplus.
    fn dividend(&self) -> f64 {
        self.income - self.growth * self.book
    }
}

/// Clean surplus: residual income, dividends and flows to equity are three descriptions of one value.
#[test]
fn residual_income_dividends_and_cash_flow_agree() {
    let mut numbers = Numbers(71);
    for _ in 0..3_000 {
        let c = Company::any(&mut numbers);
        let by_income = residual_income(c.book, c.income, c.cost, c.growth).unwrap().value;
        let paid = c.dividend() / (1.0 + c.growth);
        let by_dividends = gordon(paid, c.growth, c.cost).unwrap().value;
        let years = numbers.whole(0, 40);
        let by_stages = two_stage(paid, c.growth, years, c.growth, c.cost).unwrap().value;
        let flow = Terminal::Gordon { growth: c.growth };
        let by_flow = enterprise(&[c.dividend()], c.cost, YEAR_END, flow).unwrap().value;
        // A dividend that is a small part of income has lost that part's digits.
        let tolerance = 1e-14 * (2.0 + c.income / c.dividend()) / (1.0 - c.growth / c.cost);
        for value in [by_dividends, by_stages, by_flow] {
            assert!(close(value, by_income, tolerance), "{value} {by_income}");
        }
    }
}

/// The same with years of their own before the steady growth: each year's book value is the last one's plus income
/// less dividend.
#[test]
fn clean_surplus_makes_the_models_agree_year_by_year() {
    let mut numbers = Numbers(72);
    for _ in 0..500 {
        let (cost, growth) = (numbers.between(0.08, 0.2), numbers.between(-0.02, 0.05));
        let opening = numbers.magnitude(1.0, 1e6).abs();
        let (mut book, mut dividends, mut residuals) = (opening, vec![0.0], vec![0.0]);
        for _ in 0..numbers.whole(1, 15) {
            let income = book * numbers.between(-0.1, 0.4);
            let dividend = income * numbers.between(0.0, 0.8);
            residuals.push(income - cost * book);
            dividends.push(dividend);
            book += income - dividend;
        }
        let later = residual_income(book, book * numbers.between(0.1, 0.3), cost, growth).unwrap();
        let discount = |flows: &[f64]| npv(cost, flows).unwrap().npv;
        let at = |amount: f64| amount * (1.0 + cost).powi(1 - dividends.len() as i32);
        let by_dividends = discount(&dividends) + at(later.value);
        let by_income = opening + discount(&residuals) + at(later.premium);
        // Losses cancel against profits: relative to the book value that earns them.
        assert!(
            (by_dividends - by_income).abs() < 1e-12 * (opening + by_income.abs()),
            "{by_dividends} {by_income}"
        );
    }
}

/// Flows to the firm at the weighted cost of capital, less debt, are flows to equity at the cost of equity, when debt
/// is a constant part of the value: the condition of the weighted average.
#[test]
fn the_enterprise_less_its_debt_is_the_equity() {
    let mut numbers = Numbers(73);
    for _ in 0..2_000 {
        let c = Company::any(&mut numbers);
        let wanted = gordon(c.dividend() / (1.0 + c.growth), c.growth, c.cost).unwrap().value;
        let (part, interest, tax) =
            (numbers.between(0.0, 0.7), numbers.between(0.01, 0.1), numbers.between(0.0, 0.4));
        let debt = wanted * part / (1.0 - part);
        let wacc = (1.0 - part) * c.cost + part * interest * (1.0 - tax);
        let flow = c.dividend() + debt * (interest * (1.0 - tax) - c.growth);
        if wacc - c.growth < 1e-3 {
            continue;
        }
        let firm = enterprise(&[flow], wacc, YEAR_END, Terminal::Gordon { growth: c.growth }).unwrap().value;
        let found = equity(firm, &Claims { debt, ..Claims::default() }).unwrap();
        assert!(close(found, wanted, 1e-10), "{found} {wanted}");
    }
}

/// Growth that is paid for at the return on new capital: the value driver is Gordon's formula on the flow it leaves.
#[test]
fn value_driver_and_gordon_agree_on_a_consistent_firm() {
    let mut numbers = Numbers(74);
    for _ in 0..1_000 {
        let (growth, wacc) = (numbers.between(0.0, 0.04), numbers.between(0.06, 0.15));
        let (roic, profit) = (numbers.between(0.05, 0.3), numbers.magnitude(1.0, 1e8).abs());
        let timing = Timing { first: numbers.between(0.05, 1.0), mid_year: numbers.whole(0, 1) == 1 };
        let flow = profit * (1.0 - growth / roic);
        let flows = [flow / (1.0 + growth), flow];
        let driver = Terminal::ValueDriver { growth, roic, nopat: profit };
        let by_driver = enterprise(&flows, wacc, timing, driver).unwrap();
        let by_growth = enterprise(&flows, wacc, timing, Terminal::Gordon { growth }).unwrap();
        assert!(close(by_driver.value, by_growth.value, 1e-13));
        assert!((by_driver.implied_growth.unwrap() - growth).abs() < 1e-13);
    }
}

/// A year more in the explicit part changes nothing, mid-year flows are worth half a year's return more, and the value
/// driver of growth that earns the cost of capital does not depend on growth.
#[test]
fn horizons_and_timing() {
    let mut numbers = Numbers(75);
    for _ in 0..500 {
        let (growth, wacc) = (numbers.between(-0.05, 0.05), numbers.between(0.06, 0.2));
        let count = numbers.whole(1, 30) as i32;
        let flows: Vec<f64> = (0..=count).map(|t| 100.0 * (1.0 + growth).powi(t)).collect();
        let value = |flows: &[f64], mid_year: bool| {
            let timing = Timing { first: 1.0, mid_year };
            enterprise(flows, wacc, timing, Terminal::Gordon { growth }).unwrap().value
        };
        let all = value(&flows, false);
        assert!(close(value(&flows[..count as usize], false), all, 1e-13));
        assert!(close(value(&flows, true), all * (1.0 + wacc).sqrt(), 1e-13));
        let fair = |growth: f64| {
            let driver = Terminal::ValueDriver { growth, roic: wacc, nopat: 100.0 / (1.0 + growth) };
            enterprise(&[0.0], wacc, YEAR_END, driver).unwrap().value
        };
        assert!(close(fair(growth), 100.0 / wacc / (1.0 + wacc), 1e-12));
    }
}

/// What growth adds is linear in H, nothing at H = 0 or at equal growth.
#[test]
fn the_h_model_begins_at_gordon() {
    let mut numbers = Numbers(76);
    for _ in 0..500 {
        let (stable, initial) = (numbers.between(-0.02, 0.05), numbers.between(-0.1, 0.3));
        let (rate, dividend) = (stable + numbers.between(0.01, 0.2), numbers.between(0.1, 10.0));
        let level = gordon(dividend, stable, rate).unwrap().value;
        assert!(close(h_model(dividend, initial, stable, 0.0, rate).unwrap().value, level, 1e-14));
        assert!(close(h_model(dividend, stable, stable, 7.0, rate).unwrap().value, level, 1e-14));
        let premium = |half: f64| h_model(dividend, initial, stable, half, rate).unwrap().premium;
        assert!((premium(6.0) - 2.0 * premium(3.0)).abs() <= 1e-13 * premium(6.0).abs());
    }
}

/// Built flows are those of the statements: sources of cash equal its uses.
#[test]
fn built_flows_tie_to_revenue() {
    let mut numbers = Numbers(77);
    for _ in 0..300 {
        let growth: Vec<f64> = (0..numbers.whole(1, 12)).map(|_| numbers.between(-0.3, 0.4)).collect();
        let margin = [numbers.between(-0.2, 0.4)];
        let (tax_rate, depreciation) = (numbers.between(0.0, 0.4), numbers.between(0.0, 0.2));
        let (capex, working_capital) = (numbers.between(0.0, 0.3), numbers.between(-0.1, 0.3));
        let drivers = Drivers {
            base_revenue: 1e6,
            growth: &growth,
            margin: &margin,
            tax_rate,
            depreciation,
            capex,
            working_capital,
        };
        let mut before = 1e6;
        for (year, rate) in free_cash_flows(&drivers).unwrap().iter().zip(&growth) {
            assert!(close(year.revenue, before * (1.0 + rate), 1e-14));
            let tax = tax_rate * year.ebit;
            let uses = tax + capex * year.revenue + working_capital * (year.revenue - before) + year.flow;
            assert!((year.ebitda - uses).abs() < 1e-12 * before);
            before = year.revenue;
        }
    }
}

/// Enterprise value and the bridge are each other's inverse, through the tools.
#[test]
fn the_bridge_leads_back_to_the_market() {
    let mut numbers = Numbers(78);
    for _ in 0..100 {
        let mut amount = || numbers.magnitude(1.0, 1e9).abs();
        let (market, debt, cash, minority, preferred) = (amount(), amount(), amount(), amount(), amount());
        let ev = result(
            "calculate_enterprise_value",
            json!({"marketCap": market, "totalDebt": debt, "cashAndEquivalents": cash, "minorityInterest": minority,
                "preferredStock": preferred}),
        );
        let back = result(
            "value_equity_ev_bridge",
            json!({"enterpriseValue": ev["enterpriseValue"], "totalDebt": debt, "cash": cash,
                "minorityInterest": minority, "preferredStock": preferred}),
        );
        let (got, size) =
            (back["equityValue"].as_f64().unwrap(), market + debt + cash + minority + preferred);
        assert!((got - market).abs() <= 1e-15 * size, "{got} {market}");
    }
}
