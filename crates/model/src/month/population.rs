//! Workers age, learn, retire and enter; participation answers conditions; households move in and out.

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose, normal, unit32};
use crate::scenario::Parameters;
use crate::town::ledger::Flow;
use crate::town::people::{NO_EMPLOYER, ONLINE_SUPPLIER, OUTSIDE_SUPPLIER, Status};
use crate::town::{Labor, Town, Workers};
use crate::units::{Money, OCCUPATIONS, TASKS};

/// Years around the mean retirement age over which people retire.
const RETIREMENT_SPREAD: f64 = 3.0;
/// How much likelier a household with a jobless member is to leave.
const JOBLESS_LEAVER_WEIGHT: f64 = 10.0;
/// Ability spread of a new entrant to working life (log).
const ENTRANT_ABILITY_SPREAD: f64 = 0.3;

/// Households that live in town.
pub fn resident_households(town: &Town) -> f64 {
    town.households
        .resident
        .iter()
        .filter(|&&here| here)
        .count() as f64
}

/// Households that live in town, relative to month 0.
pub fn resident_share(town: &Town) -> f64 {
    resident_households(town) / town.anchors.households
}

/// Ages everybody by a month; skills grow in use and fade out of it; the old retire and the young take their
/// place in the household.
///
/// The number of people of working age is constant but for migration: each retirement is matched by an entry
/// into working life in the same household, and (not tracked) by a pensioner's death.
pub fn age(town: &mut Town, p: &Parameters) {
    let Town {
        workers,
        draws,
        month,
        labor,
        ..
    } = town;
    let (draws, month) = (*draws, *month);
    let learning = p.labor_market.learning_speed as f32;
    let fading = p.labor_market.fading_speed as f32;
    let tasks: Vec<[f32; TASKS]> = p
        .occupations
        .iter()
        .map(|o| o.task_shares.map(|share| share as f32))
        .collect();
    let mix = entrant_mix(labor, p.labor_market.entrant_posts_weight);
    let Workers {
        age_months,
        occupation,
        ability,
        fit,
        skills,
        status,
        months,
        last_wage,
        ..
    } = &mut *workers;
    let retired: u32 = (
        age_months, occupation, ability, fit, skills, &*status, months, last_wage,
    )
        .into_par_iter()
        .enumerate()
        .with_min_len(4096)
        .map(
            |(worker, (age, occupation, ability, fit, skills, status, months, last_wage))| {
                if *status == Status::Away {
                    return 0;
                }
                *months = months.saturating_add(1);
                *age = age.saturating_add(1);
                let bundle = &tasks[*occupation as usize];
                match status {
                    Status::Employed | Status::Owner => {
                        *fit += learning * (1.0 - *fit);
                        for (skill, task) in skills.iter_mut().zip(bundle) {
                            *skill += learning * (task - *skill);
                        }
                    }
                    _ => *fit -= fading * (*fit - 0.5).max(0.0),
                }
                if *status == Status::Owner || !retires(*age, worker, p, month, &draws) {
                    return 0;
                }
                let words = draws.words(worker as u64, month, Purpose::Entrant, 0);
                *age = (12.0 * (p.labor_market.entry_age + 4.0 * unit32(words[0]))) as u16;
                *occupation = pick_cumulative(&mix, unit32(words[1]));
                *skills = tasks[*occupation as usize];
                let z = normal(unit32(words[2]), unit32(words[3]));
                let s = ENTRANT_ABILITY_SPREAD * p.labor_market.ability_spread;
                *ability = libm::exp(s * z - 0.5 * s * s) as f32;
                *fit = 0.9;
                *months = 0;
                *last_wage = Money::from_dollars(0.8 * labor.wage[*occupation as usize]);
                1
            },
        )
        .sum();
    town.activity.retirements += retired;
    if retired > 0 {
        settle_entrants(town);
    }
}

/// Retirement hazard: rises around the mean retirement age.
fn retires(age_months: u16, worker: usize, p: &Parameters, month: u32, draws: &Draws) -> bool {
    let years = f64::from(age_months) / 12.0 - p.labor_market.retirement_age;
    if years < -2.0 * RETIREMENT_SPREAD {
        return false;
    }
    let chance = 1.0 / 12.0 / (1.0 + libm::exp(-years / (0.5 * RETIREMENT_SPREAD)));
    let words = draws.words(worker as u64, month, Purpose::Separation, 1);
    unit32(words[0]) < chance * 3.0
}

