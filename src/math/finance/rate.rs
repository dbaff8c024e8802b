//! Interest rates on different bases that give the same growth.

use crate::math::Error;
use crate::math::error::finite;

/// How a rate turns an amount into a larger one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// Compounded once a year.
    EffectiveAnnual,
    /// Compounded so many times a year, at least once.
    Nominal(u32),
    /// Compounded at every instant.
    Continuous,
    /// Interest on the first amount alone, paid at the end of the term.
    Simple,
    /// Interest on the last amount, taken off at the start of the term.
    Discount,
}

/// A rate on another basis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Converted {
    /// On the wanted basis, decimal per year.
    pub rate: f64,
    /// Compounded once a year, decimal per year.
    pub effective_annual: f64,
    /// Compounded continuously, decimal per year.
    pub continuous: f64,
    /// What 1 grows to over the term.
    pub growth: f64,
}

/// The rate on one basis that gives the same growth over the term as a rate on another. Each side measures the term in
/// years of its own (360 or 365 days); it matters for simple and discount rates, and where the years differ.
///
/// # Formula
/// ```text
/// growth: effective (1 + r)^T, nominal (1 + r/m)^(mT), continuous e^(rT), simple 1 + rT, discount 1 / (1 - rT)
///   r  rate, decimal per year     T  term, years, > 0     m  compoundings per year, >= 1
/// ```
///
/// # Errors
/// [`Error::NotFinite`]; [`Error::NothingLeft`] when 1 + r, 1 + r/m, 1 + rT or 1 - rT is not above zero;
/// [`Error::Overflow`] when the growth or a rate is above the largest float.
///
/// Source: J. C. Hull, Options, Futures, and Other Derivatives, 8th ed. (2012), section 4.2; S. G. Kellison, The Theory
/// of Interest, 3rd ed. (2009), sections 1.5-1.9.
pub fn convert(
    rate: f64,
    (from, from_term): (Basis, f64),
    (to, to_term): (Basis, f64),
) -> Result<Converted, Error> {
    let force = force(finite(rate, "rate")?, from, finite(from_term, "term")?)?;
    // Equal terms leave the force as it is, whatever they are.
    let continuous = if from_term == to_term { force } else { force * (from_term / to_term) };
    let computed =
        |value: f64, name| if value.is_finite() { Ok(value) } else { Err(Error::Overflow { name }) };
    Ok(Converted {
        rate: computed(from_force(continuous, to, to_term), "rate")?,
        effective_annual: computed(continuous.exp_m1(), "effective annual rate")?,
        continuous: computed(continuous, "continuous rate")?,
        growth: computed((force * from_term).exp(), "growth factor")?,
    })
}

/// The continuous rate of the same growth: ln(growth) / T.
fn force(rate: f64, basis: Basis, term: f64) -> Result<f64, Error> {
    Ok(match basis {
        Basis::EffectiveAnnual => log(rate, "1 + rate")?,
        Basis::Nominal(m) => f64::from(m) * log(rate / f64::from(m), "1 + rate / compoundings")?,
        Basis::Continuous => rate,
        Basis::Simple if negligible(rate * term) => rate,
        Basis::Simple => log(rate * term, "1 + rate * term")? / term,
        Basis::Discount if negligible(rate * term) => rate,
        Basis::Discount => -log(-rate * term, "1 - rate * term")? / term,
    })
}

fn from_force(force: f64, basis: Basis, term: f64) -> f64 {
    match basis {
        Basis::EffectiveAnnual => force.exp_m1(),
        Basis::Nominal(m) => f64::from(m) * (force / f64::from(m)).exp_m1(),
        Basis::Continuous => force,
        Basis::Simple | Basis::Discount if negligible(force * term) => force,
        Basis::Simple => (force * term).exp_m1() / term,
        Basis::Discount => -(-force * term).exp_m1() / term,
    }
}

/// Interest so small that simple, discounted and compounded are one to the last digit, while the product with the term
/// may have lost its digits below the smallest float.
fn negligible(interest: f64) -> bool {
    interest.abs() < 1e-20
}

/// ln(1 + x), where 1 + x is above zero.
fn log(x: f64, base: &'static str) -> Result<f64, Error> {
    if x > -1.0 { Ok(x.ln_1p()) } else { Err(Error::NothingLeft { base, value: 1.0 + x }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rate: f64, from: Basis, to: Basis, term: f64) -> Result<f64, Error> {
        convert(rate, (from, term), (to, term)).map(|c| c.rate)
    }

    #[test]
    fn hull_section_4_2() {
        // 10 % with semiannual compounding is 9.758 % continuously; 8 % continuously is 8.08 % quarterly.
        let first = of(0.1, Basis::Nominal(2), Basis::Continuous, 1.0).unwrap();
        let second = of(0.08, Basis::Continuous, Basis::Nominal(4), 1.0).unwrap();
        assert!((first - 0.097_58).abs() < 5e-6 && (second - 0.0808).abs() < 5e-5, "{first} {second}");
    }

    #[test]
    fn tiny_terms_and_rates_keep_their_digits() {
        for (rate, term) in [(0.05, 1e-300), (1e-300, 1.0), (-0.05, 5e-324)] {
            for basis in [Basis::Simple, Basis::Discount] {
                assert_eq!(of(rate, basis, Basis::Continuous, term), Ok(rate));
                assert_eq!(of(rate, Basis::Continuous, basis, term), Ok(rate));
            }
        }
    }

    #[test]
    fn refusals() {
        let one = |rate, basis| of(rate, basis, Basis::Continuous, 1.0);
        assert!(matches!(
            one(-1.0, Basis::EffectiveAnnual),
            Err(Error::NothingLeft { base: "1 + rate", .. })
        ));
        assert!(matches!(one(-2.0, Basis::Nominal(2)), Err(Error::NothingLeft { .. })));
        assert!(matches!(one(-1.0, Basis::Simple), Err(Error::NothingLeft { .. })));
        assert!(matches!(one(1.0, Basis::Discount), Err(Error::NothingLeft { value: 0.0, .. })));
        assert!(matches!(one(1000.0, Basis::Continuous), Err(Error::Overflow { .. })));
        assert_eq!(one(f64::NAN, Basis::Continuous), Err(Error::NotFinite { name: "rate" }));
    }
}
