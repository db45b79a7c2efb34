//! What was asked of a study: plain data that is kept beside unfinished work and beside results, so that either
//! can be done again from it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ensemble::{Job, ReplicateSeries, Start};
use model::run::checkpoint::SavedReplicate;
use model::run::{BuildError, RunSettings};

use super::evaluate::EvaluationPlan;
use super::sweep::SweepPlan;
use super::{ScenarioText, StudyScenario, Unreadable};

/// The forms in which charts are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartFiles {
    /// No chart is drawn.
    None,
    /// SVG, which scales and is read by browsers.
    Svg,
    /// PNG, which every program reads.
    Png,
    /// SVG and PNG.
    #[default]
    Both,
}

impl ChartFiles {
    /// Whether any chart is drawn.
    pub fn any(self) -> bool {
        self != ChartFiles::None
    }

    /// Whether charts are written as SVG.
    pub fn svg(self) -> bool {
        matches!(self, ChartFiles::Svg | ChartFiles::Both)
    }

    /// Whether charts are written as PNG.
    pub fn png(self) -> bool {
        matches!(self, ChartFiles::Png | ChartFiles::Both)
    }
}

/// A study, resolved: no file it was read from is needed to do it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Version of the program it was put to.
    pub version: String,
    /// Whether long tables are written as CSV beside Parquet.
    pub csv: bool,
    /// In which forms charts are written.
    #[serde(default)]
    pub charts: ChartFiles,
    /// The question.
    pub asked: Asked,
}

/// The question of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Asked {
    /// One scenario, one or many times.
    Run {
        /// The scenario.
        scenario: ScenarioText,
        /// Number of replicates.
        replicates: u32,
    },
    /// Scenarios against the first of them.
    Compare {
        /// The baseline, then the others.
        scenarios: Vec<ScenarioText>,
        /// Replicates of each.
        replicates: u32,
        /// Probability that intervals are meant to cover, 0–1.
        confidence: f64,
        /// Whether independent runs may be compared.
        allow_unpaired: bool,
    },
    /// Scenarios from one saved town on, against the first of them.
    Branch {
        /// The scenarios.
        scenarios: Vec<ScenarioText>,
        /// Futures of each.
        futures: u32,
        /// Probability that intervals are meant to cover, 0–1.
        confidence: f64,
    },
    /// A scenario at many points of its parameters.
    Sweep {
        /// Which points, and what is kept.
        plan: Box<SweepPlan>,
    },
    /// Published evaluations, repeated.
    Evaluate {
        /// Which, and in which town.
        plan: Box<EvaluationPlan>,
    },
}

impl Request {
    /// A question put to this version of the program; charts are written in all forms.
    pub fn new(asked: Asked, csv: bool) -> Request {
        Request {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            csv,
            charts: ChartFiles::default(),
            asked,
        }
    }
}

impl Asked {
    /// The scenarios asked about: the baseline first, if others are compared with it.
    pub fn scenarios(&self) -> &[ScenarioText] {
        match self {
            Asked::Run { scenario, .. } => std::slice::from_ref(scenario),
            Asked::Compare { scenarios, .. } | Asked::Branch { scenarios, .. } => scenarios,
            Asked::Sweep { plan } => std::slice::from_ref(&plan.scenario),
            Asked::Evaluate { plan } => std::slice::from_ref(&plan.scenario),
        }
    }
}

/// Scenarios times replicates as numbered runs: all scenarios of the first replicate, then of the second, so that
/// work cut short has whole replicates of every scenario.
#[derive(Clone, Debug)]
pub struct Crossing {
    scenarios: Vec<StudyScenario>,
    replicates: u32,
    saved: Option<Arc<SavedReplicate>>,
}

impl Crossing {
    /// Reads the scenarios of a crossing; with a saved town, all start from it.
    ///
    /// # Errors
    /// If a scenario cannot be read.
    pub fn new(
        scenarios: &[ScenarioText],
        replicates: u32,
        saved: Option<SavedReplicate>,
    ) -> Result<Crossing, Unreadable> {
        let read = scenarios.iter().map(|text| StudyScenario::read(text, &[]));
        Ok(Crossing {
            scenarios: read.collect::<Result<_, _>>()?,
            replicates,
            saved: saved.map(Arc::new),
        })
    }

    /// The scenarios, in order.
    pub fn scenarios(&self) -> &[StudyScenario] {
        &self.scenarios
    }

    /// Numbers of all runs.
    pub fn runs(&self) -> Vec<usize> {
        (0..self.scenarios.len() * self.replicates as usize).collect()
    }

    /// One run.
    ///
    /// # Errors
    /// If there is no run of that number.
    pub fn job(&self, run: usize) -> Result<Job, BuildError> {
        let count = self.scenarios.len();
        let scenario = run.checked_rem(count).and_then(|s| self.scenarios.get(s));
        let scenario = scenario.ok_or("there is no such run")?;
        let replicate = u32::try_from(run / count)?;
        let mut job = Job::replicate(&scenario.parameters, &scenario.text, replicate);
        if let Some(saved) = &self.saved {
            job.settings = RunSettings {
                months: scenario.parameters.run.months,
                replicate: match replicate {
                    0 => saved.settings().replicate,
                    future => future,
                },
                ..saved.settings()
            };
            job.start = Start::Branch {
                saved: Arc::clone(saved),
                future: replicate,
            };
        }
        Ok(job)
    }

    /// Puts the results of all runs in order: by scenario, then by replicate.
    pub fn by_scenario(&self, results: Vec<ReplicateSeries>) -> Vec<Vec<ReplicateSeries>> {
        let count = self.scenarios.len();
        let mut sorted: Vec<Vec<ReplicateSeries>> = vec![Vec::new(); count];
        for (run, result) in results.into_iter().enumerate() {
            sorted[run % count].push(result);
        }
        sorted
    }
}
