//! What a report is made of: a folder of results read back.

use crate::compare::REAL_INCOME;
use crate::output::run_charts::trailing_year;
use crate::output::studies::REQUEST_NAME;
use crate::output::table::for_each_row;
use crate::output::{Folder, OutputError};
use crate::{Asked, Request, StudyScenario, Unreadable};
use model::scenario::Loaded;

use super::catalogue::SHOWN;
use super::outcome::UnitCost;
use super::pictures::{Picture, read_pictures};

/// Why no report can be made of a folder.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file cannot be read or written.
    #[error("{0}")]
    Output(#[from] OutputError),
    /// A scenario of the folder cannot be read.
    #[error("{0}")]
    Scenario(#[from] Unreadable),
    /// The folder is none that reports are made of.
    #[error("{0}")]
    Folder(String),
}

/// A scenario of the folder.
#[derive(Debug)]
pub(super) struct Scenario {
    pub study: StudyScenario,
    pub loaded: Loaded,
}

impl Scenario {
    pub fn name(&self) -> &str {
        &self.study.name
    }
}

/// The indicators of [`SHOWN`] in the runs of one scenario: by indicator, replicate and month.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    values: Vec<Vec<Vec<f64>>>,
}

impl Runs {
    /// One line a replicate.
    pub fn lines(&self, indicator: usize) -> &[Vec<f64>] {
        self.values.get(indicator).map_or(&[], Vec::as_slice)
    }

    pub fn replicates(&self) -> usize {
        self.lines(0).len()
    }

    /// Months that every replicate has.
    pub fn months(&self) -> usize {
        self.lines(0).iter().map(Vec::len).min().unwrap_or(0)
    }

    fn push(&mut self, replicate: usize, numbers: &[f64]) {
        self.values.resize_with(SHOWN.len(), Vec::new);
        for (lines, value) in self.values.iter_mut().zip(numbers) {
            if lines.len() <= replicate {
                lines.resize_with(replicate + 1, Vec::new);
            }
            lines[replicate].push(*value);
        }
    }
}

/// A difference to the baseline and its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Change {
    pub baseline: f64,
    pub difference: f64,
    pub low: f64,
    pub high: f64,
}

impl Change {
    /// In another unit; a negative one turns it around.
    pub fn scaled(&self, by: f64) -> Change {
        let (one, other) = (self.low * by, self.high * by);
        Change {
            baseline: self.baseline * by,
            difference: self.difference * by,
            low: one.min(other),
            high: one.max(other),
        }
    }

    /// Whether the interval tells a rise from a fall.
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

impl Changes {
    /// Whether every run is the baseline's: no indicator differs at all.
    pub fn are_nothing(&self) -> bool {
        let mut known = (self.last_year.iter()).filter(|change| change.difference.is_finite());
        known.all(|change| {
            let spread = change.high.partial_cmp(&change.low);
            change.difference == 0.0 && spread != Some(std::cmp::Ordering::Greater)
        })
    }
}

/// A scenario against the baseline, by indicator of [`SHOWN`].
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    pub last_year: Vec<Change>,
    /// Estimate, low and high by month.
    pub months: Vec<[Vec<f64>; 3]>,
    /// Change of what income buys, by tenth of households.
    pub incomes: Vec<Change>,
}

/// Everything a report says.
#[derive(Debug)]
pub(super) struct Material {
    pub request: Request,
    /// The baseline first.
    pub scenarios: Vec<Scenario>,
    /// In the order of the scenarios.
    pub runs: Vec<Runs>,
    /// One entry a scenario after the baseline; none if nothing was compared.
    pub changes: Vec<Changes>,
    /// Probability that intervals are meant to cover.
    pub confidence: f64,
    /// Change of mean income since the start by tenth of households, estimate and ends of the middle 90% of runs,
    /// where nothing was compared.
    pub incomes_over_time: Vec<[f64; 3]>,
    pub pictures: Vec<Picture>,
    /// What a unit of each outcome costs, where something was compared.
    pub unit_costs: Vec<UnitCost>,
    /// Cells of `policies.csv`, its header first, where there is one.
    pub policies: Vec<Vec<String>>,
}

