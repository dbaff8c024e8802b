//! Cash over current liabilities.

use super::grade;
use crate::math::finance::ratios::ratio;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct CashRatio;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(range(min = 0))]
    cash_and_equivalents: f64,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    current_liabilities: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// cashAndEquivalents / currentLiabilities [x].
    cash_ratio: f64,
    /// 100 · cashRatio [percent].
    coverage_percent: f64,
    /// From 0.5, 0.3, 0.1 on: veryStrong, strong, adequate; below: low.
    assessment: Assessment,
}

/// By the bounds that lenders commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    VeryStrong,
    Strong,
    Adequate,
    Low,
}

impl Tool for CashRatio {
    const NAME: &'static str = "calculate_cash_ratio";
    const TITLE: &'static str = "Cash ratio";
    const DESCRIPTION: &'static str =
        "Cash and cash equivalents over current liabilities: what could be paid today.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"cashAndEquivalents": 22050, "currentLiabilities": 43235}"#,
            expect: r#"{"cashRatio": 0.51000346941135654, "coveragePercent": 51.000346941135654, "assessment": "veryStrong"}"#,
            tolerance: 1e-15,
            source: "S. A. Ross, R. W. Westerfield, B. D. Jordan, Fundamentals of Corporate Finance, \
                chapter 3, Smolira Golf in 2009 (0.51 times); further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"cashAndEquivalents": 29965, "currentLiabilities": 145308}"#,
            expect: r#"{"cashRatio": 0.206217138767308063, "assessment": "adequate"}"#,
            tolerance: 1e-15,
            source: "Apple Inc., form 10-K for fiscal 2023, balance sheet, millions; division by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        cashRatio = cashAndEquivalents / currentLiabilities; coveragePercent = 100 * cashRatio\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let cash_ratio = ratio(args.cash_and_equivalents, args.current_liabilities, "cash ratio")?;
        let coverage_percent = held(100.0 * cash_ratio, "coverage in percent")?;
        let assessment = grade(
            cash_ratio,
            [(0.5, Assessment::VeryStrong), (0.3, Assessment::Strong), (0.1, Assessment::Adequate)],
            Assessment::Low,
        );
        Ok(Output { cash_ratio, coverage_percent, assessment })
    }
}
