//! The income statement.

use super::Ledger;
use crate::math::Error;
use crate::math::decimal::Decimal;

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncomeSection {
    /// Sales of all kinds.
    Revenue,
    /// What the sales cost.
    CostOfRevenue,
    /// Paid expenses of the business.
    OperatingExpenses,
    /// Expenses that no cash goes out for, and restructuring.
    NonCashCharges,
    /// Earned on money lent.
    InterestIncome,
    /// Paid for money borrowed.
    InterestExpense,
    /// Tax on income.
    IncomeTax,
}

use IncomeSection::{
    CostOfRevenue, IncomeTax, InterestExpense, InterestIncome, NonCashCharges, OperatingExpenses, Revenue,
};

/// Roles of income statement accounts; expenses are entered positive.
pub const INCOME_ROLES: [(&str, IncomeSection); 19] = [
    ("revenue", Revenue),
    ("product_revenue", Revenue),
    ("service_revenue", Revenue),
    ("subscription_revenue", Revenue),
    ("licensing_revenue", Revenue),
    ("interest_income", InterestIncome),
    ("other_revenue", Revenue),
    ("cost_of_goods_sold", CostOfRevenue),
    ("cost_of_services", CostOfRevenue),
    ("research_and_development", OperatingExpenses),
    ("sales_and_marketing", OperatingExpenses),
    ("general_and_administrative", OperatingExpenses),
    ("operating_expense_other", OperatingExpenses),
    ("depreciation_amortization", NonCashCharges),
    ("impairment_charges", NonCashCharges),
    ("stock_based_compensation", NonCashCharges),
    ("restructuring_charges", NonCashCharges),
    ("interest_expense", InterestExpense),
    ("income_tax_expense", IncomeTax),
];

/// The lines of an income statement, exact, in one currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IncomeStatement {
    /// Sales, without interest.
    pub revenue: Decimal,
    /// Cost of the sales.
    pub cost_of_revenue: Decimal,
    /// Revenue less its cost.
    pub gross_profit: Decimal,
    /// Operating expenses without non-cash charges.
    pub operating_expenses: Decimal,
    /// Depreciation, impairment, stock compensation, restructuring.
    pub non_cash_charges: Decimal,
    /// After all operating expenses.
    pub operating_income: Decimal,
    /// Before depreciation and amortisation.
    pub ebitda: Decimal,
    /// Before all non-cash charges.
    pub adjusted_ebitda: Decimal,
    /// Interest earned.
    pub interest_income: Decimal,
    /// Interest paid.
    pub interest_expense: Decimal,
    /// Before tax.
    pub pretax_income: Decimal,
    /// Tax.
    pub income_tax: Decimal,
    /// What is left.
    pub net_income: Decimal,
}

impl IncomeStatement {
    /// The lines of a ledger.
    ///
    /// # Formula
    /// ```text
    /// gross = revenue - cost;  operating = gross - operating expenses - non-cash charges
    /// EBITDA = operating + D&A;  adjusted EBITDA = operating + non-cash charges
    /// pretax = operating + interest income - interest expense;  net = pretax - tax
    /// ```
    ///
    /// # Errors
    /// [`Error::DecimalRange`]
    ///
    /// Source: IAS 1, paragraphs 82 and 103 (by function); SEC, Non-GAAP Financial Measures, question 103.01 (EBITDA
    /// that adds back more than interest, tax, depreciation and amortisation is «adjusted»).
    pub fn of(ledger: &Ledger<IncomeSection>) -> Result<Self, Error> {
        let (revenue, cost_of_revenue) = (ledger.section(Revenue)?, ledger.section(CostOfRevenue)?);
        let gross_profit = revenue.minus(cost_of_revenue)?;
        let (operating_expenses, non_cash_charges) =
            (ledger.section(OperatingExpenses)?, ledger.section(NonCashCharges)?);
        let adjusted_ebitda = gross_profit.minus(operating_expenses)?;
        let operating_income = adjusted_ebitda.minus(non_cash_charges)?;
        let (interest_income, interest_expense) =
            (ledger.section(InterestIncome)?, ledger.section(InterestExpense)?);
        let pretax_income = operating_income.plus(interest_income)?.minus(interest_expense)?;
        let income_tax = ledger.section(IncomeTax)?;
        Ok(Self {
            revenue,
            cost_of_revenue,
            gross_profit,
            operating_expenses,
            non_cash_charges,
            operating_income,
            ebitda: operating_income.plus(ledger.of(&["depreciation_amortization"])?)?,
            adjusted_ebitda,
            interest_income,
            interest_expense,
            pretax_income,
            income_tax,
            net_income: pretax_income.minus(income_tax)?,
        })
    }
}
