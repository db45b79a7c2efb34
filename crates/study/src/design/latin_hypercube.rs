//! Latin hypercube samples (McKay, Beckman & Conover 1979).
use super::keyed::{Purpose, shuffled, uniform};
use super::{DesignError, Points, check_size};

/// A Latin hypercube: each factor's range cut into `runs` equal parts, each part used once.
///
/// # Errors
/// Without factors or runs, or beyond [`super::MOST_RUNS`].
pub fn latin_hypercube(runs: usize, factors: usize, seed: u64) -> Result<Points, DesignError> {
    candidate(runs, factors, seed, 0)
}

/// The Latin hypercube, of so many drawn, whose two nearest points are farthest apart (Johnson,
/// Moore & Ylvisaker 1990). Compares all pairs of points: meant for some thousands of runs.
///
/// # Errors
/// As [`latin_hypercube`]; no candidates count as one.
pub fn maximin_latin_hypercube(
    runs: usize,
    factors: usize,
    seed: u64,
    candidates: u32,
) -> Result<Points, DesignError> {
    let mut best = candidate(runs, factors, seed, 0)?;
    let mut best_distance = nearest_distance_squared(&best);
    for number in 1..candidates {
        let points = candidate(runs, factors, seed, number)?;
        let distance = nearest_distance_squared(&points);
        if distance > best_distance {
            (best, best_distance) = (points, distance);
        }
    }
    Ok(best)
}

fn candidate(runs: usize, factors: usize, seed: u64, number: u32) -> Result<Points, DesignError> {
    let runs = check_size(Some(runs), factors)?;
    check_size(runs.checked_mul(factors), factors)?;
    // Candidates differ as if drawn with other seeds; the first is the plain sample.
    let seed = seed.wrapping_add(u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut values = vec![0.0; runs * factors];
    for factor in 0..factors {
        let parts = shuffled(runs, seed, Purpose::LatinOrder, factor as u32);
        for (run, part) in parts.into_iter().enumerate() {
            let place = uniform(seed, Purpose::LatinPlace, factor as u32, run as u32);
            values[run * factors + factor] = (part as f64 + place) / runs as f64;
        }
    }
    Ok(Points { factors, values })
}

fn nearest_distance_squared(points: &Points) -> f64 {
    let points: Vec<&[f64]> = points.iter().collect();
    let mut nearest = f64::INFINITY;
    for (index, a) in points.iter().enumerate() {
        for b in &points[..index] {
            let distance = a.iter().zip(*b).map(|(x, y)| (x - y) * (x - y)).sum();
            nearest = nearest.min(distance);
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_part_of_each_factor_is_used_once(
            runs in 1usize..80,
            factors in 1usize..8,
            seed: u64,
        ) {
            let points = latin_hypercube(runs, factors, seed).expect("a small design");
            for factor in 0..factors {
                let mut parts: Vec<usize> = points
                    .iter()
                    .map(|point| (point[factor] * runs as f64).floor() as usize)
                    .collect();
                parts.sort_unstable();
                prop_assert_eq!(parts, (0..runs).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn more_candidates_never_come_closer() {
        let plain = latin_hypercube(20, 3, 1).expect("a small design");
        assert_eq!(maximin_latin_hypercube(20, 3, 1, 0), Ok(plain.clone()));
        let few = maximin_latin_hypercube(20, 3, 1, 5).expect("a small design");
        let many = maximin_latin_hypercube(20, 3, 1, 200).expect("a small design");
        let distances = [&plain, &few, &many].map(nearest_distance_squared);
        assert!(distances[0] <= distances[1] && distances[1] <= distances[2]);
        assert!(distances[0] < distances[2]);
    }

    #[test]
    fn factors_are_not_tied_and_seeds_differ() {
        let points = latin_hypercube(1000, 2, 3).expect("a small design");
        let (x, y): (Vec<f64>, Vec<f64>) = points.iter().map(|p| (p[0], p[1])).unzip();
        assert!(model::stats::pearson(&x, &y).abs() < 0.1);
        assert_ne!(points, latin_hypercube(1000, 2, 4).expect("a small design"));
        assert_eq!(latin_hypercube(0, 2, 1), Err(DesignError::NoRuns));
        assert_eq!(latin_hypercube(5, 0, 1), Err(DesignError::NoFactors));
        assert_eq!(
            latin_hypercube(usize::MAX, 2, 1),
            Err(DesignError::TooManyRuns)
        );
    }
}
