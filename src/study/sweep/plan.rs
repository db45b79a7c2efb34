//! The resolved sweep: which parameters each numbered run has.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::factor::{Factor, Levels};
use super::file::{DesignText, SweepFile, Vary};
use super::outcome::Outcome;
use crate::indicators::MonthIndicators;
use crate::run::ensemble::Job;
use crate::run::{BuildError, RunSettings};
use crate::scenario::{Diagnostic, Loaded, resolved_for_any_kind};
use crate::study::design::{
    DesignError, Grid, MOST_RUNS, Points, SaltelliDesign, latin_hypercube, morris_trajectories,
};
use crate::study::scenario::TIMELINE_PREFIX;
use crate::study::{ScenarioText, StudyScenario};

/// Outcomes analyzed where a sweep names none.
const USUAL_OUTCOMES: [&str; 8] = [
    "unemployment_rate",
    "employment",
    "wage_p50",
    "consumption_real",
    "local_share",
    "gini_income",
    "poverty_rate",
    "firms",
];

/// The parameter that brings values of others along.
const KIND_OF_TOWN: &str = "town.kind";

/// Which points of the factors are run, resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Design {
    /// Every combination of values.
    Grid,
    /// A Latin hypercube of so many points.
    LatinHypercube {
        /// Number of points.
        points: usize,
        /// Seed of the sample.
        seed: u64,
    },
    /// Saltelli's design for Sobol indices.
    Sobol {
        /// Base samples.
        base_samples: usize,
        /// Seed of the scrambling.
        seed: u32,
    },
    /// Morris's trajectories.
    Morris {
        /// Number of trajectories.
        trajectories: usize,
        /// Levels of each factor.
        levels: usize,
        /// Seed of the trajectories.
        seed: u64,
    },
}

/// A sweep, resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepPlan {
    /// The scenario that varies.
    pub scenario: ScenarioText,
    /// Seed of all runs' draws: points differ in parameters, not in luck.
    pub seed: u64,
    /// Replicates at each point.
    pub replicates: u32,
    /// Which points are run.
    pub design: Design,
    /// What varies.
    pub factors: Vec<Factor>,
    /// What is kept of each run: every indicator's mean over the last 12 months, and what else was asked for.
    pub columns: Vec<Outcome>,
    /// Places in `columns` of the outcomes to analyze.
    pub analyzed: Vec<usize>,
}

/// One value of one factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting<'a> {
    /// Dotted name of the parameter.
    pub key: &'a str,
    /// Its value.
    pub value: toml::Value,
}

/// A sweep that cannot be planned.
#[derive(Debug)]
pub enum SweepError {
    /// The sweep file, or what stands for it on the command line, is wrong.
    File(String),
    /// The design cannot be made.
    Design(DesignError),
    /// A value does not suit its parameter.
    Scenario(Vec<Diagnostic>),
}

impl fmt::Display for SweepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SweepError::File(why) => f.write_str(why),
            SweepError::Design(error) => error.fmt(f),
            SweepError::Scenario(mistakes) => {
                let messages: Vec<&str> = mistakes.iter().map(|m| m.message.as_str()).collect();
                f.write_str(&messages.join("; "))
            }
        }
    }
}

impl std::error::Error for SweepError {}

impl From<DesignError> for SweepError {
    fn from(error: DesignError) -> Self {
        SweepError::Design(error)
    }
}

impl SweepPlan {
    /// Resolves a sweep of the scenario that was loaded for it, and tries every factor at both its ends.
    ///
    /// # Errors
    /// What is wrong with the file, the design or a value.
    pub fn new(file: &SweepFile, base: &Loaded) -> Result<SweepPlan, SweepError> {
        let scenario = StudyScenario::of(base).map_err(SweepError::Scenario)?;
        let grid = file.design == DesignText::Grid;
        let factors: Result<Vec<Factor>, _> = (file.vary.iter())
            .map(|vary| resolve_factor(vary, base, grid))
            .collect();
        let mut columns: Vec<Outcome> = MonthIndicators::definitions()
            .map(|definition| Outcome {
                indicator: definition.name.to_owned(),
                month: None,
            })
            .collect();
        let usual = USUAL_OUTCOMES.map(str::to_owned);
        let named: &[String] = if file.outcomes.is_empty() {
            &usual
        } else {
            &file.outcomes
        };
        let mut analyzed = Vec::new();
        for text in named {
            let outcome = Outcome::parse(text).map_err(SweepError::File)?;
            if outcome
                .month
                .is_some_and(|m| m >= scenario.parameters.run.months)
            {
                return Err(SweepError::File(format!(
                    "outcome `{text}` lies beyond the scenario's {} months",
                    scenario.parameters.run.months
                )));
            }
            let place = columns.iter().position(|column| *column == outcome);
            analyzed.push(place.unwrap_or_else(|| {
                columns.push(outcome);
                columns.len() - 1
            }));
        }
        if file.replicates == 0 {
            return Err(SweepError::File(
                "replicates is 0: ask for at least one".to_owned(),
            ));
        }
        let plan = SweepPlan {
            seed: scenario.parameters.run.seed,
            scenario: base_text(file, base, &scenario),
            replicates: file.replicates,
            design: resolve_design(&file.design)?,
            factors: factors?,
            columns,
            analyzed,
        };
        plan.check_keys()?;
        plan.points()?;
        plan.try_ends()?;
        Ok(plan)
    }

