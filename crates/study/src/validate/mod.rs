//! Validation: published facts the model was not given, measured on the default town.
//!
//! Targets are rows of `scenarios/targets.toml`, each with a range and its source; this room only knows how
//! to measure. A miss is reported like a pass.

mod measures;
mod multipliers;
mod targets;

use model::run::{RunError, RunRecord};
use model::scenario::Parameters;
use model::stats;

pub use targets::{Target, TargetError, TargetNature, TargetTown, targets};

/// Whether a measured value lies in its target's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Inside the range, with a standard error of at most a quarter of its width.
    Pass,
    /// Outside the range by more than two standard errors, or precisely.
    Miss,
    /// The standard error is too large to say: more seeds or larger towns would tell.
    Unsure,
    /// Nothing in the runs could be measured.
    NotMeasured,
}

/// A target and what was measured.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// The published fact.
    pub target: Target,
    /// One value for each seed, NaN where it could not be measured.
    pub values: Vec<f64>,
    /// Mean over seeds.
    pub mean: f64,
    /// Standard error of the mean over seeds.
    pub standard_error: f64,
    /// How the mean, with its standard error, stands to the range.
    pub verdict: Verdict,
}

/// Standard errors beyond which a value is outside a range however imprecise it is.
const SURE: f64 = 2.0;

/// How a mean with its standard error stands to a target. One seed has no standard error and is taken as it is.
fn judge(target: &Target, mean: f64, standard_error: f64) -> Verdict {
    let width = target.low.zip(target.high).map(|(low, high)| high - low);
    // A range with one end is judged by the distance to it.
    let precise = match width {
        Some(width) => standard_error.is_nan() || standard_error <= 0.25 * width,
        None => true,
    };
    match (target.holds(mean), precise) {
        (true, true) => Verdict::Pass,
        (true, false) => Verdict::Unsure,
        (false, false) if target.distance(mean) <= SURE * standard_error => Verdict::Unsure,
        (false, _) => Verdict::Miss,
    }
}

/// Facts met, of those that can be told: only rows that no parameter was set to.
pub fn headline(measurements: &[Measurement]) -> (usize, usize) {
    let external = measurements.iter();
    let external = external.filter(|m| m.target.nature == TargetNature::External);
    let met = external.clone().filter(|m| m.verdict == Verdict::Pass);
    (met.count(), external.count())
}

/// Runs that validation measures, one of each kind a seed.
#[derive(Debug)]
pub struct ValidationRuns {
    /// Parameters of the still town.
    pub still_parameters: Parameters,
    /// The default town.
    pub baseline: Vec<RunRecord>,
    /// The same town without automation and business cycle.
    pub still: Vec<RunRecord>,
    /// The still town with manufacturing's outside demand raised.
    pub more_exports: Vec<RunRecord>,
}

/// Rise of manufacturing's outside demand used to measure multipliers.
pub const EXPORT_RISE: f64 = 0.2;

impl ValidationRuns {
    /// Makes `replicates` runs of each kind with `run`, which simulates one replicate.
    ///
    /// # Errors
    /// The first run that fails.
    pub fn make(
        parameters: &Parameters,
        replicates: u32,
        mut run: impl FnMut(&Parameters, u32) -> Result<RunRecord, RunError>,
    ) -> Result<ValidationRuns, RunError> {
        let mut still = parameters.clone();
        still.automation.enabled = false;
        still.economy.aggregate_shock_sd = 0.0;
        let mut raised = still.clone();
        raised.sectors.manufacturing.export_demand *= 1.0 + EXPORT_RISE;
        let mut runs = ValidationRuns {
            still_parameters: still.clone(),
            baseline: Vec::new(),
            still: Vec::new(),
            more_exports: Vec::new(),
        };
        for replicate in 0..replicates {
            runs.baseline.push(run(parameters, replicate)?);
            runs.still.push(run(&still, replicate)?);
            runs.more_exports.push(run(&raised, replicate)?);
        }
        Ok(runs)
    }

    /// Measures every target.
    pub fn measure(&self, targets: Vec<Target>) -> Vec<Measurement> {
        targets
            .into_iter()
            .map(|target| self.measure_one(target))
            .collect()
    }

    fn measure_one(&self, target: Target) -> Measurement {
        let values = self.values(&target.measured_by, target.town);
        let sound = stats::present(&values);
        let mean = stats::mean(&sound);
        let standard_error = stats::standard_error(&sound);
        let verdict = match sound.is_empty() {
            true => Verdict::NotMeasured,
            false => judge(&target, mean, standard_error),
        };
        Measurement {
            standard_error,
            mean,
            verdict,
            values,
            target,
        }
    }

    /// One value for each seed; empty if no measure has that name.
    fn values(&self, measure: &str, town: TargetTown) -> Vec<f64> {
        if let Some(measure) = measures::by_name(measure) {
            let runs = match town {
                TargetTown::Baseline => &self.baseline,
                TargetTown::Still => &self.still,
            };
            return runs.iter().map(measure).collect();
        }
        if let Some(measure) = multipliers::by_name(measure) {
            let pairs = self.still.iter().zip(&self.more_exports);
            return pairs
                .map(|(base, more)| measure(&self.still_parameters, base, more))
                .collect();
        }
        Vec::new()
    }
}
