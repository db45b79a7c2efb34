//! Intervals for means and for differences between runs.
//!
//! All intervals here are Student's t intervals over independent replicates. They say how much the
//! random draws of the model move a figure, and nothing about whether the model is right.
use super::{mean, standard_error, student_t_quantile, variance};

/// An estimate with its confidence interval, all in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Mean, or difference of means.
    pub estimate: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// Standard error of the estimate.
    pub standard_error: f64,
    /// Degrees of freedom behind the bounds.
    pub degrees_of_freedom: f64,
}

impl Interval {
    fn new(estimate: f64, standard_error: f64, degrees_of_freedom: f64, confidence: f64) -> Self {
        // Identical replicates leave no doubt, and 0 times an infinite quantile no number.
        let reach = if standard_error == 0.0 {
            0.0
        } else {
            student_t_quantile(0.5 + 0.5 * confidence, degrees_of_freedom) * standard_error
        };
        Interval {
            estimate,
            low: estimate - reach,
            high: estimate + reach,
            standard_error,
            degrees_of_freedom,
        }
    }

    /// Whether the interval does not tell a rise from a fall: it holds zero, unless it is zero
    /// itself, or it is not known.
    pub fn sign_is_uncertain(&self) -> bool {
        let surely_zero = self.low == 0.0 && self.high == 0.0;
        let clear = self.low > 0.0 || self.high < 0.0;
        !clear && !surely_zero
    }
}

/// Two sets of runs compared draw for draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// Mean difference, second minus first, with its interval.
    pub difference: Interval,
    /// Variance of the paired differences over the variance the difference would have with
    /// independent runs, `Var(b − a) / (Var a + Var b)`: below 1 where common random numbers
    /// help. `NaN` where neither set varies.
    pub variance_ratio: f64,
}

/// Mean of independent values with its interval at `confidence` (0.95, say). `None` below two
/// values, for a `NaN`, or a confidence outside 0–1.
pub fn mean_interval(values: &[f64], confidence: f64) -> Option<Interval> {
    if values.len() < 2 || !is_usable(values, confidence) {
        return None;
    }
    let degrees_of_freedom = (values.len() - 1) as f64;
    Some(Interval::new(
        mean(values),
        standard_error(values),
        degrees_of_freedom,
        confidence,
    ))
}

/// Mean of `second[i] − first[i]`, where the two runs of a pair share their random draws.
/// `None` below two pairs, for lengths that differ, a `NaN`, or a confidence outside 0–1.
pub fn paired_difference(first: &[f64], second: &[f64], confidence: f64) -> Option<Paired> {
    if first.len() != second.len() {
        return None;
    }
    let differences: Vec<f64> = second.iter().zip(first).map(|(b, a)| b - a).collect();
    Some(Paired {
        difference: mean_interval(&differences, confidence)?,
        variance_ratio: variance(&differences) / (variance(first) + variance(second)),
    })
}

/// Difference of the means of independent runs, second minus first, with unequal variances (Welch
/// 1947). `None` below two values on either side, for a `NaN`, or a confidence outside 0–1.
pub fn unpaired_difference_interval(
    first: &[f64],
    second: &[f64],
    confidence: f64,
) -> Option<Interval> {
    if first.len().min(second.len()) < 2
        || !is_usable(first, confidence)
        || !is_usable(second, confidence)
    {
        return None;
    }
    let square = |v: f64| v * v;
    let of_first = square(standard_error(first));
    let of_second = square(standard_error(second));
    let both = of_first + of_second;
    let degrees_of_freedom = square(both)
        / (square(of_first) / (first.len() - 1) as f64
            + square(of_second) / (second.len() - 1) as f64);
    Some(Interval::new(
        mean(second) - mean(first),
        both.sqrt(),
        degrees_of_freedom,
        confidence,
    ))
}

/// Fieller's interval for a ratio of two means (Fieller 1954), from the estimates, their variances and covariance,
/// and the quantile of Student's t: the ratios `R` for which `numerator − R · denominator` is not told from zero.
/// `None` where that is no bounded interval, which is where the denominator is not told from zero itself.
pub fn ratio_interval(
    [numerator, denominator]: [f64; 2],
    [of_numerator, of_denominator]: [f64; 2],
    covariance: f64,
    quantile: f64,
) -> Option<(f64, f64)> {
    let square = quantile * quantile;
    // a R² − 2 b R + c ≤ 0
    let a = denominator * denominator - square * of_denominator;
    let b = numerator * denominator - square * covariance;
    let c = numerator * numerator - square * of_numerator;
    let known = [a, b, c].iter().all(|term| term.is_finite());
    if !known || a <= 0.0 {
        return None;
    }
    // Rounding may leave a trifle below zero where the interval is a point.
    let reach = (b * b - a * c).max(0.0).sqrt();
    Some(((b - reach) / a, (b + reach) / a))
}

