//! From a request to its answer: runs what is asked for and sorts what comes back.

use crate::ensemble::{Ensemble, EnsembleError, Event, ReplicateSeries};
use model::run::checkpoint::SavedReplicate;
use model::run::{Model, RunRecord};

use super::compare::{CompareError, Comparison, Runs, Terms, compare};
use super::design::DesignError;
use super::evaluate::{Found, judge};
use super::request::{Asked, Crossing};
use super::sweep::{RunOutcome, SweepPlan};
use super::{StudyScenario, Unreadable};

/// What a study found.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The record of one run.
    Run(Box<RunRecord>),
    /// The replicates of one scenario.
    Ensemble(Vec<ReplicateSeries>),
    /// Scenarios against the first of them, with the replicates of each.
    Comparison {
        /// Names of the scenarios.
        names: Vec<String>,
        /// The replicates of each.
        replicates: Vec<Vec<ReplicateSeries>>,
        /// The differences; none if there is one scenario.
        comparison: Option<Box<Comparison>>,
    },
    /// Outcomes of all runs of a sweep, in order.
    Sweep(Vec<RunOutcome>),
    /// What the model gives for every figure of published evaluations.
    Evaluation(Vec<Found>),
}

/// Why a study has no answer.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// A scenario cannot be read.
    #[error("{0}")]
    Scenario(#[from] Unreadable),
    /// Runs failed or were stopped.
    #[error("{0}")]
    Runs(#[from] EnsembleError),
    /// Scenarios cannot be compared.
    #[error("{0}")]
    Compare(#[from] CompareError),
    /// The design of a sweep cannot be made.
    #[error("{0}")]
    Design(#[from] DesignError),
    /// The saved town to start from is missing or does not suit the request.
    #[error("{0}")]
    Start(String),
    /// A row of published evaluations cannot be used.
    #[error("{0}")]
    Row(String),
}

/// How much work a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Number of runs.
    pub runs: usize,
    /// Months of each, burn-in included (of the longest, if they differ).
    pub months: u32,
    /// Residents of the largest town at month 0, factors of a sweep left out.
    pub residents: u32,
}

impl Asked {
    /// Finds before the first run what could not be answered after the last.
    ///
    /// # Errors
    /// If a scenario cannot be read, or scenarios cannot be compared.
    pub fn check(&self) -> Result<(), StudyError> {
        if let Asked::Compare {
            scenarios,
            replicates,
            allow_unpaired,
            ..
        } = self
        {
            check_pairs(
                &Crossing::new(scenarios, *replicates, None)?,
                *allow_unpaired,
            )?;
        }
        if let Asked::Evaluate { plan } = self {
            plan.check().map_err(StudyError::Row)?;
        }
        Ok(())
    }

    /// How much work it is.
    ///
    /// # Errors
    /// If a scenario cannot be read or a design cannot be made.
    pub fn effort(&self) -> Result<Effort, StudyError> {
        if let Asked::Evaluate { plan } = self {
            let layout = plan.layout().map_err(StudyError::Row)?;
            let run = StudyScenario::read(&plan.scenario, &[])?.parameters;
            return Ok(Effort {
                runs: layout.len(),
                months: layout.longest() + run.run.burn_in_months,
                residents: run.town.residents,
            });
        }
        let (scenarios, runs) = match self {
            Asked::Evaluate { .. } => (&[][..], 0),
            Asked::Run {
                scenario,
                replicates,
            } => (std::slice::from_ref(scenario), *replicates as usize),
            Asked::Compare {
                scenarios,
                replicates: each,
                ..
            }
            | Asked::Branch {
                scenarios,
                futures: each,
                ..
            } => (scenarios.as_slice(), scenarios.len() * *each as usize),
            Asked::Sweep { plan } => (
                std::slice::from_ref(&plan.scenario),
                plan.points()? * plan.replicates as usize,
            ),
        };
        let mut effort = Effort {
            runs,
            months: 0,
            residents: 0,
        };
        for text in scenarios {
            let p = StudyScenario::read(text, &[])?.parameters;
            effort.months = effort.months.max(p.run.burn_in_months + p.run.months);
            effort.residents = effort.residents.max(p.town.residents);
        }
        Ok(effort)
    }
}

/// Runs what is asked for. `saved` is the town that branches start from.
///
/// # Errors
/// Why there is no answer; with a store in `ensemble`, the work done until then is kept there.
pub fn perform<M: Model>(
    asked: &Asked,
    saved: Option<SavedReplicate>,
    ensemble: &Ensemble<'_, M>,
    tell: impl Fn(Event) + Sync,
) -> Result<Answer, StudyError> {
    match asked {
        Asked::Run {
            scenario,
            replicates: 1,
        } => {
            let crossing = Crossing::new(std::slice::from_ref(scenario), 1, None)?;
            let records = ensemble.run(&crossing.runs(), |run| crossing.job(run), |r| r, tell)?;
            match records.into_iter().next() {
                Some(record) => Ok(Answer::Run(Box::new(record))),
                None => Err(StudyError::Start("nothing was run".to_owned())),
            }
        }
        Asked::Run {
            scenario,
            replicates,
        } => {
            let crossing = Crossing::new(std::slice::from_ref(scenario), *replicates, None)?;
            Ok(Answer::Ensemble(series(&crossing, ensemble, tell)?))
        }
        Asked::Compare {
            scenarios,
            replicates,
            confidence,
            allow_unpaired,
        } => {
            let crossing = Crossing::new(scenarios, *replicates, None)?;
            check_pairs(&crossing, *allow_unpaired)?;
            let terms = Terms {
                confidence: *confidence,
                allow_unpaired: *allow_unpaired,
            };
            compared(&crossing, series(&crossing, ensemble, tell)?, terms)
        }
        Asked::Branch {
            scenarios,
            futures,
            confidence,
        } => {
            let missing = || StudyError::Start("there is no saved town to start from".to_owned());
            let crossing = Crossing::new(scenarios, *futures, Some(saved.ok_or_else(missing)?))?;
            let terms = Terms {
                confidence: *confidence,
                allow_unpaired: false,
            };
            compared(&crossing, series(&crossing, ensemble, tell)?, terms)
        }
        Asked::Sweep { plan } => {
            let runs: Vec<usize> = (0..plan.points()? * plan.replicates as usize).collect();
            Ok(Answer::Sweep(perform_sweep(plan, &runs, ensemble, tell)?))
        }
        Asked::Evaluate { plan } => {
            let layout = plan.layout().map_err(StudyError::Row)?;
            let runs: Vec<usize> = (0..layout.len()).collect();
            let kept = ensemble.run(
                &runs,
                |run| layout.job(plan, run),
                |record| layout.keep(record),
                tell,
            )?;
            Ok(Answer::Evaluation(judge(plan, &layout, &kept)))
        }
    }
}

/// Runs some runs of a sweep and returns their outcomes in that order.
///
/// # Errors
/// As [`perform`].
pub fn perform_sweep<M: Model>(
    plan: &SweepPlan,
    runs: &[usize],
    ensemble: &Ensemble<'_, M>,
    tell: impl Fn(Event) + Sync,
) -> Result<Vec<RunOutcome>, StudyError> {
    let settings = plan.settings()?;
    let outcomes = ensemble.run(
        runs,
        |run| {
            let (point, replicate) = SweepPlan::place_of(run, settings.len());
            plan.job(&settings[point], replicate)
        },
        |record| RunOutcome::take(record, &plan.columns),
        tell,
    )?;
    Ok(outcomes)
}

fn series<M: Model>(
    crossing: &Crossing,
    ensemble: &Ensemble<'_, M>,
    tell: impl Fn(Event) + Sync,
) -> Result<Vec<ReplicateSeries>, EnsembleError> {
    ensemble.run(
        &crossing.runs(),
        |run| crossing.job(run),
        |record| record.map(ReplicateSeries::from),
        tell,
    )
}

/// Finds before the first run what [`compare`] would refuse after the last.
fn check_pairs(crossing: &Crossing, allow_unpaired: bool) -> Result<(), CompareError> {
    let Some((baseline, others)) = crossing.scenarios().split_first() else {
        return Err(CompareError::NoScenario);
    };
    let run = &baseline.parameters.run;
    for other in others {
        let found = &other.parameters.run;
        if found.seed != run.seed && !allow_unpaired {
            return Err(CompareError::Unpaired {
                scenario: other.name.clone(),
                reason: format!("seed {} against {}", found.seed, run.seed),
            });
        }
        if found.months != run.months {
            return Err(CompareError::Months {
                scenario: other.name.clone(),
                found: found.months as usize,
                baseline: run.months as usize,
            });
        }
    }
    Ok(())
}

fn compared(
    crossing: &Crossing,
    results: Vec<ReplicateSeries>,
    terms: Terms,
) -> Result<Answer, StudyError> {
    let names: Vec<String> = (crossing.scenarios().iter())
        .map(|scenario| scenario.name.clone())
        .collect();
    let replicates = crossing.by_scenario(results);
    let runs: Vec<Runs<'_>> = (names.iter().zip(&replicates))
        .map(|(name, replicates)| Runs { name, replicates })
        .collect();
    let comparison = match runs.split_first() {
        // One scenario, or one future, has nothing to differ from: the series are the answer.
        Some((baseline, others)) if !others.is_empty() && baseline.replicates.len() > 1 => {
            Some(Box::new(compare(*baseline, others, terms)?))
        }
        _ => None,
    };
    Ok(Answer::Comparison {
        names,
        replicates,
        comparison,
    })
}
