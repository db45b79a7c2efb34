//! Moving: households weigh what they can expect here and elsewhere, less housing and the cost of a move.

mod prospects;
#[cfg(test)]
mod tests;

use crate::parallel::prelude::*;

use crate::rng::{Purpose, unit, unit32};
use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::ledger::Flow;
use crate::town::people::{
    NO_EMPLOYER, ONLINE_SUPPLIER, OUTSIDE_SUPPLIER, PUBLIC_EMPLOYER, Status, is_firm,
};
use crate::town::skill::match_of;
use crate::units::Money;

use super::events::settling_months;
use super::scratch::Scratch;

pub use prospects::{Prospects, national_shift};

/// Numbers of draws of a household or person who moves.
const ARRIVALS: u32 = 0;
const SEEKS: u32 = 1;
const LEAVES: u32 = 2;
const MEANS: u32 = 3;
const LASTING: u32 = 4;
const MATCH: u32 = 5;
/// Ages in years below and above which households move more or less.
const YOUNG: f64 = 35.0;
const OLD: f64 = 55.0;
/// Widest change of the chance to move, log points.
const WIDEST: f64 = 2.0;
/// Chances are added as whole billionths, so that the order cannot matter.
const GRAIN: f64 = 1e9;
/// Households over which the property of those who left is averaged.
const LEAVERS_REMEMBERED: f64 = 100.0;
/// Mean age at which newcomers' adults arrive after entry into working life, years; exponential.
const NEWCOMER_YEARS: f64 = 13.0;

/// Chances of a household in a month.
#[derive(Clone, Copy, Debug, Default)]
struct Chance {
    /// To move away.
    leaves: f64,
    /// To be replaced by newcomers if here were as elsewhere.
    is_replaced: f64,
}

