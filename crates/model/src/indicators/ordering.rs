//! Ordering many numbers fast: a radix sort of single-precision values and a weighted median.
//!
//! Distributions are measured every month, so this is where measuring spends its time. Single precision
//! (7 digits) is what the state holds; sums are taken in double precision after sorting.

use super::definition::{UNSOUND, ratio};

const DIGIT_BITS: u32 = 11;
const DIGITS: u32 = 3;
const BUCKETS: usize = 1 << DIGIT_BITS;
const SIGN: u32 = 1 << 31;

/// Memory for ordering one distribution, kept from month to month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Distribution {
    keys: Vec<u32>,
    swapped: Vec<u32>,
    cumulated: Vec<f64>,
}

impl Distribution {
    /// Forgets the values, keeping the memory.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
    }

    /// Adds a value.
    #[inline]
    pub(crate) fn push(&mut self, value: f32) {
        self.keys.push(ordered_bits(value));
    }

    /// Puts the values in order.
    pub(crate) fn ordered(&mut self) -> Ordered<'_> {
        radix_sort(&mut self.keys, &mut self.swapped);
        // Whatever is not finite stands at one of the ends.
        let mut ends = self.keys.first().into_iter().chain(self.keys.last());
        Ordered {
            is_finite: ends.all(|&key| value_of(key).is_finite()),
            keys: &self.keys,
        }
    }

    /// Puts the values in order and adds them up from the lowest: one pass answers every question about who
    /// has how much.
    pub(crate) fn cumulated(&mut self) -> Cumulated<'_> {
        radix_sort(&mut self.keys, &mut self.swapped);
        self.cumulated.clear();
        let (mut total, mut absolute, mut area) = (0.0, 0.0, 0.0);
        self.cumulated.extend(self.keys.iter().map(|&key| {
            let value = f64::from(value_of(key));
            total += value;
            absolute += value.abs();
            area += total;
            total
        }));
        Cumulated {
            keys: &self.keys,
            cumulated: &self.cumulated,
            total,
            absolute,
            area,
        }
    }
}

/// Values in ascending order.
pub(crate) struct Ordered<'a> {
    keys: &'a [u32],
    is_finite: bool,
}

impl Ordered<'_> {
    /// The quantile at `probability` as [`crate::stats::quantile`] defines it.
    pub(crate) fn quantile(&self, probability: f64) -> f64 {
        if !self.is_finite {
            return UNSOUND;
        }
        quantile(self.keys, probability)
    }
}

fn quantile(keys: &[u32], probability: f64) -> f64 {
    let Some(last) = keys.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = last as f64 * probability;
    let low = f64::from(value_of(keys[place as usize]));
    let high = f64::from(value_of(keys[(place as usize + 1).min(last)]));
    low + place.fract() * (high - low)
}

/// Values in ascending order with their running sums. Measures are NaN where they do not exist and
/// [`UNSOUND`] where a value is not finite; they agree with those of [`crate::stats`], which allocate.
pub(crate) struct Cumulated<'a> {
    keys: &'a [u32],
    cumulated: &'a [f64],
    total: f64,
    absolute: f64,
    area: f64,
}

impl Cumulated<'_> {
    /// The quantile at `probability`.
    pub(crate) fn quantile(&self, probability: f64) -> f64 {
        if self.total.is_finite() {
            quantile(self.keys, probability)
        } else {
            UNSOUND
        }
    }

    /// Gini coefficient, normalized by the sum of absolute values so that debts keep it between 0 and 1.
    pub(crate) fn gini(&self) -> f64 {
        let count = self.keys.len() as f64;
        // Σ (2i − n − 1) xᵢ = (n + 1) Σ x − 2 Σ running sums.
        ratio(
            (count + 1.0) * self.total - 2.0 * self.area,
            count * self.absolute,
        )
    }

    /// Total of the lowest `share` of values; a value on the boundary counts in part.
    fn bottom(&self, share: f64) -> f64 {
        let place = self.keys.len() as f64 * share;
        let whole = place as usize;
        let below = whole
            .checked_sub(1)
            .map_or(0.0, |last| self.cumulated[last]);
        let next = self
            .keys
            .get(whole)
            .map_or(0.0, |&key| f64::from(value_of(key)));
        below + place.fract() * next
    }

    /// Part of the total that belongs to the highest `share` of values.
    pub(crate) fn top_share(&self, share: f64) -> f64 {
        ratio(self.total - self.bottom(1.0 - share), self.total)
    }

    /// Palma ratio: the total of the top tenth over that of the bottom four tenths.
    pub(crate) fn palma(&self) -> f64 {
        ratio(self.total - self.bottom(0.9), self.bottom(0.4))
    }
}

