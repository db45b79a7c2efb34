//! Phase 13, enter and exit: closures, insolvencies and start-ups.

use crate::rng::{Purpose, unit, unit32};
use crate::scenario::Parameters;
use crate::scenario::parameters::Lever;
use crate::town::firms::{EMPTY_MONTHS, NO_SUPPLIER, SUPPLIER_SLOTS};
use crate::town::ledger::Flow;
use crate::town::people::{NO_EMPLOYER, OUTSIDE_OWNER, Status};
use crate::town::{Firms, Town};
use crate::units::{Money, SECTOR_IDS, SECTORS, TASKS, sector};

use super::labor::separations::lose_job;
use super::labor::wages::mean_wage;
use super::scratch::Scratch;

/// Loss of margin, as a share of sales, that counts as one unit in the closure hazard.
const LOSS_UNIT: f64 = 0.10;
/// Largest loss that still raises the hazard, in those units.
const LOSS_LIMIT: f64 = 2.5;
/// Firm size at which the closure hazard's parameters hold.
const HAZARD_SIZE: f64 = 4.0;
/// Months before losses count against a young firm.
const GRACE_MONTHS: u32 = 8;
/// Persons considered as founder of a start-up.
const FOUNDERS_SEEN: u32 = 24;
/// Part of a founder's deposits that goes into the firm at most.
const FOUNDER_STAKE: f64 = 0.8;
/// Marks the identities of plants opened for orders won back from offshore.
const PLANT: u64 = 1 << 23;
/// Bound on the response of start-ups to margins, in log points.
const ENTRY_RESPONSE_LIMIT: f64 = 1.5;

/// Monthly closure hazard: falls with size and age, rises with losses.
fn hazard(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    let x = &p.entry_exit;
    let local = firms.is_local(firm);
    let age = f64::from(firms.age[firm]);
    let youth = if local {
        x.exit_hazard_young * libm::exp(-age / x.exit_youth_months)
    } else {
        0.0
    };
    let patience = if local { 1.0 } else { x.outside_owner_patience };
    let losses = if firms.age[firm] > GRACE_MONTHS {
        patience * x.exit_hazard_losses * (-firms.margin[firm] / LOSS_UNIT).clamp(0.0, LOSS_LIMIT)
    } else {
        0.0
    };
    let size = (f64::from(firms.workers(firm)) / HAZARD_SIZE).max(0.5);
    (x.exit_hazard + youth + losses) * libm::pow(size, -x.exit_size_exponent)
}

/// Closes firms: by hazard, or because the overdraft line is exceeded. Ages the others.
pub fn close_firms(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    close_plants(town, p, scratch);
    scratch.free_rows.clear();
    for firm in 0..town.firms.len() {
        if !town.firms.open[firm] {
            let pause = town.month.saturating_sub(town.firms.closed_month[firm]);
            if pause >= EMPTY_MONTHS {
                scratch.free_rows.push(firm as u32);
            }
            continue;
        }
        let firms = &town.firms;
        let line = p.credit.overdraft_months * firms.monthly_cost[firm];
        let insolvent = firms.cash[firm].dollars() < -line;
        let uid = firms.uid[firm];
        let chance = hazard(firms, firm, p);
        let closes = town.draws.chance(chance, uid, town.month, Purpose::Exit, 0);
        if insolvent || closes {
            town.activity.failures += u32::from(insolvent);
            close(town, firm, p, scratch);
        } else {
            town.firms.age[firm] += 1;
        }
    }
    // The lowest free row is taken first.
    scratch.free_rows.reverse();
}

/// Closes the largest firms of a sector in the first month of such an entry. Rivals in town take over part of their
/// orders from outside, because shares are renormalized; the rest leaves the town for good.
fn close_plants(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    let Some(month) = super::policy::scenario_month(town, p) else {
        return;
    };
    for (entry, policy, months) in p.timeline.in_force(month) {
        let Lever::PlantClosure(shock) = &policy.lever else {
            continue;
        };
        if months > 0 {
            continue;
        }
        let Some(s) = SECTOR_IDS.iter().position(|id| *id == shock.sector) else {
            continue;
        };
        for _ in 0..shock.plants {
            let firms = &town.firms;
            let size = |firm: usize| firms.workers(firm);
            let largest = firms
                .open_rows()
                .filter(|&firm| usize::from(firms.sector[firm]) == s)
                .max_by_key(|&firm| (size(firm), std::cmp::Reverse(firm)));
            let Some(firm) = largest else {
                break;
            };
            let left = 1.0 - shock.orders_lost * firms.export_share[firm];
            town.anchors.exports[s] *= left;
            town.markets.exports[s] *= left;
            town.programs.entries[entry].this_month.firms += 1;
            close(town, firm, p, scratch);
        }
    }
}

