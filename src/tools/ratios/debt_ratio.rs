//! Debt over assets.

use super::grade;
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct DebtRatio;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Interest-bearing debt, or all liabilities [currency].
    #[schemars(range(min = 0))]
    total_debt: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    total_assets: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// totalDebt / totalAssets [decimal].
    debt_ratio: f64,
    /// 1 - debtRatio; equals equity / assets only if totalDebt means all liabilities [decimal].
    equity_ratio: f64,
    /// Below 0.3, 0.5, 0.7: conservative, moderate, high; from there on: veryHigh.
    assessment: Assessment,
}

/// By the bounds that lenders commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Conservative,
    Moderate,
    High,
    VeryHigh,
}

impl Tool for DebtRatio {
    const NAME: &'static str = "calculate_debt_ratio";
    const TITLE: &'static str = "Debt ratio";
    const DESCRIPTION: &'static str = "Debt over total assets. equityRatio is what is left of 1, and is equity over assets only when totalDebt \
        holds all liabilities, payables and provisions too.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"totalDebt": 128235, "totalAssets": 321075}"#,
            expect: r#"{"debtRatio": 0.399392665265124971, "equityRatio": 0.600607334734875029, "assessment": "moderate"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2009 (total debt ratio 0.40); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"totalDebt": 250000, "totalAssets": 150000}"#,
            expect: r#"{"debtRatio": 1.66666666666666667, "equityRatio": -0.666666666666666667, "assessment": "veryHigh"}"#,
            tolerance: 1e-15,
            source: "OpenStax, Principles of Finance (2022), chapter 6, problem 5; by hand: 5 / 3",
        },
    ];
    const FORMULA: &'static str = "\
        debtRatio = totalDebt / totalAssets; equityRatio = (totalAssets - totalDebt) / totalAssets\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.4";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let (debt, assets) = (args.total_debt, args.total_assets);
        let debt_ratio = ratios::ratio(debt, assets, "debt ratio")?;
        let equity_ratio = ratios::ratio(assets - debt, assets, "equity ratio")?;
        if debt > assets {
            cx.warn("the debt exceeds the assets: equityRatio is negative");
        }
        let assessment = grade(
            debt_ratio,
            [(0.7, Assessment::VeryHigh), (0.5, Assessment::High), (0.3, Assessment::Moderate)],
            Assessment::Conservative,
        );
        Ok(Output { debt_ratio, equity_ratio, assessment })
    }
}