impl Material {
    /// Reads a folder of results.
    ///
    /// # Errors
    /// If a file is missing or cannot be read, or the folder holds a sweep.
    pub fn read(folder: &dyn Folder) -> Result<Material, ReportError> {
        let request = read_request(folder)?;
        let confidence = match request.asked {
            Asked::Compare { confidence, .. } | Asked::Branch { confidence, .. } => confidence,
            Asked::Run { .. } => 0.95,
            Asked::Sweep { .. } | Asked::Evaluate { .. } => {
                return Err(ReportError::Folder(format!(
                    "{} holds a sweep or an evaluation; reports are made of runs and comparisons",
                    folder.name()
                )));
            }
        };
        let mut scenarios = Vec::new();
        for text in request.asked.scenarios() {
            let (study, loaded) = StudyScenario::load(text, &[])?;
            scenarios.push(Scenario { study, loaded });
        }
        let runs = read_runs(folder, &scenarios)?;
        let changes = match scenarios.len() {
            0 | 1 => Vec::new(),
            _ => read_changes(folder, &scenarios)?,
        };
        Ok(Material {
            request,
            runs,
            changes,
            confidence,
            incomes_over_time: read_incomes(folder)?,
            pictures: read_pictures(folder)?,
            unit_costs: super::outcome::read(folder)?,
            policies: read_policies(folder)?,
            scenarios,
        })
    }

    /// What people call a scenario, by its place: its title, with its name where two have one title.
    pub fn title(&self, scenario: usize) -> String {
        let title = |one: &Scenario| one.loaded.title.clone().unwrap_or(one.study.name.clone());
        let Some(own) = self.scenarios.get(scenario) else {
            return String::new();
        };
        let same = self.scenarios.iter().filter(|one| title(one) == title(own));
        match same.count() {
            0 | 1 => title(own),
            _ => format!("{} ({})", title(own), own.name()),
        }
    }

    /// As [`Material::title`], by the scenario's name.
    pub fn title_of(&self, name: &str) -> String {
        place_of(&self.scenarios, name).map_or_else(|| name.to_owned(), |place| self.title(place))
    }

    /// Name of a scenario by its place.
    pub fn name(&self, scenario: usize) -> &str {
        self.scenarios.get(scenario).map_or("", Scenario::name)
    }

    pub fn replicates(&self) -> usize {
        self.runs.iter().map(Runs::replicates).min().unwrap_or(0)
    }

    pub fn months(&self) -> usize {
        self.runs.iter().map(Runs::months).min().unwrap_or(0)
    }

    pub fn is_comparison(&self) -> bool {
        !self.changes.is_empty()
    }
}

fn read_request(folder: &dyn Folder) -> Result<Request, ReportError> {
    let text = folder.read(REQUEST_NAME)?.ok_or_else(|| {
        ReportError::Folder(format!(
            "{} holds no finished results: there is no {REQUEST_NAME}",
            folder.name()
        ))
    })?;
    serde_json::from_slice(&text).map_err(|error| {
        ReportError::Folder(format!(
            "{REQUEST_NAME} of {} is not a request that this version understands: {error}",
            folder.name()
        ))
    })
}

fn place_of(scenarios: &[Scenario], name: &str) -> Option<usize> {
    scenarios
        .iter()
        .position(|scenario| scenario.name() == name)
}

fn ids() -> Vec<&'static str> {
    SHOWN.iter().map(|shown| shown.id).collect()
}

fn read_runs(folder: &dyn Folder, scenarios: &[Scenario]) -> Result<Vec<Runs>, ReportError> {
    let mut runs = vec![Runs::default(); scenarios.len()];
    let alone = for_each_row(folder, "indicators", (&[], &ids()), &mut |_, numbers| {
        if let Some(first) = runs.first_mut() {
            first.push(0, numbers);
        }
    })?;
    if alone {
        return Ok(runs);
    }
    let columns: Vec<&str> = std::iter::once("replicate").chain(ids()).collect();
    // Replicates of a branch need not be numbered from 0: they are told apart by order.
    let mut numbers_seen: Vec<Vec<u64>> = vec![Vec::new(); scenarios.len()];
    let asked: (&[&str], &[&str]) = (&["scenario"], &columns);
    let found = for_each_row(folder, "replicates", asked, &mut |texts, numbers| {
        let scenario = match texts[0].as_str() {
            "" => Some(0),
            name => place_of(scenarios, name),
        };
        let Some(scenario) = scenario else { return };
        let number = numbers[0] as u64;
        let seen = &mut numbers_seen[scenario];
        let replicate = seen.iter().position(|one| *one == number);
        let replicate = replicate.unwrap_or_else(|| {
            seen.push(number);
            seen.len() - 1
        });
        runs[scenario].push(replicate, &numbers[1..]);
    })?;
    if found {
        return Ok(runs);
    }
    Err(ReportError::Folder(format!(
        "{} has neither indicators.csv nor replicates.parquet nor replicates.csv, from which charts are drawn",
        folder.name()
    )))
}