/// Households move away and in.
///
/// Away with `m_h e^(κ G_h)`, `m_h` by age and tenure, `G_h` the log gain of moving; in by `Σ m_h e^(κ G⁰_h)`, what
/// would leave if here were as elsewhere, times `e^(κ' Ḡ)` of what newcomers gain here. So a town that is as it was
/// when it had settled neither grows nor shrinks.
pub fn migrate(town: &mut Town, p: &Parameters, general: &Parameters, scratch: &mut Scratch) {
    let is_settling = town.month < settling_months(p.run.burn_in_months).max(1);
    prospects::remember(town, p, is_settling);
    let prospects = Prospects::of(town, p, general);
    let households = town.households.len();
    scratch.leaving.clear();
    scratch.leaving.resize(households, false);
    let (view, draws, month) = (&*town, town.draws, town.month);
    let sums = scratch
        .leaving
        .par_iter_mut()
        .enumerate()
        .with_min_len(2048)
        .map(|(household, leaving)| {
            let chance = chance(view, household, &prospects, p);
            let words = draws.words(household as u64, month, Purpose::Migration, LEAVES);
            *leaving = unit32(words[0]) < chance.leaves;
            let works = view.households.workers[household] > 0;
            let replaced = (chance.is_replaced * GRAIN) as u64;
            if works { [replaced, 0] } else { [0, replaced] }
        })
        .reduce(|| [0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
    let pull = (p.migration.inflow_response * prospects.attraction(town)).clamp(-WIDEST, WIDEST);
    let expected = [
        sums[0] as f64 / GRAIN * libm::exp(pull),
        // Pensioners come as they go.
        sums[1] as f64 / GRAIN,
    ];
    for household in 0..households {
        if scratch.leaving[household] {
            leave(town, household, p);
        }
    }
    for (kind, expected) in expected.into_iter().enumerate() {
        let number = draws.round(expected, kind as u64, month, Purpose::Migration, ARRIVALS);
        move_in(town, number as usize, kind == 0, p);
    }
}

/// Chance that a household moves away this month. Owners of firms stay.
fn chance(town: &Town, household: usize, prospects: &Prospects, p: &Parameters) -> Chance {
    let households = &town.households;
    if !households.resident[household] {
        return Chance::default();
    }
    let workers = &town.workers;
    let members = households.members(household);
    let mut months = 0.0;
    for worker in members.clone() {
        if workers.status[worker] == Status::Owner {
            return Chance::default();
        }
        months += f64::from(workers.age_months[worker]);
    }
    let rules = &p.migration;
    let years = months / 12.0 / members.len().max(1) as f64;
    let age = if members.is_empty() || years >= OLD {
        rules.old_mover
    } else if years < YOUNG {
        rules.young_mover
    } else {
        1.0
    };
    let tenure = if households.owns_home[household] {
        rules.owner_mover
    } else {
        rules.renter_mover
    };
    let usual = rules.moving_rate / 12.0 * age * tenure;
    let with = |gain: f64| {
        let response = (rules.outflow_response * gain).clamp(-WIDEST, WIDEST);
        (usual * libm::exp(response)).min(1.0)
    };
    Chance {
        leaves: with(prospects.gain(town, household)),
        is_replaced: with(prospects.neutral_gain(town, household)),
    }
}

/// Brings households in: rows kept empty for them, in order; with or without members of working age.
fn move_in(town: &mut Town, count: usize, works: bool, p: &Parameters) {
    let mut left = count;
    for household in 0..town.households.len() {
        if left == 0 {
            break;
        }
        let is_kind = (town.households.workers[household] > 0) == works;
        if town.households.resident[household] || !is_kind {
            continue;
        }
        left -= 1;
        settle(town, household, p);
        for worker in town.households.members(household) {
            arrive(town, worker, p);
        }
        town.activity.households_in += 1;
    }
}

/// A household of newcomers with means of its own: what those who leave had on average, spread as an exponential, in
/// the place of the income from property of whoever lived there before.
fn settle(town: &mut Town, household: usize, p: &Parameters) {
    let words = (town.draws).words(household as u64, town.month, Purpose::Housing, MEANS);
    let h = &mut town.households;
    h.resident[household] = true;
    h.since[household] = town.month;
    h.owns_home[household] = unit32(words[1]) < p.housing.newcomers_own;
    if town.markets.leavers_property >= 0.0 {
        let drawn = -libm::log(unit(words[2], words[3]));
        let before = h.property_income[household].dollars();
        let property = town.markets.leavers_property * drawn;
        h.property_income[household] = Money::from_dollars(property);
        let income = f64::from(h.smoothed_income[household]) + property - before;
        h.smoothed_income[household] = income.max(p.households.other_transfers) as f32;
        h.yearly_income[household] = 12.0 * h.smoothed_income[household];
        h.smoothed_spending[household] = h.smoothed_income[household];
    }
    let income = f64::from(h.smoothed_income[household]);
    let wanted = f64::from(h.target_months[household]) * income;
    let brought = Money::from_dollars(p.migration.deposits_brought * wanted);
    h.deposits[household] += brought;
    h.dividends[household] = Money::ZERO;
    h.disposable[household] = Money::ZERO;
    let categories = town.markets.category_sector.len();
    for category in 0..categories {
        h.suppliers[household * categories + category] = OUTSIDE_SUPPLIER;
    }
    // They look around for everything at once.
    h.rationed[household] = u16::MAX;
    town.ledger.record(Flow::DepositsBrought, brought);
}

/// A person of working age comes: with a post in hand, to look for work, or outside the labor force.
fn arrive(town: &mut Town, worker: usize, p: &Parameters) {
    let draws = town.draws;
    let words = draws.words(worker as u64, town.month, Purpose::Migration, SEEKS);
    let who = draws.words(worker as u64, town.month, Purpose::Housing, SEEKS);
    let seeks = unit32(words[0]) < town.anchors.participation;
    let workers = &mut town.workers;
    workers.status[worker] = if seeks {
        Status::Unemployed
    } else {
        Status::Inactive
    };
    workers.months[worker] = 0;
    workers.months_out[worker] = 0;
    workers.benefit_months[worker] = 0;
    workers.generation[worker] = workers.generation[worker].wrapping_add(1);
    let market = &p.labor_market;
    let years = market.entry_age + NEWCOMER_YEARS * -libm::log(unit(who[0], who[1]));
    let years = years.min(market.retirement_age - 2.0).max(market.entry_age);
    workers.age_months[worker] = (12.0 * years) as u16;
    let lasting = draws.normal(worker as u64, town.month, Purpose::Housing, LASTING);
    workers.finding[worker] = match_of(lasting, market.finding_spread) as f32;
    let in_hand = seeks && unit32(words[1]) < p.migration.newcomer_job_in_hand;
    if in_hand && !town.posts.is_empty() {
        let post = (unit(words[2], words[3]) * town.posts.len() as f64) as usize;
        take_post(town, worker, post, p);
    }
}

/// A newcomer starts in an open post, which is closed.
fn take_post(town: &mut Town, worker: usize, post: usize, p: &Parameters) {
    let employer = town.posts.firm[post];
    let occupation = town.posts.occupation[post];
    let premium = if employer == PUBLIC_EMPLOYER {
        p.public.wage_premium
    } else if is_firm(employer) && town.firms.open[employer as usize] {
        town.firms.pay_premium[employer as usize]
    } else {
        return;
    };
    let workers = &mut town.workers;
    let z = (town.draws).normal(worker as u64, town.month, Purpose::Housing, MATCH);
    let matched = match_of(z, p.labor_market.match_pay_sd);
    workers.occupation[worker] = occupation;
    workers.match_pay[worker] = matched as f32;
    let skill = town.labor.profile.general(workers, worker);
    let wage = town.labor.wage[usize::from(occupation)] * premium * skill * matched;
    workers.status[worker] = Status::Employed;
    workers.employer[worker] = employer;
    workers.wage[worker] = Money::from_dollars(wage.max(p.labor_market.minimum_wage));
    town.posts.firm.remove(post);
    town.posts.key.remove(post);
    town.posts.occupation.remove(post);
    town.posts.months.remove(post);
    town.activity.hires[usize::from(occupation)] += 1;
}

/// A household leaves with its deposits. Its row may be taken by others.
fn leave(town: &mut Town, household: usize, p: &Parameters) {
    super::residents::keep_leavers(town, household, p);
    let property = town.households.property_income[household].dollars();
    let mean = &mut town.markets.leavers_property;
    *mean = if *mean < 0.0 {
        property
    } else {
        *mean + (property - *mean) / LEAVERS_REMEMBERED
    };
    let taken = town.households.deposits[household];
    town.households.deposits[household] = Money::ZERO;
    town.households.resident[household] = false;
    town.households.budget[household] = Money::ZERO;
    town.households.dividends[household] = Money::ZERO;
    town.ledger.record(Flow::DepositsTaken, taken);
    let categories = town.markets.category_sector.len();
    let first = household * categories;
    town.households.spending[first..first + categories].fill(0);
    for supplier in &mut town.households.suppliers[first..first + categories] {
        *supplier = (*supplier).max(ONLINE_SUPPLIER);
    }
    for worker in town.households.members(household) {
        let workers = &mut town.workers;
        if workers.status[worker] == Status::Employed {
            workers.last_wage[worker] = workers.wage[worker];
        }
        workers.status[worker] = Status::Away;
        workers.employer[worker] = NO_EMPLOYER;
        workers.wage[worker] = Money::ZERO;
        workers.pay[worker] = Money::ZERO;
        workers.months[worker] = 0;
        workers.months_out[worker] = 0;
        workers.benefit_months[worker] = 0;
    }
    town.activity.households_out += 1;
}
