//! Financial statements checked against each other.

use super::{exact, quotient};
use crate::math::decimal::{Decimal, sum};
use crate::math::finance::credit::reaches;
use crate::math::finance::statements::ties;
use crate::toolkit::{Context, Error, Example, Literal, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Validate;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    balance_sheet: Option<Sheet>,
    /// [currency]
    income_statement: Option<Income>,
    /// [currency]
    cash_flow: Option<Cash>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Sheet {
    /// [currency]
    total_assets: Literal,
    /// [currency]
    total_liabilities: Literal,
    /// [currency]
    total_equity: Literal,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Income {
    /// For the margin.
    total_revenue: Option<Literal>,
    /// [currency]
    net_income: Literal,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Cash {
    /// [currency]
    operating_cf: Literal,
    /// For the change in cash.
    investing_cf: Option<Literal>,
    /// For the change in cash.
    financing_cf: Option<Literal>,
    /// With closing_cash, to tie the flows.
    opening_cash: Option<Literal>,
    /// With opening_cash.
    closing_cash: Option<Literal>,
    /// That the flows start from, to tie it.
    net_income: Option<Literal>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// issues when there is one; a warning alone changes nothing.
    status: Status,
    /// What was tested, and nothing else.
    checks: Vec<Check>,
    /// What does not fit together.
    issues: Vec<String>,
}

/// Whether anything does not fit.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    Valid,
    Issues,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Check {
    /// What was tested.
    check: Kind,
    /// Whether it holds.
    passed: bool,
    /// Imbalance, net margin, cash conversion or difference [currency or decimal].
    value: Option<f64>,
}

/// The tests.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Kind {
    BalanceSheetBalances,
    NetMargin,
    CashConversion,
    CashReconciles,
    NetIncomeTies,
}

impl Tool for Validate {
    const NAME: &'static str = "validate_financial_statements";
    const TITLE: &'static str = "Statement consistency checks";
    const DESCRIPTION: &'static str = "Checks that a balance sheet balances, flows explain the change in cash and net income ties, and warns of odd margins or cash conversion; tests only what is given.";
    const EXAMPLES: &'static [Example] = &[Example {
        arguments: r#"{"balance_sheet": {"total_assets": 1000, "total_liabilities": 600, "total_equity": 390},
            "income_statement": {"total_revenue": 500, "net_income": 50}, "cash_flow": {"operating_cf": 20, "investing_cf": -30,
            "financing_cf": 15, "opening_cash": 100, "closing_cash": 105, "net_income": 50}}"#,
        expect: r#"{"status": "issues", "checks": [{"check": "balanceSheetBalances", "passed": false, "value": 10},
            {"check": "netMargin", "passed": true, "value": 0.1}, {"check": "cashConversion", "passed": false, "value": 0.4},
            {"check": "cashReconciles", "passed": true, "value": 0}, {"check": "netIncomeTies", "passed": true, "value": 0}]}"#,
        tolerance: 0.0,
        source: "by hand: 1000 - 600 - 390; 50 / 500; 20 / 50; 20 - 30 + 15 = 105 - 100",
    }];
    const FORMULA: &'static str = "\
        balanceSheetBalances: |total_assets - total_liabilities - total_equity| < 0.01; netMargin: -0.5 to 0.5; cashConversion: 0.5 or more\n\
        cashReconciles: operating_cf + investing_cf + financing_cf = closing_cash - opening_cash; netIncomeTies: both statements' net_income\n\
        Source: IAS 1, IAS 7 paragraph 45; the bounds of margin and conversion are rules of thumb";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let mut report = Report::default();
        if args.balance_sheet.is_none() && args.income_statement.is_none() && args.cash_flow.is_none() {
            return Err(Error::at(
                "balance_sheet",
                "no statement was given; wanted: at least one of balance_sheet, income_statement, cash_flow",
            ));
        }
        if let Some(sheet) = &args.balance_sheet {
            report.balances(sheet)?;
        }
        let earned = args.income_statement.as_ref();
        let earned =
            earned.map(|income| exact(&income.net_income, "income_statement.net_income")).transpose()?;
        if let (Some(income), Some(earned)) = (&args.income_statement, earned) {
            report.margin(income, earned, cx)?;
        }
        if let Some(cash) = &args.cash_flow {
            report.conversion(cash, earned, cx)?;
            report.reconciles(cash)?;
            report.income_ties(cash, earned)?;
        }
        if report.checks.is_empty() {
            cx.warn("nothing could be tested: the figures given belong to no check");
        }
        let status = if report.issues.is_empty() { Status::Valid } else { Status::Issues };
        Ok(Output { status, checks: report.checks, issues: report.issues })
    }
}

