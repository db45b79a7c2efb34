//! Search and matching (MODEL.md, Hire): two rounds of applications, offers and acceptances a month.
//!
//! Semantics: in a round every seeker sends its applications at once; whether an applicant suits the post is
//! drawn for each application, so a post that nobody suitable applies to stays open; every post makes one offer,
//! to its best suitable applicant; every seeker takes its best offer. Ranks are compared as integers with the
//! seeker's number as tie-break, so the outcome does not depend on the order in which threads run.

#[cfg(test)]
mod one_by_one;
mod openings;
mod reservation;
mod screening;
mod seekers;
mod values;

use std::sync::atomic::{AtomicU64, Ordering};

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose, unit32};
use crate::scenario::Parameters;
use crate::town::participants::{Notice, notice_of};
use crate::town::people::{Households, OUTSIDE_EMPLOYER, Status, Workers, is_firm};
use crate::town::{Firms, Labor, Posts, Technology, Town};
use crate::units::{Money, OCCUPATIONS};

use super::super::policy::insurance;
use super::super::scratch::{Cents, Scratch};
use openings::remember;
use reservation::SearchValue;
use screening::{count_screening, is_older, screening_loss};
use seekers::Seeking;
use values::{Meeting, acceptable, meet, order_bits, ranking, sector_premium};

pub use values::fit_for;

/// Rounds of applications a month.
const ROUNDS: u32 = 2;
/// Most applications a seeker sends in a round, as bits of a packed rank.
const NUMBER_BITS: u32 = 3;
const MOST_APPLICATIONS: u32 = 1 << NUMBER_BITS;
/// Months open that raises of offers tell apart.
const MONTHS_OPEN: usize = 60;

/// The best offer a seeker has.
#[derive(Clone, Copy, Debug)]
struct Offer {
    /// Pay net of what sectors differ by, dollars a month.
    value: f64,
    post: u32,
    fit: f32,
    matched: f32,
    wage: Money,
}

const NO_OFFER: Offer = Offer {
    value: f64::NEG_INFINITY,
    post: u32::MAX,
    fit: 0.0,
    matched: 1.0,
    wage: Money::ZERO,
};

/// Working memory of matching.
#[derive(Debug, Default)]
pub struct Matching {
    seekers: Vec<Seeking>,
    best: Vec<AtomicU64>,
    /// Posts by occupation: start of each occupation's bucket, and post rows.
    bucket_start: [u32; OCCUPATIONS + 1],
    bucket: Vec<u32>,
    filled: Vec<bool>,
    /// Best offer of each seeker.
    offer: Vec<Offer>,
    /// Occupations other than its own that a seeker of each occupation tries, cumulative.
    elsewhere: Vec<[f64; OCCUPATIONS]>,
    /// Chance that an applicant of one occupation suits a post of another, apart from a step up in pay.
    suitability: Vec<[f64; OCCUPATIONS]>,
    /// Step up in the occupations' pay at month 0, log.
    step: Vec<[f64; OCCUPATIONS]>,
    /// What an offer is raised by, by months open.
    raises: Vec<f64>,
    /// What search is worth this month.
    search: SearchValue,
    /// The jobless who found work this month, by the occupation they had.
    found: [f64; OCCUPATIONS],
    /// Posts choose one after the other instead of all at once, to compare the two.
    #[cfg(test)]
    one_by_one: bool,
}

/// Matches seekers to posts and moves those hired; posts left open stay in the list.
pub fn hire(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let m = &mut scratch.matching;
    m.prepare(town, p);
    let jobless = |status: &Status| *status == Status::Unemployed;
    town.activity.seekers = town.workers.status.iter().filter(|s| jobless(s)).count() as u32;
    for round in 0..ROUNDS {
        m.list_seekers(town, p, round);
        m.list_posts(&town.posts, &town.labor, p);
        // What the month looks like to those who search; taken out so that it can be read while offers are made.
        let raises = std::mem::take(&mut m.raises);
        let market = Market {
            workers: &town.workers,
            households: &town.households,
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
            raises: &raises,
        };
        m.decide(&market);
        m.match_round(&market);
        m.raises = raises;
        m.accept(town, p, &scratch.quits);
    }
    remember(town, &m.filled, &m.found, p);
}

