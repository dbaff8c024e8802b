//! Who gets what when a company is sold.

use super::finite;
use crate::math::finance::venture::Preferred;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Waterfall;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(range(min = 0))]
    exit_proceeds: f64,
    /// [currency]
    #[schemars(range(min = 0))]
    preferred_investment: f64,
    /// Preference, 1 for 1x [multiple].
    #[schemars(range(min = 0))]
    liquidation_multiple: f64,
    /// Shares in the rest too.
    participating: bool,
    /// 1 less preferredOwnership [decimal].
    #[schemars(range(min = 0, max = 1))]
    common_ownership: f64,
    /// As converted [decimal].
    #[schemars(range(min = 0, max = 1))]
    preferred_ownership: f64,
    /// Most without converting [multiple].
    #[schemars(range(min = 0))]
    participation_cap: Option<f64>,
    /// Paid first [currency].
    #[serde(default)]
    #[schemars(range(min = 0))]
    senior_debt: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// To preferred stock [currency].
    preferred_payout: f64,
    /// To common stock [currency].
    common_payout: f64,
    /// preferredPayout / exitProceeds; null without proceeds [decimal].
    preferred_share: Option<f64>,
    /// commonPayout / exitProceeds; null without proceeds [decimal].
    common_share: Option<f64>,
    /// preferredPayout / preferredInvestment; null without investment [x].
    preferred_multiple: Option<f64>,
    /// To all: the proceeds [currency].
    total_distributed: f64,
    /// Whether preferred gave up its preference; null for participating stock without a cap.
    converted: Option<bool>,
    /// To seniorDebt [currency].
    debt_payout: f64,
}

impl Tool for Waterfall {
    const NAME: &'static str = "run_liquidation_waterfall";
    const TITLE: &'static str = "Two-class liquidation waterfall";
    const DESCRIPTION: &'static str = "Splits sale proceeds between debt, preferred (participating, capped or not, converting where better) and common stock.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"exitProceeds": 30000000, "preferredInvestment": 10000000, "liquidationMultiple": 1, "participating": true,
                "commonOwnership": 0.6, "preferredOwnership": 0.4}"#,
            expect: r#"{"preferredPayout": 18000000, "commonPayout": 12000000, "preferredShare": 0.6, "commonShare": 0.4,
                "preferredMultiple": 1.8, "totalDistributed": 30000000, "converted": null, "debtPayout": 0}"#,
            tolerance: 1e-15,
            source: "by hand: 10 + 0.4 · 20 = 18",
        },
        Example {
            arguments: r#"{"exitProceeds": 50000000, "preferredInvestment": 10000000, "liquidationMultiple": 1, "participating": true,
                "commonOwnership": 0.6, "preferredOwnership": 0.4, "participationCap": 2, "seniorDebt": 5000000}"#,
            expect: r#"{"preferredPayout": 20000000, "commonPayout": 25000000, "debtPayout": 5000000, "converted": false,
                "totalDistributed": 50000000}"#,
            tolerance: 1e-15,
            source: "by hand: of 45, 10 + 0.4 · 35 = 24 is capped at 20, and 0.4 · 45 = 18 as common is less",
        },
    ];
    const FORMULA: &'static str = "\
        pref = preferredInvestment * liquidationMultiple; X = exitProceeds less debt; w = preferredOwnership = 1 - commonOwnership\n\
        participating false: the larger of min(pref, X) and w X; true: min(pref, X) + w max(0, X - pref)\n\
        capped: at most participationCap * preferredInvestment, or w X where that is more; common gets the rest\n\
        Source: National Venture Capital Association, model term sheet, «Liquidation Preference», alternatives 1-3";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        check(&args)?;
        let proceeds = args.exit_proceeds;
        let debt = args.senior_debt.min(proceeds);
        let left = proceeds - debt;
        let preferred = Preferred {
            investment: args.preferred_investment,
            multiple: args.liquidation_multiple,
            participating: args.participating,
            cap: args.participation_cap,
            ownership: args.preferred_ownership,
        };
        let payout = preferred.payout(left)?;
        let common = left - payout.preferred;
        let share = |part: f64| (proceeds > 0.0).then(|| part / proceeds);
        let multiple = if args.preferred_investment > 0.0 {
            Some(payout.preferred / args.preferred_investment)
        } else {
            None
        };
        Ok(Output {
            preferred_payout: payout.preferred,
            common_payout: common,
            preferred_share: share(payout.preferred),
            common_share: share(common),
            preferred_multiple: multiple.map(|multiple| finite(multiple, "multiple")).transpose()?,
            total_distributed: debt + payout.preferred + common,
            converted: (!args.participating || args.participation_cap.is_some()).then_some(payout.converted),
            debt_payout: debt,
        })
    }
}

/// The rules across arguments.
fn check(args: &Args) -> Result<(), Error> {
    let sum = args.common_ownership + args.preferred_ownership;
    if (sum - 1.0).abs() > 1e-9 {
        let wanted = 1.0 - args.preferred_ownership;
        let got = args.common_ownership;
        let message =
            format!("got {got}; wanted: {wanted}, so that it and preferredOwnership sum to 1 (now {sum})");
        return Err(Error::at("commonOwnership", message));
    }
    match args.participation_cap {
        Some(_) if !args.participating => Err(Error::at(
            "participationCap",
            "given for stock that does not participate; wanted: participating true",
        )),
        Some(cap) if cap < args.liquidation_multiple => {
            let least = args.liquidation_multiple;
            Err(Error::at(
                "participationCap",
                format!("got {cap}; wanted: at least liquidationMultiple, {least}"),
            ))
        }
        _ => Ok(()),
    }
}
