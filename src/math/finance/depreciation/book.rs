//! Book depreciation by time and by use.

use crate::math::Error;
use crate::math::error::finite;
use crate::math::sum::Sum;

/// What is depreciated.
///
/// # Formula
/// ```text
/// 0 <= salvage <= cost, cost > 0        currency
/// ```
///
/// Source: definition.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// What it cost.
    pub cost: f64,
    /// What it is worth at the end.
    pub salvage: f64,
}

/// How the cost is spread over the life.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// Equal amounts.
    StraightLine,
    /// Falling by equal steps.
    SumOfYearsDigits,
    /// A fixed rate, rounded to thousandths, of the book value (a spreadsheet's DB).
    DecliningBalance {
        /// Months of the first year, 1 to 12; a period more when fewer than 12.
        first_months: u32,
    },
    /// factor / life of the book value, until the salvage value is reached (DDB).
    DoubleDeclining {
        /// 2 for double.
        factor: f64,
    },
    /// As `DoubleDeclining`, with equal amounts from where they are larger (VDB).
    VariableDeclining {
        /// 2 for double.
        factor: f64,
        /// Whether it changes to equal amounts at all.
        switch: bool,
    },
}

/// Depreciation period by period.
///
/// # Formula
/// ```text
/// book value after period t = cost - sum of the amounts up to t        currency
/// ```
///
/// Source: see [`schedule`].
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Of each period.
    pub amounts: Vec<f64>,
    /// The fixed rate that is applied, where there is one.
    pub rate: Option<f64>,
    /// The first period with equal amounts after a change to them, from 1.
    pub switch: Option<usize>,
    /// Length of the last period, in periods; below 1 for a life that is no whole number.
    pub last: f64,
    /// Whether the amounts add up to cost - salvage by definition.
    pub full: bool,
}

/// Most periods of a schedule.
const MOST: f64 = 1_000.0;

impl Asset {
    fn checked(self) -> Result<Self, Error> {
        let (cost, salvage) = (finite(self.cost, "cost")?, finite(self.salvage, "salvage value")?);
        if cost <= 0.0 {
            return Err(Error::Invalid("the cost must be above 0"));
        }
        if !(0.0..=cost).contains(&salvage) {
            return Err(Error::Invalid("the salvage value must be from 0 to the cost"));
        }
        Ok(self)
    }

    pub(super) fn checked_base(self) -> Result<f64, Error> {
        self.checked().map(Self::base)
    }

    fn base(self) -> f64 {
        self.cost - self.salvage
    }
}

/// The depreciation of each period of a life of `life` periods.
///
/// # Formula
/// ```text
/// straight line          (c - s) / n
/// sum of years' digits   (c - s) 2 (n - t + 1) / (n (n + 1))
/// declining balance      r = 1 - (s / c)^(1/n) rounded to 3 decimals; c r m/12, then r b, last r b (12 - m)/12
/// double declining       min(b f / n, b - s)
/// variable declining     the same, but (b - s) / (n - t + 1) from the first t at which that is larger
///   c  cost, s  salvage value, b  book value before the period: currency;  n  life, t  period from 1;  f  factor;
///   m  months of the first year
/// ```
/// A life that is no whole number ends with a part of a period and that part of its amount.
///
/// # Errors
/// [`Error::Invalid`] for a cost, salvage value, life or factor without meaning, and for the sum of years' digits or the
/// declining balance over a life that is no whole number.
///
/// Source: Microsoft Excel documentation of SLN, SYD, DB, DDB and VDB.
pub fn schedule(asset: Asset, life: f64, method: Method) -> Result<Schedule, Error> {
    let (asset, life) = (asset.checked()?, checked_life(life, method)?);
    let last = life - (life.ceil() - 1.0);
    match method {
        Method::StraightLine => {
            let amounts = lengths(life).map(|(_, length)| asset.base() * (length / life)).collect();
            Ok(Schedule { amounts, rate: Some(rate_of(1.0, life)?), switch: None, last, full: true })
        }
        Method::SumOfYearsDigits => {
            let share = |(before, _): (f64, f64)| 2.0 * (life - before) / (life * (life + 1.0));
            let amounts = lengths(life).map(|period| asset.base() * share(period)).collect();
            Ok(Schedule { amounts, rate: None, switch: None, last, full: true })
        }
        Method::DecliningBalance { first_months } => fixed_declining(asset, life, first_months),
        Method::DoubleDeclining { factor } => declining(asset, life, factor, false),
        Method::VariableDeclining { factor, switch } => declining(asset, life, factor, switch),
    }
}

fn checked_life(life: f64, method: Method) -> Result<f64, Error> {
    if !(life > 0.0 && life <= MOST) {
        return Err(Error::Invalid("the life must be above 0 and at most 1000 periods"));
    }
    let needs_whole = matches!(method, Method::SumOfYearsDigits | Method::DecliningBalance { .. });
    if needs_whole && life.fract() != 0.0 {
        return Err(Error::Invalid("this method needs a life of whole periods"));
    }
    Ok(life)
}

