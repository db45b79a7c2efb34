//! Workers and households before anybody has a job: who lives with whom, ages, tastes, and rows kept for newcomers.

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose, unit};
use crate::scenario::Parameters;
use crate::town::people::{
    Households, NO_EMPLOYER, NO_HOUSEHOLD, OUTSIDE_SUPPLIER, Status, Workers,
};
use crate::units::{Money, TASKS};

use super::composition::{Composition, Counts};

/// Years before retirement age over which people leave work, so that fewer of each age are left.
const TAPER_YEARS: f64 = 8.0;
/// Share of an age group still of working age when the taper ends.
const TAPER_LEFT: f64 = 0.3;
/// Spread of the taste for personal service across households (sd of its log), by judgement.
const HUMAN_TASTE_SPREAD: f64 = 0.5;

/// Households with their members' rows; incomes, deposits and suppliers are still empty.
///
/// Rows of residents come first; after them stand rows kept for households that may move in, each a copy of a
/// resident household's composition, whose members are away.
pub(super) fn settle(
    parameters: &Parameters,
    counts: &Counts,
    composition: &Composition,
    draws: &Draws,
) -> (Households, Workers) {
    let residents = composition.workers.len();
    let room = (parameters.town.growth_room * residents as f64).round() as usize;
    let source: Vec<usize> = (0..residents + room)
        .map(|row| template(draws, residents, row))
        .collect();
    let mut households = households(parameters, composition, &source, residents, draws);
    let mut first = 0;
    for (row, start) in households.first_worker.iter_mut().enumerate() {
        *start = first;
        first += u32::from(composition.workers[source[row]]);
    }
    let workers = workers(parameters, &households, counts, draws);
    households.owns_home = (0..households.len())
        .map(|row| owns_home(parameters, &households, &workers, draws, row))
        .collect();
    (households, workers)
}

/// The resident household whose composition a row has: itself, or for rows kept free a random one.
pub(super) fn template(draws: &Draws, residents: usize, row: usize) -> usize {
    if row < residents {
        return row;
    }
    let uniform = draws.uniform(row as u64, 0, Purpose::SynthesisHousehold, 9);
    ((uniform * residents as f64) as usize).min(residents - 1)
}

fn households(
    parameters: &Parameters,
    composition: &Composition,
    source: &[usize],
    residents: usize,
    draws: &Draws,
) -> Households {
    let rows = source.len();
    let demand = &parameters.demand;
    let own = &parameters.households;
    let normal =
        |row: usize, number: u32| draws.normal(row as u64, 0, Purpose::SynthesisHousehold, number);
    let column = |value: &(dyn Fn(usize) -> f64 + Sync)| -> Vec<f32> {
        (0..rows)
            .into_par_iter()
            .map(|row| value(row) as f32)
            .collect()
    };
    let lognormal = |median: f64, sd: f64, z: f64| median * libm::exp(sd * z);
    let copy = |from: &[u8]| source.iter().map(|&row| from[row]).collect::<Vec<u8>>();
    let categories = super::categories(parameters).len();
    Households {
        resident: (0..rows).map(|row| row < residents).collect(),
        since: vec![0; rows],
        owns_home: Vec::new(),
        first_worker: vec![0; rows],
        workers: copy(&composition.workers),
        pensioners: copy(&composition.pensioners),
        persons: copy(&composition.persons),
        deposits: vec![Money::ZERO; rows],
        smoothed_income: vec![0.0; rows],
        yearly_income: vec![0.0; rows],
        smoothed_spending: vec![0.0; rows],
        target_months: column(&|row| {
            lognormal(
                own.target_wealth_months,
                own.target_wealth_spread,
                normal(row, 10),
            )
        }),
        property_income: vec![Money::ZERO; rows],
        price_sensitivity: column(&|row| {
            lognormal(
                demand.price_sensitivity,
                demand.price_sensitivity_spread,
                normal(row, 11),
            )
        }),
        human_taste: column(&|row| lognormal(1.0, HUMAN_TASTE_SPREAD, normal(row, 12))),
        loyalty: column(&|row| demand.loyalty_sd * normal(row, 13)),
        convenience: column(&|row| demand.convenience_sd * normal(row, 14)),
        dividends: vec![Money::ZERO; rows],
        program_income: vec![Money::ZERO; rows],
        counted_on: vec![0.0; rows],
        disposable: vec![Money::ZERO; rows],
        budget: vec![Money::ZERO; rows],
        suppliers: vec![OUTSIDE_SUPPLIER; rows * categories],
        spending: vec![0; rows * categories],
        rationed: vec![0; rows],
    }
}

