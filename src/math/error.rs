//! Why a calculation has no answer, in words that say what to change.

use super::time::DateError;
use std::fmt;

/// The reasons for which a calculation of this layer refuses.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// An argument is NaN or infinite; `name` is the argument's textbook noun.
    NotFinite {
        /// The argument, as a noun.
        name: &'static str,
    },
    /// A rate of -100 % or less: nothing would be left to discount.
    RateTooLow {
        /// The rate that came, decimal.
        rate: f64,
    },
    /// An annuity or a loan without a single payment.
    NoPeriods,
    /// An empty series of cash flows.
    NoFlows,
    /// A rate of return was asked of fewer than two flows.
    TooFewFlows {
        /// How many flows came.
        count: usize,
    },
    /// Amounts and times do not pair up.
    LengthMismatch {
        /// How many amounts came.
        amounts: usize,
        /// How many times came.
        times: usize,
    },
    /// A time before time zero, or one too large to compute with (above 1e15).
    TimeOutOfRange {
        /// Position in the list, from 0.
        index: usize,
        /// The time that came.
        time: f64,
    },
    /// All flows fall on one date, so no rate changes their value.
    AllTimesEqual,
    /// The flows are all of one sign, so their present value is never zero.
    NoSignChange,
    /// The flows of every date cancel, so every rate makes the present value zero.
    EveryRate,
    /// The present value has the same sign at every rate.
    NoRate,
    /// The rate exists but lies outside what a float between -1 and 1.8e308 can express.
    RateOutOfRange,
    /// The result is larger than any float (1.8e308); `name` is the result's noun.
    Overflow {
        /// The result, as a noun.
        name: &'static str,
    },
    /// A function that was to be zeroed gave NaN or infinity.
    Undefined {
        /// Where.
        at: f64,
    },
    /// The ends of a search interval do not enclose a change of sign.
    NotABracket {
        /// Lower end.
        lower: f64,
        /// Upper end.
        upper: f64,
    },
    /// A rate that leaves nothing, or less, of what it is applied to; `base` is what must stay above zero.
    NothingLeft {
        /// The base, as a formula.
        base: &'static str,
        /// Its value.
        value: f64,
    },
    /// A question about dates has no answer.
    Date(DateError),
    /// An iteration used up its allowance.
    NoConvergence {
        /// Steps made.
        iterations: u32,
    },
    /// An amount has more significant digits than are computed with exactly.
    DecimalDigits {
        /// How many it has.
        digits: usize,
    },
    /// Exact decimal amounts that need more than 37 places, whole digits and decimals together.
    DecimalRange,
    /// No chain of quotes joins two currencies.
    NoPath,
    /// No code of a currency in force.
    UnknownCurrency,
    /// A cash increment that no number of minor units makes.
    NotAMultiple,
    /// A weight below zero.
    NegativeWeight {
        /// Position in the list, from 0.
        index: usize,
    },
    /// All weights are zero.
    NoWeight,
    /// An argument for which the formula is not defined; the sentence says which and what is wanted.
    Invalid(&'static str),
    /// A statistic was asked of fewer values than it needs.
    TooFewValues {
        /// How many values came.
        count: usize,
        /// How many are needed.
        least: usize,
    },
    /// Two series that belong together differ in length.
    UnequalLengths {
        /// Length of the first.
        first: usize,
        /// Length of the second.
        second: usize,
    },
    /// An argument outside its domain.
    OutOfRange {
        /// The argument, as a noun.
        name: &'static str,
        /// The value that came.
        value: f64,
        /// What it must be, such as `above 0`.
        wanted: &'static str,
    },
    /// The question has no answer; `why` is a sentence in the words of the field.
    NoAnswer {
        /// The sentence.
        why: &'static str,
    },
    /// The caller asked to stop (deadline or cancellation).
    Stopped,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite { name } => write!(f, "the {name} must be a finite number"),
            Self::RateTooLow { rate } => write!(
                f,
                "the rate {rate} is -100 % or less: give a decimal rate above -1, such as 0.05 for 5 %"
            ),
            Self::NoPeriods => f.write_str("there must be at least one period"),
            Self::NoFlows => f.write_str("there are no cash flows: give at least one"),
            Self::TooFewFlows { count } => {
                write!(f, "a rate of return needs at least 2 cash flows, but {count} came")
            }
            Self::LengthMismatch { amounts, times } => {
                write!(
                    f,
                    "{amounts} amounts do not pair up with {times} times: give one time for each amount"
                )
            }
            Self::TimeOutOfRange { index, time } => write!(
                f,
                "flow {index} lies at time {time}: times count from the first flow on, from 0 to 1e15 years"
            ),
            Self::Overflow { name } => {
                write!(
                    f,
                    "the {name} is larger than the largest number, 1.8e308: lower the amount, the rate or the time"
                )
            }
            Self::Undefined { at } => write!(f, "the function has no finite value at {at}"),
            Self::NotABracket { lower, upper } => {
                write!(f, "the function does not change its sign between {lower} and {upper}")
            }
            Self::NothingLeft { base, value } => {
                write!(f, "{base} is {value}, and money cannot grow by that: it must be above zero")
            }
            Self::Date(error) => error.fmt(f),
            Self::NoConvergence { iterations } => {
                write!(f, "the search did not settle within {iterations} iterations")
            }
            Self::DecimalDigits { digits } => {
                write!(f, "has {digits} significant digits: give at most 28")
            }
            Self::NegativeWeight { index } => write!(f, "weight {index} is negative: weights are 0 or more"),
            Self::Invalid(what) => f.write_str(what),
            Self::TooFewValues { count, least } => {
                write!(f, "{least} values are needed at least, but {count} came")
            }
            Self::UnequalLengths { first, second } => {
                write!(f, "{first} values do not pair up with {second}: give two series of one length")
            }
            Self::OutOfRange { name, value, wanted } => {
                write!(f, "the {name} must be {wanted}, but is {value}")
            }
            other => f.write_str(other.fixed_text()),
        }
    }
}