fn read_changes(folder: &dyn Folder, scenarios: &[Scenario]) -> Result<Vec<Changes>, ReportError> {
    let empty = Changes {
        last_year: vec![Change::default(); SHOWN.len()],
        months: vec![Default::default(); SHOWN.len()],
        incomes: Vec::new(),
    };
    let mut changes = vec![empty; scenarios.len() - 1];
    let place = |texts: &[String]| {
        let scenario = place_of(scenarios, &texts[0])?.checked_sub(1)?;
        Some((scenario, super::catalogue::place(&texts[1])?))
    };
    let keys: &[&str] = &["scenario", "indicator"];
    let columns = ["baseline", "difference", "low", "high"];
    let change = |numbers: &[f64]| Change {
        baseline: numbers[0],
        difference: numbers[1],
        low: numbers[2],
        high: numbers[3],
    };
    for_each_row(
        folder,
        "comparison",
        (keys, &columns),
        &mut |texts, numbers| {
            if let Some((scenario, indicator)) = place(texts) {
                changes[scenario].last_year[indicator] = change(numbers);
            }
        },
    )?;
    let columns = [
        "difference",
        "low",
        "high",
        "difference_12",
        "low_12",
        "high_12",
    ];
    for_each_row(
        folder,
        "differences",
        (keys, &columns),
        &mut |texts, numbers| {
            if let Some((scenario, indicator)) = place(texts) {
                let [estimate, low, high] = &mut changes[scenario].months[indicator];
                // Told apart below, when the number of months is known.
                estimate.extend([numbers[0], numbers[3]]);
                low.extend([numbers[1], numbers[4]]);
                high.extend([numbers[2], numbers[5]]);
            }
        },
    )?;
    for line in changes
        .iter_mut()
        .flat_map(|change| &mut change.months)
        .flatten()
    {
        *line = smoothed(line);
    }
    let keys: &[&str] = &["scenario", "measure"];
    let columns = ["baseline", "difference", "low", "high"];
    for_each_row(
        folder,
        "decile_changes",
        (keys, &columns),
        &mut |texts, numbers| {
            let scenario = place_of(scenarios, &texts[0]).and_then(|place| place.checked_sub(1));
            if let (Some(scenario), REAL_INCOME) = (scenario, texts[1].as_str()) {
                changes[scenario].incomes.push(change(numbers));
            }
        },
    )?;
    Ok(changes)
}

/// Of each month's own number and its twelve-month mean, whichever [`trailing_year`] would show.
fn smoothed(both: &[f64]) -> Vec<f64> {
    let months = both.len() / 2;
    let is_smoothed = trailing_year(&vec![0.0; months])
        .first()
        .is_some_and(|v| v.is_nan());
    let start = usize::from(is_smoothed);
    both.iter().skip(start).step_by(2).copied().collect()
}

/// Changes of income by tenth since the start.
fn read_incomes(folder: &dyn Folder) -> Result<Vec<[f64; 3]>, OutputError> {
    let mut rows = Vec::new();
    let columns = ["change", "low", "high"];
    for_each_row(
        folder,
        "income_by_decile",
        (&[], &columns),
        &mut |_, numbers| {
            rows.push([numbers[0], numbers[1], numbers[2]]);
        },
    )?;
    Ok(rows)
}

fn read_policies(folder: &dyn Folder) -> Result<Vec<Vec<String>>, ReportError> {
    const NAME: &str = "policies.csv";
    let Some(bytes) = folder.read(NAME)? else {
        return Ok(Vec::new());
    };
    let failed = |error: csv::Error| OutputError::io("read", NAME.as_ref())(error.into());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes.as_slice());
    let mut rows = Vec::new();
    for row in reader.records() {
        rows.push(row.map_err(failed)?.iter().map(str::to_owned).collect());
    }
    Ok(rows)
}
