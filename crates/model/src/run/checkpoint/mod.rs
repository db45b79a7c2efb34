//! Runs that survive being stopped: a replicate between two months saved to a file and continued from it.
//!
//! A saved file says what it is and whose ([`SavedReplicate`]); it is written beside its place, synced and renamed,
//! and the one before it is kept, so a kill at any moment leaves at least one that can be used. Files that are
//! damaged, or that belong to another run, version or build, are refused with what differs.

mod differences;
mod envelope;
mod error;
mod layout;

use serde::{Deserialize, Serialize};

use crate::indicators::Conventions;
use crate::rng::Draws;
use crate::town::Town;

use super::RunSettings;
use super::replicate::{Memory, Replicate};
use crate::scenario::Parameters;
use envelope::{Checksum, Kind, Label};

pub use error::Refusal;

/// Which replicate of which scenario a saved file belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// The resolved scenario as TOML: any text that differs wherever results may.
    pub scenario: &'a str,
    /// Which replicate, and how long it runs.
    pub settings: RunSettings,
}

/// A replicate as it was saved.
#[derive(Clone, Debug)]
pub struct SavedReplicate {
    scenario: String,
    settings: RunSettings,
    town: Town,
    memory: Memory,
}

/// What a saved replicate holds, in this order.
type Content = (String, Town, Memory);

/// The bytes of a saved replicate.
///
/// # Errors
/// [`Refusal::Unsavable`] if the state has no saved form, which no state of a town is known to lack.
pub fn save(replicate: &Replicate, scenario: &str) -> Result<Vec<u8>, Refusal> {
    let (town, memory) = replicate.state();
    seal_replicate(replicate.settings(), scenario, town, memory)
}

fn seal_replicate(
    settings: RunSettings,
    scenario: &str,
    town: &Town,
    memory: &Memory,
) -> Result<Vec<u8>, Refusal> {
    let label = Label {
        kind: Kind::Replicate,
        layout: layout::fingerprint::<Content>(),
        scenario: Checksum::of(scenario.as_bytes()),
        settings,
        months_lived: memory.months_lived(),
    };
    envelope::seal(label, &(scenario, town, memory))
}

/// Reads the bytes of a saved replicate, whosever it is.
///
/// # Errors
/// A [`Refusal`] if the bytes are damaged, of another version or build, or no saved replicate.
pub fn load(bytes: &[u8]) -> Result<SavedReplicate, Refusal> {
    let (header, content) = envelope::open(bytes)?;
    if header.kind != Kind::Replicate {
        return Err(Refusal::WrongKind);
    }
    let (scenario, town, memory): Content = envelope::unpack(&header, content)?;
    Ok(SavedReplicate {
        scenario,
        settings: header.settings,
        town,
        memory,
    })
}

impl SavedReplicate {
    /// The resolved scenario it lived by, as TOML.
    pub fn scenario(&self) -> &str {
        &self.scenario
    }

    /// Which replicate it is, and how long it was to run.
    pub fn settings(&self) -> RunSettings {
        self.settings
    }

    /// Months lived, burn-in included.
    pub fn months_lived(&self) -> u32 {
        self.memory.months_lived()
    }

    /// The bytes it was read from.
    ///
    /// # Errors
    /// As [`save`].
    pub fn to_bytes(&self) -> Result<Vec<u8>, Refusal> {
        seal_replicate(self.settings, &self.scenario, &self.town, &self.memory)
    }

    /// The town as it stood.
    pub fn town(&self) -> &Town {
        &self.town
    }

    /// Continues the same run: the result is that of a run never stopped.
    ///
    /// # Errors
    /// [`Refusal::Foreign`] with what differs, if it is not `owner`'s.
    pub fn resume(self, owner: Owner<'_>, conventions: Conventions) -> Result<Replicate, Refusal> {
        let mut differences = differences::of_settings(&self.settings, &owner.settings);
        if self.scenario != owner.scenario {
            differences.extend(differences::of_scenarios(&self.scenario, owner.scenario));
        }
        if !differences.is_empty() {
            return Err(Refusal::Foreign(differences));
        }
        Ok(Replicate::from_state(
            self.town,
            self.memory,
            self.settings,
            conventions,
        ))
    }

    /// Continues under `parameters` from the month it was saved in, for `months` recorded months in all.
    ///
    /// Future number 0 keeps the draws of the saved run, so that an unchanged scenario repeats it; every other
    /// number draws a future of its own from the same past.
    pub fn branch(&self, parameters: &Parameters, months: u32, future: u32) -> Replicate {
        let mut town = self.town.clone();
        let mut settings = self.settings;
        settings.months = months;
        if future > 0 {
            settings.replicate = future;
            town.draws = Draws::new(settings.seed, future);
        }
        let memory = self.memory.for_replicate(settings.replicate);
        Replicate::from_state(town, memory, settings, Conventions::of(parameters))
    }
}

/// Reads the bytes of a saved result of `owner`.
///
/// # Errors
/// A [`Refusal`] if the bytes are damaged, of another version or build, or another run's.
pub fn load_result<R: serde::de::DeserializeOwned>(
    bytes: &[u8],
    owner: Owner<'_>,
) -> Result<R, Refusal> {
    let (header, content) = envelope::open(bytes)?;
    if header.kind != Kind::Result {
        return Err(Refusal::WrongKind);
    }
    let mut differences = differences::of_settings(&header.settings, &owner.settings);
    if header.scenario != Checksum::of(owner.scenario.as_bytes()) {
        differences.push("the scenario is another".to_owned());
    }
    if !differences.is_empty() {
        return Err(Refusal::Foreign(differences));
    }
    envelope::unpack(&header, content)
}

/// The bytes of a saved result.
///
/// # Errors
/// [`Refusal::Unsavable`] if the result has no saved form.
pub fn save_result<R: Serialize + for<'de> Deserialize<'de>>(
    result: &R,
    owner: Owner<'_>,
) -> Result<Vec<u8>, Refusal> {
    let label = Label {
        kind: Kind::Result,
        layout: layout::fingerprint::<R>(),
        scenario: Checksum::of(owner.scenario.as_bytes()),
        settings: owner.settings,
        months_lived: owner.settings.burn_in_months + owner.settings.months,
    };
    envelope::seal(label, result)
}
