//! Exponents of heavy tails: `P(X > x) ∝ x^(−exponent)`.
use super::{least_squares, sum_of};

/// A tail exponent with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TailExponent {
    /// Exponent of the complementary distribution function; 1 is Zipf's law.
    pub exponent: f64,
    /// Asymptotic standard error of the exponent.
    pub standard_error: f64,
    /// Values the estimate rests on.
    pub observations: usize,
}

/// Tail exponent by regression of `ln(rank − ½)` on `ln(size)`, over values from `smallest` to
/// `largest`, both included; ranks count from the largest of *all* values (Gabaix & Ibragimov
/// 2011, with their standard error `exponent · √(2/n)`).
///
/// `None` for fewer than three values in the window, a window that does not start above zero, sizes
/// that do not vary, or a `NaN`.
pub fn rank_regression(values: &[f64], smallest: f64, largest: f64) -> Option<TailExponent> {
    // Written so that a NaN bound fails as well.
    if values.iter().any(|v| v.is_nan()) || !(smallest > 0.0 && largest >= smallest) {
        return None;
    }
    let mut descending = values.to_vec();
    descending.sort_unstable_by(|a, b| b.total_cmp(a));
    let (sizes, ranks): (Vec<f64>, Vec<f64>) = descending
        .iter()
        .enumerate()
        .filter(|&(_, &v)| v >= smallest && v <= largest)
        .map(|(above, &v)| (libm::log(v), libm::log(above as f64 + 0.5)))
        .unzip();
    if sizes.len() < 3 {
        return None;
    }
    let exponent = -least_squares(&sizes, &ranks)?.slope;
    Some(TailExponent {
        exponent,
        standard_error: exponent.abs() * (2.0 / sizes.len() as f64).sqrt(),
        observations: sizes.len(),
    })
}

/// Hill's estimator from the `tail` largest values, measured against the next one below them
/// (Hill 1975), with standard error `exponent / √tail`.
///
/// `None` if `tail` is zero or leaves no value below, if that value is not positive, if the values
/// do not vary, or for a `NaN`.
pub fn hill(values: &[f64], tail: usize) -> Option<TailExponent> {
    if tail == 0 || tail >= values.len() || values.iter().any(|v| v.is_nan()) {
        return None;
    }
    let mut descending = values.to_vec();
    let (_, &mut threshold, _) = descending.select_nth_unstable_by(tail, |a, b| b.total_cmp(a));
    if threshold <= 0.0 {
        return None;
    }
    // Selection leaves the tail in no particular order; the sum needs one.
    let largest = &mut descending[..tail];
    largest.sort_unstable_by(|a, b| b.total_cmp(a));
    let log_excess = sum_of(largest.iter().map(|v| libm::log(v / threshold)));
    if log_excess <= 0.0 {
        return None;
    }
    let exponent = tail as f64 / log_excess;
    Some(TailExponent {
        exponent,
        standard_error: exponent / (tail as f64).sqrt(),
        observations: tail,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Quantiles of a Pareto distribution from 1, evenly spread in probability.
    fn pareto(exponent: f64, count: u32) -> Vec<f64> {
        (0..count)
            .map(|i| {
                let above = (f64::from(i) + 0.5) / f64::from(count);
                libm::pow(above, -1.0 / exponent)
            })
            .collect()
    }

    #[test]
    fn finds_the_exponent_of_a_pareto() {
        for exponent in [0.8, 1.06, 2.0] {
            let values = pareto(exponent, 20_000);
            // These values are the exact inverse of rank − ½, so the regression is exact.
            let by_rank = rank_regression(&values, 2.0, 500.0).expect("many values");
            assert!((by_rank.exponent - exponent).abs() < 1e-9);
            let by_hill = hill(&values, 2_000).expect("many values");
            assert!((by_hill.exponent - exponent).abs() < 0.01, "{by_hill:?}");
            assert!((by_hill.standard_error - exponent / 2_000f64.sqrt()).abs() < 1e-3);
        }
    }

    #[test]
    fn hill_by_hand() {
        // Tail (8, 4) over threshold 2: 2 / (ln 4 + ln 2).
        let found = hill(&[1.0, 8.0, 2.0, 4.0], 2).expect("a tail of two");
        assert!((found.exponent - 2.0 / libm::log(8.0)).abs() < 1e-15);
    }

    #[test]
    fn what_is_not_defined_is_missing() {
        assert!(rank_regression(&[1.0, 2.0], 0.5, 10.0).is_none());
        assert!(rank_regression(&[1.0, 2.0, 3.0], 0.0, 10.0).is_none());
        assert!(rank_regression(&[1.0, 2.0, f64::NAN], 0.5, 10.0).is_none());
        assert!(rank_regression(&[1.0, 2.0, 3.0], 0.5, f64::NAN).is_none());
        assert!(rank_regression(&[7.0; 9], 0.5, 10.0).is_none());
        assert!(hill(&[1.0, 2.0], 2).is_none());
        assert!(hill(&[5.0; 6], 3).is_none());
        assert!(hill(&[0.0, 0.0, 3.0], 1).is_none());
        assert!(hill(&[], 0).is_none());
    }

    proptest! {
        #[test]
        fn the_unit_of_size_does_not_matter(scale in 0.01..100.0f64, exponent in 0.5..3.0f64) {
            let values = pareto(exponent, 300);
            let scaled: Vec<f64> = values.iter().map(|v| v * scale).collect();
            let plain = hill(&values, 50).expect("a tail");
            let other = hill(&scaled, 50).expect("a tail");
            prop_assert!((plain.exponent - other.exponent).abs() < 1e-9);
        }
    }
}
