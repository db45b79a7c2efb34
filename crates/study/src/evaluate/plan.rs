//! From rows to runs: which towns are lived, and what is kept of each.
//!
//! Rows share runs: a town with the same settings, timeline and number is lived once, for as many months as the row
//! that looks longest needs.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::expression::Expression;
use super::quantity::Quantity;
use super::rows::{Arm, Evaluation, Varied};
use crate::ensemble::Job;
use crate::{ScenarioText, StudyScenario, Unreadable};
use model::run::{BuildError, RunError, RunRecord};

/// What is asked of an evaluation, resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvaluationPlan {
    /// The town that all rows change.
    pub scenario: ScenarioText,
    /// The rows.
    pub rows: Vec<Evaluation>,
    /// Pairs of towns in place of what rows say.
    pub towns: Option<u32>,
    /// Months after which all runs end, for trials; windows beyond it are empty.
    pub most_months: Option<u32>,
}

/// A town that is lived once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Town {
    replicate: u32,
    settings: Vec<String>,
    /// Its timeline, as TOML.
    timeline: String,
}

/// All runs of a plan, and where rows find theirs.
#[derive(Clone, Debug)]
pub struct Layout {
    towns: Vec<Town>,
    months: Vec<u32>,
    /// Whether persons are followed from month to month.
    follows_people: Vec<bool>,
    /// What is kept of every run: a quantity over months of the record.
    columns: Vec<(Quantity, [i32; 2])>,
    /// By row: what its towns were.
    rows: Vec<RowTowns>,
}

/// The runs of one row.
#[derive(Clone, Debug, Default)]
pub struct RowTowns {
    /// By arm and town: the run without the policy and the one with it.
    pub pairs: Vec<Vec<[usize; 2]>>,
    /// By parameter that varies: its value in each town; `NaN` if it is no number.
    pub varied: BTreeMap<String, Vec<f64>>,
}

/// What is kept of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Why there is no town; empty if there is one.
    pub failure: String,
    /// Values of the layout's columns.
    pub values: Vec<f64>,
}

/// How a key of `vary` begins that names a value of a policy's entry in the timeline; the entry's number follows.
const ENTRY_PREFIX: &str = "entries.";

/// Steps of low-discrepancy sequences, one a parameter that varies: fractional parts of their multiples fill the
/// interval evenly for any number of towns, and independently of each other.
const STEPS: [f64; 4] = [
    0.618_033_988_749_894_9,
    0.754_877_666_246_692_7,
    0.414_213_562_373_095_1,
    0.732_050_807_568_877_2,
];

impl EvaluationPlan {
    /// Pairs of towns of a row.
    pub fn towns_of(&self, row: &Evaluation) -> u32 {
        self.towns.unwrap_or(row.towns).max(2)
    }

    /// Most pairs of towns of a row.
    pub fn most_towns(&self) -> u32 {
        let towns = self.rows.iter().map(|row| self.towns_of(row));
        towns.max().unwrap_or(0)
    }

    /// Finds before the first run what is wrong with the scenarios of rows.
    ///
    /// # Errors
    /// Every row with a scenario that does not load.
    pub fn check(&self) -> Result<(), String> {
        let mut mistakes = Vec::new();
        for row in &self.rows {
            let alone = EvaluationPlan {
                rows: vec![row.clone()],
                towns: Some(2),
                ..self.clone()
            };
            let layout = alone.layout()?;
            for run in (0..layout.len()).filter(|&run| layout.towns[run].replicate == 0) {
                if let Err(unreadable) = layout.scenario(&alone, run) {
                    let messages = unreadable.mistakes.iter().map(|m| m.message.as_str());
                    mistakes.push(format!(
                        "{}: {}",
                        row.id,
                        messages.collect::<Vec<_>>().join("; ")
                    ));
                }
            }
        }
        mistakes.dedup();
        match mistakes.is_empty() {
            true => Ok(()),
            false => Err(mistakes.join("\n")),
        }
    }

