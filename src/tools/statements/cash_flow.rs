//! A cash flow statement from its lines.

use super::{Section, currency, dollars, exact, ledger, quotient};
use crate::math::finance::statements::{self, CASH_ROLES, CashSection};
use crate::toolkit::{Context, Error, Example, Literal, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CashFlow;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    /// Label.
    #[schemars(length(max = 200))]
    entity: String,
    /// Label.
    #[schemars(length(max = 200))]
    period: String,
    /// What goes out is negative [currency].
    cash_flows: Flows,
    /// ISO 4217.
    #[serde(default = "dollars")]
    currency: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Flows {
    /// Operating.
    #[schemars(extend("default" = 0))]
    net_income: Option<Literal>,
    /// Operating.
    #[schemars(extend("default" = 0))]
    depreciation_amortization: Option<Literal>,
    /// Operating.
    #[schemars(extend("default" = 0))]
    stock_based_compensation: Option<Literal>,
    /// A rise is negative.
    #[schemars(extend("default" = 0))]
    change_in_receivables: Option<Literal>,
    /// A rise is negative.
    #[schemars(extend("default" = 0))]
    change_in_inventory: Option<Literal>,
    /// A rise is positive.
    #[schemars(extend("default" = 0))]
    change_in_payables: Option<Literal>,
    /// Negative.
    #[schemars(extend("default" = 0, "maximum" = 0))]
    capital_expenditures: Option<Literal>,
    /// Negative.
    #[schemars(extend("default" = 0))]
    acquisitions: Option<Literal>,
    /// Positive.
    #[schemars(extend("default" = 0))]
    asset_sales: Option<Literal>,
    /// Positive.
    #[schemars(extend("default" = 0))]
    debt_issuance: Option<Literal>,
    /// Negative.
    #[schemars(extend("default" = 0, "maximum" = 0))]
    debt_repayment: Option<Literal>,
    /// Positive.
    #[schemars(extend("default" = 0))]
    equity_issuance: Option<Literal>,
    /// Negative.
    #[schemars(extend("default" = 0, "maximum" = 0))]
    dividends_paid: Option<Literal>,
    /// Signed.
    #[schemars(extend("default" = 0))]
    other_operating: Option<Literal>,
    /// Signed.
    #[schemars(extend("default" = 0))]
    other_investing: Option<Literal>,
    /// Signed.
    #[schemars(extend("default" = 0))]
    other_financing: Option<Literal>,
}

impl Flows {
    /// In the order of the roles of the statement.
    fn lines(&self) -> [&Option<Literal>; 16] {
        [
            &self.net_income,
            &self.depreciation_amortization,
            &self.stock_based_compensation,
            &self.change_in_receivables,
            &self.change_in_inventory,
            &self.change_in_payables,
            &self.capital_expenditures,
            &self.acquisitions,
            &self.asset_sales,
            &self.debt_issuance,
            &self.debt_repayment,
            &self.equity_issuance,
            &self.dividends_paid,
            &self.other_operating,
            &self.other_investing,
            &self.other_financing,
        ]
    }
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
    /// [currency]
    operating_cash_flow: f64,
    /// [currency]
    investing_cash_flow: f64,
    /// [currency]
    financing_cash_flow: f64,
    /// The sum of the three [currency].
    net_change_in_cash: f64,
    /// operatingCashFlow and the negative capital_expenditures [currency].
    free_cash_flow: f64,
    /// operatingCashFlow / net_income; null without positive income [decimal].
    cash_conversion: Option<f64>,
    /// Those with lines.
    sections: Vec<Section>,
}

const TITLES: [(CashSection, &str); 3] = [
    (CashSection::Operating, "operating"),
    (CashSection::Investing, "investing"),
    (CashSection::Financing, "financing"),
];

impl Tool for CashFlow {
    const NAME: &'static str = "create_cash_flow_statement";
    const TITLE: &'static str = "Indirect cash flow statement";
    const DESCRIPTION: &'static str = "Cash flow statement by the indirect method, with free cash flow, in exact decimals. Outflows are negative, capital expenditures too.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"entity": "Mill", "period": "2025", "cash_flows": {"net_income": 210, "depreciation_amortization": 100,
            "change_in_receivables": -30, "change_in_inventory": -20, "change_in_payables": 40, "capital_expenditures": -150,
            "debt_repayment": -50, "dividends_paid": -60}}"#,
        expect: r#"{"operatingCashFlow": 300, "investingCashFlow": -150, "financingCashFlow": -110, "netChangeInCash": 40,
            "freeCashFlow": 150, "cashConversion": 1.4285714285714286, "currency": "USD"}"#,
        tolerance: 1e-15,
        source: "by hand: 210 + 100 - 30 - 20 + 40 = 300; 300 - 150 - 110 = 40; 300 / 210 = 10 / 7",
    }];
    const FORMULA: &'static str = "\
        Plain signed sums of cash_flows, exact decimals, a line left out being 0; entity and period are labels\n\
        netChangeInCash = operatingCashFlow + investingCashFlow + financingCashFlow; freeCashFlow = operatingCashFlow + capital_expenditures\n\
        Source: IAS 7 Statement of Cash Flows, paragraphs 10, 18 (b) and 20";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let mut rows = vec![];
        for ((role, _), written) in CASH_ROLES.iter().zip(args.cash_flows.lines()) {
            if let Some(written) = written {
                rows.push((role.replace('_', " "), *role, exact(written, format!("cash_flows.{role}"))?));
            }
        }
        if rows.is_empty() {
            return Err(Error::at("cash_flows", "is empty; wanted: at least one line, such as net_income"));
        }
        let (ledger, sections) = ledger(&CASH_ROLES, &TITLES, rows.into_iter())?;
        let lines = statements::CashFlow::of(&ledger)?;
        let earned = lines.net_income.units() > 0;
        let conversion = quotient(lines.operating, lines.net_income, "cash conversion")?;
        Ok(Output {
            entity: args.entity,
            period: args.period,
            currency: currency(&args.currency)?,
            operating_cash_flow: lines.operating.to_f64(),
            investing_cash_flow: lines.investing.to_f64(),
            financing_cash_flow: lines.financing.to_f64(),
            net_change_in_cash: lines.net_change.to_f64(),
            free_cash_flow: lines.free.to_f64(),
            cash_conversion: conversion.filter(|_| earned),
            sections,
        })
    }
}
