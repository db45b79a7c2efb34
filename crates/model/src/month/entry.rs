//! Phase 13, enter: start-ups and new plants.

use crate::rng::{Purpose, unit, unit32};
use crate::scenario::Parameters;
use crate::scenario::parameters::Lever;
use crate::town::firms::{NO_SUPPLIER, SUPPLIER_SLOTS};
use crate::town::ledger::Flow;
use crate::town::people::{NO_EMPLOYER, OUTSIDE_OWNER, Status};
use crate::town::skill::match_of;
use crate::town::{Firms, Town};
use crate::units::{Money, SECTOR_IDS, SECTORS, TASKS, sector};

use super::labor::wages::mean_wage;
use super::scratch::Scratch;

/// Persons considered as founder of a start-up.
const FOUNDERS_SEEN: u32 = 24;
/// Part of a founder's deposits that goes into the firm at most.
const FOUNDER_STAKE: f64 = 0.8;
/// Marks the identities of plants opened for orders won back from offshore.
const PLANT: u64 = 1 << 23;
/// Bound on the response of start-ups to margins, in log points.
const ENTRY_RESPONSE_LIMIT: f64 = 1.5;

/// Opens start-ups: as many as demand has grown, and more where margins are above their norm.
pub fn open_firms(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let sectors = sector_means(&town.firms);
    let demand = sectors.map(|mean| mean.output);
    for s in 0..SECTORS {
        let response =
            p.entry_exit.entry_margin_response * (town.markets.margin[s] - town.anchors.margin[s]);
        let served = demand[s] / town.anchors.output[s].max(1.0);
        let rate = p.entry_exit.entry_rate / 12.0
            * libm::pow(served, p.entry_exit.entry_demand_response)
            * town.anchors.firms[s]
            * libm::exp(response.clamp(-ENTRY_RESPONSE_LIMIT, ENTRY_RESPONSE_LIMIT));
        let count = town
            .draws
            .round(rate, s as u64, town.month, Purpose::Entry, 0);
        for number in 0..count {
            let uid = (u64::from(town.month) + 1) << 32 | (s as u64) << 24 | number as u64;
            open_one(town, s, uid, &sectors[s], None, p, scratch);
        }
    }
}

/// What an entrant can observe of its sector.
#[derive(Clone, Copy, Default)]
struct SectorMean {
    firms: f64,
    workers: f64,
    units: f64,
    output: f64,
    productivity: f64,
    premium: f64,
    local_input_share: [f64; SECTORS],
}

/// Means over each sector's firms, weighted by labor units.
fn sector_means(firms: &Firms) -> [SectorMean; SECTORS] {
    let mut means = [SectorMean::default(); SECTORS];
    for firm in firms.open_rows() {
        let mean = &mut means[firms.sector[firm] as usize];
        let units = firms.labor_units[firm];
        mean.firms += 1.0;
        mean.workers += f64::from(firms.workers(firm));
        mean.units += units;
        mean.output += firms.expected_demand[firm];
        mean.productivity += units * firms.productivity[firm];
        mean.premium += units * firms.pay_premium[firm];
        for v in 0..SECTORS {
            mean.local_input_share[v] += units * f64::from(firms.local_input_share[firm][v]);
        }
    }
    for mean in &mut means {
        let units = mean.units.max(1e-9);
        mean.productivity /= units;
        mean.premium /= units;
        mean.local_input_share
            .iter_mut()
            .for_each(|share| *share /= units);
    }
    means
}

/// A founder: household, worker row and what they can put in.
struct Founder {
    household: u32,
    worker: u32,
}

/// The founder of a start-up: among persons drawn at random, not owners yet, the one whose household has most
/// in the bank.
fn find_founder(town: &Town, uid: u64) -> Option<Founder> {
    let mut best: Option<(Money, usize)> = None;
    for number in 0..FOUNDERS_SEEN {
        let words = town
            .draws
            .words(uid, town.month, Purpose::Entry, 16 + number);
        let residents = town.workers.first_outsider() as u64;
        let worker = ((u64::from(words[0]) * residents) >> 32) as usize;
        let able = matches!(
            town.workers.status[worker],
            Status::Employed | Status::Unemployed
        );
        let deposits = town.households.deposits[town.workers.household[worker] as usize];
        if able && best.is_none_or(|(most, _)| deposits > most) {
            best = Some((deposits, worker));
        }
    }
    best.map(|(_, worker)| Founder {
        household: town.workers.household[worker],
        worker: worker as u32,
    })
}

