//! Firms at month 0: rows, ages and traits; then output, capacity, balance sheet and suppliers.

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose, unit};
use crate::scenario::Parameters;
use crate::town::firms::{NO_SUPPLIER, SUPPLIER_SLOTS};
use crate::town::people::Workers;
use crate::town::{Firms, Labor};
use crate::units::{Money, SECTORS};

use super::accounts::SocialAccounts;
use super::places::{Places, staff_of};
use super::rates::labor_cost_factor;
use super::sizes::SectorPlan;
use super::strata::{category, shuffled};

/// Rows kept for start-ups, relative to first firms.
const SPARE_ROWS: f64 = 0.3;
/// Oldest age drawn for a first firm, in months.
const OLDEST: f64 = 480.0;
/// Workers per further named supplier.
const WORKERS_PER_SUPPLIER: u32 = 8;
/// Spread of cash and of debt across firms (sd of the log), by judgement; debts are the more unequal.
const CASH_SPREAD: f64 = 0.4;
const DEBT_SPREAD: f64 = 0.9;

/// Opens the first firms, sector by sector and in random order within each, and keeps closed rows at the end.
/// Returns for each open row whether it is owned in town. Pay premiums are not yet scaled to the accounts.
pub(super) fn open(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    draws: &Draws,
) -> (Firms, Vec<bool>) {
    let mut firms = Firms::default();
    let mut local = Vec::new();
    for s in 0..SECTORS {
        let sector = &parameters.sectors[s];
        let plan = SectorPlan::of(&parameters.firms, sector, accounts.heads[s]);
        let order = shuffled(
            draws,
            Purpose::SynthesisFirm,
            10 + s as u32,
            plan.sizes.len(),
        );
        for &place in &order {
            let row = firms.push_row() as usize;
            let owned = !plan.outside[place as usize];
            firms.open[row] = true;
            firms.sector[row] = s as u8;
            firms.staff[row] = plan.sizes[place as usize] - u32::from(owned);
            firms.size_year_ago[row] = plan.sizes[place as usize];
            local.push(owned);
        }
    }
    for (row, &local) in local.iter().enumerate() {
        let uid = row as u64;
        let size = f64::from(firms.size_year_ago[row]);
        let own = &parameters.firms;
        let normal = |number: u32| draws.normal(uid, 0, Purpose::SynthesisFirm, number);
        let sector = &parameters.sectors[usize::from(firms.sector[row])];
        let sd = own.pay_premium_sd;
        firms.pay_premium[row] = sector.wage_premium
            * libm::pow(size, own.pay_size_elasticity)
            * libm::exp(sd * normal(0) - 0.5 * sd * sd);
        firms.quality[row] = own.quality_sd * normal(1);
        firms.order_noise[row] = order_noise_spread(parameters, size) * normal(2);
        firms.age[row] = age(parameters, draws, uid, size, local);
        firms.local_input_share[row] = std::array::from_fn(|v| {
            (parameters.sectors[v].local_input_share * accounts.local_factor[v]) as f32
        });
    }
    let spare = libm::ceil(SPARE_ROWS * local.len() as f64) as usize;
    for _ in 0..spare.max(SECTORS) {
        firms.push_row();
    }
    for (row, uid) in firms.uid.iter_mut().enumerate() {
        *uid = row as u64;
    }
    (firms, local)
}

/// Age in months, from the distribution that the closure hazards and steady opening leave behind.
fn age(parameters: &Parameters, draws: &Draws, uid: u64, size: f64, local: bool) -> u32 {
    let exit = &parameters.entry_exit;
    let youth = if local { exit.exit_hazard_young } else { 0.0 };
    let scale = libm::pow((size / 4.0).max(0.5), -exit.exit_size_exponent);
    let mut months = OLDEST;
    for attempt in 0..32 {
        let words = draws.words(uid, 0, Purpose::SynthesisFirm, 64 + attempt);
        months = OLDEST * unit(words[0], words[1]);
        let young = exit.exit_youth_months;
        let hazard = exit.exit_hazard * months + youth * young * (1.0 - libm::exp(-months / young));
        if unit(words[2], words[3]) < libm::exp(-scale * hazard) {
            break;
        }
    }
    months as u32
}

