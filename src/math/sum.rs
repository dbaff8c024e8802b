//! Compensated summation.

/// A running sum that keeps the digits which plain addition drops.
///
/// # Formula
/// ```text
/// s' = fl(s + v),  c' = c + error of that addition,  total = s + c
///   v  next value, any unit;  s  sum so far;  c  sum of the rounding errors
/// error of the total <= eps |sum v| + n^2 eps^2 sum |v|     eps = 2^-53, n = number of values
/// ```
///
/// Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
/// ZAMM 54 (1974), pp. 39-51, algorithm IV.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    sum: f64,
    compensation: f64,
}

impl Sum {
    /// Adds one value.
    #[inline]
    pub fn add(&mut self, value: f64) {
        let next = self.sum + value;
        // Kahan's form loses the error when the new value is the larger one ([1, 1e100, 1, -1e100]); the error is
        // exact only when taken off the larger.
        self.compensation +=
            if self.sum.abs() >= value.abs() { (self.sum - next) + value } else { (value - next) + self.sum };
        self.sum = next;
    }

    /// This sum and another one together.
    #[inline]
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.add(other.sum);
        self.compensation += other.compensation;
        self
    }

    /// The total so far; not finite when a partial sum overflowed, which callers check.
    #[inline]
    #[must_use]
    pub fn total(self) -> f64 {
        // After an overflow the compensation is NaN; the infinite sum tells more.
        if self.sum.is_finite() { self.sum + self.compensation } else { self.sum }
    }
}

impl Extend<f64> for Sum {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.add(value));
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut sum = Self::default();
        sum.extend(values);
        sum
    }
}

/// The sum of a slice, as exact as one rounding allows for any sane conditioning.
///
/// # Formula
/// ```text
/// total = v_1 + ... + v_n        v_i  values, any one unit; an empty slice gives 0
/// ```
///
/// # Errors
/// [`super::Error::Overflow`] when the sum itself is above the largest float (a partial sum may be).
///
/// Source: see [`Sum`].
pub fn sum(values: &[f64]) -> Result<f64, super::Error> {
    const HALF_RANGE: f64 = 1.340_780_792_994_259_7e154; // 2^512
    let mut total = values.iter().copied().collect::<Sum>().total();
    if !total.is_finite() {
        // What this rounds away lies far below the giants that made the partial sum overflow.
        total = values.iter().map(|v| v / HALF_RANGE).collect::<Sum>().total() * HALF_RANGE;
    }
    if total.is_finite() { Ok(total) } else { Err(super::Error::Overflow { name: "sum" }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cancelling_giants_leave_the_small_ones() {
        assert_eq!(sum(&[1.0, 1e100, 1.0, -1e100]), Ok(2.0));
        assert_eq!(sum(&[]), Ok(0.0));
        assert_eq!(sum(&vec![0.1; 10_000_000]), Ok(1_000_000.0));
    }

    #[test]
    fn overflow_is_refused() {
        assert!(sum(&[f64::MAX, f64::MAX]).is_err());
        assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]), Ok(f64::MAX));
    }
}
