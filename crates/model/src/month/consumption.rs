//! Phase 10, consume: households set budgets, choose suppliers, and spend.

use std::sync::atomic::Ordering;

use crate::parallel::prelude::*;

use crate::rng::{Draws, Purpose, unit32};
use crate::scenario::Parameters;
use crate::town::choice::{choose, local_utility, outside_utility};
use crate::town::income::spending_above;
use crate::town::ledger::Flow;
use crate::town::people::{Households, ONLINE_SUPPLIER, OUTSIDE_SUPPLIER};
use crate::town::{Firms, Markets, Technology, Town};
use crate::units::{Money, SECTORS, sector};

use super::housing;
use super::scratch::Scratch;

/// Local firms a searching household happens to see.
const FIRMS_SEEN: usize = 3;
/// Weight of a month in yearly averages.
const YEARLY: f32 = 1.0 / 12.0;
/// Households a thread takes at a time.
pub const CHUNK: usize = 512;

/// Sets every household's budget and suppliers, and places its orders with firms.
///
/// A searching household compares its present supplier, three firms it happens to see (larger and better
/// known ones more often), shops in other towns and the online giant, and picks by logit.
pub fn spend(town: &mut Town, p: &Parameters, scratch: &mut Scratch) {
    set_budgets(town, p);
    let categories = town.markets.category_sector.len();
    let by_category = |value: &dyn Fn(usize) -> f64| -> [f64; SECTORS] {
        let mut values = [0.0; SECTORS];
        for (cell, &sector) in values.iter_mut().zip(&town.markets.category_sector) {
            *cell = value(sector as usize);
        }
        values
    };
    let view = View {
        firms: &town.firms,
        technology: &town.technology,
        markets: &town.markets,
        log_intimacy: &scratch.log_intimacy,
        scratch,
        p,
        draws: town.draws,
        month: town.month,
        log_outside: by_category(&|sector| {
            let markets = &town.markets;
            // A higher sales tax makes shops in town and online dearer, and those in other towns cheaper beside them.
            libm::log(markets.outside_price) + libm::log(markets.elsewhere_premium[sector])
                - p.sales_tax_rise(sector)
        }),
        log_online: libm::log(town.markets.online_price),
        renters_goods: housing::left_for_goods(&town.markets, p),
        spending_reference: town.anchors.spending_reference * p.levels.price_level,
        search_below: [p.demand.search_chance, p.demand.search_chance_rationed]
            .map(|chance| (chance * 65_536.0).round() as u32),
        service: by_category(&|sector| {
            p.demand.human_service_taste * p.sectors[sector].human_taste
        }),
        tilt: by_category(&|sector| p.sectors[sector].consumption_tilt),
    };
    let Households {
        resident,
        owns_home,
        budget,
        price_sensitivity,
        human_taste,
        loyalty,
        convenience,
        suppliers,
        spending,
        rationed,
        ..
    } = &mut town.households;
    (
        suppliers.par_chunks_mut(categories),
        spending.par_chunks_mut(categories),
        &*rationed,
        (&*resident, &*owns_home),
        &*budget,
        &*price_sensitivity,
        &*human_taste,
        &*loyalty,
        &*convenience,
    )
        .into_par_iter()
        .enumerate()
        .with_min_len(CHUNK)
        .for_each(
            |(
                household,
                (
                    supplier,
                    spent,
                    &rationed,
                    (&here, &owns),
                    &budget,
                    &sigma,
                    &theta,
                    &loyalty,
                    &convenience,
                ),
            )| {
                if !here {
                    return;
                }
                let taste = Taste {
                    sigma: f64::from(sigma),
                    theta: f64::from(theta),
                    loyalty: f64::from(loyalty),
                    convenience: f64::from(convenience),
                };
                view.search(household, supplier, rationed, &taste);
                view.split(budget, owns, spent);
                for (&firm, &cents) in supplier.iter().zip(spent.iter()) {
                    if firm < ONLINE_SUPPLIER {
                        view.scratch
                            .consumer_orders
                            .add(firm as usize, i64::from(cents));
                    }
                }
            },
        );
    spend_on_housing(town, p, scratch);
}