/// Whoever has just entered working life in a row that held a job leaves that job behind and seeks work.
fn settle_entrants(town: &mut Town) {
    let Workers {
        months,
        status,
        employer,
        wage,
        benefit_months,
        age_months,
        ..
    } = &mut town.workers;
    (months, status, employer, wage, benefit_months, &*age_months)
        .into_par_iter()
        .with_min_len(4096)
        .for_each(|(months, status, employer, wage, benefit, _)| {
            // A month count of 0 after ageing marks a fresh entrant: everybody else has at least 1.
            if *months == 0 && *status != Status::Away {
                if *status != Status::Inactive {
                    *status = Status::Unemployed;
                }
                *employer = NO_EMPLOYER;
                *wage = Money::ZERO;
                *benefit = 0;
            }
        });
}

/// Occupations of entrants, cumulative: the mix employers want, and open posts.
fn entrant_mix(labor: &Labor, posts_weight: f64) -> [f64; OCCUPATIONS] {
    let posts = labor.open_posts.iter().fold(0.0, |sum, open| sum + open);
    let weight = if posts > 0.0 { posts_weight } else { 0.0 };
    let mut total = 0.0;
    std::array::from_fn(|o| {
        total +=
            (1.0 - weight) * labor.wanted_mix[o] + weight * labor.open_posts[o] / posts.max(1.0);
        total
    })
}

fn pick_cumulative(cumulative: &[f64; OCCUPATIONS], uniform: f64) -> u8 {
    let mark = uniform * cumulative[OCCUPATIONS - 1];
    cumulative
        .iter()
        .position(|&c| c > mark)
        .unwrap_or(OCCUPATIONS - 1) as u8
}

/// Participation answers unemployment and pay: `LF* = WA [part0 + a (u_ref − ū) + b ln(W / W_out)]`, closed
/// by a share a month.
pub fn adjust_participation(town: &mut Town, p: &Parameters) {
    let (mut working_age, mut active, mut inactive, mut jobless) = (0.0, 0.0, 0.0, 0.0);
    let residents = town.workers.first_outsider();
    for status in &town.workers.status[..residents] {
        match status {
            Status::Away => continue,
            Status::Inactive => inactive += 1.0,
            Status::Unemployed => {
                active += 1.0;
                jobless += 1.0;
            }
            _ => active += 1.0,
        }
        working_age += 1.0;
    }
    let labor = &town.labor;
    let pay = (0..OCCUPATIONS).fold(0.0, |sum, o| {
        sum + labor.wanted_mix[o] * libm::log(labor.wage[o] / labor.outside_wage[o])
    });
    let slack = town.anchors.reference_unemployment - labor.smoothed_unemployment;
    let market = &p.labor_market;
    let wanted = working_age
        * (town.anchors.participation
            + market.participation_unemployment_response * slack
            + market.participation_wage_response * pay
            + super::policy::participation_shift(town, p));
    let change = market.participation_adjustment * (wanted - active);
    let (from, chance) = if change > 0.0 {
        (Status::Inactive, change / f64::max(inactive, 1.0))
    } else {
        (Status::Unemployed, -change / f64::max(jobless, 1.0))
    };
    let (draws, month) = (town.draws, town.month);
    let Workers {
        status,
        months,
        benefit_months,
        ..
    } = &mut town.workers;
    (status, months, benefit_months)
        .into_par_iter()
        .enumerate()
        .with_min_len(4096)
        .for_each(|(worker, (status, months, benefit))| {
            if *status != from || worker >= residents {
                return;
            }
            let words = draws.words(worker as u64, month, Purpose::Participation, 0);
            if unit32(words[0]) < chance.min(0.5) {
                *status = if from == Status::Inactive {
                    Status::Unemployed
                } else {
                    Status::Inactive
                };
                *months = 0;
                *benefit = 0;
            }
        });
}

