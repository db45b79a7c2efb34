//! Which factors move an outcome: Sobol indices and Morris's elementary effects, each with a
//! bootstrap interval.
//!
//! Pure functions of the outcomes of a design's runs, in the order of [`super::design`]. The
//! intervals resample base samples or trajectories, as if these had been drawn independently; the
//! Sobol sequence is more even than that, so its intervals are on the wide side.
mod bootstrap;
mod morris;
mod sobol;

#[cfg(test)]
mod test_functions;

pub use bootstrap::{Bootstrap, Estimate};
pub use morris::{MorrisIndex, elementary_effects, morris_indices};
pub use sobol::{SobolIndex, sobol_indices};

/// Outcomes from which no indices can be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SensitivityError {
    /// The number of outcomes does not fill blocks of this many runs.
    #[error("{found} outcomes do not fill whole blocks of {block} runs")]
    RunCount {
        /// Outcomes given.
        found: usize,
        /// Runs in one block of the design.
        block: usize,
    },
    /// Fewer than two blocks: nothing to judge the noise by.
    #[error("sensitivity needs at least two base samples or trajectories")]
    TooFewBlocks,
    /// The outcome of this run is missing or infinite.
    #[error("the outcome of run {0} is missing or infinite")]
    NotFinite(usize),
    /// All outcomes are equal, so no factor moves them.
    #[error("the outcome is the same in every run, so no factor moves it")]
    Constant,
    /// The trajectory does not move each factor exactly once.
    #[error("trajectory {0} does not move each factor exactly once")]
    NotATrajectory(usize),
}

/// Checks that the outcomes fill at least two blocks and are finite.
fn check_outcomes(outcomes: &[f64], block: usize) -> Result<(), SensitivityError> {
    if !outcomes.len().is_multiple_of(block) {
        return Err(SensitivityError::RunCount {
            found: outcomes.len(),
            block,
        });
    }
    if outcomes.len() < 2 * block {
        return Err(SensitivityError::TooFewBlocks);
    }
    match outcomes.iter().position(|v| !v.is_finite()) {
        Some(run) => Err(SensitivityError::NotFinite(run)),
        None => Ok(()),
    }
}
