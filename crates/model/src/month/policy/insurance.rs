//! Insurance of pay: part of the loss of those who lost a job, were insured and took a job that pays less; and what
//! more generous unemployment insurance costs beyond the general rules.
//!
//! Who has heard of wage insurance and would apply counts the payment when weighing an offer, as long as the fund
//! can pay it; so it shortens search as well as it cushions losses.

use crate::rng::Draws;
use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Policy, UnemploymentInsurance, WageInsurance};
use crate::town::income::unemployment_benefit;
use crate::town::participants::{Claim, is_same};
use crate::town::people::Status;
use crate::town::{Town, Workers};
use crate::units::Money;

use super::{admits, applies, has_heard, scenario_month};

/// A wage insurance in force, as an applicant sees it.
#[derive(Clone, Copy)]
pub struct Cover<'a> {
    entry: usize,
    policy: &'a Policy,
    insurance: &'a WageInsurance,
    months: u32,
}

/// The first wage insurance in force that has money.
pub fn cover<'a>(town: &Town, p: &'a Parameters) -> Option<Cover<'a>> {
    let month = scenario_month(town, p)?;
    p.timeline
        .in_force(month)
        .find_map(|(entry, policy, months)| match &policy.lever {
            Lever::WageInsurance(insurance) if town.programs.entries[entry].fund.is_positive() => {
                Some(Cover {
                    entry,
                    policy,
                    insurance,
                    months,
                })
            }
            _ => None,
        })
}

impl Cover<'_> {
    /// Whether somebody who is insured against unemployment knows of it and would apply.
    fn reaches(&self, draws: &Draws, worker: usize, month: u32) -> bool {
        let terms = self.insurance.terms();
        let (identity, agent) = (self.policy.identity, worker as u64);
        admits(draws, identity, agent, &terms)
            && applies(draws, identity, agent, month, &terms)
            && has_heard(draws, identity, agent, self.months, &terms)
    }

    fn is_of_age(&self, workers: &Workers, worker: usize) -> bool {
        f64::from(workers.age_months[worker]) >= 12.0 * self.insurance.least_age
    }

    /// What a jobless person would get beside a wage, dollars a month.
    pub fn payment(
        &self,
        workers: &Workers,
        worker: usize,
        wage: f64,
        draws: &Draws,
        month: u32,
    ) -> f64 {
        if workers.benefit_months[worker] == 0 {
            return 0.0;
        }
        let due = due(self.insurance, workers.last_wage[worker].dollars(), wage);
        if due > 0.0 && self.is_of_age(workers, worker) && self.reaches(draws, worker, month) {
            due
        } else {
            0.0
        }
    }
}

/// Part of the loss against the last wage, at most the cap.
fn due(insurance: &WageInsurance, last_wage: f64, wage: f64) -> f64 {
    (insurance.share * (last_wage - wage)).clamp(0.0, insurance.cap)
}

/// Takes in the claims of those hired this month out of insured unemployment at less than their last wage.
pub fn open_claims(town: &mut Town, p: &Parameters) {
    let mut hired = std::mem::take(&mut town.programs.participants.hired);
    if let Some(cover) = cover(town, p) {
        for &worker in &hired {
            let row = worker as usize;
            let workers = &town.workers;
            let last_wage = workers.last_wage[row];
            let qualifies = workers.wage[row] < last_wage && cover.is_of_age(workers, row);
            if !qualifies || !cover.reaches(&town.draws, row, town.month) {
                continue;
            }
            let claims = &mut town.programs.participants.claims;
            claims.retain(|claim| claim.worker != worker);
            claims.push(Claim {
                worker,
                entry: cover.entry as u16,
                last_wage,
                since: town.month,
                age: workers.age_months[row],
            });
            let month = &mut town.programs.entries[cover.entry].this_month;
            month.people_new += 1;
            month.applications += 1;
        }
    }
    hired.clear();
    town.programs.participants.hired = hired;
}

/// Pays the claims of an entry, in the order of the new jobs, while its fund lasts.
pub fn pay_claims(town: &mut Town, entry: usize, insurance: &WageInsurance) {
    let month = town.month;
    let mut claims = std::mem::take(&mut town.programs.participants.claims);
    claims.retain(|claim| {
        if usize::from(claim.entry) != entry {
            return true;
        }
        let row = claim.worker as usize;
        let workers = &town.workers;
        let stays = month - claim.since < insurance.months
            && is_same(workers, claim.worker, claim.age, claim.since, month);
        if !stays {
            return false;
        }
        // Between jobs there is nothing to insure; a next job in time counts again.
        if workers.status[row] != Status::Employed {
            return true;
        }
        let amount = Money::from_dollars(due(
            insurance,
            claim.last_wage.dollars(),
            workers.wage[row].dollars(),
        ));
        pay(town, entry, insurance, row, amount);
        true
    });
    town.programs.participants.claims = claims;
}

fn pay(town: &mut Town, entry: usize, insurance: &WageInsurance, worker: usize, amount: Money) {
    let administration = amount.share(insurance.administration);
    let program = &mut town.programs.entries[entry];
    if !amount.is_positive() || program.fund < amount + administration {
        return;
    }
    program.fund -= amount + administration;
    program.this_month.people += 1;
    let household = town.workers.household[worker] as usize;
    let programs = &mut town.programs;
    programs.pay_household(
        entry,
        insurance.payer,
        household,
        amount,
        &mut town.households,
        &mut town.ledger,
    );
    programs.administer(entry, insurance.payer, administration);
}

/// Counts what unemployment insurance is about to pay beyond the general rules, and orders its administration. The
/// payments themselves are those of the general insurance.
pub fn count_benefits(
    town: &mut Town,
    entry: usize,
    policy: &UnemploymentInsurance,
    general: &Parameters,
) {
    let usual = &general.government;
    let mut better = usual.clone();
    policy.improve(&mut better);
    let workers = &town.workers;
    let (mut people, mut extra) = (0, Money::ZERO);
    for worker in 0..workers.len() {
        let jobless = matches!(
            workers.status[worker],
            Status::Unemployed | Status::Training
        );
        if !jobless || workers.benefit_months[worker] == 0 {
            continue;
        }
        let last_wage = workers.last_wage[worker].dollars();
        // In the general rules, benefits last for the first months without a job.
        let still = u32::from(workers.months[worker]) < usual.unemployment_months;
        let more = unemployment_benefit(&better, last_wage, 1)
            - unemployment_benefit(usual, last_wage, u8::from(still));
        if more > 0.0 {
            people += 1;
            extra += Money::from_dollars(more);
        }
    }
    town.programs.count_outer(entry, extra, people);
    town.programs.administer(
        entry,
        crate::scenario::parameters::Payer::Outer,
        extra.share(policy.administration),
    );
}
