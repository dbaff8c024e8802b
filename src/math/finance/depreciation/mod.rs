//! Depreciation: book methods, the French methods of spreadsheets, US tax depreciation (MACRS).

mod book;
mod french;
mod macrs;
mod tables;

pub use book::{Asset, Method, Schedule, schedule, slice, units_of_production};
pub use french::{FirstPeriod, degressive, linear};
pub use macrs::{Class, Convention, Disposal, Rates, System, exact_rates, printed_rates};