/// Buffer-stock budgets: `C = ȳ [1 + 2κ √m (√(w + c) − √(w* + c))]` with wealth `w` in months of income, at least
/// subsistence and at most what the household has. Concave: spending out of a dollar of wealth falls with wealth
/// (Carroll 1997; Deaton 1991).
fn set_budgets(town: &mut Town, p: &Parameters) {
    let subsistence =
        p.households.subsistence_share * town.anchors.median_spending * p.levels.price_level;
    let own = &p.households;
    let usual = own.target_wealth_months + own.liquidity_floor_months;
    let slope = 2.0 * own.wealth_gap_response * libm::sqrt(usual);
    let floor = own.liquidity_floor_months;
    let Households {
        resident,
        deposits,
        smoothed_income,
        smoothed_spending,
        target_months,
        disposable,
        budget,
        ..
    } = &mut town.households;
    (
        budget,
        smoothed_spending,
        &*resident,
        &*deposits,
        &*smoothed_income,
        &*target_months,
        &*disposable,
    )
        .into_par_iter()
        .with_min_len(4096)
        .for_each(
            |(budget, smoothed, &here, &deposit, &income, &months, &disposable)| {
                if !here {
                    *budget = Money::ZERO;
                    return;
                }
                let income = f64::from(income).max(1.0);
                let held = ((deposit - disposable).dollars() / income).max(0.0);
                let gap = libm::sqrt(held + floor) - libm::sqrt(f64::from(months) + floor);
                let wanted = income * (1.0 + slope * gap);
                *budget = Money::from_dollars(wanted.max(subsistence))
                    .min(deposit)
                    .at_least_zero();
                *smoothed += YEARLY * (budget.dollars() as f32 - *smoothed);
            },
        );
}

/// A household's tastes.
struct Taste {
    sigma: f64,
    theta: f64,
    loyalty: f64,
    convenience: f64,
}

/// What households see when they choose.
struct View<'a> {
    firms: &'a Firms,
    technology: &'a Technology,
    markets: &'a Markets,
    log_intimacy: &'a [f64],
    scratch: &'a Scratch,
    p: &'a Parameters,
    draws: Draws,
    month: u32,
    /// Log price in other towns by category.
    log_outside: [f64; SECTORS],
    log_online: f64,
    /// What rents leave to renters for other goods, relative to month 0.
    renters_goods: f64,
    spending_reference: f64,
    /// A household searches if its 16 random bits lie below: usually, and when it was rationed.
    search_below: [u32; 2],
    /// Weight of personal service in each category, and how its share moves with spending.
    service: [f64; SECTORS],
    tilt: [f64; SECTORS],
}

