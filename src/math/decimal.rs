//! Exact decimal numbers, for amounts whose last digit counts.
//!
//! Whole numbers of 128 bits do all that money needs: reading, adding, rounding to a multiple, and a share of an
//! amount with its remainder. Decimal crates round in silence where a product outgrows their 96 bits, and a share
//! needs the exact product of two amounts; big-number crates would be three more crates for that one product.

use super::Error;
use std::cmp::Ordering;
use std::fmt;

/// Most significant digits of a number that is read.
pub const MOST_DIGITS: usize = 28;
/// All amounts of one calculation together: whole digits and decimals.
const MOST_PLACES: u32 = 37;

/// A decimal number `units / 10^decimals`, exactly.
///
/// # Formula
/// ```text
/// value = units * 10^(-decimals),  |units| < 10^37, decimals <= 37
/// ```
///
/// Source: ISO/IEC 10967-1, scaled integers; the form is that of General Decimal Arithmetic (M. Cowlishaw).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    units: i128,
    decimals: u32,
}

/// What becomes of the part that rounding cuts off; names as in Java's `RoundingMode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearer neighbour, halves to the even one.
    HalfEven,
    /// To the nearer neighbour, halves away from zero.
    HalfUp,
    /// To the nearer neighbour, halves towards zero.
    HalfDown,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards plus infinity.
    Ceiling,
    /// Towards minus infinity.
    Floor,
}

impl Decimal {
    /// So many units of 10^-decimals.
    ///
    /// # Errors
    /// [`Error::DecimalRange`] beyond 37 places.
    pub fn new(units: i128, decimals: u32) -> Result<Self, Error> {
        if units.unsigned_abs() < power(MOST_PLACES) && decimals <= MOST_PLACES {
            Ok(Self { units, decimals })
        } else {
            Err(Error::DecimalRange)
        }
    }

    /// Reads sign, digits, point and exponent, as JSON and most languages write numbers.
    ///
    /// # Errors
    /// [`Error::DecimalDigits`] above 28 significant digits, [`Error::DecimalRange`] beyond 37 places,
    /// [`Error::NotFinite`] for what is no number.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = Error::NotFinite { name: "amount" };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let decimals = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let digits: String = mantissa.trim_start_matches(['-', '+']).replace('.', "");
        let trimmed = digits.trim_end_matches('0');
        let significant = trimmed.trim_start_matches('0').len();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong);
        }
        if significant == 0 {
            return Ok(Self { units: 0, decimals: 0 });
        }
        if significant > MOST_DIGITS {
            return Err(Error::DecimalDigits { digits: significant });
        }
        let units: i128 = trimmed.parse().map_err(|_| wrong)?;
        let exponent: i64 = exponent.parse().map_err(|_| Error::DecimalRange)?;
        let last = exponent.saturating_add((digits.len() - trimmed.len()) as i64 - decimals as i64);
        Self::scaled(if mantissa.starts_with('-') { -units } else { units }, last)
    }

    /// `units * 10^last`
    fn scaled(units: i128, last: i64) -> Result<Self, Error> {
        let places = u32::try_from(last.unsigned_abs()).map_err(|_| Error::DecimalRange)?;
        if last <= 0 {
            return Self::new(units, places);
        }
        let factor = 10_i128.checked_pow(places).ok_or(Error::DecimalRange)?;
        Self::new(units.checked_mul(factor).ok_or(Error::DecimalRange)?, 0)
    }

    /// How many units of 10^-decimals it is.
    ///
    /// # Errors
    /// [`Error::DecimalRange`] beyond 37 places. Never cuts digits off: asking for fewer decimals than it has is
    /// the caller's mistake, told the same way.
    pub fn units_at(self, decimals: u32) -> Result<i128, Error> {
        let more = decimals.checked_sub(self.decimals).ok_or(Error::DecimalRange)?;
        if self.units == 0 {
            return Ok(0);
        }
        let factor = 10_i128.checked_pow(more).ok_or(Error::DecimalRange)?;
        let units = self.units.checked_mul(factor).ok_or(Error::DecimalRange)?;
        Self::new(units, decimals).map(|_| units)
    }

    /// Digits after the point.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// Units of 10^-[`decimals`](Self::decimals).
    #[must_use]
    pub fn units(self) -> i128 {
        self.units
    }

    /// The float nearest to it.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        // Reading decimal text is the one conversion that rounds once; zero must not become -0.
        format!("{}e-{}", self.units, self.decimals).parse().unwrap_or(0.0)
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Error::DecimalRange`] when both together need more than 37 places.
    pub fn plus(self, other: Self) -> Result<Self, Error> {
        let decimals = self.decimals.max(other.decimals);
        Self::new(self.units_at(decimals)? + other.units_at(decimals)?, decimals)
    }

    /// The difference.
    ///
    /// # Errors
    /// As [`plus`](Self::plus).
    pub fn minus(self, other: Self) -> Result<Self, Error> {
        self.plus(Self { units: -other.units, ..other })
    }

    /// Rounds to a multiple of `step` units of 10^-decimals.
    ///
    /// # Formula
    /// ```text
    /// result = step * 10^(-decimals) * rounding(value / (step * 10^(-decimals)))
    /// ```
    ///
    /// # Errors
    /// [`Error::DecimalRange`] beyond 37 places.
    ///
    /// Source: the table in the documentation of Java's `java.math.RoundingMode`.
    pub fn round(self, step: u128, decimals: u32, rounding: Rounding) -> Result<Self, Error> {
        let fine = self.decimals.max(decimals);
        let (units, grain) = (self.units_at(fine)?, grain(step, fine - decimals));
        let multiple = divide(units, grain, rounding);
        let step = i128::try_from(step).map_err(|_| Error::DecimalRange)?;
        Self::new(multiple.checked_mul(step).ok_or(Error::DecimalRange)?, decimals)
    }
}