/// Bits that order like the numbers: negative ones reversed below the positive ones.
#[inline]
fn ordered_bits(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits & SIGN != 0 { !bits } else { bits | SIGN }
}

#[inline]
fn value_of(key: u32) -> f32 {
    f32::from_bits(if key & SIGN != 0 { key ^ SIGN } else { !key })
}

#[inline]
fn digit(key: u32, place: u32) -> usize {
    (key >> (place * DIGIT_BITS)) as usize & (BUCKETS - 1)
}

fn radix_sort(keys: &mut Vec<u32>, swapped: &mut Vec<u32>) {
    swapped.clear();
    swapped.resize(keys.len(), 0);
    let mut counts = [[0u32; BUCKETS]; DIGITS as usize];
    for &key in keys.iter() {
        for place in 0..DIGITS {
            counts[place as usize][digit(key, place)] += 1;
        }
    }
    for place in 0..DIGITS {
        let places = &mut counts[place as usize];
        let mut start = 0;
        for count in places.iter_mut() {
            start += std::mem::replace(count, start);
        }
        for &key in keys.iter() {
            let next = &mut places[digit(key, place)];
            swapped[*next as usize] = key;
            *next += 1;
        }
        std::mem::swap(keys, swapped);
    }
}

/// Values with whole-number weights, for a weighted median without sorting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weighted {
    keys: Vec<u32>,
    weights: Vec<u8>,
    total: u64,
    is_lost: bool,
}

