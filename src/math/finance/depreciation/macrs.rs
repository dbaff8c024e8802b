//! US tax depreciation by the Modified Accelerated Cost Recovery System: rates, not amounts.

use super::tables;
use crate::math::Error;

/// Property by its recovery period under the general system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// 3 years.
    Three,
    /// 5 years.
    Five,
    /// 7 years.
    Seven,
    /// 10 years.
    Ten,
    /// 15 years.
    Fifteen,
    /// 20 years.
    Twenty,
    /// Residential rental property, 27.5 years.
    Residential,
    /// Nonresidential real property, 39 years.
    Nonresidential,
}

/// How the basis is spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum System {
    /// 200 % declining balance with a change to straight line.
    Gds200,
    /// 150 % declining balance with a change to straight line.
    Gds150,
    /// Straight line over the general recovery period.
    GdsStraight,
    /// Straight line over the recovery period of the alternative system, years.
    Ads(f64),
}

/// When in its first and last year property counts as placed in service or disposed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// In the middle of the year.
    HalfYear,
    /// In the middle of the quarter.
    MidQuarter,
    /// In the middle of the month.
    MidMonth,
}

/// The end of use before the end of recovery.
#[derive(Clone, Copy, Debug)]
pub struct Disposal {
    /// Tax year, from 1.
    pub year: usize,
    /// Month, 1 to 12; the half-year convention does not ask.
    pub month: u32,
}

/// Shares of the basis, year by year.
///
/// # Formula
/// ```text
/// depreciation of year t = basis * shares[t]
/// ```
///
/// Source: see [`exact_rates`] and [`printed_rates`].
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Decimal shares of the basis.
    pub shares: Vec<f64>,
    /// Their sums up to each year, without the rounding of repeated additions: the last is 1 where all is recovered.
    pub totals: Vec<f64>,
    /// How much of each year lies within recovery, years.
    lengths: Vec<f64>,
    /// The printed table that they come from.
    pub table: Option<&'static str>,
}

impl Class {
    /// Years of recovery under the general system.
    #[must_use]
    pub fn life(self) -> f64 {
        match self {
            Self::Three => 3.0,
            Self::Five => 5.0,
            Self::Seven => 7.0,
            Self::Ten => 10.0,
            Self::Fifteen => 15.0,
            Self::Twenty => 20.0,
            Self::Residential => 27.5,
            Self::Nonresidential => 39.0,
        }
    }

    /// Whether it is real property, which has the mid-month convention and straight line.
    #[must_use]
    pub fn is_real(self) -> bool {
        matches!(self, Self::Residential | Self::Nonresidential)
    }

    /// The system unless another is elected.
    #[must_use]
    pub fn usual_system(self) -> System {
        match self {
            Self::Three | Self::Five | Self::Seven | Self::Ten => System::Gds200,
            Self::Fifteen | Self::Twenty => System::Gds150,
            Self::Residential | Self::Nonresidential => System::GdsStraight,
        }
    }

    /// Whether the law lets the class have the system.
    #[must_use]
    pub fn allows(self, system: System) -> bool {
        match system {
            System::Gds200 => self.usual_system() == System::Gds200,
            System::Gds150 => !self.is_real(),
            System::GdsStraight | System::Ads(_) => true,
        }
    }
}

impl Convention {
    /// How much of its year is over when something counts as done in a month.
    ///
    /// # Formula
    /// ```text
    /// 1/2;  (quarter - 1/2) / 4;  (month - 1/2) / 12        of a year
    /// ```
    ///
    /// Source: 26 U.S.C. 168(d)(4).
    #[must_use]
    pub fn elapsed(self, month: u32) -> f64 {
        let part = |number: u32, parts: f64| (f64::from(number) - 0.5) / parts;
        match self {
            Self::HalfYear => 0.5,
            Self::MidQuarter => part(month.div_ceil(3), 4.0),
            Self::MidMonth => part(month, 12.0),
        }
    }
}

/// The rates of the formula, unrounded.
///
/// # Formula
/// ```text
/// share_t = max(f b / n, b / (n - before)) * length_t,  b = 1 - shares before
///   n  recovery period, years;  f  2, 1.5, or 0 for straight line;  before  years recovered before year t;
///   length_t  part of the year within recovery: 1 - elapsed in the first, what is left in the last
/// ```
///
/// # Errors
/// [`Error::Invalid`] for a system that the class does not have, a convention that the class does not have, a month
/// that is none, and a recovery period that is not above 0 and at most 100 years.
///
/// Source: 26 U.S.C. 168(b)-(d); IRS Publication 946 (2023), chapter 4, "Figuring the Deduction Without Using the
/// Tables".
pub fn exact_rates(class: Class, system: System, convention: Convention, month: u32) -> Result<Rates, Error> {
    checked(class, system, convention, month)?;
    let (life, factor) = match system {
        System::Gds200 => (class.life(), 2.0),
        System::Gds150 => (class.life(), 1.5),
        System::GdsStraight => (class.life(), 0.0),
        System::Ads(life) => (life, 0.0),
    };
    let lengths = lengths(life, 1.0 - convention.elapsed(month));
    let (mut balance, mut before) = (1.0, 0.0);
    let (mut shares, mut totals) = (Vec::with_capacity(lengths.len()), Vec::with_capacity(lengths.len()));
    for (i, length) in lengths.iter().enumerate() {
        let rate = f64::max(factor / life, 1.0 / (life - before));
        let share = if i + 1 == lengths.len() { balance } else { balance * rate * length };
        (balance, before) = (balance - share, before + length);
        shares.push(share);
        totals.push(1.0 - balance);
    }
    Ok(Rates { shares, totals, lengths, table: None })
}

