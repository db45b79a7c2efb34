//! What a policy changes: scenarios against a baseline, replicate by replicate.
//!
//! Replicates with one seed and number share every draw they have in common, so the difference within a pair
//! holds the policy's effect and little of the luck both shared. Intervals are Student's t intervals over those
//! paired differences: the noise of the model from run to run, and nothing more.

mod cost;
mod difference;
mod groups;
mod outcome;
mod split;
#[cfg(test)]
mod tests;

use crate::ensemble::ReplicateSeries;
use model::indicators::MonthIndicators;
use model::stats::{mean, present};

use super::bands::values_by_month;
pub use cost::{
    COST_MEASURES, CostChange, JOB_YEARS, LOCAL_DEBT, LOCAL_PURCHASES, ORIGINAL_JOB_YEARS,
    PROGRAM_REVENUE, PROGRAM_SPENDING, PUBLIC_COST, RAISED, REACHED, REST_OF_COUNTRY,
    WORKERS_PLACED,
};
pub use difference::Difference;
pub(crate) use difference::Judge;
pub use groups::{
    DECILE_MEASURES, DecileChange, OCCUPATION_MEASURES, OccupationChange, REAL_INCOME,
    SECTOR_MEASURES, SectorChange,
};
pub use outcome::{OUTCOMES, OutcomeCost, unit_gained};
pub use split::{NOBODY, OUTSIDE_ONLY, Split};

/// Months in a year: the window of rolling means, and of the summary at the end.
pub(crate) const YEAR: usize = 12;

/// The replicates of one scenario.
#[derive(Clone, Copy, Debug)]
pub struct Runs<'a> {
    /// Name of the scenario.
    pub name: &'a str,
    /// Its replicates, in order.
    pub replicates: &'a [ReplicateSeries],
}

/// How scenarios are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Probability that an interval is meant to cover, 0–1.
    pub confidence: f64,
    /// Whether replicates that do not share seed and number may be compared, as independent runs.
    pub allow_unpaired: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Terms {
            confidence: 0.95,
            allow_unpaired: false,
        }
    }
}

/// Scenarios that cannot be compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CompareError {
    /// There is nothing to compare with the baseline.
    #[error("name a baseline and at least one scenario to compare with it")]
    NoScenario,
    /// A scenario has fewer than two replicates: no spread, no interval.
    #[error(
        "{0} has fewer than two replicates, so nothing tells a policy's effect from luck: ask for more with --replicates"
    )]
    TooFew(String),
    /// Replicates do not share their draws.
    #[error(
        "{scenario} does not share its draws with the baseline ({reason}), so differences would be mostly luck: use the \
         same seed and number of replicates, or compare as independent runs with --unpaired"
    )]
    Unpaired {
        /// The scenario.
        scenario: String,
        /// What differs from the baseline.
        reason: String,
    },
    /// Months differ.
    #[error("{scenario} has {found} months and the baseline {baseline}: set run.months alike")]
    Months {
        /// The scenario.
        scenario: String,
        /// Months of its shortest replicate.
        found: usize,
        /// Months of the baseline.
        baseline: usize,
    },
    /// The confidence is not between 0 and 1.
    #[error("a confidence lies between 0 and 1, not at {0}")]
    Confidence(f64),
}

/// Scenarios against their baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Probability that intervals are meant to cover.
    pub confidence: f64,
    /// Whether replicates were compared pair by pair.
    pub paired: bool,
    /// One entry a scenario, in the order given.
    pub scenarios: Vec<ScenarioChange>,
    /// Automation's effect in the world's part and the town's own; empty unless both references are compared.
    pub split: Vec<Split>,
}

/// One scenario against the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioChange {
    /// Name of the scenario.
    pub name: String,
    /// One entry an indicator, in the order of [`MonthIndicators::definitions`].
    pub indicators: Vec<IndicatorChange>,
    /// Income deciles at the last year-end.
    pub deciles: Vec<DecileChange>,
    /// Occupations over the last year.
    pub occupations: Vec<OccupationChange>,
    /// Sectors over the last year.
    pub sectors: Vec<SectorChange>,
    /// Public money and years of work over the whole run.
    pub costs: Vec<CostChange>,
    /// Net public cost of each outcome gained.
    pub outcomes: Vec<OutcomeCost>,
}

/// One indicator of a scenario against the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorChange {
    /// Place of the indicator in [`MonthIndicators::definitions`].
    pub indicator: usize,
    /// Mean of the baseline over the last 12 months and all replicates.
    pub baseline: f64,
    /// Mean of the scenario over the same.
    pub scenario: f64,
    /// Difference of means of the last 12 months.
    pub last_year: Difference,
    /// Difference in each month.
    pub months: Vec<Difference>,
    /// Difference of means of the 12 months that end with each month; missing in the first 11.
    pub rolling: Vec<Difference>,
}

