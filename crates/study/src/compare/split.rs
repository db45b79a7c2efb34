//! What automation does, in two parts: what comes from outside, and what the town's own businesses choose.

use model::indicators::MonthIndicators;

use super::difference::{Difference, Judge};
use super::{Values, last_year};

/// Name of the scenario in which nobody automates, inside or outside.
pub const NOBODY: &str = "no-automation";
/// Name of the scenario in which only the world outside automates.
pub const OUTSIDE_ONLY: &str = "outside-only";

/// One indicator of a scenario with automation, means of the last 12 months.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Name of the scenario.
    pub scenario: String,
    /// Place of the indicator in [`MonthIndicators::definitions`].
    pub indicator: usize,
    /// Mean where nobody automates.
    pub nobody: f64,
    /// The scenario against the town where nobody automates.
    pub whole: Difference,
    /// Of this, what the world outside does to a town that adopts nothing.
    pub world: Difference,
    /// Of this, what the town's own adoption adds.
    pub town: Difference,
}

/// Splits the effect of every scenario that is no reference; nothing unless both references are there.
pub(super) fn split(runs: &[(&str, &Values)], judge: &mut Judge) -> Vec<Split> {
    let find = |name: &str| runs.iter().find(|(other, _)| *other == name);
    let (Some((_, nobody)), Some((_, outside))) = (find(NOBODY), find(OUTSIDE_ONLY)) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for (name, values) in runs {
        if *name == NOBODY || *name == OUTSIDE_ONLY {
            continue;
        }
        for indicator in 0..MonthIndicators::definitions().count() {
            let [none, world, both] = [nobody, outside, values].map(|values| {
                let series = values.series(indicator);
                series.iter().map(|s| last_year(s)).collect::<Vec<f64>>()
            });
            rows.push(Split {
                scenario: (*name).to_owned(),
                indicator,
                nobody: model::stats::mean(&model::stats::present(&none)),
                whole: judge.difference(&none, &both),
                world: judge.difference(&none, &world),
                town: judge.difference(&world, &both),
            });
        }
    }
    rows
}