/// The rates of the printed tables A-1 to A-6 and A-7a.
///
/// # Formula
/// ```text
/// share_t = printed percentage / 100
/// ```
///
/// # Errors
/// As [`exact_rates`], and [`Error::Invalid`] for an elected system, whose tables are not kept.
///
/// Source: IRS Publication 946 (2023), appendix A; Rev. Proc. 87-57, 1987-2 C.B. 687, section 8.
pub fn printed_rates(
    class: Class,
    system: System,
    convention: Convention,
    month: u32,
) -> Result<Rates, Error> {
    checked(class, system, convention, month)?;
    if system != class.usual_system() {
        return Err(Error::Invalid(
            "the printed tables kept are A-1 to A-6 and A-7a, the usual system of each class: \
             for another system take the exact rates",
        ));
    }
    let (table, column) = column(class, convention, month);
    let decimal = |thousandths: u32| f64::from(thousandths) / 100_000.0;
    let shares: Vec<f64> = column.iter().copied().map(decimal).collect();
    let sum = |total: &mut u32, share: &u32| {
        *total += share;
        Some(decimal(*total))
    };
    let totals = column.iter().scan(0, sum).collect();
    let mut lengths = lengths(class.life(), 1.0 - convention.elapsed(month));
    lengths.resize(shares.len(), 0.0);
    Ok(Rates { shares, totals, lengths, table: Some(table) })
}

fn column(class: Class, convention: Convention, month: u32) -> (&'static str, Vec<u32>) {
    let place = month as usize;
    let (name, columns) = match (convention, month.div_ceil(3)) {
        (Convention::MidQuarter, 1) => ("A-2", tables::A_2),
        (Convention::MidQuarter, 2) => ("A-3", tables::A_3),
        (Convention::MidQuarter, 3) => ("A-4", tables::A_4),
        (Convention::MidQuarter, _) => ("A-5", tables::A_5),
        _ => ("A-1", tables::A_1),
    };
    match class {
        Class::Three => (name, columns[0].to_vec()),
        Class::Five => (name, columns[1].to_vec()),
        Class::Seven => (name, columns[2].to_vec()),
        Class::Ten => (name, columns[3].to_vec()),
        Class::Fifteen => (name, columns[4].to_vec()),
        Class::Twenty => (name, columns[5].to_vec()),
        Class::Residential => ("A-6", tables::a_6(place)),
        Class::Nonresidential => ("A-7a", tables::a_7a(place)),
    }
}

fn checked(class: Class, system: System, convention: Convention, month: u32) -> Result<(), Error> {
    if !(1..=12).contains(&month) {
        return Err(Error::Invalid("months count from 1 to 12"));
    }
    if class.is_real() != (convention == Convention::MidMonth) {
        return Err(Error::Invalid(
            "real property has the mid-month convention, and no other property has it",
        ));
    }
    if !class.allows(system) {
        return Err(Error::Invalid("the class of property does not have this system"));
    }
    match system {
        System::Ads(life) if !(life > 0.0 && life <= 100.0) => {
            Err(Error::Invalid("the recovery period must be above 0 and at most 100 years"))
        }
        _ => Ok(()),
    }
}

/// The part of each year within recovery.
fn lengths(life: f64, first: f64) -> Vec<f64> {
    let mut lengths = vec![first.min(life)];
    let mut left = life - first;
    // Twelfths of years add up to a hair beside a whole one.
    while left > 1e-9 {
        lengths.push(left.min(1.0));
        left -= 1.0;
    }
    lengths
}

impl Rates {
    /// The rates up to a disposal, whose year has its part only.
    ///
    /// # Formula
    /// ```text
    /// share of the year of disposal = share * min(1, elapsed / length)
    ///   elapsed  part of the year before the disposal, by the convention;  length  part of it within recovery
    /// ```
    ///
    /// # Errors
    /// [`Error::Invalid`] for a year after recovery has ended, and for the first, in which nothing may be deducted then.
    ///
    /// Source: IRS Publication 946 (2023), chapter 4, "Sale or Other Disposition Before the Recovery Period Ends"; chapter
    /// 1, "Property placed in service and disposed of in the same year".
    pub fn until(mut self, disposal: Disposal, convention: Convention) -> Result<Self, Error> {
        let place = disposal.year.checked_sub(1).filter(|place| *place < self.shares.len());
        let Some(place) = place else {
            return Err(Error::Invalid(
                "the disposal lies after the recovery period, when nothing is left to deduct",
            ));
        };
        if place == 0 {
            return Err(Error::Invalid(
                "property that is placed in service and disposed of in the same year is not depreciated at all",
            ));
        }
        let part = (convention.elapsed(disposal.month) / self.lengths[place]).min(1.0);
        let Self { shares, totals, lengths, .. } = &mut self;
        shares[place] *= part;
        totals[place] = totals[place - 1] + shares[place];
        [shares, totals, lengths].into_iter().for_each(|years| years.truncate(disposal.year));
        Ok(self)
    }
}
