//! Laws that hold for all inputs, tried on many.

mod capital_structure;
mod dates;
mod depreciation;
mod fx;
mod investment;
mod loan;
mod money;
mod operations;
mod performance;
mod ratios;
mod solve_tvm;
mod statements;
mod tvm;
mod valuation;

/// A small deterministic generator (SplitMix64), so that a failure repeats everywhere.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform between two bounds.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.next() >> 11) as f64 / (1u64 << 53) as f64)
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn whole(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// Of either sign, its magnitude even on a logarithmic scale.
    pub(crate) fn magnitude(&mut self, low: f64, high: f64) -> f64 {
        let sign = if self.next().is_multiple_of(2) { 1.0 } else { -1.0 };
        sign * self.between(low.ln(), high.ln()).exp()
    }
}
