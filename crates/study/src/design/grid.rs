//! The full grid: every combination of levels, in an order whose beginnings are balanced.
use super::{DesignError, check_size};

/// Every combination of levels of some factors.
///
/// Runs are ordered like the points of a Faure sequence: the digits of the run number, in a mixed
/// base of the levels, are mixed by Pascal's triangle. So the first runs of the grid, however many,
/// use the levels of each factor about equally often, and pairs of levels nearly so (exactly, up to
/// one run, for equal prime numbers of levels no smaller than the number of factors). A plain
/// nested loop would leave its outer factors at their first levels until the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    levels: Vec<usize>,
    /// Factors from most to fewest levels: the factor that needs most runs to show all its levels
    /// changes fastest.
    order: Vec<usize>,
    /// Row `k` holds the binomial coefficients of `k`, modulo the levels of factor `order[k]`.
    mixing: Vec<Vec<usize>>,
    runs: usize,
}

impl Grid {
    /// A grid with so many levels of each factor.
    ///
    /// # Errors
    /// Without factors, with a factor without levels, or beyond [`super::MOST_RUNS`].
    pub fn new(levels: &[usize]) -> Result<Self, DesignError> {
        if let Some(factor) = levels.iter().position(|&count| count == 0) {
            return Err(DesignError::NoLevels(factor));
        }
        let runs = levels
            .iter()
            .try_fold(1usize, |n, &count| n.checked_mul(count));
        let runs = check_size(runs, levels.len())?;
        let mut order: Vec<usize> = (0..levels.len()).collect();
        order.sort_by_key(|&factor| std::cmp::Reverse(levels[factor]));
        let mixing = order
            .iter()
            .enumerate()
            .map(|(row, &factor)| binomials_modulo(row, levels[factor]))
            .collect();
        Ok(Grid {
            levels: levels.to_vec(),
            order,
            mixing,
            runs,
        })
    }

    /// Number of combinations.
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// The level of each factor (from 0) in a run; `None` beyond the last run.
    pub fn levels_of(&self, run: usize) -> Option<Vec<usize>> {
        if run >= self.runs {
            return None;
        }
        let mut rest = run;
        let mut digits = Vec::with_capacity(self.order.len());
        let mut chosen = vec![0; self.levels.len()];
        for (&factor, row) in self.order.iter().zip(&self.mixing) {
            let count = self.levels[factor];
            digits.push(rest % count);
            rest /= count;
            // The last coefficient is 1, so given the earlier digits each digit has its own level:
            // no combination is lost or repeated.
            let mixed = row
                .iter()
                .zip(&digits)
                .fold(0, |sum, (c, digit)| (sum + c * (digit % count)) % count);
            chosen[factor] = spread(mixed, count);
        }
        Some(chosen)
    }
}

/// Binomial coefficients C(row, 0…row), modulo a number of levels.
fn binomials_modulo(row: usize, levels: usize) -> Vec<usize> {
    let mut coefficients = vec![1 % levels];
    for _ in 0..row {
        let mut next = vec![1 % levels; coefficients.len() + 1];
        for (i, pair) in coefficients.windows(2).enumerate() {
            next[i + 1] = (pair[0] + pair[1]) % levels;
        }
        coefficients = next;
    }
    coefficients
}

/// The level visited at `position`: positions with reversed binary digits in ascending order, so
/// that early visits are far apart.
fn spread(position: usize, levels: usize) -> usize {
    let bits = usize::BITS - (levels - 1).leading_zeros();
    if bits == 0 {
        return 0;
    }
    let reversed = |n: usize| n.reverse_bits() >> (usize::BITS - bits);
    (0..1usize << bits)
        .map(reversed)
        .filter(|&level| level < levels)
        .nth(position)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn all(grid: &Grid) -> Vec<Vec<usize>> {
        (0..grid.runs())
            .filter_map(|run| grid.levels_of(run))
            .collect()
    }

    /// Largest difference, over all beginnings of the order, between how often two combinations of
    /// levels of the given factors appear.
    fn imbalance(runs: &[Vec<usize>], levels: &[usize], factors: &[usize]) -> usize {
        let cells = factors.iter().map(|&f| levels[f]).product();
        let mut counts = vec![0usize; cells];
        let mut worst = 0;
        for run in runs {
            let cell = factors.iter().fold(0, |cell, &f| cell * levels[f] + run[f]);
            counts[cell] += 1;
            let most = counts.iter().max().copied().unwrap_or(0);
            let fewest = counts.iter().min().copied().unwrap_or(0);
            worst = worst.max(most - fewest);
        }
        worst
    }

    #[test]
    fn beginnings_are_balanced_in_each_factor_and_pair() {
        for (levels, single, pair) in [
            (&[5, 4][..], 1, 1),
            (&[3, 3, 3], 1, 1),
            (&[5, 5, 5, 5, 5], 1, 1),
            (&[7, 5, 3], 2, 2),
            (&[4, 4, 4, 4], 1, 2),
            (&[10, 10, 10], 1, 2),
            (&[2, 2, 2, 2, 2, 2], 1, 8),
        ] {
            let runs = all(&Grid::new(levels).expect("a small grid"));
            for a in 0..levels.len() {
                assert!(imbalance(&runs, levels, &[a]) <= single, "{levels:?} {a}");
                for b in 0..a {
                    assert!(
                        imbalance(&runs, levels, &[a, b]) <= pair,
                        "{levels:?} {a} {b}"
                    );
                }
            }
        }
    }

    #[test]
    fn levels_of_one_factor_are_visited_far_apart() {
        let grid = Grid::new(&[8]).expect("a small grid");
        assert_eq!(all(&grid).concat(), [0, 4, 2, 6, 1, 5, 3, 7]);
        assert_eq!(grid.levels_of(8), None);
    }

    #[test]
    fn impossible_grids_are_errors() {
        assert_eq!(Grid::new(&[]), Err(DesignError::NoFactors));
        assert_eq!(Grid::new(&[3, 0]), Err(DesignError::NoLevels(1)));
        assert_eq!(
            Grid::new(&[1000, 1000, 1000]),
            Err(DesignError::TooManyRuns)
        );
        assert_eq!(Grid::new(&[usize::MAX, 3]), Err(DesignError::TooManyRuns));
    }

    proptest! {
        #[test]
        fn every_combination_appears_once(levels in prop::collection::vec(1usize..7, 1..6)) {
            let grid = Grid::new(&levels).expect("a small grid");
            let runs = all(&grid);
            prop_assert!(runs.iter().all(|run| run.iter().zip(&levels).all(|(l, n)| l < n)));
            let different: BTreeSet<_> = runs.into_iter().collect();
            prop_assert_eq!(different.len(), grid.runs());
        }
    }
}
