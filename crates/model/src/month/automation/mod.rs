//! Phase 3, automate: firms hear of technology, weigh it, try it, and live with it; incidents strike.
//!
//! Nothing happens in the burn-in, and nothing at all where `automation.enabled` is off: every effect is then
//! exactly neutral. Each firm acts alone on what it saw last month, with draws named by its identity, so the
//! order of firms does not matter; sums over firms are taken in the order of rows.

mod benefit;
mod costing;
mod deciding;
mod effects;
mod incidents;
mod measuring;
mod projects;
mod sensing;
pub mod start;
mod support;
#[cfg(test)]
mod tests;
mod values;

use crate::scenario::Parameters;
use crate::town::technology::{FirmTechnology, NEVER};
use crate::town::{Firms, Technology, Town, Workers};
use crate::units::{Money, value};

use super::planning::{full_need, task_need};
use super::scratch::Scratch;

pub use start::initialize;

/// Least work left per unit of output, relative to month 0, in the price rule.
const LEAST_NEED: f64 = 0.05;
/// Jobs freed from which on the next layoff is put down to technology, persons.
const LEAST_FREED: f64 = 0.5;
/// Months over which a firm staffs for the time that projects take.
const STAFFING_MONTHS: f64 = 12.0;
/// Months of work after which a newcomer is no longer a novice.
const NOVICE_MONTHS: f64 = 24.0;

/// One month of technology at every firm.
pub fn automate(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    if !town.technology.is_on() {
        return;
    }
    town.technology.fit_to(town.firms.len());
    town.technology.begin_month();
    if town.month < p.run.burn_in_months {
        return;
    }
    let years = f64::from(town.month - p.run.burn_in_months) / 12.0;
    town.technology.outside_appeal =
        p.automation.outside_appeal_gain * p.automation.outside_diffusion(years);
    start::adopt(town, p);
    sensing::look_around(town, scratch);
    for firm in 0..town.firms.len() {
        if !town.firms.open[firm] {
            continue;
        }
        incidents::strike(town, firm, p, scratch);
        town.technology.firms[firm].diverted = 0.0;
        values::drift(town, firm, p);
        if p.automation.town_adopts {
            adopt(town, firm, p, years, scratch);
        }
        let row = &mut town.technology.firms[firm];
        row.diverted_mean += (row.diverted - row.diverted_mean) / STAFFING_MONTHS;
        let before = work_left(&town.firms, firm, p);
        effects::refresh(&mut town.technology, &mut town.firms, firm, p, years);
        let after = work_left(&town.firms, firm, p);
        // Tools that a start-up opens with free nobody.
        if town.firms.age[firm] > 0 {
            let workers = f64::from(town.firms.workers(firm));
            remember_freed(&mut town.technology, firm, workers, (before, after), p);
        }
        values::share_savings(town, firm, p, scratch);
        values::meet_customers(town, firm, p);
    }
    for (log, &intimacy) in scratch.log_intimacy.iter_mut().zip(&town.firms.intimacy) {
        *log = libm::log(intimacy);
    }
}

/// A firm hears of technology, works on its project, or reviews what it could do.
fn adopt(town: &mut Town, firm: usize, p: &Parameters, years: f64, scratch: &mut Scratch) {
    sensing::hear(town, firm, p, scratch);
    if town.technology.firms[firm].project.is_some() {
        projects::advance(town, firm, p, scratch);
    } else if let Some(trigger) = sensing::review(town, firm, p, scratch) {
        deciding::decide(town, firm, trigger, p, years, scratch);
    }
}

/// Brings each firm's measures up to date, once the month's sales and separations are known.
pub fn close_month(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    if town.technology.is_on() {
        measuring::measure(town, p, scratch);
    }
}

/// How technology enters the basis of a firm's price.
pub struct PriceBasis {
    /// Factor on the cost of labor per unit.
    pub labor_factor: f64,
    /// The same for the cost that labor would have without technology.
    pub full_labor_factor: f64,
    /// Factor on overhead per unit.
    pub overhead_factor: f64,
    /// Cost of technology per unit, dollars.
    pub technology_cost: f64,
    /// Labor units of the owner that savings bought back.
    pub freed_owner_units: f64,
    /// What rivals' technology takes off the price, share of the unit cost without technology.
    pub rivals_cut: f64,
}

/// The basis of the price: what the firm's costs would be without technology, less the part of the saving that
/// goes to customers.
///
/// With work left `r`, pay multiplier `m` and part `s` of the saving passed on, the labor cost in the basis is
/// `cost / (m r) · (1 − s (1 − r))`; other savings and the cost of technology enter with the same part `s`.
/// If technology makes work dearer (`r > 1`), all of that is passed on.
pub fn price_basis(
    technology: &Technology,
    firms: &Firms,
    firm: usize,
    p: &Parameters,
) -> PriceBasis {
    let Some(row) = technology.firms.get(firm) else {
        return PriceBasis {
            labor_factor: 1.0,
            full_labor_factor: 1.0,
            overhead_factor: 1.0,
            technology_cost: 0.0,
            freed_owner_units: 0.0,
            rivals_cut: 0.0,
        };
    };
    let need = work_left(firms, firm, p);
    let share = values::passed_on(row, p);
    let passed = if need <= 1.0 { share } else { 1.0 };
    let output = firms.visibility[firm].max(1.0);
    PriceBasis {
        labor_factor: (1.0 - passed * (1.0 - need)) / (row.pay_multiplier * need),
        full_labor_factor: 1.0 / (row.pay_multiplier * need),
        overhead_factor: 1.0 - share * row.effects.overhead_relief,
        technology_cost: share * (row.effects.rent + row.effects.running_cost / output),
        freed_owner_units: row.owner_units * row.owner_freed,
        rivals_cut: p.automation.price_rivalry
            * technology.price_cuts[usize::from(firms.sector[firm])],
    }
}