/// Opens a branch of an outside maker for orders of a given size; returns its row.
pub fn open_plant(
    town: &mut Town,
    number: u64,
    orders: f64,
    p: &Parameters,
    scratch: &mut Scratch,
) -> Option<usize> {
    let s = sector::MANUFACTURING;
    let mean = sector_means(&town.firms)[s];
    let uid = (u64::from(town.month) + 1) << 32 | (s as u64) << 24 | PLANT | number;
    let workers = orders * mean.workers / mean.output.max(1e-9);
    open_one(town, s, uid, &mean, Some(workers.max(1.0)), p, scratch)
}

/// Marks the identities of shops of chains that a scenario opens.
const CHAIN: u64 = 1 << 22;

/// Opens the shops of chains that arrive this month. They keep their price by being as much more productive.
pub fn open_chains(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let Some(month) = super::policy::scenario_month(town, p) else {
        return;
    };
    for (entry, policy, months) in p.timeline.in_force(month) {
        let Lever::ChainEntry(chain) = &policy.lever else {
            continue;
        };
        if months > 0 {
            continue;
        }
        let Some(s) = SECTOR_IDS.iter().position(|id| *id == chain.sector) else {
            continue;
        };
        let mean = sector_means(&town.firms)[s];
        for number in 0..chain.firms {
            let name = (entry as u64) << 12 | u64::from(number);
            let uid = (u64::from(town.month) + 1) << 32 | (s as u64) << 24 | CHAIN | name;
            if let Some(row) = open_one(town, s, uid, &mean, Some(chain.size), p, scratch) {
                undercut(town, row, s, chain.price, p);
                town.programs.entries[entry].this_month.firms += 1;
            }
        }
    }
}

/// Sets a shop's price relative to the sector's, and the productivity at which its cost is as much lower.
fn undercut(town: &mut Town, row: usize, s: usize, relative: f64, p: &Parameters) {
    let firms = &mut town.firms;
    let saved = 1.0 - relative;
    let labor = p.sectors[s].labor_share.max(0.05) / (1.0 - p.sectors[s].profit_margin);
    firms.productivity[row] /= (1.0 - saved / labor).clamp(0.2, 5.0);
    firms.price[row] *= relative;
    firms.unit_cost[row] *= relative;
    firms.log_price[row] = libm::log(firms.price[row]);
}

/// Opens one firm of sector `s`: a start-up whose size has a power-law tail, or an outside owner's plant of given
/// size. Its price is the sector's. Returns its row.
fn open_one(
    town: &mut Town,
    s: usize,
    uid: u64,
    mean: &SectorMean,
    plant: Option<f64>,
    p: &Parameters,
    scratch: &mut Scratch,
) -> Option<usize> {
    if mean.firms < 1.0 || mean.workers < 1.0 {
        return None;
    }
    let words = town.draws.words(uid, town.month, Purpose::Entry, 1);
    let x = &p.entry_exit;
    let tail = libm::pow(unit(words[0], words[1]), -1.0 / x.entrant_size_exponent);
    let largest = x
        .entrant_size_limit
        .min(p.firms.largest_firm_share * mean.workers);
    let size = plant.unwrap_or(tail.min(largest).max(1.0));
    let outside = plant.is_some()
        || unit32(words[2]) < outside_chance(size, p.sectors[s].outside_owned_share);
    let founder = if outside {
        None
    } else {
        find_founder(town, uid)
    };
    if !outside && founder.is_none() {
        return None;
    }
    let row = match scratch.free_rows.pop() {
        Some(row) => row as usize,
        None => town.firms.push_row() as usize,
    };
    let premium_noise = town.draws.normal(uid, town.month, Purpose::Entry, 2);
    let mean_size = mean.workers / mean.firms;
    let firms = &mut town.firms;
    let planned = size * mean.output / mean.workers;
    firms.uid[row] = uid;
    firms.open[row] = true;
    firms.sector[row] = s as u8;
    firms.age[row] = 0;
    firms.closed_month[row] = 0;
    let premium = p.sectors[s].wage_premium
        * libm::pow(size / mean_size, p.firms.pay_size_elasticity)
        * match_of(premium_noise, p.firms.pay_premium_sd);
    firms.pay_premium[row] = premium;
    // Who pays more produces more: labor cost per unit of output is the sector's, as at month 0.
    firms.productivity[row] =
        mean.productivity * x.entrant_productivity * premium / mean.premium.max(1e-9);
    firms.price[row] = town.markets.price[s];
    firms.log_price[row] = libm::log(town.markets.price[s]);
    let norm = p.sectors[s].profit_margin / (1.0 - p.sectors[s].profit_margin);
    firms.markup[row] = norm;
    firms.unit_cost[row] = town.markets.price[s] / (1.0 + norm);
    firms.expected_demand[row] = planned;
    firms.demand[row] = planned;
    firms.output[row] = 0.0;
    firms.capacity[row] = 0.0;
    firms.visibility[row] = planned;
    firms.niche[row] = p.firms.entrant_niche * planned;
    firms.attraction[row] = planned;
    firms.quality[row] = p.firms.quality_sd * town.draws.normal(uid, town.month, Purpose::Entry, 3);
    firms.order_noise[row] = 0.0;
    firms.monthly_cost[row] = (1.0 - p.sectors[s].profit_margin) * planned;
    firms.profit[row] = p.sectors[s].profit_margin * planned;
    firms.margin[row] = p.sectors[s].profit_margin;
    firms.smoothed_sales[row] = planned;
    firms.local_input_share[row] = mean.local_input_share.map(|share| share as f32);
    firms.suppliers[row] = [NO_SUPPLIER; SUPPLIER_SLOTS];
    firms.openings[row] = 0;
    firms.served[row] = 1.0;
    firms.automated[row] = [0.0; TASKS];
    firms.new_tasks[row] = [0.0; TASKS];
    firms.cognitive_share[row] = 0.0;
    firms.intimacy[row] = 1.0;
    firms.size_year_ago[row] = 0;
    firms.staff[row] = 0;
    firms.wage_bill[row] = Money::ZERO;
    town.activity.entries[s] += 1;
    finance(town, row, founder.as_ref(), p);
    install_owner(town, row, s, founder, p);
    super::automation::start::open(town, row, p);
    Some(row)
}

