//! How two variables go together: correlation and the least-squares line.
use super::{mean, sum_of};

/// A least-squares line `y = intercept + slope · x`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Change of `y` per unit of `x`.
    pub slope: f64,
    /// Value of `y` at `x = 0`.
    pub intercept: f64,
    /// Standard error of the slope under independent errors of equal variance; `NaN` below three
    /// points.
    pub slope_standard_error: f64,
    /// Share of the variance of `y` on the line (0–1); `NaN` if `y` is constant.
    pub r_squared: f64,
}

/// Sums of squares and products about the means.
struct Spread {
    mean_x: f64,
    mean_y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

fn spread(x: &[f64], y: &[f64]) -> Option<Spread> {
    if x.len() != y.len() || x.len() < 2 {
        return None;
    }
    let (mean_x, mean_y) = (mean(x), mean(y));
    let pairs = || x.iter().zip(y).map(|(a, b)| (a - mean_x, b - mean_y));
    Some(Spread {
        mean_x,
        mean_y,
        xx: sum_of(pairs().map(|(a, _)| a * a)),
        xy: sum_of(pairs().map(|(a, b)| a * b)),
        yy: sum_of(pairs().map(|(_, b)| b * b)),
    })
}

/// Pearson's correlation, −1 to 1. `NaN` below two pairs, for lengths that differ, a `NaN` or a
/// constant.
pub fn pearson(x: &[f64], y: &[f64]) -> f64 {
    match spread(x, y) {
        Some(s) if !is_constant(x) && !is_constant(y) => {
            (s.xy / (s.xx.sqrt() * s.yy.sqrt())).clamp(-1.0, 1.0)
        }
        _ => f64::NAN,
    }
}

/// Spearman's rank correlation, −1 to 1: Pearson's on mean ranks, so ties count in the middle.
/// `NaN` as for [`pearson`].
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    match (ranks(x), ranks(y)) {
        (Some(x), Some(y)) => pearson(&x, &y),
        _ => f64::NAN,
    }
}

/// Ranks from 1 in ascending order; equal values share the mean of their ranks. `None` if a value
/// is `NaN`.
pub fn ranks(values: &[f64]) -> Option<Vec<f64>> {
    if values.iter().any(|v| v.is_nan()) {
        return None;
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut placed = 0;
    for tie in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let shared = placed as f64 + (tie.len() + 1) as f64 / 2.0;
        for &index in tie {
            ranks[index] = shared;
        }
        placed += tie.len();
    }
    Some(ranks)
}

/// The least-squares line of `y` on `x`. `None` below two pairs, for lengths that differ, a `NaN`
/// or an `x` that does not vary.
pub fn least_squares(x: &[f64], y: &[f64]) -> Option<Line> {
    let s = spread(x, y)?;
    if is_constant(x) || !(s.xx.is_finite() && s.xy.is_finite()) {
        return None;
    }
    let slope = s.xy / s.xx;
    let residual = (s.yy - slope * s.xy).max(0.0);
    let degrees_of_freedom = x.len() as f64 - 2.0;
    Some(Line {
        slope,
        intercept: s.mean_y - slope * s.mean_x,
        slope_standard_error: (residual / degrees_of_freedom / s.xx).sqrt(),
        r_squared: if is_constant(y) {
            f64::NAN
        } else {
            1.0 - residual / s.yy
        },
    })
}

/// Asked of the values, not of their variance: rounding in the mean leaves a constant series
/// a tiny variance, and a correlation of noise.
fn is_constant(values: &[f64]) -> bool {
    values.iter().all(|&v| v == values[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const X: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    const Y: [f64; 8] = [2.3, 1.9, 4.4, 4.4, 3.1, 7.8, 6.0, 9.5];

    #[test]
    fn matches_scipy() {
        // scipy.stats.pearsonr, spearmanr, linregress on (X, Y)
        assert!((pearson(&X, &Y) - 0.8683048180714115).abs() < 1e-12);
        assert!((spearman(&X, &Y) - 0.8742671711966791).abs() < 1e-12);
        let line = least_squares(&X, &Y).expect("x varies");
        assert!((line.slope - 0.95).abs() < 1e-12);
        assert!((line.intercept - 0.65).abs() < 1e-12);
        assert!((line.slope_standard_error - 0.22155654264160557).abs() < 1e-12);
        assert!((line.r_squared - pearson(&X, &Y) * pearson(&X, &Y)).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_defined_is_missing() {
        assert!(pearson(&[0.1; 3], &[1.0, 2.0, 3.0]).is_nan());
        assert!(pearson(&[1.0], &[1.0]).is_nan());
        assert!(pearson(&[1.0, 2.0], &[1.0]).is_nan());
        assert!(pearson(&[1.0, f64::NAN], &[1.0, 2.0]).is_nan());
        assert!(spearman(&[1.0, f64::NAN], &[1.0, 2.0]).is_nan());
        assert!(least_squares(&[0.1; 3], &[1.0, 2.0, 3.0]).is_none());
        assert!(least_squares(&[], &[]).is_none());
        assert!(least_squares(&[1.0, f64::NAN], &[1.0, 2.0]).is_none());
        let two = least_squares(&[1.0, 2.0], &[5.0, 5.0]).expect("x varies");
        assert_eq!((two.slope, two.intercept), (0.0, 5.0));
        assert!(two.slope_standard_error.is_nan() && two.r_squared.is_nan());
    }

    #[test]
    fn ties_share_their_mean_rank() {
        assert_eq!(
            ranks(&[10.0, 20.0, 10.0, 5.0]),
            Some(vec![2.5, 4.0, 2.5, 1.0])
        );
    }

    proptest! {
        #[test]
        fn ranks_do_not_see_a_rising_transformation(
            pairs in prop::collection::vec((0.1..100.0f64, -5.0..5.0f64), 3..60),
        ) {
            let x: Vec<f64> = pairs.iter().map(|p| p.0).collect();
            let y: Vec<f64> = pairs.iter().map(|p| p.1).collect();
            let logs: Vec<f64> = x.iter().map(|v| libm::log(*v)).collect();
            prop_assert!((spearman(&x, &y) - spearman(&logs, &y)).abs() < 1e-9);
            prop_assert!(pearson(&x, &y).abs() <= 1.0);
        }
    }
}