/// Owner-occupiers by the mean age of working members: shares of the Housing Vacancy Survey, remembered, at 65% in all.
const OWNERS_BY_AGE: [(f64, f64); 4] = [(35.0, 0.40), (45.0, 0.62), (55.0, 0.70), (200.0, 0.77)];
/// The same of households of pensioners.
const OWNERS_PENSIONERS: f64 = 0.79;
/// Mean of those shares over US households.
const OWNERS_MEAN: f64 = 0.65;

fn owns_home(
    parameters: &Parameters,
    households: &Households,
    workers: &Workers,
    draws: &Draws,
    row: usize,
) -> bool {
    let members = households.members(row);
    let months = (members.clone()).map(|worker| u32::from(workers.age_months[worker]));
    let years = f64::from(months.sum::<u32>()) / 12.0 / members.len().max(1) as f64;
    let of_age = OWNERS_BY_AGE.iter().find(|&&(limit, _)| years < limit);
    let share = match of_age {
        Some(&(_, share)) if !members.is_empty() => share,
        _ => OWNERS_PENSIONERS,
    };
    let chance = share * parameters.housing.owner_share / OWNERS_MEAN;
    draws.uniform(row as u64, 0, Purpose::Housing, 0) < chance
}

fn workers(
    parameters: &Parameters,
    households: &Households,
    counts: &Counts,
    draws: &Draws,
) -> Workers {
    let home: Vec<u32> = households
        .workers
        .iter()
        .enumerate()
        .flat_map(|(row, &n)| std::iter::repeat_n(row as u32, usize::from(n)))
        .chain(std::iter::repeat_n(
            NO_HOUSEHOLD,
            counts.outsiders() as usize,
        ))
        .collect();
    let rows = home.len();
    let outsiders = rows - counts.outsiders() as usize;
    let residents = counts.working_age as usize;
    Workers {
        age_months: (0..rows)
            .into_par_iter()
            .map(|row| age(parameters, draws, row as u64))
            .collect(),
        household: home,
        generation: vec![0; rows],
        occupation: vec![0; rows],
        ability: vec![1.0; rows],
        fit: vec![1.0; rows],
        skills: vec![[0.0; TASKS]; rows],
        digital_literacy: vec![0.0; rows],
        status: (0..rows)
            .map(|row| {
                if row < residents {
                    Status::Inactive
                } else if row >= outsiders {
                    Status::Unemployed
                } else {
                    Status::Away
                }
            })
            .collect(),
        employer: vec![NO_EMPLOYER; rows],
        wage: vec![Money::ZERO; rows],
        match_pay: vec![1.0; rows],
        finding: vec![1.0; rows],
        months_out: vec![0; rows],
        last_wage: vec![Money::ZERO; rows],
        months: vec![0; rows],
        benefit_months: vec![0; rows],
        pay: vec![Money::ZERO; rows],
        outsiders: counts.outsiders(),
    }
}

/// Age in months: even between entry into working life and one year past the mean retirement age, thinning out over
/// the last years.
fn age(parameters: &Parameters, draws: &Draws, worker: u64) -> u16 {
    let entry = parameters.labor_market.entry_age;
    let end = (parameters.labor_market.retirement_age + 1.0).max(entry + 1.0);
    let mut years = entry;
    for attempt in 0..16 {
        let words = draws.words(worker, 0, Purpose::SynthesisWorker, 32 + attempt);
        years = entry + (end - entry) * unit(words[0], words[1]);
        let late = ((years - (end - TAPER_YEARS)) / TAPER_YEARS).max(0.0);
        if unit(words[2], words[3]) < 1.0 - (1.0 - TAPER_LEFT) * late {
            break;
        }
    }
    (years * 12.0) as u16
}
