//! Series in time: trend, Hodrick–Prescott cycle, quarters, changes.
use super::{least_squares, mean, pearson};

/// Hodrick–Prescott smoothing for quarterly series (Hodrick & Prescott 1997).
pub const QUARTERLY_SMOOTHING: f64 = 1_600.0;

/// Hodrick–Prescott smoothing for monthly series: the quarterly value times 3⁴ (Ravn & Uhlig
/// 2002).
pub const MONTHLY_SMOOTHING: f64 = 129_600.0;

/// A series as a slow trend and what is left: `value = trend + cycle`.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// The slow part, in the unit of the series.
    pub trend: Vec<f64>,
    /// Deviations from the trend, in the unit of the series.
    pub cycle: Vec<f64>,
}

/// Least-squares trend of a series in percent of its mean per year; `NaN` below two values or for
/// a mean of zero. `periods_per_year` is 12 for months, 4 for quarters.
pub fn trend_percent_per_year(values: &[f64], periods_per_year: f64) -> f64 {
    let periods: Vec<f64> = (0..values.len()).map(|t| t as f64).collect();
    let center = mean(values);
    match least_squares(&periods, values) {
        Some(line) if center != 0.0 => 100.0 * line.slope * periods_per_year / center.abs(),
        _ => f64::NAN,
    }
}

/// Hodrick–Prescott filter: the trend `τ` that minimizes
/// `Σ(y − τ)² + smoothing · Σ(second difference of τ)²`.
///
/// Solves the band system `(I + λ D'D) τ = y` in time linear in the length. A series shorter than
/// three values is its own trend; a `NaN` or infinite value leaves nothing to solve, and both
/// parts are `NaN` throughout.
pub fn hodrick_prescott(values: &[f64], smoothing: f64) -> Decomposition {
    let trend = if values.iter().all(|v| v.is_finite()) {
        smooth(values, smoothing)
    } else {
        vec![f64::NAN; values.len()]
    };
    let cycle = values.iter().zip(&trend).map(|(v, t)| v - t).collect();
    Decomposition { trend, cycle }
}

/// Factors the symmetric matrix with two bands on each side as `L diag(d) L'` (it is positive
/// definite, so no pivoting), then substitutes forward and back.
fn smooth(values: &[f64], smoothing: f64) -> Vec<f64> {
    let n = values.len();
    if n < 3 {
        return values.to_vec();
    }
    let (mut pivot, mut below, mut below_twice) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
    let mut trend = values.to_vec();
    for i in 0..n {
        let (diagonal, first, second) = penalty_row(i, n, smoothing);
        // Row i of L reaches back to columns i−1 and i−2, stored at those columns.
        let back_two = if i >= 2 { below_twice[i - 2] } else { 0.0 };
        let back_one = if i >= 1 { below[i - 1] } else { 0.0 };
        let mut d = 1.0 + diagonal;
        if i >= 1 {
            d -= back_one * back_one * pivot[i - 1];
            trend[i] -= back_one * trend[i - 1];
        }
        if i >= 2 {
            d -= back_two * back_two * pivot[i - 2];
            trend[i] -= back_two * trend[i - 2];
        }
        pivot[i] = d;
        let carried = if i >= 1 {
            back_one * pivot[i - 1] * below_twice[i - 1]
        } else {
            0.0
        };
        below[i] = (first - carried) / d;
        below_twice[i] = second / d;
    }
    for i in (0..n).rev() {
        trend[i] /= pivot[i];
        if i + 1 < n {
            trend[i] -= below[i] * trend[i + 1];
        }
        if i + 2 < n {
            trend[i] -= below_twice[i] * trend[i + 2];
        }
    }
    trend
}

/// Row `i` of `λ D'D` for `n` values: the diagonal and the two entries right of it.
fn penalty_row(i: usize, n: usize, smoothing: f64) -> (f64, f64, f64) {
    // Value i takes part in the second differences that start at i, i−1 and i−2, with factors
    // 1, −2 and 1, as far as these exist (0 to n−3).
    let exists = |back: usize| i >= back && i - back + 2 < n;
    let of = |back: usize, factor: f64| if exists(back) { factor } else { 0.0 };
    let diagonal = of(0, 1.0) + of(1, 4.0) + of(2, 1.0);
    let first = of(0, -2.0) + of(1, -2.0);
    let second = of(0, 1.0);
    (smoothing * diagonal, smoothing * first, smoothing * second)
}

/// Pearson's correlation of the Hodrick–Prescott cycles of two series; `NaN` as for [`pearson`].
pub fn detrended_correlation(x: &[f64], y: &[f64], smoothing: f64) -> f64 {
    pearson(
        &hodrick_prescott(x, smoothing).cycle,
        &hodrick_prescott(y, smoothing).cycle,
    )
}

/// Mean of each whole quarter of a monthly series (stocks and rates); a rest of one or two months
/// is left out.
pub fn quarterly_mean(monthly: &[f64]) -> Vec<f64> {
    monthly.chunks_exact(3).map(mean).collect()
}

/// Sum of each whole quarter of a monthly series (flows); a rest of one or two months is left out.
pub fn quarterly_sum(monthly: &[f64]) -> Vec<f64> {
    monthly.chunks_exact(3).map(super::sum).collect()
}