fn is_usable(values: &[f64], confidence: f64) -> bool {
    (0.0..1.0).contains(&confidence) && values.iter().all(|v| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIRST: [f64; 5] = [4.9, 4.7, 5.2, 5.6, 5.1];
    const SECOND: [f64; 5] = [5.1, 4.8, 6.0, 5.5, 5.9];

    fn assert_bounds(found: Interval, low: f64, high: f64) {
        assert!(
            (found.low - low).abs() < 1e-12 && (found.high - high).abs() < 1e-12,
            "{found:?}"
        );
    }

    #[test]
    fn intervals_match_scipy() {
        // scipy.stats ttest_1samp, ttest_rel at 95%, ttest_ind(equal_var=False) at 90%
        let one = mean_interval(&SECOND, 0.95).expect("five values");
        assert_bounds(one, 4.823230925368937, 6.096769074631061);
        let paired = paired_difference(&FIRST, &SECOND, 0.95).expect("five pairs");
        assert_bounds(paired.difference, -0.1564486429523434, 0.8764486429523434);
        assert!(paired.difference.sign_is_uncertain());
        let apart = unpaired_difference_interval(&FIRST, &SECOND, 0.9).expect("five values");
        assert_bounds(apart, -0.16163995455599034, 0.881639954555989);
    }

    #[test]
    fn a_shift_shared_by_all_pairs_is_certain() {
        let shifted: Vec<f64> = FIRST.iter().map(|v| v + 0.25).collect();
        let paired = paired_difference(&FIRST, &shifted, 0.95).expect("five pairs");
        assert!((paired.difference.estimate - 0.25).abs() < 1e-12);
        assert!(!paired.difference.sign_is_uncertain());
        assert!(paired.variance_ratio < 1e-20);
        let same = paired_difference(&FIRST, &FIRST, 0.95).expect("five pairs");
        assert!(!same.difference.sign_is_uncertain());
        assert_eq!(same.difference.estimate, 0.0);
    }

    #[test]
    fn what_is_not_defined_is_missing() {
        assert!(mean_interval(&[1.0], 0.95).is_none());
        assert!(mean_interval(&[1.0, f64::NAN], 0.95).is_none());
        assert!(mean_interval(&FIRST, 1.0).is_none());
        assert!(paired_difference(&FIRST, &FIRST[1..], 0.95).is_none());
        assert!(unpaired_difference_interval(&FIRST, &[1.0], 0.95).is_none());
        let flat = unpaired_difference_interval(&[1.0, 1.0], &[3.0, 3.0], 0.95);
        assert!(flat.is_some_and(|i| i.low == 2.0 && i.high == 2.0));
    }

    #[test]
    fn a_ratio_lies_where_its_numerator_may_be_that_many_denominators() {
        // A denominator without doubt: Student's interval of the numerator, scaled.
        let (low, high) = ratio_interval([6.0, 2.0], [0.25, 0.0], 0.0, 2.0).expect("bounded");
        assert!((low - 2.5).abs() < 1e-12 && (high - 3.5).abs() < 1e-12);
        // Both ends are where the difference is told from zero no longer.
        let (variances, covariance, t) = ([0.5, 0.3], 0.2, 2.1);
        let (low, high) = ratio_interval([6.0, 2.0], variances, covariance, t).expect("bounded");
        for end in [low, high] {
            let difference: f64 = 6.0 - end * 2.0;
            let variance = variances[0] - 2.0 * end * covariance + end * end * variances[1];
            assert!((difference.abs() - t * variance.sqrt()).abs() < 1e-9);
        }
        assert!(low < 3.0 && 3.0 < high);
        // Proportional figures leave no doubt about their ratio.
        let (low, high) = ratio_interval([6.0, 2.0], [0.9, 0.1], 0.3, 2.0).expect("bounded");
        assert!((low - 3.0).abs() < 1e-6 && (high - 3.0).abs() < 1e-6);
        // t · standard error reaches zero.
        assert_eq!(ratio_interval([6.0, 2.0], [0.1, 1.0], 0.0, 2.0), None);
        assert_eq!(ratio_interval([f64::NAN, 2.0], [0.1, 0.1], 0.0, 2.0), None);
    }

    proptest! {
        #[test]
        fn more_confidence_reaches_farther(
            values in prop::collection::vec(-10.0..10.0f64, 2..30),
            confidence in 0.1..0.9f64,
        ) {
            let narrow = mean_interval(&values, confidence).expect("values vary or not");
            let wide = mean_interval(&values, confidence + 0.05).expect("values vary or not");
            prop_assert!(wide.low <= narrow.low && narrow.low <= narrow.estimate);
            prop_assert!(wide.high >= narrow.high && narrow.high >= narrow.estimate);
        }
    }
}
