//! US tax depreciation by MACRS.

use crate::math::finance::depreciation::{
    Class as Property, Convention as Rule, Disposal, Rates, System as Spread, exact_rates, printed_rates,
};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::warn_of_idle;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Macrs;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    cost: f64,
    /// Years; 27.5 residential rental, 39 nonresidential real property.
    property_class: Class,
    /// Month of the tax year [month].
    #[serde(default = "january")]
    #[schemars(range(min = 1, max = 12))]
    placed_in_service_month: u32,
    /// [calendar year]
    #[schemars(range(min = 1987, max = 9999))]
    first_tax_year: Option<u32>,
    /// Usual: gds_200 to 10 years, gds_150 for 15, 20, gds_sl for real property.
    system: Option<System>,
    /// For ads_sl [years].
    #[schemars(extend("exclusiveMinimum" = 0.0), range(max = 100.0))]
    ads_life: Option<f64>,
    /// Usual: half_year, real property mid_month.
    convention: Option<Convention>,
    /// Amount elected [currency].
    #[serde(default)]
    #[schemars(range(min = 0.0))]
    section179: f64,
    /// Of what section 179 leaves [decimal].
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    bonus_rate: f64,
    /// Share [decimal].
    #[serde(default = "all")]
    #[schemars(range(min = 0.0, max = 1.0))]
    business_use: f64,
    /// Tax year of disposal, from 1.
    #[schemars(range(min = 1, max = 101))]
    disposal_year: Option<usize>,
    /// For mid_quarter, mid_month [month].
    #[schemars(range(min = 1, max = 12))]
    disposal_month: Option<u32>,
    /// tables: as printed, usual systems only; exact: unrounded.
    #[serde(default)]
    rate_source: Source,
}

fn january() -> u32 {
    1
}

fn all() -> f64 {
    1.0
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
enum Class {
    #[serde(rename = "3")]
    Three,
    #[serde(rename = "5")]
    Five,
    #[serde(rename = "7")]
    Seven,
    #[serde(rename = "10")]
    Ten,
    #[serde(rename = "15")]
    Fifteen,
    #[serde(rename = "20")]
    Twenty,
    #[serde(rename = "27.5")]
    Residential,
    #[serde(rename = "39")]
    Nonresidential,
}

#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq)]
enum System {
    #[serde(rename = "gds_200")]
    Gds200,
    #[serde(rename = "gds_150")]
    Gds150,
    #[serde(rename = "gds_sl")]
    GdsStraight,
    #[serde(rename = "ads_sl")]
    AdsStraight,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Convention {
    HalfYear,
    MidQuarter,
    MidMonth,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
enum Source {
    #[default]
    Tables,
    Exact,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// One row a tax year, up to the end of recovery or the disposal.
    schedule: Vec<Row>,
    /// What is recovered by the rates [currency].
    macrs_basis: f64,
    /// Deducted in year 1 [currency].
    section179_deduction: f64,
    /// Deducted in year 1: bonusRate of what section 179 leaves [currency].
    bonus_deduction: f64,
    /// Sum of the schedule [currency].
    total_depreciation: f64,
    /// The convention applied.
    convention_used: Convention,
    /// The printed table applied, such as A-1; null for exact rates.
    table_used: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Row {
    /// From 1.
    year: usize,
    /// Counted from firstTaxYear; null without it.
    tax_year: Option<usize>,
    /// Share of macrsBasis, after the part of a year of disposal [decimal].
    rate: f64,
    /// With section 179 and bonus in year 1 [currency].
    depreciation: f64,
    /// Up to and with this year [currency].
    accumulated: f64,
    /// cost · businessUse - accumulated [currency].
    adjusted_basis: f64,
}

impl Tool for Macrs {
    const NAME: &'static str = "calculate_macrs_depreciation";
    const TITLE: &'static str = "US MACRS tax depreciation";
    const DESCRIPTION: &'static str = "US tax depreciation year by year by the printed percentages of IRS Publication 946 or the exact formula, with \
        section 179, bonus, business share and disposal. Limits and bonus rates of a year are yours to give.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"cost": 1000, "propertyClass": "5"}"#,
            expect: r#"{"schedule": [
                {"year": 1, "rate": 0.2, "depreciation": 200, "adjustedBasis": 800}, {"rate": 0.32}, {"rate": 0.192}, {"rate": 0.1152},
                {"rate": 0.1152}, {"year": 6, "rate": 0.0576, "adjustedBasis": 0}
            ], "macrsBasis": 1000, "conventionUsed": "half_year", "tableUsed": "A-1"}"#,
            tolerance: 1e-12,
            source: "IRS Publication 946 (2023), table A-1",
        },
        Example {
            arguments: r#"{"cost": 100000, "propertyClass": "27.5", "placedInServiceMonth": 7, "firstTaxYear": 2021, "disposalYear": 3, "disposalMonth": 3}"#,
            expect: r#"{"schedule": [{"rate": 0.01667}, {"taxYear": 2022, "depreciation": 3636}, {"taxYear": 2023, "depreciation": 757.50}],
                "conventionUsed": "mid_month", "tableUsed": "A-6"}"#,
            tolerance: 1e-12,
            source: "IRS Publication 946 (2023), chapter 4, Mid-month convention used: sold in March of the third year, 2.5/12 of 3,636",
        },
        Example {
            arguments: r#"{"cost": 10000, "propertyClass": "7", "section179": 2000, "bonusRate": 0.4, "rateSource": "exact"}"#,
            expect: r#"{"macrsBasis": 4800, "section179Deduction": 2000, "bonusDeduction": 3200, "totalDepreciation": 10000, "tableUsed": null}"#,
            tolerance: 1e-12,
            source: "by hand: 40 % of 8,000; 4,800 remain",
        },
    ];
    const FORMULA: &'static str = "\
        macrsBasis = (cost * businessUse - section179) * (1 - bonusRate); depreciation of a year = macrsBasis * rate\n\
        exact: rate = max(f / n, 1 / (n - years before)) * what is left * part of the year within recovery,\n\
        n by propertyClass or adsLife, f = 2, 1.5 or 0; first part 1/2, or from mid-quarter or mid-month on\n\
        tables: printed rates; year of disposal: rate * part of the year before it\n\
        Source: IRS Publication 946 (2023), chapter 4 and appendix A; 26 U.S.C. 168";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let property = args.property_class.into();
        let convention = args.convention(property)?;
        let rates = args.rates(property, convention)?;
        let other = args.ads_life.is_some() && !matches!(args.system, Some(System::AdsStraight));
        warn_of_idle(cx, &[(other, "adsLife", "system ads_sl")]);
        let share = args.cost * args.business_use;
        if args.section179 > share {
            let message = format!("{} is more than cost · businessUse, {share}", args.section179);
            return Err(Error::at("section179", message));
        }
        let bonus = (share - args.section179) * args.bonus_rate;
        let basis = share - args.section179 - bonus;
        let at_once = args.section179 + bonus;
        let schedule = rows(&rates, basis, share, at_once, args.first_tax_year);
        Ok(Output {
            total_depreciation: schedule.last().map_or(0.0, |row| row.accumulated),
            schedule,
            macrs_basis: basis,
            section179_deduction: args.section179,
            bonus_deduction: bonus,
            convention_used: convention,
            table_used: rates.table,
        })
    }
}

