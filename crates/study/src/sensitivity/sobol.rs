//! Variance-based indices: the share of an outcome's variance that a factor explains.
use super::{Bootstrap, Estimate, SensitivityError, check_outcomes};
use crate::design::{Purpose, SaltelliDesign};
use model::stats::{mean, sum_of};

/// Sobol indices of one factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SobolIndex {
    /// First-order index: the share of the variance this factor explains alone. Noise can carry
    /// the estimate a little outside 0–1.
    pub first: Estimate,
    /// Total index: the share that would remain if all other factors were known, interactions
    /// included.
    pub total: Estimate,
}

/// First-order and total Sobol indices, one pair a factor, from the outcomes of a
/// [`SaltelliDesign`] in its order (or of its beginning, in whole blocks).
///
/// First order by the estimator of Saltelli et al. (2010), on outcomes about their mean; total by
/// Jansen (1999).
///
/// # Errors
/// If the outcomes do not fill at least two blocks, one is not finite, or all are equal.
pub fn sobol_indices(
    outcomes: &[f64],
    design: &SaltelliDesign,
    bootstrap: &Bootstrap,
) -> Result<Vec<SobolIndex>, SensitivityError> {
    let factors = design.factors();
    let block = factors + 2;
    check_outcomes(outcomes, block)?;
    if outcomes.iter().all(|&v| v == outcomes[0]) {
        return Err(SensitivityError::Constant);
    }
    let center = mean(outcomes);
    let centered: Vec<f64> = outcomes.iter().map(|v| v - center).collect();
    let blocks = Blocks {
        outcomes: &centered,
        factors,
    };
    let every_block: Vec<usize> = (0..outcomes.len() / block).collect();
    let values = blocks.indices(&every_block);
    let estimates = bootstrap.intervals(
        &values,
        every_block.len(),
        Purpose::SobolResample,
        |drawn| blocks.indices(drawn),
    );
    let (first, total) = estimates.split_at(factors);
    let pairs = first.iter().zip(total);
    Ok(pairs
        .map(|(&first, &total)| SobolIndex { first, total })
        .collect())
}

/// Outcomes by base sample: A, each A with one coordinate of B, B.
struct Blocks<'a> {
    outcomes: &'a [f64],
    factors: usize,
}

impl Blocks<'_> {
    fn get(&self, block: usize, place: usize) -> f64 {
        self.outcomes[block * (self.factors + 2) + place]
    }

    /// All first-order indices, then all total ones, over the drawn blocks.
    fn indices(&self, drawn: &[usize]) -> Vec<f64> {
        let count = drawn.len() as f64;
        let b = self.factors + 1;
        let variance = self.variance_of_a_and_b(drawn);
        let first = (1..=self.factors).map(|mixed| {
            let products = drawn
                .iter()
                .map(|&n| self.get(n, b) * (self.get(n, mixed) - self.get(n, 0)));
            sum_of(products) / count / variance
        });
        let total = (1..=self.factors).map(|mixed| {
            let squares = drawn.iter().map(|&n| {
                let difference = self.get(n, 0) - self.get(n, mixed);
                difference * difference
            });
            0.5 * sum_of(squares) / count / variance
        });
        first.chain(total).collect()
    }

    /// Variance of the outcomes at A and B together: the points that are plain samples.
    fn variance_of_a_and_b(&self, drawn: &[usize]) -> f64 {
        let b = self.factors + 1;
        let both = || drawn.iter().flat_map(|&n| [self.get(n, 0), self.get(n, b)]);
        let count = 2.0 * drawn.len() as f64;
        let center = sum_of(both()) / count;
        let variance = sum_of(both().map(|v| (v - center) * (v - center))) / count;
        if variance > 0.0 { variance } else { f64::NAN }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_functions::*;
    use super::*;

    fn indices(
        function: fn(&[f64]) -> f64,
        factors: usize,
        base: usize,
        seed: u32,
    ) -> Vec<SobolIndex> {
        let design = SaltelliDesign::new(base, factors, seed).expect("a small design");
        let outcomes: Vec<f64> = design.points().iter().map(function).collect();
        let bootstrap = Bootstrap {
            resamples: 200,
            ..Bootstrap::default()
        };
        sobol_indices(&outcomes, &design, &bootstrap).expect("finite outcomes")
    }

    #[test]
    fn ishigami_matches_the_published_indices() {
        let found = indices(ishigami, 3, 8192, 1);
        for (index, (first, total)) in found.iter().zip(ISHIGAMI_INDICES) {
            assert!((index.first.value - first).abs() < 0.01, "{found:?}");
            assert!((index.total.value - total).abs() < 0.01, "{found:?}");
        }
    }

    #[test]
    fn sobol_g_matches_its_closed_form() {
        let found = indices(sobol_g, SOBOL_G.len(), 8192, 2);
        for (index, (first, total)) in found.iter().zip(sobol_g_indices()) {
            assert!(
                (index.first.value - first).abs() < 0.01,
                "{first} {index:?}"
            );
            assert!(
                (index.total.value - total).abs() < 0.01,
                "{total} {index:?}"
            );
        }
    }

    #[test]
    fn intervals_cover_the_published_indices_at_least_as_often_as_they_say() {
        let seeds = 60;
        let mut covered = 0;
        for seed in 0..seeds {
            for (index, (first, total)) in
                indices(ishigami, 3, 256, seed).iter().zip(ISHIGAMI_INDICES)
            {
                let covers = |e: Estimate, truth: f64| e.low <= truth && truth <= e.high;
                covered += u32::from(covers(index.first, first));
                covered += u32::from(covers(index.total, total));
            }
        }
        let share = f64::from(covered) / f64::from(6 * seeds);
        assert!(share > 0.93, "{share}");
    }

    #[test]
    fn a_factor_without_effect_and_a_shifted_outcome() {
        let design = SaltelliDesign::new(64, 2, 3).expect("a small design");
        let bootstrap = Bootstrap {
            resamples: 50,
            ..Bootstrap::default()
        };
        let outcomes =
            |shift: f64| -> Vec<f64> { design.points().iter().map(|p| shift + p[0]).collect() };
        let found = sobol_indices(&outcomes(0.0), &design, &bootstrap).expect("finite outcomes");
        assert_eq!(found[1].total.value, 0.0);
        assert!((found[0].total.value - 1.0).abs() < 0.05);
        let shifted = sobol_indices(&outcomes(1e4), &design, &bootstrap).expect("finite outcomes");
        assert!((shifted[0].first.value - found[0].first.value).abs() < 1e-9);
    }

    #[test]
    fn unusable_outcomes_are_errors() {
        let design = SaltelliDesign::new(4, 2, 1).expect("a small design");
        let of = |outcomes: &[f64]| sobol_indices(outcomes, &design, &Bootstrap::default());
        assert_eq!(of(&[1.0; 16]), Err(SensitivityError::Constant));
        assert_eq!(of(&[1.0; 4]), Err(SensitivityError::TooFewBlocks));
        assert_eq!(of(&[]), Err(SensitivityError::TooFewBlocks));
        assert_eq!(
            of(&[1.0; 9]),
            Err(SensitivityError::RunCount { found: 9, block: 4 })
        );
        let mut broken = [1.0; 16];
        broken[5] = f64::NAN;
        assert_eq!(of(&broken), Err(SensitivityError::NotFinite(5)));
    }
}