impl Error {
    /// The sentences that carry no number.
    fn fixed_text(&self) -> &'static str {
        match self {
            Self::AllTimesEqual => {
                "all flows fall on the same date, so no rate changes their value: a rate of return needs two dates"
            }
            Self::NoSignChange => {
                "the flows never change sign, so no rate makes their present value zero: \
                 an internal rate of return needs at least one positive and one negative flow"
            }
            Self::EveryRate => {
                "the flows of every date cancel, so every rate makes their present value zero: \
                 no single rate of return exists"
            }
            Self::NoRate => {
                "the present value has the same sign at every rate above -100 %, so no rate makes it zero: \
                 judge these flows by their net present value"
            }
            Self::RateOutOfRange => {
                "the rate that makes the present value zero is too close to -100 % or too large to be expressed: \
                 check the sizes of the flows"
            }
            Self::DecimalRange => {
                "exact decimals hold 37 places, whole digits and decimals together: \
                 leave out amounts that are so large or so small beside the others"
            }
            Self::NoPath => "no chain of the quotes joins the two currencies: give a quote that does",
            Self::UnknownCurrency => "is no currency code of ISO 4217 in force",
            Self::NotAMultiple => {
                "is no multiple of the minor unit: give one, such as 0.05 for francs of 2 decimals"
            }
            Self::NoWeight => "the weights are all zero, so nobody gets anything: give at least one above 0",
            Self::NoAnswer { why } => why,
            _ => "the calculation was stopped before it was done",
        }
    }
}

impl std::error::Error for Error {}

/// Refuses a result that has left the range of floats, naming it.
pub(crate) fn held(value: f64, name: &'static str) -> Result<f64, Error> {
    if value.is_finite() { Ok(value) } else { Err(Error::Overflow { name }) }
}

impl From<DateError> for Error {
    fn from(error: DateError) -> Self {
        Self::Date(error)
    }
}

/// Refuses NaN and infinity, naming the argument.
pub(crate) fn finite(value: f64, name: &'static str) -> Result<f64, Error> {
    if value.is_finite() { Ok(value) } else { Err(Error::NotFinite { name }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_say_what_to_change() {
        assert!(Error::NoSignChange.to_string().contains("at least one positive and one negative flow"));
        assert!(Error::RateTooLow { rate: -1.5 }.to_string().contains("-1.5"));
        assert!(Error::Stopped.to_string().contains("stopped"));
        assert_eq!(finite(f64::NAN, "rate"), Err(Error::NotFinite { name: "rate" }));
    }
}
