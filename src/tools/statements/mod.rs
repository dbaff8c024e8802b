//! Financial statements: made from accounts, checked against each other, and read for ratios and trends.

mod balance_sheet;
mod cap_table;
mod cash_flow;
mod income;
mod lease_or_buy;
mod ratios;
mod trends;
mod validate;

use crate::math::decimal::Decimal;
use crate::math::finance::money;
use crate::math::finance::statements::{Chart, Ledger};
use crate::toolkit::{Entry, Error, Family, Literal, Problem, names};
use crate::tools::shared::ratio;
use schemars::JsonSchema;
use serde::Serialize;

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "statements",
    title: "Financial statements",
    description: "Income statements, balance sheets and cash flow statements from accounts, checks, ratios, trends, leasing or buying, cap tables.",
    tools: &[
        Entry::of::<trends::Trends>(),
        Entry::of::<income::Income>(),
        Entry::of::<balance_sheet::BalanceSheet>(),
        Entry::of::<cash_flow::CashFlow>(),
        Entry::of::<validate::Validate>(),
        Entry::of::<lease_or_buy::LeaseOrBuy>(),
        Entry::of::<ratios::Ratios>(),
        Entry::of::<cap_table::CapTable>(),
    ],
};

/// The accounts of one section.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Section {
    /// Its name.
    section: &'static str,
    /// In the order of the call.
    accounts: Vec<Line>,
    /// Their sum [currency].
    subtotal: f64,
}

#[derive(Serialize, JsonSchema, Clone)]
#[serde(rename_all = "camelCase")]
struct Line {
    /// As given.
    name: String,
    /// Its role.
    role: String,
    /// As given [currency].
    value: f64,
}

/// The number exactly as it was written.
fn exact(written: &Literal, path: impl Into<String>) -> Result<Decimal, Error> {
    Decimal::parse(written.text()).map_err(|e| Error::at(path, e.to_string()))
}

/// A ledger of accounts, and its sections that are not empty, in the order of `titles`.
fn ledger<'a, S: Copy + PartialEq>(
    chart: &'static Chart<S>,
    titles: &[(S, &'static str)],
    accounts: impl Iterator<Item = (String, &'a str, Decimal)>,
) -> Result<(Ledger<S>, Vec<Section>), Error> {
    let mut ledger = Ledger::new(chart);
    let mut lines = vec![];
    for (name, role, amount) in accounts {
        let section = ledger.enter(role, amount)?;
        lines.push((section, Line { name, role: role.to_owned(), value: amount.to_f64() }));
    }
    let mut sections = vec![];
    for (section, title) in titles {
        let accounts: Vec<Line> =
            lines.iter().filter(|(of, _)| of == section).map(|(_, line)| line.clone()).collect();
        if !accounts.is_empty() {
            sections.push(Section { section: title, accounts, subtotal: ledger.section(*section)?.to_f64() });
        }
    }
    Ok((ledger, sections))
}

/// Refuses names of nothing but spaces.
fn named<'a>(names: impl Iterator<Item = &'a str>, path: &str, field: &str) -> Result<(), Error> {
    let blank = names.enumerate().filter(|(_, name)| name.trim().is_empty());
    let problem = |(i, _)| Problem::new(format!("{path}[{i}].{field}"), "is blank; wanted: a name");
    let problems: Vec<Problem> = blank.map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Arguments(problems)) }
}

/// A currency code in force, in capitals.
fn currency(code: &str) -> Result<String, Error> {
    let upper = code.trim().to_uppercase();
    if money::minor_unit(&upper).is_ok() {
        return Ok(upper);
    }
    let near = names::nearest(&upper, money::codes());
    let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    Err(Error::at("currency", format!("{code:?} is no currency code of ISO 4217 in force{hint}")))
}

fn dollars() -> String {
    "USD".into()
}

/// A quotient of exact amounts; null where the denominator is zero.
fn quotient(part: Decimal, whole: Decimal, name: &'static str) -> Result<Option<f64>, Error> {
    ratio(Some(part.to_f64()), Some(whole.to_f64()), name)
}
