//! Search and matching (MODEL.md, Hire): two rounds of applications, offers and acceptances a month.
//!
//! Semantics: in a round every seeker sends its applications at once; whether an applicant suits the post is
//! drawn for each application, so a post that nobody suitable applies to stays open; every post makes one offer,
//! to its best suitable applicant; every seeker takes its best offer. Ranks are compared as integers with the
//! seeker's number as tie-break, so the outcome does not depend on the order in which threads run.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::rng::{Draws, Purpose, gumbel, unit32};
use crate::scenario::Parameters;
use crate::town::participants::{Notice, notice_of};
use crate::town::people::{PUBLIC_EMPLOYER, Status, Workers};
use crate::town::{Firms, Labor, Posts, Technology, Town};
use crate::units::{Money, OCCUPATIONS, TASKS};

use super::super::policy::insurance;
use super::super::scratch::{Cents, Scratch};

/// Rounds of applications a month.
const ROUNDS: u32 = 2;
/// Months after which the stigma of unemployment no longer grows.
const STIGMA_MONTHS: u16 = 12;
/// Age, in months, from which hiring software marks an applicant down.
const OLDER_MONTHS: u16 = 50 * 12;
/// Digital literacy below which it does.
const LITTLE_LITERACY: f32 = 0.3;

/// Months after which a seeker measures offers by what the town pays for the own skills, if that is less than the
/// last wage.
const ADAPTED_MONTHS: u16 = 12;

/// Working memory of matching.
#[derive(Debug, Default)]
pub struct Matching {
    seekers: Vec<u32>,
    best: Vec<AtomicU64>,
    /// Posts by occupation: start of each occupation's bucket, and post rows.
    bucket_start: [u32; OCCUPATIONS + 1],
    bucket: Vec<u32>,
    filled: Vec<bool>,
    /// Best offer of each seeker: value and post.
    offer: Vec<(f64, u32)>,
    /// Occupations other than its own that a seeker of each occupation tries, cumulative.
    elsewhere: Vec<[f64; OCCUPATIONS]>,
    /// Chance that an applicant of one occupation suits a post of another.
    suitability: Vec<[f64; OCCUPATIONS]>,
}

/// Matches seekers to posts and moves those hired; posts left open stay in the list.
pub fn hire(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let m = &mut scratch.matching;
    m.filled.clear();
    m.filled.resize(town.posts.len(), false);
    m.set_suitability(&town.labor, p);
    let jobless = |status: &Status| *status == Status::Unemployed;
    town.activity.seekers = town.workers.status.iter().filter(|s| jobless(s)).count() as u32;
    for round in 0..ROUNDS {
        m.list_seekers(town, p, round);
        m.list_posts(&town.posts, &town.labor, p);
        let market = Market {
            workers: &town.workers,
            firms: &town.firms,
            technology: &town.technology,
            labor: &town.labor,
            posts: &town.posts,
            p,
            draws: &town.draws,
            month: town.month,
            round,
            notices: &town.programs.participants.notices,
            cover: insurance::cover(town, p),
            audited: &scratch.audited,
        };
        m.apply(&market);
        m.make_offers(&market);
        m.accept(town, p, &scratch.quits);
    }
    remember_open_posts(town, &m.filled, p);
}

/// What applicants and firms see in a round.
struct Market<'a> {
    workers: &'a Workers,
    firms: &'a Firms,
    technology: &'a Technology,
    labor: &'a Labor,
    posts: &'a Posts,
    p: &'a Parameters,
    draws: &'a Draws,
    month: u32,
    round: u32,
    /// Layoffs announced, by worker.
    notices: &'a [Notice],
    /// Wage insurance in force.
    cover: Option<insurance::Cover<'a>>,
    /// Part of the bias of each firm's hiring software that an audit removes.
    audited: &'a [f64],
}

impl Market<'_> {
    /// Whether the worker's job is about to end.
    fn under_notice(&self, worker: usize) -> bool {
        !self.notices.is_empty() && notice_of(self.notices, worker as u32).is_some()
    }
}

