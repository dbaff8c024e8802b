//! Book depreciation, period by period.

use crate::math::finance::depreciation::{
    Asset, FirstPeriod, Method as Spread, Schedule, degressive, linear, schedule, slice, units_of_production,
};
use crate::math::sum::Sum;
use crate::math::time::{DayCount, Terms};
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::dates::Day;
use crate::tools::shared::warn_of_idle;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Depreciation;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// In order: Excel's SLN, SYD, DB, DDB, VDB, by use, AMORLINC, AMORDEGRC.
    method: Method,
    /// [currency]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    cost: f64,
    /// Value at the end [currency].
    #[serde(default)]
    #[schemars(range(min = 0.0))]
    salvage: f64,
    /// But for units and French methods [periods].
    #[schemars(extend("exclusiveMinimum" = 0.0), range(max = 1000.0))]
    life: Option<f64>,
    /// double_ and variable_declining.
    #[serde(default = "double")]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    factor: f64,
    /// variable_declining: to equal amounts once larger.
    #[serde(default = "yes")]
    switch_to_straight_line: bool,
    /// declining_balance.
    #[serde(default = "twelve")]
    #[schemars(range(min = 1, max = 12))]
    first_year_months: u32,
    /// Of each period.
    #[schemars(length(min = 1, max = 10_000))]
    units: Option<Vec<f64>>,
    /// French methods [decimal per year].
    #[schemars(range(min = 0.001, max = 1.0))]
    rate: Option<f64>,
    /// French methods.
    purchase_date: Option<Day>,
    /// At most a year later.
    first_period_end: Option<Day>,
    /// French methods, first period.
    #[serde(default)]
    day_count: Basis,
    /// Start of a slice, parts of periods in proportion [periods].
    #[schemars(range(min = 0.0))]
    from_period: Option<f64>,
    /// End of the slice [periods].
    #[schemars(range(min = 0.0))]
    to_period: Option<f64>,
}

#[derive(Deserialize, JsonSchema, Clone, Copy, Debug)]
#[serde(rename_all = "snake_case")]
enum Method {
    StraightLine,
    SumOfYearsDigits,
    DecliningBalance,
    DoubleDeclining,
    VariableDeclining,
    UnitsOfProduction,
    FrenchLinear,
    FrenchDegressive,
}

#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default)]
enum Basis {
    #[default]
    #[serde(rename = "30/360US")]
    Thirty360Us,
    #[serde(rename = "30E/360")]
    ThirtyE360,
    #[serde(rename = "ACT/360")]
    Actual360,
    #[serde(rename = "ACT/365F")]
    Actual365Fixed,
    #[serde(rename = "ACT/ACT_ISDA")]
    ActualActualIsda,
    #[serde(rename = "ACT/ACT_EXCEL")]
    ActualActualExcel,
}

fn double() -> f64 {
    2.0
}

fn yes() -> bool {
    true
}