fn rate_of(factor: f64, life: f64) -> Result<f64, Error> {
    let rate = factor / life;
    if rate.is_finite() { Ok(rate) } else { Err(Error::Overflow { name: "rate" }) }
}

/// What has passed before each period, and its length: 1 but for the last of a life that is no whole number.
fn lengths(life: f64) -> impl Iterator<Item = (f64, f64)> {
    let periods = (0_u32..).map(f64::from).take_while(move |before| *before < life);
    periods.map(move |before| (before, (life - before).min(1.0)))
}

fn fixed_declining(asset: Asset, life: f64, first_months: u32) -> Result<Schedule, Error> {
    if !(1..=12).contains(&first_months) {
        return Err(Error::Invalid("the first year has 1 to 12 months"));
    }
    let rate = ((1.0 - (asset.salvage / asset.cost).powf(1.0 / life)) * 1000.0).round() / 1000.0;
    let first = f64::from(first_months) / 12.0;
    let mut book = asset.cost;
    let mut amounts = Vec::new();
    let mut take = |share: f64| {
        let amount = book * rate * share;
        book -= amount;
        amounts.push(amount);
    };
    take(first);
    lengths(life).skip(1).for_each(|_| take(1.0));
    if first_months < 12 {
        take(1.0 - first);
    }
    Ok(Schedule { amounts, rate: Some(rate), switch: None, last: 1.0, full: false })
}

fn declining(asset: Asset, life: f64, factor: f64, may_switch: bool) -> Result<Schedule, Error> {
    if finite(factor, "factor")? <= 0.0 {
        return Err(Error::Invalid("the factor must be above 0"));
    }
    let rate = rate_of(factor, life)?;
    let (mut book, mut level, mut switch) = (asset.cost, None, None);
    let mut amounts = Vec::new();
    for (before, length) in lengths(life) {
        let left = book - asset.salvage;
        let falling = (book * rate * length).min(left);
        let equal = left / (life - before) * length;
        if may_switch && level.is_none() && equal > falling {
            (level, switch) = (Some(left / (life - before)), Some(amounts.len() + 1));
        }
        let amount = level.map_or(falling, |level| level * length).min(left);
        book = if amount == left { asset.salvage } else { book - amount };
        amounts.push(amount);
    }
    Ok(Schedule { amounts, rate: Some(rate), switch, last: life - (life.ceil() - 1.0), full: may_switch })
}

/// Depreciation by use.
///
/// # Formula
/// ```text
/// amount_t = (c - s) u_t / sum of u        c  cost, s  salvage value: currency;  u_t  units of period t
/// ```
///
/// # Errors
/// [`Error::Invalid`] for units that are negative or add up to nothing, [`Error::Overflow`] when they add up to more
/// than a float holds.
///
/// Source: definition, e.g. D. E. Kieso, J. J. Weygandt, T. D. Warfield, Intermediate Accounting, 16th ed. (2016), p. 555.
pub fn units_of_production(asset: Asset, units: &[f64]) -> Result<Schedule, Error> {
    let asset = asset.checked()?;
    if units.iter().any(|units| *units < 0.0) {
        return Err(Error::Invalid("units must not be negative"));
    }
    let total = crate::math::sum::sum(units)?;
    if total <= 0.0 {
        return Err(Error::Invalid("the units add up to 0: give at least one above 0"));
    }
    let amounts = units.iter().map(|units| asset.base() * (units / total)).collect();
    Ok(Schedule { amounts, rate: None, switch: None, last: 1.0, full: true })
}

/// The part of a schedule between two points of time, whole periods counted in full and parts in proportion.
///
/// # Formula
/// ```text
/// slice = sum over t of amount_t * overlap of (from, to] with period t / length of period t
///   from, to  periods from the start;  amounts  currency
/// ```
///
/// # Errors
/// [`Error::Invalid`] unless 0 <= from <= to.
///
/// Source: Microsoft Excel documentation of VDB, whose last example prorates its first period.
pub fn slice(schedule: &Schedule, from: f64, to: f64) -> Result<f64, Error> {
    if !(from >= 0.0 && from <= to) {
        return Err(Error::Invalid("the slice must start at 0 or later and end where it starts or later"));
    }
    let mut total = Sum::default();
    let end = schedule.amounts.len().saturating_sub(1);
    for (i, amount) in schedule.amounts.iter().enumerate() {
        let length = if i == end { schedule.last } else { 1.0 };
        let start = i as f64;
        let overlap = to.min(start + length) - from.max(start);
        total.add(amount * (overlap.max(0.0) / length));
    }
    Ok(total.total())
}