    fn check_keys(&self) -> Result<(), SweepError> {
        for (place, factor) in self.factors.iter().enumerate() {
            if self.factors[..place].iter().any(|f| f.key == factor.key) {
                return Err(SweepError::File(format!("`{}` varies twice", factor.key)));
            }
            if factor.key.starts_with("run.") {
                return Err(SweepError::File(format!(
                    "`{}` cannot vary within a sweep: runs would not be comparable",
                    factor.key
                )));
            }
        }
        Ok(())
    }

    /// Loads the scenario with each factor at its ends: a mistake shows now and not in run 731.
    fn try_ends(&self) -> Result<(), SweepError> {
        for factor in &self.factors {
            for place in [0.0, 1.0] {
                let change = format!("{}={}", factor.key, factor.at_place(place));
                StudyScenario::read(&self.scenario, &[change])
                    .map_err(|unreadable| SweepError::Scenario(unreadable.mistakes))?;
            }
        }
        Ok(())
    }

    /// Number of points.
    ///
    /// # Errors
    /// If the design cannot be made.
    pub fn points(&self) -> Result<usize, DesignError> {
        Ok(match self.sampled()? {
            Sampled::Levels(grid) => grid.runs(),
            Sampled::Places(points) => points.runs(),
        })
    }

    /// The settings of every point, in the order of the design.
    ///
    /// # Errors
    /// If the design cannot be made.
    pub fn settings(&self) -> Result<Vec<Vec<Setting<'_>>>, DesignError> {
        let setting = |factor: &usize, value| Setting {
            key: self.factors[*factor].key.as_str(),
            value,
        };
        Ok(match self.sampled()? {
            Sampled::Levels(grid) => (0..grid.runs())
                .filter_map(|point| grid.levels_of(point))
                .map(|levels| {
                    let chosen = levels.iter().enumerate();
                    let chosen = chosen.filter_map(|(factor, &level)| {
                        Some(setting(&factor, self.factors[factor].at_level(level)?))
                    });
                    chosen.collect()
                })
                .collect(),
            Sampled::Places(points) => (points.iter())
                .map(|places| {
                    let places = places.iter().enumerate();
                    places
                        .map(|(factor, &place)| {
                            setting(&factor, self.factors[factor].at_place(place))
                        })
                        .collect()
                })
                .collect(),
        })
    }

    /// The points of a sampling design in the unit cube; none for a grid.
    ///
    /// # Errors
    /// If the design cannot be made.
    pub fn places(&self) -> Result<Option<Points>, DesignError> {
        Ok(match self.sampled()? {
            Sampled::Levels(_) => None,
            Sampled::Places(points) => Some(points),
        })
    }

    fn sampled(&self) -> Result<Sampled, DesignError> {
        let factors = self.factors.len();
        let sampled = match self.design {
            Design::Grid => {
                let levels: Vec<usize> = self.factors.iter().filter_map(Factor::count).collect();
                Sampled::Levels(Grid::new(&levels)?)
            }
            Design::LatinHypercube { points, seed } => {
                Sampled::Places(latin_hypercube(points, factors, seed)?)
            }
            Design::Sobol { base_samples, seed } => {
                Sampled::Places(SaltelliDesign::new(base_samples, factors, seed)?.points())
            }
            Design::Morris {
                trajectories,
                levels,
                seed,
            } => Sampled::Places(morris_trajectories(trajectories, factors, levels, seed)?),
        };
        let points = match &sampled {
            Sampled::Levels(grid) => grid.runs(),
            Sampled::Places(points) => points.runs(),
        };
        match points.checked_mul(self.replicates as usize) {
            Some(runs) if runs <= MOST_RUNS => Ok(sampled),
            _ => Err(DesignError::TooManyRuns),
        }
    }

    /// Point and replicate of a run, out of a plan of so many points: all points once, then all again, so that a
    /// sweep cut short has a fair share of every point.
    pub fn place_of(run: usize, points: usize) -> (usize, u32) {
        (run % points, (run / points) as u32)
    }

    /// The run of these settings.
    ///
    /// # Errors
    /// If the scenario does not take them.
    pub fn job(&self, settings: &[Setting<'_>], replicate: u32) -> Result<Job, BuildError> {
        let changes: Vec<String> = (settings.iter())
            .map(|setting| format!("{}={}", setting.key, setting.value))
            .collect();
        let scenario = StudyScenario::read(&self.scenario, &changes)?;
        let mut job = Job::replicate(&scenario.parameters, &scenario.text, replicate);
        job.settings = RunSettings {
            seed: self.seed,
            ..job.settings
        };
        Ok(job)
    }
}