/// Unit cost that the price is based on: labor, other costs and inputs as [`price_basis`] has them, less what
/// rivals' cheaper prices take from it. Remembers how far below the cost without technology that is.
///
/// A firm answers its own costs by the part of the saving it passes on, and its rivals by `price_rivalry` times
/// what technology has taken off their prices, whether it saves anything itself or not (Amiti, Itskhoki &
/// Konings 2019). Once rivals save the same, the two parts add up to the whole saving.
pub fn basis_of_price(
    technology: &mut Technology,
    firm: usize,
    basis: &PriceBasis,
    labor: f64,
    overhead: f64,
    inputs: f64,
) -> f64 {
    let own = labor * basis.labor_factor
        + inputs
        + overhead * basis.overhead_factor
        + basis.technology_cost;
    let Some(row) = technology.firms.get_mut(firm) else {
        return own;
    };
    let without = labor * basis.full_labor_factor + inputs + overhead;
    let cost = own - basis.rivals_cut * without;
    row.price_cut = 1.0 - cost / without;
    cost
}

/// Work a unit of output needs, relative to month 0.
fn work_left(firms: &Firms, firm: usize, p: &Parameters) -> f64 {
    (task_need(firms, firm, p) / full_need(firms, firm, p)).max(LEAST_NEED)
}

/// Part of planned layoffs that an empowering owner leaves to attrition after a project.
pub fn attrition(technology: &Technology, firm: usize, month: u32, p: &Parameters) -> f64 {
    let Some(row) = technology.firms.get(firm) else {
        return 0.0;
    };
    if !within(row.last_finished, month, p.automation.attrition_months) {
        return 0.0;
    }
    // At the mean weight of .2 a quarter, at twice that a half.
    (p.automation.attrition_by_values * 1.25 * row.values[value::EMPOWERMENT]).clamp(0.0, 1.0)
}

/// Whether a layoff at this firm follows automation: technology freed more jobs there of late than layoffs have been
/// put down to it.
pub fn frees_jobs(technology: &Technology, firm: usize) -> bool {
    let row = technology.firms.get(firm);
    row.is_some_and(|row| row.freed >= LEAST_FREED)
}

/// Puts layoffs down to automation at a firm, or takes them back if negative.
pub fn put_down(technology: &mut Technology, firm: usize, layoffs: f64) {
    if let Some(row) = technology.firms.get_mut(firm) {
        row.freed = (row.freed - layoffs).max(0.0);
    }
}

/// Remembers the jobs that a fall of the work left from `before` to `after` frees; forgets those of long ago.
fn remember_freed(
    technology: &mut Technology,
    firm: usize,
    workers: f64,
    (before, after): (f64, f64),
    p: &Parameters,
) {
    let row = &mut technology.firms[firm];
    row.freed *= 1.0 - 1.0 / p.automation.attrition_months.max(1.0);
    row.freed += workers * (1.0 - after / before).max(0.0);
}

fn within(event: u32, month: u32, window: f64) -> bool {
    event != NEVER && f64::from(month.saturating_sub(event)) < window
}

/// Output of a worker aided by technology relative to the same worker alone: the aid lifts those who lack fit
/// or tenure, in proportion to the cognitive exposure of the occupation (Brynjolfsson, Li & Raymond 2025).
pub fn aided(workers: &Workers, worker: usize, aid: f64, p: &Parameters) -> f64 {
    let exposure = p.occupations[workers.occupation[worker] as usize].cognitive_exposure;
    let newness = (1.0 - f64::from(workers.months[worker]) / NOVICE_MONTHS).max(0.0);
    let missing_fit = (1.0 - f64::from(workers.fit[worker])).clamp(0.0, 1.0);
    1.0 + aid * exposure * newness.max(missing_fit)
}

/// Savings a firm keeps this month instead of paying them out, dollars.
pub fn reinvested(technology: &Technology, firm: usize) -> f64 {
    technology
        .firms
        .get(firm)
        .map_or(0.0, FirmTechnology::reinvested)
}

/// Counts a closure by whether the firm had adopted technology.
pub fn count_closure(technology: &mut Technology, firm: usize) {
    if let Some(row) = technology.firms.get(firm) {
        if row.has_adopted() {
            technology.counts.exits_adopters += 1;
        } else {
            technology.counts.exits_others += 1;
        }
    }
}

/// Orders technology for a firm: part from vendors in town, the rest outside. Paid at settlement.
pub fn buy(scratch: &mut Scratch, firm: usize, amount: Money, local_share: f64) {
    use crate::units::sector::PROFESSIONAL;
    let local = amount.share(local_share.clamp(0.0, 1.0));
    *scratch.pool[PROFESSIONAL].technology.get_mut() += local.cents();
    scratch.technology_bill[firm] += amount;
}
