//! Dates, calendars and conventions as arguments.

use crate::math::time::{self, Market};
use crate::toolkit::format;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

// A calendar date of the years 1900 to 2199. No doc comment: it would stand in every list of holidays.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(try_from = "String")]
#[schemars(extend("x-format" = "date"))]
pub(in crate::tools) struct Day(#[schemars(with = "String")] pub Date);

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        format::date(&text).map(Self).ok_or("is no date")
    }
}

/// Of the market.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy, Default, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(in crate::tools) enum CalendarName {
    None,
    #[default]
    WeekendsOnly,
    Target,
    UsFederalReserve,
    UsGovernmentBond,
    UsNyse,
    UkSettlement,
}

impl From<CalendarName> for Market {
    fn from(name: CalendarName) -> Self {
        match name {
            CalendarName::None => Self::None,
            CalendarName::WeekendsOnly => Self::WeekendsOnly,
            CalendarName::Target => Self::Target,
            CalendarName::UsFederalReserve => Self::UsFederalReserve,
            CalendarName::UsGovernmentBond => Self::UsGovernmentBond,
            CalendarName::UsNyse => Self::UsNyse,
            CalendarName::UkSettlement => Self::UkSettlement,
        }
    }
}

/// The market's calendar with the caller's holidays.
pub(in crate::tools) fn calendar(name: CalendarName, holidays: &[Day]) -> time::Calendar {
    let dates: Vec<Date> = holidays.iter().map(|day| day.0).collect();
    time::Calendar::new(name.into()).with_holidays(&dates)
}

/// How a date that is no business day is moved.
#[derive(Deserialize, Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(in crate::tools) enum Convention {
    Unadjusted,
    Following,
    ModifiedFollowing,
    Preceding,
    ModifiedPreceding,
}

impl From<Convention> for time::Convention {
    fn from(convention: Convention) -> Self {
        match convention {
            Convention::Unadjusted => Self::Unadjusted,
            Convention::Following => Self::Following,
            Convention::ModifiedFollowing => Self::ModifiedFollowing,
            Convention::Preceding => Self::Preceding,
            Convention::ModifiedPreceding => Self::ModifiedPreceding,
        }
    }
}
