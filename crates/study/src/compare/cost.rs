//! What a scenario costs the public, over the whole run.

use crate::ensemble::ReplicateSeries;
use model::indicators::MonthIndicators;
use model::stats::{mean, present};

use super::difference::{Difference, Judge};

/// Public money and jobs that are compared as sums over the recorded months, with unit and meaning.
pub const COST_MEASURES: [(&str, &str, &str); 21] = [
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
    (
        "program_spending_local",
        "dollars",
        "Paid by the local government's programs of the timeline, as in the table policies of a run; part of \
         local_spending.",
    ),
    (
        "program_spending_outer",
        "dollars",
        "Paid by the outer government's programs of the timeline.",
    ),
    (
        "program_revenue",
        "dollars",
        "Collected by levies and duties of the timeline for either government.",
    ),
    (
        "person_months",
        "person-months",
        "Persons paid, served or covered by programs, summed over months; somebody in two programs counts twice.",
    ),
    (
        "people_reached",
        "persons",
        "Persons whom programs reached for the first time in their present spell; programs that pay everybody count \
         none.",
    ),
    (
        "firm_months",
        "firm-months",
        "Firms paid, served or covered by programs, summed over months; of programs that pay once, payments.",
    ),
    (
        "placed_gain",
        "persons",
        "Persons at work 12 months after a lottery of the timeline's programs that drew them, less as many of those it \
         did not draw, of the same occupations and durations of joblessness.",
    ),
    (
        "local_purchases",
        "dollars at month-0 prices",
        "Households' purchases of goods and services from firms in town, housing apart, over the price index of those \
         purchases.",
    ),
    (
        "original_job_years",
        "years of work",
        "Twelfths of a year that residents of month 0 worked, in town or elsewhere, until 65: the sum of \
         original_employed over 12.",
    ),
    (
        "original_job_years_low",
        "years of work",
        "The same if every leaver were without work.",
    ),
    (
        "original_job_years_stayers",
        "years of work",
        "The same if leavers worked as often as stayers: the stayers' employment rate times the residents of month 0.",
    ),
    (
        "local_raised",
        "dollars",
        "Raised by the local government: taxes, licenses and what its programs collect, aid apart.",
    ),
    (
        "outer_raised",
        "dollars",
        "Raised in town by the outer government, duties and what its programs collect included.",
    ),
    (
        "program_tax",
        "dollars",
        "Of outer_raised, the national tax that pays for programs.",
    ),
    (
        "local_debt",
        "dollars",
        "Debt of the local government at the end of the last month; not a sum.",
    ),
    (
        "rest_of_country",
        "dollars",
        "What the rest of the country pays into the town through the outer government: as outer_net.",
    ),
];

/// Places of what each government raised in [`COST_MEASURES`].
pub const RAISED: [usize; 2] = [16, 17];
/// Place of the local government's debt in [`COST_MEASURES`].
pub const LOCAL_DEBT: usize = 19;
/// Place of the rest of the country's payments in [`COST_MEASURES`].
pub const REST_OF_COUNTRY: usize = 20;

/// Place of the public cost in [`COST_MEASURES`].
pub const PUBLIC_COST: usize = 3;
/// Place of years of work in [`COST_MEASURES`].
pub const JOB_YEARS: usize = 4;

/// Place of programs' spending by the local and the outer government in [`COST_MEASURES`].
pub const PROGRAM_SPENDING: [usize; 2] = [5, 6];
/// Place of what programs collect in [`COST_MEASURES`].
pub const PROGRAM_REVENUE: usize = 7;
/// Places of person-months, persons and firm-months that programs reached in [`COST_MEASURES`].
pub const REACHED: [usize; 3] = [8, 9, 10];
/// Place of those drawn who are at work, less of those not drawn, in [`COST_MEASURES`].
pub const WORKERS_PLACED: usize = 11;
/// Place of purchases from firms in town in [`COST_MEASURES`].
pub const LOCAL_PURCHASES: usize = 12;
/// Place of years of work of the residents of month 0 in [`COST_MEASURES`]; after it stand its two bounds.
pub const ORIGINAL_JOB_YEARS: usize = 13;

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

/// Every measure of one replicate, in the order of [`COST_MEASURES`].
pub(super) type Sums = [f64; COST_MEASURES.len()];

/// One measure of every replicate.
pub(super) fn column(runs: &[Sums], measure: usize) -> Vec<f64> {
    runs.iter().map(|run| run[measure]).collect()
}

pub(super) fn costs(first: &[Sums], second: &[Sums], judge: &mut Judge) -> Vec<CostChange> {
    let measures = 0..COST_MEASURES.len();
    let change = |measure| {
        let (a, b) = (column(first, measure), column(second, measure));
        CostChange {
            measure,
            baseline: mean(&present(&a)),
            difference: judge.difference(&a, &b),
        }
    };
    measures.map(change).collect()
}

pub(super) fn sums(run: &ReplicateSeries) -> Sums {
    let total = |of: fn(&MonthIndicators) -> f64| run.months.iter().map(of).sum::<f64>();
    let revenue = total(|month| month.accounts.local_revenue);
    let spending = total(|month| month.accounts.local_spending);
    let outer = total(|month| month.accounts.outer_net);
    let months_worked = total(|month| month.jobs.employment);
    let bought_locally = total(|month| {
        let spending = &month.spending;
        let bought = (spending.consumption - spending.housing_spending) * spending.local_share
            / spending.price_index;
        // There is neither a share nor an index where nothing is bought.
        if bought.is_finite() { bought } else { 0.0 }
    });
    [
        revenue,
        spending,
        outer,
        outer + spending - revenue,
        months_worked / super::YEAR as f64,
        total(|month| month.public.program_spending_local),
        total(|month| month.public.program_spending_outer),
        total(|month| month.public.program_revenue),
        total(|month| month.public.program_people),
        run.people_reached,
        total(|month| month.public.program_firms),
        run.placed_gain,
        bought_locally,
        total(|month| month.residents.original_employed) / super::YEAR as f64,
        total(|month| month.residents.original_employed_stayers) / super::YEAR as f64,
        total(|month| {
            let residents = &month.residents;
            let stayers = residents.original_employment_rate_stayers;
            // Where nobody stayed there is no rate.
            let rate = if stayers.is_finite() { stayers } else { 0.0 };
            rate * residents.original_residents
        }) / super::YEAR as f64,
        total(|month| month.finance.local_raised),
        total(|month| month.finance.outer_raised),
        total(|month| month.finance.program_tax),
        run.months
            .last()
            .map_or(0.0, |month| month.finance.local_debt),
        total(|month| month.finance.rest_of_country),
    ]
}
