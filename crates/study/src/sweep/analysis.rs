//! What the outcomes of a sweep say: each point's mean and spread, and which factors matter.

use super::outcome::RunOutcome;
use super::plan::{Design, SweepPlan};
use crate::design::{DesignError, SaltelliDesign};
use crate::sensitivity::{Bootstrap, Estimate, SensitivityError, morris_indices, sobol_indices};
use model::stats::{Interval, mean, mean_interval};

/// One analyzed outcome at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointOutcome {
    /// Number of the point.
    pub point: usize,
    /// Place in [`SweepPlan::columns`].
    pub column: usize,
    /// Mean over replicates; `NaN` if the outcome is missing in one.
    pub mean: f64,
    /// Interval of the mean over replicates; none below two.
    pub interval: Option<Interval>,
}

/// One measure of how much a factor moves an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FactorEffect {
    /// Place in [`SweepPlan::columns`].
    pub column: usize,
    /// Place in [`SweepPlan::factors`].
    pub factor: usize,
    /// `first_order` and `total_order`, or `mu`, `mu_star` and `sigma`.
    pub measure: &'static str,
    /// The measure with its interval; all `NaN` where no factor moves the outcome.
    pub estimate: Estimate,
}

/// An outcome whose effects cannot be told, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    /// Place in [`SweepPlan::columns`].
    pub column: usize,
    /// Why.
    pub reason: SensitivityError,
}

/// Means of the analyzed outcomes by point, in the order of the points, from the outcomes of all runs in order.
pub fn point_outcomes(plan: &SweepPlan, runs: &[RunOutcome], confidence: f64) -> Vec<PointOutcome> {
    let points = runs.len() / plan.replicates.max(1) as usize;
    let mut found = Vec::with_capacity(points * plan.analyzed.len());
    for point in 0..points {
        for &column in &plan.analyzed {
            let values: Vec<f64> = (point..runs.len())
                .step_by(points)
                .map(|run| runs[run].values[column])
                .collect();
            found.push(PointOutcome {
                point,
                column,
                mean: mean(&values),
                interval: mean_interval(&values, confidence),
            });
        }
    }
    found
}

/// Effects of all factors on the analyzed outcomes, for designs that tell them (Sobol and Morris), from the
/// outcomes of all runs in order; and the outcomes of which nothing can be told.
///
/// # Errors
/// If the plan's design cannot be made.
pub fn effects(
    plan: &SweepPlan,
    runs: &[RunOutcome],
) -> Result<(Vec<FactorEffect>, Vec<Untold>), DesignError> {
    let (mut found, mut untold) = (Vec::new(), Vec::new());
    let means = point_outcomes(plan, runs, 0.95);
    for (order, &column) in plan.analyzed.iter().enumerate() {
        let outcomes: Vec<f64> = (means.iter().skip(order))
            .step_by(plan.analyzed.len())
            .map(|point| point.mean)
            .collect();
        match measures(plan, &outcomes)? {
            Ok(measures) => {
                found.extend(measures.into_iter().map(|(factor, measure, estimate)| {
                    FactorEffect {
                        column,
                        factor,
                        measure,
                        estimate,
                    }
                }));
            }
            Err(reason) => untold.push(Untold { column, reason }),
        }
    }
    Ok((found, untold))
}

type Measures = Vec<(usize, &'static str, Estimate)>;

fn measures(
    plan: &SweepPlan,
    outcomes: &[f64],
) -> Result<Result<Measures, SensitivityError>, DesignError> {
    let bootstrap = Bootstrap::default();
    match plan.design {
        Design::Grid | Design::LatinHypercube { .. } => Ok(Ok(Vec::new())),
        Design::Sobol { base_samples, seed } => {
            let design = SaltelliDesign::new(base_samples, plan.factors.len(), seed)?;
            let indices = sobol_indices(outcomes, &design, &bootstrap);
            Ok(indices.map(|indices| {
                let both = indices.into_iter().enumerate().flat_map(|(factor, index)| {
                    [
                        (factor, "first_order", index.first),
                        (factor, "total_order", index.total),
                    ]
                });
                both.collect()
            }))
        }
        Design::Morris { .. } => {
            let Some(points) = plan.places()? else {
                return Ok(Ok(Vec::new()));
            };
            let indices = morris_indices(&points, outcomes, &bootstrap);
            Ok(indices.map(|indices| {
                let all = indices.into_iter().enumerate().flat_map(|(factor, index)| {
                    [
                        (factor, "mu", index.mean),
                        (factor, "mu_star", index.mean_absolute),
                        (factor, "sigma", index.deviation),
                    ]
                });
                all.collect()
            }))
        }
    }
}