impl Matching {
    /// Suitability by pair of occupations: `s · exp(−κ·distance − λ·max(Δ ln W, 0))`.
    fn set_suitability(&mut self, labor: &Labor, p: &Parameters) {
        let market = &p.labor_market;
        self.suitability.resize(OCCUPATIONS, [0.0; OCCUPATIONS]);
        for from in 0..OCCUPATIONS {
            for to in 0..OCCUPATIONS {
                let step = libm::log(labor.initial_wage[to] / labor.initial_wage[from]).max(0.0);
                let distance = f64::from(labor.distance[from * OCCUPATIONS + to]);
                self.suitability[from][to] = market.suitability
                    * libm::exp(
                        -market.suitability_distance * distance
                            - market.suitability_pay_step * step,
                    );
            }
        }
    }

    /// The jobless, those under notice, and the employed who look in this round.
    fn list_seekers(&mut self, town: &Town, p: &Parameters, round: u32) {
        let (workers, draws, month) = (&town.workers, &town.draws, town.month);
        let notices = &town.programs.participants.notices;
        let looking = 0.5 * p.labor_market.on_the_job_search_share;
        let seeks = |worker: usize| match workers.status[worker] {
            Status::Unemployed => true,
            Status::Employed => {
                let words = draws.words(worker as u64, month, Purpose::JobSearch, u32::MAX - round);
                unit32(words[0]) < looking
                    || !notices.is_empty() && notice_of(notices, worker as u32).is_some()
            }
            _ => false,
        };
        let mut seekers = std::mem::take(&mut self.seekers);
        (0..workers.len() as u32)
            .into_par_iter()
            .with_min_len(4096)
            .map(|worker| {
                if seeks(worker as usize) {
                    worker
                } else {
                    u32::MAX
                }
            })
            .collect_into_vec(&mut seekers);
        seekers.retain(|&worker| worker != u32::MAX);
        self.seekers = seekers;
    }

    /// Open posts by occupation, and where seekers look outside their own occupation: near occupations with
    /// many posts.
    fn list_posts(&mut self, posts: &Posts, labor: &Labor, p: &Parameters) {
        let mut count = [0u32; OCCUPATIONS];
        for post in 0..posts.len() {
            if !self.filled[post] {
                count[posts.occupation[post] as usize] += 1;
            }
        }
        let mut start = 0;
        for occupation in 0..OCCUPATIONS {
            self.bucket_start[occupation] = start;
            start += count[occupation];
        }
        self.bucket_start[OCCUPATIONS] = start;
        let mut next = self.bucket_start;
        self.bucket.resize(start as usize, 0);
        for post in 0..posts.len() {
            if !self.filled[post] {
                let slot = &mut next[posts.occupation[post] as usize];
                self.bucket[*slot as usize] = post as u32;
                *slot += 1;
            }
        }
        self.elsewhere.resize(OCCUPATIONS, [0.0; OCCUPATIONS]);
        for from in 0..OCCUPATIONS {
            let mut total = 0.0;
            for to in 0..OCCUPATIONS {
                if to != from {
                    let distance = f64::from(labor.distance[from * OCCUPATIONS + to]);
                    let near = libm::exp(-p.labor_market.suitability_distance * distance);
                    total += near * f64::from(count[to]);
                }
                self.elsewhere[from][to] = total;
            }
        }
        if self.best.len() < posts.len() {
            self.best.resize_with(posts.len(), AtomicU64::default);
        }
        for best in &mut self.best[..posts.len()] {
            *best.get_mut() = 0;
        }
    }

    /// Sends every seeker's applications; each post remembers its best suitable applicant.
    fn apply(&self, market: &Market) {
        self.seekers
            .par_iter()
            .enumerate()
            .with_min_len(512)
            .for_each(|(seeker, &worker)| {
                let labor = &market.p.labor_market;
                let jobless = market.workers.status[worker as usize] == Status::Unemployed;
                let applications = if jobless || market.under_notice(worker as usize) {
                    labor.applications
                } else {
                    labor.applications_employed
                };
                for number in 0..applications {
                    self.apply_once(market, seeker as u32, worker as usize, number);
                }
            });
    }

