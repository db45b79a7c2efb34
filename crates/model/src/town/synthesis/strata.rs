//! Even samples: quantiles instead of independent draws, so that a small town resembles a large one.

use crate::rng::{Draws, Purpose};

/// Inverse of the golden ratio: steps of this length spread points over [0, 1) as evenly as any fixed step can.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// The `step`-th point of an even sequence over [0, 1) that begins at `start`.
pub(super) fn even(start: f64, step: usize) -> f64 {
    let point = start + step as f64 * GOLDEN;
    point - libm::floor(point)
}

/// Numbers 0 to `count` - 1 in a random order named by `purpose` and `number`.
pub(super) fn shuffled(draws: &Draws, purpose: Purpose, number: u32, count: usize) -> Vec<u32> {
    use crate::parallel::prelude::*;
    let mut order: Vec<(u64, u32)> = (0..count as u32)
        .into_par_iter()
        .map(|row| {
            let words = draws.words(u64::from(row), 0, purpose, number);
            ((u64::from(words[0]) << 32) | u64::from(words[1]), row)
        })
        .collect();
    order.par_sort_unstable();
    order.into_iter().map(|(_, row)| row).collect()
}

/// The category a uniform number falls into, given non-negative weights.
pub(super) fn category(uniform: f64, weights: &[f64]) -> usize {
    let total: f64 = weights.iter().sum();
    let mut left = uniform * total;
    for (index, &weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return index;
        }
    }
    weights.iter().rposition(|&w| w > 0.0).unwrap_or(0)
}

/// Whole numbers proportional to `wanted` that sum to `total`, by the method of largest remainders.
///
/// Ties go to the earlier entry. Entries wanted at all get at least one where `total` allows it.
pub(super) fn apportion(wanted: &[f64], total: u32) -> Vec<u32> {
    let sum: f64 = wanted.iter().sum();
    if sum <= 0.0 {
        return vec![0; wanted.len()];
    }
    let quota: Vec<f64> = wanted.iter().map(|w| w / sum * f64::from(total)).collect();
    let mut parts: Vec<u32> = quota.iter().map(|q| libm::floor(*q) as u32).collect();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| {
        let remainder = |i: usize| quota[i] - libm::floor(quota[i]);
        remainder(b).total_cmp(&remainder(a)).then(a.cmp(&b))
    });
    let missing = total.saturating_sub(parts.iter().sum());
    for &index in order.iter().cycle().take(missing as usize) {
        parts[index] += 1;
    }
    for index in 0..parts.len() {
        if parts[index] == 0 && wanted[index] > 0.0 {
            let donor = (0..parts.len()).fold(0, |a, b| if parts[b] > parts[a] { b } else { a });
            if parts[donor] > 1 {
                parts[donor] -= 1;
                parts[index] += 1;
            }
        }
    }
    parts
}

/// Quantile of the standard normal distribution (rational approximation of Acklam 2003, error below 1.2e-9).
pub(super) fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e1,
        2.209460984245205e2,
        -2.759285104469687e2,
        1.383_577_518_672_69e2,
        -3.066479806614716e1,
        2.506628277459239,
    ];
    const B: [f64; 6] = [
        -5.447609879822406e1,
        1.615858368580409e2,
        -1.556989798598866e2,
        6.680131188771972e1,
        -1.328068155288572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    const D: [f64; 5] = [
        7.784695709041462e-3,
        3.224671290700398e-1,
        2.445134137142996,
        3.754408661907416,
        1.0,
    ];
    const EDGE: f64 = 0.02425;
    let horner = |c: &[f64], x: f64| c.iter().fold(0.0, |sum, &k| sum * x + k);
    if p < EDGE {
        let q = libm::sqrt(-2.0 * libm::log(p));
        horner(&C, q) / horner(&D, q)
    } else if p > 1.0 - EDGE {
        let q = libm::sqrt(-2.0 * libm::log(1.0 - p));
        -horner(&C, q) / horner(&D, q)
    } else {
        let q = p - 0.5;
        let r = q * q;
        horner(&A, r) * q / horner(&B, r)
    }
}

/// Quantile of the lognormal distribution with mean 1 and log standard deviation `sd`.
pub(super) fn lognormal_quantile(p: f64, sd: f64) -> f64 {
    libm::exp(sd * normal_quantile(p) - 0.5 * sd * sd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_quantiles_match_the_tables() {
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_985),
            (0.01, -2.326_347_874),
            (0.999, 3.090_232_306),
        ] {
            assert!((normal_quantile(p) - z).abs() < 1e-7, "p {p}");
        }
    }

    #[test]
    fn apportioning_keeps_the_total_and_forgets_nobody() {
        assert_eq!(apportion(&[5.0, 3.0, 2.0], 10), [5, 3, 2]);
        assert_eq!(apportion(&[900.0, 1.0, 0.0], 9), [8, 1, 0]);
        assert_eq!(apportion(&[1.0, 1.0, 1.0], 10).iter().sum::<u32>(), 10);
    }

    #[test]
    fn a_shuffle_holds_every_number_once() {
        let mut order = shuffled(&Draws::new(4, 0), Purpose::Order, 0, 1000);
        assert_ne!(order[..10], (0..10).collect::<Vec<u32>>()[..]);
        order.sort_unstable();
        assert!(order.iter().enumerate().all(|(i, &row)| i == row as usize));
    }

    #[test]
    fn even_points_fill_the_interval() {
        let mut bins = [0; 10];
        for step in 0..1000 {
            bins[(even(0.3, step) * 10.0) as usize] += 1;
        }
        assert!(bins.iter().all(|&n| (97..=103).contains(&n)), "{bins:?}");
    }
}
