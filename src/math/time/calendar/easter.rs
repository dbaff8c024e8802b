//! The date of Easter.

use jiff::civil::Date;

/// Easter Sunday of the Western churches.
///
/// # Formula
/// ```text
/// a = year mod 19, b = year / 100, c = year mod 100
/// h = (19 a + b - b/4 - (b - (b + 8)/25 + 1)/3 + 15) mod 30              age of the moon
/// l = (32 + 2 (b mod 4) + 2 (c/4) - h - c mod 4) mod 7                   days to Sunday
/// m = (a + 11 h + 22 l) / 451
/// month = (h + l - 7 m + 114) / 31,  day = (h + l - 7 m + 114) mod 31 + 1    whole divisions
/// ```
///
/// Source: J. Meeus, Astronomical Algorithms, 2nd ed. (1998), chapter 8.
#[must_use]
pub fn easter_sunday(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (a, b, c) = (year_number % 19, year_number / 100, year_number % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let number = h + l - 7 * m + 114;
    let small = |n: i32| i8::try_from(n).ok();
    Date::new(year, small(number / 31)?, small(number % 31 + 1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn earliest_latest_and_exceptions() {
        // Meeus, chapter 8: 1991, 1992, 1993, 1954, 2000, 1818 (the earliest).
        for (year, month, day) in
            [(1991, 3, 31), (1992, 4, 19), (1993, 4, 11), (1954, 4, 18), (2000, 4, 23), (1818, 3, 22)]
        {
            assert_eq!(easter_sunday(year), Some(date(year, month, day)));
        }
        assert_eq!(easter_sunday(1943), Some(date(1943, 4, 25)), "the latest");
    }
}