    fn apply_once(&self, market: &Market, seeker: u32, worker: usize, number: u32) {
        let labor = &market.p.labor_market;
        let words = market.draws.words(
            worker as u64,
            market.month,
            Purpose::JobSearch,
            market.round * 16 + number,
        );
        let own = market.workers.occupation[worker] as usize;
        let Some(to) = self.occupation_tried(own, unit32(words[0]), labor.own_occupation_share)
        else {
            return;
        };
        let first = self.bucket_start[to];
        let posts = self.posts_in(to);
        let pick = (u64::from(words[1]) * u64::from(posts)) >> 32;
        let post = self.bucket[first as usize + pick as usize];
        let employer = market.posts.firm[post as usize];
        if employer == market.workers.employer[worker] {
            return;
        }
        let suits = market.draws.words(
            worker as u64,
            market.month,
            Purpose::Suitability,
            market.round * 16 + number,
        );
        if unit32(suits[0]) >= self.suitability[own][to] {
            return;
        }
        let fit = fit_for(market.workers, worker, to, market.labor, market.p);
        if !acceptable(market, worker, post as usize, fit, words[2]) {
            return;
        }
        let score =
            ranking(market, worker, fit, words[3]) - screening_loss(market, worker, employer);
        let packed = (u64::from(order_bits(score)) << 32) | u64::from(u32::MAX - seeker);
        self.best[post as usize].fetch_max(packed, Ordering::Relaxed);
    }

    fn posts_in(&self, occupation: usize) -> u32 {
        self.bucket_start[occupation + 1] - self.bucket_start[occupation]
    }

    /// Occupation that an application goes to: the own one with chance `own_share` if it has open posts, otherwise
    /// a near one with many. `None` if no other has any.
    fn occupation_tried(&self, own: usize, uniform: f64, own_share: f64) -> Option<usize> {
        // Where the own occupation has no posts, as often in a small town, all applications go elsewhere.
        let own_share = if self.posts_in(own) > 0 {
            own_share
        } else {
            0.0
        };
        if uniform < own_share {
            return Some(own);
        }
        let rest = (uniform - own_share) / (1.0 - own_share);
        let cumulative = &self.elsewhere[own];
        let mark = rest * cumulative[OCCUPATIONS - 1];
        cumulative.iter().position(|&c| c > mark)
    }

    /// Every post offers to its best applicant; every seeker keeps its best offer.
    fn make_offers(&mut self, market: &Market) {
        self.offer.clear();
        self.offer
            .resize(self.seekers.len(), (f64::NEG_INFINITY, u32::MAX));
        for post in 0..market.posts.len() {
            let packed = *self.best[post].get_mut();
            if self.filled[post] || packed == 0 {
                continue;
            }
            let seeker = (u32::MAX - packed as u32) as usize;
            let worker = self.seekers[seeker] as usize;
            let to = market.posts.occupation[post] as usize;
            let fit = fit_for(market.workers, worker, to, market.labor, market.p);
            let value = offer(market, worker, post, fit) / sector_premium(market, post);
            if value > self.offer[seeker].0 {
                self.offer[seeker] = (value, post as u32);
            }
        }
    }

    /// Moves every seeker with an offer to the post.
    fn accept(&mut self, town: &mut Town, p: &Parameters, left: &Cents) {
        let insured_pay = !p.timeline.policies.is_empty();
        for (&worker, &(_, post)) in self.seekers.iter().zip(&self.offer) {
            if post == u32::MAX {
                continue;
            }
            let (worker, post) = (worker as usize, post as usize);
            self.filled[post] = true;
            let to = town.posts.occupation[post] as usize;
            let fit = fit_for(&town.workers, worker, to, &town.labor, p);
            let wage = wage_offer(
                &town.workers,
                worker,
                &town.firms,
                &town.labor,
                town.posts.firm[post],
                to,
                fit,
                p,
            );
            let workers = &mut town.workers;
            town.activity.hires[to] += 1;
            if workers.status[worker] == Status::Employed {
                town.activity.job_to_job += 1;
                town.activity.quits += 1;
                let from = workers.employer[worker];
                if from < PUBLIC_EMPLOYER {
                    left.add(from as usize, 1);
                }
            } else {
                town.activity.hired_from_unemployment += 1;
                if insured_pay && workers.benefit_months[worker] > 0 {
                    town.programs.participants.hired.push(worker as u32);
                }
            }
            if workers.occupation[worker] as usize != to {
                town.activity.occupation_changes += 1;
            }
            count_screening(
                &mut town.technology,
                town.posts.firm[post],
                workers.age_months[worker],
            );
            workers.occupation[worker] = to as u8;
            workers.fit[worker] = fit as f32;
            workers.status[worker] = Status::Employed;
            workers.employer[worker] = town.posts.firm[post];
            workers.wage[worker] = wage;
            workers.months[worker] = 0;
            workers.benefit_months[worker] = 0;
        }
    }
}