/// Chance that a start-up of a given size is a branch of an outside firm: rises with size so that branches
/// are few but large.
fn outside_chance(size: f64, share: f64) -> f64 {
    share * (1.0 - 1.0 / (1.0 + size / 8.0))
}

/// Capital: half from the founder's deposits as far as they go (or the parent), the rest from the bank.
fn finance(town: &mut Town, row: usize, founder: Option<&Founder>, p: &Parameters) {
    let Town {
        firms,
        households,
        ledger,
        ..
    } = town;
    let capital = Money::from_dollars(2.0 * p.firms.cash_months * firms.monthly_cost[row]);
    let half = capital.share(0.5);
    let own = match founder {
        Some(founder) => {
            let deposits = &mut households.deposits[founder.household as usize];
            let stake = half.min(deposits.share(FOUNDER_STAKE));
            *deposits -= stake;
            ledger.record(Flow::StartupCapital, stake);
            stake
        }
        None => {
            ledger.record(Flow::StartupCapitalOutside, half);
            half
        }
    };
    let limit = Money::from_dollars(p.credit.debt_limit_months * firms.monthly_cost[row]);
    let loan = half.min(limit);
    ledger.record(Flow::LoansGranted, loan);
    firms.cash[row] = own + loan;
    firms.loan[row] = loan;
}

/// Makes the founder the working owner.
fn install_owner(town: &mut Town, row: usize, s: usize, founder: Option<Founder>, p: &Parameters) {
    let wage_level = mean_wage(&town.labor) / town.anchors.mean_wage;
    let firms = &mut town.firms;
    match founder {
        Some(Founder { household, worker }) => {
            firms.owner[row] = household;
            firms.owner_worker[row] = worker;
            let draw = town.anchors.owner_draw[s] * wage_level;
            firms.owner_draw[row] = draw;
            firms.owner_units[row] = town.anchors.owner_units[s];
            let worker = worker as usize;
            if town.workers.status[worker] == Status::Employed {
                town.activity.quits += 1;
            }
            town.workers.status[worker] = Status::Owner;
            town.workers.employer[worker] = row as u32;
            town.workers.wage[worker] = Money::from_dollars(draw);
            town.workers.months[worker] = 0;
            town.workers.benefit_months[worker] = 0;
        }
        None => {
            firms.owner[row] = OUTSIDE_OWNER;
            firms.owner_worker[row] = NO_EMPLOYER;
            firms.owner_draw[row] = 0.0;
            firms.owner_units[row] = 0.0;
        }
    }
    let _ = p;
    firms.labor_units[row] = firms.owner_units[row];
    firms.capacity[row] = firms.productivity[row] * firms.labor_units[row];
}