fn twelve() -> u32 {
    12
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// One row a period.
    schedule: Vec<Row>,
    /// Sum of the schedule [currency].
    total_depreciation: f64,
    /// From fromPeriod to toPeriod; null unless both are given [currency].
    slice_depreciation: Option<f64>,
    /// Fixed rate applied; null for methods without one [decimal per period].
    rate_used: Option<f64>,
    /// First period of equal amounts after a change to them; null without one.
    switch_period: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Row {
    /// From 1; French methods from 0.
    period: usize,
    /// Of this period [currency].
    depreciation: f64,
    /// Up to and with this period [currency].
    accumulated: f64,
    /// cost - accumulated [currency].
    book_value: f64,
}

impl Tool for Depreciation {
    const NAME: &'static str = "calculate_depreciation_schedule";
    const TITLE: &'static str = "Book depreciation schedule";
    const DESCRIPTION: &'static str = "Depreciation and book value of each period by straight line, sum of years' digits, declining balances, units \
        of production, or AMORLINC and AMORDEGRC. For US tax use calculate_macrs_depreciation.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"method": "straight_line", "cost": 30000, "salvage": 7500, "life": 10, "fromPeriod": 0, "toPeriod": 1}"#,
            expect: r#"{"totalDepreciation": 22500, "sliceDepreciation": 2250, "rateUsed": 0.1, "switchPeriod": null}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of SLN: =SLN(30000, 7500, 10) is 2250",
        },
        Example {
            arguments: r#"{"method": "declining_balance", "cost": 1000000, "salvage": 100000, "life": 6, "firstYearMonths": 7}"#,
            expect: r#"{"schedule": [{"period": 1, "depreciation": 186083.33}, {"depreciation": 259639.42}, {"depreciation": 176814.44},
                {"depreciation": 120410.64}, {"depreciation": 81999.64}, {"depreciation": 55841.76}, {"period": 7, "depreciation": 15845.10}],
                "rateUsed": 0.319}"#,
            tolerance: 3.2e-7,
            source: "Microsoft Excel documentation of DB, which prints cents",
        },
        Example {
            arguments: r#"{"method": "french_degressive", "cost": 2400, "salvage": 300, "rate": 0.15, "dayCount": "ACT/ACT_EXCEL",
                "purchaseDate": "2008-08-19", "firstPeriodEnd": "2008-12-31", "fromPeriod": 1, "toPeriod": 2}"#,
            expect: r#"{"sliceDepreciation": 776, "totalDepreciation": 2100, "rateUsed": 0.375}"#,
            tolerance: 1e-12,
            source: "Microsoft Excel documentation of AMORDEGRC: period 1 is 776",
        },
    ];
    const FORMULA: &'static str = "\
        method, with c = cost, s = salvage, n = life, b = book value, t = period: straight_line (c - s)/n; sum_of_years_digits (c - s) 2 (n - t + 1)/(n (n + 1));\n\
        declining_balance b r, r = 1 - (s/c)^(1/n) to 3 decimals, first year by months; double_declining min(b factor/n, b - s);\n\
        variable_declining the same or (b - s)/(n - t + 1), the larger; units_of_production (c - s) units/sum;\n\
        french_linear c rate, french_degressive b rate k, k = 1.5, 2, 2.5, last but one period b/2\n\
        Source: Microsoft Excel documentation of SLN, SYD, DB, DDB, VDB, AMORLINC, AMORDEGRC";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        if args.salvage > args.cost {
            let message = format!("{} is more than the cost, {}", args.salvage, args.cost);
            return Err(Error::at("salvage", message));
        }
        let schedule = args.schedule()?;
        if matches!(args.method, Method::DecliningBalance) && args.salvage == 0.0 {
            cx.warn("salvage is 0, so the rate 1 - (salvage/cost)^(1/life) is 1 and all is depreciated at once, as by Excel's DB");
        }
        args.tell(cx);
        let first = usize::from(!matches!(args.method, Method::FrenchLinear | Method::FrenchDegressive));
        let rows = rows(&schedule, args.asset(), first);
        Ok(Output {
            total_depreciation: rows.last().map_or(0.0, |row| row.accumulated),
            slice_depreciation: args.slice(&schedule)?,
            schedule: rows,
            rate_used: schedule.rate,
            switch_period: schedule.switch,
        })
    }
}

impl Args {
    /// What is stated for another method.
    fn tell(&self, cx: &Context) {
        let french = matches!(self.method, Method::FrenchLinear | Method::FrenchDegressive);
        let by_units = matches!(self.method, Method::UnitsOfProduction);
        let variable = matches!(self.method, Method::VariableDeclining);
        let factored = variable || matches!(self.method, Method::DoubleDeclining);
        let fixed = matches!(self.method, Method::DecliningBalance);
        let (dated, declining) = ("the French methods", "double_declining and variable_declining");
        warn_of_idle(
            cx,
            &[
                (self.life.is_some() && (french || by_units), "life", "the methods without rate and units"),
                (self.factor != double() && !factored, "factor", declining),
                (!self.switch_to_straight_line && !variable, "switchToStraightLine", "variable_declining"),
                (self.first_year_months != twelve() && !fixed, "firstYearMonths", "declining_balance"),
                (self.units.is_some() && !by_units, "units", "units_of_production"),
                (self.rate.is_some() && !french, "rate", dated),
                (self.purchase_date.is_some() && !french, "purchaseDate", dated),
                (self.first_period_end.is_some() && !french, "firstPeriodEnd", dated),
            ],
        );
    }

