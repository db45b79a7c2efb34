//! The resolved sweep: which parameters each numbered run has.

use serde::{Deserialize, Serialize};

use super::factor::{Factor, Levels};
use super::file::{DesignText, SweepFile};
use super::outcome::Outcome;
use super::resolve;
use crate::design::{
    DesignError, Grid, MOST_RUNS, Points, SaltelliDesign, latin_hypercube, morris_trajectories,
};
use crate::ensemble::Job;
use crate::{ScenarioText, StudyScenario, Unreadable};
use model::run::{BuildError, RunSettings};
use model::scenario::{Diagnostic, Loaded};

/// The factor that is the scenario itself.
pub const SCENARIO: &str = "scenario";

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
    /// The scenarios of the factor `scenario`; none if it does not vary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<ScenarioText>,
    /// Seed of all runs' draws: points differ in parameters, not in luck.
    pub seed: u64,
    /// Replicates at each point.
    pub replicates: u32,
    /// Which points are run.
    pub design: Design,
    /// Of a grid or Latin hypercube that was cut short, how many of its points were run; without it, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_points: Option<usize>,
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
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The sweep file, or what stands for it on the command line, is wrong.
    #[error("{0}")]
    File(String),
    /// The design cannot be made.
    #[error("{0}")]
    Design(#[from] DesignError),
    /// A value does not suit its parameter.
    #[error("{}", messages(.0))]
    Scenario(Vec<Diagnostic>),
}

fn messages(mistakes: &[Diagnostic]) -> String {
    let messages: Vec<&str> = mistakes.iter().map(|m| m.message.as_str()).collect();
    messages.join("; ")
}

impl SweepPlan {
    /// Resolves a sweep of the scenario that was loaded for it, and tries every listed value, or both ends of a range.
    ///
    /// # Errors
    /// What is wrong with the file, the design or a value.
    pub fn new(file: &SweepFile, base: &Loaded) -> Result<SweepPlan, SweepError> {
        SweepPlan::over(file, std::slice::from_ref(base))
    }

    /// As [`SweepPlan::new`], for a sweep in which the scenario varies: those loaded for the values of the factor
    /// `scenario`, in that order.
    ///
    /// # Errors
    /// As [`SweepPlan::new`]; scenarios that differ in seed or months.
    pub fn over(file: &SweepFile, scenarios: &[Loaded]) -> Result<SweepPlan, SweepError> {
        let Some(base) = scenarios.first() else {
            return Err(SweepError::File("no scenario is named".to_owned()));
        };
        let scenario = StudyScenario::of(base).map_err(SweepError::Scenario)?;
        let texts = resolve::texts(file, scenarios, &scenario)?;
        let grid = file.design == DesignText::Grid;
        let factors: Result<Vec<Factor>, _> = (file.vary.iter())
            .map(|vary| match vary.key == SCENARIO {
                true => Ok(resolve::over_scenarios(&texts)),
                false => resolve::factor(vary, base, grid),
            })
            .collect();
        let (columns, analyzed) = resolve::outcomes(file, scenario.parameters.run.months)?;
        if file.replicates == 0 {
            return Err(SweepError::File(
                "replicates is 0: ask for at least one".to_owned(),
            ));
        }
        let factors = factors?;
        let varies = factors.iter().any(|factor| factor.key == SCENARIO);
        let plan = SweepPlan {
            seed: scenario.parameters.run.seed,
            scenario: texts[0].clone(),
            scenarios: if varies { texts } else { Vec::new() },
            replicates: file.replicates,
            design: resolve::design(&file.design)?,
            first_points: None,
            factors,
            columns,
            analyzed,
        };
        plan.check_keys()?;
        plan.points()?;
        plan.try_values()?;
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

    /// Loads the scenario with each factor at each listed value or at its ends: a mistake shows now and not in run
    /// 731.
    fn try_values(&self) -> Result<(), SweepError> {
        for factor in &self.factors {
            let values = match &factor.levels {
                Levels::List(values) => values.clone(),
                Levels::Range { .. } => [0.0, 1.0].map(|end| factor.at_place(end)).to_vec(),
            };
            for value in values {
                let setting = Setting {
                    key: &factor.key,
                    value,
                };
                self.read(&[setting])
                    .map_err(|unreadable| SweepError::Scenario(unreadable.mistakes))?;
            }
        }
        Ok(())
    }

    /// The scenario at these settings.
    fn read(&self, settings: &[Setting<'_>]) -> Result<StudyScenario, Unreadable> {
        let mut text = &self.scenario;
        let mut changes = Vec::new();
        for setting in settings {
            if setting.key == SCENARIO {
                let name = setting.value.as_str();
                let mut named = self.scenarios.iter();
                text = (named.find(|text| Some(text.name.as_str()) == name)).unwrap_or(text);
            } else {
                changes.push(format!("{}={}", setting.key, setting.value));
            }
        }
        StudyScenario::read(text, &changes)
    }

    /// Number of points.
    ///
    /// # Errors
    /// If the design cannot be made.
    pub fn points(&self) -> Result<usize, DesignError> {
        let all = match self.sampled()? {
            Sampled::Levels(grid) => grid.runs(),
            Sampled::Places(points) => points.runs(),
        };
        Ok(self.first_points.map_or(all, |first| first.min(all)))
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
        let wanted = self.first_points.unwrap_or(usize::MAX);
        Ok(match self.sampled()? {
            Sampled::Levels(grid) => (0..grid.runs().min(wanted))
                .filter_map(|point| grid.levels_of(point))
                .map(|levels| {
                    let chosen = levels.iter().enumerate();
                    let chosen = chosen.filter_map(|(factor, &level)| {
                        Some(setting(&factor, self.factors[factor].at_level(level)?))
                    });
                    chosen.collect()
                })
                .collect(),
            Sampled::Places(points) => (points.iter().take(wanted))
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
        let scenario = self.read(settings)?;
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
