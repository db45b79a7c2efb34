//! What an applicant and an employer are worth to each other: fit, pay offered, acceptance, rank.

use crate::rng::{gumbel, normal, unit32};
use crate::scenario::Parameters;
use crate::town::people::{OUTSIDE_EMPLOYER, PUBLIC_EMPLOYER, Status, Workers};
use crate::town::skill::match_of;
use crate::town::{Firms, Labor};
use crate::units::{Money, TASKS};

use super::Market;

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

/// What an employer and an applicant would make of each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    /// Fit of the applicant in the vacancy's occupation.
    pub fit: f64,
    /// The part of pay and output that belongs to the match.
    pub matched: f64,
    /// What the applicant's work is usually paid there, dollars a month.
    pub worth: f64,
    /// What the employer offers: with the raise of a vacancy that stays open, at least the legal minimum.
    pub pay: f64,
    /// What the post usually pays the mean worker.
    pub usual: f64,
}

impl Meeting {
    pub fn wage(&self) -> Money {
        Money::from_dollars(self.pay)
    }
}

/// Weighs an applicant and a vacancy: `W · premium · ability · fit · experience · match`, raised for a vacancy that has
/// stood open. `words` name the match.
pub(super) fn meet(market: &Market, worker: usize, post: usize, words: [u32; 2]) -> Meeting {
    let (p, workers) = (market.p, market.workers);
    let to = usize::from(market.posts.occupation[post]);
    let employer = market.posts.firm[post];
    let fit = fit_for(workers, worker, to, market.labor, p);
    let z = normal(unit32(words[0]), unit32(words[1]));
    let matched = match_of(z, p.labor_market.match_pay_sd);
    let premium = match employer {
        PUBLIC_EMPLOYER => p.public.wage_premium,
        OUTSIDE_EMPLOYER => p.commuting.outside_pay,
        firm => market.firms.pay_premium[firm as usize],
    };
    let usual = market.labor.wage[to] * premium;
    let experience = market
        .labor
        .profile
        .experience(workers.age_months[worker], to);
    let worth = usual * f64::from(workers.ability[worker]) * fit * experience * matched;
    let raise = market.raises[usize::from(market.posts.months[post]).min(market.raises.len() - 1)];
    Meeting {
        fit,
        matched,
        worth,
        pay: (worth * raise).max(p.labor_market.minimum_wage),
        usual,
    }
}

/// Sectors' pay premia differ for reasons that do not move people: jobs are compared net of them.
pub(super) fn sector_premium(market: &Market, post: usize) -> f64 {
    employer_premium(market.firms, market.posts.firm[post], market.p)
}

/// The premium of an employer's sector.
pub(super) fn employer_premium(firms: &Firms, employer: u32, p: &Parameters) -> f64 {
    match employer {
        PUBLIC_EMPLOYER => p.public.wage_premium,
        OUTSIDE_EMPLOYER => p.commuting.outside_pay,
        firm => p.sectors[usize::from(firms.sector[firm as usize])].wage_premium,
    }
}

/// Whether the worker would take the post: above the reservation wage, or better than the present job.
pub(super) fn acceptable(
    market: &Market,
    worker: usize,
    post: usize,
    pay: f64,
    reservation: f64,
    word: u32,
) -> bool {
    let offered = pay / sector_premium(market, post);
    if reservation > 0.0 {
        return offered >= reservation || with_insured_pay(market, worker, offered) >= reservation;
    }
    let labor = &market.p.labor_market;
    let workers = market.workers;
    let now = workers.wage[worker].dollars()
        / employer_premium(market.firms, workers.employer[worker], market.p);
    let taste = libm::exp(labor.moving_noise * gumbel(unit32(word)));
    offered * taste > (1.0 + labor.moving_gain) * now
}

/// An offer and what wage insurance would add to it.
fn with_insured_pay(market: &Market, worker: usize, offered: f64) -> f64 {
    let Some(cover) = &market.cover else {
        return offered;
    };
    offered + cover.payment(market.workers, worker, offered, market.draws, market.month)
}

/// A firm's rank of an applicant: expected value less pay, relative to what the post usually pays; luck; and the stigma
/// of joblessness. `None` if pay would exceed what the applicant brings.
pub(super) fn ranking(market: &Market, worker: usize, meeting: &Meeting, word: u32) -> Option<f64> {
    let labor = &market.p.labor_market;
    let surplus = (1.0 + labor.match_surplus) * meeting.worth - meeting.pay;
    if surplus < 0.0 {
        return None;
    }
    let mut score = labor.ranking_surplus * surplus / meeting.usual
        + labor.ranking_noise * gumbel(unit32(word));
    let workers = market.workers;
    if workers.status[worker] == Status::Unemployed {
        let months = u32::from(workers.months_out[worker]).min(labor.stigma_months);
        let growth = labor.unemployment_stigma_growth * f64::from(months);
        score -= labor.unemployment_stigma * (1.0 + growth);
    }
    Some(score)
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