    fn asset(&self) -> Asset {
        Asset { cost: self.cost, salvage: self.salvage }
    }

    fn schedule(&self) -> Result<Schedule, Error> {
        let spread = match self.method {
            Method::StraightLine => Spread::StraightLine,
            Method::SumOfYearsDigits => Spread::SumOfYearsDigits,
            Method::DecliningBalance => Spread::DecliningBalance { first_months: self.first_year_months },
            Method::DoubleDeclining => Spread::DoubleDeclining { factor: self.factor },
            Method::VariableDeclining => {
                Spread::VariableDeclining { factor: self.factor, switch: self.switch_to_straight_line }
            }
            Method::UnitsOfProduction => {
                let units = self.units.as_ref().ok_or_else(|| missing("units"))?;
                return Ok(units_of_production(self.asset(), units)?);
            }
            Method::FrenchLinear => return Ok(linear(self.asset(), self.yearly()?, self.first_period()?)?),
            Method::FrenchDegressive => {
                return Ok(degressive(self.asset(), self.yearly()?, self.first_period()?)?);
            }
        };
        Ok(schedule(self.asset(), self.life.ok_or_else(|| missing("life"))?, spread)?)
    }

    fn yearly(&self) -> Result<f64, Error> {
        self.rate.ok_or_else(|| missing("rate"))
    }

    fn first_period(&self) -> Result<FirstPeriod, Error> {
        let start = self.purchase_date.ok_or_else(|| missing("purchaseDate"))?;
        let end = self.first_period_end.ok_or_else(|| missing("firstPeriodEnd"))?;
        let fraction = DayCount::from(self.day_count).fraction(start.0, end.0, &Terms::default());
        Ok(FirstPeriod(fraction.map_err(|e| Error::at("firstPeriodEnd", e.to_string()))?))
    }

    fn slice(&self, schedule: &Schedule) -> Result<Option<f64>, Error> {
        let (from, to) = match (self.from_period, self.to_period) {
            (None, None) => return Ok(None),
            (Some(from), Some(to)) => (from, to),
            (None, Some(_)) => {
                return Err(Error::at("fromPeriod", "is needed beside toPeriod; 0 is the start"));
            }
            (Some(_), None) => return Err(Error::at("toPeriod", "is needed beside fromPeriod")),
        };
        let end = schedule.amounts.len() as f64 - 1.0 + schedule.last;
        if to < from || to > end {
            return Err(Error::at(
                "toPeriod",
                format!("got {to}; wanted: a number from fromPeriod, {from}, to {end}"),
            ));
        }
        Ok(Some(slice(schedule, from, to)?))
    }
}

fn missing(name: &str) -> Error {
    Error::at(name, "missing; this method needs it")
}

fn rows(schedule: &Schedule, asset: Asset, first: usize) -> Vec<Row> {
    let (mut sum, count) = (Sum::default(), schedule.amounts.len());
    let row = |(i, &depreciation): (usize, &f64)| {
        sum.add(depreciation);
        // What adds up by definition shall not miss it by the last bit.
        let done = schedule.full && i + 1 == count;
        let accumulated = if done { asset.cost - asset.salvage } else { sum.total() };
        let book_value = if done { asset.salvage } else { asset.cost - accumulated };
        Row { period: i + first, depreciation, accumulated, book_value }
    };
    schedule.amounts.iter().enumerate().map(row).collect()
}

impl From<Basis> for DayCount {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Thirty360Us => Self::Thirty360Us,
            Basis::ThirtyE360 => Self::ThirtyE360,
            Basis::Actual360 => Self::Actual360,
            Basis::Actual365Fixed => Self::Actual365Fixed,
            Basis::ActualActualIsda => Self::ActualActualIsda,
            Basis::ActualActualExcel => Self::ActualActualExcel,
        }
    }
}
