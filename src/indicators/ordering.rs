//! Ordering many numbers fast: a radix sort of single-precision values and a weighted median.
//!
//! Distributions are measured every month, so this is where measuring spends its time. Single precision
//! (7 digits) is what the state holds; sums are taken in double precision after sorting.

use crate::stats::Sorted;

const DIGIT_BITS: u32 = 11;
const DIGITS: u32 = 3;
const BUCKETS: usize = 1 << DIGIT_BITS;

/// Memory for sorting one distribution, kept from month to month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Distribution {
    keys: Vec<u32>,
    swapped: Vec<u32>,
    values: Vec<f64>,
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

    /// The values in ascending order; `None` if one of them is NaN.
    pub(crate) fn sorted(&mut self) -> Option<Sorted<'_>> {
        radix_sort(&mut self.keys, &mut self.swapped);
        self.values.clear();
        self.values
            .extend(self.keys.iter().map(|&key| f64::from(value_of(key))));
        // Already in order, which the sort inside finds out in one pass.
        Sorted::new(&mut self.values)
    }
}

/// Bits that order like the numbers: negative ones reversed below the positive ones.
#[inline]
fn ordered_bits(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits >> 31 == 1 {
        !bits
    } else {
        bits | 1 << 31
    }
}

#[inline]
fn value_of(key: u32) -> f32 {
    f32::from_bits(if key >> 31 == 1 { key ^ 1 << 31 } else { !key })
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

/// Nonnegative values with whole-number weights, for a weighted median without sorting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weighted {
    keys: Vec<u32>,
    weights: Vec<u8>,
}

impl Weighted {
    /// Forgets the values, keeping the memory.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
        self.weights.clear();
    }

    /// Adds a value that counts `weight` times.
    #[inline]
    pub(crate) fn push(&mut self, value: f32, weight: u8) {
        self.keys.push(ordered_bits(value));
        self.weights.push(weight);
    }

    /// The lower weighted median: the least value at or below which at least half the weight lies; `None`
    /// for no weight.
    pub(crate) fn median(&self) -> Option<f32> {
        let total: u64 = self.weights.iter().map(|&w| u64::from(w)).sum();
        if total == 0 {
            return None;
        }
        let mut wanted = total.div_ceil(2);
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

    /// Share of the weight on values below `limit`; NaN for no weight.
    pub(crate) fn share_below(&self, limit: f32) -> f64 {
        let limit = ordered_bits(limit);
        let (mut below, mut total) = (0u64, 0u64);
        for (&key, &weight) in self.keys.iter().zip(&self.weights) {
            total += u64::from(weight);
            below += u64::from(weight) * u64::from(key < limit);
        }
        super::definition::ratio(below as f64, total as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_missing_value_is_not_lost_in_the_order() {
        let mut values = Distribution::default();
        values.push(1.0);
        values.push(f32::NAN);
        assert!(values.sorted().is_none());
    }

    proptest! {
        #[test]
        fn radix_order_is_numeric_order(values in prop::collection::vec(-1e9f32..1e9, 0..300)) {
            let mut distribution = Distribution::default();
            values.iter().for_each(|&v| distribution.push(v));
            let mut expected: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
            expected.sort_by(f64::total_cmp);
            let sorted = distribution.sorted().expect("no value is missing");
            prop_assert_eq!(sorted.values(), &expected[..]);
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
