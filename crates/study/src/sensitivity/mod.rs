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

use std::fmt;

/// Outcomes from which no indices can be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SensitivityError {
    /// The number of outcomes does not fill blocks of this many runs.
    RunCount {
        /// Outcomes given.
        found: usize,
        /// Runs in one block of the design.
        block: usize,
    },
    /// Fewer than two blocks: nothing to judge the noise by.
    TooFewBlocks,
    /// The outcome of this run is missing or infinite.
    NotFinite(usize),
    /// All outcomes are equal, so no factor moves them.
    Constant,
    /// The trajectory does not move each factor exactly once.
    NotATrajectory(usize),
}

impl fmt::Display for SensitivityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SensitivityError::RunCount { found, block } => {
                write!(
                    f,
                    "{found} outcomes do not fill whole blocks of {block} runs"
                )
            }
            SensitivityError::TooFewBlocks => {
                write!(
                    f,
                    "sensitivity needs at least two base samples or trajectories"
                )
            }
            SensitivityError::NotFinite(run) => {
                write!(f, "the outcome of run {run} is missing or infinite")
            }
            SensitivityError::Constant => {
                write!(
                    f,
                    "the outcome is the same in every run, so no factor moves it"
                )
            }
            SensitivityError::NotATrajectory(number) => {
                write!(
                    f,
                    "trajectory {number} does not move each factor exactly once"
                )
            }
        }
    }
}

impl std::error::Error for SensitivityError {}

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