/// What applicants and firms see in a round.
struct Market<'a> {
    workers: &'a Workers,
    households: &'a Households,
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
    /// What an offer is raised by, by months that the post has been open.
    raises: &'a [f64],
}

impl Market<'_> {
    /// Whether the worker's job is about to end.
    fn under_notice(&self, worker: usize) -> bool {
        !self.notices.is_empty() && notice_of(self.notices, worker as u32).is_some()
    }
}

impl Matching {
    /// What holds for the whole month.
    fn prepare(&mut self, town: &Town, p: &Parameters) {
        self.filled.clear();
        self.filled.resize(town.posts.len(), false);
        self.found = [0.0; OCCUPATIONS];
        self.set_suitability(&town.labor, p);
        self.search.set(&town.labor, p);
        let labor = &p.labor_market;
        self.raises.clear();
        self.raises.extend((0..MONTHS_OPEN).map(|months| {
            let raise = labor.vacancy_raise * months as f64;
            libm::exp(raise.min(labor.vacancy_raise_limit))
        }));
    }

    /// Suitability by pair of occupations, `s · exp(−κ·distance)`, and the step up in pay.
    fn set_suitability(&mut self, labor: &Labor, p: &Parameters) {
        let market = &p.labor_market;
        self.suitability.resize(OCCUPATIONS, [0.0; OCCUPATIONS]);
        self.step.resize(OCCUPATIONS, [0.0; OCCUPATIONS]);
        for from in 0..OCCUPATIONS {
            for to in 0..OCCUPATIONS {
                let distance = f64::from(labor.distance[from * OCCUPATIONS + to]);
                self.suitability[from][to] =
                    market.suitability * libm::exp(-market.suitability_distance * distance);
                self.step[from][to] =
                    libm::log(labor.initial_wage[to] / labor.initial_wage[from]).max(0.0);
            }
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
            .for_each(|(seeker, seeking)| {
                for number in 0..u32::from(seeking.applications) {
                    let sent = self.application(market, seeker as u32, seeking, number);
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
        seeking: &Seeking,
        number: u32,
    ) -> Option<(u32, u64)> {
        let worker = seeking.worker as usize;
        let labor = &market.p.labor_market;
        let words = market.draws.words(
            worker as u64,
            market.month,
            Purpose::JobSearch,
            market.round * 16 + number,
        );
        let own = market.workers.occupation[worker] as usize;
        let to = self.occupation_tried(
            own,
            unit32(words[0]),
            labor.own_occupation_share,
            f64::from(seeking.applications.max(1)),
        )?;
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
        let meets = match_words(market, worker, number);
        if !self.suits(market, worker, (own, to), post, unit32(meets[0])) {
            return None;
        }
        let meeting = meet(market, worker, post as usize, [meets[1], meets[2]]);
        let reservation = f64::from(seeking.reservation);
        if !acceptable(
            market,
            worker,
            post as usize,
            meeting.pay,
            reservation,
            words[2],
        ) {
            return None;
        }
        let score =
            ranking(market, worker, &meeting, words[3])? - screening_loss(market, worker, employer);
        let name = u32::MAX - (seeker << NUMBER_BITS | number);
        Some((post, u64::from(order_bits(score)) << 32 | u64::from(name)))
    }

    /// Whether an applicant suits a post: likelier in near occupations, for people who always suit more easily and at
    /// vacancies that have stood open; less likely the further the occupation's pay is above what the own ability
    /// reaches.
    fn suits(
        &self,
        market: &Market,
        worker: usize,
        (own, to): (usize, usize),
        post: u32,
        uniform: f64,
    ) -> bool {
        let labor = &market.p.labor_market;
        let open = f64::from(market.posts.months[post as usize]).min(MONTHS_OPEN as f64);
        let chance = self.suitability[own][to]
            * f64::from(market.workers.finding[worker])
            * (1.0 + labor.standards_fall * open);
        if uniform >= chance {
            return false;
        }
        let step = self.step[own][to];
        if step == 0.0 {
            return true;
        }
        let beyond = (step - libm::log(f64::from(market.workers.ability[worker]))).max(0.0);
        uniform < chance * libm::exp(-labor.suitability_pay_step * beyond)
    }

    /// Every post offers to its best applicant; every seeker keeps its best offer.
    fn make_offers(&mut self, market: &Market) {
        self.offer.clear();
        self.offer.resize(self.seekers.len(), NO_OFFER);
        for post in 0..market.posts.len() {
            let packed = *self.best[post].get_mut();
            if self.filled[post] || packed == 0 {
                continue;
            }
            let (seeker, meeting) = self.unpack(market, post, packed);
            self.offer_to(market, seeker, post, &meeting);
        }
    }

    /// The applicant behind a packed rank, and what employer and applicant make of each other.
    fn unpack(&self, market: &Market, post: usize, packed: u64) -> (usize, Meeting) {
        let name = u32::MAX - packed as u32;
        let (seeker, number) = (name >> NUMBER_BITS, name & (MOST_APPLICATIONS - 1));
        let worker = self.seekers[seeker as usize].worker as usize;
        let meets = match_words(market, worker, number);
        let meeting = meet(market, worker, post, [meets[1], meets[2]]);
        (seeker as usize, meeting)
    }

    fn offer_to(&mut self, market: &Market, seeker: usize, post: usize, meeting: &Meeting) {
        let value = meeting.pay / sector_premium(market, post);
        if value > self.offer[seeker].value {
            self.offer[seeker] = Offer {
                value,
                post: post as u32,
                fit: meeting.fit as f32,
                matched: meeting.matched as f32,
                wage: meeting.wage(),
            };
        }
    }

    /// Moves every seeker with an offer to the post.
    fn accept(&mut self, town: &mut Town, p: &Parameters, left: &Cents) {
        let insured_pay = !p.timeline.policies.is_empty();
        for (seeking, offer) in self.seekers.iter().zip(&self.offer) {
            if offer.post == u32::MAX {
                continue;
            }
            let (worker, post) = (seeking.worker as usize, offer.post as usize);
            self.filled[post] = true;
            let to = town.posts.occupation[post] as usize;
            let workers = &mut town.workers;
            let from = usize::from(workers.occupation[worker]);
            town.activity.hires[to] += 1;
            if workers.status[worker] == Status::Employed {
                town.activity.job_to_job += 1;
                town.activity.quits += 1;
                let employer = workers.employer[worker];
                if is_firm(employer) {
                    left.add(employer as usize, 1);
                }
            } else {
                town.activity.hired_from_unemployment += 1;
                self.found[from] += 1.0;
                if insured_pay && workers.benefit_months[worker] > 0 && workers.lives_here(worker) {
                    town.programs.participants.hired.push(worker as u32);
                }
            }
            if from != to {
                town.activity.occupation_changes += 1;
            }
            count_screening(
                &mut town.technology,
                town.posts.firm[post],
                is_older(workers.age_months[worker], p),
            );
            workers.occupation[worker] = to as u8;
            workers.fit[worker] = offer.fit;
            workers.match_pay[worker] = offer.matched;
            workers.status[worker] = Status::Employed;
            workers.employer[worker] = town.posts.firm[post];
            workers.wage[worker] = offer.wage;
            workers.months[worker] = 0;
            workers.months_out[worker] = 0;
            workers.benefit_months[worker] = 0;
        }
    }
}

/// The random words of an application: whether the applicant suits, and the match.
fn match_words(market: &Market, worker: usize, number: u32) -> [u32; 4] {
    market.draws.words(
        worker as u64,
        market.month,
        Purpose::Suitability,
        market.round * 16 + number,
    )
}
