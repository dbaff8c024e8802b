//! The cash flow statement, indirect method.

use super::Ledger;
use crate::math::Error;
use crate::math::decimal::{Decimal, sum};

/// Which activity moves the cash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CashSection {
    /// The business itself.
    Operating,
    /// Buying and selling assets.
    Investing,
    /// Owners and lenders.
    Financing,
}

use CashSection::{Financing, Investing, Operating};

/// Roles of cash flow lines; what goes out is negative.
pub const CASH_ROLES: [(&str, CashSection); 16] = [
    ("net_income", Operating),
    ("depreciation_amortization", Operating),
    ("stock_based_compensation", Operating),
    ("change_in_receivables", Operating),
    ("change_in_inventory", Operating),
    ("change_in_payables", Operating),
    ("capital_expenditures", Investing),
    ("acquisitions", Investing),
    ("asset_sales", Investing),
    ("debt_issuance", Financing),
    ("debt_repayment", Financing),
    ("equity_issuance", Financing),
    ("dividends_paid", Financing),
    ("other_operating", Operating),
    ("other_investing", Investing),
    ("other_financing", Financing),
];

/// The lines of a cash flow statement, exact, in one currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CashFlow {
    /// From operations.
    pub operating: Decimal,
    /// From investing.
    pub investing: Decimal,
    /// From financing.
    pub financing: Decimal,
    /// All three: the change in cash.
    pub net_change: Decimal,
    /// Operating flow and capital expenditure.
    pub free: Decimal,
    /// The net income it starts from.
    pub net_income: Decimal,
}

impl CashFlow {
    /// The lines of a ledger.
    ///
    /// # Formula
    /// ```text
    /// net change = operating + investing + financing;  free = operating + capital expenditure (negative)
    /// ```
    ///
    /// # Errors
    /// [`Error::DecimalRange`]
    ///
    /// Source: IAS 7 Statement of Cash Flows, paragraphs 10, 18 (b) and 20.
    pub fn of(ledger: &Ledger<CashSection>) -> Result<Self, Error> {
        let (operating, investing) = (ledger.section(Operating)?, ledger.section(Investing)?);
        let financing = ledger.section(Financing)?;
        Ok(Self {
            operating,
            investing,
            financing,
            net_change: sum(&[operating, investing, financing])?,
            free: operating.plus(ledger.of(&["capital_expenditures"])?)?,
            net_income: ledger.of(&["net_income"])?,
        })
    }
}
