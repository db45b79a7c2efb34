//! One replicate: build the town, let it settle, live the months, keep what was measured.
//!
//! A run is plain data in and plain data out: parameters and a replicate's number become a [`RunRecord`].
//! Progress is told to a callback, which may also stop the run; nothing is printed or written here.

pub mod checkpoint;
mod error;
mod model;
mod record;
mod replicate;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::indicators::Conventions;
use crate::month;
use crate::month::automation;
use crate::rng::Draws;
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Breach;
use crate::town::synthesis::{self, SynthesisError};

pub use error::RunError;
pub use model::{BuildError, MainStreet, Model};
pub use record::RunRecord;
pub use replicate::{Replicate, anchor_reference_unemployment};

/// How long one replicate runs, and which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSettings {
    /// Seed of the whole study.
    pub seed: u64,
    /// Number of the replicate, which names its draws together with the seed.
    pub replicate: u32,
    /// Months recorded.
    pub months: u32,
    /// Months lived before the first recorded one.
    pub burn_in_months: u32,
}

impl RunSettings {
    /// What the scenario says, for one replicate.
    pub fn of(parameters: &Parameters, replicate: u32) -> RunSettings {
        RunSettings {
            seed: parameters.run.seed,
            replicate,
            months: parameters.run.months,
            burn_in_months: parameters.run.burn_in_months,
        }
    }

    /// The replicate's draws.
    pub fn draws(&self) -> Draws {
        Draws::new(self.seed, self.replicate)
    }
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The town was built.
    Built,
    /// Months that are not recorded.
    BurnIn,
    /// Months that are recorded.
    Recorded,
}

/// How far a run has come; told after the town is built and after every month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// What was just done.
    pub stage: Stage,
    /// Months lived so far, burn-in included.
    pub months_lived: u32,
    /// Months to live in all, burn-in included.
    pub months_in_all: u32,
    /// Unemployment rate at the end of the month, share of the labor force.
    pub unemployment_rate: f64,
}

/// Runs one replicate of a scenario.
///
/// # Errors
/// As [`simulate_with`].
pub fn simulate(
    parameters: &Parameters,
    replicate: u32,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<RunRecord, RunError> {
    let mut scratch = month::Scratch::default();
    simulate_with(
        parameters,
        RunSettings::of(parameters, replicate),
        |draws| build_town(parameters, draws),
        |town| month::advance(town, parameters, &mut scratch),
        progress,
    )
}

/// Builds the town of one replicate: its people, firms and accounts, and the technology firms start with.
///
/// # Errors
/// As [`synthesis::synthesize`].
pub fn build_town(parameters: &Parameters, draws: Draws) -> Result<Town, SynthesisError> {
    let mut town = synthesis::synthesize(parameters, draws)?;
    automation::initialize(&mut town, parameters);
    Ok(town)
}

/// Runs one replicate, with `build` making the town and `advance` moving it by a month.
///
/// # Errors
/// [`RunError::Synthesis`] if the town cannot be built, [`RunError::Breach`] if an account does not close,
/// [`RunError::NotFinite`] if a measured number is not sound, [`RunError::Interrupted`] if `progress` says so.
pub fn simulate_with<E>(
    parameters: &Parameters,
    settings: RunSettings,
    build: impl FnOnce(Draws) -> Result<Town, E>,
    mut advance: impl FnMut(&mut Town) -> Result<(), Breach>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<RunRecord, RunError>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let town = build(settings.draws()).map_err(|error| RunError::Synthesis(Box::new(error)))?;
    let mut replicate = Replicate::new(town, settings, Conventions::of(parameters));
    while progress(replicate.progress()).is_continue() {
        if replicate.is_finished() {
            return Ok(replicate.into_record());
        }
        replicate.live_month(&mut advance)?;
    }
    if replicate.is_finished() {
        return Ok(replicate.into_record());
    }
    Err(RunError::Interrupted {
        months_lived: replicate.progress().months_lived,
    })
}
