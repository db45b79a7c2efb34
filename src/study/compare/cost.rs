//! What a scenario costs the public, over the whole run.

use crate::indicators::MonthIndicators;
use crate::run::ensemble::ReplicateSeries;
use crate::stats::{mean, present};

use super::difference::{Difference, Judge};

/// Public money and jobs that are compared as sums over the recorded months, with unit and meaning.
pub const COST_MEASURES: [(&str, &str, &str); 5] = [
    (
        "local_revenue",
        "dollars",
        "Revenue of the local government.",
    ),
    (
        "local_spending",
        "dollars",
        "Spending of the local government.",
    ),
    (
        "outer_net",
        "dollars",
        "What the outer government pays into the town less the taxes it takes there.",
    ),
    (
        "public_cost",
        "dollars",
        "Net payments of both governments into the town: outer_net and local_spending less local_revenue. Aid from \
         one to the other cancels.",
    ),
    (
        "job_years",
        "years of work",
        "Twelfths of a year that residents worked: the sum of monthly employment over 12.",
    ),
];

/// Place of the public cost in [`COST_MEASURES`].
pub const PUBLIC_COST: usize = 3;
/// Place of years of work in [`COST_MEASURES`].
pub const JOB_YEARS: usize = 4;

/// One sum over the recorded months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostChange {
    /// Place in [`COST_MEASURES`].
    pub measure: usize,
    /// Mean of the baseline.
    pub baseline: f64,
    /// Scenario minus baseline.
    pub difference: Difference,
}

pub(super) fn costs(
    first: &[ReplicateSeries],
    second: &[ReplicateSeries],
    judge: &mut Judge,
) -> Vec<CostChange> {
    let (first, second): (Vec<_>, Vec<_>) = (
        first.iter().map(sums).collect(),
        second.iter().map(sums).collect(),
    );
    let measures = 0..COST_MEASURES.len();
    let change = |measure| {
        let of = |runs: &[[f64; COST_MEASURES.len()]]| -> Vec<f64> {
            runs.iter().map(|run| run[measure]).collect()
        };
        let (a, b) = (of(&first), of(&second));
        CostChange {
            measure,
            baseline: mean(&present(&a)),
            difference: judge.difference(&a, &b),
        }
    };
    measures.map(change).collect()
}

/// Every measure of one replicate, in the order of [`COST_MEASURES`].
fn sums(run: &ReplicateSeries) -> [f64; COST_MEASURES.len()] {
    let total = |of: fn(&MonthIndicators) -> f64| run.months.iter().map(of).sum::<f64>();
    let revenue = total(|month| month.accounts.local_revenue);
    let spending = total(|month| month.accounts.local_spending);
    let outer = total(|month| month.accounts.outer_net);
    let months_worked = total(|month| month.jobs.employment);
    [
        revenue,
        spending,
        outer,
        outer + spending - revenue,
        months_worked / super::YEAR as f64,
    ]
}