/// Brings staffed firms to their month-0 state: output, orders, balance sheet and suppliers. Labor units count in
/// the town's mean wage, given with the occupations' wages.
pub(super) fn start(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    places: &Places,
    wages: (f64, &Labor),
    firms: &mut Firms,
    workers: &Workers,
    draws: &Draws,
) {
    produce(parameters, accounts, places, wages, firms, workers);
    balance_order_noise(parameters, accounts, firms);
    finance(parameters, accounts, firms, draws);
    name_suppliers(parameters, accounts, firms, draws);
}

/// Output in proportion to labor cost, and everything that follows from it.
fn produce(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    places: &Places,
    (mean_wage, labor): (f64, &Labor),
    firms: &mut Firms,
    workers: &Workers,
) {
    let mut cost = vec![0.0; places.staff_start.len()];
    let mut sector_cost = [0.0; SECTORS];
    for (firm, cost) in cost.iter_mut().enumerate() {
        let s = usize::from(firms.sector[firm]);
        let mut units = 0.0;
        for row in staff_of(places, firms, firm) {
            units += labor.profile.in_job(workers, row)
                * labor.initial_wage[usize::from(workers.occupation[row])]
                / mean_wage;
        }
        let mut paid = firms.wage_bill[firm].dollars();
        if firms.is_local(firm) {
            let draw = workers.wage[firms.owner_worker[firm] as usize].dollars();
            let owner_units = draw / (mean_wage * parameters.sectors[s].wage_premium);
            firms.owner_draw[firm] = draw;
            firms.owner_units[firm] = owner_units;
            units += owner_units;
            paid += draw;
        }
        firms.labor_units[firm] = units;
        *cost = paid * labor_cost_factor(parameters);
        sector_cost[s] += *cost;
    }
    for (firm, &cost) in cost.iter().enumerate() {
        let s = usize::from(firms.sector[firm]);
        let share = cost / sector_cost[s];
        let output = share * accounts.output[s];
        let margin = accounts.margin[s];
        let capacity = output / parameters.firms.normal_utilization;
        firms.productivity[firm] = capacity / firms.labor_units[firm];
        firms.capacity[firm] = capacity;
        for column in [
            &mut firms.demand,
            &mut firms.output,
            &mut firms.expected_demand,
            &mut firms.visibility,
            &mut firms.niche,
            &mut firms.attraction,
            &mut firms.smoothed_sales,
        ] {
            column[firm] = output;
        }
        firms.markup[firm] = margin / (1.0 - margin);
        firms.unit_cost[firm] = 1.0 - margin;
        firms.export_share[firm] = share;
        firms.business_share[firm] = share;
        firms.monthly_cost[firm] = (1.0 - margin) * output;
    }
}

/// Standard deviation of the log order noise of a firm with `size` workers.
fn order_noise_spread(parameters: &Parameters, size: f64) -> f64 {
    let own = &parameters.firms;
    own.order_noise_sd / libm::pow((size / 8.0).max(1.0), own.order_noise_size_exponent)
}

/// Shifts the order noise of each sector's firms so that, weighted by output, the noise factors have mean 1: a few
/// large firms would otherwise begin with orders far from what the accounts say.
fn balance_order_noise(parameters: &Parameters, accounts: &SocialAccounts, firms: &mut Firms) {
    let mut weighted = [0.0; SECTORS];
    for firm in firms.open_rows() {
        let spread = order_noise_spread(parameters, f64::from(firms.workers(firm)));
        let factor = libm::exp(firms.order_noise[firm] - 0.5 * spread * spread);
        weighted[usize::from(firms.sector[firm])] += firms.output[firm] * factor;
    }
    for firm in 0..firms.len() {
        let s = usize::from(firms.sector[firm]);
        if firms.open[firm] {
            firms.order_noise[firm] -= libm::log(weighted[s] / accounts.output[s]);
        }
    }
}