/// Households move in when unemployment is below its reference, and out when it is above.
pub fn migrate(town: &mut Town, p: &Parameters) {
    let slack = town.anchors.reference_unemployment - town.labor.smoothed_unemployment;
    let response = if slack > 0.0 {
        p.migration.inflow_response
    } else {
        p.migration.outflow_response
    };
    let expected = response * slack.abs() * town.anchors.households;
    let households = town
        .draws
        .round(expected, 0, town.month, Purpose::Migration, 0);
    if slack > 0.0 {
        move_in(town, households as usize, p);
    } else {
        move_out(town, households as f64);
    }
}

/// Brings households in: rows kept empty for them, in order.
fn move_in(town: &mut Town, count: usize, p: &Parameters) {
    let mut left = count;
    for household in 0..town.households.len() {
        if left == 0 {
            break;
        }
        if town.households.resident[household] {
            continue;
        }
        left -= 1;
        let categories = town.markets.category_sector.len();
        let h = &mut town.households;
        h.resident[household] = true;
        let income = f64::from(h.smoothed_income[household]);
        let wanted = f64::from(h.target_months[household]) * income;
        let brought = Money::from_dollars(p.migration.deposits_brought * wanted);
        h.deposits[household] += brought;
        h.dividends[household] = Money::ZERO;
        h.disposable[household] = Money::ZERO;
        for category in 0..categories {
            h.suppliers[household * categories + category] = OUTSIDE_SUPPLIER;
        }
        // They look around for everything at once.
        h.rationed[household] = u16::MAX;
        town.ledger.record(Flow::DepositsBrought, brought);
        for worker in town.households.members(household) {
            let words = town
                .draws
                .words(worker as u64, town.month, Purpose::Migration, 1);
            let seeks = unit32(words[0]) < town.anchors.participation;
            town.workers.status[worker] = if seeks {
                Status::Unemployed
            } else {
                Status::Inactive
            };
            town.workers.months[worker] = 0;
            town.workers.benefit_months[worker] = 0;
        }
        town.activity.households_in += 1;
    }
}

/// Lets households leave: none that owns a firm, and far more often one with a jobless member. They take
/// their deposits along and keep their row, so that they, or others like them, may come back.
fn move_out(town: &mut Town, expected: f64) {
    if expected <= 0.0 {
        return;
    }
    let weight = |town: &Town, household: usize| -> f64 {
        if !town.households.resident[household] {
            return 0.0;
        }
        let mut jobless = false;
        for worker in town.households.members(household) {
            match town.workers.status[worker] {
                Status::Owner => return 0.0,
                Status::Unemployed => jobless = true,
                _ => {}
            }
        }
        if jobless { JOBLESS_LEAVER_WEIGHT } else { 1.0 }
    };
    let total: f64 = (0..town.households.len()).fold(0.0, |sum, h| sum + weight(town, h));
    let per_weight = expected / total.max(1.0);
    for household in 0..town.households.len() {
        let w = weight(town, household);
        if w == 0.0 {
            continue;
        }
        let words = town
            .draws
            .words(household as u64, town.month, Purpose::Migration, 2);
        if unit32(words[0]) >= (w * per_weight).min(1.0) {
            continue;
        }
        leave(town, household);
    }
}

fn leave(town: &mut Town, household: usize) {
    let taken = town.households.deposits[household];
    town.households.deposits[household] = Money::ZERO;
    town.households.resident[household] = false;
    town.households.budget[household] = Money::ZERO;
    town.households.dividends[household] = Money::ZERO;
    town.ledger.record(Flow::DepositsTaken, taken);
    let categories = town.markets.category_sector.len();
    let first = household * categories;
    town.households.spending[first..first + categories].fill(0);
    for supplier in &mut town.households.suppliers[first..first + categories] {
        *supplier = (*supplier).max(ONLINE_SUPPLIER);
    }
    for worker in town.households.members(household) {
        let workers = &mut town.workers;
        if workers.status[worker] == Status::Employed {
            workers.last_wage[worker] = workers.wage[worker];
        }
        workers.status[worker] = Status::Away;
        workers.employer[worker] = NO_EMPLOYER;
        workers.wage[worker] = Money::ZERO;
        workers.pay[worker] = Money::ZERO;
        workers.months[worker] = 0;
        workers.benefit_months[worker] = 0;
    }
    town.activity.households_out += 1;
}
