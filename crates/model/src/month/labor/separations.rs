//! Separations: layoffs planned by firms, quits and discharges for reasons outside the model, retirements.

use crate::parallel::prelude::*;

use crate::rng::{Purpose, unit32};
use crate::scenario::Parameters;
use crate::town::people::{NO_EMPLOYER, Status, Workers, is_firm};
use crate::town::{Labor, Town};
use crate::units::{Money, OCCUPATIONS};

use super::super::automation;
use super::super::policy;
use super::super::scratch::Scratch;
use super::super::staffing::wanted_mix;

/// Months that count as the first year on a job.
const FIRST_YEAR: u16 = 12;

/// Parts staff from employers, before anybody is hired: who loses a job may find one this month.
pub fn part(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    policy::end_notices(town, p, scratch);
    lay_off(town, p, scratch);
    policy::charge_notices(town, p, scratch);
    separate_at_random(town, p, scratch);
}

/// Lays off the planned number of persons: from the occupation in surplus, the shortest tenure first.
fn lay_off(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let duty = policy::duty(town, p);
    for row in 0..=town.firms.len() {
        let persons = scratch.layoffs[row];
        if persons == 0 {
            continue;
        }
        let (mix, uid) = if row < town.firms.len() {
            (wanted_mix(&town.firms, row, p), town.firms.uid[row])
        } else {
            (p.public.occupations, u64::MAX)
        };
        let duty = duty
            .as_ref()
            .filter(|duty| row < town.firms.len() && policy::applies_to(town, row, duty));
        let staff = scratch.roster.of(row);
        let left = staff.len() as f64 - f64::from(persons);
        let mut head = [0.0; OCCUPATIONS];
        for &worker in staff {
            head[town.workers.occupation[worker as usize] as usize] += 1.0;
        }
        for number in 0..persons {
            let surplus: [f64; OCCUPATIONS] = std::array::from_fn(|o| {
                if head[o] > 0.0 {
                    (head[o] - mix[o] * left).max(1e-9)
                } else {
                    0.0
                }
            });
            let u = town.draws.uniform(uid, town.month, Purpose::Layoff, number);
            let occupation = super::super::staffing::pick(&surplus, u);
            let participants = &town.programs.participants;
            let last_in = staff
                .iter()
                .filter(|&&w| {
                    town.workers.occupation[w as usize] as usize == occupation
                        && town.workers.status[w as usize] == Status::Employed
                        && participants.notice_of(w).is_none()
                })
                .min_by_key(|&&w| (town.workers.months[w as usize], w))
                .copied();
            if let Some(worker) = last_in {
                head[occupation] -= 1.0;
                let automated = automation::frees_jobs(&town.technology, row);
                if automated {
                    automation::put_down(&mut town.technology, row, 1.0);
                    if let Some(duty) = duty {
                        policy::announce(town, row, worker, duty);
                        continue;
                    }
                    town.technology.counts.layoffs += 1;
                }
                lose_job(&mut town.workers, worker as usize, p);
                town.activity.layoffs += 1;
            }
        }
    }
}

/// Makes an employed person or owner unemployed, with insurance if the job lasted long enough.
pub fn lose_job(workers: &mut Workers, worker: usize, p: &Parameters) {
    let qualifies = workers.status[worker] == Status::Employed
        && u32::from(workers.months[worker]) >= p.government.unemployment_qualifying_months;
    workers.benefit_months[worker] = if qualifies {
        p.government.unemployment_months.min(255) as u8
    } else {
        0
    };
    leave_job(workers, worker);
}

/// Ends a job without any claim to insurance.
fn leave_job(workers: &mut Workers, worker: usize) {
    workers.last_wage[worker] = workers.wage[worker];
    workers.wage[worker] = Money::ZERO;
    workers.status[worker] = Status::Unemployed;
    workers.employer[worker] = NO_EMPLOYER;
    workers.months[worker] = 0;
}

/// Quits and discharges for reasons outside the model: more in the first year on a job, fewer later.
fn separate_at_random(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    let left = &scratch.quits;
    let by_occupation = separation_chances(&town.labor, p);
    let Town {
        workers,
        activity,
        draws,
        month,
        technology,
        ..
    } = town;
    let Workers {
        status,
        months,
        benefit_months,
        wage,
        last_wage,
        employer,
        occupation,
        ..
    } = workers;
    let technology = &*technology;
    let (draws, month) = (*draws, *month);
    let labor = &p.labor_market;
    let first = labor.separation_first_year;
    let later = labor.separation_later;
    let occupations = &*occupation;
    let chances = |worker: usize, status: Status, tenure: u16, employer: u32| -> Option<bool> {
        if status != Status::Employed {
            return None;
        }
        let relative = if tenure < FIRST_YEAR { first } else { later };
        let chance = relative * by_occupation[usize::from(occupations[worker])];
        let words = draws.words(worker as u64, month, Purpose::Separation, 0);
        // Technology and training change the part that are quits.
        let quits = labor.separation_quit_share * technology.effects(employer as usize).quits;
        let both = quits + 1.0 - labor.separation_quit_share;
        let chance = chance * both;
        let quit = unit32(words[1]) * both < quits;
        (unit32(words[0]) < chance).then_some(quit)
    };
    let benefits = p.government.unemployment_months.min(255) as u8;
    let qualifying = p.government.unemployment_qualifying_months;
    let (quits, discharges) = (status, months, benefit_months, wage, last_wage, employer)
        .into_par_iter()
        .enumerate()
        .with_min_len(4096)
        .map(
            |(worker, (status, months, benefit, wage, last_wage, employer))| {
                let Some(quit) = chances(worker, *status, *months, *employer) else {
                    return (0u32, 0u32);
                };
                if quit && is_firm(*employer) {
                    left.add(*employer as usize, 1);
                }
                let insured = !quit && u32::from(*months) >= qualifying;
                *benefit = if insured { benefits } else { 0 };
                *last_wage = *wage;
                *wage = Money::ZERO;
                *status = Status::Unemployed;
                *employer = NO_EMPLOYER;
                *months = 0;
                (u32::from(quit), u32::from(!quit))
            },
        )
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    activity.quits += quits;
    activity.layoffs += discharges;
}

/// Monthly separations for reasons outside the model by occupation, the fewer the better paid: where a match is worth
/// more than the alternatives, small shocks do not end it. Their mean over wanted staff is the parameter.
fn separation_chances(labor: &Labor, p: &Parameters) -> [f64; OCCUPATIONS] {
    let rules = &p.labor_market;
    let relative: [f64; OCCUPATIONS] =
        std::array::from_fn(|o| libm::pow(labor.initial_wage[o], -rules.separation_pay_slope));
    let mean = (0..OCCUPATIONS).fold(0.0, |sum, o| sum + labor.wanted_mix[o] * relative[o]);
    relative.map(|chance| rules.exogenous_separation * chance / mean.max(1e-12))
}
