//! Inequality of a distribution over people: Gini, Lorenz curve, top shares, Palma ratio.
//!
//! Methods of [`Sorted`] for callers that ask several questions of one distribution, and free
//! functions that sort a copy.
use super::{Sorted, sum, sum_of};

impl Sorted<'_> {
    /// Gini coefficient, 0 (all equal) to `(n − 1)/n` (one has all).
    /// `NaN` for no values, a negative value, or a total of zero.
    pub fn gini(&self) -> f64 {
        if self.values().first().is_none_or(|&v| v < 0.0) {
            return f64::NAN;
        }
        self.gini_plain()
    }

    /// Gini coefficient of values that may be negative, normalized by the sum of absolute values
    /// (Raffinetti, Siletti & Vernizzi 2015, without their small-sample factor `n/(n − 1)`), so
    /// that it stays in 0–1 and equals [`Sorted::gini`] where nothing is negative.
    pub fn gini_signed(&self) -> f64 {
        ratio(
            self.mean_difference_sum(),
            sum_of(self.values().iter().map(|v| v.abs())),
        )
    }

    /// Gini coefficient as half the relative mean difference, negative values and all.
    ///
    /// The formula behind published wealth figures: debts can carry it above 1. `NaN` unless the
    /// total is positive.
    pub fn gini_plain(&self) -> f64 {
        ratio(self.mean_difference_sum(), sum(self.values()))
    }

    /// Half the sum of absolute differences over all ordered pairs, divided by `n`:
    /// Σᵢ (2i − n − 1) xᵢ / n over ascending values.
    fn mean_difference_sum(&self) -> f64 {
        let count = self.values().len() as f64;
        sum_of(
            self.values()
                .iter()
                .enumerate()
                .map(|(i, v)| (2.0 * i as f64 + 1.0 - count) / count * v),
        )
    }

    /// Share of the total that goes to the lowest `population_share` (0–1) of people, on the
    /// Lorenz curve: someone on the boundary counts in part. `NaN` for no values, a share outside
    /// 0–1, or a total that is not positive.
    pub fn bottom_share(&self, population_share: f64) -> f64 {
        if !(0.0..=1.0).contains(&population_share) || self.values().is_empty() {
            return f64::NAN;
        }
        let people = self.values().len() as f64 * population_share;
        let whole = (people.floor() as usize).min(self.values().len());
        let part = self.values().get(whole).copied().unwrap_or(0.0) * (people - whole as f64);
        ratio(sum(&self.values()[..whole]) + part, sum(self.values()))
    }

    /// Share of the total that goes to the highest `population_share` (0–1): 0.01 for the top 1%.
    pub fn top_share(&self, population_share: f64) -> f64 {
        1.0 - self.bottom_share(1.0 - population_share)
    }

    /// Palma ratio: the total of the top 10% over the total of the bottom 40% (Palma 2011).
    /// `NaN` where the bottom 40% have nothing.
    pub fn palma(&self) -> f64 {
        ratio(self.top_share(0.1), self.bottom_share(0.4))
    }

    /// Lorenz curve at `steps` equal steps of population: `steps + 1` pairs of population share
    /// and share of the total, from (0, 0) to (1, 1). Empty for no values, no steps or a total
    /// that is not positive.
    pub fn lorenz(&self, steps: usize) -> Vec<(f64, f64)> {
        if steps == 0 || self.bottom_share(1.0).is_nan() {
            return Vec::new();
        }
        (0..=steps)
            .map(|step| {
                let share = step as f64 / steps as f64;
                (share, self.bottom_share(share))
            })
            .collect()
    }
}

/// Gini coefficient of nonnegative values; see [`Sorted::gini`].
pub fn gini(values: &[f64]) -> f64 {
    of_sorted(values, |sorted| sorted.gini())
}

/// Gini coefficient of values that may be negative, in 0–1; see [`Sorted::gini_signed`].
pub fn gini_signed(values: &[f64]) -> f64 {
    of_sorted(values, |sorted| sorted.gini_signed())
}

/// Half the relative mean difference, which debts can carry above 1; see [`Sorted::gini_plain`].
pub fn gini_plain(values: &[f64]) -> f64 {
    of_sorted(values, |sorted| sorted.gini_plain())
}

/// Share of the total that goes to the highest `population_share`; see [`Sorted::top_share`].
pub fn top_share(values: &[f64], population_share: f64) -> f64 {
    of_sorted(values, |sorted| sorted.top_share(population_share))
}

/// Palma ratio; see [`Sorted::palma`].
pub fn palma(values: &[f64]) -> f64 {
    of_sorted(values, |sorted| sorted.palma())
}

/// Lorenz curve; see [`Sorted::lorenz`]. Empty if a value is `NaN`.
pub fn lorenz(values: &[f64], steps: usize) -> Vec<(f64, f64)> {
    Sorted::new(&mut values.to_vec()).map_or_else(Vec::new, |sorted| sorted.lorenz(steps))
}

/// Gini coefficient of nonnegative values with nonnegative weights (a household counts for its
/// members). `NaN` for no values, lengths that differ, anything negative, or a total of zero.
pub fn gini_weighted(values: &[f64], weights: &[f64]) -> f64 {
    let unusable = |v: &f64| v.is_nan() || *v < 0.0;
    if values.len() != weights.len() || values.iter().chain(weights).any(unusable) {
        return f64::NAN;
    }
    let mut pairs: Vec<(f64, f64)> = values
        .iter()
        .copied()
        .zip(weights.iter().copied())
        .collect();
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let total_weight = sum_of(pairs.iter().map(|p| p.1));
    let total = sum_of(pairs.iter().map(|p| p.0 * p.1));
    // Twice the area under the Lorenz curve, trapezoid by trapezoid.
    let mut below = 0.0;
    let area = sum_of(pairs.iter().map(|(value, weight)| {
        let above = below + value * weight;
        let slice = weight / total_weight * (below + above);
        below = above;
        slice
    }));
    ratio(total - area, total)
}