    /// All runs.
    ///
    /// # Errors
    /// What is wrong with a row's settings or entries.
    pub fn layout(&self) -> Result<Layout, String> {
        let mut wanted: BTreeMap<Town, (u32, bool)> = BTreeMap::new();
        let mut columns = BTreeSet::new();
        for row in &self.rows {
            let (months, people) = self.looks_at(row, &mut columns)?;
            for town in 0..self.towns_of(row) {
                for arm in &row.arms {
                    for place in pair(row, arm, town)? {
                        let needs = wanted.entry(place).or_default();
                        *needs = (needs.0.max(months), needs.1 || people);
                    }
                }
            }
        }
        let (towns, needs): (Vec<Town>, Vec<(u32, bool)>) = wanted.into_iter().unzip();
        let (months, follows_people) = needs.into_iter().unzip();
        let mut layout = Layout {
            towns,
            months,
            follows_people,
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
        };
        for row in &self.rows {
            let found = self.row_towns(&layout, row)?;
            layout.rows.push(found);
        }
        Ok(layout)
    }

    /// Adds what a row looks at; returns the months its runs need, and whether they need persons followed.
    fn looks_at(
        &self,
        row: &Evaluation,
        columns: &mut BTreeSet<(Quantity, [i32; 2])>,
    ) -> Result<(u32, bool), String> {
        let (mut last, mut people) = (1, false);
        for measure in &row.measures {
            let expression = Expression::parse(&measure.value);
            let expression = expression.map_err(|error| format!("{}: {error}", row.id))?;
            for leaf in expression.leaves() {
                let months = absolute(row, leaf.months.unwrap_or(measure.months));
                last = last.max(months[1]);
                for name in &leaf.names {
                    let quantity = Quantity::parse(name);
                    let quantity =
                        quantity.ok_or_else(|| format!("{}: no quantity `{name}`", row.id))?;
                    people |= quantity.needs_people();
                    columns.insert((quantity, months));
                }
            }
        }
        let last = last.max(1) as u32;
        let months = self.most_months.map_or(last, |most| last.min(most));
        Ok((months, people))
    }

    fn row_towns(&self, layout: &Layout, row: &Evaluation) -> Result<RowTowns, String> {
        let mut found = RowTowns::default();
        let towns = 0..self.towns_of(row);
        for arm in &row.arms {
            let mut pairs = Vec::new();
            for town in towns.clone() {
                let places = pair(row, arm, town)?.map(|place| layout.towns.binary_search(&place));
                match places {
                    [Ok(base), Ok(with)] => pairs.push([base, with]),
                    _ => return Err(format!("{}: a run is missing", row.id)),
                }
            }
            found.pairs.push(pairs);
        }
        for (order, (key, varied)) in row.vary.iter().enumerate() {
            let value = |town| match drawn(varied, order, town) {
                toml::Value::Float(value) => value,
                _ => f64::NAN,
            };
            found
                .varied
                .insert(key.clone(), towns.clone().map(value).collect());
        }
        Ok(found)
    }
}

/// Months of the record, for months since a row's policy began.
pub(super) fn absolute(row: &Evaluation, months: [i32; 2]) -> [i32; 2] {
    months.map(|month| month + row.from as i32)
}

/// What a parameter is in a town.
fn drawn(varied: &Varied, order: usize, town: u32) -> toml::Value {
    match varied {
        Varied::Between([low, high]) => {
            let multiple = f64::from(town + 1) * STEPS[order % STEPS.len()];
            let part = multiple - libm::floor(multiple);
            toml::Value::Float(low + part * (high - low))
        }
        Varied::OneOf(names) => {
            let name = names.get(town as usize % names.len().max(1));
            toml::Value::String(name.cloned().unwrap_or_default())
        }
    }
}