fn rows(rates: &Rates, basis: f64, share: f64, at_once: f64, first: Option<u32>) -> Vec<Row> {
    let row = |(i, (&rate, total)): (usize, (&f64, f64))| {
        let left = basis * (1.0 - total);
        Row {
            year: i + 1,
            tax_year: first.map(|first| first as usize + i),
            rate,
            depreciation: basis * rate + if i == 0 { at_once } else { 0.0 },
            accumulated: share - left,
            adjusted_basis: left,
        }
    };
    rates.shares.iter().zip(rates.totals.iter().copied()).enumerate().map(row).collect()
}

impl Args {
    fn convention(&self, property: Property) -> Result<Convention, Error> {
        let usual = if property.is_real() { Convention::MidMonth } else { Convention::HalfYear };
        let convention = self.convention.unwrap_or(usual);
        if property.is_real() == matches!(convention, Convention::MidMonth) {
            return Ok(convention);
        }
        let message = "real property (27.5, 39) has mid_month, all other property half_year or mid_quarter";
        Err(Error::at("convention", message))
    }

    fn rates(&self, property: Property, convention: Convention) -> Result<Rates, Error> {
        let (system, month) = (self.system(property)?, self.placed_in_service_month);
        let rates = match self.rate_source {
            Source::Exact => exact_rates(property, system, convention.into(), month)?,
            Source::Tables => printed_rates(property, system, convention.into(), month)
                .map_err(|e| Error::at("rateSource", e.to_string()))?,
        };
        match self.disposal(convention)? {
            None => Ok(rates),
            Some(disposal) => {
                let told = |e: crate::math::Error| Error::at("disposalYear", e.to_string());
                rates.until(disposal, convention.into()).map_err(told)
            }
        }
    }

    fn system(&self, property: Property) -> Result<Spread, Error> {
        let system = match self.system {
            None => property.usual_system(),
            Some(System::Gds200) => Spread::Gds200,
            Some(System::Gds150) => Spread::Gds150,
            Some(System::GdsStraight) => Spread::GdsStraight,
            Some(System::AdsStraight) => {
                Spread::Ads(self.ads_life.ok_or_else(|| Error::at("adsLife", "missing; ads_sl needs it"))?)
            }
        };
        if property.allows(system) {
            return Ok(system);
        }
        let message = "this class does not have it: gds_200 is for 3, 5, 7 and 10 years, gds_150 for all but real property";
        Err(Error::at("system", message))
    }

    fn disposal(&self, convention: Convention) -> Result<Option<Disposal>, Error> {
        match (self.disposal_year, self.disposal_month, convention) {
            (None, None, _) => Ok(None),
            (None, Some(_), _) => {
                Err(Error::at("disposalYear", "missing; disposalMonth is a month of that year"))
            }
            (Some(_), None, Convention::MidQuarter | Convention::MidMonth) => {
                Err(Error::at("disposalMonth", "missing; mid_quarter and mid_month go by it"))
            }
            (Some(year), month, _) => Ok(Some(Disposal { year, month: month.unwrap_or(1) })),
        }
    }
}

impl From<Class> for Property {
    fn from(class: Class) -> Self {
        match class {
            Class::Three => Self::Three,
            Class::Five => Self::Five,
            Class::Seven => Self::Seven,
            Class::Ten => Self::Ten,
            Class::Fifteen => Self::Fifteen,
            Class::Twenty => Self::Twenty,
            Class::Residential => Self::Residential,
            Class::Nonresidential => Self::Nonresidential,
        }
    }
}

impl From<Convention> for Rule {
    fn from(convention: Convention) -> Self {
        match convention {
            Convention::HalfYear => Self::HalfYear,
            Convention::MidQuarter => Self::MidQuarter,
            Convention::MidMonth => Self::MidMonth,
        }
    }
}
