//! The three statements of a made-up company tie; nobody gains by leaving a distribution.

use super::Numbers;
use crate::reference::close;
use businessmath_mcp::math::decimal::Decimal;
use businessmath_mcp::math::finance::cap_table::{Holder, distribute};
use businessmath_mcp::math::finance::statements::{
    BALANCE_ROLES, BalanceSheet, CASH_ROLES, CashFlow, INCOME_ROLES, IncomeStatement, Ledger, compound_growth,
};

/// An amount in cents, up to hundreds of billions.
fn money(numbers: &mut Numbers) -> i128 {
    let digits = numbers.whole(1, 14) as u32;
    i128::from(numbers.whole(0, 10_u64.pow(digits)))
}

fn cents(units: i128) -> Decimal {
    Decimal::new(units, 2).unwrap()
}

/// Each transaction is booked twice; then every statement says the same, to the cent.
#[test]
fn the_three_statements_tie() {
    let mut numbers = Numbers(71);
    for _ in 0..200 {
        let [paid_in, loan, repaid, machine, sales, unpaid, goods, stock, owed, wear] =
            std::array::from_fn(|_| money(&mut numbers));
        let [wages, interest_in, interest_out, tax, dividend] = std::array::from_fn(|_| money(&mut numbers));
        let mut income = Ledger::new(&INCOME_ROLES);
        for (role, amount) in [
            ("revenue", sales),
            ("cost_of_goods_sold", goods),
            ("general_and_administrative", wages),
            ("depreciation_amortization", wear),
            ("interest_income", interest_in),
            ("interest_expense", interest_out),
            ("income_tax_expense", tax),
        ] {
            income.enter(role, cents(amount)).unwrap();
        }
        let earned = IncomeStatement::of(&income).unwrap();
        let net = earned.net_income.units_at(2).unwrap();
        let mut flows = Ledger::new(&CASH_ROLES);
        for (role, amount) in [
            ("net_income", net),
            ("depreciation_amortization", wear),
            ("change_in_receivables", -unpaid),
            ("change_in_inventory", -stock),
            ("change_in_payables", owed),
            ("capital_expenditures", -machine),
            ("equity_issuance", paid_in),
            ("debt_issuance", loan),
            ("debt_repayment", -repaid),
            ("dividends_paid", -dividend),
        ] {
            flows.enter(role, cents(amount)).unwrap();
        }
        let cash = CashFlow::of(&flows).unwrap();
        // Cash by its own movements: what was received less what was paid.
        let received = paid_in + loan + sales - unpaid + interest_in;
        let paid = repaid + machine + goods + stock - owed + wages + interest_out + tax + dividend;
        assert_eq!(cash.net_change.units_at(2).unwrap(), received - paid);
        let mut sheet = Ledger::new(&BALANCE_ROLES);
        for (role, amount) in [
            ("cash_and_equivalents", received - paid),
            ("accounts_receivable", unpaid),
            ("inventory", stock),
            ("property_plant_equipment", machine),
            ("accumulated_depreciation", -wear),
            ("accounts_payable", owed),
            ("long_term_debt", loan - repaid),
            ("common_stock", paid_in),
            ("retained_earnings", net - dividend),
        ] {
            sheet.enter(role, cents(amount)).unwrap();
        }
        let sheet = BalanceSheet::of(&sheet).unwrap();
        assert_eq!(sheet.imbalance.units(), 0);
        assert_eq!(sheet.net_debt.units_at(2).unwrap(), loan - repaid - received + paid);
    }
}

#[test]
fn nobody_gains_by_leaving_a_distribution() {
    let mut numbers = Numbers(72);
    for _ in 0..500 {
        let count = numbers.whole(1, 7);
        let holders: Vec<Holder> = (0..count)
            .map(|_| Holder {
                shares: numbers.magnitude(1.0, 1e6).abs(),
                preference: (numbers.whole(0, 2) > 0).then(|| numbers.magnitude(0.01, 100.0).abs()),
            })
            .collect();
        let claims: f64 = holders.iter().map(|h| h.shares * h.preference.unwrap_or(1.0)).sum();
        let proceeds = claims * numbers.magnitude(0.05, 20.0).abs();
        let paid = distribute(&holders, proceeds).unwrap();
        let sum: f64 = paid.iter().map(|paid| paid.amount).sum();
        let common = holders.iter().any(|h| h.preference.is_none());
        let all: f64 = holders.iter().map(|h| h.shares * h.preference.unwrap_or(0.0)).sum();
        assert!(
            close(sum, proceeds, 1e-12) || (!common && all > proceeds && close(sum, proceeds, 1e-12)),
            "{holders:?}"
        );
        for (i, holder) in holders.iter().enumerate() {
            let Some(preference) = holder.preference else { continue };
            let kept = paid[i].via_preference > 0.0;
            // What the others do stays; this one does the other thing.
            let still = |j: usize| j != i && paid[j].via_preference > 0.0;
            let others: f64 = (0..holders.len())
                .filter(|j| still(*j))
                .map(|j| holders[j].shares * holders[j].preference.unwrap())
                .sum();
            let floating: f64 =
                (0..holders.len()).filter(|j| *j == i || !still(*j)).map(|j| holders[j].shares).sum();
            let claim = preference * holder.shares;
            let other_way = if kept {
                (proceeds - others).max(0.0) * holder.shares / floating
            } else if others + claim > proceeds {
                proceeds * claim / (others + claim)
            } else {
                claim
            };
            assert!(
                other_way <= paid[i].amount * (1.0 + 1e-9),
                "{holders:?} {proceeds} {i}: {paid:?} {other_way}"
            );
        }
    }
}

#[test]
fn compound_growth_compounds_back() {
    let mut numbers = Numbers(73);
    for _ in 0..500 {
        let (first, rate) = (numbers.magnitude(1e-3, 1e12).abs(), numbers.between(-0.6, 2.0));
        let steps = numbers.whole(1, 30) as u32;
        let last = first * (1.0 + rate).powi(steps as i32);
        let got = compound_growth(first, last, steps).unwrap().unwrap();
        assert!((got - rate).abs() <= 1e-13, "{got} {rate}");
    }
}
