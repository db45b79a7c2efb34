//! Who looks for work in a round, what they hold out for and how many applications they send.

use crate::parallel::prelude::*;

use crate::rng::{Purpose, unit32};
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::participants::notice_of;
use crate::town::people::Status;

use super::reservation::Seeker;
use super::values::employer_premium;
use super::{MOST_APPLICATIONS, Market, Matching};

/// Marks rows of those who do not look.
const NOBODY: u32 = u32::MAX;

/// A person who looks for work in a round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seeking {
    pub worker: u32,
    /// Least pay accepted, dollars a month net of what sectors differ by; 0 for staff, who compare with their job.
    pub reservation: f32,
    /// Applications sent.
    pub applications: u8,
}

impl Matching {
    /// The jobless, those under notice, and the employed who look in this round: the more, the less they are paid
    /// beside what their skills usually earn.
    pub(super) fn list_seekers(&mut self, town: &Town, p: &Parameters, round: u32) {
        let (workers, draws, month) = (&town.workers, &town.draws, town.month);
        let notices = &town.programs.participants.notices;
        let market = &p.labor_market;
        let most = market.search_underpaid_limit.max(1.0);
        let looking = 0.5 * market.on_the_job_search_share;
        let underpaid = |worker: usize| {
            let premium = employer_premium(&town.firms, workers.employer[worker], p);
            let usual = town.labor.wage[usize::from(workers.occupation[worker])]
                * town.labor.profile.general(workers, worker)
                * premium;
            let missing = usual / workers.wage[worker].dollars().max(1.0) - 1.0;
            (1.0 + market.search_underpaid * missing).clamp(1.0 / most, most)
        };
        let seeks = |worker: usize| match workers.status[worker] {
            Status::Unemployed => true,
            Status::Employed => {
                let words = draws.words(worker as u64, month, Purpose::JobSearch, u32::MAX - round);
                let mark = unit32(words[0]);
                mark < looking * most && mark < looking * underpaid(worker)
                    || !notices.is_empty() && notice_of(notices, worker as u32).is_some()
            }
            _ => false,
        };
        let mut seekers = std::mem::take(&mut self.seekers);
        (0..workers.len() as u32)
            .into_par_iter()
            .with_min_len(4096)
            .map(|worker| Seeking {
                worker: if seeks(worker as usize) {
                    worker
                } else {
                    NOBODY
                },
                reservation: 0.0,
                applications: 0,
            })
            .collect_into_vec(&mut seekers);
        seekers.retain(|seeking| seeking.worker != NOBODY);
        self.seekers = seekers;
    }

    /// Sets what every seeker holds out for and how many applications they send.
    pub(super) fn decide(&mut self, market: &Market) {
        let search = &self.search;
        let labor = &market.p.labor_market;
        self.seekers
            .par_iter_mut()
            .with_min_len(512)
            .for_each(|seeking| {
                let worker = seeking.worker as usize;
                let jobless = market.workers.status[worker] == Status::Unemployed;
                if !jobless && !market.under_notice(worker) {
                    seeking.applications = labor.applications_employed.min(MOST_APPLICATIONS) as u8;
                    return;
                }
                let months = if jobless {
                    u32::from(market.workers.benefit_months[worker])
                } else {
                    market.p.government.unemployment_months
                };
                let seeker = Seeker::of(
                    market.workers,
                    market.households,
                    market.labor,
                    worker,
                    months,
                    market.p,
                );
                let decision = search.decide(&seeker, market.p);
                let wanted = f64::from(labor.applications) * decision.effort;
                let number = u32::MAX - 8 - market.round;
                let draws = market.draws;
                let sent = draws.round(
                    wanted.min(f64::from(MOST_APPLICATIONS)),
                    worker as u64,
                    market.month,
                    Purpose::JobSearch,
                    number,
                );
                seeking.reservation = decision.pay as f32;
                seeking.applications = (sent as u32).min(MOST_APPLICATIONS) as u8;
            });
    }
}
