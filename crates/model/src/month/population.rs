//! Workers age, learn, retire and enter; participation answers conditions; households move in and out.

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose, normal, unit32};
use crate::scenario::Parameters;
use crate::town::participants::LONG_TERM;
use crate::town::people::{NO_EMPLOYER, Status};
use crate::town::skill::match_of;
use crate::town::{Labor, Town, Workers};
use crate::units::{Money, OCCUPATIONS, TASKS};

use super::events::settling_months;

/// Years around the mean retirement age over which people retire.
const RETIREMENT_SPREAD: f64 = 3.0;

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
    let mix = entrant_mix(labor, p);
    let fading_limit = p.labor_market.fading_limit as f32;
    let Workers {
        age_months,
        occupation,
        ability,
        fit,
        skills,
        status,
        months,
        months_out,
        finding,
        last_wage,
        generation,
        ..
    } = &mut *workers;
    let retired: u32 = (
        age_months,
        occupation,
        ability,
        fit,
        skills,
        &*status,
        (months, months_out),
        (last_wage, finding, generation),
    )
        .into_par_iter()
        .enumerate()
        .with_min_len(4096)
        .map(
            |(worker, (age, occupation, ability, fit, skills, status, spell, lasting))| {
                let ((months, months_out), (last_wage, finding, generation)) = (spell, lasting);
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
                    _ => *fit -= fading * (*fit - fading_limit).max(0.0),
                }
                if *status == Status::Owner || !retires(*age, worker, p, month, &draws) {
                    return 0;
                }
                let words = draws.words(worker as u64, month, Purpose::Entrant, 0);
                *age = (12.0 * (p.labor_market.entry_age + 4.0 * unit32(words[0]))) as u16;
                *occupation = pick_cumulative(&mix, unit32(words[1]));
                *skills = tasks[*occupation as usize];
                let rules = &p.labor_market;
                let z = normal(unit32(words[2]), unit32(words[3]));
                let s = rules.ability_spread * p.occupations[*occupation as usize].wage_dispersion;
                *ability = libm::exp(s * z - 0.5 * s * s) as f32;
                *fit = rules.entrant_fit as f32;
                *finding = match_of(
                    draws.normal(worker as u64, month, Purpose::Entrant, 1),
                    rules.finding_spread,
                ) as f32;
                *months = 0;
                *months_out = 0;
                *generation = generation.wrapping_add(1);
                // Nobody who enters has a claim to insurance.
                *last_wage = Money::from_dollars(labor.wage[*occupation as usize]);
                1
            },
        )
        .sum();
    town.activity.retirements += retired;
    if retired > 0 {
        super::residents::keep_retired(town);
        settle_entrants(town);
    }
}

/// Retirement hazard: rises around the mean retirement age.
pub fn retires(age_months: u16, worker: usize, p: &Parameters, month: u32, draws: &Draws) -> bool {
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

/// Occupations of entrants, cumulative: the mix employers want, tilted toward prospects: vacancies per seeker beside
/// the town's, and pay beside that of month 0.
fn entrant_mix(labor: &Labor, p: &Parameters) -> [f64; OCCUPATIONS] {
    let rules = &p.labor_market;
    let town = labor.town_tightness().max(1e-3);
    let mut total = 0.0;
    std::array::from_fn(|o| {
        let chances = labor.tightness(o, rules.tightness_shrinkage, town) / town;
        let pay = labor.wage[o] / labor.outside_wage[o];
        let prospects = rules.entrant_prospects * libm::log(chances.max(1e-3))
            + rules.entrant_pay_prospects * libm::log(pay);
        total += labor.wanted_mix[o] * libm::exp(prospects);
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

/// Part of the long-term unemployed leaves the labor force for good (early retirement, disability) and is missed until
/// those people would have retired: `M += φ (L − L_ref) − δ M`, `L` the unemployed for half a year or more as a share of
/// working age. Spells of the burn-in set what is usual.
fn remember_the_lost(town: &mut Town, p: &Parameters, working_age: f64) {
    let workers = &town.workers;
    let long = (0..workers.len()).filter(|&worker| {
        let jobless = workers.status[worker] == Status::Unemployed;
        jobless && workers.months[worker] >= LONG_TERM && workers.lives_here(worker)
    });
    let share = long.count() as f64 / f64::max(working_age, 1.0);
    let settled = settling_months(p.run.burn_in_months).max(1);
    if town.month < settled {
        // The mean of the second half of those months.
        let first = settled / 2;
        if town.month >= first {
            let number = f64::from(town.month - first + 1);
            let usual = &mut town.anchors.long_term;
            *usual += (share - *usual) / number;
        }
        return;
    }
    let market = &p.labor_market;
    let lost = &mut town.markets.lost_to_work;
    *lost += market.participation_scar * (share - town.anchors.long_term)
        - market.participation_fading * *lost;
}

/// Participation answers unemployment and pay, and remembers: `LF* = WA [part0 + a (u_ref − ū) + b ln(W / W_out) − M]`,
/// closed by a share a month.
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
    remember_the_lost(town, p, working_age);
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
            - town.markets.lost_to_work
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