impl Weighted {
    /// Forgets the values, keeping the memory.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
        self.weights.clear();
        self.total = 0;
        self.is_lost = false;
    }

    /// Adds a value that counts `weight` times.
    #[inline]
    pub(crate) fn push(&mut self, value: f32, weight: u8) {
        self.keys.push(ordered_bits(value));
        self.weights.push(weight);
        self.total += u64::from(weight);
        self.is_lost |= !value.is_finite();
    }

    /// Share of the weight on values below `fraction` of the weighted median; NaN for no weight.
    pub(crate) fn share_below_median(&self, fraction: f32) -> f64 {
        match self.median() {
            _ if self.is_lost => UNSOUND,
            Some(median) => self.share_below(median * fraction),
            None => f64::NAN,
        }
    }

    /// Share of the weight on values below `bound`; NaN for no weight.
    pub(crate) fn share_under(&self, bound: f32) -> f64 {
        if self.is_lost {
            UNSOUND
        } else if self.total == 0 {
            f64::NAN
        } else {
            self.share_below(bound)
        }
    }

    /// The lower weighted median: the least value at or below which at least half the weight lies; `None`
    /// for no weight.
    pub(crate) fn median(&self) -> Option<f32> {
        if self.total == 0 {
            return None;
        }
        let mut wanted = self.total.div_ceil(2);
        let mut prefix = 0u32;
        for place in (0..DIGITS).rev() {
            let above = (place + 1) * DIGIT_BITS;
            let same = |key: u32| above >= u32::BITS || key >> above == prefix >> above;
            let mut weights = [0u64; BUCKETS];
            for (&key, &weight) in self.keys.iter().zip(&self.weights) {
                if same(key) {
                    weights[digit(key, place)] += u64::from(weight);
                }
            }
            let mut bucket = 0;
            while weights[bucket] < wanted {
                wanted -= weights[bucket];
                bucket += 1;
            }
            prefix |= (bucket as u32) << (place * DIGIT_BITS);
        }
        Some(value_of(prefix))
    }

    fn share_below(&self, limit: f32) -> f64 {
        let limit = ordered_bits(limit);
        let people = self.keys.iter().zip(&self.weights);
        let below: u64 = people
            .map(|(&key, &weight)| if key < limit { weight.into() } else { 0 })
            .sum();
        ratio(below as f64, self.total as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats;
    use proptest::prelude::*;

    #[test]
    fn a_value_that_is_not_finite_is_not_lost_in_the_order() {
        for lost in [f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let mut distribution = Distribution::default();
            for value in [1.0, lost, 2.0] {
                distribution.push(value);
            }
            assert_eq!(distribution.ordered().quantile(0.5), UNSOUND);
            let cumulated = distribution.cumulated();
            assert_eq!(cumulated.quantile(0.5), UNSOUND);
            assert_eq!(cumulated.gini(), UNSOUND);
            assert_eq!(cumulated.top_share(0.1), UNSOUND);
            assert_eq!(cumulated.palma(), UNSOUND);
            let mut weighted = Weighted::default();
            for value in [1.0, lost, 2.0] {
                weighted.push(value, 1);
            }
            assert_eq!(weighted.share_below_median(0.5), UNSOUND);
        }
    }

    #[test]
    fn measures_of_nothing_do_not_exist() {
        let mut distribution = Distribution::default();
        assert!(distribution.ordered().quantile(0.5).is_nan());
        let cumulated = distribution.cumulated();
        assert!(cumulated.gini().is_nan() && cumulated.palma().is_nan());
        assert!(Weighted::default().share_below_median(0.5).is_nan());
    }

    fn is_close(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0)
    }

    proptest! {
        #[test]
        fn measures_are_those_of_the_slow_road(values in prop::collection::vec(-1e6f32..1e7, 1..300)) {
            let mut distribution = Distribution::default();
            values.iter().for_each(|&v| distribution.push(v));
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            prop_assume!(stats::sum(&values) > 1e3);
            for probability in [0.0, 0.1, 0.37, 0.5, 0.9, 1.0] {
                let expected = stats::quantile(&values, probability);
                prop_assert!(is_close(distribution.ordered().quantile(probability), expected));
                prop_assert!(is_close(distribution.cumulated().quantile(probability), expected));
            }
            let cumulated = distribution.cumulated();
            prop_assert!(is_close(cumulated.gini(), stats::gini_signed(&values)));
            for share in [0.01, 0.1, 0.5] {
                prop_assert!(is_close(cumulated.top_share(share), stats::top_share(&values, share)));
            }
        }

        #[test]
        fn palma_is_that_of_the_slow_road(values in prop::collection::vec(1f32..1e7, 1..300)) {
            let mut distribution = Distribution::default();
            values.iter().for_each(|&v| distribution.push(v));
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            prop_assert!(is_close(distribution.cumulated().palma(), stats::palma(&values)));
        }

        #[test]
        fn weighted_median_is_that_of_the_repeated_values(
            people in prop::collection::vec((0u32..2000, 1u8..7), 1..80),
        ) {
            let mut weighted = Weighted::default();
            let mut repeated = Vec::new();
            for &(value, weight) in &people {
                weighted.push(value as f32 / 8.0, weight);
                repeated.extend(std::iter::repeat_n(value as f32 / 8.0, weight.into()));
            }
            repeated.sort_by(f32::total_cmp);
            let median = repeated[repeated.len().div_ceil(2) - 1];
            prop_assert_eq!(weighted.median(), Some(median));
            let below = repeated.iter().filter(|&&v| v < median).count();
            prop_assert_eq!(weighted.share_below(median), below as f64 / repeated.len() as f64);
        }
    }
}