/// The town without an arm's policy and the one with it.
fn pair(row: &Evaluation, arm: &Arm, town: u32) -> Result<[Town; 2], String> {
    let mut settings = arm.settings.clone();
    let mut policy = arm.policy.clone();
    for (order, (key, varied)) in row.vary.iter().enumerate() {
        let value = drawn(varied, order, town);
        let Some(place) = key.strip_prefix(ENTRY_PREFIX) else {
            settings.push(format!("{key}={value}"));
            continue;
        };
        let entry = place.split_once('.').and_then(|(number, name)| {
            let entry: &mut toml::Table = policy.get_mut(number.parse::<usize>().ok()?)?;
            Some((entry, name))
        });
        match entry {
            Some((entry, name)) => entry.insert(name.to_owned(), value),
            None => return Err(format!("{}: there is no entry `{key}` in an arm", row.id)),
        };
    }
    let mut own_settings = settings.clone();
    own_settings.extend(arm.own_settings.iter().cloned());
    let shared = timeline(row, &arm.shared);
    let own = timeline(row, &policy) + &shared;
    Ok([
        Town {
            replicate: town,
            settings,
            timeline: shared,
        },
        Town {
            replicate: town,
            settings: own_settings,
            timeline: own,
        },
    ])
}

/// Entries as a timeline in TOML, each from the row's first month unless it says otherwise.
fn timeline(row: &Evaluation, entries: &[toml::Table]) -> String {
    let entry = |entry: &toml::Table| {
        let mut entry = entry.clone();
        let from = toml::Value::Integer(i64::from(row.from));
        entry.entry("from").or_insert(from);
        format!("\n[[timeline]]\n{entry}")
    };
    entries.iter().map(entry).collect()
}

/// A resolved scenario without a timeline, with this one. Its `timeline = []` goes; the entries come last, as tables must.
fn with_timeline(scenario: &str, timeline: &str) -> String {
    let lines = scenario
        .lines()
        .filter(|line| !line.starts_with("timeline"));
    let mut text: String = lines.flat_map(|line| [line, "\n"]).collect();
    text.push_str(timeline);
    text
}

impl Layout {
    /// Number of runs.
    pub fn len(&self) -> usize {
        self.towns.len()
    }

    /// Whether there is nothing to run.
    pub fn is_empty(&self) -> bool {
        self.towns.is_empty()
    }

    /// Months of the longest run, burn-in apart.
    pub fn longest(&self) -> u32 {
        self.months.iter().copied().max().unwrap_or(0)
    }

    /// The runs of a row, by its place in the plan.
    pub fn row(&self, row: usize) -> &RowTowns {
        &self.rows[row]
    }

    /// Place of a quantity over some months of the record in what is kept.
    pub fn column(&self, quantity: &Quantity, months: [i32; 2]) -> Option<usize> {
        let wanted = (quantity, months);
        (self.columns)
            .binary_search_by(|(quantity, months)| (quantity, *months).cmp(&wanted))
            .ok()
    }

    /// The scenario of a run.
    ///
    /// # Errors
    /// Its mistakes.
    pub fn scenario(&self, plan: &EvaluationPlan, run: usize) -> Result<StudyScenario, Unreadable> {
        let town = &self.towns[run];
        let text = ScenarioText {
            name: plan.scenario.name.clone(),
            toml: with_timeline(&plan.scenario.toml, &town.timeline),
        };
        let mut settings = town.settings.clone();
        settings.push(format!("run.months={}", self.months[run]));
        StudyScenario::read(&text, &settings)
    }

    /// One run.
    ///
    /// # Errors
    /// If there is no run of that number, or its scenario is wrong.
    pub fn job(&self, plan: &EvaluationPlan, run: usize) -> Result<Job, BuildError> {
        let town = self.towns.get(run).ok_or("there is no such run")?;
        let scenario = self.scenario(plan, run)?;
        let mut job = Job::replicate(&scenario.parameters, &scenario.text, town.replicate);
        job.follows_people = self.follows_people[run];
        Ok(job)
    }

    /// What is kept of a run.
    ///
    /// # Errors
    /// Any failure that is not the scenario's.
    pub fn keep(&self, record: Result<RunRecord, RunError>) -> Result<Kept, RunError> {
        match record {
            Ok(record) => Ok(Kept {
                failure: String::new(),
                values: (self.columns.iter())
                    .map(|(quantity, months)| quantity.of(&record, *months))
                    .collect(),
            }),
            Err(RunError::Synthesis(why)) => Ok(Kept {
                failure: why.to_string(),
                values: vec![f64::NAN; self.columns.len()],
            }),
            Err(other) => Err(other),
        }
    }
}