/// Closes one firm: staff and owner lose their jobs, the bank takes its loss, the owner what is left.
fn close(town: &mut Town, firm: usize, p: &Parameters, scratch: &Scratch) {
    let s = town.firms.sector[firm] as usize;
    town.activity.exits[s] += 1;
    town.activity.exit_ages.push(town.firms.age[firm]);
    for &worker in scratch.roster.of(firm) {
        if town.workers.employer[worker as usize] == firm as u32 {
            lose_job(&mut town.workers, worker as usize, p);
            town.activity.layoffs += 1;
            town.activity.jobs_at_exit += 1;
        }
    }
    let owner = town.firms.owner_worker[firm];
    if owner != NO_EMPLOYER {
        lose_job(&mut town.workers, owner as usize, p);
        town.activity.jobs_at_exit += 1;
    }
    super::automation::count_closure(&mut town.technology, firm);
    settle_estate(town, firm);
    town.technology.reset(firm);
    let firms = &mut town.firms;
    firms.open[firm] = false;
    firms.closed_month[firm] = town.month;
    firms.owner[firm] = OUTSIDE_OWNER;
    firms.owner_worker[firm] = NO_EMPLOYER;
    firms.owner_units[firm] = 0.0;
    firms.staff[firm] = 0;
    firms.labor_units[firm] = 0.0;
    firms.wage_bill[firm] = Money::ZERO;
    firms.capacity[firm] = 0.0;
    firms.output[firm] = 0.0;
    firms.visibility[firm] = 0.0;
    firms.attraction[firm] = 0.0;
    firms.export_share[firm] = 0.0;
    firms.business_share[firm] = 0.0;
    firms.export_backlog[firm] = 0.0;
    firms.government_backlog[firm] = 0.0;
    firms.suppliers[firm] = [NO_SUPPLIER; SUPPLIER_SLOTS];
}

/// Cash repays the loan as far as it goes; the rest of the loan is written off; an overdraft is the bank's
/// loss; what remains goes to the owner.
fn settle_estate(town: &mut Town, firm: usize) {
    let debt = town.firms.loan[firm];
    let lost = debt - debt.min(town.firms.cash[firm].at_least_zero());
    super::policy::loans::honor(town, firm, debt, lost);
    let Town {
        firms,
        households,
        ledger,
        ..
    } = town;
    let cash = firms.cash[firm];
    if cash < Money::ZERO {
        ledger.record(Flow::OverdraftLoss, -cash);
        firms.cash[firm] = Money::ZERO;
    }
    let repaid = firms.loan[firm].min(firms.cash[firm]);
    ledger.record(Flow::LoanRepayment, repaid);
    firms.cash[firm] -= repaid;
    ledger.write_off(firms.loan[firm] - repaid);
    firms.loan[firm] = Money::ZERO;
    let left = firms.cash[firm];
    firms.cash[firm] = Money::ZERO;
    match firms.owner[firm] {
        OUTSIDE_OWNER => ledger.record(Flow::ClosureProceedsOutside, left),
        owner => {
            households.deposits[owner as usize] += left;
            ledger.record(Flow::ClosureProceeds, left);
        }
    }
}

/// Opens start-ups: more where margins are above their norm.
pub fn open_firms(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    let sectors = sector_means(&town.firms);
    for s in 0..SECTORS {
        let response =
            p.entry_exit.entry_margin_response * (town.markets.margin[s] - town.anchors.margin[s]);
        let rate = p.entry_exit.entry_rate / 12.0
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
        let worker = ((u64::from(words[0]) * town.workers.len() as u64) >> 32) as usize;
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
    firms.productivity[row] = mean.productivity * x.entrant_productivity;
    firms.pay_premium[row] = mean.premium
        * libm::pow(size / mean_size, p.firms.pay_size_elasticity)
        * libm::exp(p.firms.pay_premium_sd * premium_noise);
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
