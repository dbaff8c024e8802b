//! A balance sheet from accounts.

use super::{Section, currency, dollars, exact, ledger, named, quotient};
use crate::math::decimal::Decimal;
use crate::math::finance::statements::{self, BALANCE_ROLES, BalanceSection, names, ties};
use crate::toolkit::{Context, Error, Example, Literal, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct BalanceSheet;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    /// Label.
    #[schemars(length(max = 200))]
    entity: String,
    /// Label.
    #[schemars(length(max = 200))]
    period: String,
    /// Each with its role.
    #[schemars(length(min = 1, max = 10_000))]
    accounts: Vec<Account>,
    /// ISO 4217.
    #[serde(default = "dollars")]
    currency: String,
    /// Refuse a sheet that does not balance.
    #[serde(default)]
    require_balance: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Account {
    /// Name.
    #[schemars(length(min = 1, max = 200))]
    name: String,
    /// What it is.
    #[schemars(extend("enum" = &names(&BALANCE_ROLES)[..], "x-foldCase" = true, "x-foldSpaces" = true, "x-aliases" = {
        "cash": "cash_and_equivalents", "receivables": "accounts_receivable", "ar": "accounts_receivable",
        "prepaid": "prepaid_expenses", "pp&e": "property_plant_equipment", "ppe": "property_plant_equipment",
        "intangibles": "intangible_assets", "rou_assets": "right_of_use_assets", "payables": "accounts_payable",
        "ap": "accounts_payable", "accruals": "accrued_liabilities", "cpltd": "current_portion_long_term_debt",
        "unearned_revenue": "deferred_revenue", "ltd": "long_term_debt", "apic": "additional_paid_in_capital",
        "aoci": "accumulated_other_comprehensive_income"
    }))]
    role: String,
    /// Contra accounts negative [currency].
    value: Literal,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// As given.
    entity: String,
    /// As given.
    period: String,
    /// Of all amounts.
    currency: String,
    /// currentAssets + nonCurrentAssets [currency].
    total_assets: f64,
    /// [currency]
    current_assets: f64,
    /// [currency]
    non_current_assets: f64,
    /// currentLiabilities + nonCurrentLiabilities [currency].
    total_liabilities: f64,
    /// [currency]
    current_liabilities: f64,
    /// [currency]
    non_current_liabilities: f64,
    /// [currency]
    total_equity: f64,
    /// Whether the imbalance is below a cent.
    balanced: bool,
    /// totalAssets - totalLiabilities - totalEquity [currency].
    imbalance: f64,
    /// currentAssets - currentLiabilities [currency].
    working_capital: f64,
    /// currentAssets / currentLiabilities [x].
    current_ratio: Option<f64>,
    /// (currentAssets - all inventory) / currentLiabilities [x].
    quick_ratio: Option<f64>,
    /// totalLiabilities / totalEquity; null without positive equity [x].
    debt_to_equity: Option<f64>,
    /// totalEquity / totalAssets [decimal].
    equity_ratio: Option<f64>,
    /// Short-term debt, long-term debt and its current portion; no leases, no pensions [currency].
    total_debt: f64,
    /// totalDebt less all cash and equivalents [currency].
    net_debt: f64,
    /// Those with accounts.
    sections: Vec<Section>,
}

const TITLES: [(BalanceSection, &str); 5] = [
    (BalanceSection::CurrentAssets, "currentAssets"),
    (BalanceSection::NonCurrentAssets, "nonCurrentAssets"),
    (BalanceSection::CurrentLiabilities, "currentLiabilities"),
    (BalanceSection::NonCurrentLiabilities, "nonCurrentLiabilities"),
    (BalanceSection::Equity, "equity"),
];

