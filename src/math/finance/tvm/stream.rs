//! Annuities that grow, start later, or never end.

use super::annuity::{Factors, Timing};
use super::checked_rate;
use super::single::growth;
use crate::math::Error;
use crate::math::error::finite;
use crate::math::scaled::Scaled;
use crate::math::twofold::log_growth;

/// Payments that start after a while, grow at a constant rate, and end or do not.
///
/// # Formula
/// ```text
/// payment k (k = 0, 1, ...) = first (1 + g)^k, at time deferral + k + 1, when due at deferral + k
/// ```
///
/// Source: see [`Stream::value`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stream {
    /// Interest rate per period, decimal, > -1.
    pub rate: f64,
    /// Growth of the payments per period, decimal, > -1.
    pub growth: f64,
    /// Number of payments; none for a perpetuity.
    pub periods: Option<u64>,
    /// Periods before the one of the first payment.
    pub deferral: u64,
    /// When in its period a payment falls.
    pub timing: Timing,
}

/// What a stream is worth.
///
/// # Formula
/// ```text
/// present = first factor;  future = present (1 + r)^(deferral + n)
/// last = first (1 + g)^(n - 1);  total = first ((1 + g)^n - 1) / g
/// ```
///
/// Source: see [`Stream::value`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StreamValue {
    /// Value at time zero, currency.
    pub present: f64,
    /// Value at time zero of a first payment of 1.
    pub factor: f64,
    /// Value at the end of the last period, currency; none for a perpetuity.
    pub future: Option<f64>,
    /// The last payment, currency; none for a perpetuity.
    pub last: Option<f64>,
    /// All payments added, currency; none for a perpetuity.
    pub total: Option<f64>,
}

impl Stream {
    /// What the stream is worth with this first payment.
    ///
    /// # Formula
    /// ```text
    /// PV = first (1 + r)^-deferral (1 - ((1 + g) / (1 + r))^n) / (r - g), times 1 + r when due;  r = g: first n / (1 + r)
    /// perpetuity: PV = first (1 + r)^-deferral / (r - g), times 1 + r when due
    /// ```
    /// Computed as a level annuity at the rate (r - g) / (1 + g), which loses no digits where r and g are close.
    ///
    /// # Errors
    /// [`Error::RateTooLow`], [`Error::NoPeriods`], [`Error::NotFinite`]; [`Error::NoAnswer`] for a perpetuity that
    /// grows as fast as interest; [`Error::Overflow`] when a result is above the largest float.
    ///
    /// Source: S. A. Ross, R. W. Westerfield, J. Jaffe, Corporate Finance, 9th ed. (2010), section 4.4; S. G. Kellison,
    /// The Theory of Interest, 3rd ed. (2009), sections 4.6-4.7.
    pub fn value(&self, first: f64) -> Result<StreamValue, Error> {
        let first = Scaled::from(finite(first, "first payment")?);
        let (rate, rise) = (checked_rate(self.rate)?, checked_rate(self.growth)?);
        let start = self.at_start(rate, rise)?;
        let factor = start * growth(rate, -(self.deferral as f64));
        let finished = |n: u64| -> Result<[f64; 3], Error> {
            let future = (first * start * growth(rate, n as f64)).value("future value")?;
            let last = (first * growth(rise, n as f64 - 1.0)).value("last payment")?;
            let accumulated = Factors::new(rise, n as f64, Timing::Ordinary)?.accumulated.value;
            Ok([future, last, (first * accumulated).value("total of the payments")?])
        };
        let ends = self.periods.map(finished).transpose()?;
        Ok(StreamValue {
            present: (first * factor).value("present value")?,
            factor: factor.value("annuity factor")?,
            future: ends.map(|e| e[0]),
            last: ends.map(|e| e[1]),
            total: ends.map(|e| e[2]),
        })
    }

    /// The value of a first payment of 1, `deferral` periods after time zero.
    fn at_start(&self, rate: f64, rise: f64) -> Result<Scaled, Error> {
        let (gap, step) = (Scaled::from(rate) - Scaled::from(rise), Scaled::ONE + Scaled::from(rise));
        let ordinary = match self.periods {
            Some(0) => return Err(Error::NoPeriods),
            Some(n) => match (gap / step).value("net rate") {
                Ok(net) if net.abs() < 0.5 => {
                    Factors::new(net, n as f64, Timing::Ordinary)?.discounted.value / step
                }
                // Far apart, where nothing cancels; the net rate may be none that a float can tell from -100 %.
                _ => (Scaled::ONE - growth(rise, n as f64) * growth(rate, -(n as f64))) / gap,
            },
            None if rate > rise => Scaled::ONE / gap,
            None => {
                let why = "payments for ever that grow as fast as interest, or faster, have no finite value: growthRate must be below rate";
                return Err(Error::NoAnswer { why });
            }
        };
        Ok(if self.timing == Timing::Due { ordinary * Scaled::exp(log_growth(rate)) } else { ordinary })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(rate: f64, growth: f64, periods: Option<u64>) -> Stream {
        Stream { rate, growth, periods, deferral: 0, timing: Timing::Ordinary }
    }

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-14 * want.abs(), "{got} is not {want}");
    }

    #[test]
    fn growth_equal_to_interest_is_the_limit() {
        close(stream(0.1, 0.1, Some(20)).value(1000.0).unwrap().present, 20.0 * 1000.0 / 1.1);
        let near = stream(0.1, 0.1 + 1e-13, Some(20)).value(1000.0).unwrap().present;
        close(near, 20.0 * 1000.0 / 1.1 * (1.0 + 9.5e-13 / 1.1));
    }

    #[test]
    fn a_perpetuity_needs_interest_above_growth() {
        close(stream(0.1, 0.05, None).value(5.0).unwrap().present, 100.0);
        close(stream(-0.05, -0.1, None).value(5.0).unwrap().present, 100.0);
        for growth in [0.1, 0.2] {
            assert!(matches!(stream(0.1, growth, None).value(5.0), Err(Error::NoAnswer { .. })));
        }
    }

    #[test]
    fn deferral_and_timing_move_the_value() {
        let late =
            Stream { deferral: 3, timing: Timing::Due, ..stream(0.1, 0.0, Some(2)) }.value(121.0).unwrap();
        close(late.present, (121.0 + 110.0) / 1.331);
        close(late.future.unwrap(), 121.0 * 1.21 + 121.0 * 1.1);
        assert_eq!((late.last, late.total), (Some(121.0), Some(242.0)));
    }
}