#[derive(Default)]
struct Report {
    checks: Vec<Check>,
    issues: Vec<String>,
}

impl Report {
    fn add(&mut self, check: Kind, passed: bool, value: f64) {
        self.checks.push(Check { check, passed, value: Some(value) });
    }

    /// A difference that should be nothing.
    fn tie(&mut self, check: Kind, difference: Decimal, issue: impl FnOnce() -> String) {
        self.add(check, ties(difference), difference.to_f64());
        if !ties(difference) {
            self.issues.push(issue());
        }
    }

    fn balances(&mut self, sheet: &Sheet) -> Result<(), Error> {
        let assets = exact(&sheet.total_assets, "balance_sheet.total_assets")?;
        let liabilities = exact(&sheet.total_liabilities, "balance_sheet.total_liabilities")?;
        let equity = exact(&sheet.total_equity, "balance_sheet.total_equity")?;
        let gap = assets.minus(liabilities)?.minus(equity)?;
        self.tie(Kind::BalanceSheetBalances, gap, || {
            format!(
                "the balance sheet does not balance: assets {assets} less liabilities {liabilities} less equity {equity} leave {gap}"
            )
        });
        Ok(())
    }

    fn margin(&mut self, income: &Income, earned: Decimal, cx: &Context) -> Result<(), Error> {
        let Some(revenue) = &income.total_revenue else { return Ok(()) };
        let revenue = exact(revenue, "income_statement.total_revenue")?;
        if let Some(margin) = quotient(earned, revenue, "net margin")? {
            let usual = reaches(0.5, margin.abs());
            self.add(Kind::NetMargin, usual, margin);
            if !usual {
                cx.warn(format!(
                    "the net margin is {margin}, outside -0.5 to 0.5: look for a wrong sign or unit"
                ));
            }
        }
        Ok(())
    }

    fn conversion(&mut self, cash: &Cash, earned: Option<Decimal>, cx: &Context) -> Result<(), Error> {
        let Some(earned) = earned.filter(|earned| earned.units() > 0) else { return Ok(()) };
        let operating = exact(&cash.operating_cf, "cash_flow.operating_cf")?;
        if let Some(part) = quotient(operating, earned, "cash conversion")? {
            let enough = reaches(part, 0.5);
            self.add(Kind::CashConversion, enough, part);
            if !enough {
                cx.warn(format!(
                    "operating cash flow is {part} of net income, below 0.5: earnings may not be cash"
                ));
            }
        }
        Ok(())
    }

    fn reconciles(&mut self, cash: &Cash) -> Result<(), Error> {
        let (opening, closing) = match (&cash.opening_cash, &cash.closing_cash) {
            (None, None) => return Ok(()),
            (Some(opening), Some(closing)) => (opening, closing),
            (None, _) => {
                return Err(Error::at(
                    "cash_flow.opening_cash",
                    "missing; wanted: both or neither of opening_cash and closing_cash",
                ));
            }
            (_, None) => {
                return Err(Error::at(
                    "cash_flow.closing_cash",
                    "missing; wanted: both or neither of opening_cash and closing_cash",
                ));
            }
        };
        let needed = |written: &Option<Literal>, name: &str| match written {
            Some(written) => exact(written, format!("cash_flow.{name}")),
            None => Err(Error::at(
                format!("cash_flow.{name}"),
                "missing; wanted with opening_cash and closing_cash; 0 where there is none",
            )),
        };
        let flows = sum(&[
            exact(&cash.operating_cf, "cash_flow.operating_cf")?,
            needed(&cash.investing_cf, "investing_cf")?,
            needed(&cash.financing_cf, "financing_cf")?,
        ])?;
        let change =
            exact(closing, "cash_flow.closing_cash")?.minus(exact(opening, "cash_flow.opening_cash")?)?;
        let gap = flows.minus(change)?;
        self.tie(Kind::CashReconciles, gap, || {
            format!("the cash flows come to {flows}, but cash changed by {change}: {gap} is not explained")
        });
        Ok(())
    }

    fn income_ties(&mut self, cash: &Cash, earned: Option<Decimal>) -> Result<(), Error> {
        let (Some(written), Some(earned)) = (&cash.net_income, earned) else { return Ok(()) };
        let start = exact(written, "cash_flow.net_income")?;
        let gap = start.minus(earned)?;
        self.tie(Kind::NetIncomeTies, gap, || {
            format!("the cash flow statement starts from a net income of {start}, the income statement has {earned}: {gap} apart")
        });
        Ok(())
    }
}
