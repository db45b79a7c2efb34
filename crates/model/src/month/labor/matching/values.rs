//! What an applicant and an employer are worth to each other: fit, pay offered, reservation, rank.

use crate::rng::{gumbel, unit32};
use crate::scenario::Parameters;
use crate::town::people::{OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER, Status, Workers, is_firm};
use crate::town::{Firms, Labor};
use crate::units::{Money, TASKS};

use super::{Market, OLDER_MONTHS};

/// Months after which the stigma of unemployment no longer grows.
const STIGMA_MONTHS: u16 = 12;
/// Digital literacy below which it does.
const LITTLE_LITERACY: f32 = 0.3;

/// Months after which a seeker measures offers by what the town pays for the own skills, if that is less than the
/// last wage.
const ADAPTED_MONTHS: u16 = 12;

/// Fit of a worker in an occupation: unchanged in the own one; elsewhere what the skill vector gives,
/// `exp(−κ·|skills − tasks| − λ·max(Δ ln W, 0))`.
pub fn fit_for(workers: &Workers, worker: usize, to: usize, labor: &Labor, p: &Parameters) -> f64 {
    let own = workers.occupation[worker] as usize;
    if own == to {
        return f64::from(workers.fit[worker]);
    }
    let tasks = &p.occupations[to].task_shares;
    let skills = &workers.skills[worker];
    let square = (0..TASKS).fold(0.0, |sum, k| {
        let gap = f64::from(skills[k]) - tasks[k];
        sum + gap * gap
    });
    let distance = libm::sqrt(square) / labor.distance_scale;
    let step = libm::log(labor.initial_wage[to] / labor.initial_wage[own]).max(0.0);
    libm::exp(-p.labor_market.fit_distance * distance - p.labor_market.fit_pay_step * step)
}

/// Wage an employer offers: town's wage × premium × ability × fit, at least the legal minimum.
#[allow(clippy::too_many_arguments)]
pub(super) fn wage_offer(
    workers: &Workers,
    worker: usize,
    firms: &Firms,
    labor: &Labor,
    employer: u32,
    occupation: usize,
    fit: f64,
    p: &Parameters,
) -> Money {
    let premium = match employer {
        PUBLIC_EMPLOYER => p.public.wage_premium,
        OUTSIDE_EMPLOYER => p.commuting.outside_pay,
        firm => firms.pay_premium[firm as usize],
    };
    let wage = labor.wage[occupation] * premium * f64::from(workers.ability[worker]) * fit;
    Money::from_dollars(wage.max(p.labor_market.minimum_wage))
}

pub(super) fn offer(market: &Market, worker: usize, post: usize, fit: f64) -> f64 {
    wage_offer(
        market.workers,
        worker,
        market.firms,
        market.labor,
        market.posts.firm[post],
        market.posts.occupation[post] as usize,
        fit,
        market.p,
    )
    .dollars()
}

/// Sectors' pay premia differ for reasons that do not move people: jobs are compared net of them.
pub(super) fn sector_premium(market: &Market, post: usize) -> f64 {
    employer_premium(market, market.posts.firm[post])
}

fn employer_premium(market: &Market, employer: u32) -> f64 {
    match employer {
        PUBLIC_EMPLOYER => market.p.public.wage_premium,
        OUTSIDE_EMPLOYER => market.p.commuting.outside_pay,
        firm => market.p.sectors[usize::from(market.firms.sector[firm as usize])].wage_premium,
    }
}

/// Whether the worker would take the post: above the reservation wage, or better than the present job.
pub(super) fn acceptable(market: &Market, worker: usize, post: usize, fit: f64, word: u32) -> bool {
    let labor = &market.p.labor_market;
    let offered = offer(market, worker, post, fit) / sector_premium(market, post);
    let workers = market.workers;
    if workers.status[worker] == Status::Employed {
        if market.under_notice(worker) {
            return offered >= labor.reservation_start * workers.wage[worker].dollars();
        }
        let now =
            workers.wage[worker].dollars() / employer_premium(market, workers.employer[worker]);
        let taste = libm::exp(labor.moving_noise * gumbel(unit32(word)));
        offered * taste > (1.0 + labor.moving_gain) * now
    } else {
        let months = f64::from(workers.months[worker]);
        let held = if workers.benefit_months[worker] > 0 {
            labor.reservation_hold
        } else {
            0.0
        };
        let decline = labor.reservation_decline * (1.0 - held);
        let share = (labor.reservation_start - decline * months).max(labor.reservation_floor);
        let mut base = workers.last_wage[worker].dollars();
        if workers.months[worker] >= ADAPTED_MONTHS {
            let own = workers.occupation[worker] as usize;
            let worth = market.labor.wage[own]
                * f64::from(workers.ability[worker])
                * f64::from(workers.fit[worker]);
            base = base.min(worth);
        }
        offered >= share * base || with_insured_pay(market, worker, offered) >= share * base
    }
}

/// An offer and what wage insurance would add to it.
fn with_insured_pay(market: &Market, worker: usize, offered: f64) -> f64 {
    let Some(cover) = &market.cover else {
        return offered;
    };
    offered + cover.payment(market.workers, worker, offered, market.draws, market.month)
}

/// A firm's rank of an applicant: fit, ability, luck, and the stigma of unemployment.
pub(super) fn ranking(market: &Market, worker: usize, fit: f64, word: u32) -> f64 {
    let labor = &market.p.labor_market;
    let workers = market.workers;
    let mut score = labor.ranking_fit * libm::log(fit.max(1e-6))
        + labor.ranking_ability * libm::log(f64::from(workers.ability[worker]).max(1e-6))
        + labor.ranking_noise * gumbel(unit32(word));
    if workers.status[worker] == Status::Unemployed {
        let months = f64::from(workers.months[worker].min(STIGMA_MONTHS));
        score -= labor.unemployment_stigma * (1.0 + labor.unemployment_stigma_growth * months);
    }
    score
}

/// Rank that software takes from applicants over 50 and from those with little digital literacy.
pub(super) fn screening_loss(market: &Market, worker: usize, employer: u32) -> f64 {
    if !is_firm(employer)
        || !market
            .technology
            .effects(employer as usize)
            .screens_applicants
    {
        return 0.0;
    }
    let workers = market.workers;
    let older = workers.age_months[worker] >= OLDER_MONTHS;
    let unversed = workers.digital_literacy[worker] < LITTLE_LITERACY;
    let marks = f64::from(u8::from(older)) + f64::from(u8::from(unversed));
    let a = &market.p.automation;
    let audited = market.audited[employer as usize];
    a.screening_bias * (1.0 - a.screening_audit) * (1.0 - audited) * marks
}

/// Bits of a number as `u32` whose order as integers is the order of the numbers.
pub(super) fn order_bits(value: f64) -> u32 {
    let bits = (value as f32).to_bits();
    if bits >> 31 == 0 {
        bits | 0x8000_0000
    } else {
        !bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_bits_keep_the_order() {
        let values = [-1e9, -2.5, -1e-3, 0.0, 1e-3, 2.5, 1e9];
        for pair in values.windows(2) {
            assert!(order_bits(pair[0]) < order_bits(pair[1]));
        }
        assert!(order_bits(-1e30) > 0);
    }
}
