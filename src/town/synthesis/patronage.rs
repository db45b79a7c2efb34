//! First suppliers: who buys in town, and from which firm.

use rayon::prelude::*;

use crate::rng::{Draws, Purpose};
use crate::scenario::Parameters;
use crate::town::people::{Households, ONLINE_SUPPLIER, OUTSIDE_SUPPLIER};
use crate::town::{Firms, Markets};

use super::accounts::SocialAccounts;
use super::businesses::Drawer;
use super::outside_appeal::{Search, Shares, Taste};
use super::strata::shuffled;

/// Households by which the outside options are calibrated.
const SAMPLE: usize = 20_000;

/// Calibrates the outside options of every category and gives each resident household a supplier in each.
///
/// Whether a household buys in town follows its own long-run chances, chosen systematically along the order of
/// budgets so that spending in town is what the accounts say; local customers are then laid out along the sellers,
/// each seller receiving customers in proportion to its output, to within a household.
pub(super) fn assign(
    parameters: &Parameters,
    accounts: &SocialAccounts,
    firms: &Firms,
    households: &mut Households,
    markets: &mut Markets,
    draws: &Draws,
) {
    let residents = accounts.counts.households() as usize;
    let tastes: Vec<Taste> = (0..residents)
        .map(|row| {
            Taste::of(
                households.budget[row].dollars(),
                f64::from(households.price_sensitivity[row]),
                f64::from(households.loyalty[row]),
                f64::from(households.convenience[row]),
            )
        })
        .collect();
    let stride = residents.div_ceil(SAMPLE).max(1);
    let sample: Vec<Taste> = tastes.iter().step_by(stride).copied().collect();
    let mut by_budget: Vec<u32> = (0..residents as u32).collect();
    by_budget.par_sort_by(|&a, &b| {
        let (a, b) = (a as usize, b as usize);
        tastes[b]
            .spending
            .total_cmp(&tastes[a].spending)
            .then(a.cmp(&b))
    });
    let random = shuffled(draws, Purpose::SynthesisSupplier, 0, residents);
    let drawer = Drawer::new(firms);
    let chosen: Vec<(f64, f64, Vec<u32>)> = markets
        .category_sector
        .par_iter()
        .enumerate()
        .map(|(category, &sector)| {
            let sector = usize::from(sector);
            let sellers = drawer.firms(sector);
            let sold = &parameters.sectors[sector];
            let local = if sellers.is_empty() {
                0.0
            } else {
                sold.local_consumption_share
            };
            let online = sold.online_share.min(1.0 - local);
            let outside = (1.0 - local - online).max(0.0);
            let wanted = Shares {
                local,
                outside,
                online,
            };
            let search = Search::among(firms, sellers, parameters.demand.habit);
            let appeals = search.appeals(&sample, &wanted);
            let start =
                |number: u32| draws.uniform(category as u64, 0, Purpose::SynthesisSupplier, number);
            let mut suppliers = places(&search, &tastes, &by_budget, appeals, (start(1), start(2)));
            let turn = (start(3) * residents as f64) as usize;
            pack(firms, sellers, &tastes, &random, turn, &mut suppliers);
            (appeals.0, appeals.1, suppliers)
        })
        .collect();
    let categories = markets.category_sector.len();
    for (category, (outside, online, suppliers)) in chosen.into_iter().enumerate() {
        markets.outside_utility[category] = outside;
        markets.online_utility[category] = online;
        for (row, supplier) in suppliers.into_iter().enumerate() {
            households.suppliers[row * categories + category] = supplier;
            let share = markets.category_share[category];
            households.spending[row * categories + category] = households.budget[row]
                .share(share)
                .cents()
                .clamp(0, i64::from(u32::MAX))
                as u32;
        }
    }
}

/// A local customer who has no firm yet.
const SOMEBODY_IN_TOWN: u32 = 0;

/// Where each household buys, by systematic sampling along `order` with its own chances.
fn places(
    search: &Search,
    tastes: &[Taste],
    order: &[u32],
    appeals: (f64, f64),
    start: (f64, f64),
) -> Vec<u32> {
    let weights = (libm::exp(appeals.0), libm::exp(appeals.1));
    let mut suppliers = vec![OUTSIDE_SUPPLIER; tastes.len()];
    let (mut local, mut online) = start;
    for &row in order {
        let row = row as usize;
        let shares = search.long_run(&tastes[row], weights.0, weights.1);
        local += shares.local;
        if local >= 1.0 {
            local -= 1.0;
            suppliers[row] = SOMEBODY_IN_TOWN;
            continue;
        }
        let away = shares.outside + shares.online;
        if away > 0.0 {
            online += shares.online / away;
        }
        if online >= 1.0 {
            online -= 1.0;
            suppliers[row] = ONLINE_SUPPLIER;
        }
    }
    suppliers
}

/// Lays local customers, in the random order `order` begun at place `turn`, along the sellers' shares of output.
fn pack(
    firms: &Firms,
    sellers: &[u32],
    tastes: &[Taste],
    order: &[u32],
    turn: usize,
    suppliers: &mut [u32],
) {
    let customers: Vec<usize> = order[turn..]
        .iter()
        .chain(&order[..turn])
        .map(|&row| row as usize)
        .filter(|&row| suppliers[row] == SOMEBODY_IN_TOWN)
        .collect();
    let spending: f64 = customers.iter().map(|&row| tastes[row].spending).sum();
    let output: f64 = sellers.iter().map(|&f| firms.output[f as usize]).sum();
    let mut seller = 0;
    let mut end = sellers
        .first()
        .map_or(0.0, |&f| firms.output[f as usize] / output * spending);
    let mut before = 0.0;
    for row in customers {
        let middle = before + 0.5 * tastes[row].spending;
        while middle > end && seller + 1 < sellers.len() {
            seller += 1;
            end += firms.output[sellers[seller] as usize] / output * spending;
        }
        suppliers[row] = sellers.get(seller).copied().unwrap_or(OUTSIDE_SUPPLIER);
        before += tastes[row].spending;
    }
}
