//! The visitor's town and the baseline's, run side by side, told month by month.
//!
//! The baseline is the built-in scenario of that name in the same town, of the same size, over the same months, with
//! the same seed: whatever stands in `[town]` and `[run]` holds for both. So the two share their draws, and what
//! differs is due to the visitor's other changes. Each run is the one that `mainstreet run` makes.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use serde_json::{Value, json};

use crate::indicators::Conventions;
use crate::run::{MainStreet, Model, Replicate, RunError, RunRecord, RunSettings};
use crate::scenario::{self, Loaded, Parameters, Source};
use crate::study::settings_of;

use super::choice::Accepted;
use super::session::{Finished, Session};

/// Name of the built-in scenario that everything is compared with.
pub const BASELINE: &str = "baseline";

/// Parts of a scenario that hold for both towns.
const SHARED: [&str; 2] = ["town", "run"];

/// Events that may wait for a slow reader.
const WAITING: usize = 64;

/// Whose town an event is about.
const YOURS: &str = "yours";

/// How a town's run ended.
enum End {
    All(Box<RunRecord>),
    Stopped,
    Failed(String),
}

/// The baseline in the town of a choice.
///
/// # Errors
/// The first mistake, which the choice's own check rules out.
fn baseline_of(loaded: &Loaded) -> Result<(String, Parameters), String> {
    let mut settings = Vec::new();
    for part in SHARED {
        if let Some(table) = loaded.values.get(part).and_then(toml::Value::as_table) {
            settings.extend(settings_of(part, table));
        }
    }
    let first = |found: Vec<scenario::Diagnostic>| {
        found
            .first()
            .map_or_else(String::new, |one| one.message.clone())
    };
    let source = Source::Embedded(BASELINE.to_owned());
    let loaded = scenario::load(&source, &settings).map_err(first)?;
    let parameters = scenario::resolve(&loaded).map_err(first)?;
    Ok((scenario::resolved(&loaded), parameters))
}

/// Runs a choice beside the baseline; `tell` gets every event and says whether anybody still listens.
pub fn run_pair(
    accepted: &Accepted,
    run: u64,
    session: &Session,
    tell: &mut dyn FnMut(&Value) -> bool,
) {
    let (text, parameters) = match baseline_of(&accepted.loaded) {
        Ok(baseline) => baseline,
        Err(message) => {
            tell(&json!({ "kind": "failed", "message": message }));
            return;
        }
    };
    let settings = RunSettings::of(&accepted.parameters, 0);
    let known = session.baseline(&text);
    let started = json!({
        "kind": "started",
        "run": run,
        "name": accepted.name,
        "months": settings.months,
        "burn_in": settings.burn_in_months,
        "is_baseline": accepted.parameters == parameters,
        "events": events(&accepted.loaded),
        "warnings": accepted.warnings,
    });
    if !tell(&started) {
        return;
    }
    let (send, receive) = sync_channel(WAITING);
    let (yours, baseline) = thread::scope(|scope| {
        let wanted = || session.is_newest(run);
        let mine = Teller {
            who: YOURS,
            send: send.clone(),
        };
        let other = Teller {
            who: BASELINE,
            send,
        };
        let yours = scope.spawn(move || live(&accepted.parameters, &mine, &wanted));
        let baseline = scope.spawn(move || match known {
            Some(record) => repeat(record, &other),
            None => (live(&parameters, &other, &wanted), None),
        });
        listen(&receive, run, session, tell);
        // A thread ends early only by a flaw of the program, which it has told on stderr.
        let broken = || End::Failed("the run broke down".to_owned());
        (
            yours.join().unwrap_or_else(|_| broken()),
            baseline.join().unwrap_or_else(|_| (broken(), None)),
        )
    });
    let baseline = match baseline {
        (_, Some(record)) => Ok(record),
        (End::All(record), None) => Ok(Arc::new(*record)),
        (end, None) => Err(end),
    };
    let last = match (yours, baseline) {
        (End::All(yours), Ok(baseline)) => {
            session.keep_baseline(text, Arc::clone(&baseline));
            session.keep(Finished {
                run,
                name: accepted.name.clone(),
                text: accepted.text.clone(),
                resolved: scenario::resolved(&accepted.loaded),
                yours: *yours,
                baseline,
            });
            json!({ "kind": "finished", "run": run })
        }
        (End::Failed(message), _) | (_, Err(End::Failed(message))) => {
            json!({ "kind": "failed", "message": message })
        }
        _ => json!({ "kind": "canceled", "run": run }),
    };
    tell(&last);
}

/// The scenario's policies, for the charts.
fn events(loaded: &Loaded) -> Vec<Value> {
    let entries = loaded.timeline.iter();
    entries
        .map(|entry| json!({ "kind": entry.kind, "from": entry.from, "until": entry.until }))
        .collect()
}

/// Hands on what the two towns tell, until both are done.
fn listen(
    receive: &Receiver<Value>,
    run: u64,
    session: &Session,
    tell: &mut dyn FnMut(&Value) -> bool,
) {
    let mut is_heard = true;
    for event in receive {
        // Both towns must be let off the channel even if nobody listens.
        if is_heard && !tell(&event) {
            is_heard = false;
            session.give_up(run);
        }
    }
}

/// Says what happens in one town.
struct Teller {
    who: &'static str,
    send: SyncSender<Value>,
}

impl Teller {
    fn burn_in(&self, lived: u32) {
        self.say(json!({ "kind": "burn_in", "who": self.who, "lived": lived }));
    }

    fn month(&self, record: &RunRecord, month: usize) {
        let values: Vec<f64> = record.months[month].indicators.values().collect();
        self.say(json!({ "kind": "month", "who": self.who, "month": month, "values": values }));
    }

    fn say(&self, event: Value) {
        // The listener outlives both towns.
        let _ = self.send.send(event);
    }
}

/// Tells a run that was made before.
fn repeat(record: Arc<RunRecord>, teller: &Teller) -> (End, Option<Arc<RunRecord>>) {
    for month in 0..record.months.len() {
        teller.month(&record, month);
    }
    (End::Stopped, Some(record))
}

/// Runs one town as `mainstreet run` does, for as long as it is wanted.
fn live(parameters: &Parameters, teller: &Teller, is_wanted: &dyn Fn() -> bool) -> End {
    let failed = |error: RunError| End::Failed(error.to_string());
    let settings = RunSettings::of(parameters, 0);
    let town = match MainStreet.build(parameters, settings.draws()) {
        Ok(town) => town,
        Err(error) => return failed(RunError::Synthesis(error)),
    };
    let conventions = Conventions {
        worker_panel: 0,
        ..Conventions::of(parameters)
    };
    let mut replicate = Replicate::new(town, settings, conventions);
    let mut scratch = <MainStreet as Model>::Scratch::default();
    let mut advance = |town: &mut _| MainStreet.advance(town, parameters, &mut scratch);
    while !replicate.is_finished() {
        if !is_wanted() {
            return End::Stopped;
        }
        if let Err(error) = replicate.live_month(&mut advance) {
            return failed(error);
        }
        match replicate.record().months.len() {
            0 => teller.burn_in(replicate.months_lived()),
            months => teller.month(replicate.record(), months - 1),
        }
    }
    End::All(Box::new(replicate.into_record()))
}