/// Compares scenarios with a baseline.
///
/// # Errors
/// A [`CompareError`] where differences would mean nothing.
pub fn compare(
    baseline: Runs<'_>,
    scenarios: &[Runs<'_>],
    terms: Terms,
) -> Result<Comparison, CompareError> {
    if !(terms.confidence > 0.0 && terms.confidence < 1.0) {
        return Err(CompareError::Confidence(terms.confidence));
    }
    if scenarios.is_empty() {
        return Err(CompareError::NoScenario);
    }
    let mut paired = true;
    for runs in scenarios.iter().chain([&baseline]) {
        if runs.replicates.len() < 2 {
            return Err(CompareError::TooFew(runs.name.to_owned()));
        }
        check_months(&baseline, runs)?;
        if let Some(reason) = why_unpaired(&baseline, runs) {
            if !terms.allow_unpaired {
                return Err(CompareError::Unpaired {
                    scenario: runs.name.to_owned(),
                    reason,
                });
            }
            paired = false;
        }
    }
    let mut judge = Judge::new(terms.confidence, paired);
    let base = Values::of(&baseline);
    let base_sums: Vec<_> = baseline.replicates.iter().map(cost::sums).collect();
    let all: Vec<Values> = scenarios.iter().map(Values::of).collect();
    let changes = scenarios.iter().zip(&all).map(|(runs, values)| {
        let sums: Vec<_> = runs.replicates.iter().map(cost::sums).collect();
        let costs = cost::costs(&base_sums, &sums, &mut judge);
        ScenarioChange {
            name: runs.name.to_owned(),
            indicators: (0..MonthIndicators::definitions().count())
                .map(|indicator| change(&base, values, indicator, &mut judge))
                .collect(),
            deciles: groups::deciles(baseline.replicates, runs.replicates, &mut judge),
            occupations: groups::occupations(baseline.replicates, runs.replicates, &mut judge),
            sectors: groups::sectors(baseline.replicates, runs.replicates, &mut judge),
            outcomes: outcome::outcomes(&base_sums, &sums, &costs, paired),
            costs,
        }
    });
    let changes = changes.collect();
    let names = scenarios.iter().map(|runs| runs.name);
    let mut named: Vec<(&str, &Values)> = names.zip(&all).collect();
    named.insert(0, (baseline.name, &base));
    Ok(Comparison {
        confidence: terms.confidence,
        paired,
        scenarios: changes,
        split: split::split(&named, &mut judge),
    })
}

fn check_months(baseline: &Runs<'_>, runs: &Runs<'_>) -> Result<(), CompareError> {
    let expected = baseline.replicates[0].months.len();
    let mut lengths = runs.replicates.iter().map(|r| r.months.len());
    match lengths.find(|&months| months != expected) {
        Some(found) => Err(CompareError::Months {
            scenario: runs.name.to_owned(),
            found,
            baseline: expected,
        }),
        None => Ok(()),
    }
}

fn why_unpaired(baseline: &Runs<'_>, runs: &Runs<'_>) -> Option<String> {
    let (first, second) = (baseline.replicates, runs.replicates);
    if first.len() != second.len() {
        return Some(format!(
            "{} replicates against {}",
            second.len(),
            first.len()
        ));
    }
    let mut pairs = first.iter().zip(second);
    let (a, b) = pairs.find(|(a, b)| (a.seed, a.replicate) != (b.seed, b.replicate))?;
    Some(if a.seed == b.seed {
        format!("replicate {} against {}", b.replicate, a.replicate)
    } else {
        format!("seed {} against {}", b.seed, a.seed)
    })
}

/// Indicators of one scenario by replicate and month.
struct Values(Vec<Vec<Vec<f64>>>);

impl Values {
    fn of(runs: &Runs<'_>) -> Values {
        Values(runs.replicates.iter().map(values_by_month).collect())
    }

    /// The series of one indicator, one a replicate.
    fn series(&self, indicator: usize) -> Vec<Vec<f64>> {
        let series = |months: &Vec<Vec<f64>>| months.iter().map(|m| m[indicator]).collect();
        self.0.iter().map(series).collect()
    }
}

fn change(base: &Values, other: &Values, indicator: usize, judge: &mut Judge) -> IndicatorChange {
    let (first, second) = (base.series(indicator), other.series(indicator));
    let ends: [Vec<f64>; 2] =
        [&first, &second].map(|runs| runs.iter().map(|series| last_year(series)).collect());
    IndicatorChange {
        indicator,
        baseline: mean(&present(&ends[0])),
        scenario: mean(&present(&ends[1])),
        last_year: judge.difference(&ends[0], &ends[1]),
        months: by_month(&first, &second, judge),
        rolling: by_month(
            &first.iter().map(|s| rolling_mean(s)).collect::<Vec<_>>(),
            &second.iter().map(|s| rolling_mean(s)).collect::<Vec<_>>(),
            judge,
        ),
    }
}

fn by_month(first: &[Vec<f64>], second: &[Vec<f64>], judge: &mut Judge) -> Vec<Difference> {
    let months = first.first().map_or(0, Vec::len);
    let at = |runs: &[Vec<f64>], month: usize| -> Vec<f64> {
        runs.iter().map(|series| series[month]).collect()
    };
    (0..months)
        .map(|month| judge.difference(&at(first, month), &at(second, month)))
        .collect()
}

/// Mean of the last 12 months, or of all if there are fewer; months in which the figure does not exist are left
/// out.
pub(crate) fn last_year(series: &[f64]) -> f64 {
    let window = YEAR.min(series.len());
    mean(&present(&series[series.len() - window..]))
}

/// Means of the 12 months that end with each month; missing before the twelfth, and where a month is missing.
fn rolling_mean(series: &[f64]) -> Vec<f64> {
    (1..=series.len())
        .map(|end| match end.checked_sub(YEAR) {
            Some(start) => mean(&series[start..end]),
            None => f64::NAN,
        })
        .collect()
}