/// The exact sum; 0 of nothing.
///
/// # Errors
/// [`Error::DecimalRange`] when the values together need more than 37 places.
pub fn sum(values: &[Decimal]) -> Result<Decimal, Error> {
    values.iter().try_fold(Decimal::new(0, 0)?, |total, value| total.plus(*value))
}

/// `step * 10^places`, or more than any amount has, which divides all amounts alike.
pub(super) fn grain(step: u128, places: u32) -> u128 {
    10_u128.checked_pow(places).and_then(|factor| factor.checked_mul(step)).unwrap_or(u128::MAX)
}

fn power(places: u32) -> u128 {
    10_u128.pow(places)
}

/// A quotient rounded to a whole number. `grain` is not zero.
fn divide(units: i128, grain: u128, rounding: Rounding) -> i128 {
    let size = units.unsigned_abs();
    let (whole, rest) = (size / grain, size % grain);
    let half = rest.cmp(&(grain - rest));
    let away = match rounding {
        Rounding::HalfEven => half == Ordering::Greater || half == Ordering::Equal && whole % 2 == 1,
        Rounding::HalfUp => half != Ordering::Less,
        Rounding::HalfDown => half == Ordering::Greater,
        Rounding::Up => rest > 0,
        Rounding::Down => false,
        Rounding::Ceiling => rest > 0 && units > 0,
        Rounding::Floor => rest > 0 && units < 0,
    };
    // A size below 10^37 leaves room for the sign and one more.
    let rounded = i128::try_from(whole + u128::from(away)).unwrap_or(i128::MAX);
    if units < 0 { -rounded } else { rounded }
}

/// A share of an amount: quotient and remainder of `amount * part / whole`, for `part <= whole < 2^126`, `whole > 0`.
///
/// # Formula
/// ```text
/// amount * part = quotient * whole + remainder,  0 <= remainder < whole
/// ```
/// The product may have 252 bits; doubling and adding bit by bit never forms it.
///
/// Source: D. E. Knuth, The Art of Computer Programming, vol. 2, 3rd ed., section 4.6.3 (binary method).
#[must_use]
pub fn share(amount: u128, part: u128, whole: u128) -> (u128, u128) {
    if let Some(product) = amount.checked_mul(part) {
        return (product / whole, product % whole);
    }
    let (mut quotient, mut rest) = (0, 0);
    let mut add = |times: u128, more: u128| {
        (quotient, rest) = (quotient * times, rest * times + more);
        if rest >= whole {
            (quotient, rest) = (quotient + 1, rest - whole);
        }
    };
    for bit in (0..u128::BITS - amount.leading_zeros()).rev() {
        add(2, 0);
        add(1, if amount >> bit & 1 == 1 { part } else { 0 });
    }
    (quotient, rest)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let size = self.units.unsigned_abs();
        let one = power(self.decimals);
        match self.decimals {
            0 => write!(f, "{sign}{size}"),
            width => write!(f, "{sign}{}.{:0width$}", size / one, size % one, width = width as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(written: &str) -> String {
        Decimal::parse(written).unwrap().to_string()
    }

    #[test]
    fn reads_every_spelling_of_a_number() {
        for (written, wanted) in [
            ("1.005", "1.005"),
            ("-0.050", "-0.05"),
            ("12e-3", "0.012"),
            ("1.5E+3", "1500"),
            ("-0.0", "0"),
            ("0e999999999999999999999", "0"),
            ("1.0000000000000000000000000000000000000000", "1"),
            ("1234567890123456789012345.678", "1234567890123456789012345.678"),
        ] {
            assert_eq!(text(written), wanted, "{written}");
        }
        for (written, wanted) in [
            ("12345678901234567890123456789", Error::DecimalDigits { digits: 29 }),
            ("1e37", Error::DecimalRange),
            ("1e-38", Error::DecimalRange),
            ("1e-99999999999999999999", Error::DecimalRange),
            ("one", Error::NotFinite { name: "amount" }),
            ("", Error::NotFinite { name: "amount" }),
        ] {
            assert_eq!(Decimal::parse(written), Err(wanted), "{written}");
        }
    }

    #[test]
    fn a_share_of_any_size_is_exact() {
        assert_eq!(share(10, 1, 3), (3, 1));
        let (big, whole) = (10_u128.pow(37) - 1, 10_u128.pow(37) + 3);
        // (w - 4)(w - 4) = w (w - 8) + 16
        assert_eq!(share(big, big, whole), (whole - 8, 16));
        assert_eq!(share(big, whole, whole), (big, 0));
    }

    #[test]
    fn a_grain_beyond_all_amounts_rounds_to_nothing_or_one() {
        let tiny = Decimal::parse("1e-37").unwrap();
        let step = 10_u128.pow(36);
        assert_eq!(tiny.round(step, 0, Rounding::HalfUp).unwrap().units(), 0);
        assert_eq!(tiny.round(step, 0, Rounding::Up).unwrap().units(), 10_i128.pow(36));
    }
}