impl View<'_> {
    /// Reconsiders suppliers where the household searches this month.
    fn search(&self, household: usize, suppliers: &mut [u32], rationed: u16, taste: &Taste) {
        for block in 0..suppliers.len().div_ceil(8) {
            let words = self.draws.words(
                household as u64,
                self.month,
                Purpose::SupplierSearch,
                block as u32,
            );
            for (offset, supplier) in suppliers[block * 8..].iter_mut().take(8).enumerate() {
                let category = block * 8 + offset;
                let half = (words[offset / 2] >> (16 * (offset % 2))) & 0xffff;
                let closed = *supplier < ONLINE_SUPPLIER && !self.firms.open[*supplier as usize];
                let short = usize::from(rationed >> category & 1 == 1);
                if closed || half < self.search_below[short] {
                    *supplier = self.choose_supplier(household, category, *supplier, closed, taste);
                }
            }
        }
    }

    fn choose_supplier(
        &self,
        household: usize,
        category: usize,
        present: u32,
        closed: bool,
        taste: &Taste,
    ) -> u32 {
        let s = self.markets.category_sector[category] as usize;
        let words = self.draws.words(
            household as u64,
            self.month,
            Purpose::SupplierSearch,
            8 + category as u32,
        );
        let habit = |option: u32| {
            if option != present || closed {
                0.0
            } else if option < ONLINE_SUPPLIER {
                self.p.demand.habit + self.technology.effects(option as usize).retention
            } else {
                self.p.demand.habit
            }
        };
        let mut options = [OUTSIDE_SUPPLIER; FIRMS_SEEN + 3];
        let mut utilities = [f64::NEG_INFINITY; FIRMS_SEEN + 3];
        utilities[0] = habit(OUTSIDE_SUPPLIER)
            + outside_utility(
                taste.sigma,
                self.log_outside[category],
                self.markets.outside_utility[category] + self.technology.outside_appeal,
            );
        options[1] = ONLINE_SUPPLIER;
        let appeal = self.markets.online_utility[category];
        if appeal > f64::NEG_INFINITY {
            utilities[1] = habit(ONLINE_SUPPLIER)
                + outside_utility(
                    taste.sigma,
                    self.log_online,
                    appeal
                        + taste.convenience
                        + self.markets.online_convenience
                        + self.technology.outside_appeal,
                );
        }
        let mut count = 2;
        let mut consider = |firm: u32| {
            if !options[2..count].contains(&firm) {
                options[count] = firm;
                utilities[count] = habit(firm) + self.utility(firm as usize, category, taste);
                count += 1;
            }
        };
        if present < ONLINE_SUPPLIER && !closed {
            consider(present);
        }
        let table = &self.scratch.attraction[s];
        if !table.is_empty() {
            for &word in &words[..FIRMS_SEEN] {
                consider(table.draw(word));
            }
        }
        let chosen = options[choose(unit32(words[3]), &utilities[..count])];
        if present < ONLINE_SUPPLIER && !closed {
            self.scratch.compared.add(present as usize, 1);
            if chosen == present {
                self.scratch.stayed.add(present as usize, 1);
            }
        }
        chosen
    }

    fn utility(&self, firm: usize, category: usize, taste: &Taste) -> f64 {
        let technology = self.technology.effects(firm);
        local_utility(
            taste.sigma,
            self.firms.log_price[firm],
            taste.theta * self.service[category],
            self.log_intimacy[firm],
            self.firms.quality[firm] + technology.appeal,
            taste.loyalty
                + (technology.convenience + self.scratch.support[firm].convenience)
                    * (1.0 + taste.convenience),
        )
    }

    /// Splits a budget over categories, tilted by how much the household spends; housing takes the rest.
    fn split(&self, budget: Money, owns: bool, spent: &mut [u32]) {
        let goods = if owns { 1.0 } else { self.renters_goods };
        let above = spending_above(budget.dollars(), self.spending_reference);
        for (category, cents) in spent.iter_mut().enumerate() {
            let tilt = 1.0 + self.tilt[category] * above;
            let share = self.markets.category_share[category] * tilt * goods;
            *cents = (budget.cents() as f64 * share) as u32;
        }
    }
}

/// Housing: local tax, local builders, agents and insurers, landlords in town; the rest leaves the town.
///
/// The tax of owner-occupiers is levied on what homes are worth.
fn spend_on_housing(town: &mut Town, p: &Parameters, scratch: &Scratch) {
    let categories = town.markets.category_sector.len();
    let spent = housing::spending(&town.households, categories);
    let h = &p.households;
    let value = town.markets.house_price * h.housing_property_tax;
    let tax = [
        spent.owners.share(value.min(0.5)),
        spent.renters.share(h.housing_property_tax),
    ];
    let mut local = [Money::ZERO; 2];
    for (s, share) in [
        (sector::CONSTRUCTION, h.housing_construction),
        (sector::REAL_ESTATE, h.housing_real_estate),
        (sector::INFORMATION_FINANCE, h.housing_finance),
    ] {
        for (local, spent) in local.iter_mut().zip([spent.owners, spent.renters]) {
            let part = spent.share(share * town.anchors.reach(s));
            let orders = &scratch.pool[s].housing;
            orders.fetch_add(part.cents(), Ordering::Relaxed);
            *local += part;
        }
    }
    let left = spent.renters - tax[1] - local[1];
    let rents = housing::pay_landlords(town, left.share(p.housing.local_landlords));
    let elsewhere = spent.owners - tax[0] - local[0] + left - rents;
    town.activity.rents = spent.renters;
    town.ledger.record(Flow::HousingTax, tax[0] + tax[1]);
    town.ledger.record(Flow::HousingOutside, elsewhere);
}
