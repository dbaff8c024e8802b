//! Money: rounding to payable amounts, splitting without losing a cent; exact decimals throughout.

mod allocate_money;
mod round_money;

use crate::math::decimal::Decimal;
use crate::math::finance::money;
use crate::toolkit::{Entry, Error, Family, Literal, names};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "money",
    title: "Money",
    description: "Rounding to currency units in any mode, cash rounding, splitting an amount without losing a cent.",
    tools: &[Entry::of::<round_money::RoundMoney>(), Entry::of::<allocate_money::AllocateMoney>()],
};

/// The number exactly as it was written.
fn exact(written: &Literal, path: impl Into<String>) -> Result<Decimal, Error> {
    Decimal::parse(written.text()).map_err(|e| Error::at(path, e.to_string()))
}

/// All numbers of a list exactly as they were written.
fn exact_list(written: &[Literal], path: &str) -> Result<Vec<Decimal>, Error> {
    written.iter().enumerate().map(|(i, written)| exact(written, format!("{path}[{i}]"))).collect()
}

/// Decimals of the unit to be paid in: those of the currency, the given ones, or 2.
fn minor_unit(currency: Option<&str>, decimals: Option<u32>) -> Result<u32, Error> {
    match (currency, decimals) {
        (Some(_), Some(_)) => Err(Error::at("decimals", "give either currency or decimals, not both")),
        (Some(code), None) => currency_decimals(code),
        (None, decimals) => Ok(decimals.unwrap_or(2)),
    }
}

fn currency_decimals(code: &str) -> Result<u32, Error> {
    let at = |message: String| Error::at("currency", format!("{code:?} {message}"));
    match money::minor_unit(code) {
        Ok(Some(decimals)) => Ok(decimals),
        Ok(None) => Err(at("has no minor unit in ISO 4217; give decimals instead".into())),
        Err(e) => {
            let near = names::nearest(&code.to_uppercase(), money::codes());
            let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            Err(at(format!("{e}{hint}")))
        }
    }
}