impl Tool for BalanceSheet {
    const NAME: &'static str = "create_balance_sheet";
    const TITLE: &'static str = "Balance sheet from accounts";
    const DESCRIPTION: &'static str = "Groups accounts by role into a balance sheet with liquidity and leverage ratios, in exact decimals; an imbalance is reported with the accounts that may explain it.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"entity": "Mill", "period": "2025", "currency": "EUR", "accounts": [
            {"name": "Bank", "role": "cash_and_equivalents", "value": 250.10}, {"name": "Till", "role": "cash_and_equivalents", "value": 49.90},
            {"name": "Grain", "role": "inventory", "value": 120}, {"name": "Flour", "role": "inventory", "value": 80},
            {"name": "Mill", "role": "property_plant_equipment", "value": 900}, {"name": "Wear", "role": "accumulated_depreciation", "value": -200},
            {"name": "Suppliers", "role": "accounts_payable", "value": 150}, {"name": "Overdraft", "role": "short_term_debt", "value": 50},
            {"name": "Mortgage", "role": "long_term_debt", "value": 400}, {"name": "Capital", "role": "common_stock", "value": 500},
            {"name": "Profits", "role": "retained_earnings", "value": 100}]}"#,
        expect: r#"{"currency": "EUR", "totalAssets": 1200, "currentAssets": 500, "nonCurrentAssets": 700, "totalLiabilities": 600,
            "currentLiabilities": 200, "nonCurrentLiabilities": 400, "totalEquity": 600, "balanced": true, "imbalance": 0,
            "workingCapital": 300, "currentRatio": 2.5, "quickRatio": 1.5, "debtToEquity": 1, "equityRatio": 0.5, "totalDebt": 450,
            "netDebt": 150}"#,
        tolerance: 0.0,
        source: "by hand: 500 = 300 + 200, 700 = 900 - 200; 500 / 200, (500 - 200) / 200; 450 - 300",
    }];
    const FORMULA: &'static str = "\
        Sums of all accounts of a role, exact decimals; entity and period are labels; imbalance = totalAssets - totalLiabilities - totalEquity\n\
        currentRatio, quickRatio null without current liabilities, equityRatio without assets\n\
        Source: IAS 1 Presentation of Financial Statements, paragraphs 54 and 60; CFA Institute, Financial Reporting and Analysis (2020), reading 24";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        named(args.accounts.iter().map(|account| account.name.as_str()), "accounts", "name")?;
        let values = args.accounts.iter().enumerate();
        let values = values.map(|(i, account)| exact(&account.value, format!("accounts[{i}].value")));
        let values = values.collect::<Result<Vec<_>, _>>()?;
        let rows = args.accounts.iter().zip(&values);
        let rows = rows.map(|(account, value)| (account.name.clone(), account.role.as_str(), *value));
        let (ledger, sections) = ledger(&BALANCE_ROLES, &TITLES, rows)?;
        let sheet = statements::BalanceSheet::of(&ledger)?;
        let balanced = ties(sheet.imbalance);
        if !balanced {
            let told = told(&sheet, &args.accounts, &values);
            if args.require_balance {
                return Err(Error::Domain(told));
            }
            cx.warn(told);
        }
        let positive = sheet.equity.units() > 0;
        let leverage = quotient(sheet.liabilities, sheet.equity, "ratio of debt to equity")?;
        Ok(Output {
            entity: args.entity,
            period: args.period,
            currency: currency(&args.currency)?,
            total_assets: sheet.assets.to_f64(),
            current_assets: sheet.current_assets.to_f64(),
            non_current_assets: sheet.non_current_assets.to_f64(),
            total_liabilities: sheet.liabilities.to_f64(),
            current_liabilities: sheet.current_liabilities.to_f64(),
            non_current_liabilities: sheet.non_current_liabilities.to_f64(),
            total_equity: sheet.equity.to_f64(),
            balanced,
            imbalance: sheet.imbalance.to_f64(),
            working_capital: sheet.working_capital.to_f64(),
            current_ratio: quotient(sheet.current_assets, sheet.current_liabilities, "current ratio")?,
            quick_ratio: quotient(sheet.quick_assets, sheet.current_liabilities, "quick ratio")?,
            debt_to_equity: leverage.filter(|_| positive),
            equity_ratio: quotient(sheet.equity, sheet.assets, "equity ratio")?,
            total_debt: sheet.debt.to_f64(),
            net_debt: sheet.net_debt.to_f64(),
            sections,
        })
    }
}

/// Accounts named at most in the text of an imbalance.
const NAMED: usize = 5;

/// The imbalance, its sides, and the accounts whose amount would explain it.
fn told(sheet: &statements::BalanceSheet, accounts: &[Account], values: &[Decimal]) -> String {
    let gap = sheet.imbalance;
    let size = gap.to_f64().abs();
    let of = |factor: f64| {
        let found =
            accounts.iter().zip(values).filter(|(_, v)| (v.to_f64().abs() * factor - size).abs() < 0.005);
        found.map(|(account, _)| format!("{:?}", account.name)).take(NAMED).collect::<Vec<_>>().join(", ")
    };
    let (once, half) = (of(1.0), of(2.0));
    let mut text = format!(
        "the sheet does not balance: assets {} less liabilities {} less equity {} leave {gap}",
        sheet.assets, sheet.liabilities, sheet.equity
    );
    if !once.is_empty() {
        text += &format!("; of just that amount: {once} (entered twice, or without its other side?)");
    }
    if !half.is_empty() {
        text += &format!("; of half of it: {half} (wrong sign, or on the wrong side?)");
    }
    text
}
