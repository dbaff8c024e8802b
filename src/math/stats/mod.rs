//! Descriptive statistics of samples and of series in order of time.
//!
//! Conventions: sample variances divide by n - 1; shape (skewness, kurtosis) is the population's, without correction;
//! sums are compensated and scaled, so neither the size of the values nor a large common part costs digits.

mod moments;
mod normal;
mod order;
mod pair;
mod window;

pub use moments::{Moments, mean};
pub use normal::normal_cdf;
pub use order::{Spread, median, quantile, spread};
pub use pair::{Pair, autocorrelation};
pub use window::moving_average;
