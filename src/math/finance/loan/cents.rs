//! Rounding of amounts to cents, where a loan's contract asks for it.

/// What happens to fractions of a cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// They are kept.
    #[default]
    None,
    /// To the nearest cent, a half to the even one (IEEE 754, banker's rounding).
    HalfEven,
    /// To the nearest cent, a half away from zero.
    HalfUp,
}

/// A product of a rate and an amount in cents misses the half that its decimals make by a few units in the last place.
const NOISE: f64 = 16.0 * f64::EPSILON;

impl Rounding {
    /// The amount as the contract states it, in the same currency unit.
    ///
    /// # Formula
    /// ```text
    /// cents = 100 amount, to the nearest whole; within 16 units in the last place of a half it counts as the half
    /// ```
    ///
    /// Source: IEEE 754-2019, section 4.3.1 and 4.3.2.
    #[must_use]
    pub fn round(self, amount: f64) -> f64 {
        let cents = amount.abs() * 100.0;
        // Above 2^52 cents there is no fraction left to round.
        if self == Self::None || cents >= 4_503_599_627_370_496.0 {
            return amount;
        }
        let floor = cents.floor();
        let rest = cents - floor;
        let whole = if (rest - 0.5).abs() <= NOISE * cents.max(1.0) {
            if self == Self::HalfEven && floor % 2.0 == 0.0 { floor } else { floor + 1.0 }
        } else {
            cents.round()
        };
        (whole / 100.0).copysign(amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_halves_in_decimals() {
        // 100.50 at 1 %: 1.005 in decimals, a little less in a float.
        let interest = 100.50 * 0.01;
        assert_eq!((Rounding::HalfEven.round(interest), Rounding::HalfUp.round(interest)), (1.0, 1.01));
        assert_eq!((Rounding::HalfEven.round(1.015), Rounding::HalfUp.round(-1.015)), (1.02, -1.02));
        assert_eq!(Rounding::None.round(1.005), 1.005);
        assert_eq!(Rounding::HalfEven.round(599.550_525), 599.55);
        assert_eq!(Rounding::HalfUp.round(1e300), 1e300);
        assert_eq!(Rounding::HalfUp.round(0.004_999), 0.0);
    }
}
