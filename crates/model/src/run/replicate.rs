//! A replicate in progress: the town, and what was measured so far.

use serde::{Deserialize, Serialize};

use crate::indicators::tables::{adoption_classes, archetypes, deciles, firm_sizes, kpis};
use crate::indicators::{self, Conventions, MeasureScratch};
use crate::month;
use crate::stats;
use crate::town::Town;
use crate::town::ledger::Breach;

use super::{Progress, RunError, RunRecord, RunSettings, Stage};

const YEAR: usize = 12;

/// A replicate between two months.
#[derive(Clone, Debug)]
pub struct Replicate {
    town: Town,
    settings: RunSettings,
    conventions: Conventions,
    scratch: MeasureScratch,
    memory: Memory,
}

/// What a replicate remembers beside the town.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Memory {
    months_lived: u32,
    /// Unemployment rate of each month of the burn-in.
    burn_in_unemployment: Vec<f64>,
    record: RunRecord,
}

impl Memory {
    pub(super) fn months_lived(&self) -> u32 {
        self.months_lived
    }

    /// The same past, remembered by a replicate of another number.
    pub(super) fn for_replicate(&self, replicate: u32) -> Memory {
        let mut memory = self.clone();
        memory.record.replicate = replicate;
        memory
    }
}

impl Replicate {
    /// A replicate whose town was just built.
    pub fn new(town: Town, settings: RunSettings, conventions: Conventions) -> Replicate {
        let record = RunRecord {
            seed: settings.seed,
            replicate: settings.replicate,
            technologies: conventions.technologies.clone(),
            policies: conventions.policies.clone(),
            first_month: settings.burn_in_months,
            ..RunRecord::default()
        };
        let mut replicate = Replicate {
            town,
            settings,
            conventions,
            scratch: MeasureScratch::default(),
            memory: Memory {
                record,
                ..Memory::default()
            },
        };
        if settings.burn_in_months == 0 {
            replicate.close_year();
        }
        replicate
    }

    /// The replicate that [`Replicate::state`] was taken from, with working memory of its own.
    pub(super) fn from_state(
        town: Town,
        memory: Memory,
        settings: RunSettings,
        conventions: Conventions,
    ) -> Replicate {
        Replicate {
            town,
            settings,
            conventions,
            scratch: MeasureScratch::default(),
            memory,
        }
    }

    /// All that the replicate's future depends on, beside its settings and the scenario.
    pub(super) fn state(&self) -> (&Town, &Memory) {
        (&self.town, &self.memory)
    }

    /// Which replicate it is, and how long it runs.
    pub fn settings(&self) -> RunSettings {
        self.settings
    }

    /// Months lived, burn-in included.
    pub fn months_lived(&self) -> u32 {
        self.memory.months_lived
    }

    /// The town as it stands.
    pub fn town(&self) -> &Town {
        &self.town
    }

    /// Whether the last month was lived.
    pub fn is_finished(&self) -> bool {
        self.memory.months_lived >= self.settings.burn_in_months + self.settings.months
    }

    /// How far the replicate has come.
    pub fn progress(&self) -> Progress {
        let lived = self.memory.months_lived;
        Progress {
            stage: match lived {
                0 => Stage::Built,
                lived if lived <= self.settings.burn_in_months => Stage::BurnIn,
                _ => Stage::Recorded,
            },
            months_lived: lived,
            months_in_all: self.settings.burn_in_months + self.settings.months,
            unemployment_rate: indicators::unemployment_rate(&self.town),
        }
    }

    /// Lives one month with `advance` and keeps what is measured, unless the month belongs to the burn-in.
    ///
    /// # Errors
    /// [`RunError::Breach`] as `advance` says; [`RunError::NotFinite`] if a measured number is not sound.
    pub fn live_month(
        &mut self,
        advance: &mut impl FnMut(&mut Town) -> Result<(), Breach>,
    ) -> Result<(), RunError> {
        advance(&mut self.town)?;
        self.memory.months_lived += 1;
        if self.memory.months_lived > self.settings.burn_in_months {
            return self.record_month();
        }
        let rate = indicators::unemployment_rate(&self.town);
        self.memory.burn_in_unemployment.push(rate);
        if self.memory.months_lived == month::settling_months(self.settings.burn_in_months) {
            anchor_reference_unemployment(&mut self.town, &self.memory.burn_in_unemployment);
        }
        if self.memory.months_lived == self.settings.burn_in_months {
            self.close_year();
        }
        Ok(())
    }

    fn record_month(&mut self) -> Result<(), RunError> {
        let month = indicators::record(&self.town, &self.conventions, &mut self.scratch);
        if let Some(indicator) = month.first_unsound() {
            return Err(RunError::NotFinite {
                indicator,
                month: self.memory.record.months.len() as u32,
            });
        }
        self.memory.record.months.push(month);
        let record = &mut self.memory.record;
        let recorded = record.months.len() as u32 - 1;
        (record.workers).add_month(&self.town, recorded, self.conventions.worker_panel);
        record.firms.follow(&self.town);
        let finished = &self.town.technology.finished;
        self.memory.record.projects.extend_from_slice(finished);
        if self.memory.record.months.len().is_multiple_of(YEAR) {
            self.close_year();
        }
        Ok(())
    }

    fn close_year(&mut self) {
        if self.memory.record.deciles.is_empty() {
            self.town.anchors.poverty_line = indicators::poverty_line(&self.town);
        }
        let record = &mut self.memory.record;
        record.deciles.push(deciles(&self.town, &self.conventions));
        record.firm_sizes.push(firm_sizes(&self.town));
        record.adoption.push(adoption_classes(&self.town));
        record.kpis.push(kpis(&self.town));
        record.archetypes.push(archetypes(&self.town));
        record.firms.add_year(&self.town);
    }

    /// What was measured so far.
    pub fn record(&self) -> &RunRecord {
        &self.memory.record
    }

    /// What was measured.
    pub fn into_record(self) -> RunRecord {
        let mut record = self.memory.record;
        record.training = self.town.programs.participants.outcomes;
        record.firm_lotteries = self.town.programs.participants.firm_outcomes;
        record
    }
}

/// Makes the mean unemployment rate of the second half of the months lived so far, in which no shock came from
/// outside, the rate that pay, migration and participation refer to, so that none pulls at a town that has
/// settled. Does nothing without a burn-in.
pub fn anchor_reference_unemployment(town: &mut Town, burn_in_unemployment: &[f64]) {
    let settled = &burn_in_unemployment[burn_in_unemployment.len() / 2..];
    let mean = stats::mean(settled);
    if mean.is_finite() {
        town.anchors.reference_unemployment = mean;
    }
}
