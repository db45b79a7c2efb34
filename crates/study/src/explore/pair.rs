//! The visitor's town and the baseline's, side by side, told month by month.
//!
//! The baseline is the built-in scenario of that name in the same town, of the same size, over the same months, with
//! the same seed: whatever stands in `[town]` and `[run]` holds for both. So the two share their draws, and what
//! differs is due to the visitor's other changes. Each run is the one that `mainstreet run` makes.

use std::sync::Arc;

use serde_json::{Value, json};

use model::indicators::Conventions;
use model::run::{MainStreet, Model, Replicate, RunError, RunRecord, RunSettings};
use model::scenario::{self, Diagnostic, Loaded, Parameters, Setup, Source};

use crate::settings_of;

use super::choice::Accepted;

/// Name of the built-in scenario that everything is compared with, and of its town in events.
pub const BASELINE: &str = "baseline";

/// The visitor's town in events.
pub const YOURS: &str = "yours";

/// Parts of a scenario that hold for both towns.
const SHARED: [&str; 2] = ["town", "run"];

/// A pair of runs that reached their last month.
#[derive(Debug, Default)]
pub struct Finished {
    /// Number of the run.
    pub run: u64,
    /// Name of the visitor's scenario.
    pub name: String,
    /// The visitor's scenario file.
    pub text: String,
    /// The scenario with all its values.
    pub resolved: String,
    /// What was measured in the visitor's town.
    pub yours: RunRecord,
    /// What was measured in the baseline's.
    pub baseline: Arc<RunRecord>,
}

/// A choice and the baseline beside it.
#[derive(Debug)]
pub struct Pair {
    /// The choice.
    pub accepted: Accepted,
    /// The baseline's text with all its values, which tells it from others.
    pub text: String,
    /// The baseline's values.
    pub parameters: Parameters,
}

impl Pair {
    /// The baseline in the town of a choice.
    ///
    /// # Errors
    /// The first mistake, which the choice's own check rules out.
    pub fn of(setup: &Setup<'_>, accepted: Accepted) -> Result<Pair, String> {
        let mut settings = Vec::new();
        for part in SHARED {
            let values = &accepted.loaded.values;
            if let Some(table) = values.get(part).and_then(toml::Value::as_table) {
                settings.extend(settings_of(part, table));
            }
        }
        let first = |found: Vec<Diagnostic>| {
            let message = found.first().map(|one| one.message.clone());
            message.unwrap_or_default()
        };
        let source = Source::Embedded(BASELINE.to_owned());
        let loaded = scenario::load_with(setup, &source, &settings).map_err(first)?;
        Ok(Pair {
            accepted,
            text: scenario::resolved(&loaded),
            parameters: scenario::resolve(&loaded).map_err(first)?,
        })
    }

    /// The event that begins a run.
    pub fn started(&self, run: u64) -> Value {
        let Accepted {
            name,
            loaded,
            parameters,
            warnings,
            ..
        } = &self.accepted;
        json!({
            "kind": "started",
            "run": run,
            "name": name,
            "months": parameters.run.months,
            "burn_in": parameters.run.burn_in_months,
            "is_baseline": *parameters == self.parameters,
            "events": events(loaded),
            "warnings": warnings,
        })
    }

    /// What a finished pair leaves.
    pub fn finished(&self, run: u64, yours: RunRecord, baseline: Arc<RunRecord>) -> Finished {
        Finished {
            run,
            name: self.accepted.name.clone(),
            text: self.accepted.text.clone(),
            resolved: scenario::resolved(&self.accepted.loaded),
            yours,
            baseline,
        }
    }
}

/// The scenario's policies, for the charts.
fn events(loaded: &Loaded) -> Vec<Value> {
    let entries = loaded.timeline.iter();
    entries
        .map(|entry| json!({ "kind": entry.kind, "from": entry.from, "until": entry.until }))
        .collect()
}

/// A recorded month as an event.
pub fn month_of(who: &str, record: &RunRecord, month: usize) -> Value {
    let values: Vec<f64> = record.months[month].indicators.values().collect();
    json!({ "kind": "month", "who": who, "month": month, "values": values })
}

/// One town on its way.
pub struct Life {
    who: &'static str,
    replicate: Replicate,
    scratch: <MainStreet as Model>::Scratch,
}

impl Life {
    /// Builds a town. `panel` says whether persons are followed from month to month, as `mainstreet run` does.
    ///
    /// # Errors
    /// If the parameters describe no town that can exist.
    pub fn begin(
        who: &'static str,
        parameters: &Parameters,
        replicate: u32,
        panel: bool,
    ) -> Result<Life, RunError> {
        let settings = RunSettings::of(parameters, replicate);
        let town = MainStreet.build(parameters, settings.draws());
        let mut conventions = Conventions::of(parameters);
        if !panel {
            conventions.worker_panel = 0;
        }
        Ok(Life {
            who,
            replicate: Replicate::new(town.map_err(RunError::Synthesis)?, settings, conventions),
            scratch: <MainStreet as Model>::Scratch::default(),
        })
    }

    /// Lives one month and tells it; nothing after the last.
    ///
    /// # Errors
    /// If an account does not close or a measured number is not sound.
    pub fn step(&mut self, parameters: &Parameters) -> Result<Option<Value>, RunError> {
        if self.replicate.is_finished() {
            return Ok(None);
        }
        let scratch = &mut self.scratch;
        let mut advance = |town: &mut _| MainStreet.advance(town, parameters, scratch);
        self.replicate.live_month(&mut advance)?;
        let record = self.replicate.record();
        Ok(Some(match record.months.len() {
            0 => {
                let lived = self.replicate.months_lived();
                json!({ "kind": "burn_in", "who": self.who, "lived": lived })
            }
            months => month_of(self.who, record, months - 1),
        }))
    }

    /// What was measured.
    pub fn into_record(self) -> RunRecord {
        self.replicate.into_record()
    }
}
