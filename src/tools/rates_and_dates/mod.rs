//! Interest rates between bases, day counts, business days, date schedules.

mod business_days;
mod convert_rate;
mod date_schedule;
mod day_count;

use crate::toolkit::{Entry, Error, Family};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "rates-and-dates",
    title: "Rates and dates",
    description: "Interest rates between bases, day counts, business days and holiday calendars, coupon and payment dates.",
    tools: &[
        Entry::of::<convert_rate::ConvertRate>(),
        Entry::of::<day_count::DayCount>(),
        Entry::of::<business_days::BusinessDays>(),
        Entry::of::<date_schedule::DateSchedule>(),
    ],
};

/// An argument that another one makes necessary.
fn needed<T>(value: Option<T>, name: &str, why: &str) -> Result<T, Error> {
    value.ok_or_else(|| Error::at(name, format!("missing; {why} needs it")))
}
