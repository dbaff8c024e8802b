//! The balance sheet.

use super::Ledger;
use crate::math::Error;
use crate::math::decimal::{Decimal, sum};

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalanceSection {
    /// Turned into cash within a year.
    CurrentAssets,
    /// Other assets.
    NonCurrentAssets,
    /// Due within a year.
    CurrentLiabilities,
    /// Other liabilities.
    NonCurrentLiabilities,
    /// What the owners have in it.
    Equity,
}

use BalanceSection::{CurrentAssets, CurrentLiabilities, Equity, NonCurrentAssets, NonCurrentLiabilities};

/// Roles of balance sheet accounts; contra accounts are entered negative.
pub const BALANCE_ROLES: [(&str, BalanceSection); 31] = [
    ("cash_and_equivalents", CurrentAssets),
    ("short_term_investments", CurrentAssets),
    ("accounts_receivable", CurrentAssets),
    ("inventory", CurrentAssets),
    ("prepaid_expenses", CurrentAssets),
    ("other_current_assets", CurrentAssets),
    ("property_plant_equipment", NonCurrentAssets),
    ("accumulated_depreciation", NonCurrentAssets),
    ("intangible_assets", NonCurrentAssets),
    ("goodwill", NonCurrentAssets),
    ("long_term_investments", NonCurrentAssets),
    ("deferred_tax_assets", NonCurrentAssets),
    ("right_of_use_assets", NonCurrentAssets),
    ("other_non_current_assets", NonCurrentAssets),
    ("accounts_payable", CurrentLiabilities),
    ("accrued_liabilities", CurrentLiabilities),
    ("short_term_debt", CurrentLiabilities),
    ("current_portion_long_term_debt", CurrentLiabilities),
    ("deferred_revenue", CurrentLiabilities),
    ("other_current_liabilities", CurrentLiabilities),
    ("long_term_debt", NonCurrentLiabilities),
    ("deferred_tax_liabilities", NonCurrentLiabilities),
    ("pension_liabilities", NonCurrentLiabilities),
    ("lease_liabilities", NonCurrentLiabilities),
    ("other_non_current_liabilities", NonCurrentLiabilities),
    ("common_stock", Equity),
    ("preferred_stock", Equity),
    ("additional_paid_in_capital", Equity),
    ("retained_earnings", Equity),
    ("accumulated_other_comprehensive_income", Equity),
    ("treasury_stock", Equity),
];

/// The lines of a balance sheet, exact, in one currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BalanceSheet {
    /// Current assets.
    pub current_assets: Decimal,
    /// Non-current assets.
    pub non_current_assets: Decimal,
    /// Both.
    pub assets: Decimal,
    /// Current liabilities.
    pub current_liabilities: Decimal,
    /// Non-current liabilities.
    pub non_current_liabilities: Decimal,
    /// Both.
    pub liabilities: Decimal,
    /// Equity.
    pub equity: Decimal,
    /// Assets less liabilities less equity.
    pub imbalance: Decimal,
    /// Current assets less current liabilities.
    pub working_capital: Decimal,
    /// Current assets less inventory.
    pub quick_assets: Decimal,
    /// Short-term debt, and long-term debt with its current portion; no leases, no pensions.
    pub debt: Decimal,
    /// Debt less cash and equivalents.
    pub net_debt: Decimal,
}

impl BalanceSheet {
    /// The lines of a ledger.
    ///
    /// # Formula
    /// ```text
    /// A = CA + NCA;  L = CL + NCL;  imbalance = A - L - E;  working capital = CA - CL
    /// debt = short-term + current portion + long-term;  net debt = debt - cash
    /// ```
    ///
    /// # Errors
    /// [`Error::DecimalRange`]
    ///
    /// Source: IAS 1 Presentation of Financial Statements, paragraphs 54 and 60; IFRS for the roles' names.
    pub fn of(ledger: &Ledger<BalanceSection>) -> Result<Self, Error> {
        let (current_assets, non_current_assets) =
            (ledger.section(CurrentAssets)?, ledger.section(NonCurrentAssets)?);
        let current_liabilities = ledger.section(CurrentLiabilities)?;
        let non_current_liabilities = ledger.section(NonCurrentLiabilities)?;
        let assets = sum(&[current_assets, non_current_assets])?;
        let liabilities = sum(&[current_liabilities, non_current_liabilities])?;
        let equity = ledger.section(Equity)?;
        let debt = ledger.of(&["short_term_debt", "current_portion_long_term_debt", "long_term_debt"])?;
        Ok(Self {
            current_assets,
            non_current_assets,
            assets,
            current_liabilities,
            non_current_liabilities,
            liabilities,
            equity,
            imbalance: assets.minus(liabilities)?.minus(equity)?,
            working_capital: current_assets.minus(current_liabilities)?,
            quick_assets: current_assets.minus(ledger.of(&["inventory"])?)?,
            debt,
            net_debt: debt.minus(ledger.of(&["cash_and_equivalents"])?)?,
        })
    }
}
