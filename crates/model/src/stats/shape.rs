//! The shape of a distribution: skewness, excess kurtosis, and whether it is a tent.
use super::sums::central_moment_sum;
use super::{mean, median, sum_of};
use std::f64::consts::PI;

/// How tent-like a distribution is: the Laplace distribution, a tent on a logarithmic scale, fits
/// growth rates of firms better than the normal (Stanley et al. 1996).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TentShape {
    /// Excess kurtosis: 0 for a normal, 3 for a Laplace distribution.
    pub excess_kurtosis: f64,
    /// Largest log-likelihood of a Laplace distribution, in nats.
    pub laplace_log_likelihood: f64,
    /// Largest log-likelihood of a normal distribution, in nats.
    pub normal_log_likelihood: f64,
}

impl TentShape {
    /// Whether the Laplace distribution fits better than the normal; both have two parameters, so
    /// the likelihoods compare as they are.
    pub fn is_closer_to_laplace(&self) -> bool {
        self.laplace_log_likelihood > self.normal_log_likelihood
    }
}

/// Moment skewness `m₃ / m₂^1.5`; `NaN` for no values or no spread.
pub fn skewness(values: &[f64]) -> f64 {
    let (second, center) = second_moment(values);
    standardized(values, center, 3) / (second * second.sqrt())
}

/// Moment excess kurtosis `m₄ / m₂² − 3`, 0 for a normal distribution; `NaN` for no values or no
/// spread.
pub fn excess_kurtosis(values: &[f64]) -> f64 {
    let (second, center) = second_moment(values);
    standardized(values, center, 4) / (second * second) - 3.0
}

/// Fits a Laplace and a normal distribution by maximum likelihood. `None` below two values, for
/// a `NaN`, or where all values or half of them are equal enough to leave no spread.
pub fn tent_shape(values: &[f64]) -> Option<TentShape> {
    if values.len() < 2 || values.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let count = values.len() as f64;
    let (second, _) = second_moment(values);
    let middle = median(values);
    let mean_absolute_deviation = sum_of(values.iter().map(|v| (v - middle).abs())) / count;
    if second.is_nan() || mean_absolute_deviation <= 0.0 {
        return None;
    }
    Some(TentShape {
        excess_kurtosis: excess_kurtosis(values),
        laplace_log_likelihood: -count * (libm::log(2.0 * mean_absolute_deviation) + 1.0),
        normal_log_likelihood: -0.5 * count * (libm::log(2.0 * PI * second) + 1.0),
    })
}

/// The second central moment (divisor `n`) and the mean; `NaN` where values do not spread.
fn second_moment(values: &[f64]) -> (f64, f64) {
    let center = mean(values);
    // A constant series has a rounding-error variance; its shape would be noise.
    if values.windows(2).all(|pair| pair[0] == pair[1]) {
        return (f64::NAN, center);
    }
    (standardized(values, center, 2), center)
}

fn standardized(values: &[f64], center: f64, power: u32) -> f64 {
    central_moment_sum(values, center, power) / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 7] = [3.2, -1.5, 0.0, 8.75, 2.1, 2.1, 100.0];

    #[test]
    fn moments_match_scipy() {
        // scipy.stats.skew, kurtosis
        assert!((skewness(&VALUES) - 2.0095585716176947).abs() < 1e-12);
        assert!((excess_kurtosis(&VALUES) - 2.0955704169503147).abs() < 1e-12);
        // scipy.stats.norm.logpdf and laplace.logpdf at their fits, summed
        let shape = tent_shape(&VALUES).expect("values spread");
        assert!((shape.normal_log_likelihood + 34.67205292000712).abs() < 1e-12);
        assert!((shape.laplace_log_likelihood + 31.219407976456065).abs() < 1e-12);
    }

    #[test]
    fn a_laplace_sample_is_a_tent_and_a_normal_one_is_not() {
        let probabilities = (0..100_001).map(|i| (f64::from(i) + 0.5) / 100_001.0);
        let laplace: Vec<f64> = probabilities
            .clone()
            .map(|p| {
                if p < 0.5 {
                    libm::log(2.0 * p)
                } else {
                    -libm::log(2.0 * (1.0 - p))
                }
            })
            .collect();
        let tent = tent_shape(&laplace).expect("values spread");
        assert!(tent.is_closer_to_laplace());
        assert!((tent.excess_kurtosis - 3.0).abs() < 0.1);
        let normal: Vec<f64> = probabilities.map(crate::stats::normal_quantile).collect();
        let bell = tent_shape(&normal).expect("values spread");
        assert!(!bell.is_closer_to_laplace());
        assert!(bell.excess_kurtosis.abs() < 0.05);
    }

    #[test]
    fn what_is_not_defined_is_missing() {
        assert!(excess_kurtosis(&[]).is_nan());
        assert!(excess_kurtosis(&[0.1; 4]).is_nan());
        assert!(tent_shape(&[0.1; 4]).is_none());
        assert!(tent_shape(&[1.0]).is_none());
        assert!(tent_shape(&[1.0, f64::NAN]).is_none());
    }
}
