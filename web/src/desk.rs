//! Who answers the page: it remembers the run under way, the last results and the last baseline.

use std::collections::VecDeque;
use std::sync::Arc;

use model::run::{RunError, RunRecord};
use model::scenario::Setup;
use model::scenario::gazetteer::{Gazetteer, NoPlaces, NotFound, PlaceLayer, Places, read};
use serde::Deserialize;
use serde_json::{Value, json};
use study::explore::{
    Accepted, Answer, BASELINE, Choice, Finished, Life, PLAIN, Pair, YOURS, accept, catalogue,
    download, look_at, month_of,
};

/// Results that stay at hand for downloads; each holds two records.
const MOST_FINISHED: usize = 3;

const LINES: &str = "application/x-ndjson";

/// What the page asks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    /// As in HTTP, relative.
    path: String,
    /// What is chosen.
    #[serde(default)]
    choice: Option<Choice>,
    /// Which draws; 0 for those of a single run.
    #[serde(default)]
    replicate: u32,
}

/// The places that were handed in.
#[derive(Debug, Default)]
struct Known(Option<Gazetteer>);

impl Places for Known {
    fn layer(&self, asked: &str) -> Result<PlaceLayer, NotFound> {
        match &self.0 {
            Some(table) => table.layer(asked),
            None => NoPlaces.layer(asked),
        }
    }
}

/// A baseline in the run under way.
enum Other {
    Living(Box<Life>),
    /// Run before: its months are told again.
    Known(Arc<RunRecord>),
}

/// The run under way.
struct Running {
    number: u64,
    replicate: u32,
    pair: Pair,
    yours: Life,
    other: Other,
    told: usize,
}

/// A baseline that was run, by its text and replicate.
struct Baseline {
    text: String,
    replicate: u32,
    record: Arc<RunRecord>,
}

/// A desk.
#[derive(Default)]
pub struct Desk {
    newest: u64,
    places: Known,
    running: Option<Running>,
    finished: VecDeque<Finished>,
    baseline: Option<Baseline>,
}

fn lines(events: &[Value]) -> Answer {
    let text: String = events.iter().map(|event| format!("{event}\n")).collect();
    Answer::new(200, LINES, text)
}

fn failed(message: &str) -> Value {
    json!({ "kind": "failed", "message": message })
}

impl Desk {
    /// Answers a request: `catalogue.json`, `start`, `check`, `scenario.toml`, `runs/N/FILE` as in HTTP; `run` begins a
    /// run, `step` lives a month of it in both towns and gives what there is to tell, nothing if no run is under way; `cancel`
    /// ends it.
    pub fn answer(&mut self, request: &[u8]) -> Answer {
        let request: Request = match serde_json::from_slice(request) {
            Ok(request) => request,
            Err(error) => {
                return Answer::new(400, PLAIN, format!("the request cannot be read: {error}\n"));
            }
        };
        match (request.path.as_str(), request.choice) {
            ("catalogue.json", _) => catalogue(),
            ("cancel", _) => {
                self.running = None;
                Answer::json(200, &json!({}))
            }
            ("step", _) => lines(&self.step()),
            ("run", Some(choice)) => self.begin(&choice, request.replicate),
            (path, Some(choice)) => look_at(&self.setup(), path, &choice),
            (path, None) => self.file(path),
        }
    }

    /// Takes a table of places, by columns.
    pub fn learn_places(&mut self, table: &[u8]) -> bool {
        let areas = std::str::from_utf8(table)
            .ok()
            .and_then(|text| read(text).ok());
        let is_read = areas.is_some();
        self.places = Known(areas.map(Gazetteer::new));
        is_read
    }

    fn setup(&self) -> Setup<'_> {
        Setup {
            places: &self.places,
            ..Setup::embedded()
        }
    }

    fn file(&self, path: &str) -> Answer {
        let asked = path
            .strip_prefix("runs/")
            .and_then(|rest| rest.split_once('/'));
        let found = asked.and_then(|(run, file)| {
            let run: u64 = run.parse().ok()?;
            let finished = self.finished.iter().find(|one| one.run == run)?;
            Some(download(finished, file))
        });
        found.unwrap_or_else(Answer::nothing_here)
    }

    fn begin(&mut self, choice: &Choice, replicate: u32) -> Answer {
        self.running = None;
        let accepted = match accept(&self.setup(), choice) {
            Ok(accepted) => accepted,
            Err(problems) => return Answer::mistakes(&problems),
        };
        self.newest += 1;
        let number = self.newest;
        match self.build(accepted, replicate, number) {
            Ok((running, started)) => {
                self.running = Some(running);
                lines(&[started])
            }
            Err(message) => lines(&[failed(&message)]),
        }
    }

    /// Both towns in month 0, and the event that tells of them.
    fn build(
        &self,
        accepted: Accepted,
        replicate: u32,
        number: u64,
    ) -> Result<(Running, Value), String> {
        let pair = Pair::of(&self.setup(), accepted)?;
        let begin = |who, parameters, panel| {
            Life::begin(who, parameters, replicate, panel).map_err(|error| error.to_string())
        };
        let known = self.baseline.as_ref();
        let known = known.filter(|one| one.text == pair.text && one.replicate == replicate);
        let other = match known {
            Some(one) => Other::Known(Arc::clone(&one.record)),
            None => Other::Living(Box::new(begin(BASELINE, &pair.parameters, false)?)),
        };
        let yours = begin(YOURS, &pair.accepted.parameters, true)?;
        let started = pair.started(number);
        let running = Running {
            number,
            replicate,
            yours,
            other,
            told: 0,
            pair,
        };
        Ok((running, started))
    }

    fn step(&mut self) -> Vec<Value> {
        let Some(mut running) = self.running.take() else {
            return Vec::new();
        };
        match running.live() {
            Ok(events) if events.is_empty() => vec![self.finish(running)],
            Ok(events) => {
                self.running = Some(running);
                events
            }
            Err(error) => vec![failed(&error.to_string())],
        }
    }

    fn finish(&mut self, running: Running) -> Value {
        let number = running.number;
        let record = match running.other {
            Other::Living(life) => Arc::new(life.into_record()),
            Other::Known(record) => record,
        };
        let yours = running.yours.into_record();
        let finished = running.pair.finished(number, yours, Arc::clone(&record));
        self.baseline = Some(Baseline {
            text: running.pair.text,
            replicate: running.replicate,
            record,
        });
        self.finished.push_back(finished);
        while self.finished.len() > MOST_FINISHED {
            self.finished.pop_front();
        }
        json!({ "kind": "finished", "run": number })
    }
}

impl Running {
    /// One month in both towns; nothing once both are done.
    fn live(&mut self) -> Result<Vec<Value>, RunError> {
        let mut events = Vec::new();
        events.extend(self.yours.step(&self.pair.accepted.parameters)?);
        match &mut self.other {
            Other::Living(life) => events.extend(life.step(&self.pair.parameters)?),
            Other::Known(record) if self.told < record.months.len() => {
                events.push(month_of(BASELINE, record, self.told));
                self.told += 1;
            }
            Other::Known(_) => {}
        }
        Ok(events)
    }
}