/// Cash, debt and profit.
fn finance(parameters: &Parameters, accounts: &SocialAccounts, firms: &mut Firms, draws: &Draws) {
    for firm in 0..firms.len() {
        if !firms.open[firm] {
            continue;
        }
        let uneven = |number: u32, sd: f64| {
            let z = draws.normal(firm as u64, 0, Purpose::SynthesisFirm, number);
            libm::exp(sd * z - 0.5 * sd * sd)
        };
        let cost = firms.monthly_cost[firm];
        let loan = parameters.credit.debt_months * cost * uneven(4, DEBT_SPREAD);
        let cash = parameters.firms.cash_months * cost * uneven(3, CASH_SPREAD);
        firms.cash[firm] = Money::from_dollars(cash);
        firms.loan[firm] = Money::from_dollars(loan);
        let margin = accounts.margin[usize::from(firms.sector[firm])];
        let profit = margin * firms.output[firm] - parameters.credit.loan_rate / 12.0 * loan;
        firms.profit[firm] = profit;
        firms.margin[firm] = profit / firms.output[firm];
    }
}

/// Dividend of a firm at month 0, dollars a month: what is paid out of profit after tax.
pub(super) fn dividend(parameters: &Parameters, firms: &Firms, firm: usize) -> f64 {
    let kept = 1.0 - parameters.firms.profit_tax_rate;
    parameters.firms.payout_share * kept * firms.profit[firm].max(0.0)
}

/// Firms of each sector with cumulated attraction, for drawing one in proportion.
pub(super) struct Drawer {
    rows: Vec<Vec<u32>>,
    sums: Vec<Vec<f64>>,
}

impl Drawer {
    /// Tables over the open firms.
    pub fn new(firms: &Firms) -> Drawer {
        let mut rows = vec![Vec::new(); SECTORS];
        let mut sums: Vec<Vec<f64>> = vec![Vec::new(); SECTORS];
        for firm in firms.open_rows() {
            let s = usize::from(firms.sector[firm]);
            let before = sums[s].last().copied().unwrap_or(0.0);
            rows[s].push(firm as u32);
            sums[s].push(before + firms.attraction[firm]);
        }
        Drawer { rows, sums }
    }

    /// Open firms of a sector.
    pub fn firms(&self, sector: usize) -> &[u32] {
        &self.rows[sector]
    }

    /// A firm of the sector drawn in proportion to attraction, if there is one.
    pub fn draw(&self, sector: usize, uniform: f64) -> Option<u32> {
        let sums = &self.sums[sector];
        let point = uniform * sums.last()?;
        let place = sums.partition_point(|&sum| sum <= point);
        Some(self.rows[sector][place.min(sums.len() - 1)])
    }
}

/// Names each firm's local suppliers: a sector in proportion to what the firm buys of it in town, then a firm in
/// proportion to attraction, never itself.
fn name_suppliers(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    firms: &mut Firms,
    draws: &Draws,
) {
    let drawer = Drawer::new(firms);
    let buys: Vec<[f64; SECTORS]> = parameters
        .sectors
        .iter()
        .map(|buyer| {
            std::array::from_fn(|v| {
                let share = parameters.sectors[v].local_input_share;
                buyer.inputs[v] * share * accounts.local_factor[v]
            })
        })
        .collect();
    let view = &*firms;
    let chosen: Vec<[u32; SUPPLIER_SLOTS]> = (0..firms.len())
        .into_par_iter()
        .map(|firm| {
            let mut slots = [NO_SUPPLIER; SUPPLIER_SLOTS];
            if !view.open[firm] {
                return slots;
            }
            let wanted = 1 + (view.workers(firm) / WORKERS_PER_SUPPLIER) as usize;
            let wants = &buys[usize::from(view.sector[firm])];
            for (slot, named) in slots.iter_mut().enumerate().take(wanted) {
                for attempt in 0..4 {
                    let number = 128 + 4 * slot as u32 + attempt;
                    let words = draws.words(firm as u64, 0, Purpose::SynthesisFirm, number);
                    let sector = category(unit(words[0], words[1]), wants);
                    match drawer.draw(sector, unit(words[2], words[3])) {
                        Some(supplier) if wants[sector] > 0.0 && supplier != firm as u32 => {
                            *named = supplier;
                            break;
                        }
                        _ => {}
                    }
                }
            }
            slots
        })
        .collect();
    firms.suppliers = chosen;
}
