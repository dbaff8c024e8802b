//! Syntaxes of text that the argument check knows: declared with `x-format` on a field.

use crate::math::time::{FIRST, LAST};
use jiff::Timestamp;
use jiff::civil::Date;

/// A syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An ISO 8601 calendar date of the years that the holiday calendars know: `2024-01-31`.
    Date,
    /// A date, or a date-time with an offset: `2024-01-31T16:00:00+02:00`.
    Instant,
}

impl Format {
    /// The syntax that `x-format` names.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "date" => Some(Self::Date),
            "instant" => Some(Self::Instant),
            _ => None,
        }
    }

    /// What is wanted, with an example.
    pub fn wanted(self) -> &'static str {
        match self {
            Self::Date => "an ISO 8601 date from 1900-01-01 to 2199-12-31, such as 2024-01-31",
            Self::Instant => {
                "an ISO 8601 date such as 2024-01-31, or a date-time with its offset such as 2024-01-31T16:00:00Z"
            }
        }
    }

    /// Whether the text has the syntax.
    pub fn holds(self, text: &str) -> bool {
        match self {
            Self::Date => date(text).is_some_and(|date| (FIRST..=LAST).contains(&date)),
            Self::Instant => instant(text).is_some(),
        }
    }
}

/// A calendar date in the form `YYYY-MM-DD`, nothing else.
pub fn date(text: &str) -> Option<Date> {
    // jiff also takes 20240131 and a date-time, whose time it would drop in silence.
    if text.len() == 10 { text.parse().ok() } else { None }
}

/// A point in time: a plain date is midnight UTC; a date-time without an offset is none.
pub fn instant(text: &str) -> Option<Timestamp> {
    match date(text) {
        Some(date) => jiff::tz::Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok(),
        // A zone annotation in brackets would need a time zone database; the offset alone decides.
        None if text.contains('[') => None,
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_plain_and_instants_carry_an_offset() {
        for good in ["2024-01-31", "2024-02-29"] {
            assert!(Format::Date.holds(good) && Format::Instant.holds(good), "{good}");
        }
        for bad in
            ["2023-02-29", "31.01.2024", "2024-1-31", "20240131", "2024-01-31T00:00:00", "", "2024-13-01"]
        {
            assert!(!Format::Date.holds(bad) && !Format::Instant.holds(bad), "{bad}");
        }
        for good in ["2024-01-31T00:00:00Z", "2024-01-31T00:00:00.25+02:00"] {
            assert!(!Format::Date.holds(good) && Format::Instant.holds(good), "{good}");
        }
        for far in ["1899-12-31", "2200-01-01"] {
            assert!(!Format::Date.holds(far) && Format::Instant.holds(far), "{far}");
        }
        assert_eq!(instant("2024-01-31T02:00:00+02:00"), instant("2024-01-31"));
        assert_eq!(instant("2024-01-31T00:00:00Z[Europe/Rome]"), None);
    }
}
