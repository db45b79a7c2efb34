//! How towns come about and move: the rules a run is given.

use std::error::Error;

use crate::rng::Draws;
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Breach;

/// Why a town could not be built.
pub type BuildError = Box<dyn Error + Send + Sync>;

/// The rules a run lives by. Many runs share one model, each with working memory of its own.
///
/// A model is a pure function: the same parameters and draws build the same town, and the same town moves to the
/// same next one, whatever the working memory held before. Repeating, resuming and pairing of runs rest on it.
pub trait Model: Sync {
    /// Working memory of one run, which carries nothing from month to month that matters.
    type Scratch: Default + Send;

    /// Builds a town.
    ///
    /// # Errors
    /// If the parameters describe no town that can exist.
    fn build(&self, parameters: &Parameters, draws: Draws) -> Result<Town, BuildError>;

    /// Moves a town by one month.
    ///
    /// # Errors
    /// The first account that does not close.
    fn advance(
        &self,
        town: &mut Town,
        parameters: &Parameters,
        scratch: &mut Self::Scratch,
    ) -> Result<(), Breach>;
}

/// The model of this package: [`build_town`](super::build_town) builds,
/// [`advance`](crate::month::advance) moves.
#[derive(Clone, Copy, Debug, Default)]
pub struct MainStreet;

impl Model for MainStreet {
    type Scratch = crate::month::Scratch;

    fn build(&self, parameters: &Parameters, draws: Draws) -> Result<Town, BuildError> {
        Ok(super::build_town(parameters, draws)?)
    }

    fn advance(
        &self,
        town: &mut Town,
        parameters: &Parameters,
        scratch: &mut Self::Scratch,
    ) -> Result<(), Breach> {
        crate::month::advance(town, parameters, scratch)
    }
}
