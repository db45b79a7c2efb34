//! Policies and shocks of the timeline, where they are more than a changed parameter: programs with budgets and
//! applicants, duties, and payments.
//!
//! Take-up is not automatic. Everybody concerned hears of a program at a time of their own (a keyed exponential
//! draw), and from then on applies with a monthly chance if they qualify; a program serves while its fund lasts.
//! All draws are named by the entry's identity and the agent, so a larger budget serves those a smaller one
//! would, and more.

mod applicants;
mod audits;
pub mod charges;
mod firm_lotteries;
pub mod firm_training;
mod followup;
pub mod grants;
mod incomes;
pub mod insurance;
mod literacy;
pub mod loans;
mod makers;
mod members;
mod notices;
mod procurement;
mod reskilling;
#[cfg(test)]
mod tests;

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::scenario::parameters::{Lever, Terms, concerns};
use crate::town::Town;

use super::scratch::Scratch;

/// Added to an entry's identity in the names of lottery draws.
const LOTTERY: u32 = 1 << 25;

pub use audits::audit;
pub use incomes::{participation_shift, pay_incomes};
pub use makers::{aid_to_makers, pay_makers, sponsor};
pub use members::support_firms;
pub use notices::{announce, applies_to, charge_notices, duty, end_notices, find_notices};
pub use procurement::order_locally;

/// Public training and courses of the month.
pub fn train(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    if p.timeline.policies.is_empty() {
        return;
    }
    reskilling::train(town, p, scratch);
    literacy::teach(town, p, scratch);
    insurance::open_claims(town, p);
}

/// The month of the scenario: counted from the first month after burn-in; none before it.
pub fn scenario_month(town: &Town, p: &Parameters) -> Option<u32> {
    town.month.checked_sub(p.run.burn_in_months)
}

/// Opens the programs' month.
pub fn begin_month(town: &mut Town, p: &Parameters) {
    if p.timeline.policies.is_empty() {
        return;
    }
    let month = scenario_month(town, p);
    if let Some(month) = month {
        move_productivity(town, p, month);
    }
    let residents = town.anchors.residents;
    let solvency = town.finance.solvency;
    town.programs
        .begin_month(&p.timeline, month, residents, solvency);
    if let Some(month) = month {
        firm_lotteries::follow(town, p, month);
    }
}

/// Moves the productivity of sectors that entries make more productive, and back when they end.
fn move_productivity(town: &mut Town, p: &Parameters, month: u32) {
    for policy in &p.timeline.policies {
        let Lever::Productivity(shock) = &policy.lever else {
            continue;
        };
        let before = month.checked_sub(1).and_then(|m| policy.months_in_force(m));
        let step = shock.level(policy.months_in_force(month)) / shock.level(before);
        if step == 1.0 {
            continue;
        }
        let firms = &mut town.firms;
        for firm in 0..firms.len() {
            if firms.open[firm] && concerns(&shock.sector, usize::from(firms.sector[firm])) {
                firms.productivity[firm] *= step;
            }
        }
    }
}

/// Hands the services that programs ordered to the pools of the sectors that deliver them.
pub fn order_services(town: &Town, scratch: &mut Scratch) {
    for (pool, [local, outer]) in scratch.pool.iter_mut().zip(&town.programs.services) {
        pool.programs = (*local + *outer).cents();
    }
}

/// Whether an agent has heard of a program that has been in force for some months.
#[inline]
pub fn has_heard(draws: &Draws, identity: u32, agent: u64, months: u32, terms: &Terms) -> bool {
    draws.uniform(agent, identity, Purpose::Awareness, 0) < reached(months, terms)
}

/// Part of those concerned who have heard of a program that has been in force for some months.
#[inline]
pub fn reached(months: u32, terms: &Terms) -> f64 {
    1.0 - libm::exp(-f64::from(months + 1) / terms.awareness_months.max(1e-9))
}

/// Whether an agent who has heard of a program joins it: decided once, for good.
#[inline]
pub fn joins(draws: &Draws, identity: u32, agent: u64, months: u32, terms: &Terms) -> bool {
    admits(draws, identity, agent, terms)
        && has_heard(draws, identity, agent, months, terms)
        && draws.uniform(agent, identity, Purpose::Awareness, 1) < terms.application_rate
}

/// Whether a program's lottery admits an agent: decided once, for good.
#[inline]
pub fn admits(draws: &Draws, identity: u32, agent: u64, terms: &Terms) -> bool {
    terms.lottery >= 1.0 || draws.uniform(agent, identity, Purpose::Awareness, 2) < terms.lottery
}

/// Whether an agent who qualifies applies this month.
#[inline]
pub fn applies(draws: &Draws, identity: u32, agent: u64, month: u32, terms: &Terms) -> bool {
    draws.chance(
        terms.application_rate,
        agent,
        month,
        Purpose::Program,
        identity,
    )
}

/// An applicant's number in this month's lottery: lower numbers are served first.
#[inline]
pub fn lottery_number(draws: &Draws, identity: u32, agent: u64, month: u32) -> u64 {
    let words = draws.words(agent, month, Purpose::Program, LOTTERY | identity);
    (u64::from(words[0]) << 32) | u64::from(words[1])
}
