//! Sales over average assets.

use super::grade;
use crate::math::finance::ratios;
use crate::toolkit::{Context, Error, Example, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct AssetTurnover;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Of one year, less returns [currency].
    #[schemars(range(min = 0))]
    net_sales: f64,
    /// (opening + closing) / 2 [currency].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    average_total_assets: f64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// netSales / averageTotalAssets [x].
    asset_turnover: f64,
    /// From 2, 1, 0.5 on: excellent, good, moderate; below: low.
    assessment: Assessment,
}

/// By the bounds that lenders and analysts commonly use; none holds for every trade.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Assessment {
    Excellent,
    Good,
    Moderate,
    Low,
}

impl Tool for AssetTurnover {
    const NAME: &'static str = "calculate_asset_turnover";
    const TITLE: &'static str = "Asset turnover";
    const DESCRIPTION: &'static str = "Sales over average total assets. The caller averages the assets, (opening + closing) / 2; negative sales \
        are refused.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"netSales": 4200, "averageTotalAssets": 2182.5}"#,
            expect: r#"{"assetTurnover": 1.92439862542955326, "assessment": "good"}"#,
            tolerance: 1e-15,
            source: "by hand from averages of 2255 and 2110: 4200 / 2182.5 = 1.924; further digits by mpmath 1.4.1",
        },
        Example {
            arguments: r#"{"netSales": 383285, "averageTotalAssets": 352669}"#,
            expect: r#"{"assetTurnover": 1.08681228006998063}"#,
            tolerance: 1e-15,
            source: "Apple Inc., form 10-K for fiscal 2023, net sales and the mean of two balance sheets, millions; \
                division by mpmath 1.4.1",
        },
    ];
    const FORMULA: &'static str = "\
        assetTurnover = netSales / averageTotalAssets\n\
        Source: T. R. Robinson et al., International Financial Statement Analysis, 3rd ed. (2015), chapter 7, section 4.2";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, _: &Context) -> Result<Output, Error> {
        let asset_turnover = ratios::ratio(args.net_sales, args.average_total_assets, "asset turnover")?;
        let assessment = grade(
            asset_turnover,
            [(2.0, Assessment::Excellent), (1.0, Assessment::Good), (0.5, Assessment::Moderate)],
            Assessment::Low,
        );
        Ok(Output { asset_turnover, assessment })
    }
}
