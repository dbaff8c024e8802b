//! Dates: day counts, business days, holiday calendars, schedules.
//!
//! A date is a civil date of the Gregorian calendar ([`jiff::civil::Date`], a pure type: no clock, no time zone). A
//! period runs from its first date, included, to its last, excluded.
//!
//! Map: [`Calendar`] says which days are business days and moves dates to them by a [`Convention`]; [`DayCount`] turns
//! two dates into a fraction of a year; [`Frequency`] steps from coupon date to coupon date; [`Plan`] becomes a
//! [`Schedule`] of periods. [`DateError`] has the refusals.

mod calendar;
mod civil;
mod day_count;
mod error;
mod frequency;
mod schedule;

pub use calendar::{Calendar, Convention, Holiday, Market, easter_sunday};
pub use civil::{FIRST, LAST, days_between, is_month_end, month_end};
pub use day_count::{DayCount, Terms, YearFraction};
pub use error::DateError;
pub use frequency::Frequency;
pub use schedule::{Period, Plan, Rule, Schedule, Stub};
