//! Search and matching (MODEL.md, Hire): two rounds of applications, offers and acceptances a month.
//!
//! Semantics: in a round every seeker sends its applications at once; whether an applicant suits the post is
//! drawn for each application, so a post that nobody suitable applies to stays open; every post makes one offer,
//! to its best suitable applicant; every seeker takes its best offer. Ranks are compared as integers with the
//! seeker's number as tie-break, so the outcome does not depend on the order in which threads run.

#[cfg(test)]
mod one_by_one;
mod values;

use std::sync::atomic::{AtomicU64, Ordering};

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose, unit32};
use crate::scenario::Parameters;
use crate::town::participants::{Notice, notice_of};
use crate::town::people::{OUTSIDE_EMPLOYER, Status, Workers, is_firm};
use crate::town::{Firms, Labor, Posts, Technology, Town};
use crate::units::OCCUPATIONS;

use super::super::policy::insurance;
use super::super::scratch::{Cents, Scratch};
use values::{acceptable, offer, order_bits, ranking, screening_loss, sector_premium, wage_offer};

pub use values::fit_for;

/// Rounds of applications a month.
const ROUNDS: u32 = 2;
/// Age, in months, from which hiring software marks an applicant down.
const OLDER_MONTHS: u16 = 50 * 12;
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
    /// Posts choose one after the other instead of all at once, to compare the two.
    #[cfg(test)]
    one_by_one: bool,
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
        m.match_round(&market);
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

    /// Applications the worker sends in a round.
    fn applications(&self, worker: usize) -> u32 {
        let labor = &self.p.labor_market;
        if self.workers.status[worker] == Status::Unemployed || self.under_notice(worker) {
            labor.applications
        } else {
            labor.applications_employed
        }
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

    /// The matches of a round: who gets which post.
    fn match_round(&mut self, market: &Market) {
        #[cfg(test)]
        if self.one_by_one {
            return one_by_one::match_round(self, market);
        }
        self.apply(market);
        self.make_offers(market);
    }

    /// Sends every seeker's applications; each post remembers its best suitable applicant.
    fn apply(&self, market: &Market) {
        self.seekers
            .par_iter()
            .enumerate()
            .with_min_len(512)
            .for_each(|(seeker, &worker)| {
                for number in 0..market.applications(worker as usize) {
                    let sent = self.application(market, seeker as u32, worker as usize, number);
                    if let Some((post, rank)) = sent {
                        self.best[post as usize].fetch_max(rank, Ordering::Relaxed);
                    }
                }
            });
    }

    /// The post an application goes to and the applicant's rank there; `None` if it comes to nothing.
    fn application(
        &self,
        market: &Market,
        seeker: u32,
        worker: usize,
        number: u32,
    ) -> Option<(u32, u64)> {
        let labor = &market.p.labor_market;
        let words = market.draws.words(
            worker as u64,
            market.month,
            Purpose::JobSearch,
            market.round * 16 + number,
        );
        let own = market.workers.occupation[worker] as usize;
        let to = self.occupation_tried(own, unit32(words[0]), labor.own_occupation_share)?;
        let first = self.bucket_start[to];
        let posts = self.posts_in(to);
        let pick = (u64::from(words[1]) * u64::from(posts)) >> 32;
        let post = self.bucket[first as usize + pick as usize];
        let employer = market.posts.firm[post as usize];
        if employer == market.workers.employer[worker] {
            return None;
        }
        // What people from outside do outside is none of the town's.
        if employer == OUTSIDE_EMPLOYER && !market.workers.lives_here(worker) {
            return None;
        }
        let suits = market.draws.words(
            worker as u64,
            market.month,
            Purpose::Suitability,
            market.round * 16 + number,
        );
        if unit32(suits[0]) >= self.suitability[own][to] {
            return None;
        }
        let fit = fit_for(market.workers, worker, to, market.labor, market.p);
        if !acceptable(market, worker, post as usize, fit, words[2]) {
            return None;
        }
        let score =
            ranking(market, worker, fit, words[3]) - screening_loss(market, worker, employer);
        let packed = (u64::from(order_bits(score)) << 32) | u64::from(u32::MAX - seeker);
        Some((post, packed))
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
                if is_firm(from) {
                    left.add(from as usize, 1);
                }
            } else {
                town.activity.hired_from_unemployment += 1;
                if insured_pay && workers.benefit_months[worker] > 0 && workers.lives_here(worker) {
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
    if !technology.is_on() || !is_firm(employer) {
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
