//! Quantiles: linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, the
//! default of R and numpy), by selection rather than sorting.

/// Values in ascending order: sort once, ask many questions.
///
/// Borrowed from a scratch buffer, so a caller that measures every month allocates nothing.
#[derive(Debug, Clone, Copy)]
pub struct Sorted<'a> {
    values: &'a [f64],
}

impl<'a> Sorted<'a> {
    /// Sorts the buffer in place. `None` if it holds a `NaN`; no values are allowed.
    pub fn new(buffer: &'a mut [f64]) -> Option<Self> {
        if buffer.iter().any(|v| v.is_nan()) {
            return None;
        }
        buffer.sort_unstable_by(f64::total_cmp);
        Some(Sorted { values: buffer })
    }

    /// The values, ascending.
    pub fn values(&self) -> &'a [f64] {
        self.values
    }

    /// The quantile at `probability` (0–1); `NaN` for no values or a probability outside 0–1.
    pub fn quantile(&self, probability: f64) -> f64 {
        match position(self.values.len(), probability) {
            None => f64::NAN,
            Some((lower, fraction)) => {
                let upper = (lower + 1).min(self.values.len() - 1);
                interpolate(self.values[lower], self.values[upper], fraction)
            }
        }
    }
}

/// The quantile at `probability` (0–1); `NaN` for no values, a `NaN` among them, or a probability
/// outside 0–1.
pub fn quantile(values: &[f64], probability: f64) -> f64 {
    quantile_in(&mut values.to_vec(), probability)
}

/// [`quantile`] without allocation: reorders the scratch buffer that holds the values.
pub fn quantile_in(scratch: &mut [f64], probability: f64) -> f64 {
    let mut result = [f64::NAN];
    quantiles_in(scratch, &[probability], &mut result);
    result[0]
}

/// The median; `NaN` as for [`quantile`].
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Several quantiles at once, in the order of `probabilities`, each as [`quantile`] gives it.
pub fn quantiles(values: &[f64], probabilities: &[f64]) -> Vec<f64> {
    let mut results = vec![f64::NAN; probabilities.len()];
    quantiles_in(&mut values.to_vec(), probabilities, &mut results);
    results
}

/// [`quantiles`] without allocation: reorders the scratch buffer and fills `results` as far as
/// both slices reach.
pub fn quantiles_in(scratch: &mut [f64], probabilities: &[f64], results: &mut [f64]) {
    results.fill(f64::NAN);
    if scratch.iter().any(|v| v.is_nan()) {
        return;
    }
    // Everything left of `settled` is at most anything right of it, so ascending probabilities
    // (the usual case) search ever shorter stretches; a step back starts afresh.
    let mut settled = 0;
    for (&probability, result) in probabilities.iter().zip(results) {
        let Some((lower, fraction)) = position(scratch.len(), probability) else {
            continue;
        };
        if lower < settled {
            settled = 0;
        }
        let open = &mut scratch[settled..];
        let (_, &mut low, above) = open.select_nth_unstable_by(lower - settled, f64::total_cmp);
        let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
        *result = interpolate(low, high, fraction);
        settled = lower;
    }
}

/// The quantile at `high` over the quantile at `low` (probabilities), such as p90/p50; `NaN` where
/// either is not defined or the lower one is not positive.
pub fn percentile_ratio(values: &[f64], high: f64, low: f64) -> f64 {
    let mut found = [f64::NAN; 2];
    quantiles_in(&mut values.to_vec(), &[low, high], &mut found);
    if found[0] > 0.0 {
        found[1] / found[0]
    } else {
        f64::NAN
    }
}

/// Index of the order statistic below a probability, and the way to the next one (0–1).
fn position(count: usize, probability: f64) -> Option<(usize, f64)> {
    if count == 0 || !(0.0..=1.0).contains(&probability) {
        return None;
    }
    let place = (count - 1) as f64 * probability;
    let lower = place.floor();
    Some((lower as usize, place - lower))
}

fn interpolate(low: f64, high: f64, fraction: f64) -> f64 {
    if fraction == 0.0 || low == high {
        return low;
    }
    // Rounding may carry the sum past the upper value, and quantiles must not cross.
    (low + fraction * (high - low)).min(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantiles_match_numpy() {
        let values = [3.2, -1.5, 0.0, 8.75, 2.1, 2.1, 100.0];
        // numpy.quantile(values, [0, .1, .25, .5, .9, 1])
        let expected = [-1.5, -0.6, 1.05, 2.1, 45.25, 100.0];
        let found = quantiles(&values, &[0.0, 0.1, 0.25, 0.5, 0.9, 1.0]);
        for (f, e) in found.iter().zip(expected) {
            assert!((f - e).abs() < 1e-12, "{found:?}");
        }
        assert_eq!(median(&values), 2.1);
        assert!((percentile_ratio(&values, 0.9, 0.5) - 45.25 / 2.1).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_defined_is_nan() {
        assert!(median(&[]).is_nan());
        assert!(median(&[1.0, f64::NAN]).is_nan());
        assert!(quantile(&[1.0], 1.5).is_nan());
        assert!(quantile(&[1.0], f64::NAN).is_nan());
        assert!(percentile_ratio(&[-2.0, -1.0, 0.0], 0.9, 0.5).is_nan());
        assert!(Sorted::new(&mut [f64::NAN]).is_none());
        assert_eq!(median(&[4.0]), 4.0);
        assert_eq!(quantile(&[1.0, f64::INFINITY], 1.0), f64::INFINITY);
    }

    proptest! {
        #[test]
        fn quantiles_rise_with_probability_and_stay_in_range(
            values in prop::collection::vec(-1e9..1e9f64, 1..200),
            mut probabilities in prop::collection::vec(0.0..=1.0f64, 1..12),
        ) {
            probabilities.sort_unstable_by(f64::total_cmp);
            let found = quantiles(&values, &probabilities);
            prop_assert!(found.windows(2).all(|pair| pair[0] <= pair[1]));
            let mut buffer = values.clone();
            let sorted = Sorted::new(&mut buffer).expect("no NaN was drawn");
            prop_assert!(found[0] >= sorted.values()[0]);
            prop_assert!(found[found.len() - 1] <= sorted.values()[values.len() - 1]);
        }

        #[test]
        fn selection_agrees_with_sorting_in_any_order(
            values in prop::collection::vec(-50i32..50, 1..100),
            probabilities in prop::collection::vec(0.0..=1.0f64, 1..8),
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let mut buffer = values.clone();
            let sorted = Sorted::new(&mut buffer).expect("no NaN was drawn");
            let by_sorting: Vec<f64> = probabilities.iter().map(|&p| sorted.quantile(p)).collect();
            prop_assert_eq!(quantiles(&values, &probabilities), by_sorting);
        }
    }
}