/// Counts a hire by whether software screened the applicants and by age.
fn count_screening(technology: &mut Technology, employer: u32, age_months: u16) {
    if !technology.is_on() || employer == PUBLIC_EMPLOYER {
        return;
    }
    let older = u32::from(age_months >= OLDER_MONTHS);
    let screens = technology.effects(employer as usize).screens_applicants;
    let counts = &mut technology.counts;
    if screens {
        counts.screened_hires += 1;
        counts.screened_hires_older += older;
    } else {
        counts.other_hires += 1;
        counts.other_hires_older += older;
    }
}

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
fn wage_offer(
    workers: &Workers,
    worker: usize,
    firms: &Firms,
    labor: &Labor,
    employer: u32,
    occupation: usize,
    fit: f64,
    p: &Parameters,
) -> Money {
    let premium = if employer == PUBLIC_EMPLOYER {
        p.public.wage_premium
    } else {
        firms.pay_premium[employer as usize]
    };
    let wage = labor.wage[occupation] * premium * f64::from(workers.ability[worker]) * fit;
    Money::from_dollars(wage.max(p.labor_market.minimum_wage))
}

fn offer(market: &Market, worker: usize, post: usize, fit: f64) -> f64 {
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
fn sector_premium(market: &Market, post: usize) -> f64 {
    employer_premium(market, market.posts.firm[post])
}

fn employer_premium(market: &Market, employer: u32) -> f64 {
    if employer == PUBLIC_EMPLOYER {
        market.p.public.wage_premium
    } else {
        market.p.sectors[market.firms.sector[employer as usize] as usize].wage_premium
    }
}

/// Whether the worker would take the post: above the reservation wage, or better than the present job.
fn acceptable(market: &Market, worker: usize, post: usize, fit: f64, word: u32) -> bool {
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
fn ranking(market: &Market, worker: usize, fit: f64, word: u32) -> f64 {
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
fn screening_loss(market: &Market, worker: usize, employer: u32) -> f64 {
    if employer == PUBLIC_EMPLOYER
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
fn order_bits(value: f64) -> u32 {
    let bits = (value as f32).to_bits();
    if bits >> 31 == 0 {
        bits | 0x8000_0000
    } else {
        !bits
    }
}

/// Drops filled posts from the list and updates the smoothed posts and seekers of each occupation.
fn remember_open_posts(town: &mut Town, filled: &[bool], p: &Parameters) {
    let posts = &mut town.posts;
    let mut kept = 0;
    for post in 0..posts.len() {
        if !filled[post] {
            posts.firm[kept] = posts.firm[post];
            posts.key[kept] = posts.key[post];
            posts.occupation[kept] = posts.occupation[post];
            posts.months[kept] = posts.months[post];
            kept += 1;
        }
    }
    posts.firm.truncate(kept);
    posts.key.truncate(kept);
    posts.occupation.truncate(kept);
    posts.months.truncate(kept);
    for &occupation in &posts.occupation {
        town.activity.open_posts[occupation as usize] += 1;
    }
    let mut seekers = [0.0; OCCUPATIONS];
    for (status, &occupation) in town.workers.status.iter().zip(&town.workers.occupation) {
        if *status == Status::Unemployed {
            seekers[occupation as usize] += 1.0;
        }
    }
    let weight = p.labor_market.tightness_smoothing;
    for occupation in 0..OCCUPATIONS {
        let open = f64::from(town.activity.open_posts[occupation]);
        let labor = &mut town.labor;
        labor.open_posts[occupation] += weight * (open - labor.open_posts[occupation]);
        labor.seekers[occupation] += weight * (seekers[occupation] - labor.seekers[occupation]);
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
