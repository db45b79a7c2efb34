//! Ordered sums and the moments built on them.

/// Values added before a partial sum is closed.
///
/// Fixed, because the bits of a float sum depend on where it is cut. A caller that sums in
/// parallel gets the bits of [`sum`] by summing each chunk of this length with [`sum`] and adding
/// the partial sums in order.
pub const SUM_CHUNK: usize = 1024;

/// The sum of the values, in their order, by chunks of [`SUM_CHUNK`]; 0 for none.
///
/// The rounding error grows with `SUM_CHUNK + n / SUM_CHUNK`, not with `n`.
pub fn sum_of(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut total = 0.0;
    let mut partial = 0.0;
    let mut in_partial = 0;
    for value in values {
        partial += value;
        in_partial += 1;
        if in_partial == SUM_CHUNK {
            total += partial;
            partial = 0.0;
            in_partial = 0;
        }
    }
    total + partial
}

/// The sum of a slice; see [`sum_of`].
pub fn sum(values: &[f64]) -> f64 {
    sum_of(values.iter().copied())
}

/// The values that are not `NaN`, in their order.
pub fn present(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|v| !v.is_nan()).collect()
}

/// Arithmetic mean; `NaN` for no values.
pub fn mean(values: &[f64]) -> f64 {
    sum(values) / values.len() as f64
}

/// Sample variance (divisor `n − 1`), by the two-pass formula; `NaN` below two values.
pub fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    let center = mean(values);
    central_moment_sum(values, center, 2) / (values.len() - 1) as f64
}

/// Sample standard deviation, the square root of [`variance`]; `NaN` below two values.
pub fn standard_deviation(values: &[f64]) -> f64 {
    variance(values).sqrt()
}

/// Standard error of the mean of independent values; `NaN` below two values.
pub fn standard_error(values: &[f64]) -> f64 {
    standard_deviation(values) / (values.len() as f64).sqrt()
}

/// Mean with nonnegative weights; `NaN` for no values, lengths that differ, a negative weight or
/// weights that sum to zero.
pub fn weighted_mean(values: &[f64], weights: &[f64]) -> f64 {
    if values.len() != weights.len() || weights.iter().any(|&w| w < 0.0) {
        return f64::NAN;
    }
    sum_of(values.iter().zip(weights).map(|(v, w)| v * w)) / sum(weights)
}

/// Σ (value − center)^power.
pub(super) fn central_moment_sum(values: &[f64], center: f64, power: u32) -> f64 {
    sum_of(values.iter().map(|v| {
        let deviation = v - center;
        (1..power).fold(deviation, |product, _| product * deviation)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 7] = [3.2, -1.5, 0.0, 8.75, 2.1, 2.1, 100.0];

    #[test]
    fn moments_match_numpy() {
        // numpy: mean, var(ddof=1), std(ddof=1), average(weights=1..7)
        assert!((mean(&VALUES) - 16.37857142857143).abs() < 1e-13);
        assert!((variance(&VALUES) - 1370.0115476190476).abs() < 1e-10);
        assert!((standard_deviation(&VALUES) - 37.01366703825828).abs() < 1e-12);
        let weights = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        assert!((weighted_mean(&VALUES, &weights) - 27.082142857142856).abs() < 1e-12);
    }

    #[test]
    fn sums_by_chunks_in_parallel_have_the_same_bits() {
        let values: Vec<f64> = (0..10_000).map(|i| 1.0 / f64::from(i + 3)).collect();
        let partial_sums: Vec<f64> = values.chunks(SUM_CHUNK).map(sum).collect();
        let total = partial_sums.iter().fold(0.0, |total, p| total + p);
        assert_eq!(total.to_bits(), sum(&values).to_bits());
    }

    #[test]
    fn long_sums_lose_little() {
        let values = vec![0.1; 10_000_000];
        assert!((sum(&values) - 1e6).abs() < 1e-5, "{}", sum(&values));
    }

    #[test]
    fn what_is_not_defined_is_nan() {
        assert!(mean(&[]).is_nan());
        assert!(variance(&[1.0]).is_nan());
        assert!(mean(&[1.0, f64::NAN]).is_nan());
        assert!(weighted_mean(&[1.0], &[0.0]).is_nan());
        assert!(weighted_mean(&[1.0], &[1.0, 2.0]).is_nan());
        assert!(weighted_mean(&[1.0, 2.0], &[2.0, -1.0]).is_nan());
        assert_eq!(present(&[1.0, f64::NAN, 2.0]), [1.0, 2.0]);
    }
}
