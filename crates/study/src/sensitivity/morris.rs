//! Elementary effects: what moving one factor by one step does, from many starts.
use super::{Bootstrap, Estimate, SensitivityError, check_outcomes};
use crate::design::{Points, Purpose};
use model::stats::{mean, standard_deviation};

/// Morris's measures of one factor, in the unit of the outcome per full range of the factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MorrisIndex {
    /// μ, the mean effect: its sign is the direction, and opposite effects cancel.
    pub mean: Estimate,
    /// μ*, the mean absolute effect: how much the factor matters (Campolongo et al. 2007).
    pub mean_absolute: Estimate,
    /// σ, the standard deviation of effects: curvature and interaction.
    pub deviation: Estimate,
}

/// The elementary effects, by factor and then by trajectory, from the outcomes of
/// [`super::super::design::morris_trajectories`] in their order (or of a beginning in whole
/// trajectories).
///
/// # Errors
/// If outcomes do not fill at least two trajectories, one is not finite, there are more outcomes
/// than points, or a trajectory does not move each factor exactly once.
pub fn elementary_effects(
    points: &Points,
    outcomes: &[f64],
) -> Result<Vec<Vec<f64>>, SensitivityError> {
    let factors = points.factors();
    let block = factors + 1;
    check_outcomes(outcomes, block)?;
    if outcomes.len() > points.runs() {
        return Err(SensitivityError::RunCount {
            found: outcomes.len(),
            block,
        });
    }
    let rows: Vec<&[f64]> = points.iter().collect();
    let mut effects = vec![Vec::with_capacity(outcomes.len() / block); factors];
    let trajectories = rows.chunks(block).zip(outcomes.chunks(block));
    for (number, (path, found)) in trajectories.enumerate() {
        for (step, result) in path.windows(2).zip(found.windows(2)) {
            let mut moved = (0..factors).filter(|&f| step[0][f] != step[1][f]);
            let (Some(factor), None) = (moved.next(), moved.next()) else {
                return Err(SensitivityError::NotATrajectory(number));
            };
            effects[factor].push((result[1] - result[0]) / (step[1][factor] - step[0][factor]));
        }
        if effects
            .iter()
            .any(|of_factor| of_factor.len() != number + 1)
        {
            return Err(SensitivityError::NotATrajectory(number));
        }
    }
    Ok(effects)
}

/// Morris's measures, one set a factor, with intervals that resample whole trajectories.
///
/// # Errors
/// As [`elementary_effects`].
pub fn morris_indices(
    points: &Points,
    outcomes: &[f64],
    bootstrap: &Bootstrap,
) -> Result<Vec<MorrisIndex>, SensitivityError> {
    let effects = elementary_effects(points, outcomes)?;
    let trajectories = effects.first().map_or(0, Vec::len);
    let measures = |drawn: &[usize]| -> Vec<f64> {
        effects
            .iter()
            .flat_map(|of_factor| {
                let signed: Vec<f64> = drawn.iter().map(|&t| of_factor[t]).collect();
                let absolute: Vec<f64> = signed.iter().map(|e| e.abs()).collect();
                [mean(&signed), mean(&absolute), standard_deviation(&signed)]
            })
            .collect()
    };
    let every_trajectory: Vec<usize> = (0..trajectories).collect();
    let values = measures(&every_trajectory);
    let estimates = bootstrap.intervals(&values, trajectories, Purpose::MorrisResample, |drawn| {
        measures(drawn)
    });
    let indices = estimates.chunks_exact(3).map(|of_factor| MorrisIndex {
        mean: of_factor[0],
        mean_absolute: of_factor[1],
        deviation: of_factor[2],
    });
    Ok(indices.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::morris_trajectories;

    #[test]
    fn a_linear_outcome_has_its_slopes_as_effects() {
        let points = morris_trajectories(6, 3, 4, 1).expect("a small design");
        let outcomes: Vec<f64> = points.iter().map(|p| 2.0 * p[0] - 5.0 * p[1]).collect();
        let found = morris_indices(&points, &outcomes, &Bootstrap::default()).expect("finite");
        for (index, slope) in found.iter().zip([2.0, -5.0, 0.0f64]) {
            assert!((index.mean.value - slope).abs() < 1e-12);
            assert!((index.mean_absolute.value - slope.abs()).abs() < 1e-12);
            assert!(index.deviation.value < 1e-12);
            assert!((index.mean.low - slope).abs() < 1e-12);
            assert!((index.mean.high - slope).abs() < 1e-12);
        }
    }

    #[test]
    fn opposite_effects_cancel_in_the_mean_alone() {
        let points = morris_trajectories(200, 2, 4, 2).expect("a small design");
        let outcomes: Vec<f64> = points.iter().map(|p| (p[0] - 0.5) * (p[1] - 0.5)).collect();
        let found = morris_indices(&points, &outcomes, &Bootstrap::default()).expect("finite");
        for index in found {
            assert!(index.mean.low < 0.0 && index.mean.high > 0.0);
            assert!(index.mean_absolute.low > 0.25);
            assert!(index.deviation.value > 0.25);
        }
    }

    #[test]
    fn unusable_outcomes_are_errors() {
        let points = morris_trajectories(3, 2, 4, 1).expect("a small design");
        let of = |outcomes: &[f64]| elementary_effects(&points, outcomes);
        assert_eq!(of(&[0.0; 3]), Err(SensitivityError::TooFewBlocks));
        assert_eq!(
            of(&[0.0; 8]),
            Err(SensitivityError::RunCount { found: 8, block: 3 })
        );
        assert_eq!(
            of(&[0.0; 12]),
            Err(SensitivityError::RunCount {
                found: 12,
                block: 3
            })
        );
        assert_eq!(of(&[f64::INFINITY; 6]), Err(SensitivityError::NotFinite(0)));
        assert_eq!(of(&[0.0; 6]).map(|e| e[0].len()), Ok(2));
        let still = Points::new(2, vec![0.5; 12]).expect("six points");
        assert_eq!(
            elementary_effects(&still, &[0.0; 6]),
            Err(SensitivityError::NotATrajectory(0))
        );
        let one_way = [0.0, 0.0, 0.5, 0.0, 1.0, 0.0].repeat(2);
        let twice = Points::new(2, one_way).expect("six points");
        assert_eq!(
            elementary_effects(&twice, &[0.0; 6]),
            Err(SensitivityError::NotATrajectory(0))
        );
    }
}
