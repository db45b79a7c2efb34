//! Morris's one-at-a-time trajectories (Morris 1991).
use super::keyed::{Purpose, below, shuffled};
use super::{DesignError, Points, check_size};

/// So many trajectories of `factors + 1` points each, one after the other: a random start on a
/// grid of `levels` (even, usually 4), then each factor in random order moved once, up or down, by
/// `levels / (2 (levels − 1))`, a step that reaches every level equally often.
///
/// # Errors
/// Without factors or trajectories, with an odd number of levels, or beyond [`super::MOST_RUNS`].
pub fn morris_trajectories(
    trajectories: usize,
    factors: usize,
    levels: usize,
    seed: u64,
) -> Result<Points, DesignError> {
    if levels < 2 || !levels.is_multiple_of(2) {
        return Err(DesignError::OddLevels(levels));
    }
    let runs = factors
        .checked_add(1)
        .and_then(|block| block.checked_mul(trajectories));
    let runs = check_size(runs, factors)?;
    check_size(runs.checked_mul(factors), factors)?;
    let mut values = Vec::with_capacity(runs * factors);
    for trajectory in 0..trajectories {
        walk(&mut values, trajectory as u32, factors, levels, seed);
    }
    Ok(Points { factors, values })
}

fn walk(values: &mut Vec<f64>, trajectory: u32, factors: usize, levels: usize, seed: u64) {
    let half = levels / 2;
    // A factor moves between level `low` and level `low + half`; on integers, so that the ends are
    // the same floats in every trajectory.
    let (mut level, other): (Vec<usize>, Vec<usize>) = (0..factors)
        .map(|factor| {
            let drawn = below(levels, seed, Purpose::MorrisBase, trajectory, factor as u32);
            (drawn, (drawn + half) % levels)
        })
        .unzip();
    let mut visit = |level: &[usize]| {
        let step = (levels - 1) as f64;
        values.extend(level.iter().map(|&l| l as f64 / step));
    };
    visit(&level);
    for factor in shuffled(factors, seed, Purpose::MorrisOrder, trajectory) {
        level[factor] = other[factor];
        visit(&level);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_factor_moves_once_by_the_step(
            trajectories in 1usize..12,
            factors in 1usize..9,
            half in 1usize..5,
            seed: u64,
        ) {
            let levels = 2 * half;
            let points = morris_trajectories(trajectories, factors, levels, seed)
                .expect("a small design");
            let rows: Vec<&[f64]> = points.iter().collect();
            prop_assert_eq!(rows.len(), trajectories * (factors + 1));
            let step = half as f64 / (levels - 1) as f64;
            for path in rows.chunks(factors + 1) {
                let mut moved: Vec<usize> = Vec::new();
                for pair in path.windows(2) {
                    let changes = pair[1].iter().zip(pair[0]).map(|(now, before)| now - before);
                    for (factor, change) in changes.enumerate().filter(|&(_, c)| c != 0.0) {
                        prop_assert!((change.abs() - step).abs() < 1e-12);
                        moved.push(factor);
                    }
                }
                moved.sort_unstable();
                prop_assert_eq!(moved, (0..factors).collect::<Vec<_>>());
            }
            prop_assert!(rows.concat().iter().all(|v| (0.0..=1.0).contains(v)));
        }
    }

    #[test]
    fn every_level_is_used_about_equally() {
        let points = morris_trajectories(2000, 1, 4, 11).expect("a small design");
        let mut counts = [0; 4];
        for point in points.iter() {
            counts[(point[0] * 3.0).round() as usize] += 1;
        }
        assert!(
            counts.iter().all(|&n| (900..1100).contains(&n)),
            "{counts:?}"
        );
    }

    #[test]
    fn impossible_designs_are_errors() {
        assert_eq!(
            morris_trajectories(3, 2, 5, 1),
            Err(DesignError::OddLevels(5))
        );
        assert_eq!(
            morris_trajectories(3, 2, 0, 1),
            Err(DesignError::OddLevels(0))
        );
        assert_eq!(morris_trajectories(0, 2, 4, 1), Err(DesignError::NoRuns));
        assert_eq!(morris_trajectories(3, 0, 4, 1), Err(DesignError::NoFactors));
        assert_eq!(
            morris_trajectories(usize::MAX, 2, 4, 1),
            Err(DesignError::TooManyRuns)
        );
    }
}
