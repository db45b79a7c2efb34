//! Phase 13, exit: closures and insolvencies.

use crate::rng::Purpose;
use crate::scenario::Parameters;
use crate::scenario::parameters::Lever;
use crate::town::firms::{EMPTY_MONTHS, NO_SUPPLIER, SUPPLIER_SLOTS};
use crate::town::ledger::Flow;
use crate::town::people::{NO_EMPLOYER, OUTSIDE_OWNER};
use crate::town::{Firms, Town};
use crate::units::{Money, SECTOR_IDS};

use super::labor::separations::lose_job;
use super::scratch::Scratch;

/// Loss of margin, as a share of sales, that counts as one unit in the closure hazard.
const LOSS_UNIT: f64 = 0.10;
/// Largest loss that still raises the hazard, in those units.
const LOSS_LIMIT: f64 = 2.5;
/// Firm size at which the closure hazard's parameters hold.
const HAZARD_SIZE: f64 = 4.0;
/// Months before losses count against a young firm.
const GRACE_MONTHS: u32 = 8;

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
