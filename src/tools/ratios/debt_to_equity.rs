//! Liabilities over equity.

use super::grade;
use crate::math::finance::ratios::ratio;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DebtToEquity;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// All liabilities, operating ones too [currency].
    #[schemars(range(min = 0))]
    total_liabilities: f64,
    /// Book value [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    shareholder_equity: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// totalLiabilities / shareholderEquity [x].
    debt_to_equity: f64,
    /// totalLiabilities + shareholderEquity [currency].
    total_capital: f64,
    /// totalLiabilities / totalCapital, operating liabilities included [decimal].
    debt_share: f64,
    /// shareholderEquity / totalCapital [decimal].
    equity_share: f64,
    /// Below 0.5, 1, 2: conservative, balanced, moderate; from there on: high.
    assessment: Assessment,
}

/// By the bounds that lenders commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Conservative,
    Balanced,
    Moderate,
    High,
}

impl Tool for DebtToEquity {
    const NAME: &'static str = "calculate_debt_to_equity";
    const TITLE: &'static str = "Debt-to-equity";
    const DESCRIPTION: &'static str = "Total liabilities over book equity. Operating liabilities count too; for financial leverage alone give \
        interest-bearing debt as totalLiabilities, and read debtShare accordingly.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"totalLiabilities": 128235, "shareholderEquity": 192840}"#,
            expect: r#"{"debtToEquity": 0.664981331673926571, "totalCapital": 321075, "debtShare": 0.399392665265124971, "equityShare": 0.600607334734875029, "assessment": "balanced"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2009 (0.66 times); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"totalLiabilities": 200000, "shareholderEquity": 300000}"#,
            expect: r#"{"debtToEquity": 0.666666666666666667, "totalCapital": 500000, "debtShare": 0.4, "equityShare": 0.6}"#,
            tolerance: 1e-15,
            source: "OpenStax, Principles of Finance (2022), chapter 6, problem 6; by hand: 2 / 3",
        },
    ];
    const FORMULA: &'static str = "\
        debtToEquity = totalLiabilities / shareholderEquity; totalCapital = totalLiabilities + shareholderEquity\n\
        debtShare = totalLiabilities / totalCapital; equityShare = shareholderEquity / totalCapital\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.4";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let (liabilities, equity) = (args.total_liabilities, args.shareholder_equity);
        let debt_to_equity = ratio(liabilities, equity, "debt-to-equity ratio")?;
        let total_capital = held(liabilities + equity, "total capital")?;
        let assessment = grade(
            debt_to_equity,
            [(2.0, Assessment::High), (1.0, Assessment::Moderate), (0.5, Assessment::Balanced)],
            Assessment::Conservative,
        );
        Ok(Output {
            debt_to_equity,
            total_capital,
            debt_share: ratio(liabilities, total_capital, "share of debt")?,
            equity_share: ratio(equity, total_capital, "share of equity")?,
            assessment,
        })
    }
}
