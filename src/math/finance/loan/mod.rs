//! One loan engine: level payments in closed form, schedules payment by payment, rates that include the charges.
//!
//! [`level`] has any payment's parts at once; [`schedule`](mod@schedule) walks, with what [`adjust`], [`cents`] and
//! [`frequency`] say; [`apr`] finds rates, in the [`unit_period`](mod@unit_period) of the loan.

mod adjust;
mod apr;
mod cents;
mod frequency;
mod level;
mod refinance;
mod schedule;
mod unit_period;

pub use adjust::{Caps, Limit};
pub use apr::{Apr, european, regulation_z};
pub use cents::Rounding;
pub use frequency::{Frequency, day_of_month};
pub use level::{Level, payment_over};
pub use refinance::{NewLoan, Refinance, break_even};
pub use schedule::{Accrual, Adjusted, Row, Schedule, Terms, schedule};
pub use unit_period::{Flow, Span, Unit, unit_period};