/// Last month of each whole quarter of a monthly series (end-of-period stocks).
pub fn quarterly_last(monthly: &[f64]) -> Vec<f64> {
    monthly.chunks_exact(3).map(|quarter| quarter[2]).collect()
}

/// Change over `lag` periods, `x[t] − x[t − lag]`, in the unit of the series; `lag` values shorter
/// than the series.
pub fn change_over(values: &[f64], lag: usize) -> Vec<f64> {
    let now = values.iter().skip(lag);
    now.zip(values).map(|(now, before)| now - before).collect()
}

/// Relative growth over `lag` periods, `x[t] / x[t − lag] − 1` (0.02 is two percent); `NaN` where
/// the earlier value is not positive.
pub fn growth_over(values: &[f64], lag: usize) -> Vec<f64> {
    let now = values.iter().skip(lag);
    now.zip(values)
        .map(|(now, &before)| {
            if before > 0.0 {
                now / before - 1.0
            } else {
                f64::NAN
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SERIES: [f64; 12] = [
        1.0, 3.0, 2.0, 5.0, 4.0, 7.0, 9.0, 6.0, 8.0, 12.0, 10.0, 11.0,
    ];

    #[test]
    fn trend_matches_a_dense_solution() {
        // numpy.linalg.solve(I + 1600 D'D, series)
        let expected = [
            1.3774537394355537,
            2.310702307914553,
            3.2437149678064046,
            4.176686621581514,
            5.109034849855409,
            6.040691804105124,
            6.970896489026534,
            7.89948747693795,
            8.827571529852044,
            9.7550682301084,
            10.681379927840444,
            11.60731205553778,
        ];
        let found = hodrick_prescott(&SERIES, QUARTERLY_SMOOTHING);
        for (f, e) in found.trend.iter().zip(expected) {
            assert!((f - e).abs() < 1e-9, "{:?}", found.trend);
        }
    }

    #[test]
    fn short_and_broken_series() {
        assert_eq!(hodrick_prescott(&[1.0, 5.0], 1600.0).cycle, [0.0, 0.0]);
        assert!(hodrick_prescott(&[], 1600.0).trend.is_empty());
        let broken = hodrick_prescott(&[1.0, f64::NAN, 2.0, 3.0], 1600.0);
        assert!(broken.trend.iter().chain(&broken.cycle).all(|v| v.is_nan()));
        assert!(trend_percent_per_year(&[3.0], 12.0).is_nan());
        assert!(trend_percent_per_year(&[-1.0, 1.0], 12.0).is_nan());
        assert!(change_over(&[1.0, 2.0], 4).is_empty());
        assert!(growth_over(&[0.0, 2.0], 1)[0].is_nan());
    }

    #[test]
    fn growing_one_a_month_around_hundred_is_twelve_percent_a_year() {
        let values: Vec<f64> = (0..21).map(|t| 90.0 + f64::from(t)).collect();
        assert!((trend_percent_per_year(&values, 12.0) - 12.0).abs() < 1e-12);
    }

    #[test]
    fn quarters_leave_out_the_rest() {
        let monthly = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        assert_eq!(quarterly_mean(&monthly), [2.0, 5.0]);
        assert_eq!(quarterly_sum(&monthly), [6.0, 15.0]);
        assert_eq!(quarterly_last(&monthly), [3.0, 6.0]);
        assert_eq!(change_over(&[1.0, 4.0, 9.0], 1), [3.0, 5.0]);
        assert_eq!(growth_over(&[1.0, 4.0, 6.0], 1), [3.0, 0.5]);
    }

    #[test]
    fn cycles_correlate_where_trends_hide_it() {
        let x: Vec<f64> = (0..80).map(|t| f64::from(t) + f64::from(t % 2)).collect();
        let y: Vec<f64> = (0..80)
            .map(|t| 2.0 * f64::from(t) - f64::from(t % 2))
            .collect();
        assert!(pearson(&x, &y) > 0.99);
        assert!(detrended_correlation(&x, &y, QUARTERLY_SMOOTHING) < -0.99);
    }

    proptest! {
        #[test]
        fn the_trend_satisfies_its_equation(
            values in prop::collection::vec(-100.0..100.0f64, 3..80),
            smoothing in 0.0..2e5f64,
        ) {
            let Decomposition { trend, cycle } = hodrick_prescott(&values, smoothing);
            // First-order condition: cycle = λ D'D trend.
            let second: Vec<f64> =
                trend.windows(3).map(|w| w[0] - 2.0 * w[1] + w[2]).collect();
            for (i, deviation) in cycle.iter().enumerate() {
                let at = |back: usize| {
                    i.checked_sub(back).and_then(|start| second.get(start)).copied().unwrap_or(0.0)
                };
                let gradient = smoothing * (at(0) - 2.0 * at(1) + at(2));
                prop_assert!((deviation - gradient).abs() < 1e-6, "{} {}", deviation, gradient);
            }
        }

        #[test]
        fn a_straight_line_is_all_trend(start in -50.0..50.0f64, slope in -5.0..5.0f64) {
            let line: Vec<f64> = (0..40).map(|t| start + slope * f64::from(t)).collect();
            let cycle = hodrick_prescott(&line, MONTHLY_SMOOTHING).cycle;
            prop_assert!(cycle.iter().all(|c| c.abs() < 1e-6));
        }
    }
}
