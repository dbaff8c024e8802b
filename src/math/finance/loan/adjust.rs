//! Rate changes of a loan with an adjustable rate.

/// What bounds a new rate, decimal per year; absent is unbounded.
///
/// # Formula
/// ```text
/// new = clamp(index + margin, old - cap, old + cap);  cap = initial for the first change, periodic for later ones
/// then at most start + lifetime, then at least floor
/// ```
///
/// Source: 12 CFR 1026.19(b) and Consumer Handbook on Adjustable-Rate Mortgages (CFPB, 2020), pp. 5-9.
#[derive(Clone, Copy, Debug, Default)]
pub struct Caps {
    /// Added to the index.
    pub margin: f64,
    /// Greatest first change, up or down.
    pub initial: Option<f64>,
    /// Greatest later change, up or down.
    pub periodic: Option<f64>,
    /// Greatest rise over the start rate.
    pub lifetime: Option<f64>,
    /// Lowest rate.
    pub floor: Option<f64>,
}

/// What held a new rate back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Nothing: it is index plus margin.
    None,
    /// [`Caps::initial`]
    InitialCap,
    /// [`Caps::periodic`]
    PeriodicCap,
    /// [`Caps::lifetime`]
    LifetimeCap,
    /// [`Caps::floor`]
    Floor,
}

impl Caps {
    /// Index plus margin, the rate that applies, and the limit that set it.
    #[must_use]
    pub fn apply(&self, index: f64, old: f64, start: f64, first: bool) -> (f64, f64, Limit) {
        let indexed = index + self.margin;
        let (cap, limit) =
            if first { (self.initial, Limit::InitialCap) } else { (self.periodic, Limit::PeriodicCap) };
        let mut applied = (indexed, Limit::None);
        if let Some(cap) = cap
            && (indexed - old).abs() > cap
        {
            applied = (old + cap.copysign(indexed - old), limit);
        }
        if let Some(lifetime) = self.lifetime
            && applied.0 > start + lifetime
        {
            applied = (start + lifetime, Limit::LifetimeCap);
        }
        if let Some(floor) = self.floor
            && applied.0 < floor
        {
            applied = (floor, Limit::Floor);
        }
        (indexed, applied.0, applied.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_limit_that_binds_is_told() {
        let caps = Caps {
            margin: 0.02,
            initial: Some(0.05),
            periodic: Some(0.02),
            lifetime: Some(0.06),
            floor: Some(0.03),
        };
        let rate = |index, old, first| {
            let (_, rate, limit) = caps.apply(index, old, 0.04, first);
            ((rate * 1e6_f64).round() / 1e6, limit)
        };
        assert_eq!(rate(0.03, 0.04, true), (0.05, Limit::None));
        assert_eq!(rate(0.09, 0.04, true), (0.09, Limit::InitialCap));
        assert_eq!(rate(0.06, 0.04, false), (0.06, Limit::PeriodicCap));
        assert_eq!(rate(0.09, 0.09, false), (0.10, Limit::LifetimeCap));
        assert_eq!(rate(-0.01, 0.04, false), (0.03, Limit::Floor));
    }
}