fn of_sorted(values: &[f64], question: impl Fn(Sorted) -> f64) -> f64 {
    Sorted::new(&mut values.to_vec()).map_or(f64::NAN, question)
}

/// A share of a total; not defined unless the total is positive.
fn ratio(part: f64, total: f64) -> f64 {
    if total > 0.0 { part / total } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_distributions() {
        assert!((gini(&[1.0, 2.0, 3.0, 4.0]) - 0.25).abs() < 1e-15);
        assert!((gini(&[0.0, 0.0, 0.0, 10.0]) - 0.75).abs() < 1e-15);
        assert!(gini(&[5.0; 9]).abs() < 1e-15);
        // The Gini of a uniform distribution from 0 is 1/3, of an exponential one 1/2.
        let uniform: Vec<f64> = (0..100_000).map(|i| (f64::from(i) + 0.5) / 1e5).collect();
        assert!((gini(&uniform) - 1.0 / 3.0).abs() < 1e-9);
        let exponential: Vec<f64> = uniform.iter().map(|u| -libm::log(1.0 - u)).collect();
        assert!((gini(&exponential) - 0.5).abs() < 1e-4);
        // Top tenth of an exponential: 0.1 (1 + ln 10).
        let expected = 0.1 * (1.0 + libm::log(10.0));
        assert!((top_share(&exponential, 0.1) - expected).abs() < 1e-4);
    }

    #[test]
    fn palma_and_lorenz_split_people_on_the_boundary() {
        let values = [1.0, 2.0, 3.0, 4.0, 10.0];
        // Bottom 40% are two people (3 of 20), the top 10% half of the richest (5 of 20).
        assert!((palma(&values) - 5.0 / 3.0).abs() < 1e-12);
        let curve = lorenz(&values, 2);
        assert_eq!(curve.len(), 3);
        assert_eq!(curve[0], (0.0, 0.0));
        assert!((curve[1].1 - 4.5 / 20.0).abs() < 1e-15);
        assert_eq!(curve[2], (1.0, 1.0));
    }

    #[test]
    fn debts() {
        // mean absolute difference of (-1, 0, 5): Σ|xᵢ−xⱼ| = 24; plain 24/(2·9·4/3), signed
        // 24/(2·3·6).
        let values = [5.0, -1.0, 0.0];
        assert!((gini_plain(&values) - 1.0).abs() < 1e-12);
        assert!((gini_signed(&values) - 24.0 / 36.0).abs() < 1e-12);
        assert!(gini(&values).is_nan());
    }

    #[test]
    fn what_is_not_defined_is_nan() {
        for undefined in [&[][..], &[0.0, 0.0], &[1.0, f64::NAN]] {
            assert!(gini(undefined).is_nan());
            assert!(top_share(undefined, 0.1).is_nan());
            assert!(palma(undefined).is_nan());
            assert!(lorenz(undefined, 10).is_empty());
        }
        assert!(palma(&[0.0, 0.0, 0.0, 1.0]).is_nan());
        assert!(top_share(&[1.0], 1.5).is_nan());
        assert!(gini_weighted(&[1.0], &[]).is_nan());
        assert!(gini_weighted(&[1.0], &[-1.0]).is_nan());
    }

    fn incomes() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(0.01..1e7f64, 1..150)
    }

    proptest! {
        #[test]
        fn gini_is_in_range_and_free_of_scale(values in incomes(), scale in 1e-3..1e3f64) {
            let found = gini(&values);
            prop_assert!((-1e-12..=1.0).contains(&found));
            let scaled: Vec<f64> = values.iter().map(|v| v * scale).collect();
            prop_assert!((gini(&scaled) - found).abs() < 1e-9);
            prop_assert_eq!(gini_signed(&values), found);
        }

        #[test]
        fn signed_gini_is_in_range(values in prop::collection::vec(-1e6..1e6f64, 1..150)) {
            prop_assert!((-1e-12..=1.0).contains(&gini_signed(&values)));
        }

        #[test]
        fn a_weight_counts_as_that_many_people(
            people in prop::collection::vec((1u32..1000, 1usize..5), 1..40),
        ) {
            let values: Vec<f64> = people.iter().map(|p| f64::from(p.0)).collect();
            let weights: Vec<f64> = people.iter().map(|p| p.1 as f64).collect();
            let repeated: Vec<f64> = people
                .iter()
                .flat_map(|p| std::iter::repeat_n(f64::from(p.0), p.1))
                .collect();
            prop_assert!((gini_weighted(&values, &weights) - gini(&repeated)).abs() < 1e-9);
        }

        #[test]
        fn lorenz_curve_rises_and_bends_upward(values in incomes()) {
            let curve = lorenz(&values, 20);
            let slopes: Vec<f64> = curve.windows(2).map(|p| p[1].1 - p[0].1).collect();
            prop_assert!(slopes.iter().all(|&s| s >= -1e-12));
            prop_assert!(slopes.windows(2).all(|s| s[1] - s[0] >= -1e-9));
        }
    }
}
