//! An income statement from accounts.

use super::{Section, currency, dollars, exact, ledger, named, quotient};
use crate::math::finance::statements::{INCOME_ROLES, IncomeSection, IncomeStatement, names};
use crate::toolkit::{Context, Error, Example, Literal, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Income;

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
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Account {
    /// Name.
    #[schemars(length(min = 1, max = 200))]
    name: String,
    /// What it is.
    #[schemars(extend("enum" = &names(&INCOME_ROLES)[..], "x-foldCase" = true, "x-foldSpaces" = true, "x-aliases" = {
        "cogs": "cost_of_goods_sold", "r&d": "research_and_development", "rd": "research_and_development",
        "rnd": "research_and_development", "s&m": "sales_and_marketing", "sm": "sales_and_marketing",
        "g&a": "general_and_administrative", "ga": "general_and_administrative", "sga": "general_and_administrative",
        "other_operating_expense": "operating_expense_other", "d&a": "depreciation_amortization",
        "da": "depreciation_amortization", "sbc": "stock_based_compensation", "tax_expense": "income_tax_expense",
        "taxes": "income_tax_expense"
    }))]
    role: String,
    /// Expenses positive [currency].
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
    /// Without interest [currency].
    total_revenue: f64,
    /// Goods and services sold [currency].
    cost_of_revenue: f64,
    /// totalRevenue - costOfRevenue [currency].
    gross_profit: f64,
    /// grossProfit / totalRevenue [decimal].
    gross_margin: Option<f64>,
    /// Without nonCashCharges [currency].
    operating_expenses: f64,
    /// Depreciation, impairment, stock compensation, restructuring [currency].
    non_cash_charges: f64,
    /// grossProfit - operatingExpenses - nonCashCharges [currency].
    operating_income: f64,
    /// operatingIncome / totalRevenue [decimal].
    operating_margin: Option<f64>,
    /// operatingIncome and depreciation_amortization [currency].
    ebitda: f64,
    /// operatingIncome + nonCashCharges [currency].
    adjusted_ebitda: f64,
    /// ebitda / totalRevenue [decimal].
    ebitda_margin: Option<f64>,
    /// [currency]
    interest_income: f64,
    /// [currency]
    interest_expense: f64,
    /// operatingIncome + interestIncome - interestExpense [currency].
    pretax_income: f64,
    /// [currency]
    income_tax_expense: f64,
    /// incomeTaxExpense / pretaxIncome; null without positive income [decimal].
    effective_tax_rate: Option<f64>,
    /// pretaxIncome - incomeTaxExpense [currency].
    net_income: f64,
    /// netIncome / totalRevenue [decimal].
    net_margin: Option<f64>,
    /// Those with accounts.
    sections: Vec<Section>,
}

const TITLES: [(IncomeSection, &str); 7] = [
    (IncomeSection::Revenue, "revenue"),
    (IncomeSection::CostOfRevenue, "costOfRevenue"),
    (IncomeSection::OperatingExpenses, "operatingExpenses"),
    (IncomeSection::NonCashCharges, "nonCashCharges"),
    (IncomeSection::InterestIncome, "interestIncome"),
    (IncomeSection::InterestExpense, "interestExpense"),
    (IncomeSection::IncomeTax, "incomeTax"),
];

impl Tool for Income {
    const NAME: &'static str = "create_income_statement";
    const TITLE: &'static str = "Income statement from accounts";
    const DESCRIPTION: &'static str = "Groups accounts by role into an income statement with margins, EBITDA and adjusted EBITDA, in exact decimals. Expenses are entered positive.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"entity": "Mill", "period": "2025", "accounts": [
            {"name": "Flour", "role": "product_revenue", "value": 900}, {"name": "Milling", "role": "service_revenue", "value": 100},
            {"name": "Grain", "role": "cost_of_goods_sold", "value": 400}, {"name": "Office", "role": "general_and_administrative", "value": 150},
            {"name": "Wear", "role": "depreciation_amortization", "value": 100}, {"name": "Options", "role": "stock_based_compensation", "value": 50},
            {"name": "Deposits", "role": "interest_income", "value": 20}, {"name": "Mortgage", "role": "interest_expense", "value": 40},
            {"name": "Tax", "role": "income_tax_expense", "value": 70}]}"#,
        expect: r#"{"totalRevenue": 1000, "costOfRevenue": 400, "grossProfit": 600, "grossMargin": 0.6, "operatingExpenses": 150,
            "nonCashCharges": 150, "operatingIncome": 300, "operatingMargin": 0.3, "ebitda": 400, "adjustedEbitda": 450, "ebitdaMargin": 0.4,
            "interestIncome": 20, "interestExpense": 40, "pretaxIncome": 280, "incomeTaxExpense": 70, "effectiveTaxRate": 0.25,
            "netIncome": 210, "netMargin": 0.21, "currency": "USD"}"#,
        tolerance: 0.0,
        source: "by hand: 1000 - 400 - 150 - 150 = 300; 300 + 20 - 40 - 70 = 210; EBITDA adds back 100 only",
    }];
    const FORMULA: &'static str = "\
        Sums of all accounts of a role, exact decimals; entity and period are labels; margins are of totalRevenue, null where it is 0\n\
        netIncome = totalRevenue - costOfRevenue - operatingExpenses - nonCashCharges + interestIncome - interestExpense - incomeTaxExpense\n\
        Source: IAS 1 Presentation of Financial Statements, paragraphs 82 and 103; SEC, Non-GAAP Financial Measures, question 103.01";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        named(args.accounts.iter().map(|account| account.name.as_str()), "accounts", "name")?;
        let values = args.accounts.iter().enumerate();
        let values = values.map(|(i, account)| exact(&account.value, format!("accounts[{i}].value")));
        let values = values.collect::<Result<Vec<_>, _>>()?;
        let rows = args.accounts.iter().zip(values);
        let rows = rows.map(|(account, value)| (account.name.clone(), account.role.as_str(), value));
        let (ledger, sections) = ledger(&INCOME_ROLES, &TITLES, rows)?;
        let lines = IncomeStatement::of(&ledger)?;
        let margin = |part| quotient(part, lines.revenue, "margin");
        let taxed = lines.pretax_income.units() > 0;
        Ok(Output {
            entity: args.entity,
            period: args.period,
            currency: currency(&args.currency)?,
            total_revenue: lines.revenue.to_f64(),
            cost_of_revenue: lines.cost_of_revenue.to_f64(),
            gross_profit: lines.gross_profit.to_f64(),
            gross_margin: margin(lines.gross_profit)?,
            operating_expenses: lines.operating_expenses.to_f64(),
            non_cash_charges: lines.non_cash_charges.to_f64(),
            operating_income: lines.operating_income.to_f64(),
            operating_margin: margin(lines.operating_income)?,
            ebitda: lines.ebitda.to_f64(),
            adjusted_ebitda: lines.adjusted_ebitda.to_f64(),
            ebitda_margin: margin(lines.ebitda)?,
            interest_income: lines.interest_income.to_f64(),
            interest_expense: lines.interest_expense.to_f64(),
            pretax_income: lines.pretax_income.to_f64(),
            income_tax_expense: lines.income_tax.to_f64(),
            effective_tax_rate: quotient(lines.income_tax, lines.pretax_income, "tax rate")?
                .filter(|_| taxed),
            net_income: lines.net_income.to_f64(),
            net_margin: margin(lines.net_income)?,
            sections,
        })
    }
}