enum Sampled {
    Levels(Grid),
    Places(Points),
}

/// The scenario that varies. Where the kind of town does, values that come with a kind are left to each point:
/// written out, those of the first would outdo those of all others.
fn base_text(file: &SweepFile, base: &Loaded, scenario: &StudyScenario) -> ScenarioText {
    if file.vary.iter().any(|vary| vary.key == KIND_OF_TOWN) {
        return ScenarioText {
            name: scenario.name.clone(),
            toml: resolved_for_any_kind(base),
        };
    }
    scenario.to_text()
}

fn resolve_design(text: &DesignText) -> Result<Design, SweepError> {
    Ok(match *text {
        DesignText::Grid => Design::Grid,
        DesignText::LatinHypercube { points, seed } => Design::LatinHypercube { points, seed },
        DesignText::Sobol { base_samples, seed } => Design::Sobol {
            base_samples,
            seed: u32::try_from(seed).map_err(|_| {
                SweepError::File("the seed of a Sobol design must be below 2^32".to_owned())
            })?,
        },
        DesignText::Morris {
            trajectories,
            levels,
            seed,
        } => Design::Morris {
            trajectories,
            levels,
            seed,
        },
    })
}

fn resolve_factor(vary: &Vary, base: &Loaded, grid: bool) -> Result<Factor, SweepError> {
    let wrong = |why: String| SweepError::File(format!("`{}` {why}", vary.key));
    let current = value_of(base, &vary.key);
    // Months, which are no parameters of the entry's kind.
    let month = vary.key.starts_with(TIMELINE_PREFIX)
        && (vary.key.ends_with(".from") || vary.key.ends_with(".until"));
    let mut factor = Factor {
        key: vary.key.clone(),
        integer: month || matches!(current, Some(toml::Value::Integer(_))),
        levels: Levels::List(Vec::new()),
    };
    let logarithmic = match vary.scale.as_deref() {
        None | Some("linear") => false,
        Some("log") => true,
        Some(other) => return Err(wrong(format!("has scale `{other}`: write linear or log"))),
    };
    if let Some(values) = &vary.values {
        let ranged = vary.from.or(vary.to).or(vary.step).is_some() || vary.levels.is_some();
        if ranged || values.is_empty() {
            return Err(wrong(
                "needs either values, at least one, or from and to".to_owned(),
            ));
        }
        factor.levels = Levels::List(values.clone());
        return Ok(factor);
    }
    let (Some(from), Some(to)) = (vary.from, vary.to) else {
        return Err(wrong("needs values, or from and to".to_owned()));
    };
    if !(from.is_finite() && to.is_finite() && from < to) {
        return Err(wrong(format!(
            "goes from {from} to {to}: from must be below to"
        )));
    }
    if logarithmic && from <= 0.0 {
        return Err(wrong(
            "has a logarithmic scale and starts at or below 0".to_owned(),
        ));
    }
    factor.levels = Levels::Range {
        from,
        to,
        logarithmic,
    };
    let places: Vec<f64> = match (vary.step, vary.levels) {
        (Some(step), None) if step > 0.0 && !logarithmic => {
            let steps = (to - from) / step;
            if steps > MOST_RUNS as f64 {
                return Err(wrong(format!("has too small a step: {step}")));
            }
            // A last step that falls short of the end by rounding alone still counts.
            let steps = (steps + 1e-9) as usize;
            (0..=steps).map(|i| i as f64 * step / (to - from)).collect()
        }
        (None, Some(levels)) if (2..=MOST_RUNS).contains(&levels) => (0..levels)
            .map(|i| i as f64 / (levels - 1) as f64)
            .collect(),
        (None, None) if !grid => return Ok(factor),
        _ => {
            let why = "needs values, a step above 0 (of a linear scale), or two or more levels: a grid runs every \
                       combination of listed values";
            return Err(wrong(why.to_owned()));
        }
    };
    let mut values: Vec<toml::Value> = places.iter().map(|&p| factor.at_place(p)).collect();
    values.dedup();
    factor.levels = Levels::List(values);
    Ok(factor)
}

/// The value of a parameter, or of an entry of the timeline.
fn value_of<'a>(base: &'a Loaded, key: &str) -> Option<&'a toml::Value> {
    let Some(place) = key.strip_prefix(TIMELINE_PREFIX) else {
        return value_at(&base.values, key);
    };
    let (number, key) = place.split_once('.')?;
    let entry = base.timeline.get(number.parse::<usize>().ok()?)?;
    value_at(&entry.parameters, key)
}

fn value_at<'a>(values: &'a toml::Table, key: &str) -> Option<&'a toml::Value> {
    let mut parts = key.split('.');
    let mut found = values.get(parts.next()?)?;
    for part in parts {
        found = found.as_table()?.get(part)?;
    }
    Some(found)
}
